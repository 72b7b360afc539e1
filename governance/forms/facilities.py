"""A facility as it is typed: what it is, what it has, when it is open. Read next: facility_sheets.py, ../hours_text.py."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import facility_queries, hours_text
from governance.facility_kinds import KIND_FACTS
from governance.facility_queries import BY_PROVINCE, NEWEST, FacilitySearch
from governance.models import Facility
from governance.states import FacilityKind
from patents.filters import LONGEST_WORDS
from patents.forms.fields import Amount, long_text
from platform_site.files import store
from platform_site.regions.cities import cities, city_choices
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui.querying import QueryForm

from .account import Account

LANGUAGES = (("zh", gettext_lazy("中文")), ("en", gettext_lazy("英文")))
SORTS = ((BY_PROVINCE, gettext_lazy("按省份")), (NEWEST, gettext_lazy("最新登记")))
ENGLISH = ("name_en", "address_en", "about_en", "services_en")


class Lines(forms.CharField):
    """Lines that mean rows; `read` and `write` are of hours_text."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, read: Callable[[str], list[Any]], **kwargs: Any) -> None:
        super().__init__(required=False, max_length=6000, **kwargs)
        self.read = read

    def clean(self, value: Any) -> list[Any]:
        try:
            return self.read(super().clean(value))
        except hours_text.Unreadable as error:
            raise forms.ValidationError(str(error), code="line") from error


def _permits(text: str) -> list[str]:
    rows = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(rows) > 30 or any(len(row) > 120 for row in rows):
        raise hours_text.Unreadable(_("最多 30 行，每行不超过 120 字。"))
    return rows


