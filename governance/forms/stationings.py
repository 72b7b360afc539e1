"""What is typed about a stationing: the application, the contract, a report. Read next: ../actions/stationings.py."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import hours_text
from governance.actions.stationings import Wanted
from patents.forms.fields import Amount, long_text
from patents.models import Listing
from platform_site import clock
from platform_site.ui.widgets import DateInput

from .facilities import Lines

LONGEST_STAY = timedelta(days=5 * 366)


class StationingForm(forms.Form):
    """The last day is typed as people say it; what is kept is the day after."""

    listing = forms.ChoiceField(
        label=gettext_lazy("要产业化的专利技术"),
        help_text=gettext_lazy("本人在架的技术，入驻期间一项技术在一处只有一份申请。"),
    )
    places = forms.IntegerField(label=gettext_lazy("工位数"), min_value=1, max_value=999, initial=1)
    area_m2 = Amount(label=gettext_lazy("场地（m²）"), max_digits=10, required=False)
    power_kw = Amount(label=gettext_lazy("用电（kW）"), max_digits=10, required=False)
    equipment = forms.CharField(label=gettext_lazy("要使用的设备"), max_length=300, required=False)
    starts_on = forms.DateField(label=gettext_lazy("入驻自"), widget=DateInput())
    last_on = forms.DateField(label=gettext_lazy("入驻至（含当天）"), widget=DateInput())
    purpose = long_text(gettext_lazy("产业化计划"), required=True, most=3000, rows=5)

    def __init__(self, *args: Any, listings: Sequence[Listing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(one.pk), f"{one.number} {one.public_version.title}") for one in listings]
        self.fields["listing"].choices = [("", _("请选择")), *rows]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("last_on")
        if first and first < clock.today():
            self.add_error("starts_on", _("请填写今天或以后的日期。"))
        if first and last and last < first:
            self.add_error("last_on", _("结束的日期不能早于开始的日期。"))
        elif first and last and last - first > LONGEST_STAY:
            self.add_error("last_on", _("一次入驻最长五年。"))
        return data

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(
            places=data["places"], starts_on=data["starts_on"], ends_on=data["last_on"] + timedelta(days=1),
            purpose=data["purpose"], area_m2=data.get("area_m2") or 0, power_kw=data.get("power_kw") or 0,
            equipment=data.get("equipment") or "",
        )  # fmt: skip


def _milestones(text: str) -> list[tuple[str, date]]:
    rows = []
    for line in filter(str.strip, text.splitlines()):
        day, _blank, title = line.strip().partition(" ")
        try:
            rows.append((title.strip()[:160], date.fromisoformat(day)))
        except ValueError:
            raise hours_text.Unreadable(
                _("“%(line)s”应以日期开头，如 2027-03-31 完成中试。") % {"line": line[:40]}
            ) from None
        if not title.strip():
            raise hours_text.Unreadable(_("“%(line)s”还要写明达到什么。") % {"line": line[:40]})
    if len(rows) > 20:
        raise hours_text.Unreadable(_("最多 %(most)d 行。") % {"most": 20})
    return rows


class SignForm(forms.Form):
    """The contract of stationing, signed on paper."""

    contract = forms.CharField(label=gettext_lazy("合同编号"), max_length=60)
    signed_on = forms.DateField(label=gettext_lazy("签订日期"), widget=DateInput())
    milestones = Lines(
        label=gettext_lazy("里程碑"),
        read=_milestones,
        help_text=gettext_lazy("每行一个：日期 达到什么，如 2027-03-31 完成中试。"),
    )


class ReportForm(forms.Form):
    words = long_text(gettext_lazy("进展"), required=True, most=3000, rows=5)


class OutcomeForm(forms.Form):
    outcome = long_text(gettext_lazy("结果"), required=True, most=1000, rows=4)

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["outcome"].label = label
