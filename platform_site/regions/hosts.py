"""Whose turn a year is, for those who may not know the Leading Group: it tells, they ask. Read next: rotation.py.

The pure rule holds until somebody tells better: the group, whose resolutions except single years, does so at start
(docs/decisions/0023-expo-host.md).
"""

from collections.abc import Callable

from .rotation import province_of_year

_readers: list[Callable[[int], str]] = [province_of_year]


def told_by(reader: Callable[[int], str]) -> None:
    """From now on `reader` answers; it raises ValueError for a year before the first."""
    _readers[:] = [reader]


def host_of_year(year: int) -> str:
    """GB/T 2260 code of the province whose turn `year` is, by order and resolution; ValueError before the first year."""
    return _readers[0](year)
