"""What an agreement may save or cost in tax, and what its inventors are owed: estimates from stated facts. Pure but for `meter`.

- Registration (技术合同认定登记): a contract that assigns or licenses a patent or an application is a technology contract
  of the kind "transfer" or "licence", and is registered at the office of science and technology of the place where the
  giving side is seated; relief of value added tax and income tax asks for it (domain.md 4, src10).
- Value added tax: technology transfer is exempt by 财税[2016]36, annex 3, art. 1(26). The notice rests on regulations that
  the VAT Law replaced on 2026-01-01; its art. 24 does not name the exemption and art. 25 leaves it to the State Council.
  Hence validity dates as data, and "to be checked" after them.
- Enterprise income tax (Implementing Regulation art. 90): of the income of a resident enterprise from technology transfer
  in a tax year the first 5,000,000 are exempt, the excess is halved (12.5 % instead of 25 %). It covers the assignment and
  licences of five years or more (财税[2010]111 art. 2; non-exclusive ones since 2015-10-01 by 财税[2015]116 art. 2), of
  granted patents, and not what is received from related parties of 100 % (财税[2010]111 art. 4).
- Stamp tax (Stamp Tax Law, in force 2022-07-01, table of rates): a licence 0.3 per mille as a technology contract, an
  assignment of a patent 0.3 per mille as a document of transfer; each side pays; what is not an amount yet, when it is
  settled (art. 6).
- Inventors (S&T Transformation Law art. 45): at least 50 % of the net income of assignment or licence, of shares
  likewise at least 50 %, where nothing else is agreed; for public research bodies and universities this is the least.

Receipts stand for income, since costs are not known here: every figure is an upper bound for its contract. Units: CNY
yuan, half-even to the fen. Read next: tax_words.py.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils import timezone

from patents.states import GRANTED, Form
from platform_site import clock
from platform_site.accounts.models import Organisation
from platform_site.regions.workdays import add_months

from .models import Agreement
from .scenarios import to_fen
from .states import Consideration
from .terms import Terms

EXEMPT_CNY = Decimal(5_000_000)  # of a tax year
FULL_RATE, HALF_RATE = Decimal("0.25"), Decimal("0.125")
STAMP_RATE = Decimal("0.0003")
STAMP_SINCE = date(2022, 7, 1)
INVENTORS_SHARE = Decimal("0.5")
LICENCE_YEARS = 5
VAT_SINCE, VAT_UNTIL = date(2016, 5, 1), date(2026, 1, 1)  # half-open: the notice and the regulations under it


class Vat(StrEnum):
    """Whether the exemption holds on a day."""

    EXEMPT = "exempt"
    TO_CHECK = "to_check"


class Bar(StrEnum):
    """Why the relief of income tax does not reach the receipts of an agreement."""

    NO_ENTERPRISE = "no_enterprise"  # a person, whom another tax concerns
    SHORT_LICENCE = "short_licence"
    NOT_GRANTED = "not_granted"
    RELATED = "related"
    SHARES = "shares"  # rules of their own


@dataclass(frozen=True)
class Facts:
    """What the reckoning depends on. `received_cny`: what the owner has received in the calendar year under all agreements that count."""

    terms: Terms
    today: date  # its year is that of `received_cny`
    signed_on: date | None = None
    received_cny: Decimal = Decimal(0)
    is_enterprise: bool = True  # the owner pays enterprise income tax: any organisation does, a person does not
    is_public_body: bool = False
    is_related: bool = False  # buyer and owner hold 100 % of each other, or somebody of both
    all_granted: bool = True  # every patent, as opposed to applications


@dataclass(frozen=True)
class IncomeTax:
    """Of one owner and calendar year; `left_cny` is what may still be received exempt."""

    received_cny: Decimal
    left_cny: Decimal
    halved_cny: Decimal
    tax_cny: Decimal
    saved_cny: Decimal


@dataclass(frozen=True)
class Meter:
    """The estimate of one agreement. `stamp_cny` is of each side, None where no amount stands in the contract yet."""

    is_assignment: bool
    vat: Vat
    bars: tuple[Bar, ...]
    income_tax: IncomeTax | None  # None where a bar stands
    stamp_cny: Decimal | None
    inventors_cny: Decimal | None  # None where not a public body, or nothing is paid in money
    inventors_shares_percent: Decimal | None
    year: int


def meter(agreement: Agreement, received_this_year: Decimal, *, is_related: bool = False) -> Meter:
    """The estimate for an agreement. `received_this_year`: CNY of the owner in the calendar year under all agreements that count.

    Wants listing__organisation selected and the patents of its terms prefetched; else it asks for them.
    """
    organisation: Organisation | None = agreement.listing.organisation
    facts = Facts(
        terms=agreement.terms,
        today=clock.today(),
        signed_on=timezone.localdate(agreement.signed_at) if agreement.signed_at else None,
        received_cny=received_this_year,
        is_enterprise=organisation is not None,
        is_public_body=organisation is not None and organisation.is_public_body,
        is_related=is_related,
        all_granted=all(patent.legal_status in GRANTED for patent in agreement.patents),
    )
    return reckon(facts)


def reckon(facts: Facts) -> Meter:
    """All figures of one set of facts."""
    terms, barred = facts.terms, bars(facts)
    is_equity = terms.consideration == Consideration.EQUITY
    stated = terms.amount_cny if not is_equity else None
    return Meter(
        is_assignment=terms.form == Form.ASSIGNMENT,
        vat=vat_on(facts.today),
        bars=barred,
        income_tax=None if barred else income_tax(facts.received_cny),
        stamp_cny=to_fen(stated * STAMP_RATE) if stated and (facts.signed_on or facts.today) >= STAMP_SINCE else None,
        inventors_cny=to_fen(stated * INVENTORS_SHARE) if stated and facts.is_public_body else None,
        inventors_shares_percent=_inventors_shares(facts) if is_equity else None,
        year=facts.today.year,
    )


def vat_on(day: date) -> Vat:
    """Exempt while the notice holds; before and after it that is for the reader to check."""
    return Vat.EXEMPT if VAT_SINCE <= day < VAT_UNTIL else Vat.TO_CHECK


def bars(facts: Facts) -> tuple[Bar, ...]:
    """What keeps the receipts out of the relief of income tax, in the order of Bar."""
    found = {
        Bar.NO_ENTERPRISE: not facts.is_enterprise,
        Bar.SHORT_LICENCE: not _lasts(facts.terms),
        Bar.NOT_GRANTED: not facts.all_granted,
        Bar.RELATED: facts.is_related,
        Bar.SHARES: facts.terms.consideration == Consideration.EQUITY,
    }
    return tuple(bar for bar, stands in found.items() if stands)


def income_tax(received_cny: Decimal) -> IncomeTax:
    """Enterprise income tax on so much received in a year, before costs, with the relief of art. 90."""
    halved = max(received_cny - EXEMPT_CNY, Decimal(0))
    tax = to_fen(halved * HALF_RATE)
    return IncomeTax(
        received_cny,
        max(EXEMPT_CNY - received_cny, Decimal(0)),
        halved,
        tax,
        to_fen(received_cny * FULL_RATE) - tax,
    )


def _lasts(terms: Terms) -> bool:
    """An assignment, or a licence of five years or more; one without an end lasts as long as the patent."""
    if terms.form == Form.ASSIGNMENT or terms.end is None:
        return True
    return terms.end >= add_months(terms.start, 12 * LICENCE_YEARS)


def _inventors_shares(facts: Facts) -> Decimal | None:
    share = facts.terms.equity_percent
    return share * INVENTORS_SHARE if share and facts.is_public_body else None
