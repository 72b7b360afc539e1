"""A ballot: opened with its rule frozen in it, one final vote a seat, closed by the clock of the database. Read next: resolutions.py.

Lock order: mandate of the seat, meeting, presence, item, ballot, what the decision touches, number of the resolution.
"""

import logging
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from governance import ballot_queries as queries
from governance import meeting_queries
from governance import meeting_rules as rules
from governance.models import NATIONAL, AgendaItem, Ballot, BallotRule, Vote
from governance.queries import lock_mandate
from governance.states import (
    BALLOT_MOVES,
    ITEM_MOVES,
    BallotState,
    Choice,
    ItemState,
    MeetingKind,
    MeetingState,
)
from governance.tally import quorum_in_seats, seats_that_vote
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import system_user
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict, Refusal
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from platform_site.ui.formats import minute_iso

from . import effects
from .resolutions import resolution_write

log = logging.getLogger(__name__)


@transaction.atomic
def ballot_open(*, item_id: int, actor: User, closes_at: datetime) -> Ballot:
    """Put an item to the vote until `closes_at` (aware), under the rules of procedure in force, which are frozen in it.

    Raises: NotAllowed (not the office); Conflict (not in session, not on the agenda, voted on already, no quorum in the room,
        an end that is past or after the last moment of a written procedure). Decision 0017.
    """
    item = meeting_queries.lock_item(item_id)  # lock
    require(rules.office, actor, item, _("表决由领导小组办公室按轮值主任的安排开始。"))  # may
    moment = clock.database_now()
    _require_votable(item, closes_at, moment)
    rule = meeting_queries.rule_on(clock.day_of(moment))
    quorum = quorum_in_seats(rule.quorum_numerator, rule.quorum_denominator, seats_that_vote(rule.national_votes))
    _require_quorum(item, rule, quorum)
    ballot = Ballot.objects.create(  # write
        item=item, rule=rule, quorum_of_seats=quorum, majority_numerator=rule.majority_numerator,
        majority_denominator=rule.majority_denominator, majority_of=rule.majority_of,
        national_votes=rule.national_votes, opened_at=moment, opened_by=actor, closes_at=closes_at,
    )  # fmt: skip
    record(actor=actor, verb="governance.ballot_open", target=ballot, item=item.pk, rule=rule.version)  # record
    after_commit("governance.ballot_open_notify", ballot_id=ballot.pk)  # tell
    return ballot


@transaction.atomic
def vote_cast(*, ballot_id: int, actor: User, choice: Choice, reservation: str = "") -> Vote:
    """Cast the one vote of the actor's seat; it is final and on open record. A deputy votes while the holder has not.

    Raises: NotAllowed (no seat today, the office, the national seat where it has no vote); Conflict (closed by the clock of the
        database, the seat has voted, or is not in the room).
    """
    mandate = lock_mandate(actor)  # lock
    presence = meeting_queries.lock_presence_of_ballot(ballot_id, mandate.seat.pk)
    ballot = queries.lock_ballot(ballot_id)
    require(rules.vote_cast, actor, (mandate, ballot), _("按这次表决的议事规则，国家局席位没有表决权。"))  # may
    moment = clock.database_now()  # after the lock: whoever waited until the end is too late
    if not queries.is_open(ballot, moment):
        raise Conflict(_("表决已于 %(when)s 截止，这一票没有计入。") % {"when": minute_iso(ballot.closes_at)})
    if (earlier := queries.vote_of(ballot, mandate.seat.pk)) is not None:
        raise Conflict(
            _("本席位已于 %(when)s 投票。") % {"when": minute_iso(earlier.cast_at)},
            _("每席一票，持有人和代理人共用，投出后不能更改。"),
        )
    if ballot.item.meeting.kind != MeetingKind.WRITTEN and presence is None:
        raise Conflict(_("本席位现在不在场，不能投票。"), _("请先在会议页面登记到会。"))
    vote = Vote.objects.create(  # write
        ballot=ballot, seat=mandate.seat, choice=choice, reservation=reservation.strip(), cast_at=moment, cast_by=actor,
        **mandate.by,
    )  # fmt: skip
    record(actor=actor, verb="governance.vote_cast", target=ballot, seat=mandate.seat.pk, choice=choice)  # record
    return vote  # nobody is told of a single vote: the page shows the record


