"""Sealing audit rows into a hash chain, and finding any altered or missing one. Read next: management/commands/verify_audit.py.

A row is written unchained in its own transaction and linked afterwards by one sealer, so writers never wait for one
another. The head of the chain is also kept outside the database (ANCHOR_DIR): cutting off the newest links shows too.
"""

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from .models import AuditSeal

SEALER_LOCK = 7_040_002
START = "0" * 64
# One text per row in which every column has its place, whatever it holds; jsonb and the UTC epoch are the same on every server.
ENTRY_TEXT = """jsonb_build_array(e.id, extract(epoch from e.at), e.actor_id, e.verb, e.target_type, e.target_id,
                e.province_code, e.data)::text"""
HEAD = re.compile(r"(\d+) ([0-9a-f]{64})")


@dataclass(frozen=True)
class Report:
    """What a verification found: `faults` is empty when the chain is whole."""

    checked: int
    unsealed: int
    faults: list[str]


def digest_of(previous: str, position: int, entry_text: str) -> str:
    return hashlib.sha256(f"{previous}\x1f{position}\x1f{entry_text}".encode()).hexdigest()


def seal(limit: int = 5_000) -> int:
    """Link committed rows that have no seal yet, oldest first; return how many. Only one sealer works at a time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SELECT position, digest FROM audit_auditseal ORDER BY position DESC LIMIT 1")
        position, previous = cursor.fetchone() or (0, START)
        cursor.execute(
            f"SELECT e.id, {ENTRY_TEXT} FROM audit_auditentry e LEFT JOIN audit_auditseal s ON s.entry_id = e.id "
            "WHERE s.entry_id IS NULL ORDER BY e.id LIMIT %s",
            [limit],
        )
        seals = []
        for entry_id, text in cursor.fetchall():
            position += 1
            digest = digest_of(previous, position, text)
            seals.append(AuditSeal(position=position, entry_id=entry_id, previous=previous, digest=digest))
            previous = digest
        AuditSeal.objects.bulk_create(seals)
        if seals:
            transaction.on_commit(lambda: _anchor(position, previous))
    return len(seals)


def verify() -> Report:
    """Walk the whole chain; name every altered row, altered link, gap and missing tail."""
    faults: list[str] = []
    position, previous, checked = 0, START, 0
    anchors = _anchors()
    for row_position, entry_id, row_previous, row_digest, text in _links():
        position += 1
        checked += 1
        if row_position != position:
            faults.append(f"link {position}..{row_position - 1} is missing")
            position = row_position
        if text is None:
            faults.append(f"link {position}: entry {entry_id} is missing")
        elif row_previous != previous or digest_of(previous, position, text) != row_digest:
            faults.append(f"link {position}: entry {entry_id} or its seal was altered")
        if anchors.pop(position, {row_digest}) != {row_digest}:
            faults.append(f"link {position} differs from the head kept outside the database")
        previous = row_digest
    faults += [f"link {lost} is missing: the head kept outside the database knows it" for lost in sorted(anchors)]
    return Report(checked=checked, unsealed=_unsealed(), faults=faults)


def _links() -> Iterator[tuple[int, int, str, str, str | None]]:
    query = (
        f"SELECT s.position, s.entry_id, s.previous, s.digest, CASE WHEN e.id IS NULL THEN NULL ELSE {ENTRY_TEXT} END "
        "FROM audit_auditseal s LEFT JOIN audit_auditentry e ON e.id = s.entry_id ORDER BY s.position"
    )
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(query, None)
        while rows := cursor.fetchmany(2_000):
            yield from rows


def _unsealed() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_auditentry e LEFT JOIN audit_auditseal s ON s.entry_id = e.id "
            "WHERE s.entry_id IS NULL"
        )
        return int(cursor.fetchone()[0])


def _anchor_file() -> Path:
    return Path(settings.ANCHOR_DIR) / f"{connection.settings_dict['NAME']}.heads"


def _anchor(position: int, digest: str) -> None:
    """Each head begins a line, so that one cut short by a crash spoils no other."""
    path = _anchor_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(f"\n{position} {digest}")
        file.flush()
        os.fsync(file.fileno())


def _anchors() -> dict[int, set[str]]:
    """Every head ever kept, by its place: two for one place mean that the chain was cut off and grown again."""
    heads: dict[int, set[str]] = defaultdict(set)
    if _anchor_file().exists():
        for line in _anchor_file().read_text(encoding="ascii").splitlines():
            if head := HEAD.fullmatch(line):
                heads[int(head[1])].add(head[2])
    return heads
