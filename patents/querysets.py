"""Chainable filters over listings; models attach them as managers. Read next: queries.py."""

from typing import Any

from django.db import models
from django.db.models import Q

from .states import PUBLIC, ListingState


class ListingQuerySet(models.QuerySet[Any]):
    def public(self) -> "ListingQuerySet":
        """What anybody may open: on the market, or once on it."""
        return self.filter(state__in=PUBLIC)

    def on_market(self) -> "ListingQuerySet":
        return self.filter(state=ListingState.PUBLISHED)

    def owned_by(self, user: Any) -> "ListingQuerySet":
        return self.filter(owner=user) if user.is_authenticated else self.none()

    def visible_to(self, user: Any, reviewing: tuple[str, ...] = ()) -> "ListingQuerySet":
        """Public ones, the reader's own, and what lies with an office of the reader's provinces (`reviewing`: codes)."""
        if not user.is_authenticated:
            return self.public()
        return self.filter(
            Q(state__in=PUBLIC) | Q(owner=user) | (Q(province__in=reviewing) & ~Q(state=ListingState.DRAFT))
        )