@transaction.atomic
def ballot_close(*, ballot_id: int, actor: User) -> Ballot:
    """Close a ballot whose last moment is over, or in which every seat has voted; carried, its resolution takes effect at once.

    Raises: NotAllowed (not the office, nor the portal itself); Conflict (seats can still vote); MoveRefused (closed already).
    """
    ballot = queries.lock_item_ballot(ballot_id)  # lock
    if not actor.is_system:  # may; the portal itself comes by the clock
        require(rules.office, actor, ballot, _("表决由领导小组办公室或到时由平台结束。"))
    moment = clock.database_now()
    if queries.is_open(ballot, moment) and not queries.everybody_has_voted(ballot):
        raise Conflict(_("还有席位没有投票，截止时间也没有到。"), _("全部席位投票后可以提前结束，否则到时自动结束。"))
    move(ballot, BallotState.CLOSED, BALLOT_MOVES)  # move
    ballot.closed_at = moment  # write
    ballot.save(update_fields=["state", "closed_at"])
    refused, number = _decide(ballot, moment)
    record(
        actor=actor, verb="governance.ballot_close", target=ballot, resolution=number, refused=bool(refused)
    )  # record
    after_commit("governance.ballot_close_notify", ballot_id=ballot.pk)  # tell
    return ballot


def ballots_close_due(*, most: int = 100) -> int:
    """Close what the clock has ended; answers how many. One that fails stops no other."""
    done, actor = 0, system_user()
    for pk in queries.due(clock.database_now(), most):
        try:
            ballot_close(ballot_id=pk, actor=actor)
            done += 1
        except (Refusal, DatabaseError) as error:  # closed by somebody meanwhile, or busy: the next round comes by
            log.info("ballot %s not closed: %s", pk, error)
    return done


# ---- helpers; the rows are locked


def _decide(ballot: Ballot, moment: datetime) -> tuple[str, str]:
    """The item is done with: carried, its resolution is written and takes effect; else what was tabled goes back."""
    item = ballot.item
    move(item, ItemState.DONE, ITEM_MOVES)
    item.save(update_fields=["state"])
    if not queries.count_of(ballot, moment).is_carried:
        effects.effect_miss(item)
        return "", ""
    resolution = resolution_write(ballot=ballot, item=item)
    return effects.effect_apply(item, resolution), resolution.document_number


def _require_votable(item: AgendaItem, closes_at: datetime, moment: datetime) -> None:
    meeting = item.meeting
    if meeting.state != MeetingState.IN_SESSION:
        raise Conflict(_("会议进行中才能表决。"))
    if item.state != ItemState.LISTED or item.ballots.exists():
        raise Conflict(_("这个议题没有列入议程，或者已经交付表决。"))
    if closes_at <= moment:
        raise Conflict(_("截止时间已经过去。"))
    if meeting.ends_at is not None and closes_at > meeting.ends_at:
        raise Conflict(_("书面审议的表决不能晚于 %(when)s 截止。") % {"when": minute_iso(meeting.ends_at)})


def _require_quorum(item: AgendaItem, rule: BallotRule, quorum: int) -> None:
    """Counted from who is in the room now; a written procedure has no room, and its quorum is counted from the votes."""
    if item.meeting.kind == MeetingKind.WRITTEN:
        return
    there = meeting_queries.present_now(item.meeting) - (set() if rule.national_votes else {NATIONAL})
    if len(there) < quorum:
        raise Conflict(
            _("在场的表决席位有 %(there)s 个，不足法定的 %(quorum)s 个，不能表决。")
            % {"there": len(there), "quorum": quorum},
            _("请登记到会的席位，或改期表决。"),
        )
