"""How a plan is said on a page: units, labels of its fields, values in the reader's language. Read next: plan_changes.py."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platform_site.regions.facts import BY_CODE
from platform_site.regions.names import province_name
from platform_site.ui.formats import cny, date_official, listed, reads_chinese

from .plan_text import LEAD, Assignment, TaskLine

DOCUMENT_NUMBER = "中部六省专利工作〔{year}〕{serial}号"
LABELS: dict[str, str | Promise] = {
    "thought_zh": gettext_lazy("指导思想和目标"),
    "thought_en": gettext_lazy("指导思想和目标（英文）"),
    "safeguards_zh": gettext_lazy("保障措施"),
    "safeguards_en": gettext_lazy("保障措施（英文）"),
    "because_zh": gettext_lazy("修订理由"),
    "because_en": gettext_lazy("修订理由（英文）"),
    "title_zh": gettext_lazy("任务"),
    "title_en": gettext_lazy("任务（英文）"),
    "measures_zh": gettext_lazy("措施"),
    "measures_en": gettext_lazy("措施（英文）"),
    "target_zh": gettext_lazy("指标"),
    "target_en": gettext_lazy("指标（英文）"),
    "output_zh": gettext_lazy("成果形式"),
    "output_en": gettext_lazy("成果形式（英文）"),
    "due_on": gettext_lazy("时限"),
    "budget_cny": gettext_lazy("经费（元）"),
}


def said(chinese: str, english: str) -> str:
    """In the language of the page; Chinese where there is no English."""
    return chinese if reads_chinese() or not english else english


def unit(code: str) -> str:
    """The office of a province."""
    fact = BY_CODE[code]
    return fact.office_zh if reads_chinese() else fact.office_en


def units(codes: Iterable[str]) -> str:
    return listed(province_name(code) for code in codes)


def responsible(task: TaskLine) -> str:
    """（湖北、湖南负责）, the lead first; empty while nobody is named."""
    return _("（%(units)s负责）") % {"units": units(task.units)} if task.units else ""


def duty(one: Assignment) -> str:
    what = said(one.what_zh, one.what_en)
    return f"{province_name(one.province)}{_('：')}{what}" if what else province_name(one.province)


def duties(task: TaskLine) -> str:
    """Who supports, with what each does."""
    return _("；").join(duty(one) for one in task.duties if one.role != LEAD)


def shown(value: Any) -> str:
    """A value of a field as the page writes it; nothing is empty."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return date_official(value)
    return cny(value) if isinstance(value, Decimal) else str(value)


def facts_of(task: TaskLine) -> list[tuple[str, str]]:
    """The clauses under a task, in the order of the field's own structure; what is empty is left out."""
    lead = task.lead
    rows = [
        (_("牵头单位"), unit(lead.province) if lead else ""),
        (_("牵头单位分工"), said(lead.what_zh, lead.what_en) if lead else ""),
        (_("配合单位与分工"), duties(task)),
        (_("措施"), said(task.measures_zh, task.measures_en)),
        (_("指标"), said(task.target_zh, task.target_en)),
        (_("时限"), shown(task.due_on)),
        (_("经费"), shown(task.budget_cny)),
        (_("成果形式"), said(task.output_zh, task.output_en)),
    ]
    if task.carried_from:
        words = _("%(year)d 年计划：%(reason)s") % {"year": task.carried_from, "reason": task.carried_because}
        rows.append((_("结转自"), words))
    return [(label, value) for label, value in rows if value]
