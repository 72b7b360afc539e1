"""The card of comparable deals in the words of the page; nothing in it names a party. Read next: comparables.py."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patents.states import Form
from platform_site.ui.formats import cny

from .comparables import Comparables, K, Spread


def card(form: str, found: Comparables | None) -> dict[str, Any]:
    """Props of trading/_offer_comparables.html: the form, the class, rows for `sum`, and k."""
    head = {"k": K, "form": str(Form(form).label), "symbol": "", "title": "", "rows": [], "until": None}
    if found is None:
        return head
    return {
        **head, "symbol": found.class_symbol, "title": found.class_title, "rows": rows(found), "until": found.until,
    }  # fmt: skip


def rows(found: Comparables) -> list[tuple[str, str, str]]:
    """(term, median, lower to upper quartile) of what enough deals have."""
    count = ngettext("至少 %(n)d 项", "至少 %(n)d 项", found.count) % {"n": found.count}
    lines = [(_("成交"), count, "")]
    if found.price_cny:
        lines.append((_("价款中位数"), cny(found.price_cny.middle), _between(found.price_cny, cny)))
    if found.entry_cny:
        lines.append((_("入门费中位数"), cny(found.entry_cny.middle), _between(found.entry_cny, cny)))
    if found.rate_percent:
        lines.append((_("提成比例中位数"), _rate(found.rate_percent.middle), _between(found.rate_percent, _rate)))
    if found.years is not None:
        words = ngettext("%(years)s 年", "%(years)s 年", int(found.years)) % {"years": f"{found.years.normalize():f}"}
        lines.append((_("许可期限中位数"), words, ""))
    return lines


def _rate(percent: Decimal) -> str:
    return f"{percent.normalize():f}%"


def _between(spread: Spread, written: Any) -> str:
    return _("一半在 %(low)s 与 %(high)s 之间") % {"low": written(spread.low), "high": written(spread.high)}
