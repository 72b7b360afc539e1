"""Mail into a folder: what `make run` uses where no mail server is named. Read next: settings/base.py."""

import re
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from platform_site import clock


class FolderBackend(BaseEmailBackend):
    """One .eml file per message below MAIL_DIR; the same Message-ID is the same file, so a mail sent twice is one."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        settings.MAIL_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        for mail in email_messages:
            message = mail.message()
            own_id = mail.extra_headers.get("Message-ID")
            stem = own_id.strip("<>").partition("@")[0] if own_id else f"{clock.now():%Y%m%d-%H%M%S-%f}"
            to = re.sub(r"[^A-Za-z0-9.@_-]", "_", mail.to[0])[:60] if mail.to else "nobody"
            (settings.MAIL_DIR / f"{stem}-{to}.eml").write_bytes(message.as_bytes())
        return len(email_messages)
