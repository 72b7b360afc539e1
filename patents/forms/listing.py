"""The steps of the wizard after the patent, and the small forms about a listing. Read next: ../views/listings.py."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents import checks
from patents.models import ListingVersion, OfferedForm, Patent, Requirement
from patents.states import CONSENT_NEEDED, Form, PriceBasis, RequirementKind
from platform_site.files import store
from platform_site.regions.facts import PROVINCES
from platform_site.regions.models import Province

from .fields import Amount, long_text


def _consent_words(form: Form) -> str:
    """A form of transfer with the article that asks for the consent."""
    if form == Form.OPEN:
        return _("%(form)s（《专利法》第十四条、《专利法实施细则》第八十五条）") % {"form": form.label}
    return _("%(form)s（《专利法》第十四条）") % {"form": form.label}


class OwnershipForm(forms.Form):
    """On whose behalf, which patents are co-owned, and to which forms of transfer the co-owners agree."""

    on_behalf = forms.ChoiceField(label=gettext_lazy("以谁的名义上架"), widget=forms.RadioSelect)
    co_owned = forms.MultipleChoiceField(
        label=gettext_lazy("有共有人的专利"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("登记簿上的权利人不止一个的，请勾选。"),
    )  # fmt: skip
    consents = forms.MultipleChoiceField(
        label=gettext_lazy("全体共有人已经同意的方式"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lazy(lambda: [(form.value, _consent_words(form)) for form in CONSENT_NEEDED], list),
        help_text=gettext_lazy("只在有共有人时勾选。普通许可可由一个共有人单独给予，其余方式须全体共有人同意，未勾选的不能上架。"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, patents: Sequence[Patent], organisation: Any, fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("self", _("本人"))]
        if organisation is not None:
            choices.append(("organisation", organisation.name_zh))
        self.fields["on_behalf"].choices = choices  # type: ignore[attr-defined]
        self.fields["co_owned"].choices = [
            (str(patent.pk), f"{patent.shown_number} {patent.title}") for patent in patents
        ]  # type: ignore[attr-defined]
        if fixed:
            # What stands on the public page is not changed by a revision of the text.
            self.fields["on_behalf"].disabled = self.fields["co_owned"].disabled = True

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "organisation": data["on_behalf"] == "organisation",
            "co_owned": {int(pk) for pk in data["co_owned"]},
            "consents": data["consents"],
        }


class DescriptionForm(forms.Form):
    """What the technology does, in the order problem, solution, effect, use, support; English is optional."""

    title_zh = forms.CharField(
        label=gettext_lazy("标题"), max_length=120, help_text=gettext_lazy("说清是什么、用在哪里；不写宣传用语。")
    )
    problem_zh = long_text(gettext_lazy("解决的问题"), required=True)
    solution_zh = long_text(gettext_lazy("怎样解决"), required=True)
    effect_zh = long_text(
        gettext_lazy("实测效果"),
        required=True,
        help_text=gettext_lazy("写数字和测试条件；有检测报告的在“图片与材料”上传。"),
    )
    uses_zh = long_text(gettext_lazy("适用场景"), rows=3)
    support_zh = long_text(gettext_lazy("随附的技术秘密与支持"), rows=3)
    trl = forms.TypedChoiceField(
        label=gettext_lazy("成熟度"), coerce=int,
        choices=lazy(lambda: [("", _("请选择")), *((n, str(words)) for n, words in enumerate(checks.LEVELS, start=1))], list),
    )  # fmt: skip
    title_en = forms.CharField(label=gettext_lazy("标题（英文）"), max_length=240, required=False)
    problem_en = long_text(gettext_lazy("解决的问题（英文）"))
    solution_en = long_text(gettext_lazy("怎样解决（英文）"))
    effect_en = long_text(gettext_lazy("实测效果（英文）"))
    uses_en = long_text(gettext_lazy("适用场景（英文）"), rows=3)
    support_en = long_text(gettext_lazy("随附的技术秘密与支持（英文）"), rows=3)

    @classmethod
    def of(cls, version: ListingVersion, patents: Sequence[Patent], data: Any = None) -> "DescriptionForm":
        """The form over a version; before the first save the title is the patent's."""
        initial = {name: getattr(version, name) for name in cls.base_fields}
        if not initial["title_zh"] and patents:
            initial["title_zh"] = patents[0].title_zh[:120]
            initial["title_en"] = initial["title_en"] or patents[0].title_en[:240]
        return cls(data, initial=initial)


