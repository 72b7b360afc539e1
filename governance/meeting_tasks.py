"""What people are told about meetings and ballots, what the clock does with them, and the paper of the minutes. Read next: tasks.py.

Ids in, nothing out; each notice has a key, so that a task that runs twice tells once.
"""

from collections.abc import Iterable

from celery import shared_task
from django.conf import settings
from django.utils import translation

from platform_site.accounts.models import User
from platform_site.accounts.queries import is_demonstration, system_user
from platform_site.notices.actions import notice_tell
from platform_site.ui.formats import minute_iso

from . import ballot_queries, ballot_words, minutes_papers, minutes_queries, people_queries
from .actions import ballots
from .actions import minutes as minutes_acts
from .models import Ballot, Meeting


@shared_task(name="governance.meeting_notify")
def meeting_notify(meeting_id: int, kind: str) -> None:
    """Called, changed or cancelled: to every seat, deputy and liaison officer, with the way to the invitation."""
    meeting = Meeting.objects.get(pk=meeting_id)
    ics = f"{settings.SITE_ORIGIN}/governance/meetings/{meeting.pk}/?format=ics"
    for person in people_queries.group_people():
        with translation.override(person.language):
            _tell(
                person, kind, f"meeting-{meeting.pk}-{kind}-{meeting.changes}", meeting,
                when=minute_iso(meeting.ends_at or meeting.starts_at), place=meeting.place or "—",
                reason=meeting.cancelled_because, ics=ics,
            )  # fmt: skip


@shared_task(name="governance.ballot_open_notify")
def ballot_open_notify(ballot_id: int) -> None:
    """The seats that vote by the rule, until when."""
    ballot = _ballot(ballot_id)
    _tell_of_ballot(people_queries.voters(ballot.national_votes), "ballot_opened", ballot, f"ballot-{ballot.pk}-open")


@shared_task(name="governance.ballot_close_notify")
def ballot_close_notify(ballot_id: int) -> None:
    """Everybody of the group, with the outcome in words."""
    ballot = _ballot(ballot_id)
    _tell_of_ballot(people_queries.group_people(), "ballot_closed", ballot, f"ballot-{ballot.pk}-closed")


@shared_task(name="governance.minutes_assemble_notify")
def minutes_assemble_notify(minutes_id: int) -> None:
    """The seats that were there have minutes to sign."""
    minutes = minutes_queries.minutes_whole(minutes_id)
    people = people_queries.seat_people(minutes_queries.signers_of(minutes.meeting))
    path = f"/governance/meetings/{minutes.meeting_id}/minutes/"
    for person in people:
        with translation.override(person.language):
            _tell(person, "minutes_to_sign", f"minutes-{minutes.pk}", minutes.meeting, path=path)


@shared_task(name="governance.ballots_close")
def ballots_close() -> None:
    """The clock's: ballots whose last moment is over."""
    ballots.ballots_close_due()


@shared_task(name="governance.minutes_paper_make")
def minutes_paper_make(minutes_id: int) -> None:
    """Typeset the minutes as they stand; making them twice keeps one."""
    minutes = minutes_queries.minutes_whole(minutes_id)
    signed, annexes = minutes_queries.signed_of(minutes), minutes_queries.annexes_of(minutes)
    names = minutes_queries.seat_names()
    moments = [minutes.assembled_at, *(one.signed_at for one in signed.signatures), *(one.added_at for one in annexes)]
    content = minutes_papers.minutes_pdf(
        minutes.data, digest=minutes.digest, version=minutes.version, made=max(moments), signatures=signed.signatures,
        lacking=[names[code] for code in sorted(signed.lacking)], annexes=annexes, names=names,
        demonstration=is_demonstration(),
    )  # fmt: skip
    minutes_acts.minutes_paper_keep(
        minutes_id=minutes_id, actor=system_user(), content=content, signatures=len(signed.signatures),
        annexes=len(annexes),
    )  # fmt: skip


def _ballot(pk: int) -> Ballot:
    return Ballot.objects.select_related("item__meeting", "rule").get(pk=pk)


def _tell_of_ballot(people: Iterable[User], kind: str, ballot: Ballot, key: str) -> None:
    count = ballot_queries.count_of(ballot)
    for person in people:
        with translation.override(person.language):
            _tell(
                person, kind, key, ballot.item.meeting, path=f"/governance/ballots/{ballot.pk}/", item=str(ballot.item),
                until=minute_iso(ballot.closes_at), outcome=ballot_words.outcome_sentence(count),
            )  # fmt: skip


def _tell(person: User, kind: str, key: str, meeting: Meeting, *, path: str = "", **data: str) -> None:
    where = path or f"/governance/meetings/{meeting.pk}/"
    notice_tell(recipients=[person], kind=kind, key=key, path=where, meeting=str(meeting), **data)
