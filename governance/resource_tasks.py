"""What people are told about facilities, visits and stationings, and what the clock does with them. Read next: visit_queries.py."""

from collections.abc import Iterable

from celery import shared_task
from django.utils import translation

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import officers_of, system_user
from platform_site.errors import Refusal
from platform_site.notices.actions import notice_tell
from platform_site.ui.formats import date_iso, minute_iso

from . import facility_queries, stationing_queries, visit_queries
from .actions import stationings, visit_answers
from .models import Facility, FacilityManager, StationingReport
from .resource_rules import TOKEN
from .states import StationingState, VisitState

# What a state tells the visitor's side, and what it tells who keeps the facility.
_TO_VISITOR = {
    VisitState.REQUESTED: "visit_moved_up", VisitState.CONFIRMED: "visit_confirmed", VisitState.COUNTERED: "visit_countered",
    VisitState.DECLINED: "visit_declined", VisitState.CANCELLED: "visit_cancelled", VisitState.LAPSED: "visit_lapsed",
}  # fmt: skip
_TO_KEEPERS = {VisitState.REQUESTED: "visit_requested", VisitState.CANCELLED: "visit_cancelled"}
_TO_APPLICANT = {
    StationingState.ACCEPTED: "stationing_accepted", StationingState.WAITING: "stationing_queued",
    StationingState.DECLINED: "stationing_declined", StationingState.STATIONED: "stationing_signed",
    StationingState.GRADUATED: "stationing_graduated", StationingState.EXITED: "stationing_exited",
}  # fmt: skip
_TO_OFFICE = {
    StationingState.SUBMITTED: "stationing_submitted", StationingState.WITHDRAWN: "stationing_withdrawn",
    StationingState.EXITED: "stationing_exited",
}  # fmt: skip


def _keepers(facility: Facility) -> list[User]:
    """Its managers where it has any, else the officers of its province."""
    managers = [row.user for row in facility_queries.managers_of(facility)]
    return managers or officers_of(facility.province, TOKEN)


@shared_task(name="governance.manager_notify")
def manager_notify(manager_id: int) -> None:
    row = FacilityManager.objects.select_related("facility", "user").get(pk=manager_id)
    with translation.override(row.user.language):
        notice_tell(
            recipients=[row.user], kind="facility_manager", key=f"manager-{row.pk}",
            path=f"/resources/{row.facility.slug}/", facility=row.facility.name,
        )  # fmt: skip


@shared_task(name="governance.visit_notify")
def visit_notify(visit_id: int) -> None:
    """Both sides, of what the visit is by now; once for each of its changes."""
    visit = visit_queries.visit_with(visit_id)
    state = VisitState(visit.state)
    own = {person.pk: person for person in (visit.visitor, visit.booked_by)}
    told = _TO_VISITOR.get(state, "")
    if told and (state != VisitState.REQUESTED or visit.moved_up_at):
        _tell_of_visit(visit, own.values(), told)
    agreed = state == VisitState.CONFIRMED and visit.starts_at != visit.asked_at
    keepers = "visit_agreed" if agreed else _TO_KEEPERS.get(state, "")
    if keepers:
        _tell_of_visit(visit, [one for one in _keepers(visit.facility) if one.pk not in own], keepers)


def _tell_of_visit(visit: visit_queries.Visit, people: Iterable[User], kind: str) -> None:
    for person in people:
        with translation.override(person.language):
            notice_tell(
                recipients=[person], kind=kind, key=f"visit-{visit.pk}-{visit.changes}", path=f"/resources/visits/{visit.pk}/",
                facility=visit.facility.name, when=minute_iso(visit.starts_at), asked=minute_iso(visit.asked_at),
                people=visit.people, visitor=str(visit.visitor), reason=visit.reason,
                ics=f"/resources/visits/{visit.pk}/?format=ics",
            )  # fmt: skip


@shared_task(name="governance.stationing_notify")
def stationing_notify(stationing_id: int) -> None:
    """The applicant of what was decided, the keepers of what was asked."""
    row = stationing_queries.stationing_with(stationing_id)
    state = StationingState(row.state)
    moved = state == StationingState.ACCEPTED and row.moved_up_at is not None
    if told := "stationing_moved_up" if moved else _TO_APPLICANT.get(state, ""):
        _tell_of_stay(row, [row.applicant], told)
    if told := _TO_OFFICE.get(state, ""):
        _tell_of_stay(row, [one for one in _keepers(row.facility) if one.pk != row.applicant_id], told)


@shared_task(name="governance.stationing_report_notify")
def stationing_report_notify(report_id: int) -> None:
    report = StationingReport.objects.get(pk=report_id)
    row = stationing_queries.stationing_with(report.stationing_id)
    _tell_of_stay(row, _keepers(row.facility), "stationing_reported", f"stay-report-{report.pk}")


def _tell_of_stay(row: stationing_queries.Stationing, people: Iterable[User], kind: str, key: str = "") -> None:
    for person in people:
        with translation.override(person.language):
            notice_tell(
                recipients=[person], kind=kind, key=key or f"stay-{row.pk}-{row.state}-{person.pk}",
                path=f"/resources/stationings/{row.pk}/", facility=row.facility.name, applicant=str(row.applicant),
                number=row.listing.number, places=row.places, due=date_iso(row.due_on), start=date_iso(row.starts_on),
                until=date_iso(row.ends_on), reason=row.reason or row.outcome,
            )  # fmt: skip


@shared_task(name="governance.visits_lapse")
def visits_lapse() -> None:
    """The clock's: what nobody settled before it began is over, one visit after the other."""
    actor = system_user()
    for pk in visit_queries.overdue_visits(clock.now()):
        try:
            visit_answers.visit_lapse(visit_id=pk, actor=actor)
        except Refusal:  # settled meanwhile
            continue


@shared_task(name="governance.stationings_run")
def stationings_run() -> None:
    """The clock's, every morning: room that came free as the days passed goes to who waits."""
    for pk in stationing_queries.facilities_waited_for():
        stationings.stationing_line_run(facility_id=pk)
