"""Files whose row never came (a crash between the two) are removed after a day. Read next: store.py."""

import time
import uuid

from celery import shared_task
from django.conf import settings

from .models import StoredFile


@shared_task(name="files.orphans_remove")
def orphans_remove() -> None:
    """Names that no row could have (half-written parts, strangers) go as well; folders stay."""
    limit = time.time() - 86_400
    for path in settings.MEDIA_ROOT.glob("*/*"):
        if path.is_file() and path.stat().st_mtime < limit and not _has_row(path.name):
            path.unlink()


def _has_row(name: str) -> bool:
    try:
        return StoredFile.objects.filter(pk=uuid.UUID(name)).exists()
    except ValueError:
        return False
