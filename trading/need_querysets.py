"""Chainable filters over needs; the model attaches them as its manager. Read next: need_queries.py."""

from typing import Any

from django.db import models
from django.db.models import Q

from platform_site import clock

from .states import NEED_PUBLIC, NeedState


class NeedQuerySet(models.QuerySet[Any]):
    def is_open(self) -> "NeedQuerySet":
        """Published and not past its last day: what is listed, matched and proposed to."""
        return self.filter(state=NeedState.PUBLISHED, deadline__gte=clock.today())

    def owned_by(self, user: Any) -> "NeedQuerySet":
        return self.filter(owner=user) if user.is_authenticated else self.none()

    def visible_to(self, user: Any, reviewing: tuple[str, ...] = ()) -> "NeedQuerySet":
        """Public ones, the reader's own, and what lies with an office of the reader's provinces (`reviewing`: codes)."""
        if not user.is_authenticated:
            return self.filter(state__in=NEED_PUBLIC)
        with_office = [NeedState.SUBMITTED, NeedState.CHANGES_REQUESTED, NeedState.REJECTED]
        seen = Q(state__in=NEED_PUBLIC) | Q(owner=user)
        return self.filter(seen | Q(province__in=reviewing, state__in=with_office))
