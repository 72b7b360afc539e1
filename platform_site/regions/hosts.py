"""Whose turn a year is, for those who may not know the Leading Group: it tells, they ask. Read next: rotation.py.

The pure rule holds until somebody tells better: the group, whose resolutions except single years, does so at start
(docs/decisions/0023-expo-host.md).
"""

from collections.abc import Callable, Iterable

from .rotation import province_of_year

Reader = Callable[[], Callable[[int], str]]  # reads the calendar once, and answers by it for any year
_readers: list[Reader] = [lambda: province_of_year]


def told_by(reader: Reader) -> None:
    """From now on `reader` answers; what it answers raises ValueError for a year before the first."""
    _readers[:] = [reader]


def host_of_year(year: int) -> str:
    """GB/T 2260 code of the province whose turn `year` is, by order and resolution; ValueError before the first year."""
    return _readers[0]()(year)


def hosts_of_years(years: Iterable[int]) -> dict[int, str]:
    """The same for several years, by one reading of the calendar."""
    host = _readers[0]()
    return {year: host(year) for year in years}
