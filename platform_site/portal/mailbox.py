"""The folder into which a demonstration without a mail server puts its mails. Read next: platform_site/notices/backends.py."""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from platform_site.accounts.queries import is_demonstration

MOST = 50
FOLDER_BACKEND = "platform_site.notices.backends.FolderBackend"


@dataclass(frozen=True)
class Mail:
    at: datetime
    to: str
    subject: str
    text: str


def is_readable() -> bool:
    """Only a demonstration whose mails go nowhere but into the folder shows them."""
    return settings.EMAIL_BACKEND == FOLDER_BACKEND and is_demonstration()


def newest() -> list[Mail]:
    """The newest fifty, newest first; empty while no mail was sent."""
    if not settings.MAIL_DIR.is_dir():
        return []
    dated = [(path.stat().st_mtime, path) for path in settings.MAIL_DIR.glob("*.eml")]
    return [_read(path, moment) for moment, path in sorted(dated, reverse=True)[:MOST]]


def _read(path: Path, moment: float) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=email.policy.default)
    body = message.get_body(preferencelist=("plain",))
    text = body.get_content() if body is not None else ""
    return Mail(datetime.fromtimestamp(moment, UTC), str(message["To"] or ""), str(message["Subject"] or ""), text)
