"""Chainable filters over rooms; the model attaches them as its manager. Read next: queries.py."""

from typing import Any

from django.db import models
from django.db.models import F, FilteredRelation, Q


class NegotiationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "NegotiationQuerySet":
        """Rooms that `user` is in now, with `my_side` and `my_read_at`.

        A row in Party is the only key: no permission, role or superuser flag opens a room (design.md 2).
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        mine = FilteredRelation("parties", condition=Q(parties__user=user))
        return (
            self.annotate(me=mine)
            .filter(me__user=user, me__left_at=None)
            .annotate(my_side=F("me__side"), my_read_at=F("me__read_at"))
        )
