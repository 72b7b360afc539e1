"""What is typed to register and at the doors. Read next: results.py."""

import csv
import io
import json
import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expos.actions.passages import MOST_IN_BATCH, Scan
from expos.actions.registrations import MOST_IN_GROUP
from expos.models import Expo, Hall
from expos.states import Direction, VisitorKind
from patents.forms.fields import long_text
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import organisation_of, person_by_email
from platform_site.ui.widgets import DateInput

KIND_BY_WORD = {str(kind.label): kind for kind in VisitorKind} | {kind.value: kind for kind in VisitorKind}
COLUMNS = ("name", "unit", "job", "email", "kind")


class Person(forms.EmailField):
    """The e-mail address of an account; cleans to the account."""

    def clean(self, value: Any) -> User | None:
        address = super().clean(value)
        if not address:
            return None
        found = person_by_email(address)
        if found is None:
            raise forms.ValidationError(_("没有使用这个邮箱的账户。"), code="unknown")
        return found


class RegistrationForm(forms.Form):
    """Oneself: the name and unit of the badge."""

    kind = forms.ChoiceField(label=gettext_lazy("观众类别"), choices=VisitorKind.choices)
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    unit = forms.CharField(label=gettext_lazy("单位"), max_length=120, required=False)
    job = forms.CharField(label=gettext_lazy("职务"), max_length=60, required=False)
    email = forms.EmailField(label=gettext_lazy("联系邮箱"), required=False)
    permits = forms.BooleanField(
        label=gettext_lazy("允许扫我证件的参展商看到姓名和单位"), required=False,
        help_text=gettext_lazy("默认不允许。不勾选的，参展商在您同意联系之后才知道您是谁；以后随时可以更改。"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        body = organisation_of(user)
        initial = {
            "name": user.display_name,
            "unit": body.name_zh if body else "",
            "email": user.email,
            "kind": "professional",
        }
        super().__init__(*args, initial=initial, **kwargs)


class ColleagueForm(forms.Form):
    """One row of a group; an empty one is left out."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    unit = forms.CharField(label=gettext_lazy("单位"), max_length=120, required=False)
    job = forms.CharField(label=gettext_lazy("职务"), max_length=60, required=False)
    email = forms.EmailField(label=gettext_lazy("邮箱"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=VisitorKind.choices, initial=VisitorKind.PROFESSIONAL)

    def has_changed(self) -> bool:
        return any(name != "kind" for name in self.changed_data)


ColleagueRows = forms.formset_factory(ColleagueForm, extra=5, max_num=MOST_IN_GROUP, absolute_max=MOST_IN_GROUP)


class PastedRows(forms.CharField):
    """Lines of 姓名,单位,职务,邮箱,类别 from a table; commas or tabs. Cleans to rows; each bad line is named."""

    widget = forms.Textarea(attrs={"rows": 6})

    def clean(self, value: Any) -> list[dict[str, Any]]:
        text = super().clean(value) or ""
        reader = csv.reader(io.StringIO(text.replace("，", ",")), delimiter="\t" if "\t" in text else ",")
        rows, said = [], []
        for number, cells in enumerate(reader, 1):
            plain = [cell.strip() for cell in cells]
            if not any(plain) or plain[0] in ("姓名", "name"):
                continue
            form = ColleagueForm(dict(zip(COLUMNS, [*plain[:4], *self._kind(plain)], strict=False)))
            if form.is_valid() and len(plain) <= len(COLUMNS):
                rows.append(form.cleaned_data)
            else:
                said.append(self._said(number, form, len(plain)))
        if said:
            raise forms.ValidationError(said)
        return rows

    def _kind(self, plain: list[str]) -> list[str]:
        """Padding, then the kind: a word of either language, nothing is a professional visitor."""
        word = plain[4] if len(plain) > 4 else ""
        return [*[""] * max(0, 4 - len(plain)), KIND_BY_WORD.get(word, word) if word else VisitorKind.PROFESSIONAL]

    def _said(self, number: int, form: ColleagueForm, cells: int) -> str:
        if cells > len(COLUMNS):
            return _("第 %(row)d 行：多于五列。") % {"row": number}
        words = " ".join(
            f"{form.fields[name].label}：{' '.join(map(str, errors))}" for name, errors in form.errors.items()
        )
        return _("第 %(row)d 行：%(words)s") % {"row": number, "words": words}


class PasteForm(forms.Form):
    """The same people pasted from a table."""

    pasted = PastedRows(
        label=gettext_lazy("从表格粘贴"), required=False, max_length=40_000,
        help_text=gettext_lazy("每行一人：姓名、单位、职务、邮箱、类别，用逗号或制表符分隔；类别不填为专业观众。"),
    )  # fmt: skip


class ScanForm(forms.Form):
    """A code at a door; `client` names the scan."""

    code = forms.CharField(label=gettext_lazy("证件编号"), max_length=200)
    direction = forms.ChoiceField(label=gettext_lazy("方向"), choices=Direction.choices, initial=Direction.IN)
    client = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, direction: str = Direction.IN, **kwargs: Any) -> None:
        super().__init__(*args, initial={"client": uuid.uuid4(), "direction": direction}, **kwargs)
        self.fields["code"].widget.attrs.update(autocomplete="off", autocapitalize="characters", spellcheck="false")

    def scan(self, hall: Hall | None) -> Scan:
        data = self.cleaned_data
        return Scan(data["code"], data["direction"], data["client"], hall)


class SyncForm(forms.Form):
    """What a device kept: a JSON list of {code, direction, at, client}; a malformed one is refused whole."""

    scans = forms.CharField(
        label=gettext_lazy("离线扫码记录"), widget=forms.Textarea(attrs={"rows": 4}), max_length=200_000
    )  # fmt: skip

    def clean_scans(self) -> list[dict[str, Any]]:
        try:
            rows = json.loads(self.cleaned_data["scans"])
            if not isinstance(rows, list) or len(rows) > MOST_IN_BATCH:
                raise ValueError
            return [self._row(row) for row in rows]
        except (ValueError, TypeError, KeyError) as error:
            raise forms.ValidationError(_("扫码记录的格式不正确。"), code="format") from error

    def _row(self, row: dict[str, Any]) -> dict[str, Any]:
        at = parse_datetime(str(row["at"]))
        if at is None or row["direction"] not in Direction.values:
            raise ValueError
        return {
            "code": str(row["code"])[:200], "direction": row["direction"], "client": uuid.UUID(str(row["client"])),
            "at": _aware(at),
        }  # fmt: skip

    def scans_of(self, hall: Hall | None) -> list[Scan]:
        return [Scan(hall=hall, **row) for row in self.cleaned_data["scans"]]


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.SHANGHAI)


class KeeperForm(forms.Form):
    """A helper by e-mail, and the days."""

    user = Person(label=gettext_lazy("工作人员的邮箱"), help_text=gettext_lazy("须是本平台的账户。"))
    starts_on = forms.DateField(label=gettext_lazy("开始日期"), widget=DateInput())
    last_on = forms.DateField(label=gettext_lazy("结束日期（当天仍值守）"), widget=DateInput())

    def __init__(self, *args: Any, expo: Expo, **kwargs: Any) -> None:
        super().__init__(*args, initial={"starts_on": expo.starts_on, "last_on": expo.last_on}, **kwargs)


class LeadForm(forms.Form):
    """A badge, for which exhibit, and the exhibitor's own note."""

    code = forms.CharField(label=gettext_lazy("观众证件编号"), max_length=200)
    listing_id = forms.TypedChoiceField(label=gettext_lazy("展品"), coerce=int)
    note = long_text(gettext_lazy("备注（只有您看得到）"), rows=2, most=1000)

    def __init__(self, *args: Any, listings: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(autocomplete="off", autocapitalize="characters", spellcheck="false")
        self.fields["listing_id"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.number} {one.public_version.title_zh if one.public_version else ''}") for one in listings
        ]


class SureForm(forms.Form):
    """An act that asks for nothing but to be meant."""
