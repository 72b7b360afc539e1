"""The demonstration's meetings: prepared, called, held with open ballots by the seven, minutes signed. Read next: plans.py."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Max

from governance import minutes_queries, queries
from governance.actions import ballots, items, meetings, minutes, presence
from governance.models import AgendaItem, Ballot, Deputy, Meeting, SeatHolder
from governance.states import Choice, ItemKind, MeetingKind
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.outbox.models import OutboxMessage

from .filing import paper
from .group import SEATS
from .people import Cast

PAPER = "governance.minutes_paper_make"
PLACE = ("领导小组会议室（演示）", "Meeting room of the Leading Group (demonstration)")
SUMMARY = (
    "会议由轮值主任主持，听取了办公室的说明，逐项审议了议程，表决结果见下。",
    "The rotating director presided. The office explained each item; the group dealt with the agenda and voted as recorded below.",
)
Pair = tuple[str, str]


class Votes(NamedTuple):
    """How the seats voted, where it was not for; and what they said to it."""

    others: Mapping[str, Choice] = {}  # by seat code
    reservations: Mapping[str, str] = {}


def at_work(day: date, hour: int = 10) -> datetime:
    """Office hours of a day, of the next Monday where it is on a weekend."""
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return datetime.combine(day, time(hour), tzinfo=clock.SHANGHAI)


class Meetings:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._held: dict[date, dict[str, SeatHolder]] = {}  # read once a day: nobody is appointed to the past any more

    def holder(self, code: str) -> User:
        """Who holds a seat at the moment of the clock."""
        day = clock.today()
        if day not in self._held:
            self._held[day] = queries.holders_on(day)
        user = self._held[day][code].user
        assert user is not None  # every seat is held by an account here
        return user

    def deputy_or_holder(self, code: str) -> User:
        """Who acts for a seat where a deputy is named."""
        acting = queries.in_force(Deputy.objects.filter(seat=code), clock.today()).first()
        return acting.user if acting else self.holder(code)

    def director(self) -> User:
        """Who directs at the moment of the clock."""
        directing = queries.directorship_at()
        assert directing is not None and directing.seat is not None  # no seat is vacant here
        return self.holder(directing.seat.pk)

    def prepare(self, title: Pair, starts_at: datetime, kind: str = MeetingKind.REGULAR, **more: datetime) -> Meeting:
        """At the moment of the clock; of a written procedure `ends_at` is the last moment to vote."""
        values = {"kind": kind, "title_zh": title[0], "title_en": title[1], "starts_at": starts_at, **more}
        places = {"place_zh": PLACE[0], "place_en": PLACE[1]}
        return meetings.meeting_create(actor=self.cast.office, values=values | places)

    def propose(self, meeting: Meeting, title: Pair, text: Pair, code: str = "", *, listed: bool = True) -> AgendaItem:
        """A general item, of a seat or of the office."""
        item = items.item_propose(
            meeting_id=meeting.pk, actor=self.holder(code) if code else self.cast.office, kind=ItemKind.GENERAL,
            title_zh=title[0], title_en=title[1], text_zh=text[0], text_en=text[1],
        )  # fmt: skip
        return self.enlist(item) if listed else item

    def enlist(self, item: AgendaItem) -> AgendaItem:
        return items.item_list(item_id=item.pk, actor=self.cast.office)

    def decline(self, item: AgendaItem, reason: str) -> None:
        items.item_decline(item_id=item.pk, actor=self.cast.office, reason=reason)

    def add_paper(self, item: AgendaItem, name: str) -> None:
        upload = paper(f"{name}（演示）.pdf")
        items.paper_add(item_id=item.pk, actor=self.cast.office, title=name, upload=upload)

    def call(self, meeting: Meeting) -> None:
        meetings.meeting_call(meeting_id=meeting.pk, actor=self.director())

    def cancel(self, meeting: Meeting, reason: str) -> None:
        meetings.meeting_cancel(meeting_id=meeting.pk, actor=self.cast.office, reason=reason)

    # ---- in the room

    def hold(self, meeting: Meeting, votes: Mapping[int, Votes], absent: Sequence[str] = ()) -> None:
        """All who are not absent come; each item in `votes` is put to the vote; the meeting ends."""
        begins, office = meeting.starts_at, self.cast.office
        with clock.at(begins):
            meetings.meeting_open(meeting_id=meeting.pk, actor=office)
        there = [code for code in SEATS if code not in absent]
        for place, seat in enumerate(one for one in queries.seats() if one.pk in there):
            with clock.at(begins + timedelta(minutes=2 + place)):
                presence.presence_enter(meeting_id=meeting.pk, seat=seat, actor=office)
        for place, (item, wanted) in enumerate(votes.items()):
            self._vote(item, wanted, there, begins + timedelta(minutes=40 + 30 * place))
        with clock.at(begins + timedelta(hours=3)):
            meetings.meeting_close(meeting_id=meeting.pk, actor=office)

    def _vote(self, item: int, wanted: Votes, there: Sequence[str], moment: datetime) -> None:
        with clock.at(moment):
            ballot = self.open_ballot(item, moment + timedelta(minutes=15))
        for place, code in enumerate(there):
            with clock.at(moment + timedelta(minutes=1 + place)):
                self.cast_vote(ballot, code, wanted, self.holder(code))
        with clock.at(moment + timedelta(minutes=15)):
            ballots.ballot_close(ballot_id=ballot.pk, actor=self.cast.office)

    def open_ballot(self, item: int, closes_at: datetime) -> Ballot:
        return ballots.ballot_open(item_id=item, actor=self.cast.office, closes_at=closes_at)

    def cast_vote(self, ballot: Ballot, code: str, wanted: Votes, actor: User) -> None:
        choice, reservation = wanted.others.get(code, Choice.FOR), wanted.reservations.get(code, "")
        ballots.vote_cast(ballot_id=ballot.pk, actor=actor, choice=choice, reservation=reservation)

    # ---- afterwards

    def write_minutes(self, meeting: Meeting, signed: date, *, all_sign: bool = True) -> None:
        """Assembled by the office at the moment of the clock, signed on a later day by the seats that were there."""
        text = minutes.minutes_assemble(
            meeting_id=meeting.pk, actor=self.cast.office, summary_zh=SUMMARY[0], summary_en=SUMMARY[1]
        )
        codes = sorted(minutes_queries.signers_of(meeting))
        for place, code in enumerate(codes if all_sign else codes[:4]):
            with clock.at(at_work(signed) + timedelta(minutes=7 * place)):
                minutes.minutes_sign(meeting_id=meeting.pk, actor=self.holder(code), digest=text.digest)


def one_paper_each() -> None:
    """Of the papers that wait to be made of the same minutes only the last is made: it bears every signature."""
    waiting = OutboxMessage.objects.filter(name=PAPER, done_at=None)
    last = waiting.order_by().values("payload__minutes_id").annotate(last=Max("pk")).values("last")
    waiting.exclude(pk__in=list(last.values_list("last", flat=True))).update(done_at=clock.now())


def hush() -> None:
    """Nobody is told today of what was decided before the portal was there."""
    waiting = OutboxMessage.objects.filter(done_at=None, name__startswith="governance.", name__endswith="_notify")
    waiting.update(done_at=clock.now())
