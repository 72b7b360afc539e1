"""What the portal's records say of an occasion, as typed facts with their source. One function for each occasion.

Another occasion: write `of_<occasion>(...)` here, which returns `Subject`, and give it an address in views/entitlements.py.
Nothing is guessed: what no record says is absent. Read next: entitlements.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from expos.models import Exhibit
from patents.models import Listing, Patent
from patents.states import LegalStatus
from platform_site import clock
from platform_site.accounts.models import Organisation, User
from trading.models import Agreement, ConversionReport
from trading.states import MilestoneState

from .models import Facility, Stationing, Visit
from .rule_facts import FACTS, PERSON

_DAYS_A_YEAR = 365


class Source(StrEnum):
    RECORD = "record"  # of the portal
    TOLD = "told"  # by the reader, on nobody's word but theirs
    ASSUMED = "assumed"  # for the comparison: converted in the province whose policy it is, at the price asked


Known = tuple[Any, Source]
Facts = dict[str, Known]


@dataclass(frozen=True)
class Subject:
    """What is evaluated: its facts, and the patents and the agreement that aid is counted by."""

    occasion: str
    facts: Facts
    patents: tuple[Patent, ...] = ()
    agreement: Agreement | None = None
    listing: Listing | None = None
    visit: Visit | None = None
    stationing: Stationing | None = None
    exhibit: Exhibit | None = None
    role: str = ""
    told: frozenset[str] = field(default_factory=frozenset)  # facts that the reader may state


def subject(occasion: str, facts: Mapping[str, Any], told: Mapping[str, Any], **more: Any) -> Subject:
    """Records first, then what the reader tells of what no record says, then what is assumed (`_name`: assumed)."""
    known: Facts = {"occasion": (occasion, Source.RECORD)}
    known |= {name: (value, Source.RECORD) for name, value in facts.items() if value is not None and name in FACTS}
    open_to = frozenset(name for name, one in FACTS.items() if one.is_told and name not in known)
    known |= {name: (value, Source.TOLD) for name, value in told.items() if name in open_to and value is not None}
    assumed = {name[1:]: value for name, value in facts.items() if name[0] == "_" and value is not None}
    known |= {name: (value, Source.ASSUMED) for name, value in assumed.items() if name not in known}
    role = known.get("role", ("", Source.TOLD))[0]
    return Subject(occasion, known, told=open_to, role=role, **more)


def of_profile(user: User, organisation: Organisation | None, told: Mapping[str, Any]) -> Subject:
    return subject("profile", of_applicant(user, organisation), told)


def of_listing(
    listing: Listing, patents: Sequence[Patent], user: User, organisation: Organisation | None, told: Mapping[str, Any]
) -> Subject:
    """A listing on the market: the owner as the owner, everybody else as who would take it."""
    is_owner = user.is_authenticated and user.pk == listing.owner_id
    version = listing.public_version
    offered = list(version.offered_forms.all()) if version else []
    forms = sorted({one.form for one in offered})
    prices = [one.price_cny for one in offered if one.price_cny and told.get("form", one.form) == one.form]
    facts = {
        **of_applicant(user, organisation), **of_patents(patents, clock.today()),
        "role": "owner" if is_owner else "taker", "form": forms[0] if len(forms) == 1 else None,
        "owner_seat": seat_of(listing.owner, listing.organisation),
        "first_named_owner": _is_first(patents, user, organisation) if is_owner else None,
        "trl": version.trl if version else None, "_contract_cny": min(prices) if prices else None,
    }  # fmt: skip
    return subject("listing", facts, told, patents=tuple(patents), listing=listing)


def of_agreement(
    agreement: Agreement, patents: Sequence[Patent], user: User, organisation: Organisation | None, told: Mapping[str, Any]
) -> Subject:  # fmt: skip
    """An agreement of one's own, by its terms, payments, recordal and conversion reports."""
    is_owner = user.pk == agreement.owner_id
    terms = agreement.terms
    recordal = getattr(agreement, "recordal", None)
    recorded_on = recordal.recorded_on if recordal is not None else None
    paid = [
        one.paid_cny for one in agreement.milestones.all() if one.state == MilestoneState.CONFIRMED and one.paid_cny
    ]
    facts = {
        **of_applicant(user, organisation), **of_patents(patents, clock.today()), **_of_report(agreement),
        "role": "owner" if is_owner else "taker", "form": terms.form, "contract_cny": terms.amount_cny,
        "paid_cny": sum(paid), "signed_on": clock.day_of(agreement.signed_at) if agreement.signed_at else None,
        "recorded": recorded_on is not None, "recorded_on": recorded_on,
        "owner_seat": seat_of(agreement.owner, agreement.listing.organisation),
        "first_named_owner": _is_first(patents, user, organisation) if is_owner else None,
    }  # fmt: skip
    return subject("agreement", facts, told, patents=tuple(patents), agreement=agreement, listing=agreement.listing)


