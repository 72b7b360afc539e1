"""Writing, reading and mailing notices. Read next: tasks.py."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import is_demonstration

from .kinds import KINDS
from .models import MailPreference, Notice
from .wording import worded

log = logging.getLogger(__name__)
MAIL_WAITS = (timedelta(0), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=8))
MAX_MAIL_ATTEMPTS = len(MAIL_WAITS)
# What concerns this mail alone: the answer to its address or text, or a text that cannot be written.
OWN_FAULTS = (SMTPRecipientsRefused, SMTPDataError, LookupError, TypeError, ValueError)


@transaction.atomic
def notice_tell(*, recipients: Iterable[User], kind: str, key: str, path: str = "", **data: Any) -> None:
    """Write one notice to each recipient, once per `key` however often it is told. Runs in the outbox's transaction."""
    if kind not in KINDS:
        raise KeyError(kind)
    people = [person for person in recipients if person.is_active]
    silent = set(MailPreference.objects.filter(user__in=people, kind=kind).values_list("user_id", flat=True))
    moment = clock.now()
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=person,
                kind=kind,
                key=key,
                path=path,
                data=data,
                created_at=moment,
                mail_due=person.pk not in silent,
            )
            for person in people
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def notices_read(*, actor: User, notice_ids: Iterable[int] | None = None) -> int:
    """Mark the actor's own notices read: those named, or all."""
    mine = Notice.objects.filter(recipient=actor, read_at=None)
    if notice_ids is not None:
        mine = mine.filter(pk__in=notice_ids)
    return mine.update(read_at=clock.now())


@transaction.atomic
def preferences_set(*, actor: User, by_mail: set[str]) -> None:
    """Keep which kinds the actor wants by e-mail; the inbox is never switched off."""
    MailPreference.objects.filter(user=actor).delete()
    MailPreference.objects.bulk_create([MailPreference(user=actor, kind=kind) for kind in KINDS if kind not in by_mail])


def mail_send(limit: int = 200) -> int:
    """Send the mails that are due, each in its own short transaction; return how many went out."""
    sent = 0
    while sent < limit and _mail_one():
        sent += 1
    return sent


def _mail_one() -> bool:
    with transaction.atomic():
        notice = (
            Notice.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(_due(clock.now()), mail_due=True)
            .select_related("recipient")
            .order_by("mail_attempts", "id")
            .first()
        )
        if notice is None:
            return False
        try:
            _send(notice)
        except OWN_FAULTS as error:
            log.warning("mail of notice %s not sent: %r", notice.pk, error)
            notice.mail_attempts += 1
            notice.save(update_fields=["mail_attempts"])
            return True
        except (
            OSError
        ) as error:  # the server is away: no mail's own fault, so none is given up for it, however long it takes
            log.warning("mail server not reached: %r", error)
            return False
        notice.mail_due, notice.mailed_at = False, clock.now()
        notice.save(update_fields=["mail_due", "mailed_at"])
        return True


def _due(moment: datetime) -> Q:
    """A mail that was refused waits longer each time, counted from when the notice was written."""
    return reduce(or_, (Q(mail_attempts=tried, created_at__lte=moment - wait) for tried, wait in enumerate(MAIL_WAITS)))


def _send(notice: Notice) -> None:
    language = notice.recipient.language
    with translation.override(language):
        subject, text = worded(notice)
        context = {
            "subject": subject,
            "text": text,
            "link": f"{settings.SITE_ORIGIN}/{language}{notice.path or '/desk/'}",
            "recipient": notice.recipient,
            "demonstration": is_demonstration(),
        }
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("mail/notice.txt", context),
            to=[notice.recipient.email],
            headers={"Message-ID": f"<notice-{notice.pk}@portal>"},
        )
        mail.attach_alternative(render_to_string("mail/notice.html", context), "text/html")
        mail.send()