class OfferForm(forms.Form):
    """One form of transfer: offered or not, where, for how much. Its prefix is the form's value."""

    offered = forms.BooleanField(required=False)
    provinces = forms.MultipleChoiceField(
        label=gettext_lazy("可许可的省份"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一个都不选表示全国。"),
    )  # fmt: skip
    price_basis = forms.ChoiceField(
        label=gettext_lazy("计价方式"), choices=PriceBasis.choices, required=False, initial=PriceBasis.NEGOTIABLE
    )
    price_cny = Amount(label=gettext_lazy("价格（元）"), required=False, help_text=gettext_lazy("选“面议”时不填。"))
    note = forms.CharField(label=gettext_lazy("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, kind: Form, **kwargs: Any) -> None:
        super().__init__(*args, prefix=kind.value, **kwargs)
        self.kind = kind
        self.fields["offered"].label = kind.label
        self.fields["provinces"].choices = [(fact.code, fact.name) for fact in _provinces()]  # type: ignore[attr-defined]
        if kind == Form.ASSIGNMENT:
            # An assignment is of the whole patent (domain.md 5).
            del self.fields["provinces"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("offered"):
            return data
        basis, price = data.get("price_basis") or PriceBasis.NEGOTIABLE, data.get("price_cny")
        if "price_cny" not in self.errors:
            if basis == PriceBasis.NEGOTIABLE and price is not None:
                self.add_error("price_basis", _("填了价格，请选择计价方式；面议则不填价格。"))
            if basis != PriceBasis.NEGOTIABLE and price is None:
                self.add_error("price_cny", _("请填写价格，或把计价方式改为“面议”。"))
        return data

    def full_clean(self) -> None:
        super().full_clean()
        # What is not offered is not judged either: a half-typed price stays in its box and is not kept.
        if self.is_bound and not self.data.get(self.add_prefix("offered")):
            self._errors.clear()  # type: ignore[union-attr]

    @property
    def is_offered(self) -> bool:
        return bool(self.is_bound and self.data.get(self.add_prefix("offered")))

    @property
    def places(self) -> list[str]:
        return sorted(self.cleaned_data.get("provinces") or [])

    def row(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "form": self.kind.value,
            "provinces": self.places,
            "price_cny": data.get("price_cny"),
            "price_basis": data.get("price_basis") or PriceBasis.NEGOTIABLE,
            "note": data["note"],
        }


def _provinces() -> list[Province]:
    """Names in the reader's language without a query."""
    return [Province(code=fact.code, name_zh=fact.name_zh, name_en=fact.name_en) for fact in PROVINCES]


class OffersForm:
    """The five forms of transfer on one page, judged together."""

    def __init__(self, draft: checks.Draft, data: Mapping[str, Any] | None = None) -> None:
        self.draft, self.data = draft, data
        stored = {row.form: row for row in draft.forms}
        self.forms = [OfferForm(data, kind=kind, initial=self._initial(stored.get(kind.value))) for kind in Form]

    @staticmethod
    def _initial(row: OfferedForm | None) -> dict[str, Any]:
        if row is None:
            return {}
        return {
            "offered": True, "provinces": row.provinces, "price_cny": row.price_cny, "price_basis": row.price_basis, "note": row.note
        }  # fmt: skip

    def is_valid(self) -> bool:
        """Every offered form alone, then all of them side by side."""
        valid = [form.is_valid() for form in self.forms]
        offered = [form.kind.value for form in self.forms if form.is_offered]
        if not offered:
            self.forms[0].add_error("offered", _("至少选择一种许可或转让方式。"))
            return False
        by_kind = {form.kind.value: form for form in self.forms}
        clashes = checks.forms_problems(offered, self.draft.patents, consents=self.draft.version.consents)
        rows = [(form.kind.value, form.places) for form in self.forms if form.is_offered and form.is_valid()]
        clashes += checks.gone_problems(rows, self.draft.patents, self.draft.books)
        for kind, words in clashes:
            by_kind[kind].add_error("offered", words)
        return all(valid) and not clashes

    @property
    def errors(self) -> dict[str, Any]:
        """For the page title, which says 错误 first when there are any."""
        return {form.prefix: form.errors for form in self.forms if form.is_bound and form.errors}

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [form.row() for form in self.forms if form.is_offered]


class RequirementForm(forms.Form):
    """One thing that whoever makes it needs; an empty row is no row."""

    kind = forms.ChoiceField(
        label=gettext_lazy("类别"),
        required=False,
        choices=lazy(lambda: [("", _("请选择")), *RequirementKind.choices], list),
    )
    text_zh = forms.CharField(label=gettext_lazy("名称"), max_length=120, required=False)
    text_en = forms.CharField(label=gettext_lazy("名称（英文）"), max_length=160, required=False)
    amount = Amount(
        label=gettext_lazy("数量"), max_digits=12, required=False,
        help_text=gettext_lazy("设备按台，场地按 m²，用电按 kW；许可不填。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind, amount = data.get("kind"), data.get("amount")
        filled = any(data.get(name) for name in ("text_zh", "text_en")) or amount is not None
        if filled and not kind and "kind" not in self.errors:
            self.add_error("kind", _("请选择类别。"))
        if amount is not None and amount <= 0:
            self.add_error("amount", _("数量应大于零。"))
        if kind in (RequirementKind.AREA, RequirementKind.POWER) and amount is None and "amount" not in self.errors:
            self.add_error("amount", _("场地和用电请填写数量。"))
        if (
            kind in (RequirementKind.EQUIPMENT, RequirementKind.PERMIT)
            and not data.get("text_zh")
            and "text_zh" not in self.errors
        ):
            self.add_error("text_zh", _("设备和许可请填写名称。"))
        return data


RequirementFormSet = forms.formset_factory(
    RequirementForm, extra=3, max_num=checks.MOST_REQUIREMENTS, absolute_max=checks.MOST_REQUIREMENTS
)


def requirement_forms(rows: Sequence[Requirement], data: Any = None) -> Any:
    """The stored rows and three empty ones."""
    initial = [{"kind": row.kind, "text_zh": row.text_zh, "text_en": row.text_en, "amount": row.amount} for row in rows]
    return RequirementFormSet(data, initial=initial, prefix="need")


def requirement_rows(formset: Any) -> list[dict[str, Any]]:
    """The filled rows, cleaned: fields of Requirement."""
    names = ("kind", "text_zh", "text_en", "amount")
    return [
        {name: form.cleaned_data.get(name) for name in names} for form in formset.forms if form.cleaned_data.get("kind")
    ]


class AttachmentForm(forms.Form):
    """One picture or document."""

    upload = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy(
            "图片（JPG、PNG、WebP）或 PDF，每个不超过 20 MB，共 10 个。图片会重新编码并去除拍摄信息。"
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("名称"), max_length=120, required=False, help_text=gettext_lazy("不填则用文件名。")
    )
    for_office_only = forms.BooleanField(
        label=gettext_lazy("仅供审核机构查看"), required=False, help_text=gettext_lazy("权属证明等不公开的材料请勾选。")
    )

    def clean_upload(self) -> UploadedFile:
        upload = self.cleaned_data["upload"]
        store.check(upload)
        return upload


class SubmitForm(forms.Form):
    """Which office, and the declaration."""

    province = forms.ChoiceField(
        label=gettext_lazy("审核机构"), widget=forms.RadioSelect,
        help_text=gettext_lazy("可以选六省中任何一个省的知识产权局，默认是您的账号所属的局。"),
    )  # fmt: skip
    declared = forms.BooleanField(
        label=gettext_lazy("我声明：以上内容属实，我有权处分这些专利，提交的材料可以按所示范围公开"),
        error_messages={"required": gettext_lazy("提交前请勾选声明。")},
    )

    def __init__(self, *args: Any, offices: Sequence[Province], fixed: Province | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [fixed] if fixed is not None else offices
        self.fields["province"].choices = [(office.code, office.office) for office in shown]  # type: ignore[attr-defined]
        if fixed is not None:
            self.fields["province"].help_text = _("修改由原来审核的局审核，审核期间公开的仍是原文。")


class ReasonForm(forms.Form):
    """Why a listing is taken off, put away or shown again."""

    reason = forms.CharField(label=gettext_lazy("原因"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required
