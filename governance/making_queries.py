"""Requirements of a listing or a need, and what every facility has: what making.py judges. Read next: making.py."""

from collections.abc import Iterable
from typing import Any

from patents.models import Listing, Requirement
from platform_site.ui.formats import reads_chinese
from trading.models import TechnologyNeed

from . import stationing_queries
from .facility_kinds import MAKING
from .making import Need, Offer
from .models import Facility
from .states import FacilityState


def needs_of_listing(listing: Listing) -> list[Need]:
    """What the public text says; nothing before there is one."""
    rows = Requirement.objects.filter(version=listing.public_version_id) if listing.public_version_id else ()
    return _needs(rows)


def needs_of_need(need: TechnologyNeed) -> list[Need]:
    """What its owner has written: the equipment, area, power and permits it is to be carried out with."""
    return _needs(need.conditions.all())


def _needs(rows: Iterable[Any]) -> list[Need]:
    chinese = reads_chinese()
    return [
        Need(row.kind, row.text_zh, row.amount, row.text_zh if chinese else row.text_en or row.text_zh) for row in rows
    ]


def offers() -> tuple[dict[int, Facility], list[Offer]]:
    """Every open facility where things are made, by key, and what it has today: three queries."""
    rows = Facility.objects.filter(state=FacilityState.OPEN, kind__in=MAKING).select_related("province")
    found = {one.pk: one for one in rows.prefetch_related("equipment")}
    free = stationing_queries.free_today(found.values())
    return found, [_offer(one, free[one.pk]) for one in found.values()]


def _offer(one: Facility, free: Any) -> Offer:
    return Offer(
        one.pk, one.province_id, one.name_zh, free, one.area_m2 is not None, one.power_kw is not None,
        [((row.name_zh, row.name_en), row.pieces) for row in one.equipment.all()], one.permits,
    )  # fmt: skip
