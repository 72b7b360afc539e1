"""Reads over patents and listings, the gates that answer 404, and the getters that lock. Read next: actions/listings.py."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from guardian.shortcuts import get_users_with_perms

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.models import Province
from platform_site.regions.queries import provinces_where

from . import ledger_queries
from .checks import Draft
from .models import Attachment, DraftInput, Listing, ListingPatent, ListingVersion, OfferedForm, Patent, Review
from .models.review import Decision
from .numbers import LETTERS
from .states import IN_WORK, SHOWN, VersionState
from .text import number_token

# ---- gates


def reviewing_codes(user: Any) -> tuple[str, ...]:
    """Codes of the provinces whose listings this person reviews; empty for everybody but officers."""
    return tuple(province.code for province in provinces_where(user, "listing_review"))


def listing_for(user: Any, number: str) -> Listing:
    """A listing that this reader may see: public ones, the reader's own, those of the reader's office; else 404.

    Which offices a reader works for is asked only of what is neither public nor the reader's own.
    """
    asked = _asked_for(number)
    found = asked.visible_to(user, ()).first()
    if found is None:
        offices = reviewing_codes(user)
        found = asked.visible_to(user, offices).first() if offices else None
    if found is None:
        raise Http404
    return found


def listing_with_office(user: Any, number: str) -> tuple[Listing, bool]:
    """The same for its page, with whether it lies with an office of the reader's, and is not their own: both from one answer."""
    offices = reviewing_codes(user)
    found = _asked_for(number).visible_to(user, offices).first()
    if found is None:
        raise Http404
    return found, found.owner_id != user.pk and found.province_id in offices


def _asked_for(number: str) -> Any:
    return Listing.objects.select_related("owner", "organisation", "province", "public_version").filter(number=number)


def numbered(typed: str, path: str = "") -> Q | None:
    """A condition: the patent at `path` bears this application, patent or publication number, in any spelling of it.

    None for words, and for a listing's number. A document is found without its kind letter, and with or without the digit
    of a correction.
    """
    token = number_token(typed).upper()
    if not token or token.startswith("CN6-"):
        return None
    found = Q(**{f"{path}application_number": token})
    if "." not in token:
        marks = [letter + digit for letter in LETTERS for digit in ("", *"123456789")]
        found |= Q(**{f"{path}publication_number__in": [token, *(token + mark for mark in marks)]})
    return found


def listing_by_patent(typed: str) -> Listing | None:
    """The listing on the market (or last on it) with a patent of this number, in any spelling."""
    named = numbered(typed, "listing_patents__patent__")
    if named is None:
        return None
    return Listing.objects.public().filter(named).order_by("-listing_patents__is_open", "-published_at").first()


def attachment_for(pk: int) -> Attachment:
    """A file with its version and listing; whether the reader may have it is asked of rules.attachment_read."""
    found = Attachment.objects.select_related("file", "version__listing").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


# ---- a listing and its parts


def draft_of(version: ListingVersion) -> Draft:
    """A version with its patents, forms, requirements and files: four queries; while it is edited also what waits unsaved."""
    waiting = version.inputs.filter(typed__isnull=False).order_by("pk").values_list("step", "part")
    return Draft(
        version=version,
        patents=patents_of(version.listing_id),
        forms=list(version.offered_forms.all()),
        requirements=list(version.requirements.all()),
        attachments=list(version.attachments.select_related("file")),
        unsaved=list(waiting) if version.state == VersionState.EDITING else (),
    )


def offered_of(listing: Listing) -> list[OfferedForm]:
    """What the public text offers; nothing before there is one."""
    return list(OfferedForm.objects.filter(version=listing.public_version_id)) if listing.public_version_id else []


def draft_input(version: ListingVersion, step: str, part: str) -> DraftInput | None:
    """What waits in one step of the wizard, and its edition; None where no page has written yet."""
    return version.inputs.filter(step=step, part=part).first()


def draft_to_judge(version: ListingVersion) -> Draft:
    """A draft with what is granted today of each of its patents, for judging it: one query more."""
    draft = draft_of(version)
    return replace(draft, books=ledger_queries.books_on([patent.pk for patent in draft.patents], clock.today()))


def patents_of(listing_id: int) -> list[Patent]:
    """The bundled patents in their order."""
    named = Patent.objects.filter(twin_number=OuterRef("patent__application_number")).exclude(twin_number="")
    rows = ListingPatent.objects.filter(listing=listing_id).select_related("patent").annotate(named=Exists(named))
    for row in rows:
        row.patent.named_as_twin = row.named
    return [row.patent for row in rows]


def version_in_work(listing: Listing) -> ListingVersion | None:
    """The text being edited or reviewed; at most one."""
    return listing.versions.filter(state__in=IN_WORK).first()


def latest_version(listing: Listing) -> ListingVersion | None:
    return listing.versions.order_by("-number").first()


def submitted_version(listing: Listing) -> ListingVersion | None:
    """The last text that was sent to an office: what the office goes on seeing while the owner corrects a copy."""
    return listing.versions.exclude(submitted_at=None).order_by("-number").first()


def judgements_of(listing: Listing) -> list[Review]:
    """Every review of any text of the listing with its office: an open one first, then the latest decision."""
    reviews = Review.objects.filter(version__listing=listing).select_related("province", "version", "taken_by")
    return list(reviews.order_by(F("decided_at").desc(nulls_first=True), "-id"))


def open_review(version: ListingVersion) -> Review | None:
    return version.reviews.filter(decision="").select_related("province", "taken_by").first()


def returned_review(judgements: Sequence[Review]) -> Review | None:
    """What the office said when it sent the text back that is being corrected now; None for any other draft."""
    latest = next((one for one in judgements if one.decision not in ("", Decision.HANDED_OVER)), None)
    return latest if latest is not None and latest.decision == Decision.CHANGES_REQUESTED else None


def approval_of(version: ListingVersion, judgements: Sequence[Review]) -> Review | None:
    """The decision by which a text became public."""
    return next((one for one in judgements if one.version_id == version.pk and one.decision == Decision.APPROVED), None)


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


def patent_by_number(canonical: str) -> Patent | None:
    return Patent.objects.filter(application_number=canonical).first()


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


def lock_patent(pk: int) -> Patent:
    """One patent alone: whoever writes its ledger holds it."""
    return Patent.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


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
    return listing.versions.select_for_update(of=("self",), no_key=True).filter(state__in=IN_WORK).first()


def lock_open_review(version: ListingVersion) -> Review | None:
    return version.reviews.select_for_update(of=("self",), no_key=True).filter(decision="").first()


# ---- reviews: the officer's queue and its items are in review_queries.py


def review_told(pk: int) -> Review:
    """A review with what a notice says about it."""
    return Review.objects.select_related("province", "version__listing__owner").get(pk=pk)
