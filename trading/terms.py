"""What is offered, as one value: pure, no query. The calculator, the linter, the comparison and the contract read it.

Money is CNY yuan with two decimals; percentages are per hundred; periods are half-open days. Read next: terms_words.py.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from platform_site.errors import Conflict


@dataclass(frozen=True)
class Instalment:
    """A part of the price, due so many whole months after the contract takes effect (0: at once)."""

    amount_cny: Decimal
    due_months: int


@dataclass(frozen=True)
class Terms:
    """One version of the terms. What a kind of consideration does not use is None, empty or zero.

    `amount_cny`: the lump sum, the total of the instalments, the entry fee, the value of the shares, or the price after the
    trial. Empty `provinces`, `field`: nationwide, every field. `end` None: as long as the patent lives (an assignment has none).
    """

    form: str  # patents.states.Form; `open` where a declaration is taken (open_terms.py)
    patents: tuple[str, ...]  # application numbers, in the order of the listing
    start: date
    consideration: str  # states.Consideration
    amount_cny: Decimal
    provinces: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    end: date | None = None
    sublicensable: bool = False
    instalments: tuple[Instalment, ...] = ()
    royalty_percent: Decimal | None = None
    royalty_base: str = ""  # states.RoyaltyBase
    minimum_cny: Decimal | None = None  # royalty of a year is at least
    cap_cny: Decimal | None = None  # royalties of all years are at most, entry fee apart
    trial_months: int | None = None
    equity_percent: Decimal | None = None
    equity_company: str = ""
    delivery: str = ""
    service: str = ""
    acceptance: str = ""
    confidentiality_years: int = 0
    improvements: str = "maker"  # states.Improvements; of a taking empty, as the dispute: the law's own rule holds
    dispute: str = "court_owner"  # states.Dispute
    dispute_body: str = ""  # the arbitration commission
    other: str = ""


def canonical(terms: Terms) -> bytes:
    """The terms as bytes that are the same wherever and whenever they are written: JSON, keys in order, amounts as text."""
    plain = json.dumps(asdict(terms), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return plain.encode()


def digest(terms: Terms) -> str:
    """SHA-256 of the canonical terms, 64 hexadecimal digits: what was shown is what is accepted and signed."""
    return hashlib.sha256(canonical(terms)).hexdigest()


class TermsChanged(Conflict):
    """The digest that was sent is not that of the terms on the table."""
