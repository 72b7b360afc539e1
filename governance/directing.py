"""Who directs: a pure rule over the order, the served terms and the seats that are held. Read next: queries.py."""

from collections.abc import Collection, Mapping, Sequence

from platform_site.regions.rotation import province_of_year

LATEST_YEAR = 2107  # the calendar is shown for a hundred years


def province_by_rule(year: int, orders: Sequence[tuple[int, Sequence[str]]], exceptions: Mapping[int, str]) -> str:
    """GB/T 2260 code of the province whose turn `year` is, by the order in force then and the exceptions by resolution.

    `orders` are (first year, order), ascending. ValueError before the first of them.
    """
    first_year, order = next((entry for entry in reversed(orders) if entry[0] <= year), orders[0])
    return province_of_year(year, first_year=first_year, order=order, exceptions=exceptions)


def acting_seat(order: Sequence[str], director: str, held: Collection[str]) -> str | None:
    """The seat that directs: the director's own, or while nobody holds it the next in the order that is held; None if none is."""
    place = order.index(director)
    following = [*order[place:], *order[:place]]
    return next((code for code in following if code in held), None)
