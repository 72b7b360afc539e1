"""Whose year it is: a pure rule over the agreement's order, its first year and recorded exceptions. Read next: facts.py."""

from collections.abc import Mapping, Sequence

from .facts import ROTATION_ORDER


def province_of_year(
    year: int,
    *,
    first_year: int = 2007,
    order: Sequence[str] = ROTATION_ORDER,
    exceptions: Mapping[int, str] | None = None,
) -> str:
    """GB/T 2260 code of the province whose turn `year` is; ValueError before the first year (agreement of 5 July 2007)."""
    if year < first_year:
        raise ValueError(f"the rotation begins in {first_year}")
    return (exceptions or {}).get(year) or order[(year - first_year) % len(order)]
