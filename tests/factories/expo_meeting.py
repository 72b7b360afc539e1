"""Meetings of an expo for tests: people who take part, slots, tables, wishes, and one of everything for the matrix."""

from datetime import timedelta

from expos import meeting_queries as queries
from expos.actions import match_runs, meeting_places, meeting_profiles, meeting_requests
from expos.actions.registrations import new_code
from expos.models import MeetingProfile, Registration
from expos.queries import registration_of
from platform_site import clock
from tests.factories import accounts, expos
from tests.factories.patents import clerk


def arranged(expo, *, tables=2, minutes=(9 * 60, 12 * 60), officer=None):
    """Windows of every day (25 minutes and 5 between) and tables 1, 2, ...: six slots a day from nine to noon."""
    officer = officer or clerk(expo.host_id)
    days = [expo.starts_on + timedelta(days=n) for n in range((expo.last_on - expo.starts_on).days + 1)]
    meeting_places.meeting_plan_save(
        year=expo.year, actor=officer, values={"slot_minutes": 25, "break_minutes": 5},
        windows=[(day, *minutes) for day in days],
    )  # fmt: skip
    if tables:
        meeting_places.meeting_tables_add(year=expo.year, actor=officer, first=1, count=tables)
    return expo


def participant(expo, user, **changes) -> MeetingProfile:
    registration = registration_of(user, expo) or expos.registered(expo, user)
    values = {"takes_part": True, "offers": "电池回收技术", "seeks": "中试产线", "languages": "中文", **changes}
    made = meeting_profiles.meeting_profile_save(registration_id=registration.pk, actor=user, values=values)
    return queries.profile_of(user, expo) or made


def wish(by, whom, *, weight=2, why=""):
    return meeting_profiles.meeting_wish_save(
        profile_id=by.pk, actor=by.registration.user, whom_id=whom.pk, weight=weight, why=why
    )


def asked(by, whom, *, slot=0, table_id=None, **more):
    """A request for the slot of that place among all slots of the edition."""
    starts_at = queries.slots_of(by.registration.expo)[slot].starts_at
    return meeting_requests.meeting_request_make(
        profile_id=by.pk, actor=by.registration.user, whom_id=whom.pk, starts_at=starts_at, table_id=table_id, **more
    )


def planned(expo, officer=None):
    """A run that was reckoned and applied."""
    officer = officer or clerk(expo.host_id)
    run = match_runs.match_run_ask(year=expo.year, actor=officer)
    match_runs.match_run_work(run_id=run.pk)
    return match_runs.match_run_apply(run_id=run.pk, actor=officer)


def of_all_kinds(expo, guo, shen, bai):
    """In Guo's edition Shen and Bai take part and a meeting of theirs is proposed; somebody else has asked Shen; a run is done."""
    arranged(expo, tables=3, officer=guo)
    third = accounts.member("kim@example.org", name="金先生")
    for user in (shen, bai, third):  # registered before the call, which the edition of the matrix still waits for
        Registration.objects.create(
            expo=expo,
            user=user,
            kind="professional",
            name=user.display_name,
            code=new_code(),
            made_by=user,
            made_at=clock.now(),
        )
    one, other, asker = (participant(expo, user) for user in (shen, bai, third))
    wished = wish(other, one)
    planned(expo, guo)
    request = asked(asker, one, slot=9)
    run = match_runs.match_run_ask(year=expo.year, actor=guo)
    match_runs.match_run_work(run_id=run.pk)
    return {
        "meeting_profile": one, "meeting_profile_kim": asker, "meeting_wish": wished, "meeting_request": request,
        "expo_meeting": queries.meetings_of(other).get(), "meeting_table": expo.meeting_tables.last(), "match_run": run,
    }  # fmt: skip


def at_noon_of(expo, days=0):
    return clock.at(expos.noon(expo.starts_on + timedelta(days=days)))
