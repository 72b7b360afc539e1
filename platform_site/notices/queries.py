"""Reads over a person's inbox. Read next: actions.py."""

from django.db.models import QuerySet

from platform_site.accounts.models import User

from .models import MailPreference, Notice


def inbox(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(recipient=user)


def unread_count(user: User) -> int:
    return Notice.objects.filter(recipient=user, read_at=None).count()


def kinds_not_mailed(user: User) -> set[str]:
    return set(MailPreference.objects.filter(user=user).values_list("kind", flat=True))
