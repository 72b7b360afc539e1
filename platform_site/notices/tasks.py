"""The clock of the mails. Read next: actions.py."""

from celery import shared_task

from . import actions


@shared_task(name="notices.mail_send")
def mail_send() -> None:
    actions.mail_send()
