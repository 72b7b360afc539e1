"""Who may do what with needs; `require` turns a no into a sentence. Read next: need_queries.py.

An office asks the same token as for listings (listing_review): whoever moderates what is offered moderates what is wanted.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from patents.models import Listing
from platform_site.accounts.rules import is_verified
from platform_site.regions.queries import may_in_province

from .models import NeedProposal, NeedReview, TechnologyNeed

TOKEN = "listing_review"


def need_edit(user: Any, need: TechnologyNeed) -> bool:
    """The owner alone writes, closes and copies."""
    return bool(user.is_authenticated) and need.owner_id == user.pk


need_edit.reason = _("只有提出这项需求的账号可以修改或关闭它。")  # type: ignore[attr-defined]


def need_submit(user: Any, need: TechnologyNeed) -> bool:
    """A submission needs the real-name mark, as that of a listing does."""
    return need_edit(user, need) and is_verified(user)


need_submit.reason = _(  # type: ignore[attr-defined]
    "提交审核前需要通过实名核验：请在“账号—实名核验”中向您选定的省知识产权局申请，通常 3 个工作日内答复。"
)


def need_expire(user: Any, need: TechnologyNeed) -> bool:
    """What the calendar brings about is written by the portal's own clock alone."""
    return bool(user.is_system)


def need_review_see(user: Any, review: NeedReview) -> bool:
    """An officer of the office that it lies with."""
    return may_in_province(user, TOKEN, review.province_id)


need_review_see.reason = _("这项需求不在您所在的省知识产权局审核。")  # type: ignore[attr-defined]


def need_review_is_own(user: Any, review: NeedReview) -> bool:
    """Conflict of interest: the officer, or an organisation the officer belongs to, stands behind the need."""
    need = review.need
    if need.owner_id == user.pk:
        return True
    return (
        need.organisation_id is not None
        and user.memberships.filter(organisation=need.organisation_id, left_at=None).exists()
    )


def need_review_decide(user: Any, review: NeedReview) -> bool:
    return need_review_see(user, review) and not need_review_is_own(user, review)


need_review_decide.reason = _("您与这项需求有利害关系，不能审核；请由本省其他审核员办理。")  # type: ignore[attr-defined]


def need_propose(user: Any, need: TechnologyNeed) -> bool:
    """Any member but the one who looks for it."""
    return bool(user.is_authenticated) and user.is_active and need.owner_id != user.pk


need_propose.reason = _("这是您自己的需求，不能向自己提出方案。")  # type: ignore[attr-defined]


def need_propose_with(user: Any, listing: Listing) -> bool:
    """Nobody offers what is another's."""
    return listing.owner_id == user.pk


need_propose_with.reason = _("只能用自己的技术提出方案。")  # type: ignore[attr-defined]


def proposal_decide(user: Any, proposal: NeedProposal) -> bool:
    """The one who looks for it."""
    return bool(user.is_authenticated) and proposal.need.owner_id == user.pk


proposal_decide.reason = _("只有提出这项需求的账号可以答复方案。")  # type: ignore[attr-defined]


def proposal_withdraw(user: Any, proposal: NeedProposal) -> bool:
    """The one who proposed."""
    return bool(user.is_authenticated) and proposal.listing.owner_id == user.pk


proposal_withdraw.reason = _("只有提出方案的账号可以撤回它。")  # type: ignore[attr-defined]
