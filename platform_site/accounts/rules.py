"""Who may do what with accounts; `require` turns a no into a sentence. Read next: actions.py."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from platform_site.errors import NotAllowed
from platform_site.regions.queries import may_in_province

from .models import User, Verification
from .states import VerificationState

Rule = Callable[[User, Any], bool]


def require(rule: Rule, actor: User, subject: Any, reason: str = "", advice: str = "") -> None:
    """Raise NotAllowed unless `rule(actor, subject)`; the sentence is the caller's or the rule's own."""
    if not rule(actor, subject):
        raise NotAllowed(reason or getattr(rule, "reason", "") or _("您没有办理这件事的权限。"), advice)


def is_verified(user: User) -> bool:
    """The real-name mark: a verification that stands."""
    return bool(user.is_authenticated) and Verification.objects.filter(user=user, state=VerificationState.VERIFIED).exists()


def verification_decide(user: User, verification: Verification) -> bool:
    """An officer of the office that was asked, and never on their own request."""
    return verification.user_id != user.pk and may_in_province(user, "member_verify", verification.province_id)


def verification_withdraw(user: User, verification: Verification) -> bool:
    return verification.user_id == user.pk
