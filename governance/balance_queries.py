"""Who lends and who borrows: visits and places of one year, by province, from the records in one statement; nothing is kept. Read next: views/balance.py.

Units: a visit day is one person of a visit that was used, on its day; a place day is one place for one day that has passed.
Where somebody is from is what was so when they asked; "" stands for outside the six.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection

from platform_site import clock
from platform_site.regions.facts import CODES

from .models.facility import names
from .states import STATIONING_HOLDS

OUTSIDE = ""
FIRST_YEAR = 2007
_STATEMENT = f"""
    SELECT 'visit', place.province_id, coalesce(used.from_province_id, ''), sum(used.people)
    FROM governance_visit AS used JOIN governance_facility AS place ON place.id = used.facility_id
    WHERE used.state = 'used' AND used.starts_at >= %(begin)s AND used.starts_at < %(end)s GROUP BY 2, 3
    UNION ALL
    SELECT 'stay', place.province_id, coalesce(stay.from_province_id, ''),
        sum(stay.places * (least(stay.ends_on, %(until)s) - greatest(stay.starts_on, %(first)s)))
    FROM governance_stationing AS stay JOIN governance_facility AS place ON place.id = stay.facility_id
    WHERE stay.state IN ({names(STATIONING_HOLDS)}) AND stay.signed_on IS NOT NULL
    AND stay.starts_on < %(until)s AND stay.ends_on > %(first)s GROUP BY 2, 3
    UNION ALL
    SELECT 'asked', place.province_id, coalesce(asked.from_province_id, ''), count(*)
    FROM (
        SELECT facility_id, from_province_id, made_at FROM governance_visit
        UNION ALL SELECT facility_id, from_province_id, made_at FROM governance_stationing
    ) AS asked JOIN governance_facility AS place ON place.id = asked.facility_id
    WHERE asked.made_at >= %(begin)s AND asked.made_at < %(end)s GROUP BY 2, 3
"""
Cell = tuple[str, str]  # who lends, who borrows


@dataclass(frozen=True)
class Balance:
    """Of one year; each mapping by (lender, borrower), the codes of provinces."""

    year: int
    as_of: datetime
    visits: Mapping[Cell, int]
    stays: Mapping[Cell, int]
    asked: Mapping[Cell, int]

    @staticmethod
    def lent(cells: Mapping[Cell, int], code: str) -> int:
        """To others than the province's own."""
        return sum(value for (lender, borrower), value in cells.items() if lender == code != borrower)

    @staticmethod
    def borrowed(cells: Mapping[Cell, int], code: str) -> int:
        return sum(value for (lender, borrower), value in cells.items() if borrower == code != lender)

    def applicants(self, code: str | None = None) -> tuple[int, int]:
        """Of all who asked a province's facilities (all six: None), how many were from elsewhere."""
        mine = {cell: value for cell, value in self.asked.items() if code in (None, cell[0])}
        return sum(value for cell, value in mine.items() if cell[0] != cell[1]), sum(mine.values())

    def share(self, code: str | None = None) -> Decimal | None:
        """The same as a number from 0 to 1; None where nobody asked."""
        elsewhere, whole = self.applicants(code)
        return Decimal(elsewhere) / whole if whole else None


def balance(year: int) -> Balance:
    """One statement."""
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    begin, end = (datetime(day.year, 1, 1, tzinfo=clock.SHANGHAI) for day in (first, last))
    until = min(last, clock.today() + timedelta(days=1))
    found: dict[str, dict[Cell, int]] = {"visit": {}, "stay": {}, "asked": {}}
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"begin": begin, "end": end, "first": first, "until": until})
        for what, lender, borrower, value in cursor.fetchall():
            found[what][lender, borrower] = int(value)
    return Balance(year, clock.now(), found["visit"], found["stay"], found["asked"])


def columns() -> tuple[str, ...]:
    """Who may borrow, in the order of the table."""
    return (*CODES, OUTSIDE)
