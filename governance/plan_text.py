"""The text of one version of a plan as plain values, its canonical form and digest. Pure. Read next: plan_checks.py, plan_changes.py."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

PREFACE = ("thought_zh", "thought_en", "safeguards_zh", "safeguards_en")
REASON = ("because_zh", "because_en")
SECTION = ("title_zh", "title_en")
# domain.md 9: 任务、措施、指标、成果形式、时限、经费; the units stand in the duties.
TASK = (
    "title_zh", "title_en", "measures_zh", "measures_en", "target_zh", "target_en", "output_zh", "output_en", "due_on",
    "budget_cny",
)  # fmt: skip
LEAD, SUPPORT = "lead", "support"


@dataclass(frozen=True)
class Assignment:
    """What one province does in a task; `role` is lead or support."""

    province: str  # GB/T 2260
    role: str
    what_zh: str = ""
    what_en: str = ""


@dataclass(frozen=True)
class TaskLine:
    """One numbered task. `task` and `text` are keys: of the task as such, and of what this version says of it."""

    task: int
    text: int
    number: str  # 2.3
    title_zh: str
    title_en: str = ""
    measures_zh: str = ""
    measures_en: str = ""
    target_zh: str = ""
    target_en: str = ""
    output_zh: str = ""
    output_en: str = ""
    due_on: date | None = None
    budget_cny: Decimal | None = None  # CNY yuan
    duties: tuple[Assignment, ...] = ()
    carried_from: int | None = None  # the year it comes from
    carried_because: str = ""
    revision: int = 0

    @property
    def lead(self) -> Assignment | None:
        return next((duty for duty in self.duties if duty.role == LEAD), None)

    @property
    def supporting(self) -> tuple[Assignment, ...]:
        return tuple(duty for duty in self.duties if duty.role == SUPPORT)

    @property
    def units(self) -> tuple[str, ...]:
        """Codes of those responsible, the lead first."""
        return tuple(duty.province for duty in sorted(self.duties, key=lambda duty: (duty.role != LEAD, duty.province)))


@dataclass(frozen=True)
class Chapter:
    section: int  # its key
    place: int
    title_zh: str
    title_en: str = ""
    tasks: tuple[TaskLine, ...] = ()
    revision: int = 0


@dataclass(frozen=True)
class Document:
    """Everything that one version says."""

    year: int
    version: int
    thought_zh: str = ""
    thought_en: str = ""
    safeguards_zh: str = ""
    safeguards_en: str = ""
    because_zh: str = ""
    because_en: str = ""
    chapters: tuple[Chapter, ...] = ()

    @property
    def tasks(self) -> Iterator[TaskLine]:
        return (task for chapter in self.chapters for task in chapter.tasks)


def canonical(document: Document) -> str:
    """The text as JSON with sorted keys and no blanks: the same text is the same string, on every machine.

    Keys of rows other than the task's own are left out, and so are the counters of edits.
    """
    data = asdict(document)
    for chapter in data["chapters"]:
        del chapter["section"], chapter["revision"]
        for task in chapter["tasks"]:
            del task["text"], task["revision"]
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def digest(document: Document) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value:.2f}"
