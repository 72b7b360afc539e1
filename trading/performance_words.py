"""What is owed and what was done, in the words of the page: pure. Read next: views/performance_shown.py."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from platform_site.ui.formats import listed

from .models import PaymentMilestone
from .states import MilestoneKind


def what(milestone: PaymentMilestone) -> str:
    """The kind, and for a royalty its year; never an amount."""
    kind = str(MilestoneKind(milestone.kind).label)
    return kind if milestone.year is None else _("%(year)s 年度提成") % {"year": milestone.year}


def owed(milestones: Iterable[PaymentMilestone]) -> str:
    """Several of them in one sentence, each with its day and what it waits for."""
    return listed(
        _("%(what)s（%(day)s 到期，%(state)s）")
        % {"what": what(one), "day": one.due_on.isoformat(), "state": one.get_state_display()}
        for one in milestones
    )
