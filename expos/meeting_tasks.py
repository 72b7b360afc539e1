"""What the clock and the worker do with the meetings of an expo, and who is told. Read next: actions/match_runs.py."""

from celery import shared_task

from platform_site import clock
from platform_site.notices.actions import notice_tell
from platform_site.ui.formats import minute_iso

from . import meeting_queries as queries
from .actions import match_runs, meeting_requests, meetings
from .models import ExpoMeeting, MatchRun, MeetingPerson, MeetingRequest
from .states import MeetingState, RequestState


@shared_task(name="expos.match_runs_run", time_limit=300)
def match_runs_run() -> int:
    """Reckon the plans that wait, one after the other; how many came to an end."""
    for stale in queries.runs_stale(clock.now()):
        match_runs.match_run_fail(run_id=stale)
    done = 0
    while (run_id := queries.run_next()) is not None:
        done += match_runs.match_run_work(run_id=run_id)
    return done


@shared_task(name="expos.meetings_clock")
def meetings_clock() -> int:
    """Let requests lapse whose time is over, and remind of what is about to begin; how many of both."""
    now = clock.database_now()
    lapsed = sum(meeting_requests.meeting_request_lapse(request_id=pk) for pk in queries.lapsing(now))
    return lapsed + sum(meetings.meeting_remind(meeting_id=pk) for pk in queries.to_remind(now))


@shared_task(name="expos.meeting_request_notify")
def meeting_request_notify(request_id: int) -> None:
    """Who has to know: the other one, of each step."""
    request = MeetingRequest.objects.select_related(
        "meeting__expo", "meeting__table", "by__registration__user", "whom__registration__user"
    ).get(pk=request_id)
    to_asked = request.state in (RequestState.PENDING, RequestState.WITHDRAWN)
    person, other = (request.whom, request.by) if to_asked else (request.by, request.whom)
    meeting = request.meeting
    _tell(person.registration.user, f"meeting_request_{request.state}", f"meeting_request-{request.pk}-{request.state}", meeting,
          other=other.registration.name, until=minute_iso(request.holds_until), path=f"/expos/{meeting.expo.year}/meetings/mine/")  # fmt: skip


@shared_task(name="expos.meeting_notify")
def meeting_notify(meeting_id: int) -> None:
    """Both, that a meeting is confirmed or called off."""
    meeting = queries.meeting_with(meeting_id)
    if meeting.state not in (MeetingState.CONFIRMED, MeetingState.CANCELLED):
        return
    _tell_both(meeting, f"expo_meeting_{meeting.state}")


@shared_task(name="expos.meeting_remind_notify")
def meeting_remind_notify(meeting_id: int) -> None:
    _tell_both(queries.meeting_with(meeting_id), "expo_meeting_soon")


@shared_task(name="expos.match_run_notify")
def match_run_notify(run_id: int) -> None:
    """Everybody for whom the plan proposes something: once, with how many meetings."""
    run = MatchRun.objects.select_related("expo").get(pk=run_id)
    rows = MeetingPerson.objects.filter(meeting__run=run, meeting__state=MeetingState.PROPOSED)
    counts: dict[int, int] = {}
    people = {}
    for row in rows.select_related("profile__registration__user"):
        user = row.profile.registration.user
        if user is not None:
            people[user.pk], counts[user.pk] = user, counts.get(user.pk, 0) + 1
    for pk, user in people.items():
        notice_tell(
            recipients=[user], kind="expo_meetings_proposed", key=f"match_run-{run.pk}",
            path=f"/expos/{run.expo.year}/meetings/mine/", year=run.expo.year, count=counts[pk],
        )  # fmt: skip


def _tell_both(meeting: ExpoMeeting, kind: str) -> None:
    one, other = meeting.people.all()
    for person, whom in ((one, other), (other, one)):
        _tell(person.profile.registration.user, kind, f"{kind}-{meeting.pk}", meeting, other=whom.profile.registration.name,
              path=meeting.get_absolute_url())  # fmt: skip


def _tell(user, kind: str, key: str, meeting: ExpoMeeting, *, path: str, **data: str) -> None:  # type: ignore[no-untyped-def]
    if user is None:
        return
    notice_tell(
        recipients=[user], kind=kind, key=key, path=path, year=meeting.expo.year, moment=minute_iso(meeting.starts_at),
        table=meeting.table.number, **data,
    )  # fmt: skip
