"""What the parties type about payments, statements, reports and the end of an agreement. Read next: ../views/performance.py."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents.forms.fields import Amount, long_text
from platform_site import clock
from platform_site.files import store
from platform_site.regions.queries import provinces
from platform_site.ui.widgets import DateInput
from trading.actions.conversions import Facts
from trading.models import ConversionReport, PaymentMilestone, RoyaltyStatement
from trading.performance import LONGEST_NOTICE
from trading.states import MilestoneKind, RoyaltyBase

ELSEWHERE = "elsewhere"


def _places() -> list[tuple[str, Any]]:
    return [("", "—"), *((one.code, one.name) for one in provinces()), (ELSEWHERE, _("六省以外"))]


class PaperForm(forms.Form):
    """A paper may go with what is said; both parties read it."""

    words = long_text(gettext_lazy("说明"), rows=3, most=1000, help_text=gettext_lazy("对方会看到这段话。"))
    upload = forms.FileField(
        label=gettext_lazy("凭证"), required=False,
        help_text=gettext_lazy("PDF 或图片，不超过 20 MB，只有双方能看到。"),
    )  # fmt: skip

    def clean_upload(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["upload"]
        if upload:
            store.check(upload)
        return upload or None


class ClaimForm(PaperForm):
    """That it was paid: when and how much; of shares only when."""

    paid_on = forms.DateField(label=gettext_lazy("履行日"), widget=DateInput())
    paid_cny = Amount(label=gettext_lazy("实付金额（元）"), min_value=Decimal("0.01"))
    field_order = ("paid_on", "paid_cny")

    def __init__(self, *args: Any, milestone: PaymentMilestone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if milestone.kind == MilestoneKind.SHARES:
            del self.fields["paid_cny"]
        else:
            self.fields["paid_cny"].initial = milestone.amount_cny

    def clean_paid_on(self) -> Any:
        if self.cleaned_data["paid_on"] > clock.today():
            raise forms.ValidationError(_("履行日不能在今天之后。"))
        return self.cleaned_data["paid_on"]

    def clean(self) -> dict[str, Any]:
        return {"paid_cny": None, **(super().clean() or self.cleaned_data)}


class StatementForm(PaperForm):
    """The figure of the year on which the royalty is reckoned."""

    base_cny = Amount(label=gettext_lazy("基数（元）"))
    field_order = ("base_cny",)

    def __init__(self, *args: Any, statement: RoyaltyStatement, base: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["base_cny"]
        field.label = _("%(year)s 年%(base)s（元）") % {"year": statement.year, "base": RoyaltyBase(base).label}
        if base == RoyaltyBase.PROFIT:
            loss = Amount(label=field.label, min_value=-(10**11), help_text=_("亏损的写负数，例如 -12万。"))
            self.fields["base_cny"] = loss
        self.order_fields(self.field_order)
        self.fields["base_cny"].initial = statement.base_cny


class QuestionForm(forms.Form):
    reason = long_text(
        gettext_lazy("疑问"), required=True, rows=4, most=1000, help_text=gettext_lazy("对方会看到这段话。")
    )
    books = forms.BooleanField(label=gettext_lazy("要求查阅有关账目"), required=False)


class TerminateForm(forms.Form):
    on_day = forms.DateField(
        label=gettext_lazy("解除日"), widget=DateInput(),
        help_text=gettext_lazy("从这一天起合同不再有效，权利释放。可以是今天或以后一年以内。"),
    )  # fmt: skip
    reason = long_text(
        gettext_lazy("理由"), required=True, rows=4, most=1000, help_text=gettext_lazy("对方会看到这段话。")
    )

    def clean_on_day(self) -> Any:
        day, today = self.cleaned_data["on_day"], clock.today()
        if not today <= day <= today + timedelta(days=LONGEST_NOTICE):
            raise forms.ValidationError(_("解除日应在今天与一年以后之间。"))
        return day


class SureForm(forms.Form):
    """Said on purpose: what follows cannot be taken back."""

    agreed = forms.BooleanField(label=gettext_lazy("我已核对，知道这一步不能撤回。"))


class ReportForm(forms.Form):
    """One year of the conversion of a technology; `facts` after a clean is what the action takes."""

    year = forms.TypedChoiceField(label=gettext_lazy("年份"), coerce=int)
    in_production = forms.TypedChoiceField(
        label=gettext_lazy("是否投产"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("已投产")), ("no", gettext_lazy("尚未投产"))],
    )  # fmt: skip
    since = forms.DateField(label=gettext_lazy("投产日"), widget=DateInput(), required=False)
    province = forms.ChoiceField(label=gettext_lazy("生产地"), required=False, choices=lazy(_places, list))
    output_cny = Amount(label=gettext_lazy("当年产值（元）"), required=False)
    jobs = forms.IntegerField(
        label=gettext_lazy("当年就业（人）"), required=False, min_value=0, max_value=1_000_000,
        help_text=gettext_lazy("因实施这项技术而在岗的人数。"),
    )  # fmt: skip
    tax_cny = Amount(label=gettext_lazy("当年税收（元）"), required=False)
    note = long_text(gettext_lazy("说明"), rows=3, most=1000)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("in_production"):
            for name in ("since", "province"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("已投产的需要填写这一项。"))
            if data.get("since") and data.get("year") and data["since"].year > data["year"]:
                self.add_error("since", _("投产日应在所报告的年份或以前。"))
        return data

    def facts(self) -> Facts:
        data = self.cleaned_data
        place = data["province"]
        return Facts(
            in_production=data["in_production"], since=data["since"],
            province_id=None if place in ("", ELSEWHERE) else place, output_cny=data["output_cny"] or Decimal(0),
            jobs=data["jobs"] or 0, tax_cny=data["tax_cny"] or Decimal(0), note=data["note"],
        )  # fmt: skip


def report_initial(report: ConversionReport) -> dict[str, Any]:
    """What a correction is typed from."""
    values = {name: getattr(report, name) for name in ("year", "since", "output_cny", "jobs", "tax_cny", "note")}
    place = (report.province_id or ELSEWHERE) if report.in_production else ""
    return {**values, "in_production": "yes" if report.in_production else "no", "province": place}
