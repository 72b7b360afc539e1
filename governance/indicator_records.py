"""The very records behind a figure: which they are, and which of them a reader may open. Read next: views/indicators.py.

Each indicator has a query of its own here, written with the ORM, over the same records as its part of the statement.
A record that the reader may not see is counted and not shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value

from expos.door_queries import VENUE
from expos.models import Exhibit, ExpoMeeting, MeetingPerson, Passage, Registration, ResultStep
from expos.result_queries import intentions
from expos.rules import RUN
from expos.states import Direction, ExhibitState, MeetingState, Rung
from patents.models import Listing, ListingPatent, Review
from patents.models.review import Decision
from patents.states import ListingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.queries import codes_where
from trading.models import Agreement, ConversionReport, Negotiation, OpenDeclaration, TechnologyNeed
from trading.offer_queries import agreements_visible_to
from trading.states import NEED_PUBLIC

from .facility_queries import kept_by
from .indicator_queries import span
from .models import Disbursement, Facility, PolicyApplication, Stationing, Visit
from .policy_queries import in_force
from .states import FacilityState, SupportState, VisitState

Rows = QuerySet[Any]
HIGHER = (Rung.CONTRACT, Rung.PAID, Rung.INDUSTRIALISED)
JUDGED = (Decision.APPROVED, Decision.CHANGES_REQUESTED, Decision.REJECTED)


@dataclass(frozen=True)
class Records:
    """`rows` are all that are counted, `seen` those of them that the reader may open."""

    rows: Rows
    seen: Rows


def records(user: User, slug: str, year: int, code: str = "") -> Records:
    """What is counted for an indicator, a year and a province (all six where none is named)."""
    make, province, visible = _SOURCES[slug]
    rows = make(span(year))
    if code:
        rows = rows.filter(**{province: code})
    return Records(rows, visible(rows, user))


# ---- which they are


def _within(field: str, at: dict[str, Any]) -> Q:
    return Q(**{f"{field}__gte": at["begin"], f"{field}__lt": at["end"]})


def _on_days(field: str, at: dict[str, Any]) -> Q:
    return Q(**{f"{field}__gte": at["first"], f"{field}__lt": at["last"]})


def _approved(at: dict[str, Any]) -> Rows:
    rows = Review.objects.filter(_within("decided_at", at), decision=Decision.APPROVED)
    return rows.select_related("version__listing").order_by("-decided_at", "-id")


def _judged(at: dict[str, Any]) -> Rows:
    rows = Review.objects.filter(_within("decided_at", at), decision__in=JUDGED)
    return rows.select_related("version__listing").order_by("-decided_at", "-id")


def _on_market(_at: dict[str, Any]) -> Rows:
    return Listing.objects.filter(state=ListingState.PUBLISHED).select_related("public_version").order_by("-id")


def _patents(_at: dict[str, Any]) -> Rows:
    rows = ListingPatent.objects.filter(is_open=True, listing__state=ListingState.PUBLISHED)
    return rows.select_related("patent", "listing").order_by("-id")


def _needs(at: dict[str, Any]) -> Rows:
    return TechnologyNeed.objects.filter(_within("published_at", at)).order_by("-published_at", "-id")


def _talks(at: dict[str, Any]) -> Rows:
    rows = Negotiation.objects.filter(_within("opened_at", at))
    return rows.select_related("listing__public_version").order_by("-opened_at", "-id")


def _agreements(condition: Q) -> Rows:
    rows = Agreement.objects.filter(condition).annotate(recorded_on=F("recordal__recorded_on"))
    return rows.select_related("listing__public_version").order_by("-signed_at", "-id")


def _signed(at: dict[str, Any]) -> Rows:
    return _agreements(_within("signed_at", at))


def _recorded(at: dict[str, Any]) -> Rows:
    return _agreements(_on_days("recordal__recorded_on", at))


def _paid(at: dict[str, Any]) -> Rows:
    return _agreements(_on_days("recordal__recorded_on", at) & Q(offer__amount_cny__isnull=False))


def _producing(at: dict[str, Any]) -> Rows:
    latest = ConversionReport.objects.filter(agreement=OuterRef("pk"), year=at["year"]).order_by("-version")
    rows = _agreements(Q()).annotate(producing=Subquery(latest.values("in_production")[:1]))
    return rows.filter(producing=True)


def _policies(_at: dict[str, Any]) -> Rows:
    return in_force(clock.today()).order_by("policy__province", "policy")


def _granted(at: dict[str, Any]) -> Rows:
    rows = PolicyApplication.objects.filter(_within("decided_at", at), state__in=("approved", "paid"))
    return rows.select_related("version__policy__province").order_by("-decided_at", "-id")


def _support_paid(at: dict[str, Any]) -> Rows:
    rows = Disbursement.objects.filter(_on_days("paid_on", at)).exclude(application__state=SupportState.RECOVERED)
    return rows.select_related("application__version__policy__province").order_by("-paid_on", "-id")


def _declared(at: dict[str, Any]) -> Rows:
    rows = OpenDeclaration.objects.filter(_on_days("announced_on", at))
    return rows.select_related("patent", "listing").order_by("-announced_on", "-id")


def _facilities(_at: dict[str, Any]) -> Rows:
    return Facility.objects.filter(state=FacilityState.OPEN).order_by("province", "slug")


def _visited(at: dict[str, Any]) -> Rows:
    rows = Visit.objects.filter(_within("starts_at", at), state=VisitState.USED)
    return rows.select_related("facility").order_by("-starts_at", "-id")


def _asked_visits(at: dict[str, Any]) -> Rows:
    return Visit.objects.filter(_within("made_at", at)).select_related("facility").order_by("-made_at", "-id")


def _staying(at: dict[str, Any]) -> Rows:
    rows = Stationing.objects.filter(_on_days("signed_on", at))
    return rows.select_related("facility", "listing").order_by("-signed_on", "-id")


def _exhibitors(at: dict[str, Any]) -> Rows:
    rows = Exhibit.objects.filter(state=ExhibitState.ACCEPTED, expo__year=at["year"])
    rows = rows.select_related("exhibitor", "expo", "listing").order_by("delegation_id", "exhibitor_id", "id")
    return rows.distinct("delegation_id", "exhibitor_id")


def _expo_visitors(at: dict[str, Any]) -> Rows:
    entered = Passage.objects.filter(registration=OuterRef("pk"), place=VENUE, direction=Direction.IN, undoes=None)
    rows = Registration.objects.filter(Exists(entered.filter(undone_by=None)), expo__year=at["year"])
    return rows.filter(from_province__isnull=False).select_related("expo").order_by("-made_at", "-id")


def _held_meetings(at: dict[str, Any]) -> Rows:
    rows = ExpoMeeting.objects.filter(_within("starts_at", at), state=MeetingState.HELD)
    return rows.select_related("expo").order_by("-starts_at", "-id")


def _intentions(at: dict[str, Any]) -> Rows:
    rows = intentions().filter(_on_days("signed_on", at))
    return rows.order_by("-signed_on", "-id")


def _converted(at: dict[str, Any]) -> Rows:
    last = Func(
        F("result__signed_on"), Value("12 months"), template="(%(expressions)s::interval)::date", arg_joiner=" + "
    )
    steps = ResultStep.objects.filter(result=OuterRef("pk"), rung__in=HIGHER).annotate(last=last)
    return _intentions(at).filter(Exists(steps.filter(reached_on__lte=F("last"))))


# ---- which of them a reader may open


def _offices(user: User) -> tuple[str, ...]:
    return tuple(codes_where(user, ("listing_review",))["listing_review"])


def _of_listing(path: str) -> Callable[[Rows, User], Rows]:
    def visible(rows: Rows, user: User) -> Rows:
        listings = Listing.objects.visible_to(user, _offices(user)).values("pk")
        return rows.filter(**{f"{path}__in": listings})

    return visible


def _listings(rows: Rows, user: User) -> Rows:
    return rows.filter(pk__in=Listing.objects.visible_to(user, _offices(user)).values("pk"))


def _public_needs(rows: Rows, user: User) -> Rows:
    return rows.filter(Q(state__in=NEED_PUBLIC) | Q(owner=user.pk))


def _rooms(rows: Rows, user: User) -> Rows:
    return rows.filter(pk__in=Negotiation.objects.visible_to(user).values("pk"))


def _contracts(rows: Rows, user: User) -> Rows:
    """The two parties, and the office to which it was filed."""
    if not user.is_authenticated:
        return rows.none()
    examined = codes_where(user, ("agreement_examine",))["agreement_examine"]
    mine = agreements_visible_to(user).values("pk")
    return rows.filter(Q(pk__in=mine) | Q(province__in=examined, recordal__isnull=False))


def _declarations(rows: Rows, _user: User) -> Rows:
    return rows  # an announcement is public for good; so is a policy, and a support that was on public notice


def _open_to_all(rows: Rows, _user: User) -> Rows:
    return rows


def _kept(user: User) -> Rows:
    return Facility.objects.filter(kept_by(user)).values("pk")


def _visits_seen(rows: Rows, user: User) -> Rows:
    return rows.filter(Q(visitor=user.pk) | Q(booked_by=user.pk) | Q(facility__in=_kept(user)))


def _stays_seen(rows: Rows, user: User) -> Rows:
    return rows.filter(Q(applicant=user.pk) | Q(facility__in=_kept(user)))


def _badges_seen(rows: Rows, user: User) -> Rows:
    """One's own, those one has registered, and all of them for the host."""
    if not user.is_authenticated:
        return rows.none()
    hosts = codes_where(user, (RUN,))[RUN]
    return rows.filter(Q(user=user.pk) | Q(made_by=user.pk) | Q(expo__host__in=hosts))


