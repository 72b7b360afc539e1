"""Reads over patents and listings, the gates that answer 404, and the getters that lock. Read next: actions/listings.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.http import Http404
from django.utils.translation import gettext as _
from guardian.shortcuts import get_users_with_perms

from platform_site import clock
from platform_site.accounts.models import User, Verification
from platform_site.accounts.states import VerificationState
from platform_site.errors import NotAllowed
from platform_site.regions import workdays
from platform_site.regions.models import Province
from platform_site.regions.queries import overrides, provinces_where

from .checklist import Submission
from .checks import Draft
from .models import Attachment, Listing, ListingPatent, ListingVersion, Patent, Review
from .models.review import Decision
from .numbers import canonical_of
from .states import SHOWN, VersionState

# ---- gates


def reviewing_codes(user: Any) -> tuple[str, ...]:
    """Codes of the provinces whose listings this person reviews; empty for everybody but officers."""
    return tuple(province.code for province in provinces_where(user, "listing_review"))


def listing_for(user: Any, number: str) -> Listing:
    """A listing that this reader may see: public ones, the reader's own, those of the reader's office; else 404."""
    found = (
        Listing.objects.visible_to(user, reviewing_codes(user))
        .select_related("owner", "organisation", "province", "public_version")
        .filter(number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


def listing_by_patent(text: str) -> Listing | None:
    """The listing on the market (or last on it) with a patent of this application number, in any spelling."""
    canonical = canonical_of(text)
    if not canonical:
        return None
    return (
        Listing.objects.public()
        .filter(listing_patents__patent__application_number=canonical)
        .order_by("-listing_patents__is_open", "-published_at")
        .first()
    )


def attachment_for(pk: int) -> Attachment:
    """A file with its version and listing; whether the reader may have it is asked of rules.attachment_read."""
    found = Attachment.objects.select_related("file", "version__listing").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


# ---- a listing and its parts


def draft_of(version: ListingVersion) -> Draft:
    """A version with its patents, forms, requirements and files: four queries."""
    return Draft(
        version=version,
        patents=patents_of(version.listing_id),
        forms=list(version.offered_forms.all()),
        requirements=list(version.requirements.all()),
        attachments=list(version.attachments.select_related("file")),
    )


def patents_of(listing_id: int) -> list[Patent]:
    """The bundled patents in their order."""
    rows = ListingPatent.objects.filter(listing=listing_id).select_related("patent")
    return [row.patent for row in rows]


def version_in_work(listing: Listing) -> ListingVersion | None:
    """The text being edited or reviewed; at most one."""
    return listing.versions.filter(state__in=[VersionState.EDITING, VersionState.SUBMITTED]).first()


def latest_version(listing: Listing) -> ListingVersion | None:
    return listing.versions.order_by("-number").first()


def submitted_version(listing: Listing) -> ListingVersion | None:
    """The last text that was sent to an office: what the office goes on seeing while the owner corrects a copy."""
    return listing.versions.exclude(submitted_at=None).order_by("-number").first()


def last_judgement(listing: Listing) -> Review | None:
    """The latest decision about any text of the listing."""
    decided = Review.objects.filter(version__listing=listing).exclude(decision="").select_related("province")
    return decided.order_by("-decided_at", "-id").first()


def open_review(version: ListingVersion) -> Review | None:
    return version.reviews.filter(decision="").select_related("province", "taken_by").first()


def last_review(version: ListingVersion) -> Review | None:
    """The latest judgement of this text, with its office."""
    return version.reviews.exclude(decision="").select_related("province").order_by("-decided_at", "-id").first()


def returned_review(listing: Listing) -> Review | None:
    """What the office said when it sent the text back that is being corrected now; None for any other draft."""
    review = (
        Review.objects.filter(version__listing=listing)
        .exclude(decision__in=["", Decision.HANDED_OVER])
        .select_related("province", "version")
        .order_by("-decided_at", "-id")
        .first()
    )
    return review if review is not None and review.decision == Decision.CHANGES_REQUESTED else None


def approval_of(version: ListingVersion) -> Review | None:
    return version.reviews.filter(decision=Decision.APPROVED).select_related("province").first()


def listings_of(user: Any) -> QuerySet[Listing]:
    """The member's own listings, newest change first, each with what the list shows of it."""
    versions = ListingVersion.objects.order_by("-number").prefetch_related(
        Prefetch("reviews", Review.objects.order_by("-opened_at", "-id").select_related("province"))
    )
    return (
        Listing.objects.owned_by(user)
        .select_related("province", "public_version")
        .prefetch_related(Prefetch("versions", versions), "listing_patents__patent")
        .order_by("-updated_at", "-id")
    )


def officers_of(province_code: str) -> list[User]:
    """The people who review listings of a province, by their grant on it."""
    province = Province.objects.get(code=province_code)
    holders: Any = get_users_with_perms(province, only_with_perms_in=["listing_review"])
    return [person for person in holders if person.is_active]


def offices() -> list[Province]:
    return list(Province.objects.all())


# ---- patents


def patent_is_shown(patent: Patent) -> bool:
    """Whether a listing that anybody can (or could) open stands on this row."""
    return ListingPatent.objects.filter(patent=patent, listing__state__in=SHOWN).exists()


def listing_holding(patent: Patent, *, besides: int) -> Listing | None:
    """The open listing, other than `besides`, that bundles this patent already."""
    held = (
        ListingPatent.objects.filter(patent=patent, is_open=True)
        .exclude(listing=besides)
        .select_related("listing")
        .first()
    )
    return held.listing if held else None


