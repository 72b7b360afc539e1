"""What of the annual work plans waits for a person: to answer, to publish, to comment, to table, to sign. Read next: desk.py."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance import plan_queries, plan_readers
from governance.models import AnnualWorkPlan
from governance.states import EditionState, PlanState
from platform_site.accounts.models import User
from platform_site.ui.formats import date_iso

CONSULTATION_DAYS = 5  # the shortest there is: what the face of its clock counts from


def plan_items(user: User, officer: Sequence[str], calendar: Any) -> list[Any]:
    """One query. `officer` are the provinces for which the user comments; `calendar` is that of the desk."""
    plans = plan_queries.waiting_plans(user)
    if not plans:
        return []
    reader = plan_readers.reader_from(vars(plans[0]), officer)
    return [item for plan in plans for item in _items(plan, reader, calendar)]


def _items(plan: AnnualWorkPlan, reader: plan_readers.Reader, calendar: Any) -> list[Any]:
    title = _("%(year)s 年度工作计划") % {"year": plan.year}
    found: list[Any] = []

    def add(verb: str | Promise, due: Any = None, note: str = "") -> None:
        found.append(calendar.item(verb, title, plan.get_absolute_url(), due, note, CONSULTATION_DAYS))

    runs = plan.state == PlanState.CONSULTATION and calendar.today <= plan.consultation_ends_on
    if runs and reader.voice:
        add(gettext_lazy("提意见"), plan.consultation_ends_on)
    if reader.is_office and plan.unanswered:
        words = ngettext("待答复 %(n)d 条", "待答复 %(n)d 条", plan.unanswered) % {"n": plan.unanswered}
        add(gettext_lazy("答复意见"), note=words)
    if reader.is_office and plan.state == PlanState.ADOPTED and plan.is_signed:
        add(gettext_lazy("编号发布"))
    if reader.directs and plan.state == PlanState.ADOPTED and not plan.is_signed:
        add(gettext_lazy("签署计划"))
    if reader.directs and plan.state == PlanState.CONSULTATION and not runs and not plan.unanswered:
        note = _("征求意见已于 %(day)s 结束") % {"day": date_iso(plan.consultation_ends_on)}
        add(gettext_lazy("提请会议审议"), note=note)
    if reader.directs and plan.state == PlanState.PUBLISHED and plan.working == EditionState.WORKING:
        add(gettext_lazy("提请审议修订"))
    return found
