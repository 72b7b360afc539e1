"""What is still wrong with the text of a plan: named one by one, with where to mend it. Pure. Read next: plan_queries.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .plan_text import Chapter, Document, TaskLine


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `stops`: the plan is not tabled with it. Where: a task, a chapter, or the preface when both are None."""

    code: str
    words: str
    stops: bool = True
    task: int | None = None
    section: int | None = None
    where: str = ""


def findings(document: Document) -> list[Finding]:
    """All findings in the order of the text, those that stop the tabling and the others."""
    found = list(_preface(document))
    for chapter in document.chapters:
        found += _chapter(chapter)
        for task in chapter.tasks:
            found += _task(task, document.year)
    return found


def stopping(document: Document) -> list[Finding]:
    return [one for one in findings(document) if one.stops]


def _preface(document: Document) -> Iterator[Finding]:
    if not document.chapters:
        yield Finding("no_chapter", _("还没有章节和任务"))
    if not document.thought_zh:
        yield Finding("no_thought", _("还没有写指导思想和目标"))
    if not document.safeguards_zh:
        yield Finding("no_safeguards", _("还没有写保障措施"))
    if (document.thought_zh and not document.thought_en) or (document.safeguards_zh and not document.safeguards_en):
        yield Finding("no_english", _("前言还缺英文"), stops=False)


def _chapter(chapter: Chapter) -> Iterator[Finding]:
    place: dict[str, Any] = {"section": chapter.section, "where": chapter.title_zh}
    if not chapter.tasks:
        yield Finding("empty_chapter", _("这一章还没有任务"), **place)
    if not chapter.title_en:
        yield Finding("no_english", _("章名还缺英文"), stops=False, **place)


def _task(task: TaskLine, year: int) -> Iterator[Finding]:
    def finding(code: str, words: str | Promise, stops: bool = True) -> Finding:
        return Finding(code, str(words), stops, task=task.task, where=f"{task.number} {task.title_zh}")

    if task.lead is None:
        yield finding("no_lead", _("没有牵头单位"))
    if any(not duty.what_zh for duty in task.supporting):
        yield finding("no_duty", _("有配合单位没有写明分工"))
    if not task.measures_zh:
        yield finding("no_measures", _("没有写措施"))
    if task.due_on is None:
        yield finding("no_due", _("没有写时限"))
    elif task.due_on.year != year:
        yield finding("due_outside", _("时限 %(day)s 不在 %(year)d 年内") % {"day": task.due_on, "year": year})
    if not task.target_zh:
        yield finding("no_target", _("没有写指标"), stops=False)
    if not task.output_zh:
        yield finding("no_output", _("没有写成果形式"), stops=False)
    if _lacks_english(task):
        yield finding("no_english", _("还缺英文"), stops=False)


def _lacks_english(task: TaskLine) -> bool:
    pairs = [
        (task.title_zh, task.title_en),
        (task.measures_zh, task.measures_en),
        (task.target_zh, task.target_en),
        (task.output_zh, task.output_en),
        *((duty.what_zh, duty.what_en) for duty in task.duties),
    ]
    return any(chinese and not english for chinese, english in pairs)
