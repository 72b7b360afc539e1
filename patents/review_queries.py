"""Reads of the officer's desk: the queue, one item of it, and the getters that lock. Read next: actions/reviews.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.http import Http404
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import Membership, Verification
from platform_site.accounts.states import VerificationState
from platform_site.errors import NotAllowed
from platform_site.regions import workdays
from platform_site.regions.models import Province
from platform_site.regions.queries import overrides, provinces_where

from . import ledger, ledger_queries, twin_queries
from .checklist import Submission
from .models import ListingPatent, ListingVersion, Patent, Review
from .queries import lock_patents_listing
from .states import VersionState

SEGMENTS = ("open", "free", "mine", "done")
WORKING = ("version__listing__owner", "version__listing__organisation", "province", "taken_by", "decided_by")


@dataclass(frozen=True)
class Calendar:
    """Today and the corrections of the calendar, read once a page; clocks of any number of rows follow without a query."""

    today: date
    overrides: Mapping[date, bool]

    def left(self, due: date) -> int:
        """Working days from today (not counted) to `due`; negative once it is overdue."""
        return workdays.working_days_between(self.today, due, self.overrides)

    def after(self, days: int) -> date:
        return workdays.add_working_days(self.today, days, self.overrides)


def calendar() -> Calendar:
    return Calendar(clock.today(), overrides())


def reviewing_provinces(officer: Any) -> list[Province]:
    """The officer's provinces; NotAllowed for whoever reviews nowhere: the page exists, it is not theirs."""
    found = provinces_where(officer, "listing_review")
    if not found:
        raise NotAllowed(_("审核队列只对各省知识产权局的审核员开放。"), _("审核权限由平台管理员按省授予。"))
    return found


def _reviews_of(officer: Any, provinces: Sequence[Province]) -> QuerySet[Review]:
    """Every review of the provinces, with the people and records that a page names.

    `before`: the state of the text that an office saw before this one, None for a first submission. `is_own`: the
    officer has an interest in it, as rules.review_is_own has it for one row.
    """
    earlier = (
        ListingVersion.objects.filter(
            listing=OuterRef("version__listing"), number__lt=OuterRef("version__number"), submitted_at__isnull=False
        )
        .exclude(state=VersionState.WITHDRAWN)
        .order_by("-number")
    )
    member = Membership.objects.filter(
        user=officer, organisation=OuterRef("version__listing__organisation"), left_at=None
    )
    own = ExpressionWrapper(Q(version__listing__owner=officer) | Exists(member), BooleanField())
    return (
        Review.objects.filter(province__in=[province.code for province in provinces])
        .select_related(*WORKING)
        .annotate(before=Subquery(earlier.values("state")[:1]), is_own=own)
    )


def review_queue(officer: Any, provinces: Sequence[Province], segment: str = "open") -> QuerySet[Review]:
    """What lies with the officer's provinces, oldest due day first; `done` holds the decided ones, newest first."""
    rows = _reviews_of(officer, provinces)
    if segment == "done":
        return rows.exclude(decision="").order_by("-decided_at", "-id")
    rows = rows.filter(decision="", version__state=VersionState.SUBMITTED)
    if segment == "free":
        rows = rows.filter(taken_by=None)
    elif segment == "mine":
        rows = rows.filter(taken_by=officer)
    return rows.order_by("due_on", "id")


def review_counts(rows: QuerySet[Review], days: Calendar) -> dict[str, int]:
    """How many are due today or overdue, on the next working day, and later: one query."""
    tomorrow, later = days.after(1), days.after(2)
    return rows.order_by().aggregate(
        today=Count("pk", filter=Q(due_on__lt=tomorrow)),
        tomorrow=Count("pk", filter=Q(due_on__gte=tomorrow, due_on__lt=later)),
        rest=Count("pk", filter=Q(due_on__gte=later)),
        total=Count("pk"),
    )


def review_for(officer: Any, pk: int) -> Review:
    """One review of the officer's provinces; 404 for any other, as if it did not exist."""
    rows = _reviews_of(officer, reviewing_provinces(officer)).filter(pk=pk)
    found = rows.select_related("version__listing__public_version", *WORKING).first()
    if found is None:
        raise Http404
    return found


def reviews_for(officer: Any, pks: Sequence[int]) -> list[Review]:
    """The named reviews of the officer's provinces, oldest due first; 404 when a single one is not there: it was forged."""
    found = list(_reviews_of(officer, reviewing_provinces(officer)).filter(pk__in=pks).order_by("due_on", "id"))
    if len(found) != len(set(pks)):
        raise Http404
    return found


