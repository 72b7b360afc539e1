"""A paper of the group as data: headings, sentences, tables; drawn as a page, PDF, DOCX or XLSX. Read next: quarter_paper.py.

What is drawn is the same everywhere, so a number in a file is the number on the page. No query here.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.cache import caches
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from platform_site.files import typeset
from platform_site.ui.formats import reads_chinese

FORMATS = ("pdf", "docx", "xlsx")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT_SECONDS = 3600  # a PDF of the same content is not typeset again
ISSUER_ZH, ISSUER_EN = "中部六省专利技术转化服务平台领导小组办公室", "General Office of the Leading Group"


@dataclass(frozen=True)
class Cell:
    """What stands in a table: words; a number for workbooks; an address for the page."""

    text: str
    value: Decimal | int | None = None
    href: str = ""
    light: str = ""


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, or a table with a head."""

    kind: str  # heading, text, table
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    wide: int = 0  # which column is the wide one


@dataclass(frozen=True)
class Paper:
    title: str
    number: str  # 文号
    day: date
    name: str  # of the file, without its ending
    blocks: tuple[Block, ...]
    banner: str = ""  # of the demonstration
    issuer: str = field(default="")

    @property
    def digest(self) -> str:
        """SHA-256 of all that it says."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def issuer() -> str:
    return ISSUER_ZH if reads_chinese() else ISSUER_EN


def heading(text: str) -> Block:
    return Block("heading", text)


def text(words: str) -> Block:
    return Block("text", words)


def table(head: list[str], rows: list[list[Cell]], *, wide: int = 0) -> Block:
    return Block("table", head=tuple(head), rows=tuple(tuple(row) for row in rows), wide=wide)


def pdf(paper: Paper) -> bytes:
    """As PDF/A; what was typeset within the hour is taken from the cache."""
    key = f"paper-{paper.digest}"
    made: bytes | None = caches["pages"].get(key)
    if made is None:
        made = typeset.pdf("report.typ", _data(paper))
        caches["pages"].set(key, made, KEPT_SECONDS)
    return made


def _data(paper: Paper) -> dict[str, Any]:
    return {
        "maker": paper.issuer, "made": [paper.day.year, paper.day.month, paper.day.day],
        "banner": {"zh": paper.banner, "en": ""} if paper.banner else None, "mark": None,
        "title": {"zh": paper.title, "en": ""}, "heading": paper.issuer, "number": paper.number,
        "short": paper.digest[:12], "issuer": paper.issuer, "day": paper.day.isoformat(),
        "blocks": [
            {
                "kind": block.kind, "text": block.text, "head": list(block.head), "wide": block.wide,
                "rows": [[cell.text for cell in row] for row in block.rows],
            }
            for block in paper.blocks
        ],
    }  # fmt: skip


def answer(paper: Paper, content: bytes, ending: str) -> HttpResponse:
    """The file, to be kept under its name."""
    kind = {"pdf": typeset.PDF, "docx": DOCX, "xlsx": XLSX}[ending]
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, f"{paper.name}.{ending}")
    response["Cache-Control"] = "private, max-age=60"
    return response
