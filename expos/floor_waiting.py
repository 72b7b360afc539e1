"""What of the floor waits for somebody: for my desk. Read next: floor_queries.py."""

from collections.abc import Sequence

from django.db.models import Q

from platform_site.accounts.models import User

from .models import BoothApplication, Complaint
from .states import COMPLAINT_OPEN, ApplicationState


def applications_waiting(user: User, codes: Sequence[str], most: int) -> list[BoothApplication]:
    """To review by the offices of these provinces; one's own that are being reviewed or are to be confirmed. One query."""
    own = Q(exhibitor=user.pk, state__in=[ApplicationState.SUBMITTED, ApplicationState.ALLOTTED])
    asked = Q(delegation__province__in=list(codes), state=ApplicationState.SUBMITTED)
    rows = BoothApplication.objects.filter(own | asked).select_related("expo")
    return list(rows.order_by("confirm_by", "pk")[:most])


def complaints_waiting(user: User, codes: Sequence[str], most: int) -> list[Complaint]:
    """Open ones at the desks of these hosts; those one made or that are about one's exhibits. One query."""
    seen = Q(exhibit__expo__host__in=list(codes)) | Q(complainant=user.pk) | Q(exhibit__exhibitor=user.pk)
    rows = Complaint.objects.filter(seen, state__in=COMPLAINT_OPEN).select_related("exhibit__listing", "exhibit__expo")
    return list(rows.order_by("due_at", "pk")[:most])
