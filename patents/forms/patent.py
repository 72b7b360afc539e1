"""The number of a patent and its bibliographic facts. Read next: listing.py."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents import annuities, numbers, twins
from patents.models import Patent
from patents.states import GRANTED, LegalStatus, PatentKind
from platform_site import clock
from platform_site.regions.cities import cities, city_choices
from platform_site.ui.widgets import DateInput

from .fields import IpcSymbols, LocarnoClass, long_text
from .status import StatusFacts

OUTSIDE = "outside"  # the first applicant is outside the six provinces
# What must be filled in comes first; what is not named here follows.
ORDER = (
    "number", "keep_number", "kind", "title_zh", "ipc", "locarno", "applicants", "place", "filing_date", "legal_status",
    "status_as_of", "status_source", "grant_date", "publication_number", "publication_date", "annuity_paid_to", "twin_number", "inventors",
)  # fmt: skip
DAYS = ("filing_date", "publication_date", "grant_date", "status_as_of")


def _place_choices() -> list[Any]:
    return [("", _("请选择")), *city_choices(), (OUTSIDE, _("六省以外"))]


class PatentForm(StatusFacts):
    """One box for the number, then what the register says about it. `cleaned_data["facts"]` are fields of Patent."""

    number = forms.CharField(
        label=gettext_lazy("专利号或申请号"), max_length=numbers.LONGEST_TYPED,
        help_text=gettext_lazy("12 位数字加一位校验位，例如 2023 1 1042871.5；2003 年 10 月以前的是 8 位。可带 ZL、CN、空格。"),
        widget=forms.TextInput(attrs={"class": "n", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    keep_number = forms.BooleanField(
        label=gettext_lazy("号码与证书或受理通知书一致，按我填写的保留"), required=False,
        help_text=gettext_lazy("校验位不符的号码会向审核人员提示。"),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("专利种类"), required=False,
        choices=lazy(lambda: [("", _("按号码判断")), *PatentKind.choices], list),
    )  # fmt: skip
    title_zh = forms.CharField(label=gettext_lazy("专利名称（中文）"), max_length=300)
    title_en = forms.CharField(label=gettext_lazy("专利名称（英文）"), max_length=400, required=False)
    abstract_zh = long_text(gettext_lazy("摘要（中文）"))
    abstract_en = long_text(gettext_lazy("摘要（英文）"))
    ipc = IpcSymbols(
        label=gettext_lazy("国际专利分类号（IPC）"), required=False, max_length=600,
        help_text=gettext_lazy("主分类号写在最前，多个用分号或空格隔开。外观设计不填。"),
    )  # fmt: skip
    locarno = LocarnoClass(
        label=gettext_lazy("洛迦诺分类号"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("仅外观设计填写，例如 02-01。"),
    )
    applicants = forms.CharField(
        label=gettext_lazy("专利权人或申请人"), max_length=400, help_text=gettext_lazy("与登记簿一致，多个用顿号隔开。")
    )
    twin_number = forms.CharField(
        label=gettext_lazy("同日申请的另一件"), max_length=numbers.LONGEST_TYPED, required=False,
        help_text=gettext_lazy("同一申请人同日就同样的发明创造既申请发明又申请实用新型的，填写另一件的申请号（《专利法》第九条），会向买方说明。"),
        widget=forms.TextInput(attrs={"class": "n", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    inventors = forms.CharField(label=gettext_lazy("发明人或设计人"), max_length=400, required=False)
    place = forms.ChoiceField(label=gettext_lazy("第一权利人所在城市"), choices=_place_choices)
    filing_date = forms.DateField(
        label=gettext_lazy("申请日"), widget=DateInput(), help_text=gettext_lazy("保护期从申请日起算，不是优先权日。")
    )
    publication_number = forms.CharField(
        label=gettext_lazy("公开号或公告号"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("例如 CN112256133A。"),
    )
    publication_date = forms.DateField(label=gettext_lazy("公开日或公告日"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, patent: Patent | None = None, **kwargs: Any) -> None:
        if patent is not None:
            kwargs["initial"] = {**self.initial_of(patent), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        # The box to keep a doubtful number appears once there is a doubt.
        self.doubt = bool(patent and patent.number_doubtful)
        self.parsed: numbers.ApplicationNumber | None = None
        self.twin: numbers.ApplicationNumber | None = None
        self.order_fields(ORDER)

    @staticmethod
    def initial_of(patent: Patent) -> dict[str, Any]:
        """A stored patent as the form shows it."""
        facts = {name: getattr(patent, name) for name in PatentForm.base_fields if hasattr(patent, name)}
        return {
            **facts,
            "number": patent.shown_number,
            "twin_number": numbers.display(patent.twin_number, False) if patent.twin_number else "",
            "keep_number": patent.number_doubtful,
            "place": patent.city_code or OUTSIDE,
        }

    def full_clean(self) -> None:
        super().full_clean()
        if not (self.doubt or self._keeps()):
            self.fields["keep_number"].widget = forms.HiddenInput()

    def _keeps(self) -> bool:
        """Whether the person confirmed the number as typed; asked before the field is cleaned, which comes after the number."""
        return self.is_bound and self.data.get(self.add_prefix("keep_number")) in ("on", "true", "True", "1")

    def clean_number(self) -> str:
        typed = self.cleaned_data["number"]
        reserved = self.data.get(self.add_prefix("kind")) or None
        try:
            self.parsed = numbers.parse_application_number(
                typed, keep_check_digit=self._keeps(), reserved_kind=reserved, today=clock.today()
            )
        except numbers.NumberError as error:
            self.doubt = error.code == "check_digit"
            raise forms.ValidationError(error.message, code=error.code) from error
        return typed

    def clean_twin_number(self) -> str:
        typed = self.cleaned_data["twin_number"]
        if not typed:
            return ""
        try:
            self.twin = numbers.parse_application_number(typed, today=clock.today())
        except numbers.NumberError as error:
            raise forms.ValidationError(error.message, code=error.code) from error
        return self.twin.canonical

    def clean_publication_number(self) -> str:
        typed = self.cleaned_data["publication_number"]
        if not typed:
            return ""
        try:
            return numbers.parse_publication_number(typed).canonical
        except numbers.NumberError as error:
            raise forms.ValidationError(error.message, code=error.code) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._check_days(data)
        if self.parsed is not None:
            self._check_against_number(self.parsed, data)
            self._check_status(self.parsed, data)
            self._check_twin(self.parsed, data)
        if self.parsed is not None and not self.errors:
            data["facts"] = self._facts(self.parsed, data)
        return data

    def _check_days(self, data: dict[str, Any]) -> None:
        """No day lies in the future or before the first Chinese patent; what follows filing lies after it."""
        for name in DAYS:
            day = data.get(name)
            if day and not date(1985, 4, 1) <= day <= clock.today():
                self.add_error(name, _("日期应在 1985-04-01（专利法施行）与今天之间。"))
        filed = data.get("filing_date")
        for name in ("publication_date", "grant_date", "status_as_of"):
            if filed and data.get(name) and data[name] < filed:
                self.add_error(name, _("不能早于申请日。"))
        paid = data.get("annuity_paid_to")
        if paid and filed and not filed <= paid <= date(filed.year + 26, 1, 1):
            self.add_error("annuity_paid_to", _("年费缴至的日期应在申请日与保护期届满之间。"))

    def _check_against_number(self, parsed: numbers.ApplicationNumber, data: dict[str, Any]) -> None:
        kind = data.get("kind")
        if kind and kind != parsed.kind:
            self.add_error("kind", _("号码是“%(kind)s”的，与所选种类不符。") % {"kind": PatentKind(parsed.kind).label})
        filed = data.get("filing_date")
        if filed and filed.year > parsed.year:
            self.add_error("filing_date", _("申请日晚于申请号的年份 %(year)s，请核对。") % {"year": parsed.year})
        if parsed.kind == PatentKind.DESIGN:
            if data.get("ipc"):
                self.add_error("ipc", _("外观设计没有国际专利分类号，请填洛迦诺分类号。"))
            if not data.get("locarno") and "locarno" not in self.errors:
                self.add_error("locarno", _("请填写外观设计的洛迦诺分类号。"))
        else:
            if data.get("locarno"):
                self.add_error("locarno", _("洛迦诺分类号只用于外观设计。"))
            if not data.get("ipc") and "ipc" not in self.errors:
                self.add_error("ipc", _("请至少填写主分类号。"))

    def _check_status(self, parsed: numbers.ApplicationNumber, data: dict[str, Any]) -> None:
        status, granted = data.get("legal_status"), data.get("grant_date")
        if status in GRANTED and not granted and "grant_date" not in self.errors:
            self.add_error("grant_date", _("已授权的专利请填写授权公告日。"))
        if status in (LegalStatus.PENDING, LegalStatus.UNPUBLISHED) and granted:
            self.add_error("legal_status", _("填了授权公告日，法律状态就不是未授权。"))
        if status == LegalStatus.PENDING:
            if parsed.kind != PatentKind.INVENTION and not parsed.is_pct:
                self.add_error("legal_status", _("实用新型和外观设计在授权公告前不公开，请选“申请未公开”。"))
            elif not (data.get("publication_number") and data.get("publication_date")) and not (
                {"publication_number", "publication_date"} & set(self.errors)
            ):
                self.add_error("publication_number", _("已公开的申请请填写公开号和公开日。"))
        self._check_annuity(parsed, data)
        self._check_term(parsed, data)

    def _check_annuity(self, parsed: numbers.ApplicationNumber, data: dict[str, Any]) -> None:
        """In force on the day of the look-up, the annuity of that day is paid, or within its late-fee period."""
        filed, granted, paid = data.get("filing_date"), data.get("grant_date"), data.get("annuity_paid_to")
        if data.get("legal_status") != LegalStatus.IN_FORCE or not (
            filed and granted and paid and data.get("status_as_of")
        ):
            return
        right = annuities.Right(kind=PatentKind(parsed.kind), filed=filed, granted=granted, paid_to=paid)
        owed = annuities.next_due(right)
        if owed is not None and owed.due < data["status_as_of"]:
            words = _("年费只缴到这一天，%(due)s 已到期：请填写最近一次缴费后的日期，或选“滞纳期”。")
            self.add_error("annuity_paid_to", words % {"due": owed.due.isoformat()})

    def _check_twin(self, parsed: numbers.ApplicationNumber, data: dict[str, Any]) -> None:
        """One of each kind, from the same year; the day is asked where the other one is known (actions/drafts.py)."""
        if self.twin is None or "twin_number" in self.errors:
            return
        if twins.OTHER_KIND.get(PatentKind(parsed.kind)) != self.twin.kind:
            self.add_error("twin_number", _("同日申请的两件应是一件发明、一件实用新型。"))
        elif self.twin.year != parsed.year:
            self.add_error("twin_number", _("两件不是同日申请：申请号的年份不同。"))

    def _check_term(self, parsed: numbers.ApplicationNumber, data: dict[str, Any]) -> None:
        if data.get("legal_status") not in (
            LegalStatus.IN_FORCE,
            LegalStatus.LATE_FEE,
            LegalStatus.PENDING,
        ) or not data.get("filing_date"):
            return
        ends = Patent(kind=parsed.kind, filing_date=data["filing_date"]).expires_on
        if ends <= clock.today():
            words = _("从申请日计算，保护期已于 %(day)s 届满，请核对申请日或法律状态。")
            self.add_error("legal_status", words % {"day": ends.isoformat()})

    def _facts(self, parsed: numbers.ApplicationNumber, data: dict[str, Any]) -> dict[str, Any]:
        place = data["place"]
        names = (
            "title_zh", "title_en", "abstract_zh", "abstract_en", "ipc", "locarno", "applicants", "inventors", "filing_date",
            "publication_number", "publication_date", "grant_date", "legal_status", "status_as_of", "status_source",
            "annuity_paid_to", "twin_number",
        )  # fmt: skip
        return {
            **{name: data[name] for name in names},
            "application_number": parsed.canonical,
            "number_doubtful": not parsed.is_verified,
            "kind": parsed.kind,
            "city_code": "" if place == OUTSIDE else place,
            "province_code": "" if place == OUTSIDE else cities()[place].province,
        }
