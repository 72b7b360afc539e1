"""The shipped table of real patents, and the statuses invented for them. Read next: build.py."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from platform_site.regions.workdays import add_months

TABLE = Path(settings.BASE_DIR) / "patents" / "data" / "demo_patents.tsv"
MONTHS_TO_GRANT = 30  # invented: an application of the table is taken as granted this long after filing


@dataclass(frozen=True)
class PatentFact:
    """One row of the table."""

    number: str
    kind: str
    province_code: str
    city_code: str
    title_zh: str
    title_en: str
    ipc: tuple[str, ...]
    locarno: str
    filing_date: date
    publication_date: date
    publication_number: str
    granted: bool

    @property
    def section(self) -> str:
        return self.ipc[0][0] if self.ipc else ""

    def ends_on(self) -> date:
        years = {"invention": 20, "utility_model": 10, "design": 10}[self.kind]
        return add_months(self.filing_date, 12 * years)

    def model_fields(self, *, owner: str, today: date) -> dict[str, Any]:
        """Fields of Patent; legal status, grant and annuity are invented, plainly consistent with the dates."""
        granted_on = self.publication_date if self.granted else add_months(self.filing_date, MONTHS_TO_GRANT)
        pending = not self.granted and self.filing_date.year >= 2018
        status = "expired" if self.ends_on() <= today else "pending" if pending else "in_force"
        if status == "in_force" and int(self.number[-3]) == 7:
            status = "late_fee"
        return {
            "application_number": self.number,
            "kind": self.kind,
            "title_zh": self.title_zh,
            "title_en": self.title_en,
            "ipc": list(self.ipc),
            "locarno": self.locarno,
            "applicants": owner,
            "province_code": self.province_code,
            "city_code": self.city_code,
            "filing_date": self.filing_date,
            "publication_number": self.publication_number,
            "publication_date": self.publication_date,
            "grant_date": None if pending else max(granted_on, self.publication_date),
            "legal_status": status,
            "status_as_of": today - timedelta(days=20),
            "status_source": "演示数据",
            "annuity_paid_to": None if pending else _next_anniversary(self.filing_date, today),
        }


def _next_anniversary(filing: date, today: date) -> date:
    years = today.year - filing.year
    paid_to = add_months(filing, 12 * years)
    return paid_to if paid_to > today else add_months(filing, 12 * (years + 1))


def patents() -> Iterator[PatentFact]:
    """The rows of the table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield PatentFact(
                number=row["number"],
                kind=row["kind"],
                province_code=row["province_code"],
                city_code=row["city_code"],
                title_zh=row["title_zh"],
                title_en=row["title_en"],
                ipc=tuple(symbol for symbol in row["ipc"].split(";") if symbol),
                locarno=row["locarno"],
                filing_date=date.fromisoformat(row["filing_date"]),
                publication_date=date.fromisoformat(row["publication_date"]),
                publication_number=row["publication_number"],
                granted=row["granted"] == "1",
            )


def bundles() -> Iterator[list[PatentFact]]:
    """The same patents as they are listed: neighbours of one province and one IPC class go together, three at most."""
    bundle: list[PatentFact] = []
    for fact in sorted(patents(), key=lambda fact: (fact.province_code, fact.ipc[:1] or ("~",), fact.number)):
        if bundle and (len(bundle) == 3 or not _belongs(fact, bundle[0])):
            yield bundle
            bundle = []
        bundle.append(fact)
    if bundle:
        yield bundle


def _belongs(fact: PatentFact, first: PatentFact) -> bool:
    same_class = bool(fact.ipc and first.ipc) and fact.ipc[0][:3] == first.ipc[0][:3]
    return same_class and fact.province_code == first.province_code
