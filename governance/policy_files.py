"""Policies in force as open data: JSON by pages, CSV of all. Read next: views/policies.py."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from .models import PolicyVersion

COLUMNS = (
    "id", "version", "province", "kind", "title_zh", "title_en", "starts_on", "ends_on", "cap_cny", "budget_cny", "quota",
    "stacking", "basis_zh",
)  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def as_data(version: PolicyVersion) -> dict[str, Any]:
    """One version: money as text in CNY yuan, days ISO 8601, the criteria and the formula as they are stored."""
    return {
        "id": version.policy_id, "version": version.number, "province": version.policy.province_id,
        "kind": version.policy.kind, "url": version.get_absolute_url(), "title_zh": version.title_zh,
        "title_en": version.title_en, "starts_on": version.starts_on.isoformat(),
        "ends_on": version.ends_on.isoformat() if version.ends_on else None, "criteria": version.criteria,
        "formula": version.formula, "cap_cny": _money(version.cap_cny), "budget_cny": _money(version.budget_cny),
        "quota": version.quota, "stacking": version.stacking, "documents": version.documents, "basis_zh": version.basis_zh,
    }  # fmt: skip


def _money(value: Any) -> str | None:
    return None if value is None else f"{value:.2f}"


def as_csv(versions: Iterable[PolicyVersion]) -> HttpResponse:
    """All that are found, one a row."""
    return table("policies.csv", COLUMNS, ([as_data(one)[name] for name in COLUMNS] for one in versions))


def table(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A CSV that a spreadsheet opens as text: nothing typed by anybody begins a formula there."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if one is None else f"'{one}" if str(one).startswith(_DANGEROUS) else one for one in row])
    response = HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
