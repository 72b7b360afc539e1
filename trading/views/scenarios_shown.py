"""Scenarios in the words of their page: totals of all versions, years of two, bars; pure. Read next: ../scenarios.py."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patents.states import DEAD
from platform_site.regions.workdays import add_months
from platform_site.ui.formats import cny
from trading.models import Offer
from trading.scenarios import Figures, Kind, Scenario, Why, Year, scenario
from trading.terms import Terms
from trading.terms_words import price

KINDS = {
    Kind.LUMP: pgettext_lazy("payment", "一次总付"),
    Kind.INSTALMENT: pgettext_lazy("payment", "分期款"),
    Kind.ENTRY: pgettext_lazy("payment", "入门费"),
    Kind.ROYALTY: pgettext_lazy("payment", "提成"),
    Kind.TRIAL: pgettext_lazy("payment", "试用后的价款"),
}
WHYS = {
    Why.LOSS: gettext_lazy("亏损，没有提成"),
    Why.MINIMUM: gettext_lazy("按每年最低提成"),
    Why.CAP_REACHED: gettext_lazy("累计封顶，只付余额"),
    Why.CAP_SPENT: gettext_lazy("已累计封顶，不再付提成和最低提成"),
    Why.TERM_OVER: gettext_lazy("许可期限已届满，没有提成"),
    Why.PATENT_OVER: gettext_lazy("专利权已届满，没有提成"),
}


def page(offer: Offer, versions: Sequence[Offer], other: Offer | None, figures: Figures) -> dict[str, Any]:
    """Everything under the form."""
    found = {one.pk: scenario(one.terms, figures, patents_end(one)) for one in versions}
    shown = [offer] if other is None else [offer, other]
    kinds = [kind for kind in Kind if any(kind in one.totals for one in found.values())]
    return {
        "kinds": [KINDS[kind] for kind in kinds],
        "totals": [_total_row(one, found[one.pk], kinds, one in shown) for one in versions],
        "has_present": figures.discount_percent is not None,
        "has_shares": any(one.shares_cny is not None for one in found.values()),
        "needs_profit": any(found[one.pk].needs_profit for one in shown),
        "bars": _bars([found[one.pk] for one in shown]),
        "years": [_year_table(one, found[one.pk]) for one in shown],
        "pair": [one.number for one in shown] if other else [],
    }


def patents_end(offer: Offer) -> date:
    """The day from which none of the offer's patents lives; the first day of the terms where none lives now."""
    ends = [row.patent.expires_on for row in offer.offer_patents.all() if row.patent.legal_status not in DEAD]
    return max(ends, default=offer.start)


def year_name(number: int) -> str:
    return _("签约时") if number == 0 else _("第 %(n)d 年") % {"n": number}


def _total_row(offer: Offer, found: Scenario, kinds: Sequence[Kind], is_shown: bool) -> dict[str, Any]:
    return {
        "offer": offer,
        "price": price(offer.terms),
        "amounts": [_money(found.totals.get(kind)) for kind in kinds],
        "total": cny(found.total),
        "present": _money(found.present_cny),
        "shares": _money(found.shares_cny),
        "is_shown": is_shown,
    }


def _year_table(offer: Offer, found: Scenario) -> dict[str, Any]:
    kinds = list(found.totals)
    return {
        "offer": offer,
        "kinds": [KINDS[kind] for kind in kinds],
        "rows": [_year_row(offer.terms, year, kinds) for year in found.years],
        "sums": [cny(found.totals[kind]) for kind in kinds],
        "total": cny(found.total),
        "shares": _money(found.shares_cny) if found.shares_cny is not None else "",
    }


def _year_row(terms: Terms, year: Year, kinds: Sequence[Kind]) -> dict[str, Any]:
    return {
        "name": year_name(year.number),
        "begins": add_months(terms.start, 12 * (year.number - 1)) if year.number else None,
        "amounts": [_money(year.payments.get(kind)) for kind in kinds],
        "total": cny(year.total),
        "why": _why(year),
    }


def _why(year: Year) -> str:
    if year.why is None:
        return ""
    words = str(WHYS[year.why])
    if year.reckoned and year.why in (Why.MINIMUM, Why.CAP_REACHED, Why.CAP_SPENT):
        return _("%(why)s（按比例为 %(amount)s）") % {"why": words, "amount": cny(year.reckoned)}
    return words


def _bars(found: Sequence[Scenario]) -> list[dict[str, Any]]:
    """For each year the totals of one or two scenarios as bars of one scale, in hundredths of its width."""
    most = max((year.total for one in found for year in one.years), default=Decimal(0)) or Decimal(1)
    height = 10 if len(found) == 1 else 4.5
    rows = []
    for number in range(max(len(one.years) for one in found)):
        totals = [one.years[number].total if number < len(one.years) else Decimal(0) for one in found]
        bars = [
            {"css": ("fg", "fa")[place], "y": 5.5 * place, "height": height, "width": round(float(100 * total / most), 2)}
            for place, total in enumerate(totals)
        ]  # fmt: skip
        rows.append({"name": year_name(number), "bars": bars, "amounts": [cny(total) for total in totals]})
    return rows


def _money(amount: Decimal | None) -> str:
    return "—" if amount is None else cny(amount)
