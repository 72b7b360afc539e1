"""The readings of what is in force on a day, by province and kind, and how the index has moved. Read next: parity_shown.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from platform_site.regions.facts import CODES

from .models import PolicyVersion
from .parity import Clause, Reading, reading
from .policy_queries import in_force
from .states import PolicyState

CHANGES_SHOWN = 24  # days on which something began or ended


@dataclass(frozen=True)
class Read:
    version: PolicyVersion
    reading: Reading


@dataclass(frozen=True)
class Counted:
    """Of a province, of a kind in it, or of all."""

    deals: int
    alike: int

    @property
    def index(self) -> float | None:
        """The share of deals in which all six fare alike, 0 to 1; None where no deal is supported at all."""
        return round(self.alike / self.deals, 4) if self.deals else None


def read_on(day: date) -> list[Read]:
    """What is in force on a day, in code order: one query; each version is reckoned once."""
    return [Read(one, _reading(one)) for one in in_force(day)]


def _reading(version: PolicyVersion) -> Reading:
    return reading(version.criteria, version.formula, version.cap_cny, version.policy.province_id, version.starts_on)


def counted(read: Iterable[Read]) -> Counted:
    some = list(read)
    return Counted(sum(one.reading.deals for one in some), sum(one.reading.alike for one in some))


def by_province(read: Iterable[Read]) -> dict[str, list[Read]]:
    found: dict[str, list[Read]] = {code: [] for code in CODES}
    for one in read:
        found[one.version.policy.province_id].append(one)
    return found


def clauses(read: Iterable[Read]) -> list[tuple[PolicyVersion, Clause]]:
    """Every clause that treats the six differently, in code order."""
    return [(one.version, clause) for one in read for clause in one.reading.clauses]


def history(until: date) -> list[tuple[date, dict[str, Counted]]]:
    """The days on which a policy began or ended, latest first, with the index of each province from that day on: one query."""
    rows = PolicyVersion.objects.exclude(state=PolicyState.DRAFT).filter(starts_on__lte=until)
    versions = list(rows.select_related("policy"))
    days = {one.starts_on for one in versions} | {
        one.ends_on for one in versions if one.ends_on and one.ends_on <= until
    }
    found: list[tuple[date, dict[str, Counted]]] = []
    for day in sorted(days, reverse=True)[:CHANGES_SHOWN]:
        held = [
            Read(one, _reading(one))
            for one in versions
            if one.starts_on <= day and (one.ends_on is None or one.ends_on > day)
        ]
        found.append((day, {code: counted(some) for code, some in by_province(held).items()}))
    return found


def as_data(day: date) -> dict[str, Any]:
    """For other programs: design.md 4, `/policies/parity/?format=json`."""
    read = read_on(day)
    provinces = {}
    for code, some in by_province(read).items():
        whole = counted(some)
        provinces[code] = {
            "deals": whole.deals, "alike": whole.alike, "index": whole.index,
            "clauses": [clause_data(version, clause) for version, clause in clauses(some)],
            "kinds": {kind: {"deals": one.deals, "alike": one.alike, "index": one.index} for kind, one in by_kind(some).items()},
        }  # fmt: skip
    return {"as_of": day.isoformat(), "provinces": provinces}


def by_kind(read: Iterable[Read]) -> dict[str, Counted]:
    kinds: dict[str, list[Read]] = {}
    for one in read:
        kinds.setdefault(one.version.policy.kind, []).append(one)
    return {kind: counted(some) for kind, some in sorted(kinds.items())}


def clause_data(version: PolicyVersion, clause: Clause) -> dict[str, Any]:
    return {
        "policy": version.policy_id, "version": version.number, "kind": version.policy.kind, "title_zh": version.title_zh,
        "title_en": version.title_en, "clause": clause.leaf.get("clause", ""), "fact": clause.leaf["fact"],
        "places": clause.leaf.get("value"), "favoured": list(clause.favoured), "url": version.get_absolute_url(),
    }  # fmt: skip
