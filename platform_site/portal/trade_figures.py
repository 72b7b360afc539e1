"""Totals of needs, contracts and conversion in the words of the statistics page. Read next: trading/statistics_queries.py."""

from typing import Any

from django.utils.translation import gettext as _

from platform_site.regions.names import province_name
from platform_site.ui.formats import cny, grouped
from trading import statistics_queries as queries
from trading.statistics_queries import LEAST, Cell


def shown() -> dict[str, Any]:
    """Rows of the tables as written; three queries."""
    found = queries.trade()
    return {
        "least": LEAST,
        "needs": [
            {
                "name": _name(row.code),
                "cells": [*(grouped(n) for n in (row.published, row.is_open)), _number(row.matched), grouped(row.met)],
            }
            for row in found.needs
        ],
        "contracts": [
            {"name": _name(row.code), "cells": [_number(row.signed), _number(row.recorded), _money(row.amount_cny)]}
            for row in found.contracts
        ],
        "conversions": [
            {
                "year": row.year, "name": _name(row.code),
                "cells": [_number(row.in_production), _money(row.output_cny), _number(row.jobs)],
            }
            for row in found.conversions
        ],
    }  # fmt: skip


def _name(code: str) -> str:
    return province_name(code) or _("六省以外")


def _number(cell: Cell) -> str:
    return f"<{LEAST}" if cell.is_few else grouped(cell.value)


def _money(cell: Cell) -> str:
    if cell.is_few:
        return f"<{LEAST}"
    return cny(cell.value) if cell.value else "0"
