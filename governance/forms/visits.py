"""What is typed to visit a facility, or several. Read next: stationings.py."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions.visits import MOST_IN_BUNDLE, Wish
from governance.models import Facility
from governance.opening import Slot
from patents.forms.fields import long_text
from patents.models import Listing
from platform_site.accounts.models import User
from platform_site.ui.formats import minute_iso
from platform_site.ui.slots import SlotField, stamp

from .facilities import Member


def slot_choices(slots: Sequence[tuple[Slot, int]]) -> list[tuple[str, str]]:
    said = _("%(moment)s（还能接待 %(left)d 人）")
    return [
        (stamp(slot.starts_at), said % {"moment": minute_iso(slot.starts_at), "left": left}) for slot, left in slots
    ]


class WishForm(forms.Form):
    """For whom, how many, what for, about which of one's own listings."""

    people = forms.IntegerField(label=gettext_lazy("人数"), min_value=1, max_value=9999, initial=1)
    purpose = long_text(gettext_lazy("参观目的"), required=True, rows=3, most=1000)
    listing = forms.ChoiceField(label=gettext_lazy("有关的技术"), required=False)
    for_user = Member(
        label=gettext_lazy("代为预约（到访人的电子邮箱）"), required=False,
        help_text=gettext_lazy("不填就是为本人预约。可以为本单位同事预约；经办人可以为会员预约。"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, listings: Sequence[Listing] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        rows = [(str(one.pk), f"{one.number} {one.public_version.title}") for one in listings]
        self.fields["listing"].choices = [("", _("不涉及某项技术")), *rows]  # type: ignore[attr-defined]
        if not rows:
            del self.fields["listing"]

    def wish(self) -> Wish:
        """After a clean."""
        data = self.cleaned_data
        listing = int(data["listing"]) if data.get("listing") else None
        return Wish(data.get("for_user") or self.user, data["people"], data["purpose"], listing)


class VisitForm(WishForm):
    """One slot of one facility, or its waiting list."""

    starts_at = SlotField(label=gettext_lazy("时段"))
    wait = forms.BooleanField(label=gettext_lazy("满员时列入候补，有空位按次序自动递补"), required=False)
    field_order = ("starts_at", "people", "purpose", "listing", "for_user", "wait")

    def __init__(self, *args: Any, slots: Sequence[tuple[Slot, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].choices = slot_choices(slots)  # type: ignore[attr-defined]


class BundleForm(WishForm):
    """A slot of each facility: all or none."""

    def __init__(self, *args: Any, free: Sequence[tuple[Facility, Sequence[tuple[Slot, int]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facilities = [facility for facility, _slots in free][:MOST_IN_BUNDLE]
        last: datetime | None = None
        for facility, slots in free[:MOST_IN_BUNDLE]:
            box = SlotField(label=facility.name, choices=slot_choices(slots))
            first = next((slot for slot, _left in slots if last is None or slot.starts_at >= last), None)
            if first is not None:
                box.initial, last = stamp(first.starts_at), first.ends_at
            self.fields[f"slot_{facility.pk}"] = box
        self.order_fields([f"slot_{one.pk}" for one in self.facilities])

    def wanted(self) -> list[tuple[int, datetime]]:
        """After a clean: facility and beginning."""
        return [(one.pk, self.cleaned_data[f"slot_{one.pk}"]) for one in self.facilities]


class CounterForm(forms.Form):
    """Another slot, kept free for the visitor."""

    starts_at = SlotField(label=gettext_lazy("建议的时段"))
    reason = long_text(gettext_lazy("原因"), required=True, rows=3, most=500)

    def __init__(self, *args: Any, slots: Sequence[tuple[Slot, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].choices = slot_choices(slots)  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    reason = long_text(gettext_lazy("原因"), required=True, rows=3, most=500)

    def __init__(self, *args: Any, required: bool = True, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required
        if label:
            self.fields["reason"].label = label


class MarkForm(forms.Form):
    used = forms.TypedChoiceField(
        label=gettext_lazy("到访情况"), choices=[("1", gettext_lazy("已到访")), ("0", gettext_lazy("未到访"))],
        coerce=lambda value: value == "1", widget=forms.RadioSelect,
    )  # fmt: skip


class SureForm(forms.Form):
    """Nothing is asked for but the press of a button."""
