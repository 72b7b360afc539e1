"""An accepted offer becomes an agreement whose rights are reserved; two signatures make them hold. Read next: reserving.py."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from patents.models import Patent
from patents.states import OFFERABLE
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import lock_verified, system_user
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from trading import codes, rules
from trading import offer_queries as queries
from trading.actions import performing, reserving
from trading.contract_queries import legal_name
from trading.models import Agreement, AgreementYear, Offer, Signature
from trading.queries import require_on_market
from trading.states import AGREEMENT_MOVES, OFFER_MOVES, AgreementState, NegotiationState, OfferState, Side
from trading.terms import TermsChanged


@transaction.atomic
def offer_accept(*, offer_id: int, actor: User, digest: str) -> Agreement:
    """Accept the other side's open offer: its rights are reserved, rivals that they make impossible are declined.

    `digest`: of the terms that the actor was shown. The reservation lasts settings.RESERVATION_DAYS days.
    Raises: NotAllowed (not a party of the other side); TermsChanged; MoveRefused (answered or withdrawn already); Conflict
    (its time is over, room closed, off the market, a mark of verification is gone, or somebody else was first: then with
    the existing right and the article). Nothing is written then.
    Source: design.md 3.3; Patent Law arts 10, 12, 51; domain.md 5; decision 0004 (lock order).
    """
    stated = Offer.objects.only("made_by_id", "negotiation_id").get(pk=offer_id)
    verified = lock_verified([actor.pk, stated.made_by_id])  # lock
    room = queries.lock_room_with_rights(stated.negotiation_id)
    offer = queries.lock_offer(offer_id)
    offer.negotiation = room
    require(rules.offer_accept, actor, offer)  # may
    if verified != {actor.pk, offer.made_by_id}:
        raise Conflict(_("双方都须经实名核验，才能成交。"), _("核验已撤销或尚未取得的一方，请先向省知识产权局申请。"))
    _require_acceptable(offer, digest)
    move(offer, OfferState.ACCEPTED, OFFER_MOVES)  # move
    offer.decided_by, offer.decided_at = actor, clock.database_now()
    offer.save(update_fields=["state", "decided_by", "decided_at"])  # write
    agreement = _agreement_write(offer)
    patents = [row.patent for row in offer.offer_patents.all()]
    reserving.reserve(agreement, patents, offer.terms, actor)
    declined = _rivals_decline(agreement, offer, patents)
    record(
        actor=actor, verb="trading.offer_accept", target=offer, agreement=agreement.number, number=offer.number,
        declined=declined,
    )  # fmt: skip
    after_commit("trading.offer_accept_notify", agreement_id=agreement.pk)  # tell
    after_commit("trading.agreement_paper_make", agreement_id=agreement.pk)
    return agreement


@transaction.atomic
def agreement_sign(*, agreement_id: int, actor: User, digest: str) -> Agreement:
    """Sign for one's side; with the second signature the reserved rights hold.

    Raises: NotAllowed; TermsChanged; Conflict (signed already by this side, time over, no mark of verification, a patent no
    longer alive); MoveRefused (not waiting for signatures).
    """
    verified = lock_verified([actor.pk])  # lock
    agreement = queries.lock_agreement(agreement_id)
    require(rules.agreement_sign, actor, agreement)  # may
    assert agreement.negotiation is not None  # rules.agreement_sign has asked
    side = queries.side_of(actor, agreement.negotiation)
    assert side is not None  # the same
    _require_signable(agreement, side, actor, verified, digest)
    Signature.objects.create(
        agreement=agreement, side=side, user=actor, name=legal_name(actor)[:200], signed_at=clock.now(),
        digest=digest,
    )  # fmt: skip
    if agreement.signatures.count() == len(Side):  # move
        reserving.activate(agreement, actor)  # write
        move(agreement, AgreementState.SIGNED, AGREEMENT_MOVES)
        agreement.signed_at = clock.now()
        agreement.save(update_fields=["state", "signed_at"])
        performing.milestones_plan(agreement)
    record(
        actor=actor, verb="trading.agreement_sign", target=agreement, number=agreement.number, side=side.value,
        state=agreement.state,
    )  # fmt: skip
    after_commit("trading.agreement_sign_notify", agreement_id=agreement.pk, side=side.value)  # tell
    after_commit("trading.agreement_paper_make", agreement_id=agreement.pk)
    return agreement


def agreements_expire(*, most: int = 200) -> int:
    """Close the agreements that were not signed in time, and free their rights; answers how many. Run by the clock."""
    return sum(_agreement_expire(pk) for pk in queries.agreements_overdue(most))


@transaction.atomic
def _agreement_expire(pk: int) -> int:
    agreement = queries.lock_agreement(pk)
    if agreement.state != AgreementState.DRAFTED or agreement.sign_by > clock.database_now():
        return 0  # signed while this waited
    actor = system_user()
    move(agreement, AgreementState.EXPIRED, AGREEMENT_MOVES)
    agreement.closed_at, agreement.closed_by = clock.now(), actor
    agreement.save(update_fields=["state", "closed_at", "closed_by"])
    reserving.release(agreement, actor)
    record(actor=actor, verb="trading.agreement_expire", target=agreement, number=agreement.number)
    after_commit("trading.agreement_expire_notify", agreement_id=agreement.pk)
    return 1


# ---- helpers; the rows are locked


def _require_acceptable(offer: Offer, digest: str) -> None:
    room = offer.negotiation
    if offer.digest != digest:
        raise TermsChanged(_("您看到的条款与桌面上的不一致，没有接受。"), _("请重新打开报价，核对后再接受。"))
    if offer.state == OfferState.OPEN and offer.valid_until <= clock.database_now():
        raise Conflict(_("这份报价的有效期已过，不能再接受。"), _("可以请对方按原条款重新报价，或由您提出报价。"))
    if room.state == NegotiationState.CLOSED:
        raise Conflict(_("洽谈已结束，不能接受报价。"), _("任何一方都可以重新开启洽谈。"))
    require_on_market(room.listing)


def _agreement_write(offer: Offer) -> Agreement:
    room = offer.negotiation
    assert room.listing.province_id is not None  # require_on_market has asked
    moment = clock.database_now()
    return Agreement.objects.create(
        number=next_number(clock.today().year), code=codes.new_code(), offer=offer, negotiation=room,
        listing=room.listing, owner_id=room.listing.owner_id, buyer_id=room.buyer_id, province_id=room.listing.province_id,
        digest=offer.digest, made_at=moment, sign_by=moment + timedelta(days=settings.RESERVATION_DAYS),
    )  # fmt: skip


def next_number(year: int) -> str:
    """The next number of an agreement of this year; its counter stays locked until the transaction ends."""
    AgreementYear.objects.get_or_create(year=year)
    counter = AgreementYear.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"HT6-{year}-{counter.last:06d}"


def _rivals_decline(agreement: Agreement, offer: Offer, patents: list[Patent]) -> list[int]:
    """Decline the open offers of other rooms that cannot be accepted any more; the others go on."""
    actor = system_user()
    held = {patent.pk: reserving.held(patent, actor) for patent in patents}
    declined = []
    for rival in queries.lock_rivals(offer, held.keys()):
        agree = reserving.co_owners_agree(rival.negotiation, rival.form)
        shared = [held[row.patent_id] for row in rival.offer_patents.all() if row.patent_id in held]
        if not any(one.refusal(rival.terms, agree) for one in shared):
            continue
        move(rival, OfferState.DECLINED, OFFER_MOVES)
        rival.decided_by, rival.decided_at, rival.made_impossible_by = actor, clock.database_now(), agreement
        rival.save(update_fields=["state", "decided_by", "decided_at", "made_impossible_by"])
        after_commit("trading.offer_decide_notify", offer_id=rival.pk)
        declined.append(rival.pk)
    return declined


def _require_signable(agreement: Agreement, side: Side, actor: User, verified: set[int], digest: str) -> None:
    if agreement.digest != digest:
        raise TermsChanged(_("您看到的条款与合同的不一致，没有签署。"), _("请重新打开合同，核对后再签署。"))
    if agreement.state == AgreementState.DRAFTED and agreement.sign_by <= clock.database_now():
        raise Conflict(_("签署期限已过，为这份合同预留的权利已释放。"), _("可以在洽谈室重新报价。"))
    if agreement.signatures.filter(side=side).exists():
        raise Conflict(_("本方已经签署。"), _("请等对方签署。"))
    if agreement.state != AgreementState.DRAFTED:
        raise Conflict(_("这份合同现在是“%(state)s”，不能签署。") % {"state": agreement.get_state_display()})
    if actor.pk not in verified:
        raise Conflict(_("实名核验后才能签署。"), _("请在“账户”中向省知识产权局申请实名核验。"))
    for patent in agreement.patents:
        if patent.legal_status not in OFFERABLE:
            raise Conflict(
                _("%(number)s 现在的法律状态是“%(status)s”，不能签署。")
                % {"number": patent.shown_number, "status": patent.get_legal_status_display()}
            )
