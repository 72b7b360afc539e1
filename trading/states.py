"""Every state in trading with its moves: rooms, offers, agreements, mediations, needs, proposals. Read next: models/."""

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


class MilestoneKind(models.TextChoices):
    """What is owed under an agreement."""

    LUMP_SUM = "lump_sum", pgettext_lazy("milestone", "总价款")
    INSTALMENT = "instalment", pgettext_lazy("milestone", "分期款")
    ENTRY_FEE = "entry_fee", pgettext_lazy("milestone", "入门费")
    ROYALTY = "royalty", pgettext_lazy("milestone", "年度提成")
    TRIAL_PRICE = "trial_price", pgettext_lazy("milestone", "试用后的价款")
    SHARES = "shares", pgettext_lazy("milestone", "办理股权登记")


class MilestoneState(models.TextChoices):
    """The side that owes says it is done, the side that is owed confirms or disputes it."""

    PLANNED = "planned", pgettext_lazy("milestone", "待履行")
    CLAIMED = "claimed", pgettext_lazy("milestone", "待确认")
    DISPUTED = "disputed", pgettext_lazy("milestone", "有争议")
    CONFIRMED = "confirmed", pgettext_lazy("milestone", "已确认")
    WAIVED = "waived", pgettext_lazy("milestone", "无需履行")


SETTLED = frozenset({MilestoneState.CONFIRMED, MilestoneState.WAIVED})
MILESTONE_MOVES = {state: frozenset[MilestoneState]() for state in SETTLED} | {
    MilestoneState.PLANNED: frozenset({MilestoneState.CLAIMED, MilestoneState.WAIVED}),
    MilestoneState.CLAIMED: frozenset({MilestoneState.CONFIRMED, MilestoneState.DISPUTED}),
    MilestoneState.DISPUTED: frozenset({MilestoneState.CLAIMED, MilestoneState.WAIVED}),
}


class StatementState(models.TextChoices):
    """A year's royalty statement; the licensor accepts it, or questions it and may ask to see the books."""

    DUE = "due", pgettext_lazy("statement", "待申报")
    MADE = "made", pgettext_lazy("statement", "已申报")
    QUESTIONED = "questioned", pgettext_lazy("statement", "被质询")
    ACCEPTED = "accepted", pgettext_lazy("statement", "已认可")
    LAPSED = "lapsed", pgettext_lazy("statement", "无需申报")


STATEMENT_MOVES = {
    StatementState.DUE: frozenset({StatementState.MADE, StatementState.LAPSED}),
    StatementState.MADE: frozenset({StatementState.ACCEPTED, StatementState.QUESTIONED}),
    StatementState.QUESTIONED: frozenset({StatementState.MADE}),
    StatementState.ACCEPTED: frozenset[StatementState](),
    StatementState.LAPSED: frozenset[StatementState](),
}


class EndingKind(models.TextChoices):
    """How an agreement ends by an act of its parties."""

    COMPLETION = "completion", pgettext_lazy("ending", "确认履行完毕")
    TERMINATION = "termination", pgettext_lazy("ending", "协商解除")
    BREACH = "breach", pgettext_lazy("ending", "催告后解除")


class EndingState(models.TextChoices):
    OPEN = "open", pgettext_lazy("ending", "待答复")
    AGREED = "agreed", pgettext_lazy("ending", "已商定")
    DECLINED = "declined", pgettext_lazy("ending", "未同意")
    WITHDRAWN = "withdrawn", pgettext_lazy("ending", "已收回")
    DONE = "done", pgettext_lazy("ending", "已生效")


# `agreed` waits for its day; a notice of breach goes from open to done when its time to cure has passed.
ENDING_MOVES = {
    EndingState.OPEN: frozenset({EndingState.AGREED, EndingState.DECLINED, EndingState.WITHDRAWN, EndingState.DONE}),
    EndingState.AGREED: frozenset({EndingState.DONE, EndingState.WITHDRAWN}),
    EndingState.DECLINED: frozenset[EndingState](),
    EndingState.WITHDRAWN: frozenset[EndingState](),
    EndingState.DONE: frozenset[EndingState](),
}


