"""The occasions that a reader may evaluate: an agreement, a visit, a stationing, an exhibit of their own, any public listing, their profile. Read next: views/entitlements.py."""

from collections.abc import Callable, Mapping
from typing import Any

from expos import queries as expo_queries
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import organisation_of

from . import entitlement_facts, policy_queries, stationing_queries, support_queries, visit_queries
from .entitlement_facts import Subject
from .entitlements import Entitled, entitled

Maker = Callable[[Mapping[str, Any]], Subject]  # what is told -> the subject; asks the database nothing


def agreement_maker(user: User, pk: int) -> Maker:
    """An agreement to which the reader is party, once it is signed; 404 for everybody else."""
    agreement = support_queries.agreement_of(user, pk)
    offer, declaration = agreement.offer, agreement.declaration
    patents = (
        [one.patent for one in offer.offer_patents.all()] if offer else [declaration.patent] if declaration else []
    )
    organisation = organisation_of(user)
    return lambda told: entitlement_facts.of_agreement(agreement, patents, user, organisation, told)


def listing_maker(user: User, number: str) -> Maker:
    """A public listing, for anybody."""
    listing = support_queries.listing_by_number(number)
    patents = support_queries.patents_of(None, listing)
    organisation = organisation_of(user) if user.is_authenticated else None
    return lambda told: entitlement_facts.of_listing(listing, patents, user, organisation, told)


def visit_maker(user: User, pk: int) -> Maker:
    """A visit of the reader's own; 404 for everybody else, who keeps the facility included."""
    visit = visit_queries.visit_of(user, pk)
    patents = support_queries.patents_of(None, visit.listing)
    organisation = organisation_of(user)
    return lambda told: entitlement_facts.of_visit(visit, patents, user, organisation, told)


def stationing_maker(user: User, pk: int) -> Maker:
    """A stationing of the reader's own; 404 for everybody else."""
    stationing = stationing_queries.stationing_of(user, pk)
    patents = support_queries.patents_of(None, stationing.listing)
    organisation = organisation_of(user)
    return lambda told: entitlement_facts.of_stationing(stationing, patents, user, organisation, told)


def exhibit_maker(user: User, pk: int) -> Maker:
    """An exhibit of the reader's own; 404 for everybody else."""
    exhibit = expo_queries.exhibit_own(user, pk)
    patents = support_queries.patents_of(None, exhibit.listing)
    organisation = organisation_of(user)
    return lambda told: entitlement_facts.of_exhibit(exhibit, patents, user, organisation, told)


def profile_maker(user: User) -> Maker:
    """The reader alone."""
    organisation = organisation_of(user)
    return lambda told: entitlement_facts.of_profile(user, organisation, told)


def entitled_now(subject: Subject) -> list[Entitled]:
    """Every policy in force today, read: three queries."""
    versions = list(policy_queries.in_force(clock.today()))
    used = policy_queries.used_of([one.pk for one in versions])
    deal = subject.agreement.pk if subject.agreement else None
    aided = policy_queries.aided_items([one.pk for one in subject.patents], deal) if subject.patents else set()
    return entitled(subject, versions, used, aided)
