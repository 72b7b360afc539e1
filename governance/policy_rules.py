"""Who may do what about policies and applications for support: officers of that province alone. Read next: policy_queries.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from patents.models import Listing
from platform_site.accounts.models import User
from platform_site.regions.queries import codes_where, may_in_province
from trading.models import Agreement

from .models import PolicyApplication, PolicyVersion, SupportObjection

KEEP, DECIDE = "policy_keep", "support_decide"


def policy_keep(user: User, code: str) -> bool:
    """An officer of the province keeps its policies."""
    return may_in_province(user, KEEP, code)


policy_create = policy_keep


def version_save(user: User, version: PolicyVersion) -> bool:
    return policy_keep(user, version.policy.province_id)


version_begin = policy_publish = policy_end = version_save


def support_make(user: User, subject: tuple[Agreement | None, Listing | None, str]) -> bool:
    """For an agreement, on one's own side of it, or for a listing that is one's own: (agreement, listing, side)."""
    agreement, listing, side = subject
    if agreement is not None:
        return {agreement.owner_id: "owner", agreement.buyer_id: "taker"}.get(user.pk) == side
    return listing is not None and side == "owner" and listing.owner_id == user.pk


support_make.reason = _("只能就自己的合同或者自己上架的技术申报。")  # type: ignore[attr-defined]


def support_decide(user: User, application: PolicyApplication) -> bool:
    """An officer of the province whose policy it is, never on their own application."""
    code = application.version.policy.province_id
    return application.applicant_id != user.pk and may_in_province(user, DECIDE, code)


def support_confirm(user: User, application: PolicyApplication) -> bool:
    """The second review, and an appeal: another officer than who decided before."""
    return user.pk != application.first_by_id and support_decide(user, application)


def support_answer(user: User, application: PolicyApplication) -> bool:
    """An appeal is looked at by an officer who had no part in the decision."""
    return user.pk not in (application.first_by_id, application.second_by_id, application.decided_by_id) and (
        support_decide(user, application)
    )


def support_recover(user: User, application: PolicyApplication) -> bool:
    """Taken back by another officer than who granted it."""
    return user.pk != application.decided_by_id and support_decide(user, application)


def objection_make(user: User, application: PolicyApplication) -> bool:
    """Anybody with an account but the applicant, and the office that answers."""
    return user.is_active and not user.is_system and not support_read(user, application)


objection_make.reason = _("申请人和办理机关不能对这份公示提出异议。")  # type: ignore[attr-defined]


def objection_answer(user: User, objection: SupportObjection) -> bool:
    """The office that decides."""
    return objection.by_id != user.pk and support_decide(user, objection.application)


objection_answer.reason = _("异议由办理机关答复。")  # type: ignore[attr-defined]


def objection_read(user: User, objection: SupportObjection) -> bool:
    """Who made it, and the office; not the applicant, who learns of it in the answer of the office."""
    return objection.by_id == user.pk or may_in_province(user, DECIDE, objection.application.version.policy.province_id)


def support_own(user: User, application: PolicyApplication) -> bool:
    """The applicant: withdraws, corrects, appeals."""
    return application.applicant_id == user.pk


def support_read(user: User, application: PolicyApplication) -> bool:
    return support_own(user, application) or may_in_province(user, DECIDE, application.version.policy.province_id)


def provinces_of(user: User) -> dict[str, list[str]]:
    """Token -> codes of the provinces whose policies the reader keeps, and whose applications they decide: one query."""
    return codes_where(user, (KEEP, DECIDE))


def is_officer(user: User, subject: Any = None) -> bool:
    return any(provinces_of(user).values())
