"""Terms are put on the table, answered by other terms, declined, withdrawn, or run out. Read next: agreements.py.

Amounts and words of an offer stand in Offer alone: never in an audit row, a notice or a mail.
"""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from patents import ledger, ledger_words
from patents.models import Patent
from patents.queries import patents_of
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import lock_verified, system_user
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from trading import offer_queries as queries
from trading import rules
from trading import terms as terms_of
from trading.actions import reserving
from trading.models import Negotiation, Offer, OfferPatent
from trading.queries import forms_offered, require_on_market
from trading.states import OFFER_MOVES, NegotiationState, OfferState
from trading.terms import Terms

VALID_DAYS = range(1, 61)  # an offer can be answered for so many days


@transaction.atomic
def offer_make(
    *, negotiation_id: int, actor: User, terms: Terms, days: int, note: str = "", answers: int | None = None
) -> Offer:
    """Put terms on the table for so many days; if the other side has an open offer, these are the answer to it.

    `answers`: the offer that the actor saw on the table, None for none; another one there now is refused.
    Raises: NotAllowed (no party, not verified); Conflict (room closed, off the market, own offer still open, another one
    on the table by now, a contract waits for signatures, or the ledger has no such right to give). Then nothing is written.
    """
    verified = lock_verified([actor.pk])  # lock
    room = queries.lock_room_with_rights(negotiation_id)
    require(rules.offer_make, actor, room)  # may
    _require_verified(actor, verified)
    _require_open(room)
    side = queries.side_of(actor, room)
    assert side is not None  # rules.offer_make has asked
    before = queries.lock_open_offer(room)
    _require_answer(before, side, answers)
    patents = _require_possible(room, terms, actor)
    if before is not None:  # move
        _decide(before, OfferState.COUNTERED, actor)
    moment = clock.database_now()  # write
    offer = _offer_write(room, terms, number=room.offers.count() + 1, side=side, made_by=actor, made_at=moment,
                         valid_until=moment + timedelta(days=days), note=note.strip())  # fmt: skip
    OfferPatent.objects.bulk_create(
        [OfferPatent(offer=offer, patent=patent, place=place) for place, patent in enumerate(patents)]
    )
    record(actor=actor, verb="trading.offer_make", target=offer, listing=room.listing.number, number=offer.number)
    after_commit("trading.offer_make_notify", offer_id=offer.pk)  # tell
    return offer


@transaction.atomic
def offer_decline(*, offer_id: int, actor: User, reason: str) -> Offer:
    """Say no to the other side's open offer, with a reason that they read. Raises: NotAllowed; MoveRefused; Conflict."""
    offer = queries.lock_offer(offer_id)  # lock
    require(rules.offer_decline, actor, offer)  # may
    if not reason.strip():
        raise Conflict(_("请写明谢绝的理由，对方会看到。"))
    _decide(offer, OfferState.DECLINED, actor, reason)  # move, write
    record(actor=actor, verb="trading.offer_decline", target=offer, number=offer.number)  # record
    after_commit("trading.offer_decide_notify", offer_id=offer.pk)  # tell
    return offer


@transaction.atomic
def offer_withdraw(*, offer_id: int, actor: User) -> Offer:
    """Take back one's own side's offer as long as it is open (Civil Code arts 475 to 477). Raises: NotAllowed; MoveRefused."""
    offer = queries.lock_offer(offer_id)  # lock
    require(rules.offer_withdraw, actor, offer)  # may
    _decide(offer, OfferState.WITHDRAWN, actor)  # move, write
    record(actor=actor, verb="trading.offer_withdraw", target=offer, number=offer.number)  # record
    after_commit("trading.offer_decide_notify", offer_id=offer.pk)  # tell
    return offer


def offers_expire(*, most: int = 200) -> int:
    """Close the open offers whose time is over, each in a transaction of its own; answers how many. Run by the clock."""
    gone = 0
    for pk in queries.offers_overdue(most):
        gone += _offer_expire(pk)
    return gone


@transaction.atomic
def _offer_expire(pk: int) -> int:
    offer = queries.lock_offer(pk)
    if offer.state != OfferState.OPEN or offer.valid_until > clock.database_now():
        return 0  # answered while this waited
    actor = system_user()
    _decide(offer, OfferState.EXPIRED, actor)
    record(actor=actor, verb="trading.offer_expire", target=offer, number=offer.number)
    after_commit("trading.offer_decide_notify", offer_id=offer.pk)
    return 1


# ---- helpers; the rows are locked


def _decide(offer: Offer, wanted: OfferState, actor: User, reason: str = "") -> None:
    move(offer, wanted, OFFER_MOVES)
    offer.decided_by, offer.decided_at, offer.reason = actor, clock.database_now(), reason.strip()
    offer.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def _offer_write(room: Negotiation, terms: Terms, **facts: Any) -> Offer:
    values = asdict(terms)
    values["instalments"] = [[str(part.amount_cny), part.due_months] for part in terms.instalments]
    values |= {"provinces": list(terms.provinces), "field": list(terms.field)}
    del values["patents"]
    return Offer.objects.create(negotiation=room, digest=terms_of.digest(terms), **values, **facts)


def _require_verified(actor: User, verified: set[int]) -> None:
    if actor.pk not in verified:
        raise Conflict(_("实名核验后才能报价或接受报价。"), _("请在“账户”中向省知识产权局申请实名核验。"))


def _require_open(room: Negotiation) -> None:
    if room.state == NegotiationState.CLOSED:
        raise Conflict(_("洽谈已结束，不能再报价。"), _("任何一方都可以重新开启洽谈。"))
    require_on_market(room.listing)
    if queries.unsigned_of(room) is not None:
        raise Conflict(_("已接受的报价正待双方签署，不能再报价。"), _("签署期限过后可以重新报价。"))


def _require_answer(before: Offer | None, side: str, answers: int | None) -> None:
    if before is None and answers is None:
        return
    if before is None or (answers is not None and before.pk != answers):
        raise Conflict(_("桌面上的报价刚刚变了。"), _("请先看最新的一版，再决定如何答复。"))
    if before.side == side:
        raise Conflict(_("本方已有一份报价在等对方答复。"), _("要改条款的，请先撤回它。"))


def _require_possible(room: Negotiation, terms: Terms, actor: User) -> list[Patent]:
    """The patents of the terms, in their order; Conflict where the listing or the ledger has no such right to give."""
    if terms.form not in forms_offered(room.listing):
        raise Conflict(_("这项技术现在不提供您所选的转让或许可方式。"))
    bundled = {patent.application_number: patent for patent in patents_of(room.listing_id)}
    if not terms.patents or not set(terms.patents) <= set(bundled):
        raise Conflict(_("报价中的专利须是这项技术所含的专利。"))
    patents = [bundled[number] for number in terms.patents]
    agree = reserving.co_owners_agree(room, terms.form)
    for patent in patents:
        _refuse(reserving.held(patent, actor).refusal(terms, agree), patent)
    return patents


def _refuse(refused: ledger.Refused | None, patent: Patent) -> None:
    if refused is not None:
        raise Conflict(f"{patent.shown_number}：{ledger_words.sentence(refused)}", _("请改省份、领域、期限或方式。"))