def own_patents(user: Any) -> QuerySet[Patent]:
    """Patents that this member entered and that stand in no open listing: offered again without typing."""
    taken = ListingPatent.objects.filter(patent=OuterRef("pk"), is_open=True)
    return Patent.objects.filter(~Exists(taken), created_by=user).order_by("-created_at")


# ---- locks, in the documented order: Patent, Listing, Version, Review


def lock_patents(pks: list[int]) -> list[Patent]:
    return list(Patent.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk"))


def lock_patent_by_number(number: str) -> Patent | None:
    return Patent.objects.select_for_update(of=("self",), no_key=True).filter(application_number=number).first()


def lock_listing(pk: int) -> Listing:
    """The listing with its owner, who never changes; whatever can change is read after the lock, never joined to it."""
    return Listing.objects.select_for_update(of=("self",), no_key=True).select_related("owner").get(pk=pk)


def lock_patents_listing(pk: int) -> Listing:
    """The bundled patents, then the listing."""
    lock_patents(list(ListingPatent.objects.filter(listing=pk).values_list("patent_id", flat=True)))
    return lock_listing(pk)


def lock_version_in_work(listing: Listing) -> ListingVersion | None:
    return (
        listing.versions.select_for_update(of=("self",), no_key=True)
        .filter(state__in=[VersionState.EDITING, VersionState.SUBMITTED])
        .first()
    )


def lock_open_review(version: ListingVersion) -> Review | None:
    return version.reviews.select_for_update(of=("self",), no_key=True).filter(decision="").first()


# ---- reviews: the officer's queue and one item of it

SEGMENTS = ("open", "free", "mine", "done")
WORKING = ("version__listing__owner", "version__listing__organisation", "province", "taken_by")


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


def review_queue(officer: Any, provinces: list[Province], segment: str = "open") -> QuerySet[Review]:
    """What lies with the officer's provinces, oldest due day first; `done` holds the decided ones, newest first.

    Each row tells the state of the text that an office saw before this one (`before`), None for a first submission.
    """
    earlier = (
        ListingVersion.objects.filter(
            listing=OuterRef("version__listing"), number__lt=OuterRef("version__number"), submitted_at__isnull=False
        )
        .exclude(state=VersionState.WITHDRAWN)
        .order_by("-number")
    )
    rows = (
        Review.objects.filter(province__in=[province.code for province in provinces])
        .select_related(*WORKING)
        .annotate(before=Subquery(earlier.values("state")[:1]))
    )
    if segment == "done":
        return rows.exclude(decision="").select_related("decided_by").order_by("-decided_at", "-id")
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
    provinces = reviewing_provinces(officer)
    found = (
        Review.objects.filter(pk=pk, province__in=[province.code for province in provinces])
        .select_related("version__listing__public_version", "decided_by", *WORKING)
        .first()
    )
    if found is None:
        raise Http404
    return found


def review_next(officer: Any, provinces: list[Province], *, after: Review) -> Review | None:
    """The item to judge next: the oldest due that is free or already this officer's."""
    rows = review_queue(officer, provinces).exclude(pk=after.pk).filter(Q(taken_by=None) | Q(taken_by=officer))
    return rows.exclude(version__listing__owner=officer).first()


def submissions_of(reviews: Sequence[Review]) -> dict[int, Submission]:
    """Review pk -> what the machine checks read; five queries, however many reviews."""
    versions = [review.version for review in reviews]
    prefetch_related_objects(versions, "offered_forms", "attachments", "listing__listing_patents__patent")
    owners = {version.listing.owner_id for version in versions}
    names = dict(
        Verification.objects.filter(user__in=owners, state=VerificationState.VERIFIED).values_list(
            "user_id", "real_name"
        )
    )
    return {review.pk: _submission(review.version, names) for review in reviews}


def _submission(version: ListingVersion, verified_names: Mapping[int, str]) -> Submission:
    listing = version.listing
    organisation = {listing.organisation.name_zh} if listing.organisation else set()
    person = {verified_names[listing.owner_id]} if listing.owner_id in verified_names else set()
    return Submission(
        version=version,
        bundle=tuple(listing.listing_patents.all()),
        forms=tuple(version.offered_forms.all()),
        attachments=tuple(version.attachments.all()),
        owner_verified=listing.owner_id in verified_names,
        owner_names=frozenset(organisation | person),
        today=clock.today(),
    )


def versions_before(version: ListingVersion) -> list[ListingVersion]:
    """Earlier texts that an office has seen, newest first, with what hangs off them: what a reviewer compares with."""
    return list(
        ListingVersion.objects.filter(listing=version.listing_id, number__lt=version.number, submitted_at__isnull=False)
        .exclude(state=VersionState.WITHDRAWN)
        .prefetch_related("offered_forms", "requirements", "attachments")
        .order_by("-number")
    )


def review_history(version: ListingVersion) -> list[Review]:
    """Every decided review of the listing, oldest first, with office and officer."""
    return list(
        Review.objects.filter(version__listing=version.listing_id)
        .exclude(decision="")
        .select_related("province", "decided_by", "version")
        .order_by("decided_at", "id")
    )


def review_told(pk: int) -> Review:
    """A review with what a notice says about it."""
    return Review.objects.select_related("province", "version__listing__owner").get(pk=pk)


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
