"""What the worker and the clock do for the floor: reckon the allocation, let deadlines pass, look at the exhibits, tell people. Read next: actions/allocations.py."""

from datetime import datetime, time

from celery import shared_task
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import officers_of, system_user
from platform_site.errors import Refusal
from platform_site.notices.actions import notice_tell

from . import allocation_queries, exhibit_queries
from . import floor_queries as floor
from .actions import allocations, allotments, exhibits
from .models import AllocationRun, BoothApplication, Complaint, Exhibit
from .rules import REVIEW, RUN


@shared_task(name="expos.allocations_run", time_limit=600)
def allocations_run() -> int:
    """Reckon what waits, each outside a transaction so that its page shows how far it is; what broke off is said so."""
    for pk in allocation_queries.stale(clock.now()):
        allocations.run_end(run_id=pk, plan=None, reason=_("计算中断，请重新开始。"))
    done = 0
    for pk in allocation_queries.queued():
        if allocations.run_begin(run_id=pk):
            _reckon(pk)
            done += 1
    return done


def _reckon(pk: int) -> None:
    from . import allocation_solver  # noqa: PLC0415 - slow import: numpy, which only the worker needs

    expo = AllocationRun.objects.select_related("expo").get(pk=pk).expo
    try:
        plan = allocation_solver.solve(
            allocation_queries.task_of(expo),
            stage=lambda number: allocations.run_stage(run_id=pk, stage=number),
            stop=lambda: allocation_queries.is_stopped(pk),
        )
    except allocation_solver.Stopped:
        return
    except allocation_solver.NotFinished:
        allocations.run_end(run_id=pk, plan=None, reason=_("规定时间内没有算完。"))
        return
    allocations.run_end(run_id=pk, plan=plan)


@shared_task(name="expos.applications_run")
def applications_run() -> int:
    """What was not confirmed in time expires; who waits moves up where something is free. How many changed."""
    changed = 0
    for pk in floor.unconfirmed(clock.today()):
        try:
            allotments.application_expire(application_id=pk, actor=system_user())
            changed += 1
        except Refusal:
            continue
    return changed


@shared_task(name="expos.exhibits_run")
def exhibits_run() -> int:
    """The whole floor on the day before the opening and on the opening morning, each exhibit once. How many were looked at."""
    today, looked = clock.today(), 0
    since = datetime.combine(today, time(0), tzinfo=clock.SHANGHAI)
    for expo_id, occasion in exhibit_queries.due_checks(today):
        done = exhibit_queries.checked_today(expo_id, occasion, since)
        for pk in exhibit_queries.standing(expo_id):
            if pk not in done:
                exhibits.exhibit_check(exhibit_id=pk, actor=system_user(), occasion=occasion)
                looked += 1
    return looked


# ---- telling


@shared_task(name="expos.application_notify")
def application_notify(application_id: int, state: str) -> None:
    """The delegation's office of what is to be reviewed, the exhibitor of everything else."""
    row = BoothApplication.objects.select_related("expo", "exhibitor", "delegation__province").get(pk=application_id)
    office = state in ("submitted", "declined", "expired")
    people = officers_of(row.delegation.province, REVIEW) if office else [row.exhibitor]
    if state == "expired":
        people = [*people, row.exhibitor]
    notice_tell(
        recipients=people, kind=f"application_{state}", key=f"application-{row.pk}-{state}-{row.confirm_by or ''}",
        path=f"/expos/{row.expo.year}/applications/{row.pk}/", year=row.expo.year, fascia=row.fascia_zh, reason=row.reason,
        until=row.confirm_by.isoformat() if row.confirm_by else "",
    )  # fmt: skip


@shared_task(name="expos.exhibit_notify")
def exhibit_notify(exhibit_id: int, state: str) -> None:
    """Exhibitor, delegation and host, when an exhibit is barred or comes back."""
    row = Exhibit.objects.select_related("expo__host", "exhibitor", "delegation__province", "listing").get(
        pk=exhibit_id
    )
    people: dict[int, User] = {row.exhibitor_id: row.exhibitor}
    people |= {one.pk: one for one in officers_of(row.delegation.province, REVIEW)}
    people |= {one.pk: one for one in officers_of(row.expo.host, RUN)}
    notice_tell(
        recipients=people.values(), kind=f"exhibit_{state}", key=f"exhibit-{row.pk}-{state}-{row.decided_at:%Y%m%d%H%M%S}",
        path=f"/expos/{row.expo.year}/exhibits/{row.pk}/", year=row.expo.year, number=row.listing.number,
    )  # fmt: skip


@shared_task(name="expos.complaint_notify")
def complaint_notify(complaint_id: int, state: str) -> None:
    """The host of what comes in, both parties of what was decided; the exhibitor of a complaint as soon as it is there."""
    row = Complaint.objects.select_related("exhibit__expo__host", "exhibit__exhibitor", "complainant").get(
        pk=complaint_id
    )
    expo = row.exhibit.expo
    desk = officers_of(expo.host, RUN)
    parties = [row.complainant, row.exhibit.exhibitor]
    people = {
        "received": [*desk, row.exhibit.exhibitor], "stated": [*desk, row.complainant],
        "withdrawn": [*desk, row.exhibit.exhibitor],
    }.get(state, parties)  # fmt: skip
    notice_tell(
        recipients={one.pk: one for one in people}.values(), kind=f"complaint_{state}", key=f"complaint-{row.pk}-{state}",
        path=f"/expos/{expo.year}/complaints/{row.pk}/", year=expo.year, number=row.pk,
    )  # fmt: skip
