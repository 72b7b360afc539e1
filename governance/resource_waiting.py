"""Visits and stationings that wait for somebody, for the desk: one query each. Read next: visit_queries.py."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from platform_site.accounts.models import User

from .models import FacilityManager, Stationing, Visit
from .states import StationingState, VisitState


def _kept(user: User, codes: Sequence[str]) -> Q:
    """At a facility of these provinces, or one that the user manages."""
    mine = FacilityManager.objects.filter(user=user.pk, ended_at=None).values("facility")
    return Q(facility__province__in=list(codes)) | Q(facility__in=mine)


def visits_waiting(user: User, codes: Sequence[str], now: datetime, most: int) -> list[Visit]:
    """To confirm or to mark, of what is kept; one's own that wait for an answer of either side."""
    own = Q(visitor=user.pk) | Q(booked_by=user.pk)
    ahead = Q(starts_at__gt=now)
    asked = Q(state=VisitState.REQUESTED) & ahead
    begun = Q(state=VisitState.CONFIRMED, starts_at__lte=now)
    rows = Visit.objects.filter(
        own & ahead & Q(state__in=[VisitState.REQUESTED, VisitState.COUNTERED])
        | _kept(user, codes) & ~own & (asked | begun)
    )
    return list(rows.select_related("facility", "visitor").order_by("starts_at", "id")[:most])


def stays_waiting(user: User, codes: Sequence[str], today: date, most: int) -> list[Stationing]:
    """To decide, to sign, or to end because the period is over."""
    over = Q(state=StationingState.STATIONED, ends_on__lte=today)
    open_ = Q(state__in=[StationingState.SUBMITTED, StationingState.ACCEPTED]) | over
    rows = Stationing.objects.filter(open_ & (Q(applicant=user.pk) | _kept(user, codes)))
    return list(rows.select_related("facility", "applicant", "listing").order_by("due_on", "id")[:most])
