"""A reminder as a letter (催办函): to whom, what is late, until when an answer is asked for. Read next: views/progress.py."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from platform_site import clock
from platform_site.regions.names import province_name

from . import lights
from .lights import Light
from .models import RemindedDuty, Reminder, TaskText

ANSWER_DAYS = 10  # calendar days


def letter(reminder: Reminder, duties: Sequence[RemindedDuty], texts: Mapping[int, TaskText]) -> dict[str, Any]:
    """By unit, in code order; each duty as late as it was on the day of the letter."""
    day = clock.day_of(reminder.made_at)
    ordered = sorted(duties, key=lambda one: (one.province_id, one.due_on))
    units = [
        {"office": province.office, "name": province_name(province.code), "rows": [_row(one, texts) for one in found]}
        for province, found in groupby(ordered, lambda one: one.province)
    ]
    return {
        "reminder": reminder, "plan": reminder.plan, "units": units, "day": day, "count": len(duties),
        "answer_by": day + timedelta(days=ANSWER_DAYS), "number": document_number(reminder),
    }  # fmt: skip


def _row(one: RemindedDuty, texts: Mapping[int, TaskText]) -> dict[str, Any]:
    text = texts.get(one.task_id)
    return {
        "number": text.number if text else "", "title": str(text) if text else "", "due": one.due_on, "state": one.light,
        "word": lights.word(Light(one.light, (one.due_on - one.told_on).days)), "task": one.task_id,
    }  # fmt: skip


def document_number(reminder: Reminder) -> str:
    return f"领导小组办公室催办〔{reminder.plan.year}〕{reminder.serial}号"
