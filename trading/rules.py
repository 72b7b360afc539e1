"""Who may do what in trading. A room asks for its party, never for a permission: has_perm says yes to every superuser.

Read next: queries.py.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from patents.models import Listing
from platform_site.accounts.models import Membership, User
from platform_site.accounts.rules import is_verified
from platform_site.regions.queries import may_in_province

from . import undertaking
from .models import (
    Agreement,
    Ending,
    Mediation,
    Message,
    MessageFile,
    Negotiation,
    Offer,
    OpenDeclaration,
    Party,
    PaymentMilestone,
    RoyaltyStatement,
    Undertaking,
)
from .states import Side


def is_party(user: User, negotiation: Negotiation | None) -> bool:
    """In the room now: a row in Party that has not ended, of an account that is in use; nobody is in no room."""
    return (
        user.is_active
        and negotiation is not None
        and Party.objects.filter(negotiation=negotiation, user=user, left_at=None).exists()
    )


def enquiry_create(user: User, listing: Listing) -> bool:
    """Any member, with or without the real-name mark; never the owner of what is asked about."""
    return user.is_active and listing.owner_id != user.pk


def message_send(user: User, negotiation: Negotiation) -> bool:
    return is_party(user, negotiation)


def negotiation_read(user: User, negotiation: Negotiation) -> bool:
    return is_party(user, negotiation)


def negotiation_close(user: User, negotiation: Negotiation) -> bool:
    return is_party(user, negotiation)


def negotiation_reopen(user: User, negotiation: Negotiation) -> bool:
    return is_party(user, negotiation)


def offer_make(user: User, negotiation: Negotiation) -> bool:
    """Either side of the room; that they are verified is a state of theirs, told with what they can do about it."""
    return is_party(user, negotiation)


def offer_accept(user: User, offer: Offer) -> bool:
    """Whoever is on the other side of the table than the offer."""
    return _is_on(side_in(user, offer.negotiation_id), but_not=offer.side)


def offer_decline(user: User, offer: Offer) -> bool:
    return offer_accept(user, offer)


def offer_withdraw(user: User, offer: Offer) -> bool:
    """Whoever is on the offer's own side."""
    return _is_on(side_in(user, offer.negotiation_id), side=offer.side)


def agreement_sign(user: User, agreement: Agreement) -> bool:
    return is_party(user, agreement.negotiation)


def milestone_claim(user: User, milestone: PaymentMilestone) -> bool:
    """The side that owes: the buyer's."""
    return _is_on(side_under(user, milestone.agreement), side=Side.BUYER)


def milestone_confirm(user: User, milestone: PaymentMilestone) -> bool:
    """The side that is owed: the owner's."""
    return _is_on(side_under(user, milestone.agreement), side=Side.OWNER)


def milestone_dispute(user: User, milestone: PaymentMilestone) -> bool:
    return milestone_confirm(user, milestone)


def milestone_waive(user: User, milestone: PaymentMilestone) -> bool:
    return milestone_confirm(user, milestone)


def statement_make(user: User, statement: RoyaltyStatement) -> bool:
    """The licensee states."""
    return _is_on(side_under(user, statement.agreement), side=Side.BUYER)


def statement_accept(user: User, statement: RoyaltyStatement) -> bool:
    """The licensor judges."""
    return _is_on(side_under(user, statement.agreement), side=Side.OWNER)


def statement_question(user: User, statement: RoyaltyStatement) -> bool:
    return statement_accept(user, statement)


def agreement_report(user: User, agreement: Agreement) -> bool:
    """Either side may report what became of the technology; the other sees it."""
    return bool(side_under(user, agreement))


def agreement_complete(user: User, agreement: Agreement) -> bool:
    return bool(side_under(user, agreement))


def agreement_terminate(user: User, agreement: Agreement) -> bool:
    return bool(side_under(user, agreement))


def agreement_breach(user: User, agreement: Agreement) -> bool:
    return bool(side_under(user, agreement))


def ending_accept(user: User, ending: Ending) -> bool:
    """Whoever did not propose it."""
    return _is_on(side_under(user, ending.agreement), but_not=ending.side)


def ending_decline(user: User, ending: Ending) -> bool:
    return ending_accept(user, ending)


def ending_withdraw(user: User, ending: Ending) -> bool:
    """The side whose proposal or notice it is."""
    return _is_on(side_under(user, ending.agreement), side=ending.side)


def ending_enforce(user: User, ending: Ending) -> bool:
    """The side that gave the notice."""
    return ending_withdraw(user, ending)


agreement_sign.reason = _("只有双方能签署合同；按开放许可取得的，取得时已签署。")  # type: ignore[attr-defined]


# ---- open licences


def open_declare(user: User, listing: Listing) -> bool:
    """The owner alone, whose title an office has seen when it published the listing."""
    return user.is_active and listing.owner_id == user.pk


open_declare.reason = _("只有这条技术的权利人账号可以提出开放许可声明。")  # type: ignore[attr-defined]


def open_withdraw(user: User, declaration: OpenDeclaration) -> bool:
    """Whoever made the declaration."""
    return user.is_active and declaration.made_by_id == user.pk


open_withdraw.reason = _("只有提出声明的权利人可以撤回它。")  # type: ignore[attr-defined]


def open_office(user: Any, declaration: OpenDeclaration) -> bool:
    """An officer who keeps the ledger of its province, and never of their own declaration."""
    return declaration.made_by_id != user.pk and may_in_province(user, "right_record", declaration.province_id)


open_office.reason = _("只有办理这件专利台账的省知识产权局可以登记声明的公告或退回声明。")  # type: ignore[attr-defined]
open_declaration_announce = open_declaration_return = open_office


