"""A table of facilities judged row by row, by the very form that a person fills in. Read next: ../views/facility_sheets.py."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Facility
from governance.states import FacilityKind
from patents import sheets
from patents.sheets import Table
from platform_site.regions.cities import cities
from platform_site.regions.facts import BY_CODE

from .facilities import FacilityForm

# Column -> its heading; the heading in the other language and the name itself mean it too.
COLUMNS: dict[str, str | Promise] = {
    "kind": gettext_lazy("类型"), "name_zh": gettext_lazy("名称"), "name_en": gettext_lazy("英文名称"),
    "city": gettext_lazy("城市"), "address_zh": gettext_lazy("地址"), "visitors": gettext_lazy("接待人数"),
    "slot_minutes": gettext_lazy("每次分钟"), "places": gettext_lazy("工位"), "area_m2": gettext_lazy("场地"),
    "power_kw": gettext_lazy("用电"), "equipment": gettext_lazy("设备"), "permits": gettext_lazy("许可"),
    "hours": gettext_lazy("开放时间"), "services_zh": gettext_lazy("服务"), "about_zh": gettext_lazy("介绍"),
    "contact": gettext_lazy("联系人"), "phone": gettext_lazy("电话"), "email": gettext_lazy("邮箱"),
}  # fmt: skip
NEEDED = ("kind", "name_zh")
PLAIN = ("name_zh", "name_en", "address_zh", "visitors", "slot_minutes", "places", "area_m2", "power_kw", "hours", "services_zh", "about_zh", "contact", "phone", "email")  # fmt: skip
MOST = 500


class FacilitySheetForm(forms.Form):
    """One file for one province."""

    province = forms.ChoiceField(label=gettext_lazy("省份"), widget=forms.RadioSelect)
    upload = forms.FileField(label=gettext_lazy("表格"), help_text=gettext_lazy("CSV 或 XLSX，最多 500 行。"))

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = translation.get_language() == "en"
        names = [(code, BY_CODE[code].name_en if english else BY_CODE[code].name_zh) for code in codes]
        self.fields["province"].choices = names  # type: ignore[attr-defined]
        self.codes, self.fields["province"].required = codes, len(codes) > 1
        self.fields["province"].initial = codes[0] if codes else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["province"] = data.get("province") or self.codes[0]
        if data.get("upload"):
            try:
                data["table"] = sheets.read(data["upload"])
                self._places(data["table"])
            except forms.ValidationError as error:
                self.add_error("upload", error)
        return data

    @staticmethod
    def _places(table: Table) -> None:
        missing = [str(COLUMNS[name]) for name in NEEDED if name not in sheets.columns_at(table.heading, COLUMNS)]
        if missing:
            raise forms.ValidationError(_("缺少列：%(names)s。") % {"names": "、".join(missing)}, code="columns")
        if len(table.rows) > MOST:
            raise forms.ValidationError(_("表格超过 %(most)s 行，请分成几个文件。") % {"most": MOST}, code="rows")


def judge(table: Table, province_code: str) -> list[dict[str, Any]]:
    """Every row with its line, cells and reason; an empty reason is a good row. Names that are there already are refused."""
    at = sheets.columns_at(table.heading, COLUMNS)
    there = set(Facility.objects.filter(province=province_code).values_list("name_zh", flat=True))
    rows = []
    for line, row in zip(table.lines, table.rows, strict=True):
        cells = {name: row[place] for name, place in at.items() if place < len(row)}
        form = row_form(cells, province_code)
        reason = _reason(form)
        name = cells.get("name_zh", "").strip()
        if not reason and name in there:
            reason = _("本省已有同名的资源。")
        there |= {name} if not reason else set()
        rows.append({"line": line, "cells": cells, "reason": reason, "slug": ""})
    return rows


def row_form(cells: Mapping[str, str], province_code: str) -> FacilityForm:
    """The form as if a person had typed the row."""
    data = {name: cells[name] for name in PLAIN if cells.get(name)}
    data.setdefault("visitors", "0" if not data.get("hours") else "10")
    data |= {"slot_minutes": data.get("slot_minutes", "120"), "places": data.get("places", "0"), "keeps_holidays": "on"}
    data["kind"] = _kind(cells.get("kind", ""))
    data["city_code"] = _city(cells.get("city", ""), province_code)
    data["equipment"] = cells.get("equipment", "")
    data["permits"] = "\n".join(part for part in cells.get("permits", "").replace("；", ";").split(";"))
    return FacilityForm({**data, "languages": ["zh"]}, province_code=province_code)


def _kind(typed: str) -> str:
    wanted = typed.strip().lower()
    for kind in FacilityKind:
        for language in ("zh-hans", "en"):
            with translation.override(language):
                if wanted in (kind.value, str(kind.label).lower()):
                    return kind.value
    return typed


def _city(typed: str, province_code: str) -> str:
    wanted = typed.strip().lower().removesuffix("市")
    own = (one for one in cities().values() if one.province == province_code)
    for one in own:
        if wanted and wanted in (one.code, one.name_zh.removesuffix("市"), one.name_en.lower()):
            return one.code
    return typed  # refused by the form, with the name of the field


def _reason(form: FacilityForm) -> str:
    said = _("%(field)s：%(words)s")
    return " ".join(
        said % {"field": form.fields[name].label if name in form.fields else "", "words": " ".join(words)}
        for name, words in form.errors.items()
    )[:500]
