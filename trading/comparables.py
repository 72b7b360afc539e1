"""What comparable deals were made for, without saying whose: decision 0013. Read next: models/agreement.py.

An attacker may ask for every class and form, in every month, may know some deals (their own), and subtracts. Therefore:

- **Cells do not overlap.** A deal counts in one cell alone: the narrowest class of its first patent that has enough. What
  a class shows is what none of its narrower cells shows, so that no figure of one class minus another is a deal.
- **Enough** is at least K agreements of K different owners, none of whom has more than half of them.
- **Batches.** The figures are of the oldest agreements, in the order of signing, up to a multiple of K: between two
  publications nothing changes or K deals come in at once. The count shown is that multiple ("at least").
- **Months.** Only agreements signed before the present month count, as of the first of the month; asking again within a
  month gives the same. What ends without success leaves with the month after.
- **Rounding.** Amounts, rates and terms to two significant digits, half-even. Least and greatest are never shown.
- Each figure (price, entry fee, rate, term) stands only where K agreements of K owners have one, and is of a batch too.

Units: CNY yuan, per cent, years. Prices are lump sums, instalments and prices after a trial; entry fees stand apart, and
shares have no price. Quartiles are those of the inclusive method (statistics.quantiles). One query for a form and month,
kept in the cache until the month is over; the cache holds nothing but what may be shown.
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from patents import classification
from platform_site import clock
from platform_site.ui.formats import reads_chinese

from .models import Agreement, OfferPatent
from .states import AgreementState, Consideration

K = 5
SIGNED = frozenset(AgreementState) - {AgreementState.DRAFTED, AgreementState.TERMINATED, AgreementState.EXPIRED}
PRICED = frozenset({Consideration.LUMP_SUM, Consideration.INSTALMENTS, Consideration.TRIAL})
KEPT_SECONDS = 32 * 24 * 3600  # longer than a month: the key holds the month
DAYS_OF_A_YEAR = Decimal("365.2425")


class Deal(NamedTuple):
    """One signed agreement as it is counted; it never leaves this module."""

    owner: str  # the organisation, or the person where there is none
    path: tuple[str, ...]  # the classes it lies in, narrowest first
    signed: datetime
    price: Decimal | None
    entry: Decimal | None
    rate: Decimal | None
    years: Decimal | None


@dataclass(frozen=True)
class Spread:
    """Lower quartile, median, upper quartile; two significant digits."""

    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True)
class Comparables:
    """The deals of one cell. `count` is a multiple of K, to be read as "at least"; a figure is None where too few have one."""

    class_symbol: str
    count: int
    price_cny: Spread | None
    entry_cny: Spread | None
    rate_percent: Spread | None
    years: Decimal | None  # median
    until: date  # deals signed before this day

    @property
    def class_title(self) -> str:
        """In the language of the page."""
        language = "zh-hans" if reads_chinese() else "en"
        title = classification.locarno_title if self.class_symbol[:1].isdigit() else classification.ipc_title
        return title(self.class_symbol, language)


def comparables(form: str, main_class: str) -> Comparables | None:
    """The narrowest cell of the form that holds the class (an IPC symbol or Locarno class); None where none has enough."""
    cells = published(form)
    return next((cells[symbol] for symbol in path_of(main_class) if symbol in cells), None)


def published(form: str) -> dict[str, Comparables]:
    """Every cell of a form that may be shown this month, by class; for the public statistics too. At most one query."""
    until = clock.today().replace(day=1)
    key = f"comparables:{form}:{until.isoformat()}"
    cells = cache.get(key)
    if cells is None:
        cells = cells_of(_deals(form, until), until)
        cache.set(key, cells, KEPT_SECONDS)
    return cells


def path_of(main_class: str) -> tuple[str, ...]:
    """Main group, subclass, class, section of an IPC symbol; subclass and class of a Locarno one; narrowest first."""
    if main_class[:1].isdigit():
        return (main_class, main_class[:2]) if len(main_class) > 2 else (main_class,)
    if not classification.ipc_level(main_class):
        return ()
    outer = classification.ipc_ancestors(main_class)
    own = [] if classification.ipc_level(main_class) == "subgroup" else [main_class]
    return tuple(reversed([*outer, *own]))


# ---- cells, pure


def cells_of(deals: Iterable[Deal], until: date) -> dict[str, Comparables]:
    """Partition: from the narrowest level up, a class that has enough is a cell; what is left goes to the class around it."""
    waiting: dict[str, list[Deal]] = defaultdict(list)
    for deal in deals:
        if deal.path:
            waiting[deal.path[0]].append(deal)
    found: dict[str, Comparables] = {}
    for symbol in sorted(_with_ancestors(waiting), key=_depth, reverse=True):
        rows = waiting.pop(symbol, [])
        batch = _batch(rows)
        if batch:
            found[symbol] = _cell(symbol, batch, until)
            continue
        outer = path_of(symbol)[1:]
        if outer:
            waiting[outer[0]] += rows
    return found


def is_enough(deals: Sequence[Deal]) -> bool:
    """At least K agreements of K owners, and nobody has more than half."""
    owners = Counter(deal.owner for deal in deals)
    return len(deals) >= K and len(owners) >= K and 2 * max(owners.values()) <= len(deals)


def two_digits(value: Decimal) -> Decimal:
    """Rounded half-even to two significant digits, written without an exponent."""
    if not value:
        return Decimal(0)
    rounded = value.quantize(Decimal(1).scaleb(value.adjusted() - 1), ROUND_HALF_EVEN)
    return Decimal(f"{rounded:f}")


def _batch(deals: Iterable[Deal]) -> list[Deal]:
    """The oldest deals up to the largest multiple of K that is enough; none where no multiple is."""
    rows = sorted(deals, key=lambda deal: (deal.signed, deal.owner))
    for size in range(len(rows) // K * K, 0, -K):
        if is_enough(rows[:size]):
            return rows[:size]
    return []


def _cell(symbol: str, deals: list[Deal], until: date) -> Comparables:
    years = _spread(deals, lambda deal: deal.years)
    return Comparables(
        symbol,
        len(deals),
        _spread(deals, lambda deal: deal.price),
        _spread(deals, lambda deal: deal.entry),
        _spread(deals, lambda deal: deal.rate),
        years.middle if years else None,
        until,
    )


def _spread(deals: list[Deal], of: Callable[[Deal], Decimal | None]) -> Spread | None:
    values = [
        value for deal in _batch(deal for deal in deals if of(deal) is not None) if (value := of(deal)) is not None
    ]
    if not values:
        return None
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(two_digits(low), two_digits(middle), two_digits(high))


def _with_ancestors(symbols: Iterable[str]) -> set[str]:
    return {outer for symbol in symbols for outer in path_of(symbol)}


def _depth(symbol: str) -> tuple[int, str]:
    """How narrow a class is: the number of classes around it; the symbol makes the order the same every time."""
    return len(path_of(symbol)), symbol


# ---- the query


def _deals(form: str, until: date) -> list[Deal]:
    """Agreements of the form signed before `until`, as they stood on that day."""
    first = timezone.make_aware(datetime.combine(until, time.min))
    stood = Q(state__in=SIGNED) | Q(state__in=[AgreementState.TERMINATED, AgreementState.EXPIRED], closed_at__gte=first)
    patents = OfferPatent.objects.filter(offer=OuterRef("offer")).order_by("place", "id")
    rows = (
        Agreement.objects.filter(stood, offer__form=form, signed_at__lt=first)
        .annotate(
            ipc=Subquery(patents.values("patent__ipc")[:1]),
            locarno=Subquery(patents.values("patent__locarno")[:1]),
        )
        .order_by("signed_at", "id")
        .values_list(
            "owner_id", "listing__organisation_id", "ipc", "locarno", "signed_at", "offer__consideration",
            "offer__amount_cny", "offer__royalty_percent", "offer__start", "offer__end",
        )
    )  # fmt: skip
    return [_deal(*row) for row in rows]


def _deal(
    owner: int, organisation: int | None, ipc: list[str] | None, locarno: str | None, signed: datetime | None,
    consideration: str, amount: Decimal, rate: Decimal | None, start: date, end: date | None,
) -> Deal:  # fmt: skip
    assert signed is not None  # the query asks for it
    return Deal(
        f"organisation {organisation}" if organisation else f"person {owner}",
        path_of(locarno or (ipc[0] if ipc else "")),
        signed,
        amount if consideration in PRICED else None,
        amount if consideration == Consideration.ROYALTY else None,
        rate,
        Decimal((end - start).days) / DAYS_OF_A_YEAR if end else None,
    )
