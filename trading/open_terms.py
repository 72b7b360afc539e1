"""What an open-licence declaration says, as terms of a licence; its usual limits and the words it may not use. Pure, no query.

Source: Patent Law arts 50 to 52; Implementing Rules, rule 85; domain.md 4 "Open licence fee norms". Read next: actions/opens.py.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from platform_site.regions.workdays import add_months
from platform_site.ui.formats import cny

from .performance import PAY_DAYS
from .states import Consideration, FeeMethod, RoyaltyBase
from .terms import Instalment, Terms

YEARS = range(1, 21)  # no right lasts longer
MOST_FIXED_CNY = Decimal(20_000_000)
MOST_PERCENT = {RoyaltyBase.NET_SALES: Decimal(20), RoyaltyBase.PROFIT: Decimal(40)}
BASES = tuple(MOST_PERCENT)
# Rule 85: no promotional wording. Superlatives, ranks and promises, as the Advertising Law art. 9 names them too.
_PRAISE = re.compile(
    r"最(?:好|佳|优|先进|高级|大|强|新|低价|便宜)|第一(?:品牌|名|家|流)?|唯一|首创|独家|顶级|顶尖|极品|国家级|世界级|王牌"
    r"|(?:国际|国内|全球|世界|行业|业内)(?:领先|先进|一流)|遥遥领先|划时代|革命性|颠覆性|填补(?:国内|国际)?空白|金牌|名牌|驰名|著名"
    r"|超值|特价|优惠|促销|抢购|秒杀|稳赚|包赚|保证(?:盈利|收益|赚钱)|高回报|零风险|无风险|热销|畅销|欢迎(?:选购|来电|咨询)"
    r"|\b(?:best|unique|world[- ]class|leading|revolutionary|number one|no\. ?1|risk[- ]free|guaranteed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Declared:
    """What the owner declares. `amount_cny`: the fixed sum, the sum of a year, or the entry fee (0: none).

    `years`: of each licence, from the day on which it is taken; None: as long as the patent lives.
    """

    method: str  # states.FeeMethod
    amount_cny: Decimal
    percent: Decimal | None = None  # of the base, per hundred
    base: str = ""  # states.RoyaltyBase
    years: int | None = None
    conditions: str = ""


def period_from(declared: Declared, day: date, expires_on: date) -> tuple[date, date | None]:
    """The half-open period of a licence taken on `day`: never longer than the patent.

    Open-ended where the declaration says so, but for yearly fees, whose number must be known.
    """
    if declared.years is not None:
        return day, min(add_months(day, 12 * declared.years), expires_on)
    return day, expires_on if declared.method == FeeMethod.YEARLY else None


def taken_terms(declared: Declared, number: str, start: date, end: date | None) -> Terms:
    """The terms of the licence that is taken: ordinary, nationwide, in every field, not to be passed on.

    `number`: of the application, canonical. Yearly fees are due at once and on each return of the first day.
    """
    parts: tuple[Instalment, ...] = ()
    kind, amount = Consideration.LUMP_SUM, declared.amount_cny
    if declared.method == FeeMethod.ROYALTY:
        kind = Consideration.ROYALTY
    elif declared.method == FeeMethod.YEARLY:
        kind, parts = Consideration.INSTALMENTS, yearly(declared.amount_cny, start, end)
        amount = sum((part.amount_cny for part in parts), Decimal(0))
    return Terms(
        form="open", patents=(number,), start=start, end=end, consideration=kind.value, amount_cny=amount, instalments=parts,
        royalty_percent=declared.percent, royalty_base=declared.base, other=declared.conditions, improvements="", dispute="",
    )  # fmt: skip


def yearly(amount: Decimal, start: date, end: date | None) -> tuple[Instalment, ...]:
    """One instalment for each year of the period that has begun."""
    return tuple(
        Instalment(amount, 12 * year)
        for year in range(YEARS.stop)
        if end is None or add_months(start, 12 * year) < end or not year
    )


def pay_until(taken_at: datetime | None) -> date:
    """The last day for what is due at once: the sum, the first year, or the entry fee (`amount_cny`). The taking is not counted."""
    assert taken_at is not None  # a taking is signed at once
    return timezone.localdate(taken_at) + timedelta(days=PAY_DAYS)


def unusual(declared: Declared) -> list[str]:
    """What exceeds the limits that the national office names for the general case; a warning, no refusal."""
    said = []
    if declared.method == FeeMethod.FIXED and declared.amount_cny > MOST_FIXED_CNY:
        said.append(_("固定费用一般不高于 %(most)s，国家知识产权局可能要求说明理由。") % {"most": cny(MOST_FIXED_CNY)})
    most = MOST_PERCENT.get(RoyaltyBase(declared.base)) if declared.base else None
    if most is not None and declared.percent is not None and declared.percent > most:
        said.append(
            _("按%(base)s提成的比例一般不高于 %(most)s%%，国家知识产权局可能要求说明理由。")
            % {"base": RoyaltyBase(declared.base).label, "most": most}
        )
    return said


def praise(text: str) -> list[str]:
    """The promotional words of a text, each once, in its order (rule 85)."""
    return list(dict.fromkeys(found.group() for found in _PRAISE.finditer(text)))
