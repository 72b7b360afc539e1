"""Agenda items as they are typed: a form for each kind, so that what a resolution will do is never free text. Read next: ballots.py."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import ballot_words, queries
from governance.directing import LATEST_YEAR
from governance.states import ItemKind
from patents.forms.fields import long_text
from platform_site import clock
from platform_site.regions.facts import CODES, ROTATION_ORDER
from platform_site.regions.names import province_name
from platform_site.ui.widgets import DateInput
from trading.contract import both

AHEAD = 30  # years for which a change of the rotation is resolved
SWAP, SINGLE = "swap", "single"


def _provinces() -> list[tuple[str, str]]:
    return [(code, province_name(code)) for code in CODES]


class ItemForm(forms.Form):
    """A general item; what every kind has. `values` after a clean is what the action takes."""

    kind: ItemKind = ItemKind.GENERAL
    title_zh = forms.CharField(label=gettext_lazy("议题"), max_length=160)
    title_en = forms.CharField(label=gettext_lazy("议题（英文）"), max_length=240, required=False)
    text_zh = long_text(
        gettext_lazy("内容和理由"), required=True, rows=6, most=4000, help_text=gettext_lazy("通过后即为决议的正文。")
    )
    text_en = long_text(gettext_lazy("内容和理由（英文）"), rows=6, most=6000)

    @property
    def change(self) -> dict[str, Any]:
        return {}

    @property
    def values(self) -> dict[str, Any]:
        names = ("title_zh", "title_en", "text_zh", "text_en")
        return {**{name: self.cleaned_data[name] for name in names}, "change": self.change}


class RotationItemForm(ItemForm):
    """Two years exchange their provinces, or one year goes to another province."""

    kind = ItemKind.ROTATION
    text_zh = long_text(gettext_lazy("理由"), required=True, rows=4, most=300)
    text_en = long_text(gettext_lazy("理由（英文）"), rows=4, most=300)
    way = forms.ChoiceField(
        label=gettext_lazy("调整方式"), widget=forms.RadioSelect, initial=SWAP,
        choices=[(SWAP, gettext_lazy("两个年份互换")), (SINGLE, gettext_lazy("一个年份改由另一省轮值"))],
    )  # fmt: skip
    year = forms.IntegerField(label=gettext_lazy("年份"), min_value=2008, max_value=LATEST_YEAR)
    other_year = forms.IntegerField(
        label=gettext_lazy("与之互换的年份"), min_value=2008, max_value=LATEST_YEAR, required=False,
        help_text=gettext_lazy("只在互换时填写。"),
    )  # fmt: skip
    province = forms.ChoiceField(
        label=gettext_lazy("改由哪个省轮值"), required=False, help_text=gettext_lazy("只在调整一个年份时选择。"),
        choices=lazy(lambda: [("", "—"), *_provinces()], list),
    )  # fmt: skip
    field_order = ("title_zh", "title_en", "way", "year", "other_year", "province", "text_zh", "text_en")

    def _year(self, name: str) -> int | None:
        year = self.cleaned_data.get(name)
        if year is not None and not clock.today().year < year <= clock.today().year + AHEAD:
            raise forms.ValidationError(_("只能调整今后 %(n)s 年内的轮值，不含今年。") % {"n": AHEAD})
        return year

    def clean_year(self) -> int | None:
        return self._year("year")

    def clean_other_year(self) -> int | None:
        return self._year("other_year")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        year, way = data.get("year"), data.get("way")
        if not year or not way:
            return data
        now = queries.province_of(year)
        if way == SINGLE:
            if not data.get("province") and "province" not in self.errors:
                self.add_error("province", _("请选择改由哪个省轮值。"))
            elif data.get("province") == now:
                self.add_error(
                    "province",
                    _("%(year)s 年本来就由%(province)s轮值。") % {"year": year, "province": province_name(now)},
                )
        elif not data.get("other_year"):
            if "other_year" not in self.errors:
                self.add_error("other_year", _("请填写与之互换的年份。"))
        elif queries.province_of(data["other_year"]) == now:
            self.add_error("other_year", _("这两个年份由同一省轮值，互换没有变化。"))
        return data

    @property
    def change(self) -> dict[str, Any]:
        data = self.cleaned_data
        year = data["year"]
        if data["way"] == SINGLE:
            return {str(year): data["province"]}
        other = data["other_year"]
        return {str(year): queries.province_of(other), str(other): queries.province_of(year)}


class OrderItemForm(ItemForm):
    """A new order of the six from a year on."""

    kind = ItemKind.ORDER
    first_year = forms.IntegerField(label=gettext_lazy("从哪一年起"), min_value=2008, max_value=LATEST_YEAR)
    field_order = ("title_zh", "title_en", "first_year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _first, order = queries.orders()[-1]
        for place in range(1, len(ROTATION_ORDER) + 1):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=_("第 %(n)s 位") % {"n": place}, choices=_provinces(), initial=order[place - 1]
            )
        self.order_fields([*self.field_order, *(f"place_{n}" for n in range(1, 7)), "text_zh", "text_en"])

    def clean_first_year(self) -> int:
        year: int = self.cleaned_data["first_year"]
        if not clock.today().year < year <= clock.today().year + AHEAD:
            raise forms.ValidationError(_("新的顺序只能从今后 %(n)s 年内开始，不含今年。") % {"n": AHEAD})
        if year in {first for first, _order in queries.orders()}:
            raise forms.ValidationError(_("从 %(year)s 年起的轮值顺序已有决议。") % {"year": year})
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        at: dict[str, int] = {}
        for place in range(1, len(ROTATION_ORDER) + 1):
            code = data.get(f"place_{place}")
            if code in at:
                words = {"province": province_name(code), "n": at[code]}
                self.add_error(f"place_{place}", _("%(province)s已排在第 %(n)s 位。") % words)
            elif code:
                at[code] = place
        return data

    @property
    def change(self) -> dict[str, Any]:
        order = [self.cleaned_data[f"place_{place}"] for place in range(1, len(ROTATION_ORDER) + 1)]
        return {"first_year": self.cleaned_data["first_year"], "order": order}


def _share(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=10)


class RuleItemForm(ItemForm):
    """A new version of the rules of procedure; its wording is made from the numbers, so that they cannot disagree."""

    kind = ItemKind.RULE
    quorum_numerator = _share(gettext_lazy("法定人数：分子"))
    quorum_denominator = _share(gettext_lazy("法定人数：分母"))
    majority_numerator = _share(gettext_lazy("通过须超过：分子"))
    majority_denominator = _share(gettext_lazy("通过须超过：分母"))
    majority_of = forms.ChoiceField(
        label=gettext_lazy("多数以什么为基数"), widget=forms.RadioSelect,
        choices=[("seats", gettext_lazy("全部表决席位")), ("cast", gettext_lazy("赞成票与反对票之和"))],
    )  # fmt: skip
    national_votes = forms.BooleanField(label=gettext_lazy("国家局席位有表决权"), required=False)
    notice_days = forms.IntegerField(label=gettext_lazy("例会提前通知（天）"), min_value=1, max_value=60)
    notice_days_extraordinary = forms.IntegerField(
        label=gettext_lazy("临时会议提前通知（天）"), min_value=1, max_value=60
    )
    in_force_from = forms.DateField(label=gettext_lazy("施行日"), widget=DateInput())
    NUMBERS = (
        "quorum_numerator", "quorum_denominator", "majority_numerator", "majority_denominator", "majority_of",
        "national_votes", "notice_days", "notice_days_extraordinary",
    )  # fmt: skip
    field_order = ("title_zh", "title_en", *NUMBERS, "in_force_from", "text_zh", "text_en")

    def clean_in_force_from(self) -> date:
        day: date = self.cleaned_data["in_force_from"]
        if day < clock.today():
            raise forms.ValidationError(_("施行日不能早于今天。"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("quorum_numerator") or 0) > (data.get("quorum_denominator") or 10):
            self.add_error("quorum_denominator", _("法定人数不能超过全部表决席位。"))
        if (data.get("majority_numerator") or 0) >= (data.get("majority_denominator") or 10):
            self.add_error("majority_denominator", _("须超过的份额应小于一。"))
        if (data.get("notice_days_extraordinary") or 0) > (data.get("notice_days") or 60):
            self.add_error("notice_days_extraordinary", _("临时会议的通知期不能长于例会。"))
        return data

    @property
    def change(self) -> dict[str, Any]:
        numbers = {name: self.cleaned_data[name] for name in self.NUMBERS}
        words = both(lambda: ballot_words.rule_text(numbers))
        day = self.cleaned_data["in_force_from"].isoformat()
        return {**numbers, "text_zh": words.zh, "text_en": words.en, "in_force_from": day}


FORMS: dict[str, type[ItemForm]] = {
    form.kind.value: form for form in (ItemForm, RotationItemForm, OrderItemForm, RuleItemForm)
}
