"""How an indicator's figure is written and judged: value, target, share of the year, in words and as a bar. Read next: progress_shown.py.

Judged by a printed rule: of what grows over the year, the share of the target is held against the share of the year that
has passed; everything else against the target itself. Nothing here asks the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platform_site.ui.formats import cny, grouped

from . import lights
from .indicator_queries import ALL, Figure
from .indicators import LEAST, Indicator

BEHIND = Decimal(20)  # per cent behind what is due by now, until yellow becomes red
WIDTH = 600  # of a bar
RULE: str | Promise = gettext_lazy(
    "全年累计的指标与时序进度（目标值乘以全年已过天数所占比例）比较，其他指标与目标值比较：达到目标为完成，不落后为按期，落后不超过 20% 为预警，超过 20% 为逾期。"
)


@dataclass(frozen=True)
class Judged:
    """One figure beside its target."""

    actual: Decimal | None
    target: Decimal | None
    due: Decimal | None  # by now, of what grows over the year; else the target
    state: str  # of a light; empty where there is nothing to judge
    words: str

    @property
    def share(self) -> Decimal | None:
        """Of the target, as a number from 0."""
        return self.actual / self.target if self.actual is not None and self.target else None


def time_share(year: int, today: date) -> Decimal:
    """The share of a year that has passed, its last day included: 0 before it, 1 after it."""
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    passed = min(max((today - first).days + 1, 0), (last - first).days)
    return Decimal(passed) / (last - first).days


def judged(one: Indicator, actual: Decimal | None, target: Decimal | None, share: Decimal) -> Judged:
    """A figure against its target on a day at which `share` of the year has passed."""
    if actual is None or not target:
        words = _("未设目标值") if not target else _("暂无可公布的数值")
        return Judged(actual, target, None, "", words)
    due = target * share if one.is_flow else target
    reached = actual <= target if one.less_is_better else actual >= target
    if reached:
        return Judged(actual, target, due, lights.DONE, _("已达到目标"))
    deviation = _deviation(one, actual, due)
    state = lights.GREEN if deviation >= 0 else lights.YELLOW if deviation >= -BEHIND else lights.RED
    about = _("较时序进度 %(deviation)s") if one.is_flow else _("较目标值 %(deviation)s")
    return Judged(actual, target, due, state, about % {"deviation": signed_percent(deviation)})


def _deviation(one: Indicator, actual: Decimal, due: Decimal) -> Decimal:
    """Per cent ahead (positive) or behind of what is due; before the year begins nothing is behind."""
    if not due:
        return Decimal(0)
    ahead = due - actual if one.less_is_better else actual - due
    return (100 * ahead / due).quantize(Decimal("0.1"))


def signed_percent(value: Decimal) -> str:
    """+3.1%, −18.8% with a true minus."""
    return f"{'−' if value < 0 else '+'}{abs(value):.1f}%"


def written(one: Indicator, value: Decimal | None, *, is_few: bool = False) -> str:
    """A value as the page shows it, its unit apart; `<5` where too few contracts are counted."""
    if is_few:
        return f"<{LEAST}"
    if value is None:
        return "—"
    return (cny(value) if value else "0") if one.is_money else grouped(value)


def unit_of(one: Indicator) -> str:
    """Beside the name; money carries its own."""
    return "" if one.is_money else str(one.unit)


def number(value: Decimal | None) -> int | float | None:
    """For other programs."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


# ---- as the pages draw it


def shown(
    one: Indicator, figure: Figure, targets: Mapping[str, Decimal], share: Decimal, code: str = ALL
) -> dict[str, Any]:
    """One indicator with its bar; `code`: of one province, or of all six."""
    found = judged(one, figure.values.get(code), targets.get(code), share)
    return {
        "slug": one.slug, "name": one.name, "unit": unit_of(one),
        "actual": written(one, found.actual, is_few=code in figure.few), "target": written(one, found.target),
        "state": found.state, "words": found.words, "bar": bar(found, one), "has_target": bool(found.target),
    }  # fmt: skip


def bar(found: Judged, one: Indicator) -> dict[str, Any] | None:
    """Geometry of a bullet bar: how long, where the target and the due share lie; None without a target."""
    if not found.target:
        return None
    actual = found.actual or Decimal(0)
    whole = max(actual, found.target) * Decimal("1.08")
    css = {lights.YELLOW: "fa", lights.RED: "fr"}.get(found.state, "fg")
    return {
        "css": css, "width": round(WIDTH * actual / whole, 1), "target": round(WIDTH * found.target / whole, 1),
        "due": round(WIDTH * found.due / whole, 1) if one.is_flow and found.due is not None else None,
        "label": _("实际 %(actual)s，目标 %(target)s，%(words)s")
        % {"actual": written(one, found.actual), "target": written(one, found.target), "words": found.words},
    }  # fmt: skip
