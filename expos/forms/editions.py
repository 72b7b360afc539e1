"""What the host and the delegations type of an edition: days, place, halls, rooms. Read next: ../views/editions.py."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expos.models import Delegation, Expo, Hall, Room
from patents.forms.fields import long_text
from platform_site.regions.cities import cities, city_name
from platform_site.ui.widgets import DateInput, TimeInput


def minutes(moment: time) -> int:
    """After midnight."""
    return moment.hour * 60 + moment.minute


class ExpoForm(forms.ModelForm):
    """Everything that the host writes of an edition."""

    opens = forms.TimeField(label=gettext_lazy("每天开馆"), widget=TimeInput())
    closes = forms.TimeField(label=gettext_lazy("每天闭馆"), widget=TimeInput())
    about_zh = long_text(gettext_lazy("介绍"), rows=4, most=3000)
    about_en = long_text(gettext_lazy("英文介绍"), rows=4, most=5000)

    class Meta:
        model = Expo
        fields = ("theme_zh", "theme_en", "about_zh", "about_en", "venue", "starts_on", "last_on", "opens", "closes", "apply_until")  # fmt: skip
        labels = {
            "theme_zh": gettext_lazy("主题"), "theme_en": gettext_lazy("英文主题"), "venue": gettext_lazy("场馆"),
            "starts_on": gettext_lazy("开始日期"), "last_on": gettext_lazy("结束日期（当天仍开展）"),
            "apply_until": gettext_lazy("报名截止（当天仍可报名）"),
        }  # fmt: skip
        widgets = {name: DateInput() for name in ("starts_on", "last_on", "apply_until")}

    def __init__(self, *args: Any, instance: Expo, **kwargs: Any) -> None:
        hours = {name: time(*divmod(getattr(instance, name) % 1440, 60)) for name in ("opens", "closes")}
        super().__init__(*args, instance=instance, initial=hours, **kwargs)
        self.fields["venue"].queryset = self.fields["venue"].queryset.filter(province=instance.host_id)  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The action writes what was cleaned, and says what cannot be; the model is left alone."""

    def values(self) -> dict[str, Any]:
        hours = {name: minutes(self.cleaned_data[name]) for name in ("opens", "closes")}
        return {**self.cleaned_data, **hours}


class VenueForm(forms.Form):
    """A place that is not yet known."""

    name_zh = forms.CharField(label=gettext_lazy("场馆名称"), max_length=80)
    name_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=160, required=False)
    city_code = forms.ChoiceField(label=gettext_lazy("城市"))
    address_zh = forms.CharField(label=gettext_lazy("地址"), max_length=160)
    address_en = forms.CharField(label=gettext_lazy("英文地址"), max_length=240, required=False)

    def __init__(self, *args: Any, province: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.code, city_name(one.code)) for one in cities().values() if one.province == province]
        self.fields["city_code"].choices = named  # type: ignore[attr-defined]


class HallForm(forms.Form):
    """A hall in whole metres."""

    code = forms.RegexField(
        r"^[A-Z][A-Z0-9]{0,3}$", label=gettext_lazy("编号"), max_length=4,
        help_text=gettext_lazy("大写字母开头，是展位号的前缀，例如 A。"),
    )  # fmt: skip
    name_zh = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=120, required=False)
    width_m = forms.IntegerField(label=gettext_lazy("东西宽（米）"), min_value=3, max_value=400)
    depth_m = forms.IntegerField(label=gettext_lazy("南北长（米）"), min_value=3, max_value=400)
    people = forms.IntegerField(label=gettext_lazy("同时容纳（人）"), min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, hall: Hall | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(hall, name) for name in self.base_fields} if hall else {}
        super().__init__(*args, initial=initial, **kwargs)


class RoomForm(forms.Form):
    """A stage in a hall, or a room of the venue."""

    name_zh = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=120, required=False)
    hall = forms.ModelChoiceField(
        Hall.objects.none(), label=gettext_lazy("所在展厅"), required=False, empty_label=gettext_lazy("不在展厅内")
    )
    seats = forms.IntegerField(label=gettext_lazy("座位"), min_value=1, max_value=100_000)
    place = forms.IntegerField(label=gettext_lazy("日程中的位置"), min_value=0, max_value=999, initial=0)

    def __init__(self, *args: Any, expo: Expo, room: Room | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(room, name) for name in self.base_fields} if room else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["hall"].queryset = expo.halls.all()  # type: ignore[attr-defined]


class DelegationForm(forms.Form):
    """Of a province: who leads, what it asks of its exhibitors, how many standard booths it needs."""

    head = forms.CharField(label=gettext_lazy("团长"), max_length=60, required=False)
    contact = forms.CharField(label=gettext_lazy("联系方式"), max_length=120, required=False)
    booths = forms.IntegerField(
        label=gettext_lazy("展位数"), min_value=0, max_value=999, help_text=gettext_lazy("以 3×3 米标准展位计。")
    )
    call_zh = long_text(gettext_lazy("招展说明"), rows=4, most=2000)
    call_en = long_text(gettext_lazy("英文招展说明"), rows=4, most=3000)

    def __init__(self, *args: Any, delegation: Delegation, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(delegation, name) for name in self.base_fields}, **kwargs)


class YearForm(forms.Form):
    """Which year to plan: one whose turn is a province of the reader's."""

    year = forms.TypedChoiceField(label=gettext_lazy("年份"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, _("%(year)d 年") % {"year": year}) for year in years]  # type: ignore[attr-defined]