def review_next(officer: Any, provinces: Sequence[Province], *, after: Review) -> Review | None:
    """The item to judge next: the oldest due that is free or already this officer's, and not of their own making."""
    rows = review_queue(officer, provinces).exclude(pk=after.pk).filter(Q(taken_by=None) | Q(taken_by=officer))
    return rows.filter(is_own=False).first()


def review_released(officer: Any, provinces: Sequence[Province], pk: str) -> Review | None:
    """The item that was just put back, if it still waits for anybody: what the queue offers to take again.

    `pk` as it stands in the address; None for whatever is not such an item.
    """
    if not (pk.isascii() and pk.isdecimal() and len(pk) <= 18):
        return None
    return review_queue(officer, provinces, "free").filter(pk=int(pk), is_own=False).first()


def submissions_of(reviews: Sequence[Review]) -> dict[int, Submission]:
    """Review pk -> what the machine checks read; six queries, however many reviews."""
    versions = [review.version for review in reviews]
    bundle = Prefetch("listing__listing_patents", ListingPatent.objects.select_related("patent"))
    prefetch_related_objects(versions, "offered_forms", "attachments", bundle)
    owners = {version.listing.owner_id for version in versions}
    names = dict(
        Verification.objects.filter(user__in=owners, state=VerificationState.VERIFIED).values_list(
            "user_id", "real_name"
        )
    )
    patents = [row.patent for version in versions for row in version.listing.listing_patents.all()]
    known = Known(
        names, ledger_queries.books_on([patent.pk for patent in patents], clock.today()), twin_queries.same_day(patents)
    )
    return {review.pk: _submission(review.version, known) for review in reviews}


@dataclass(frozen=True)
class Known:
    """What the portal knows beside the submissions themselves, read once for all of them."""

    verified_names: Mapping[int, str]
    books: Mapping[int, ledger.Book]
    same_day: Sequence[Patent]


def _submission(version: ListingVersion, known: Known) -> Submission:
    listing = version.listing
    organisation = {listing.organisation.name_zh} if listing.organisation else set()
    names = known.verified_names
    person = {names[listing.owner_id]} if listing.owner_id in names else set()
    return Submission(
        version=version,
        bundle=tuple(listing.listing_patents.all()),
        forms=tuple(version.offered_forms.all()),
        attachments=tuple(version.attachments.all()),
        owner_verified=listing.owner_id in names,
        owner_names=frozenset(organisation | person),
        today=clock.today(),
        books=known.books,
        same_day=known.same_day,
    )


def versions_before(version: ListingVersion, decided: Sequence[Review]) -> list[ListingVersion]:
    """Earlier texts that an office has seen, newest first: what a reviewer compares with.

    They are those of `decided`, the listing's decided reviews, and the public one. What hangs off them and off
    `version` itself is read along, three queries in all, however many there are.
    """
    seen = {review.version_id: review.version for review in decided}
    if version.listing.public_version is not None:
        seen[version.listing.public_version.pk] = version.listing.public_version
    earlier = [one for one in seen.values() if one.number < version.number and one.state != VersionState.WITHDRAWN]
    earlier.sort(key=lambda one: -one.number)
    prefetch_related_objects([version, *earlier], "offered_forms", "requirements", "attachments")
    return earlier


def review_history(version: ListingVersion) -> list[Review]:
    """Every decided review of the listing, oldest first, with office and officer."""
    return list(
        Review.objects.filter(version__listing=version.listing_id)
        .exclude(decision="")
        .select_related("province", "decided_by", "version")
        .order_by("decided_at", "id")
    )


# ---- locks, in the documented order: Patent, Listing, Version, Review


def lock_review(pk: int) -> Review:
    """The review alone: for taking, checking and releasing, which write nothing else.

    Nothing is joined: after a wait PostgreSQL reads the locked row anew, but what was joined to it as it was before.
    """
    return Review.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def lock_review_chain(pk: int) -> Review:
    """The bundled patents, the listing, the version and the review, in the documented order; all hang off the answer."""
    version_id, listing_id = Review.objects.values_list("version_id", "version__listing_id").get(pk=pk)
    listing = lock_patents_listing(listing_id)
    version = ListingVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version_id)
    review = lock_review(pk)
    version.listing = listing
    review.version = version
    return review
