"""Whom registrations, leads and results tell; the reminders of the follow-up. Read next: actions/results.py."""

from celery import shared_task

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.notices.actions import notice_tell

from . import result_queries
from .models import ExpoResult, Lead, Registration
from .states import Party


@shared_task(name="expos.registration_notify")
def registration_notify(registration_id: int, what: str, by_id: int) -> None:
    """The person and whoever registered them, but who did it."""
    row = Registration.objects.select_related("expo", "user", "made_by").get(pk=registration_id)
    people = {person.pk: person for person in (row.user, row.made_by) if person is not None and person.pk != by_id}
    notice_tell(
        recipients=people.values(), kind=f"expo_registration_{what}", key=f"registration-{row.pk}-{what}",
        path=f"/expos/{row.expo.year}/registrations/{row.code}/", year=row.expo.year, name=row.name,
    )  # fmt: skip


@shared_task(name="expos.lead_notify")
def lead_notify(lead_id: int, what: str) -> None:
    """The visitor of a scan, the exhibitor of the agreement."""
    row = Lead.objects.select_related("expo", "registration__user", "exhibitor", "listing").get(pk=lead_id)
    person = row.registration.user if what == "asked" else row.exhibitor
    notice_tell(
        recipients=[person] if person else [], kind=f"expo_lead_{what}", key=f"lead-{row.pk}-{what}",
        path=f"/expos/{row.expo.year}/leads/{row.pk}/", year=row.expo.year, number=row.listing.number,
    )  # fmt: skip


@shared_task(name="expos.result_notify")
def result_notify(result_id: int, what: str) -> None:
    """Both sides; a dispute is told the one who recorded it."""
    row = ExpoResult.objects.select_related("expo", "owner", "taker", "made_by").get(pk=result_id)
    people = [row.made_by] if what in ("disputed", "confirmed") else _sides(row)
    step = row.steps.latest("id")
    notice_tell(
        recipients=people, kind=f"expo_result_{what}", key=f"result-{row.pk}-{what}-{step.pk}-{len(row.lacks)}",
        path=f"/expos/{row.expo.year}/results/{row.pk}/", year=row.expo.year, parties=str(row),
    )  # fmt: skip


def _sides(row: ExpoResult) -> list[User]:
    return [person for person in (row.owner, row.taker) if person is not None]


@shared_task(name="expos.results_remind")
def results_remind() -> int:
    """Ask both sides of each intention whose month has come, once a month and side; how many were asked."""
    today, asked = clock.today(), 0
    for row in result_queries.followed_now(today):
        months, sides = result_queries.due_months(row, today), result_queries.sides_to_answer(row, today)
        people = {Party.OWNER.value: row.owner, Party.TAKER.value: row.taker}
        found = [person for side in sides if (person := people[side]) is not None]
        asked += len(found)
        notice_tell(
            recipients=found, kind="expo_result_followed", key=f"result-{row.pk}-month-{months}",
            path=f"/expos/{row.expo.year}/results/{row.pk}/", year=row.expo.year, parties=str(row), months=months,
        )  # fmt: skip
    return asked
