"""What is typed for the meetings of an expo: by a participant, and by the host. Read next: ../views/meetings.py."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from expos.meeting_slots import Slot
from expos.models import Expo, MeetingPlan, MeetingProfile, MeetingTable, MeetingWish
from patents.forms.fields import long_text
from patents.models import Listing
from platform_site.ui.formats import minute_iso
from platform_site.ui.slots import SlotField, read_stamp, stamp

_WINDOW = re.compile(r"^(\d{1,2}):(\d{2})\s*[-—–~至]\s*(\d{1,2}):(\d{2})$")
WEIGHTS = [
    (3, pgettext_lazy("wish", "很想见")),
    (2, pgettext_lazy("wish", "想见")),
    (1, pgettext_lazy("wish", "有空就见")),
]


class MeetingProfileForm(forms.Form):
    """What others who take part see of somebody."""

    takes_part = forms.BooleanField(label=gettext_lazy("参加对接洽谈"), required=False, initial=True)
    offers = long_text(gettext_lazy("我能提供什么"), rows=3, most=1000)
    seeks = long_text(gettext_lazy("我想找什么"), rows=3, most=1000)
    languages = forms.CharField(
        label=gettext_lazy("会面语言"), max_length=60, required=False, help_text=gettext_lazy("例如：中文、英语。")
    )

    def __init__(self, *args: Any, profile: MeetingProfile | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(profile, name) for name in self.base_fields} if profile else {}
        super().__init__(*args, initial=initial, **kwargs)


class AbsenceForm(forms.Form):
    """The slots in which somebody cannot."""

    slots = forms.MultipleChoiceField(
        label=gettext_lazy("不能会面的时段"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Sequence[Slot], absent: set[datetime], **kwargs: Any) -> None:
        initial = {"slots": [stamp(slot.starts_at) for slot in offered if slot.starts_at in absent]}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["slots"].choices = [(stamp(one.starts_at), minute_iso(one.starts_at)) for one in offered]  # type: ignore[attr-defined]

    def clean_slots(self) -> list[datetime]:
        return [moment for text in self.cleaned_data["slots"] if (moment := read_stamp(text))]


class WishForm(forms.Form):
    weight = forms.TypedChoiceField(
        label=gettext_lazy("有多想见"), choices=WEIGHTS, coerce=int, initial=2, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=gettext_lazy("想谈什么"), max_length=200, required=False, help_text=gettext_lazy("只有您自己看得到。")
    )

    def __init__(self, *args: Any, wish: MeetingWish | None = None, **kwargs: Any) -> None:
        initial = {"weight": wish.weight, "why": wish.why} if wish else {}
        super().__init__(*args, initial=initial, **kwargs)


def _choices(listings: Sequence[Listing]) -> list[tuple[int, str]]:
    """Of listings on the market: number and title."""
    return [(one.pk, f"{one.number} {one.public_version.title}") for one in listings if one.public_version]


class RequestForm(forms.Form):
    """When, at which table, about what."""

    starts_at = SlotField(label=gettext_lazy("时段"))
    table = forms.TypedChoiceField(label=gettext_lazy("洽谈桌"), required=False, coerce=int, empty_value=None)
    listing = forms.TypedChoiceField(label=gettext_lazy("有关的技术"), required=False, coerce=int, empty_value=None)
    message = long_text(gettext_lazy("想谈什么"), rows=3, most=500)

    def __init__(
        self, *args: Any, slots: Sequence[Slot], tables: Sequence[MeetingTable], listings: Sequence[Listing], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].choices = [(stamp(one.starts_at), minute_iso(one.starts_at)) for one in slots]  # type: ignore[attr-defined]
        named = [(one.pk, _("%(number)d 号桌") % {"number": one.number}) for one in tables]
        self.fields["table"].choices = [("", _("由系统安排一张空桌")), *named]  # type: ignore[attr-defined]
        about = _choices(listings)
        self.fields["listing"].choices = [("", _("不涉及某项技术")), *about]  # type: ignore[attr-defined]


class InterestForm(forms.Form):
    """The second press: about which listing of the other, or about none."""

    interested = forms.TypedChoiceField(
        label=gettext_lazy("是否有意向"), choices=[("1", gettext_lazy("有意向")), ("0", gettext_lazy("没有意向"))],
        coerce=lambda value: value == "1", widget=forms.RadioSelect, initial="1",
    )  # fmt: skip
    listing = forms.TypedChoiceField(
        label=gettext_lazy("就哪项技术继续洽谈"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, listings: Sequence[Listing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = _choices(listings)
        self.fields["listing"].choices = [("", _("不发起洽谈")), *about]  # type: ignore[attr-defined]
        if about:
            self.fields["listing"].initial = about[0][0]
        else:
            del self.fields["listing"]


class WhyForm(forms.Form):
    reason = long_text(gettext_lazy("原因"), required=True, rows=3, most=500)


class PlanForm(forms.Form):
    """Minutes, and the windows of each day as one line: 09:30-11:30, 14:00-16:30."""

    slot_minutes = forms.IntegerField(label=gettext_lazy("每次会面（分钟）"), min_value=20, max_value=30, initial=25)
    break_minutes = forms.IntegerField(label=gettext_lazy("间隔（分钟）"), min_value=0, max_value=30, initial=5)

    def __init__(self, *args: Any, expo: Expo, plan: MeetingPlan | None, **kwargs: Any) -> None:
        initial = {"slot_minutes": plan.slot_minutes, "break_minutes": plan.break_minutes} if plan else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.days = days_of(expo)
        known: dict[date, list[str]] = {}
        for one in plan.windows.all() if plan else ():
            known.setdefault(one.day, []).append(f"{_minute(one.begins)}-{_minute(one.ends)}")
        for day in self.days:
            self.fields[f"day_{day.isoformat()}"] = forms.CharField(
                label=day.isoformat(), required=False, max_length=120, initial=", ".join(known.get(day, [])),
                help_text=_("例如 09:30-11:30, 14:00-16:30；不填就是这天没有对接。"),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.windows: list[tuple[date, int, int]] = []
        for day in self.days:
            name = f"day_{day.isoformat()}"
            for part in re.split(r"[,，;；、]", data.get(name, "")):
                if not part.strip():
                    continue
                found = _WINDOW.match(part.strip())
                hours = [int(one) for one in found.groups()] if found else [99, 0, 0, 0]
                if max(hours[0], hours[2]) > 24 or max(hours[1], hours[3]) > 59:
                    self.add_error(name, _("请写成 09:30-11:30 这样的起止时间，多段用逗号隔开。"))
                    break
                self.windows.append((day, hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]))
        return data


def days_of(expo: Expo) -> list[date]:
    if expo.starts_on is None or expo.last_on is None:
        return []
    return [expo.starts_on + timedelta(days=n) for n in range((expo.last_on - expo.starts_on).days + 1)]


def _minute(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


class TablesForm(forms.Form):
    """So many tables with numbers in a row."""

    first = forms.IntegerField(label=gettext_lazy("起始桌号"), min_value=1, max_value=999)
    count = forms.IntegerField(label=gettext_lazy("张数"), min_value=1, max_value=400)
    hall = forms.TypedChoiceField(label=gettext_lazy("所在展厅"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, expo: Expo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        halls = [(hall.pk, f"{hall.code} {hall.name}") for hall in expo.halls.all()]
        self.fields["hall"].choices = [("", _("不在展厅内")), *halls]  # type: ignore[attr-defined]
        last = expo.meeting_tables.order_by("number").last()
        self.fields["first"].initial = last.number + 1 if last else 1