def open_take(user: User, declaration: OpenDeclaration) -> bool:
    """Any member with the real-name mark, but nobody their own."""
    return user.is_active and declaration.made_by_id != user.pk and is_verified(user)


open_take.reason = _(  # type: ignore[attr-defined]
    "开放许可由经实名核验的会员取得，权利人不能取得自己的声明。请在“账户”中向省知识产权局申请实名核验。"
)


def open_lapse(user: User, declaration: OpenDeclaration) -> bool:
    """What the end of a patent brings about is written by the portal's own clock alone."""
    return bool(user.is_system)


def _is_on(mine: str, *, side: str = "", but_not: str = "") -> bool:
    return bool(mine) and (not side or mine == side) and mine != but_not


def agreement_paper_keep(user: User, agreement: Agreement) -> bool:
    """The portal's own worker makes the papers."""
    return bool(user.is_system)


def agreement_file(user: User, agreement: Agreement) -> bool:
    """Either side hands the contract in."""
    return bool(side_under(user, agreement))


agreement_file.reason = _("只有合同的一方可以提交备案或登记。")  # type: ignore[attr-defined]


def agreement_examine(user: User, agreement: Agreement) -> bool:
    """An officer of the province of the agreement who never was on one of its sides."""
    return may_in_province(user, "agreement_examine", agreement.province_id) and not has_interest(user, agreement)


def has_interest(user: User, agreement: Agreement) -> bool:
    """Is or once was on one of the sides of the contract."""
    if user.pk in (agreement.owner_id, agreement.buyer_id):
        return True
    return Party.objects.filter(negotiation=agreement.negotiation_id, user=user).exists()


agreement_examine.reason = _("只有合同所在省知识产权局中与合同无利害关系的审核员可以办理。")  # type: ignore[attr-defined]


def agreement_correction_request(user: User, agreement: Agreement) -> bool:
    return agreement_examine(user, agreement)


agreement_correction_request.reason = agreement_examine.reason  # type: ignore[attr-defined]


def agreement_record(user: User, agreement: Agreement) -> bool:
    return agreement_examine(user, agreement)


agreement_record.reason = agreement_examine.reason  # type: ignore[attr-defined]


# ---- confidential attachments


def side_in(user: User, negotiation_id: int) -> str:
    """The side on which `user` is in the room now; empty for everybody else."""
    if not user.is_active:
        return ""
    side = Party.objects.filter(negotiation=negotiation_id, user=user, left_at=None).values_list("side", flat=True)
    return side.first() or ""


def side_under(user: User, agreement: Agreement) -> str:
    """The side of an agreement on which `user` stands now: in its room, or as giver or taker of an open licence."""
    if agreement.negotiation_id is not None:
        return side_in(user, agreement.negotiation_id)
    sides = {agreement.owner_id: Side.OWNER.value, agreement.buyer_id: Side.BUYER.value}
    return sides.get(user.pk, "") if user.is_active else ""


def wrote_for(message: Message) -> str:
    """The side for which a message was written; its author may have left since."""
    rows = Party.objects.filter(negotiation=message.negotiation_id, user=message.author_id)
    return rows.values_list("side", flat=True).first() or ""


def has_undertaken(user: User, negotiation_id: int) -> bool:
    """Has accepted today's wording in this room, in person."""
    given = Undertaking.objects.filter(negotiation=negotiation_id, user=user, version=undertaking.VERSION)
    return given.exists()


def undertaking_accept(user: User, negotiation: Negotiation) -> bool:
    return is_party(user, negotiation)


def file_open(user: User, row: MessageFile) -> bool:
    """A confidential file: its own side as it is; the other side under an undertaking."""
    side = side_in(user, row.message.negotiation_id)
    return bool(side) and (side == wrote_for(row.message) or has_undertaken(user, row.message.negotiation_id))


# ---- who is in the room


def party_add(user: User, negotiation: Negotiation) -> bool:
    return is_party(user, negotiation)


def are_colleagues(user: User, other: User) -> bool:
    """Members of one organisation now."""
    theirs = Membership.objects.filter(user=other, left_at=None).values("organisation")
    return Membership.objects.filter(user=user, left_at=None, organisation__in=theirs).exists()


def party_remove(user: User, party: Party) -> bool:
    """Oneself, or a colleague on one's own side; nobody puts out whoever opened the room or owns the listing."""
    if not user.is_active or side_in(user, party.negotiation_id) != party.side:
        return False
    founders = (party.negotiation.buyer_id, party.negotiation.listing.owner_id)
    return party.user_id == user.pk or party.user_id not in founders


# ---- mediation: the parties ask and release, the office of the province answers


def mediation_ask(user: User, negotiation: Negotiation) -> bool:
    return is_party(user, negotiation)


def mediation_release(user: User, mediation: Mediation) -> bool:
    return bool(side_in(user, mediation.negotiation_id))


def mediation_withdraw(user: User, mediation: Mediation) -> bool:
    """The side that asked."""
    side = side_in(user, mediation.negotiation_id)
    asked = Party.objects.filter(negotiation=mediation.negotiation_id, user=mediation.asked_by_id, side=side)
    return bool(side) and asked.exists()


def mediation_handle(user: User, mediation: Mediation) -> bool:
    """An officer of the listing's province who never was in the room."""
    involved = Party.objects.filter(negotiation=mediation.negotiation_id, user=user)
    return may_in_province(user, "mediation_handle", mediation.province_id) and not involved.exists()


mediation_accept = mediation_answer = mediation_close = mediation_decline = mediation_handle
