"""What a handover hands over: reckoned from the records until both have signed, then kept with its digest. Read next: actions/handovers.py.

The file is plain data: codes, titles in both languages, days; its digest is SHA-256 over its canonical text.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from platform_site import clock
from platform_site.regions.facts import CODES

from . import handover_queries as queries
from .models import Deputy, Handover
from .progress_queries import Row

File = dict[str, Any]
KINDS = ("listings", "needs", "verifications")


def contents(handover: Handover, moment: datetime, deputies: Iterable[Deputy]) -> File:
    """The file as of an instant: seven queries beside the deputies, whatever the number of rows."""
    matters = queries.open_matters()
    return {
        "year": handover.year,
        "as_of": moment.isoformat(timespec="seconds"),
        "tasks": [_task(row) for row in queries.open_tasks(handover.outgoing.year)],
        "meetings": [_matter(row) for row in matters if row["what"] == "meeting"],
        "ballots": [_matter(row) for row in matters if row["what"] == "ballot"],
        "resolutions": [_matter(row) for row in matters if row["what"] == "resolution"],
        "deputies": [
            {"seat": row.seat_id, "name": str(row.user), "until": row.ends_on.isoformat()}
            for row in deputies
            if row.ends_on is not None
        ],
        "expos": [_expo(row) for row in queries.open_expos(handover.year)],
        "reviews": _reviews(queries.overdue_reviews(clock.day_of(moment))),
    }


def digest_of(file: File) -> str:
    """SHA-256 in hexadecimal of the file's canonical text."""
    text = json.dumps(file, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _task(row: Row) -> dict[str, Any]:
    text = row.text
    due = text.due_on.isoformat() if text.due_on else None
    return {
        "number": text.number, "key": text.task_id, "title_zh": text.title_zh, "title_en": text.title_en,
        "lead": row.lead, "due": due,
    }  # fmt: skip


def _expo(row: Any) -> dict[str, Any]:
    """Where an edition stands and what waits in it: people to confirm, results that a side has not confirmed."""
    return {
        "year": row.year, "host": row.host_id, "state": str(row.state),
        "starts": row.starts_on.isoformat() if row.starts_on else None,
        "waiting_people": row.waiting_people, "waiting_results": row.waiting_results,
    }  # fmt: skip


def _matter(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "key": row["key"], "title_zh": row["zh"], "title_en": row["en"],
        "when": row["when"].isoformat(timespec="seconds"),
    }  # fmt: skip


def _reviews(found: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """All six in code order, zeros written out."""
    return {code: {kind: found.get(code, {}).get(kind, 0) for kind in KINDS} for code in CODES}
