"""Meetings, ballots and minutes for tests, made through the actions."""

from contextlib import contextmanager
from datetime import datetime, time, timedelta

from governance import ballot_queries, queries
from governance.actions import ballots, items, meetings, minutes, presence
from governance.models import Resolution, Seat
from governance.queries import directorship_at, holders_on
from platform_site import clock

from . import patents

TEXT = {"text_zh": "同意建立季度联络机制。", "text_en": "A quarterly liaison is set up."}


def at_nine(day):
    return datetime.combine(day, time(9), tzinfo=clock.SHANGHAI)


def values(kind="regular", days=20, **changes):
    """What the form of a meeting gives, for a day so many days from today."""
    starts = at_nine(clock.today() + timedelta(days=days))
    plain = {
        "kind": kind, "title_zh": "领导小组例会", "title_en": "Regular meeting", "starts_at": starts, "ends_at": None,
        "place_zh": "武汉", "place_en": "Wuhan",
    }  # fmt: skip
    if kind == "written":
        plain |= {"starts_at": clock.now(), "ends_at": starts, "place_zh": "", "place_en": ""}
    return {**plain, **changes}


def prepared(office, kind="regular", days=20, listed=1, **changes):
    """A meeting in preparation with so many items on its agenda."""
    meeting = meetings.meeting_create(actor=office, values=values(kind, days, **changes))
    for number in range(listed):
        item(meeting, office, title_zh=f"议题{number + 1}")
    return meeting


def item(meeting, office, *, kind="general", actor=None, listed=True, **changes):
    made = items.item_propose(
        meeting_id=meeting.pk, actor=actor or office, kind=kind,
        **{"title_zh": "建立季度联络机制", "title_en": "Quarterly liaison", "change": {}, **TEXT, **changes},
    )  # fmt: skip
    return items.item_list(item_id=made.pk, actor=office) if listed else made


def director():
    """The user who directs now."""
    return holders_on(clock.today())[directorship_at().seat.pk].user


def called(office, kind="regular", days=20, **changes):
    meeting = prepared(office, kind, days, **changes)
    return meetings.meeting_call(meeting_id=meeting.pk, actor=director())


@contextmanager
def on_the_day(meeting):
    """Act on the day of the meeting, an hour after it should begin."""
    with clock.at(meeting.starts_at + timedelta(hours=1)):
        yield


def in_session(office, there=(), **changes):
    """A meeting that is under way now: called in time for a day that is today, by the clock of the past. `there`: seat codes."""
    with clock.at(clock.now() - timedelta(days=15)):
        meeting = called(office, starts_at=clock.now() + timedelta(days=15) - timedelta(hours=1), **changes)
    meeting = meetings.meeting_open(meeting_id=meeting.pk, actor=office)
    for code in there:
        enter(meeting, code, office)
    return meeting


def written(office, days=10, **changes):
    """A written procedure that is under way, until nine o'clock so many days from now."""
    return called(office, "written", days, **changes)


def enter(meeting, code, actor, **changes):
    return presence.presence_enter(meeting_id=meeting.pk, seat=Seat.objects.get(pk=code), actor=actor, **changes)


def leave(meeting, code, actor):
    return presence.presence_leave(meeting_id=meeting.pk, seat=Seat.objects.get(pk=code), actor=actor)


def opened(meeting, office, minutes_open=30, item_row=None):
    """The first item, or another one, put to the vote."""
    row = item_row or meeting.items.filter(state="listed").order_by("number").first()
    return ballots.ballot_open(
        item_id=row.pk, actor=office, closes_at=clock.database_now() + timedelta(minutes=minutes_open)
    )


def vote(ballot, user, choice="for", reservation=""):
    return ballots.vote_cast(ballot_id=ballot.pk, actor=user, choice=choice, reservation=reservation)


def close(ballot, office):
    """At its last moment, by the portal itself if not all have voted."""
    with clock.at(max(ballot.closes_at, clock.now())):
        return ballots.ballot_close(ballot_id=ballot.pk, actor=office)


def decided(office, seats, *, choices="for", meeting=None, **changes):
    """An item of a meeting in session on which every seat of `seats` (code -> user) has voted, and the ballot is closed."""
    meeting = meeting or in_session(office, seats, **changes)
    ballot = opened(meeting, office)
    for code, user in seats.items():
        vote(ballot, user, choices if isinstance(choices, str) else choices[code])
    return close(ballot, office)


def over(office, seats, **changes):
    """A meeting that is over, with one item that was carried."""
    ballot = decided(office, seats, **changes)
    return meetings.meeting_close(meeting_id=ballot.item.meeting_id, actor=office)


def assembled(office, seats, **changes):
    """Its minutes, not signed yet."""
    return minutes.minutes_assemble(meeting_id=over(office, seats, **changes).pk, actor=office, summary_zh="会议顺利。")


def sign(paper, user):
    return minutes.minutes_sign(meeting_id=paper.meeting_id, actor=user, digest=paper.digest)


def resolved(office, *, days_ago=0):
    """A resolution that waits for a task or a reason, as a ballot leaves it."""
    moment = clock.now() - timedelta(days=days_ago)
    return Resolution.objects.create(
        year=moment.year, serial=ballot_queries.next_serial(moment.year), kind="general", title_zh="关于联络机制的决议",
        text_zh=TEXT["text_zh"], adopted_at=moment,
    )  # fmt: skip


def of_all_kinds(ju, wei, si):
    """Meetings, items, ballots and minutes in every state that has a page of its own, for the matrix."""
    found = {"mt_preparing": prepared(si), "mt_called": called(si)}
    found["it_listed"] = found["mt_preparing"].items.get()
    found["it_waiting"] = item(found["mt_preparing"], si, actor=wei, listed=False)
    paper = items.paper_add(item_id=found["it_waiting"].pk, actor=wei, title="说明", upload=patents.picture())
    with clock.at(clock.now() - timedelta(days=15)):
        found["mt_today"] = called(si, starts_at=clock.now() + timedelta(days=15))
        found["bt_over"] = opened(written(si, days=5), si)
    own = [queries.mandate_of(person).seat.pk for person in (ju, wei)]
    found["mt_room"] = in_session(si, own[1:])
    found["mt_written"] = written(si, listed=2)
    first, found["it_vote"] = found["mt_written"].items.order_by("number")
    found["bt_open"] = opened(found["mt_written"], si, item_row=first)
    with clock.at(clock.now() - timedelta(days=15)):
        closed = opened(written(si, days=5), si)
    found["bt_closed"] = ballots.ballot_close(ballot_id=closed.pk, actor=si)
    found["mt_over"] = ended(si, own)
    found["mn_fresh"] = minutes.minutes_assemble(meeting_id=ended(si, own).pk, actor=si)
    found["mn_signed"] = minutes.minutes_assemble(meeting_id=ended(si, own).pk, actor=si)
    for person in (ju, wei):
        sign(found["mn_signed"], person)
    found["mt_fresh"], found["mt_signed"] = found["mn_fresh"].meeting, found["mn_signed"].meeting
    return {**found, "it_paper": paper, "rs_open": resolved(si), "rs_closed": Resolution.objects.get(year=2007)}


def ended(office, there):
    """A meeting that is over, without a ballot."""
    return meetings.meeting_close(meeting_id=in_session(office, there).pk, actor=office)