class FacilityForm(forms.Form):
    """The whole of a facility but its pictures; kind and province stay as they were registered."""

    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=FacilityKind.choices)
    name_zh = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    city_code = forms.ChoiceField(
        label=gettext_lazy("城市"), required=False, choices=lazy(lambda: [("", _("请选择")), *city_choices()], list)
    )
    address_zh = forms.CharField(label=gettext_lazy("地址"), max_length=160, required=False)
    about_zh = long_text(gettext_lazy("介绍"), most=3000)
    services_zh = long_text(gettext_lazy("服务"), most=2000, rows=3)
    visitors = forms.IntegerField(
        label=gettext_lazy("同时接待的参观人数"), min_value=0, max_value=9999, initial=10,
        help_text=gettext_lazy("同一时间最多接待多少人，填 0 表示不接受预约参观。"),
    )  # fmt: skip
    slot_minutes = forms.IntegerField(label=gettext_lazy("每次参观（分钟）"), min_value=15, max_value=600, initial=120)
    places = forms.IntegerField(
        label=gettext_lazy("入驻工位"), min_value=0, max_value=9999, initial=0,
        help_text=gettext_lazy("可供入驻的工位总数，填 0 表示不接受入驻。"),
    )  # fmt: skip
    area_m2 = Amount(label=gettext_lazy("可用场地（m²）"), max_digits=10, required=False)
    power_kw = Amount(label=gettext_lazy("可用电力（kW）"), max_digits=10, required=False)
    equipment = Lines(
        label=gettext_lazy("设备"), read=hours_text.equipment,
        help_text=gettext_lazy("每行一种：名称 | 英文名称 | 台数，后两项可以不写。"),
    )  # fmt: skip
    permits = Lines(
        label=gettext_lazy("许可与资质"), read=_permits, help_text=gettext_lazy("每行一项，写证照上的名称。")
    )
    hours = Lines(
        label=gettext_lazy("每周开放时间"), read=hours_text.weekly,
        help_text=gettext_lazy("每行一组，如：周一至周五 09:00-12:00 13:30-17:00。"),
    )  # fmt: skip
    exceptions = Lines(
        label=gettext_lazy("例外日期"), read=hours_text.special,
        help_text=gettext_lazy("每行一天，如：2026-12-31 休息 年终盘点，或 2027-01-02 09:00-12:00。"),
    )  # fmt: skip
    keeps_holidays = forms.BooleanField(
        label=gettext_lazy("法定节假日不开放"), required=False, initial=True,
        help_text=gettext_lazy("调休上班的周末按周一的时间开放。"),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("接待语言"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=["zh"],
        required=False,
    )
    contact = forms.CharField(label=gettext_lazy("联系人或部门"), max_length=60, required=False)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("电子邮箱"), required=False)
    name_en = forms.CharField(label=gettext_lazy("名称（英文）"), max_length=200, required=False)
    address_en = forms.CharField(label=gettext_lazy("地址（英文）"), max_length=240, required=False)
    about_en = long_text(gettext_lazy("介绍（英文）"), most=5000)
    services_en = long_text(gettext_lazy("服务（英文）"), most=3000, rows=3)

    def __init__(self, *args: Any, province_code: str, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.province_code = province_code
        own = [one for one in cities().values() if one.province == province_code]
        names = {code: label for _place, rows in city_choices() for code, label in rows}
        self.fields["city_code"].choices = [("", _("请选择")), *((one.code, names[one.code]) for one in own)]  # type: ignore[attr-defined]
        if kind:
            del self.fields["kind"]
        shown = {kind: KIND_FACTS[kind]} if kind else KIND_FACTS
        for of, facts in shown.items():
            for fact in facts:
                self.fields[f"fact_{fact.name}"] = self._fact_field(fact, "" if kind else FacilityKind(of).label)

    @staticmethod
    def _fact_field(fact: Any, of: Any) -> forms.Field:
        label = f"{fact.label}（{fact.unit}）" if fact.unit else str(fact.label)
        hint = _("只用于：%(kind)s") % {"kind": of} if of else ""
        if fact.unit:
            return forms.IntegerField(label=label, required=False, min_value=0, max_value=9_999_999, help_text=hint)
        return forms.CharField(label=label, required=False, max_length=160, help_text=hint)

    @classmethod
    def of(cls, facility: Facility, *sent: Any) -> "FacilityForm":
        """Bound to a facility that is there."""
        names = [
            name for name in cls.base_fields if name not in ("kind", "equipment", "permits", "hours", "exceptions")
        ]
        initial = {name: getattr(facility, name) for name in names}
        initial |= {f"fact_{name}": value for name, value in facility.facts.items()}
        hours = facility_queries.hours_of(facility)
        initial |= {
            "equipment": hours_text.equipment_lines(facility.equipment.all()),
            "permits": "\n".join(facility.permits),
            "hours": "\n".join(hours_text.weekly_lines(hours.weekly)),
            "exceptions": "\n".join(hours_text.special_line(row) for row in facility.exceptions.all()),
        }
        return cls(*sent, province_code=facility.province_id, kind=facility.kind, initial=initial)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("visitors") and not data.get("hours") and "hours" not in self.errors:
            self.add_error("hours", _("接受预约参观的，请填写每周开放时间。"))
        for name in ("area_m2", "power_kw"):
            if data.get(name) == 0:
                data[name] = None
        return data

    def values(self, kind: str = "") -> dict[str, Any]:
        """After a clean: what facility_create and facility_save take."""
        kind = kind or self.cleaned_data["kind"]
        plain = {name: value for name, value in self.cleaned_data.items() if not name.startswith("fact_")}
        facts = {
            fact.name: value
            for fact in KIND_FACTS[kind]
            if (value := self.cleaned_data.get(f"fact_{fact.name}")) not in (None, "")
        }
        return {**plain, "kind": kind, "facts": facts}

    def chinese(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in ENGLISH]

    def english(self) -> list[Any]:
        return [self[name] for name in ENGLISH]


class FacilityFilter(QueryForm):
    """Every parameter of /resources/ but `page` and `format`. An invalid one is named and left out."""

    q = forms.CharField(label=gettext_lazy("检索词"), required=False, max_length=LONGEST_WORDS)
    province = forms.MultipleChoiceField(
        label=gettext_lazy("省份"), required=False,
        choices=lazy(lambda: [(code, province_name(code)) for code in CODES], list),
    )  # fmt: skip
    kind = forms.MultipleChoiceField(label=gettext_lazy("类型"), required=False, choices=FacilityKind.choices)
    stationing = forms.ChoiceField(
        label=gettext_lazy("接受入驻"), required=False, choices=[("1", gettext_lazy("接受入驻"))]
    )
    equipment = forms.CharField(label=gettext_lazy("设备"), required=False, max_length=60)
    sort = forms.ChoiceField(label=gettext_lazy("排序"), required=False, choices=SORTS)

    @property
    def search(self) -> FacilitySearch:
        said = self.valid
        return FacilitySearch(
            words=said.get("q") or "", provinces=tuple(said.get("province") or ()), kinds=tuple(said.get("kind") or ()),
            stationing=bool(said.get("stationing")), equipment=said.get("equipment") or "",
            sort=said.get("sort") or BY_PROVINCE,
        )  # fmt: skip


class PictureForm(forms.Form):
    upload = forms.FileField(
        label=gettext_lazy("图片"), help_text=gettext_lazy("JPG、PNG 或 WebP，不超过 20 MB；会重新编码并去除拍摄信息。")
    )
    title = forms.CharField(label=gettext_lazy("图片说明"), max_length=120)

    def clean_upload(self) -> UploadedFile:
        upload = self.cleaned_data["upload"]
        store.check(upload, documents=False)
        return upload


class Member(Account):
    """A member who keeps facilities or is expected at one."""

    default_error_messages = {"account": gettext_lazy("没有可以选用的会员使用这个邮箱。")}


class ManagerForm(forms.Form):
    user = Member(
        label=gettext_lazy("会员的电子邮箱"), help_text=gettext_lazy("被指定的人可以修改资料、答复预约、审批入驻。")
    )
