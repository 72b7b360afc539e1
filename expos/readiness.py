"""What an edition still lacks before it may take its next state, as sentences. Read next: actions/editions.py.

Each part of an expo adds its own checks to the state that it guards; a check answers a sentence, or nothing.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from platform_site import clock

from . import floor_queries, result_queries
from .models import Expo
from .states import EXPO_MOVES, ExpoState

Check = Callable[[Expo], str]


def next_state(expo: Expo) -> ExpoState | None:
    """The one state that follows; None after the last."""
    return next(iter(EXPO_MOVES[ExpoState(expo.state)]), None)


def _has_place(expo: Expo) -> str:
    return "" if expo.venue_id and expo.starts_on and expo.apply_until else _("还没有定下场馆、日期和报名截止日。")


def _has_halls(expo: Expo) -> str:
    return "" if expo.halls.exists() else _("还没有登记展厅。")


def _is_time_to_open(expo: Expo) -> str:
    return "" if expo.starts_on and expo.starts_on <= clock.today() else _("还没有到开展的日子。")


def _is_time_to_close(expo: Expo) -> str:
    return "" if expo.last_on and expo.last_on <= clock.today() else _("还没有到最后一天。")


def _applications_decided(expo: Expo) -> str:
    """Every application for a booth has an answer: reviewed, and given a booth or a place in the waiting list."""
    open_ = floor_queries.undecided(expo)
    return _("还有 %(count)d 份参展申请没有预审或者没有排位。") % {"count": open_} if open_ else ""


def _has_no_result_waiting(expo: Expo) -> str:
    """A report tells of what both sides have said; what one of them disputes waits no more."""
    waiting = result_queries.waiting_results(expo)
    return _("还有 %(count)d 项成果等待当事人确认。") % {"count": waiting} if waiting else ""


def _has_programme(expo: Expo) -> str:
    """An edition with sessions shows a programme that was released; one without needs none."""
    if not expo.sessions.exists() or expo.programme_versions.exists():
        return ""
    return _("日程还没有发布第一版。")


CHECKS: dict[ExpoState, list[Check]] = {
    ExpoState.APPLICATIONS_OPEN: [_has_place, _has_halls],
    ExpoState.ALLOCATING: [],
    ExpoState.PROGRAMME_PUBLISHED: [_applications_decided, _has_programme],
    ExpoState.RUNNING: [_is_time_to_open],
    ExpoState.CLOSED: [_is_time_to_close],
    ExpoState.REPORTED: [_has_no_result_waiting],
}


def missing(expo: Expo, to: ExpoState) -> list[str]:
    """Everything that keeps it from `to`; empty when it may go on."""
    return [said for check in CHECKS[to] if (said := check(expo))]
