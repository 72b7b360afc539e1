"""What one version of a plan changes in another: clause by clause, tasks added, dropped and moved. Pure. Read next: plan_words.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from platform_site.ui.diff import DiffRow

from . import plan_words as words
from .plan_text import PREFACE, SECTION, TASK, Chapter, Document, TaskLine

ADDED, DROPPED, CHANGED = "added", "dropped", "changed"


@dataclass(frozen=True)
class TaskChange:
    """One task that is not the same in both; `moved` when its chapter or its place among the others has changed."""

    kind: str
    task: int
    old: TaskLine | None
    new: TaskLine | None
    rows: tuple[DiffRow, ...] = ()
    moved: bool = False

    @property
    def line(self) -> TaskLine:
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True)
class Changes:
    preface: tuple[DiffRow, ...]
    chapters: tuple[DiffRow, ...]
    tasks: tuple[TaskChange, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.preface or self.chapters or self.tasks)


def changes(old: Document, new: Document) -> Changes:
    """From `old` to `new`: only what differs, in the order of the new text, what was dropped last."""
    pairs = _pairs(old, new)
    return Changes(
        preface=_differing(old, new, PREFACE),
        chapters=tuple(_titles(pairs)),
        tasks=tuple(_tasks(old, new, pairs)),
    )


def _differing(old: object, new: object, names: Iterable[str]) -> tuple[DiffRow, ...]:
    rows = (
        DiffRow(str(words.LABELS[name]), words.shown(getattr(old, name)), words.shown(getattr(new, name)))
        for name in names
    )
    return tuple(row for row in rows if row.changed)


# ---- chapters: their rows are new in each version, so they are known by their titles, and else by their places


def _pairs(old: Document, new: Document) -> list[tuple[Chapter | None, Chapter | None]]:
    left = {chapter.title_zh: chapter for chapter in old.chapters}
    found: dict[int, Chapter] = {
        chapter.place: left.pop(chapter.title_zh) for chapter in new.chapters if chapter.title_zh in left
    }
    by_place = {chapter.place: chapter for chapter in left.values()}
    for chapter in new.chapters:
        if chapter.place not in found and chapter.place in by_place:
            found[chapter.place] = by_place.pop(chapter.place)
    gone: list[tuple[Chapter | None, Chapter | None]] = [(chapter, None) for chapter in by_place.values()]
    return [(found.get(chapter.place), chapter) for chapter in new.chapters] + gone


def _titles(pairs: Iterable[tuple[Chapter | None, Chapter | None]]) -> Iterable[DiffRow]:
    for before, after in pairs:
        here = after or before
        assert here is not None
        for name in SECTION:
            label = _("第 %(place)d 章") if name == "title_zh" else _("第 %(place)d 章（英文）")
            row = DiffRow(label % {"place": here.place}, getattr(before, name, ""), getattr(after, name, ""))
            if row.changed:
                yield row


# ---- tasks: the same task in both versions, whatever its number


def _tasks(old: Document, new: Document, pairs: list[tuple[Chapter | None, Chapter | None]]) -> Iterable[TaskChange]:
    before, after = ({line.task: line for line in document.tasks} for document in (old, new))
    moved = _moved(old, new, pairs)
    for key, line in after.items():
        if key not in before:
            yield TaskChange(ADDED, key, None, line, _rows(None, line))
        elif (rows := _rows(before[key], line)) or key in moved:
            yield TaskChange(CHANGED, key, before[key], line, rows, key in moved)
    for key, line in before.items():
        if key not in after:
            yield TaskChange(DROPPED, key, line, None, _rows(line, None))


def _moved(old: Document, new: Document, pairs: list[tuple[Chapter | None, Chapter | None]]) -> set[int]:
    """Tasks of both that went to another chapter, or past their neighbours: a new task before them moves none."""
    home = {after.place: before.place for before, after in pairs if before and after}
    was = {line.task: chapter.place for chapter in old.chapters for line in chapter.tasks}
    now = {line.task: home.get(chapter.place, -chapter.place) for chapter in new.chapters for line in chapter.tasks}
    both = was.keys() & now.keys()
    first, second = ([line.task for line in document.tasks if line.task in both] for document in (old, new))
    kept: set[int] = set()
    for start, _other, length in SequenceMatcher(a=first, b=second, autojunk=False).get_matching_blocks():
        kept.update(first[start : start + length])
    return {key for key in both if key not in kept or was[key] != now[key]}


def _rows(old: TaskLine | None, new: TaskLine | None) -> tuple[DiffRow, ...]:
    values = [(str(words.LABELS[name]), _value(old, name), _value(new, name)) for name in TASK]
    values[2:2] = [
        (_("牵头单位"), _lead(old), _lead(new)),
        (_("配合单位与分工"), words.duties(old) if old else "", words.duties(new) if new else ""),
    ]
    rows = (DiffRow(label, before, after) for label, before, after in values)
    return tuple(row for row in rows if row.changed)


def _value(line: TaskLine | None, name: str) -> str:
    return words.shown(getattr(line, name)) if line else ""


def _lead(line: TaskLine | None) -> str:
    return words.duty(line.lead) if line and line.lead else ""