class Deed(models.TextChoices):
    """What was done in the performance of an agreement, as its history names it."""

    CLAIMED = "claimed", pgettext_lazy("deed", "声明已履行")
    CONFIRMED = "confirmed", pgettext_lazy("deed", "确认收讫")
    DISPUTED = "disputed", pgettext_lazy("deed", "提出异议")
    WAIVED = "waived", pgettext_lazy("deed", "免除")
    STATED = "stated", pgettext_lazy("deed", "提交提成申报")
    ACCEPTED = "accepted", pgettext_lazy("deed", "认可提成申报")
    QUESTIONED = "questioned", pgettext_lazy("deed", "质询提成申报")
    PROPOSED = "proposed", pgettext_lazy("deed", "提议")
    AGREED = "agreed", pgettext_lazy("deed", "同意")
    DECLINED = "declined", pgettext_lazy("deed", "不同意")
    WITHDRAWN = "withdrawn", pgettext_lazy("deed", "收回")
    ENDED = "ended", pgettext_lazy("deed", "合同终结")


class MediationState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("mediation", "待受理")
    ACCEPTED = "accepted", pgettext_lazy("mediation", "调解中")
    CLOSED = "closed", pgettext_lazy("mediation", "已办结")
    DECLINED = "declined", pgettext_lazy("mediation", "不予受理")
    WITHDRAWN = "withdrawn", pgettext_lazy("mediation", "已撤回")


MEDIATION_OPEN = (MediationState.ASKED, MediationState.ACCEPTED)
MEDIATION_MOVES = {
    MediationState.ASKED: frozenset({MediationState.ACCEPTED, MediationState.DECLINED, MediationState.WITHDRAWN}),
    MediationState.ACCEPTED: frozenset({MediationState.CLOSED, MediationState.WITHDRAWN}),
    MediationState.CLOSED: frozenset(),
    MediationState.DECLINED: frozenset(),
    MediationState.WITHDRAWN: frozenset(),
}


# ---- needs


class NeedState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("need", "草稿")
    SUBMITTED = "submitted", pgettext_lazy("need", "审核中")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("need", "待修改")
    REJECTED = "rejected", pgettext_lazy("need", "未通过")
    PUBLISHED = "published", pgettext_lazy("need", "征集中")
    WITHDRAWN = "withdrawn", pgettext_lazy("need", "已撤回")
    MET = "met", pgettext_lazy("need", "已解决")
    EXPIRED = "expired", pgettext_lazy("need", "已到期")


N = NeedState
NEED_MOVES = {
    N.DRAFT: frozenset({N.SUBMITTED, N.WITHDRAWN}),
    N.SUBMITTED: frozenset({N.PUBLISHED, N.CHANGES_REQUESTED, N.REJECTED, N.WITHDRAWN}),
    N.CHANGES_REQUESTED: frozenset({N.SUBMITTED, N.WITHDRAWN}),
    N.PUBLISHED: frozenset({N.WITHDRAWN, N.MET, N.EXPIRED}),
    N.REJECTED: frozenset(),
    N.WITHDRAWN: frozenset(),
    N.MET: frozenset(),
    N.EXPIRED: frozenset(),
}
NEED_EDITABLE = frozenset({N.DRAFT, N.CHANGES_REQUESTED})
# What anybody may open by its number: open for proposals, or once open. What was withdrawn is nobody's business any more.
NEED_PUBLIC = frozenset({N.PUBLISHED, N.MET, N.EXPIRED})


class NeedDecision(models.TextChoices):
    """How an office's look at a need ended."""

    APPROVED = "approved", pgettext_lazy("need review", "通过")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("need review", "退回修改")
    REJECTED = "rejected", pgettext_lazy("need review", "不予通过")
    WITHDRAWN = "withdrawn", pgettext_lazy("need review", "需求方撤回")


class ProposalState(models.TextChoices):
    OPEN = "open", pgettext_lazy("proposal", "待答复")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "已接受")
    DECLINED = "declined", pgettext_lazy("proposal", "已谢绝")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "已撤回")


PROPOSAL_MOVES = {
    ProposalState.OPEN: frozenset({ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.WITHDRAWN}),
    ProposalState.ACCEPTED: frozenset(),
    ProposalState.DECLINED: frozenset(),
    ProposalState.WITHDRAWN: frozenset(),
}
