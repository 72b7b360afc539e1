"""The catalogue of facts that travel up or sideways between apps, after commit. Read next: outbox/__init__.py.

A fact is a frozen dataclass that carries ids only. Receivers are functions in `<app>/reactions.py`, registered with
`@receives(Fact)`, idempotent, run by the outbox consumer inside the transaction that marks the message done.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ListingPublished:
    """A listing became public, or its public text changed."""

    listing_id: int


@dataclass(frozen=True)
class ListingClosed:
    """A listing left the market: suspended, withdrawn, concluded or lapsed."""

    listing_id: int


@dataclass(frozen=True)
class VerificationRevoked:
    """A person's real-name mark was taken back."""

    user_id: int


@dataclass(frozen=True)
class PatentStatusChanged:
    """An event was written to the history of a patent's legal status."""

    patent_id: int
    event_id: int


FACTS: dict[str, type] = {
    fact.__name__: fact for fact in (ListingPublished, ListingClosed, VerificationRevoked, PatentStatusChanged)
}
_receivers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def receives(fact: type) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register a reaction; module import is the registration, so an app's `ready` imports its reactions."""

    def register(function: Callable[[Any], None]) -> Callable[[Any], None]:
        _receivers[fact].append(function)
        return function

    return register


def receivers(fact: type) -> list[Callable[[Any], None]]:
    return list(_receivers[fact])
