"""Files whose row never came (a crash between the two) are removed after a day. Read next: store.py."""

import time

from celery import shared_task
from django.conf import settings

from .models import StoredFile


@shared_task(name="files.orphans_remove")
def orphans_remove() -> None:
    limit = time.time() - 86_400
    for path in settings.MEDIA_ROOT.glob("*/*"):
        known = path.suffix != ".part" and StoredFile.objects.filter(pk=path.name).exists()
        if path.stat().st_mtime < limit and not known:
            path.unlink()
