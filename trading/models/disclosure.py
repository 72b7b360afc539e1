"""Confidential attachments: who has given the undertaking, and who opened what, when. Read next: ../actions/disclosure.py."""

import pgtrigger
from django.db import models

_KEPT = pgtrigger.Update | pgtrigger.Delete
# The reader is in the room, and of the author's side or under an undertaking.
_OPENED_BY_RIGHT = """
    IF NOT EXISTS (
        SELECT 1 FROM trading_messagefile held
        JOIN trading_message said ON said.id = held.message_id
        JOIN trading_party reader ON reader.negotiation_id = said.negotiation_id
            AND reader.user_id = NEW.user_id AND reader.left_at IS NULL
        WHERE held.id = NEW.file_id AND held.is_confidential
        AND (
            EXISTS (
                SELECT 1 FROM trading_party author
                WHERE author.negotiation_id = said.negotiation_id AND author.user_id = said.author_id
                AND author.side = reader.side
            )
            OR EXISTS (
                SELECT 1 FROM trading_undertaking given
                WHERE given.negotiation_id = said.negotiation_id AND given.user_id = NEW.user_id
            )
        )
    ) THEN
        RAISE EXCEPTION 'a confidential file is opened under an undertaking';
    END IF;
    RETURN NEW;
"""


class Undertaking(models.Model):
    """One person accepted one version of the wording in one room; the digest says which text it was, letter by letter."""

    negotiation = models.ForeignKey("trading.Negotiation", on_delete=models.PROTECT, related_name="undertakings")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)  # SHA-256 of the wording in both languages
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "user", "version"], name="undertaking_once"),
        ]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=_KEPT)]

    def __str__(self) -> str:
        return f"{self.negotiation_id} {self.user_id} {self.version}"


class FileOpening(models.Model):
    """A confidential attachment was opened: written before its bytes leave."""

    file = models.ForeignKey("trading.MessageFile", on_delete=models.PROTECT, related_name="openings")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        triggers = [
            pgtrigger.Protect(name="keep_rows", operation=_KEPT),
            pgtrigger.Trigger(
                name="opened_by_right", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_OPENED_BY_RIGHT
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.user_id} {self.opened_at:%F %T}"
