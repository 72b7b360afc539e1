"""Terms for tests of the pure tools: an ordinary licence of one patent, paid at once. Read next: ../../trading/terms.py."""

from datetime import date
from decimal import Decimal

from trading.terms import Instalment, Terms


def terms(**changes):
    """Amounts may be written as text or whole numbers."""
    plain = {
        "form": "ordinary",
        "patents": ("CN202010000001.2",),
        "start": date(2026, 1, 1),
        "end": date(2031, 1, 1),
        "consideration": "lump_sum",
        "amount_cny": "1000000",
        **changes,
    }
    for name in ("amount_cny", "royalty_percent", "minimum_cny", "cap_cny", "equity_percent"):
        if plain.get(name) is not None:
            plain[name] = Decimal(plain[name])
    plain["instalments"] = tuple(Instalment(Decimal(amount), months) for amount, months in plain.get("instalments", ()))
    return Terms(**plain)


def assigned(**changes):
    """An assignment, which has no end, place or field."""
    return terms(**{"form": "assignment", "end": None, **changes})


def royalty(**changes):
    """Five per cent of net sales after an entry fee of 200,000."""
    plain = {
        "consideration": "royalty",
        "amount_cny": "200000",
        "royalty_percent": "5",
        "royalty_base": "net_sales",
    }
    return terms(**{**plain, **changes})