def _meetings_seen(rows: Rows, user: User) -> Rows:
    """One's own, and all of them for the host."""
    if not user.is_authenticated:
        return rows.none()
    own = MeetingPerson.objects.filter(profile__registration__user=user.pk).values("meeting")
    return rows.filter(Q(pk__in=own) | Q(expo__host__in=codes_where(user, (RUN,))[RUN]))


_SOURCES: dict[str, tuple[Callable[[dict[str, Any]], Rows], str, Callable[[Rows, User], Rows]]] = {
    "listings_approved": (_approved, "province", _of_listing("version__listing")),
    "listings_on_market": (_on_market, "province", _listings),
    "patents_on_market": (_patents, "listing__province", _of_listing("listing")),
    "needs_published": (_needs, "province", _public_needs),
    "negotiations_opened": (_talks, "listing__province", _rooms),
    "agreements_signed": (_signed, "province", _contracts),
    "grants_recorded": (_recorded, "province", _contracts),
    "contract_amount": (_paid, "province", _contracts),
    "cross_province_share": (_signed, "province", _contracts),
    "review_days": (_judged, "province", _of_listing("version__listing")),
    "open_declarations": (_declared, "province", _declarations),
    "conversion_output": (_producing, "province", _contracts),
    "policies_in_force": (_policies, "policy__province", _declarations),
    "support_granted": (_granted, "version__policy__province", _declarations),
    "support_paid": (_support_paid, "application__version__policy__province", _declarations),
    "support_crossing_share": (_granted, "version__policy__province", _declarations),
    "facilities_open": (_facilities, "province", _open_to_all),
    "visits_used": (_visited, "facility__province", _visits_seen),
    "stationings_signed": (_staying, "facility__province", _stays_seen),
    "visits_from_elsewhere": (_asked_visits, "facility__province", _visits_seen),
    "expo_exhibitors": (_exhibitors, "delegation__province", _open_to_all),
    "expo_visitors": (_expo_visitors, "from_province", _badges_seen),
    "expo_intentions": (_intentions, "province", _open_to_all),
    "expo_converted": (_converted, "province", _open_to_all),
    "expo_meetings": (_held_meetings, "expo__host", _meetings_seen),
}
