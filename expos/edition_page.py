"""What the pages of an edition share and its first page shows, by its state. Read next: views/editions.py."""

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.formats import date_iso

from . import rules
from .models import Expo
from .panel import Panel
from .readiness import missing, next_state
from .states import EXPO_BEFORE, EXPO_OVER, ExpoState

# The parts of an edition in the order of its bar: words, address by name, states in which it is shown (None: all but planned).
PARTS: list[tuple[Any, str, Sequence[ExpoState] | None]] = [
    (gettext_lazy("概况"), "expos:expo_detail", tuple(ExpoState)),
    (gettext_lazy("展位图"), "expos:floor", None),
    (pgettext_lazy("tab", "展品"), "expos:exhibit_list", None),
    (gettext_lazy("参展申请"), "expos:application_list", None),
    (gettext_lazy("日程"), "expos:programme_detail", (ExpoState.PROGRAMME_PUBLISHED, ExpoState.RUNNING, *EXPO_OVER)),
    (gettext_lazy("对接洽谈"), "expos:meeting_overview", None),
    (gettext_lazy("成果"), "expos:result_list", (ExpoState.RUNNING, ExpoState.CLOSED, ExpoState.REPORTED)),
    (gettext_lazy("总结"), "expos:edition_report", (ExpoState.REPORTED,)),
]
TONES = {
    ExpoState.PLANNED: "", ExpoState.APPLICATIONS_OPEN: "indigo", ExpoState.ALLOCATING: "indigo",
    ExpoState.PROGRAMME_PUBLISHED: "indigo", ExpoState.RUNNING: "cinn", ExpoState.CLOSED: "", ExpoState.REPORTED: "jade",
}  # fmt: skip
MOVE_WORDS = {
    ExpoState.APPLICATIONS_OPEN: gettext_lazy("开始招展"), ExpoState.ALLOCATING: gettext_lazy("截止报名，开始排位"),
    ExpoState.PROGRAMME_PUBLISHED: gettext_lazy("公布日程"), ExpoState.RUNNING: gettext_lazy("开展"),
    ExpoState.CLOSED: gettext_lazy("闭幕"), ExpoState.REPORTED: gettext_lazy("公布总结"),
}  # fmt: skip


def bar(expo: Expo, here: str) -> list[tuple[str, str, bool]]:
    """Words, address, whether it is `here`: the parts of the edition that its state shows."""
    shown = [
        part for part in PARTS if expo.state in (part[2] or [one for one in ExpoState if one != ExpoState.PLANNED])
    ]
    return [(str(words), reverse(name, args=[expo.year]), name == here) for words, name, _states in shown]


def shared(user: User, expo: Expo, here: str) -> dict[str, Any]:
    """Every page of an edition needs this: the edition, its bar, and whether the reader runs it."""
    return _shared(expo, here, runs=rules.expo_run(user, expo))


def _shared(expo: Expo, here: str, *, runs: bool) -> dict[str, Any]:
    return {
        "expo": expo, "bar": bar(expo, here), "runs": runs,
        "tag": (expo.get_state_display(), TONES[ExpoState(expo.state)]),
    }  # fmt: skip


def page(expo: Expo, panels: Sequence[Panel], *, runs: bool, reviews: Collection[str]) -> dict[str, Any]:
    """The first page of an edition, with the pieces of its parts (panels.py); `reviews` are provinces whose delegations the reader keeps."""
    to = next_state(expo)
    return {
        **_shared(expo, "expos:expo_detail", runs=runs),
        "lead": lead(expo),
        "facts": facts(expo),
        "panels": panels,
        "halls": list(expo.halls.all()),
        "rooms": list(expo.rooms.select_related("hall")),
        "delegations": delegations(expo, reviews),
        "steps": [{"when": step.at, "title": step.get_reached_display()} for step in expo.steps.all()],
        "to": to if runs else None,
        "move_words": MOVE_WORDS.get(to) if to and runs else "",
        "lacks": missing(expo, to) if to and runs else [],
        "has_draft": runs and to == ExpoState.REPORTED,  # of the report
        "may_change": runs and expo.state in EXPO_BEFORE,
    }


def lead(expo: Expo) -> str:
    """One sentence on where it stands, counted in days of Shanghai."""
    if expo.state in EXPO_OVER:
        return _("这届展会已经结束。")
    if expo.starts_on is None:
        return _("日期和场馆尚未确定。")
    days = (expo.starts_on - clock.today()).days
    if days > 0:
        return ngettext("距开展还有 %(days)d 天。", "距开展还有 %(days)d 天。", days) % {"days": days}
    day, of = 1 - days, (expo.last_on - expo.starts_on).days + 1  # type: ignore[operator]
    return _("今天是第 %(day)d 天，共 %(of)d 天。") % {"day": day, "of": of} if day <= of else _("展期已过。")


def facts(expo: Expo) -> list[tuple[str, str]]:
    unset = _("待定")
    days = f"{date_iso(expo.starts_on)} — {date_iso(expo.last_on)}" if expo.starts_on else unset
    return [
        (_("承办"), expo.host.office),
        (_("日期"), days),
        (_("开放时间"), f"{clock_words(expo.opens)} — {clock_words(expo.closes)}"),
        (_("场馆"), f"{expo.venue.name} {expo.venue.address}" if expo.venue else unset),
        (_("报名截止"), date_iso(expo.apply_until) if expo.apply_until else unset),
    ]


def clock_words(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def delegations(expo: Expo, reviews: Collection[str]) -> list[dict[str, Any]]:
    """The six in code order, with whose hand may write each."""
    rows = expo.delegations.select_related("province")
    return [{"row": row, "keeps": row.province_id in reviews} for row in rows]


def as_data(expo: Expo) -> dict[str, Any]:
    """The published form of design.md 4."""
    return {
        "year": expo.year, "host": expo.host_id, "state": expo.state, "venue": expo.venue.name_zh if expo.venue else None,
        "starts": expo.starts_on.isoformat() if expo.starts_on else None,
        "ends": expo.last_on.isoformat() if expo.last_on else None,
    }  # fmt: skip
