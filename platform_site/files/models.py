"""A stored file; who may read it is decided by the record that points at it. Read next: store.py."""

import uuid

from django.db import models


class StoredFile(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)  # display name; the name on disk is the id
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    is_image = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Below MEDIA_ROOT; two levels so that no folder grows without bound."""
        return f"{self.id.hex[:2]}/{self.id.hex}"
