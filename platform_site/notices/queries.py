"""Reads over a person's inbox. Read next: actions.py."""

from django.db.models import Case, QuerySet, Value, When

from platform_site.accounts.models import User

from .models import MailPreference, Notice


def inbox(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(recipient=user)


def inbox_unread_first(user: User) -> QuerySet[Notice]:
    """What is new stands above what was read; each newest first."""
    was_read = Case(When(read_at=None, then=Value(0)), default=Value(1))
    return inbox(user).order_by(was_read, "-created_at", "-id")


def unread_count(user: User) -> int:
    return Notice.objects.filter(recipient=user, read_at=None).count()


def kinds_not_mailed(user: User) -> set[str]:
    return set(MailPreference.objects.filter(user=user).values_list("kind", flat=True))
