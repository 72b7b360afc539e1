"""States of a negotiation, and of needs with what the offices and the patentees answer. Read next: models/."""

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
