"""What the page of one task says: its text, each unit's lamp with its grounds, the reports a reader may see. Read next: views/reports.py."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from platform_site.regions.facts import BY_CODE, CODES
from platform_site.regions.names import province_name
from platform_site.ui.formats import cny
from platform_site.ui.formats import percent as percent_of

from . import lights
from .models import Duty, PlanTask, ProgressReport, TaskText
from .plan_readers import Reader
from .plan_words import said
from .progress_queries import Row
from .states import PlanState, ReportState

TONES = {
    ReportState.SUBMITTED: "ochre", ReportState.ACCEPTED: "jade", ReportState.RETURNED: "cinn", ReportState.WITHDRAWN: "",
}  # fmt: skip


def page(task: PlanTask, row: Row | None, reader: Reader, reports: Sequence[ProgressReport]) -> dict[str, Any]:
    running = task.plan.state == PlanState.PUBLISHED
    return {
        "task": task, "plan": task.plan, "row": row, "text": row.text if row else None, "facts": _facts(row),
        "units": _units(task, row, reader, running), "rule": list(lights.RULE.items()),
        "reports": [report_row(one, reader, running) for one in reports], "is_inside": reader.reads_evidence,
        "is_staff": reader.is_office, "share": percent_of(row.share, 0) if row else "",
        "can_remind": reader.is_office and running and row is not None and _is_late(row),
    }  # fmt: skip


def _is_late(row: Row) -> bool:
    return any(cell.light.is_open and cell.light.late for cell in row.cells.values())


def _facts(row: Row | None) -> list[tuple[str, Any]]:
    """The text in force (任务、措施、指标、时限、经费、成果形式)."""
    if row is None:
        return []
    text = row.text
    rows = [
        (_("所属部分"), str(text.section)), (_("牵头单位"), province_name(row.lead) or "—"),
        (_("工作措施"), said(text.measures_zh, text.measures_en)), (_("任务指标"), said(text.target_zh, text.target_en)),
        (_("成果形式"), said(text.output_zh, text.output_en)), (_("完成时限"), text.due_on.isoformat() if text.due_on else _("年底")),
        (_("经费"), cny(text.budget_cny) if text.budget_cny is not None else ""),
    ]  # fmt: skip
    return [(name, value) for name, value in rows if value]


def _units(task: PlanTask, row: Row | None, reader: Reader, running: bool) -> list[dict[str, Any]]:
    """Six lines, in code order: lamp, what the unit has to do, the numbers under the lamp."""
    return [_unit(task, row, code, reader, running) for code in CODES] if row else []


def _unit(task: PlanTask, row: Row, code: str, reader: Reader, running: bool) -> dict[str, Any]:
    cell = row.cells.get(code)
    base = {"code": code, "name": province_name(code), "short": BY_CODE[code].short}
    if cell is None:
        return {**base, "state": lights.GREY, "word": "", "grounds": _("本单位没有分工。"), "role": "", "what": ""}
    mine = running and code in reader.reports and cell.light.is_open and cell.facts.waiting_since is None
    return {
        **base, "state": cell.light.state, "word": lights.word(cell.light), "role": cell.duty.get_role_display(),
        "grounds": lights.grounds(cell.facts, cell.light), "what": said(cell.duty.what_zh, cell.duty.what_en),
        "report_url": reverse("governance:report_make", args=[task.pk, code]) if mine else "",
    }  # fmt: skip


def report_row(report: ProgressReport, reader: Reader, running: bool) -> dict[str, Any]:
    """One report; its evidence, its author and the acts on it only for whoever is inside."""
    waits = running and report.state == ReportState.SUBMITTED
    row: dict[str, Any] = {
        "pk": report.pk, "unit": report.province.name, "kind": report.get_kind_display(), "words": report.words,
        "made_at": report.made_at, "state": report.get_state_display(), "tone": TONES[ReportState(report.state)],
        "decided_at": report.decided_at, "by": verifier(report),
    }  # fmt: skip
    if reader.reads_evidence:
        row |= {
            "author": str(report.made_by), "reason": report.reason, "files": [_file(one) for one in report.files.all()],
            "can_verify": waits and reader.verifies(report), "can_withdraw": waits and report.province_id in reader.reports,
        }  # fmt: skip
    return row


def verifier(report: ProgressReport) -> str:
    """Which unit verified it or sent it back."""
    if report.state not in (ReportState.ACCEPTED, ReportState.RETURNED):
        return ""
    return report.decided_for.name if report.decided_for else _("领导小组办公室")


def _file(row: Any) -> dict[str, str]:
    size = f"{max(1, row.file.size // 1024)} KB"
    return {"name": row.file.name, "url": reverse("governance:report_file", args=[row.pk]), "meta": size}


def act(task: PlanTask, text: TaskText | None, *, title: str, submit: str, **more: Any) -> dict[str, Any]:
    """The page of one act on a task."""
    duty: Duty | None = more.get("duty")
    facts = []
    if text is not None:
        facts.append((_("任务"), f"{text.number} {text}"))
    if duty is not None:
        facts += [(_("单位"), duty.province.name), (_("分工"), duty.get_role_display())]
        if what := said(duty.what_zh, duty.what_en):
            facts.append((_("内容"), what))
    return {"task": task, "plan": task.plan, "text": text, "title": title, "submit": submit, "facts": facts, **more}
