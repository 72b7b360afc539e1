"""What somebody found in the register or the gazette, and a sheet of such finds. Read next: ../views/status.py."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents import annuities, sheets
from patents.actions.histories import INVENTIONS_ONLY
from patents.gazette import CALENDAR_SOURCE, RECORDABLE, Entry
from patents.models import Patent, StatusEvent
from patents.states import EventKind, LegalStatus, PatentKind
from platform_site.ui.widgets import DateInput


class StatusFacts(forms.Form):
    """The five facts of the register that the wizard and a later look-up share."""

    legal_status = forms.ChoiceField(label=gettext_lazy("法律状态"), choices=LegalStatus.choices)
    status_as_of = forms.DateField(
        label=gettext_lazy("查询日期"),
        widget=DateInput(),
        help_text=gettext_lazy("您在国家知识产权局系统中查到上述状态的那一天。"),
    )
    status_source = forms.CharField(
        label=gettext_lazy("查询来源"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("例如：登记簿副本、中国专利公布公告网。"),
    )
    annuity_paid_to = forms.DateField(label=gettext_lazy("年费缴至"), widget=DateInput(), required=False)
    grant_date = forms.DateField(label=gettext_lazy("授权公告日"), widget=DateInput(), required=False)


class StatusForm(StatusFacts):
    """One event of the gazette, or what the register shows today; with `corrects`, what should have been written."""

    kind = forms.ChoiceField(label=gettext_lazy("事务"), required=False)
    happened_on = forms.DateField(
        label=gettext_lazy("事务日期"),
        widget=DateInput(),
        required=False,
        help_text=gettext_lazy("公告中的生效日期；只是查询状态的不填。"),
    )
    noticed_on = forms.DateField(
        label=gettext_lazy("通知书日期"),
        widget=DateInput(),
        required=False,
        help_text=gettext_lazy("终止、驳回、授予专利权的通知书，恢复和答复的期限从它起算。"),
    )
    fee_reduction = forms.TypedChoiceField(
        label=gettext_lazy("年费减缴"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", gettext_lazy("不变")), *((rate, f"{rate}%") for rate in annuities.REDUCTIONS)],
    )
    compensation_days = forms.IntegerField(
        label=gettext_lazy("期限补偿天数"), required=False, min_value=0, max_value=3653
    )
    note = forms.CharField(label=gettext_lazy("说明"), max_length=300, required=False)
    ORDER = ("kind", "happened_on", "legal_status", "status_as_of", "status_source", "annuity_paid_to", "grant_date")

    def __init__(self, *args: Any, patent: Patent, corrects: StatusEvent | None = None, **kwargs: Any) -> None:
        known = {
            "kind": EventKind.CHECKED,
            "legal_status": patent.legal_status,
            "status_source": "" if patent.status_source == CALENDAR_SOURCE else patent.status_source,
            "annuity_paid_to": patent.annuity_paid_to,
        }
        if corrects is not None:
            known |= {"kind": corrects.kind, "happened_on": corrects.happened_on}
        super().__init__(*args, initial=known, **kwargs)
        self.patent, self.corrects = patent, corrects
        self.fields["kind"].choices = self._kinds()  # type: ignore[attr-defined]
        status = self.fields["legal_status"]
        status.required = False
        status.label = _("查询到的法律状态")
        status.help_text = _("仅“登记簿查询”需要选择；其他事务之后的状态由平台推定。")
        if patent.grant_date:
            del self.fields["grant_date"]
        if patent.kind != PatentKind.INVENTION:
            del self.fields["compensation_days"]
        self.fields["note"].required = corrects is not None
        self.order_fields(self.ORDER)

    def _kinds(self) -> list[tuple[str, Any]]:
        kinds = [kind for kind in RECORDABLE if self.patent.kind == PatentKind.INVENTION or kind not in INVENTIONS_ONLY]
        kinds.sort(key=lambda kind: kind != EventKind.CHECKED)
        struck = [(EventKind.CORRECTION.value, _("更正：这一条是误记，划去"))] if self.corrects else []
        return [*struck, *((kind.value, kind.label) for kind in kinds)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind = data.get("kind") or EventKind.CHECKED
        if kind not in (EventKind.CHECKED, EventKind.CORRECTION) and not data.get("happened_on"):
            self.add_error("happened_on", _("请填写事务日期。"))
        last = self.patent.expires_on
        for name in ("annuity_paid_to", "grant_date"):
            if data.get(name) and not self.patent.filing_date <= data[name] <= last:
                self.add_error(name, _("日期应在申请日与保护期届满之间。"))
        return data

    def entry(self) -> Entry:
        """What the action writes."""
        data = self.cleaned_data
        kind = data.get("kind") or EventKind.CHECKED.value
        looked_up = kind in (EventKind.CHECKED, EventKind.CORRECTION)
        return Entry(
            kind=kind,
            happened_on=data["status_as_of"] if looked_up else data["happened_on"],
            as_of=data["status_as_of"],
            status=data["legal_status"] if kind == EventKind.CHECKED else "",
            source=data["status_source"],
            note=data["note"],
            noticed_on=data["noticed_on"],
            annuity_paid_to=data["annuity_paid_to"],
            grant_date=data.get("grant_date"),
            fee_reduction=data["fee_reduction"],
            compensation_days=data.get("compensation_days"),
            corrects=self.corrects.pk if self.corrects else None,
        )


class SheetForm(forms.Form):
    """A CSV or XLSX file; `cleaned_data["table"]` is what stands in it."""

    upload = forms.FileField(
        label=gettext_lazy("表格文件"),
        help_text=gettext_lazy("CSV 或 XLSX，不超过 5 MB、5000 行，第一行是列名。"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        upload: UploadedFile | None = data.get("upload")
        if upload is not None:
            try:
                data["table"] = sheets.read(upload)
            except ValidationError as error:
                self.add_error("upload", error)
        return data
