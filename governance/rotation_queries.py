"""Reads over the rotation for its page and its files: years with their exceptions, terms served, handovers. Read next: rotation_page.py."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from platform_site import clock

from . import queries
from .directing import Calendar, acting_seat
from .models import (
    DirectorTerm,
    Handover,
    HandoverSignature,
    LeadingGroup,
    RotationException,
    RotationRule,
    SeatHolder,
)
from .states import HandoverSide


def lock_group() -> LeadingGroup:
    """The group's one row: two first terms wait for each other."""
    return LeadingGroup.objects.select_for_update(no_key=True).get()


def has_terms() -> bool:
    return DirectorTerm.objects.exists()


def settled_until() -> int:
    """The last year whose turn stands: this year, the last one with a term, or one whose incoming director has signed."""
    last = DirectorTerm.objects.order_by("-year").values_list("year", flat=True).first() or 0
    signed = HandoverSignature.objects.filter(side=HandoverSide.INCOMING).order_by("-handover__outgoing__year")
    year = signed.values_list("handover__outgoing__year", flat=True).first()
    return max(clock.today().year, last, year + 1 if year is not None else 0)


def rules_with_resolutions() -> list[RotationRule]:
    """Every order with the resolution behind it, ascending."""
    return list(RotationRule.objects.select_related("resolution"))


def terms() -> dict[int, DirectorTerm]:
    """Year -> the term that was, is or will be served, with the handover that began it."""
    return {term.year: term for term in DirectorTerm.objects.select_related("seat__province", "takeover")}


def last_term() -> DirectorTerm | None:
    """The one without an end, which runs or begins with the next year."""
    return DirectorTerm.objects.filter(ends_at=None).select_related("seat__province").first()


def term_told(pk: int) -> DirectorTerm:
    return DirectorTerm.objects.select_related("seat__province").get(pk=pk)


def handover_under_way() -> Handover | None:
    """The one that is not signed by both."""
    return Handover.objects.filter(incoming=None).select_related("outgoing__seat__province").first()


@dataclass(frozen=True)
class Standing:
    """Who directs at an instant, and by which calendar: what every public page of the group begins with, in four queries."""

    moment: datetime
    rules: list[RotationRule]
    exceptions: dict[int, RotationException]
    term: DirectorTerm | None
    held: dict[str, SeatHolder]

    @property
    def today(self) -> date:
        return clock.day_of(self.moment)

    @property
    def calendar(self) -> Calendar:
        orders = [(rule.first_year, rule.order) for rule in self.rules] or queries.orders()
        return Calendar(orders, {year: row.province_id for year, row in self.exceptions.items()})

    @property
    def directs(self) -> str | None:
        """Code of the seat that directs; None before the first term, or while no seat of the six is held."""
        if self.term is None:
            return None
        return acting_seat(self.calendar.order_of(self.term.year), self.term.seat_id, self.held)

    @property
    def is_acting(self) -> bool:
        return self.term is not None and self.directs not in (None, self.term.seat_id)

    @property
    def year(self) -> int:
        """Of the running term; of the calendar where none runs."""
        return self.term.year if self.term else self.today.year


def standing() -> Standing:
    moment = clock.database_now()
    rows = DirectorTerm.objects.filter(Q(ends_at=None) | Q(ends_at__gt=moment), begins_at__lte=moment)
    return Standing(
        moment=moment,
        rules=rules_with_resolutions(),
        exceptions=queries.exceptions(),
        term=rows.select_related("seat__province").first(),
        held=queries.holders_on(clock.day_of(moment)),
    )


def holders_ever() -> dict[str, list[SeatHolder]]:
    """Seat code -> all its holders, the latest first."""
    found: dict[str, list[SeatHolder]] = {}
    for row in SeatHolder.objects.order_by("seat", "-starts_on", "-id"):
        found.setdefault(row.seat_id, []).append(row)
    return found
