"""States of a negotiation. Read next: models/negotiation.py."""

from django.db import models
from django.utils.translation import pgettext_lazy


class NegotiationState(models.TextChoices):
    OPEN = "open", pgettext_lazy("negotiation", "洽谈中")
    CLOSED = "closed", pgettext_lazy("negotiation", "已结束")


NEGOTIATION_MOVES = {
    NegotiationState.OPEN: frozenset({NegotiationState.CLOSED}),
    NegotiationState.CLOSED: frozenset({NegotiationState.OPEN}),
}


class Side(models.TextChoices):
    OWNER = "owner", pgettext_lazy("side", "权利人")
    BUYER = "buyer", pgettext_lazy("side", "需求方")


class OfferState(models.TextChoices):
    """A version on the table; a counter-offer is the next version (design.md 3.3)."""

    OPEN = "open", pgettext_lazy("offer", "待答复")
    COUNTERED = "countered", pgettext_lazy("offer", "已还价")
    ACCEPTED = "accepted", pgettext_lazy("offer", "已接受")
    DECLINED = "declined", pgettext_lazy("offer", "已谢绝")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "已撤回")
    EXPIRED = "expired", pgettext_lazy("offer", "已过期")


OFFER_MOVES = {state: frozenset[OfferState]() for state in OfferState} | {
    OfferState.OPEN: frozenset(set(OfferState) - {OfferState.OPEN})
}


class AgreementState(models.TextChoices):
    """From accepted terms to the end of the contract. `drafted` not signed in time is expired, and frees its rights."""

    DRAFTED = "drafted", pgettext_lazy("agreement", "待签署")
    SIGNED = "signed", pgettext_lazy("agreement", "已签署")
    FILED = "filed", pgettext_lazy("agreement", "已申请备案")
    CORRECTION_REQUESTED = "correction_requested", pgettext_lazy("agreement", "待补正")
    PRE_EXAMINED = "pre_examined", pgettext_lazy("agreement", "预审通过")
    RECORDED = "recorded", pgettext_lazy("agreement", "已备案")
    COMPLETED = "completed", pgettext_lazy("agreement", "已履行完毕")
    TERMINATED = "terminated", pgettext_lazy("agreement", "已解除")
    EXPIRED = "expired", pgettext_lazy("agreement", "已到期")


ENDED = frozenset({AgreementState.COMPLETED, AgreementState.TERMINATED, AgreementState.EXPIRED})
AGREEMENT_MOVES = {state: frozenset[AgreementState]() for state in ENDED} | {
    AgreementState.DRAFTED: frozenset({AgreementState.SIGNED, AgreementState.TERMINATED, AgreementState.EXPIRED}),
    # Recordal is no condition of validity: a contract may end without it.
    AgreementState.SIGNED: frozenset({AgreementState.FILED, *ENDED}),
    AgreementState.FILED: frozenset({AgreementState.PRE_EXAMINED, AgreementState.CORRECTION_REQUESTED, *ENDED}),
    AgreementState.CORRECTION_REQUESTED: frozenset({AgreementState.FILED, *ENDED}),
    AgreementState.PRE_EXAMINED: frozenset({AgreementState.RECORDED, *ENDED}),
    AgreementState.RECORDED: ENDED,
}


class DeclarationState(models.TextChoices):
    """An open-licence declaration: it holds from the announcement by the national office to its withdrawal (arts 50, 51)."""

    DECLARED = "declared", pgettext_lazy("declaration", "待公告")
    IN_FORCE = "in_force", pgettext_lazy("declaration", "公告有效")
    RETURNED = "returned", pgettext_lazy("declaration", "已退回")
    WITHDRAWN = "withdrawn", pgettext_lazy("declaration", "已撤回")
    LAPSED = "lapsed", pgettext_lazy("declaration", "专利权已失效")


DECLARATION_ALIVE = frozenset({DeclarationState.DECLARED, DeclarationState.IN_FORCE})
DECLARATION_MOVES = {state: frozenset[DeclarationState]() for state in DeclarationState} | {
    DeclarationState.DECLARED: frozenset(set(DeclarationState) - {DeclarationState.DECLARED}),
    DeclarationState.IN_FORCE: frozenset({DeclarationState.WITHDRAWN, DeclarationState.LAPSED}),
}


class FeeMethod(models.TextChoices):
    """How the fee of an open licence is reckoned (Implementing Rules, rule 85)."""

    FIXED = "fixed", pgettext_lazy("fee method", "固定费用，一次付清")
    YEARLY = "yearly", pgettext_lazy("fee method", "固定费用，按年支付")
    ROYALTY = "royalty", pgettext_lazy("fee method", "提成")


class Consideration(models.TextChoices):
    """How it is paid (Civil Code art. 846)."""

    LUMP_SUM = "lump_sum", pgettext_lazy("consideration", "一次总付")
    INSTALMENTS = "instalments", pgettext_lazy("consideration", "分期支付")
    ROYALTY = "royalty", pgettext_lazy("consideration", "入门费加提成")
    EQUITY = "equity", pgettext_lazy("consideration", "作价入股")
    TRIAL = "trial", pgettext_lazy("consideration", "先试用后付费")


class RoyaltyBase(models.TextChoices):
    """On what a running royalty is reckoned."""

    NET_SALES = "net_sales", pgettext_lazy("royalty base", "净销售额")
    OUTPUT_VALUE = "output_value", pgettext_lazy("royalty base", "产值")
    PROFIT = "profit", pgettext_lazy("royalty base", "利润")


class Improvements(models.TextChoices):
    """Whose the later improvements are (Civil Code art. 875); a free grant-back is void, and the linter says so."""

    MAKER = "maker", pgettext_lazy("improvements", "归完成改进的一方")
    SHARED = "shared", pgettext_lazy("improvements", "归双方共有")
    PAID_BACK = "paid_back", pgettext_lazy("improvements", "归完成方，另一方可有偿优先使用")
    FREE_BACK = "free_back", pgettext_lazy("improvements", "被许可人的改进无偿归权利人")


class Dispute(models.TextChoices):
    """Where disputes go when talks fail."""

    COURT_OWNER = "court_owner", pgettext_lazy("dispute", "权利人所在地人民法院")
    COURT_BUYER = "court_buyer", pgettext_lazy("dispute", "受让人或被许可人所在地人民法院")
    ARBITRATION = "arbitration", pgettext_lazy("dispute", "仲裁")
