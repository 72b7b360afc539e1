"""Equal treatment as the page shows it: clauses first, then the index in code order. No query here. Read next: views/parity.py."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui.formats import listed, percent
from platform_site.ui.languages import han_marked

from . import rule_words
from .parity_queries import Counted, Read, by_kind, by_province, clauses, counted
from .states import PolicyKind


def page(read: Sequence[Read], history: Sequence[tuple[date, dict[str, Counted]]], day: date) -> dict[str, Any]:
    kinds = [kind for kind in PolicyKind if any(one.version.policy.kind == kind for one in read)]
    return {
        "day": day, "clauses": clause_rows(read), "kinds": [str(kind.label) for kind in kinds],
        "rows": [_row(code, some, kinds) for code, some in by_province(read).items()],
        "names": [province_name(code) for code in CODES],
        "history": [
            {"day": at, "href": f"?on={at.isoformat()}", "cells": [index_words(found[code]) for code in CODES]}
            for at, found in history
        ],
        "whole": index_words(counted(read)),
    }  # fmt: skip


def clause_rows(read: Sequence[Read]) -> list[dict[str, Any]]:
    """Each clause that treats the six differently, with its words and for whom it is."""
    return [
        {
            "province": province_name(version.policy.province_id), "title": han_marked(version.title),
            "href": version.get_absolute_url(), "kind": str(PolicyKind(version.policy.kind).label),
            "clause": han_marked(str(clause.leaf.get("clause", ""))), "words": rule_words.leaf_words(clause.leaf),
            "favoured": listed(province_name(code) for code in clause.favoured) or _("六省以外"),
        }
        for version, clause in clauses(read)
    ]  # fmt: skip


def _row(code: str, some: Sequence[Read], kinds: Sequence[PolicyKind]) -> dict[str, Any]:
    found = by_kind(some)
    return {
        "name": province_name(code), "index": index_words(counted(some)), "policies": len(some),
        "clauses": sum(len(one.reading.clauses) for one in some),
        "cells": [index_words(found[kind]) if kind in found else ("—", "") for kind in kinds],
    }  # fmt: skip


def index_words(one: Counted) -> tuple[str, str]:
    """A percentage and what it is counted from; a dash where no deal is supported."""
    return (percent(one.index), f"{one.alike}/{one.deals}") if one.index is not None else ("—", "")
