"""Mediation by the office of the listing's province: a party asks and releases, an officer answers and closes.

What was not released is read by nobody here; no act writes what was said into an audit row or a notice. Lock order:
Negotiation, then Mediation. Read next: ../mediation_queries.py.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import Rule, require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from trading import mediation_queries, queries, rules
from trading.models import Mediation, MediationNote, MediationRelease, Negotiation
from trading.states import MEDIATION_MOVES, MEDIATION_OPEN, MediationState, NegotiationState


@transaction.atomic
def mediation_ask(*, negotiation_id: int, actor: User, reason: str, message_ids: Sequence[int] = ()) -> Mediation:
    """Ask the office of the listing's province for help, and release these messages of one's own side to it.

    Raises: NotAllowed (not a party), Conflict (the room is closed, one is open already, or a message is not of the
    actor's side).
    """
    negotiation = queries.lock_negotiation(negotiation_id)  # lock
    require(rules.mediation_ask, actor, negotiation)  # may
    if negotiation.state == NegotiationState.CLOSED:
        raise Conflict(_("洽谈已结束，不能请求调解。"), _("重新开启洽谈后可以请求调解。"))
    if mediation_queries.open_mediation(negotiation.pk):
        raise Conflict(_("这个洽谈室已有进行中的调解。"), _("请在调解页面补充公开的留言。"))
    assert negotiation.listing.province_id is not None  # a room is about a listing that an office has published
    mediation = Mediation.objects.create(  # write
        negotiation=negotiation, province_id=negotiation.listing.province_id, asked_by=actor,
        reason=reason, asked_at=clock.now(),
    )  # fmt: skip
    released = _release(mediation, negotiation, actor, message_ids)
    _record(actor, "trading.mediation_ask", mediation, released=released)  # record
    after_commit("trading.mediation_ask_notify", mediation_id=mediation.pk)  # tell
    return mediation


@transaction.atomic
def mediation_release(*, mediation_id: int, actor: User, message_ids: Sequence[int]) -> int:
    """Let the office read more messages of the actor's side; returns how many are new.

    Raises: NotAllowed (not a party), Conflict (the mediation has ended, or a message is not of the actor's side).
    """
    mediation = _lock_with_room(mediation_id)  # lock
    require(rules.mediation_release, actor, mediation)  # may
    if mediation.state not in MEDIATION_OPEN:
        raise Conflict(_("调解已经结束，不能再公开留言。"))
    released = _release(mediation, mediation.negotiation, actor, message_ids)  # write
    _record(actor, "trading.mediation_release", mediation, released=released)  # record
    if released:
        after_commit(
            "trading.mediation_release_notify", mediation_id=mediation.pk, sender_id=actor.pk, released=released
        )
    return released


@transaction.atomic
def mediation_withdraw(*, mediation_id: int, actor: User) -> Mediation:
    """Take the request back: from this moment the office reads nothing of it.

    Raises: NotAllowed (not of the side that asked), MoveRefused (it has ended).
    """
    mediation = _lock_with_room(mediation_id)  # lock
    require(rules.mediation_withdraw, actor, mediation, _("只有请求调解的一方可以撤回。"))  # may
    move(mediation, MediationState.WITHDRAWN, MEDIATION_MOVES)  # move
    mediation.ended_at = clock.now()  # write
    mediation.save(update_fields=["state", "ended_at"])
    _record(actor, "trading.mediation_withdraw", mediation)  # record
    after_commit("trading.mediation_withdraw_notify", mediation_id=mediation.pk, sender_id=actor.pk)  # tell
    return mediation


@transaction.atomic
def mediation_accept(*, mediation_id: int, actor: User) -> Mediation:
    """Take the request on. Raises: NotAllowed (another office, or somebody of the room), MoveRefused."""
    mediation = mediation_queries.lock_mediation(mediation_id)  # lock
    require(rules.mediation_accept, actor, mediation)  # may
    move(mediation, MediationState.ACCEPTED, MEDIATION_MOVES)  # move
    mediation.accepted_at, mediation.officer = clock.now(), actor  # write
    mediation.save(update_fields=["state", "accepted_at", "officer"])
    _record(actor, "trading.mediation_accept", mediation)  # record
    after_commit("trading.mediation_accept_notify", mediation_id=mediation.pk)  # tell
    return mediation


@transaction.atomic
def mediation_answer(*, mediation_id: int, actor: User, body: str) -> MediationNote:
    """Write to both parties. Raises: NotAllowed, Conflict (not accepted, or ended)."""
    mediation = mediation_queries.lock_mediation(mediation_id)  # lock
    require(rules.mediation_answer, actor, mediation)  # may
    if mediation.state != MediationState.ACCEPTED:
        raise Conflict(_("现在是“%(state)s”，不能答复。") % {"state": mediation.get_state_display()}, _("请先受理。"))
    note = MediationNote.objects.create(mediation=mediation, author=actor, body=body, written_at=clock.now())  # write
    _record(actor, "trading.mediation_answer", mediation, note=note.pk)  # record
    after_commit("trading.mediation_answer_notify", note_id=note.pk)  # tell
    return note


@transaction.atomic
def mediation_close(*, mediation_id: int, actor: User, outcome: str) -> Mediation:
    """End it with an outcome, which both parties read. Raises: NotAllowed, MoveRefused (not accepted, or ended)."""
    return _end(mediation_id, actor, MediationState.CLOSED, outcome, "trading.mediation_close", rules.mediation_close)


@transaction.atomic
def mediation_decline(*, mediation_id: int, actor: User, outcome: str) -> Mediation:
    """Do not take it on, with a reason that both parties read. Raises: NotAllowed, MoveRefused (taken on, or ended)."""
    verb, rule = "trading.mediation_decline", rules.mediation_decline
    return _end(mediation_id, actor, MediationState.DECLINED, outcome, verb, rule)


# ---- parts of the above; each works in the caller's transaction


def _end(mediation_id: int, actor: User, state: MediationState, outcome: str, verb: str, rule: Rule) -> Mediation:
    mediation = mediation_queries.lock_mediation(mediation_id)  # lock
    require(rule, actor, mediation)  # may
    move(mediation, state, MEDIATION_MOVES)  # move
    mediation.ended_at, mediation.outcome = clock.now(), outcome  # write
    mediation.officer = mediation.officer or actor
    mediation.save(update_fields=["state", "ended_at", "outcome", "officer"])
    _record(actor, verb, mediation)  # record
    after_commit("trading.mediation_end_notify", mediation_id=mediation.pk)  # tell
    return mediation


def _lock_with_room(mediation_id: int) -> Mediation:
    """A party acts: the room is locked first, so that nobody leaves it in between."""
    queries.lock_negotiation(mediation_queries.room_id_of(mediation_id))
    return mediation_queries.lock_mediation(mediation_id)


def _release(mediation: Mediation, negotiation: Negotiation, actor: User, message_ids: Sequence[int]) -> int:
    """Only what the actor's own side wrote; what is released already stays so."""
    side, wanted = rules.side_in(actor, negotiation.pk), set(message_ids)
    own = mediation_queries.written_for(negotiation, side, wanted)
    if len(own) != len(wanted):
        raise Conflict(_("只能公开本方写的留言。"), _("请刷新页面后重新选择。"))
    known = mediation_queries.released_ids(mediation)
    fresh = [pk for pk in own if pk not in known]
    if len(known) + len(fresh) > mediation_queries.MOST_RELEASED:
        raise Conflict(_("一次调解最多公开 %(most)d 条留言。") % {"most": mediation_queries.MOST_RELEASED})
    moment = clock.now()
    MediationRelease.objects.bulk_create(
        [MediationRelease(mediation=mediation, message_id=pk, released_by=actor, released_at=moment) for pk in fresh]
    )
    return len(fresh)


def _record(actor: User, verb: str, mediation: Mediation, **about: int) -> None:
    """Ids and numbers; neither the reason, nor an answer, nor the outcome."""
    room = mediation.negotiation
    number, code = room.listing.number, mediation.province_id
    record(actor=actor, verb=verb, target=mediation, province_code=code, listing=number, negotiation=room.pk, **about)
