"""How the seats are called, in the language of the page, without a query. Read next: models/group.py."""

from platform_site.regions.names import province_name

from .states import SeatKind


def seat_name(code: str) -> str:
    """A province's seat by its name, the national one by what it is."""
    return province_name(code) or str(SeatKind.NATIONAL.label)
