"""The portal's own rows: the counters of the limits on tries, which a flush of the cache must not forget. Read next: limits.py."""

from django.db import models


class LimitCounter(models.Model):
    """One counter or mark that expires; `key` is a digest, so that no address of a person or machine is kept."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()  # JSON
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:12]} {self.value[:40]}"
