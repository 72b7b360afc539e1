"""What an officer enters into the rights ledger: licences, titles, encumbrances, their ends and corrections. Read next: ../views/right_entries.py."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from patents import classification, ledger, ledger_words, spans
from patents.actions.rights import Evidence, Terms
from patents.models import Encumbrance, Grant
from patents.states import EncumbranceKind, Form, GrantForm, GrantState
from platform_site import clock
from platform_site.files import store
from platform_site.files.models import StoredFile
from platform_site.regions.facts import CODES
from platform_site.ui.widgets import DateInput

from .priced import EARLIEST, PricedForm

LATEST = date(2100, 12, 31)  # beyond any term that runs today
OTHERS = tuple(code for code in spans.MAINLAND if code not in CODES)
_INDUSTRY = re.compile(r"GB\s*/?\s*T\s*4754(?:-20\d\d)?\s*[-—:：]?\s*")


def _names(codes: Iterable[str]) -> list[tuple[str, str]]:
    english = get_language() == "en"
    return [(code, spans.MAINLAND[code][english]) for code in codes]


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), required=required, help_text=help_text)


class DayForm(forms.Form):
    """The day for which the page answers; nothing typed is today."""

    on = forms.DateField(
        label=gettext_lazy("查看哪一天"), widget=DateInput(), required=False, input_formats=["%Y-%m-%d"],
        error_messages={"invalid": gettext_lazy("请写成 2026-12-01 这样的日期。")},
    )  # fmt: skip

    def clean_on(self) -> date:
        day = self.cleaned_data["on"] or clock.today()
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(
                _("日期应在 %(first)s 与 %(last)s 之间。") % {"first": EARLIEST.isoformat(), "last": LATEST.isoformat()}
            )
        return day

    @property
    def day(self) -> date:
        """The day asked for; today where none, or no possible one, was."""
        return self.cleaned_data.get("on") or clock.today() if self.is_valid() else clock.today()


class FieldsOfUse(forms.CharField):
    """Prefixes of the IPC (down to the main group) or of GB/T 4754, in any spelling; cleans to a list, empty for every field."""

    def to_python(self, value: Any) -> list[str]:
        text = unicodedata.normalize("NFKC", super().to_python(value)).upper()
        text = _INDUSTRY.sub(spans.INDUSTRY, text)
        text = re.sub(r"([A-H]\d{2}[A-Z])\s+(\d{1,4}/)", r"\1\2", text)
        found = []
        for typed in filter(None, re.split(r"[;,、\s]+", text)):
            symbol = typed if typed.startswith(spans.INDUSTRY) else classification.ipc_normalise(typed) or typed
            if not symbol.startswith(spans.INDUSTRY) and not classification.ipc_is_valid(symbol):
                raise forms.ValidationError(_("“%(typed)s”不是国际专利分类（IPC）中的分类号。") % {"typed": typed[:40]})
            found.append(symbol)
        prefixes = list(dict.fromkeys(found))
        if not spans.field_is_known(prefixes):
            raise forms.ValidationError(
                _("许可领域请写同一种分类：IPC（到大组为止，如 H01M10/00）或国民经济行业分类（如 GB/T4754-C38）。")
            )
        return prefixes

    def prepare_value(self, value: Any) -> Any:
        return "; ".join(value) if isinstance(value, list) else value


class SourcedForm(forms.Form):
    """What every entry says about itself: source, day of the look-up, proof, note."""

    source = forms.CharField(
        label=gettext_lazy("来源"), max_length=100,
        help_text=gettext_lazy("例如：合同原件、专利登记簿副本、国家知识产权局备案公告。"),
    )  # fmt: skip
    as_of = _day(gettext_lazy("查询日期"), help_text=gettext_lazy("您核对上述来源的那一天。"))
    proof = forms.FileField(
        label=gettext_lazy("证明文件"), required=False,
        help_text=gettext_lazy("合同、登记簿副本或备案证明的 PDF 或图片，不超过 20 MB，只有办理台账的省局能看到。"),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("备注"), max_length=300, required=False)
    past: tuple[str, ...] = ("as_of",)  # days that are not in the future

    def clean_proof(self) -> UploadedFile | None:
        upload = self.cleaned_data["proof"]
        if upload:
            store.check(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in self.past:
            if data.get(name) and not EARLIEST <= data[name] <= clock.today():
                self.add_error(name, _("日期应在 1985-04-01（专利法施行）与今天之间。"))
        if data.get("start") and data.get("end") and data["end"] <= data["start"]:
            self.add_error("end", _("应晚于起始日。"))
        for name in ("start", "end"):
            if data.get(name) and data[name] > LATEST:
                self.add_error(name, _("日期过远，请核对。"))
        return data


class GrantEntryForm(SourcedForm, PricedForm):
    """A licence granted elsewhere, or the right one in place of a wrong entry."""

    form = forms.ChoiceField(label=gettext_lazy("许可方式"), choices=GrantForm.choices)
    licensee = forms.CharField(label=gettext_lazy("被许可人"), max_length=200)
    nationwide = forms.BooleanField(label=gettext_lazy("全国"), required=False)
    provinces = forms.MultipleChoiceField(
        label=gettext_lazy("许可的省份"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lazy(lambda: _names(CODES), list),
    )  # fmt: skip
    others = forms.MultipleChoiceField(
        label=gettext_lazy("六省以外"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lazy(lambda: _names(OTHERS), list),
    )  # fmt: skip
    field = FieldsOfUse(
        label=gettext_lazy("许可领域"), max_length=400, required=False,
        help_text=gettext_lazy("不填表示全部领域。IPC 写到大组为止，如 H01M10/00；或国民经济行业分类，如 GB/T4754-C38。多个用分号隔开。"),
    )  # fmt: skip
    signed_on = _day(gettext_lazy("合同签订日"))
    start = _day(gettext_lazy("许可起始日"))
    end = _day(
        gettext_lazy("失效日"), required=False,
        help_text=gettext_lazy("从这一天起不再有效：合同写“至 2028-12-31 止”的，填 2029-01-01。一直到专利权终止的不填。"),
    )  # fmt: skip
    above = forms.ChoiceField(label=gettext_lazy("由谁许可"), required=False)
    sublicensable = forms.BooleanField(label=gettext_lazy("合同约定可以分许可"), required=False)
    co_owners_agree = forms.BooleanField(
        label=gettext_lazy("全体共有人同意"), required=False,
        help_text=gettext_lazy("共有专利的独占、排他许可必须有（《专利法》第十四条）。"),
    )  # fmt: skip
    pledgee_agrees = forms.BooleanField(
        label=gettext_lazy("质权人同意这项许可"), required=False,
        help_text=gettext_lazy("已出质的专利必须有（《民法典》第四百四十四条）。"),
    )  # fmt: skip
    recordal_number = forms.CharField(
        label=gettext_lazy("国家知识产权局备案号"), max_length=60, required=False,
        help_text=gettext_lazy("已备案的许可，被许可人在台账上公开；未备案的不公开。"),
    )  # fmt: skip
    recordal_on = _day(gettext_lazy("备案日"), required=False)
    past = ("as_of", "signed_on", "recordal_on")
    field_order = (
        "form", "licensee", "nationwide", "provinces", "others", "field", "signed_on", "start", "end", "above",
        "sublicensable", "co_owners_agree", "pledgee_agrees", "recordal_number", "recordal_on", "source", "as_of", "proof",
        "note",
    )  # fmt: skip

    def __init__(self, *args: Any, book: ledger.Book, wrong: Grant | None = None, **kwargs: Any) -> None:
        if wrong is not None:
            kwargs["initial"] = {**_initial_of(wrong), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["above"].choices = _above(book, wrong)  # type: ignore[attr-defined]
        if wrong is not None:
            self.fields["note"].required = True
            self.fields["note"].label = _("更正的原因")
            self.fields["note"].help_text = _("会在台账上公开。原来的记录划去，但仍可查看。")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        places = [*data.get("provinces", []), *data.get("others", [])]
        if data.get("nationwide") and places:
            self.add_error("nationwide", _("选了全国，就不要再勾选省份；只许可部分省份的，请去掉“全国”。"))
        if not data.get("nationwide") and not places and not {"provinces", "others"} & set(self.errors):
            self.add_error("provinces", _("请勾选许可的省份，或选“全国”。"))
        if data.get("recordal_on") and not data.get("recordal_number"):
            self.add_error("recordal_number", _("填了备案日，请填写备案号。"))
        data["places"] = [] if len(places) == len(spans.MAINLAND) else sorted(places)
        return data

    def terms(self) -> Terms:
        data = self.cleaned_data
        relation, _dash, pk = data["above"].partition("-")
        names = (
            "form", "licensee", "signed_on", "start", "end", "field", "sublicensable", "co_owners_agree", "pledgee_agrees",
        )  # fmt: skip
        return Terms(
            **{name: data[name] for name in names},
            provinces=data["places"],
            parent_id=int(pk) if relation == "parent" else None,
            beside_id=int(pk) if relation == "beside" else None,
        )

    def evidence(self, proof: StoredFile | None) -> Evidence:
        names = ("source", "as_of", "recordal_number", "recordal_on", "note")
        return Evidence(proof=proof, **{name: self.cleaned_data[name] for name in names}, **self.priced())


def _above(book: ledger.Book, wrong: Grant | None) -> list[tuple[str, str]]:
    """By whom a licence is given: the owner, a licensee who may sublicense, the owner beside a sole licensee."""
    choices = [("", _("专利权人直接许可"))]
    for row in book.grants:
        if row.state != GrantState.ACTIVE or (wrong is not None and row.pk == wrong.pk):
            continue
        names = {"words": f"{ledger_words.described(row)} · {row.licensee}"}
        if row.sublicensable:
            choices.append((f"parent-{row.pk}", _("分许可，上一级：%(words)s") % names))
        if row.form == GrantForm.SOLE:
            choices.append((f"beside-{row.pk}", _("排他许可之外的一项普通许可：%(words)s") % names))
    return choices


def _initial_of(grant: Grant) -> dict[str, Any]:
    """An entry as the form shows it, the look-up and the note left to whoever corrects it."""
    names = (
        "form", "licensee", "field", "signed_on", "start", "end", "sublicensable", "co_owners_agree", "pledgee_agrees",
        "recordal_number", "recordal_on", "source", "price_method", "price_posted_on", "price_posted_where",
    )  # fmt: skip
    above = f"parent-{grant.parent_id}" if grant.parent_id else f"beside-{grant.beside_id}" if grant.beside_id else ""
    return {
        **{name: getattr(grant, name) for name in names},
        "nationwide": not grant.provinces,
        "provinces": [code for code in grant.provinces if code in CODES],
        "others": [code for code in grant.provinces if code not in CODES],
        "above": above,
    }


class TitleEntryForm(SourcedForm, PricedForm):
    """An assignment that the national office has registered."""

    owners = forms.CharField(
        label=gettext_lazy("受让人（新的专利权人）"),
        max_length=400,
        help_text=gettext_lazy("与登记簿一致，多个用顿号隔开。"),
    )
    start = _day(
        gettext_lazy("登记日"), help_text=gettext_lazy("转让自国家知识产权局登记之日起生效（《专利法》第十条）。")
    )
    registration_number = forms.CharField(label=gettext_lazy("登记号"), max_length=60)
    completes = forms.ChoiceField(label=gettext_lazy("完成哪一份已签约的转让"), required=False)
    co_owners_agree = forms.BooleanField(label=gettext_lazy("全体共有人同意"), required=False)
    pledgee_agrees = forms.BooleanField(label=gettext_lazy("质权人同意转让"), required=False)
    past = ("as_of", "start")
    field_order = ("owners", "start", "registration_number", "completes", "co_owners_agree", "pledgee_agrees")

    def __init__(self, *args: Any, book: ledger.Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.signed = {
            str(row.pk): row
            for row in book.encumbrances
            if row.kind == EncumbranceKind.ASSIGNMENT_SIGNED and ledger.holds_on(row, today)
        }
        self.fields["completes"].choices = [  # type: ignore[attr-defined]
            ("", _("没有")), *((pk, f"{ledger_words.described(row)} · {row.holder}") for pk, row in self.signed.items())
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        signed = self.signed.get(data.get("completes", ""))
        if signed is not None and data.get("start") and data["start"] < signed.start:
            self.add_error("start", _("登记不能早于转让合同的签订。"))
        data["signed"] = signed
        return data

    def facts(self, proof: StoredFile | None) -> dict[str, Any]:
        """What the action takes besides patent and actor."""
        names = (
            "owners", "start", "registration_number", "co_owners_agree", "pledgee_agrees", "source", "as_of", "note"
        )  # fmt: skip
        return {
            **{name: self.cleaned_data[name] for name in names},
            **self.priced(),
            "completes": self.cleaned_data["signed"],
            "proof": proof,
        }


class ConsentForm(forms.Form):
    """Which rights the pledgee or holder lets pass in general."""

    consents = forms.MultipleChoiceField(
        label=gettext_lazy("已同意的事项"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lazy(lambda: list(Form.choices), list),
        help_text=gettext_lazy("质权人或权利人一般性同意的事项；只同意某一份合同的，在那份许可上勾选。"),
    )  # fmt: skip


class EncumbranceEntryForm(SourcedForm, ConsentForm):
    """A pledge, a freeze, an open-licence declaration, a signed assignment, an option."""

    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=EncumbranceKind.choices)
    holder = forms.CharField(
        label=gettext_lazy("质权人、法院、受让人或权利人"), max_length=200, required=False,
        help_text=gettext_lazy("已在国家知识产权局登记的质押、保全和中止公开，其余不公开。开放许可声明不填。"),
    )  # fmt: skip
    start = _day(
        gettext_lazy("生效日"), help_text=gettext_lazy("质押、保全和声明填登记或公告之日，转让合同填签订之日。")
    )
    end = _day(gettext_lazy("失效日"), required=False, help_text=gettext_lazy("不知道的不填，解除时再登记。"))
    number = forms.CharField(label=gettext_lazy("登记号或公告号"), max_length=60, required=False)
    fee_terms = forms.CharField(
        label=gettext_lazy("开放许可的许可费标准和支付方式"), max_length=300, required=False,
        help_text=gettext_lazy("仅开放许可声明填写，会公开。"),
    )  # fmt: skip
    co_owners_agree = forms.BooleanField(label=gettext_lazy("全体共有人同意"), required=False)
    pledgee_agrees = forms.BooleanField(label=gettext_lazy("质权人同意"), required=False)
    past = ("as_of", "start")
    field_order = (
        "kind", "holder", "start", "end", "number", "fee_terms", "co_owners_agree", "pledgee_agrees", "consents",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_declared = data.get("kind") == EncumbranceKind.OPEN_DECLARATION
        if is_declared and not data.get("fee_terms"):
            self.add_error("fee_terms", _("开放许可声明要写明许可费标准和支付方式（《专利法》第五十条）。"))
        if not is_declared and not data.get("holder") and "holder" not in self.errors:
            self.add_error("holder", _("请填写。"))
        return data

    def facts(self, proof: StoredFile | None) -> dict[str, Any]:
        names = (
            "kind", "holder", "start", "end", "consents", "co_owners_agree", "pledgee_agrees", "number", "fee_terms", "source",
            "as_of", "note",
        )  # fmt: skip
        return {**{name: self.cleaned_data[name] for name in names}, "proof": proof}


class EndForm(forms.Form):
    """From which day on a licence, a pledge or a freeze no longer holds, and how one knows."""

    on = _day(gettext_lazy("自哪一天起不再有效"), help_text=gettext_lazy("不能早于起始日，也不能晚于今天。"))
    note = forms.CharField(label=gettext_lazy("依据"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, row: Grant | Encumbrance, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": clock.today()}, **kwargs})
        self.row = row

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if not self.row.start <= on <= clock.today():
            raise forms.ValidationError(
                _("日期应在 %(first)s 与 %(last)s 之间。")
                % {"first": self.row.start.isoformat(), "last": clock.today().isoformat()}
            )
        return on


class AnnulForm(forms.Form):
    """Why an entry should not be there at all."""

    note = forms.CharField(label=gettext_lazy("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
