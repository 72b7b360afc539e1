"""The lights of a work plan: a pure rule from dates and verified reports, printed beside every light. Read next: progress_queries.py.

Done with a verified report of completion; green on time; yellow at risk or up to 30 days late; red later than that; grey
where there is nothing to do or the plan is not in force (domain.md 9: the words are the field's, the thresholds ours).
A light never depends on something typed.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

DONE, GREEN, YELLOW, RED, GREY = STATES = ("done", "green", "yellow", "red", "grey")
AT_RISK_DAYS = 30  # before the due day, without a verified report
LATE_DAYS = 30  # after it, until yellow becomes red
SOON_DAYS = 21  # what the list of things due shows

RULE: dict[str, str | Promise] = {
    DONE: gettext_lazy("完成报告经其他单位核验通过（销号）。"),
    GREEN: gettext_lazy("距到期日超过 30 天，或者到期日以前已有核验通过的进展报告。"),
    YELLOW: gettext_lazy("30 天内到期而尚无核验通过的报告，或者逾期不超过 30 天。"),
    RED: gettext_lazy("超过到期日 30 天仍未核验完成。"),
    GREY: gettext_lazy("本单位没有分工，或者计划尚未施行。"),
}


@dataclass(frozen=True)
class Facts:
    """What a light stands on; days are days in China, counted from the records."""

    in_force: bool  # the plan
    has_duty: bool  # the unit, in the version in force
    due_on: date
    done_on: date | None = None  # a report of completion was verified
    reported_on: date | None = None  # the last interim report that was verified
    waiting_since: date | None = None  # a report was handed in and nobody has decided on it


@dataclass(frozen=True)
class Light:
    """`late`: days after the due day, 0 while it is not over; `left`: days until it, negative once it is over."""

    state: str
    left: int

    @property
    def late(self) -> int:
        return max(0, -self.left)

    @property
    def is_open(self) -> bool:
        """Something is still to be done."""
        return self.state in (GREEN, YELLOW, RED)


def light(facts: Facts, today: date) -> Light:
    """The light of one duty on one day."""
    left = (facts.due_on - today).days
    return Light(_state(facts, left), left)


def _state(facts: Facts, left: int) -> str:
    if not facts.in_force or not facts.has_duty:
        return GREY
    if facts.done_on is not None:
        return DONE
    if left < -LATE_DAYS:
        return RED
    if left < 0:
        return YELLOW
    return YELLOW if left <= AT_RISK_DAYS and facts.reported_on is None else GREEN


def word(shown: Light) -> str:
    """What stands under the lamp: how late, or nothing where the lamp's own word will do."""
    if shown.state in (YELLOW, RED) and shown.late:
        return ngettext("逾期 %(days)d 天", "逾期 %(days)d 天", shown.late) % {"days": shown.late}
    return ""


def grounds(facts: Facts, shown: Light) -> str:
    """The numbers that a light stands on, as a sentence."""
    if shown.state == GREY:
        return _("本单位没有分工。") if not facts.has_duty else _("计划尚未施行。")
    if facts.done_on is not None:
        return _("%(day)s 核验通过，已销号。") % {"day": facts.done_on.isoformat()}
    when = word(shown) if shown.late else _days_left(shown.left)
    if facts.waiting_since is not None:
        report = _("%(day)s 提交的报告待核验") % {"day": facts.waiting_since.isoformat()}
    elif facts.reported_on is not None:
        report = _("%(day)s 有核验通过的进展报告") % {"day": facts.reported_on.isoformat()}
    else:
        report = _("尚无通过的佐证")
    return _("%(when)s，%(report)s。") % {"when": when, "report": report}


def _days_left(left: int) -> str:
    if left == 0:
        return _("今天到期")
    return ngettext("距到期 %(days)d 天", "距到期 %(days)d 天", left) % {"days": left}


def is_soon(shown: Light) -> bool:
    """Open, and overdue or due within three weeks."""
    return shown.is_open and shown.left <= SOON_DAYS
