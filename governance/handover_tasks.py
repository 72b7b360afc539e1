"""Notices of the handover, and the clock that opens it and says when the powers have passed. Imported by tasks.py.

Read next: actions/handovers.py.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from celery import shared_task
from django.utils import translation

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import system_user
from platform_site.errors import Conflict
from platform_site.notices.actions import notice_tell
from platform_site.ui.formats import minute_iso

from . import handover_queries as handovers
from . import people_queries, queries, rotation_queries
from .actions.handovers import handover_open
from .directing import year_begins
from .models import Handover, Seat
from .states import HandoverState

AHEAD = timedelta(days=30)  # before the year's end
CAUGHT_UP = timedelta(days=7)  # that powers have passed is told once; a clock that stood still tells it later


@shared_task(name="governance.term_begin_notify")
def term_begin_notify(term_id: int) -> None:
    """Tell the first director and the office."""
    term = rotation_queries.term_told(term_id)
    for person in _people([term.seat_id]):
        with translation.override(person.language):
            _tell(person, "term_begun", f"term-{term.pk}", "rotation/", year=str(term.year), seat=str(term.seat))


@shared_task(name="governance.handover_open_notify")
def handover_open_notify(handover_id: int) -> None:
    """Tell both sides and the office that the checklist can be signed."""
    _tell_sides(handovers.handover_told(handover_id), "handover_opened", "opened")


@shared_task(name="governance.handover_sign_notify")
def handover_sign_notify(handover_id: int) -> None:
    """Tell of one signature, or that both have signed and when the powers pass; once they have, everybody's notice says so."""
    handover = handovers.handover_told(handover_id)
    if handover.state == HandoverState.HALF_SIGNED:
        _tell_sides(handover, "handover_signed", "signed")
    elif handover.incoming and handover.incoming.begins_at > clock.database_now():
        _tell_sides(handover, "handover_to_pass", "both")
    else:
        _tell_passed(handover)


@shared_task(name="governance.handovers_run")
def handovers_run() -> None:
    """The clock's: open the handover thirty days before the year's end, and tell when the powers have passed."""
    moment = clock.database_now()
    open_due(moment)
    for handover in handovers.handovers_passed_since(moment - CAUGHT_UP, moment):
        _tell_passed(handover)


def open_due(moment: datetime) -> Handover | None:
    """Open the handover that follows the last term, thirty days before its year begins; once, however often it is asked."""
    term = rotation_queries.last_term()
    if term is None or term.begins_at > moment or moment < year_begins(term.year + 1) - AHEAD:
        return None
    if rotation_queries.handover_under_way() is not None:
        return None
    try:
        return handover_open(year=term.year + 1, actor=system_user())
    except Conflict:  # somebody of the office was first
        return None


def _tell_sides(handover: Handover, kind: str, key: str) -> None:
    signed = handovers.signatures_of(handover)
    held = queries.holders_on(clock.today())
    sides = handovers.sides_of(handover, handovers.seats_of(signed), queries.calendar(), held)
    seats = {seat.pk: seat for seat in queries.seats()}
    by = next(iter(signed.values())).seat if signed else None
    for person in _people(code for code in (sides.outgoing, sides.incoming) if code):
        with translation.override(person.language):
            words = {"out": _named(seats, sides.outgoing), "into": _named(seats, sides.incoming), "seat": str(by or "")}
            moment = minute_iso(handover.incoming.begins_at) if handover.incoming else ""
            _tell(person, kind, f"handover-{handover.pk}-{key}", f"handovers/{handover.year}/", **words,
                  year=str(handover.year), moment=moment)  # fmt: skip


def _tell_passed(handover: Handover) -> None:
    """All seven seats and the office."""
    if handover.incoming is None:
        return
    for person in _people(seat.pk for seat in queries.seats()):
        with translation.override(person.language):
            _tell(person, "handover_passed", f"handover-{handover.pk}-passed", f"handovers/{handover.year}/",
                  year=str(handover.year), into=str(handover.incoming.seat),
                  moment=minute_iso(handover.incoming.begins_at))  # fmt: skip


def _named(seats: dict[str, Seat], code: str | None) -> str:
    return str(seats[code]) if code else "—"


def _people(codes: Iterable[str]) -> list[User]:
    found = {person.pk: person for person in [*people_queries.seat_people(codes), *people_queries.office_people()]}
    return list(found.values())


def _tell(person: User, kind: str, key: str, path: str, **data: str) -> None:
    notice_tell(recipients=[person], kind=kind, key=key, path=f"/governance/{path}", **data)
