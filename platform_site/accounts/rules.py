"""Who may do what with accounts; `require` turns a no into a sentence. Read next: actions.py."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from platform_site.errors import NotAllowed
from platform_site.regions.queries import may_in_province

from .models import Membership, Organisation, User, Verification
from .states import VerificationState

ADMINISTRATORS_GROUP = "administrators"

Rule = Callable[[User, Any], bool]


def require(rule: Rule, actor: User, subject: Any, reason: str = "", advice: str = "") -> None:
    """Raise NotAllowed unless `rule(actor, subject)`; the sentence is the caller's or the rule's own."""
    if not rule(actor, subject):
        raise NotAllowed(reason or getattr(rule, "reason", "") or _("您没有办理这件事的权限。"), advice)


def is_verified(user: User) -> bool:
    """The real-name mark: a verification that stands."""
    return (
        bool(user.is_authenticated)
        and Verification.objects.filter(user=user, state=VerificationState.VERIFIED).exists()
    )


def verification_decide(user: User, verification: Verification) -> bool:
    """An officer of the office that was asked, and never on their own request."""
    return verification.user_id != user.pk and may_in_province(user, "member_verify", verification.province_id)


def verification_withdraw(user: User, verification: Verification) -> bool:
    return verification.user_id == user.pk


def verification_read(user: User, verification: Verification) -> bool:
    """The person themselves, and the office that was asked."""
    return verification.user_id == user.pk or may_in_province(user, "member_verify", verification.province_id)


def verification_submit(user: User, subject: User) -> bool:
    """For oneself alone; the portal's own account has no identity."""
    return user.pk == subject.pk and user.is_active and not user.is_system


def profile_save(user: User, subject: User) -> bool:
    return user.pk == subject.pk and user.is_active and not user.is_system


def organisation_save(user: User, organisation: Organisation) -> bool:
    """Details are changed by somebody who stands for the organisation: its only member, or one verified with it."""
    members = set(Membership.objects.filter(organisation=organisation, left_at=None).values_list("user_id", flat=True))
    if members <= {user.pk}:
        return True
    return (
        user.pk in members
        and Verification.objects.filter(user=user, organisation=organisation, state=VerificationState.VERIFIED).exists()
    )


def is_administrator(user: User) -> bool:
    """Accounts and settings, the audit log; never the content of a negotiation."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.administers if hasattr(user, "administers") else user.groups.filter(name=ADMINISTRATORS_GROUP).exists()


def acts_for_others(user: User) -> bool:
    """Officers, directors, leading-group staff and administrators: stricter sessions, a second factor, warnings about clocks."""
    if user.is_staff:
        return True
    return user.in_group if hasattr(user, "in_group") else user.groups.exists()