def of_visit(
    visit: Visit, patents: Sequence[Patent], user: User, organisation: Organisation | None, told: Mapping[str, Any]
) -> Subject:
    """A visit of one's own. Where the patent will be made is not known yet: where it was visited is assumed."""
    is_owner = visit.listing is not None and visit.listing.owner_id == user.pk
    facts = {
        **of_applicant(user, organisation), **of_patents(patents, clock.today()), "role": "owner" if is_owner else "taker",
        "_conversion_place": place_of(visit.facility),
    }  # fmt: skip
    return subject("visit", facts, told, patents=tuple(patents), listing=visit.listing, visit=visit)


def of_stationing(
    stationing: Stationing, patents: Sequence[Patent], user: User, organisation: Organisation | None, told: Mapping[str, Any]
) -> Subject:  # fmt: skip
    """A stay of one's own: the owner industrialises the patent where the facility is."""
    version = stationing.listing.public_version
    facts = {
        **of_applicant(user, organisation), **of_patents(patents, clock.today()), "role": "owner",
        "first_named_owner": _is_first(patents, user, organisation), "trl": version.trl if version else None,
        "owner_seat": seat_of(stationing.listing.owner, stationing.listing.organisation),
        "conversion_place": place_of(stationing.facility),
    }  # fmt: skip
    return subject("stationing", facts, told, patents=tuple(patents), listing=stationing.listing, stationing=stationing)


def of_exhibit(
    exhibit: Exhibit, patents: Sequence[Patent], user: User, organisation: Organisation | None, told: Mapping[str, Any]
) -> Subject:
    """An exhibit of one's own: its owner disseminates the patent. Where it will be made is not known: the expo's host is assumed."""
    version = exhibit.listing.public_version
    facts = {
        **of_applicant(user, organisation), **of_patents(patents, clock.today()), "role": "owner",
        "first_named_owner": _is_first(patents, user, organisation), "trl": version.trl if version else None,
        "owner_seat": seat_of(exhibit.listing.owner, exhibit.listing.organisation),
        "_conversion_place": exhibit.expo.host_id,
    }  # fmt: skip
    return subject("exhibit", facts, told, patents=tuple(patents), listing=exhibit.listing, exhibit=exhibit)


def place_of(facility: Facility) -> str:
    return facility.city_code or facility.province_id


def of_applicant(user: User, organisation: Organisation | None) -> dict[str, Any]:
    """Who applies; of a visitor nothing is known."""
    if not user.is_authenticated:
        return {}
    kind = organisation.kind if organisation else PERSON
    return {"applicant_kind": kind, "applicant_seat": seat_of(user, organisation)}


def seat_of(user: User, organisation: Organisation | None) -> str | None:
    """The city or province of the organisation, else that of the person; None where neither is on record."""
    if organisation is not None:
        return organisation.city_code or organisation.province_id
    return user.province_id


def of_patents(patents: Sequence[Patent], today: date) -> dict[str, Any]:
    """Of several patents: in force when all are, the kind when it is the same, the years of the youngest grant."""
    if not patents:
        return {}
    kinds = {one.kind for one in patents}
    granted = [one.grant_date for one in patents if one.grant_date]
    alive = all(one.legal_status in (LegalStatus.IN_FORCE, LegalStatus.LATE_FEE) for one in patents)
    return {
        "patent_kind": kinds.pop() if len(kinds) == 1 else None,
        "patent_in_force": alive,
        "years_since_grant": (today - max(granted)).days // _DAYS_A_YEAR if len(granted) == len(patents) else None,
        "ipc": tuple(dict.fromkeys(symbol for one in patents for symbol in one.ipc)),
    }


def _is_first(patents: Sequence[Patent], user: User, organisation: Organisation | None) -> bool | None:
    """Whether the applicant stands first among the registered owners of every patent; None where they stand nowhere."""
    name = organisation.name_zh if organisation else user.display_name
    places = [_place(name, one.applicants) for one in patents]
    return None if not places or None in places else all(place == 0 for place in places)


def _place(name: str, registered: str) -> int | None:
    names = [one.strip() for one in registered.split("、")]
    return names.index(name) if name in names else None


def _of_report(agreement: Agreement) -> dict[str, Any]:
    """The last conversion report of the last year that has one."""
    reports: Iterable[ConversionReport] = agreement.reports.all()
    latest = max(reports, key=lambda one: (one.year, one.version), default=None)
    if latest is None:
        return {}
    place = latest.province_id if latest.in_production else None
    return {
        "in_production": latest.in_production, "output_cny": latest.output_cny, "jobs": latest.jobs, "conversion_place": place
    }  # fmt: skip


def facts_in_record(one: Subject, code: str) -> Facts:
    """The facts as an application to a province keeps them: where it is converted is said, if only as assumed."""
    return {"conversion_place": (code, Source.ASSUMED), **one.facts}
