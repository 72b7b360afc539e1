"""Identity numbers: encrypted with a key kept outside the database, found again by a keyed hash. Read next: models/verification.py."""

import hashlib
import hmac
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


def keyed_hash(text: str) -> str:
    """Equal for equal numbers under the last (oldest) key, useless without it."""
    return hmac.new(settings.FIELD_KEYS[-1].encode(), text.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that the database only ever sees encrypted (Fernet: AES-128-CBC with HMAC); keys rotate by FIELD_KEYS."""

    def get_prep_value(self, value: Any) -> Any:
        return _box().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return _box().decrypt(value.encode()).decode() if value else value
