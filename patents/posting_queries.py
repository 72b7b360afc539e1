"""Reads over posted prices and the objections to them. Read next: actions/postings.py."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from platform_site import clock
from platform_site.accounts.models import Organisation

from . import twins
from .models import Listing, Patent, PriceObjection, PricePosting
from .states import PostingState

# ---- whom the duty binds


def public_body_of(patent: Patent) -> Organisation | None:
    """The public research body or university that owns the patent: by the names of the register, else by its listings."""
    named = Organisation.objects.filter(name_zh__in=twins.names(patent))
    listed = Organisation.objects.filter(
        pk__in=Listing.objects.filter(listing_patents__patent=patent).values("organisation")
    )
    return next((body for body in [*named, *listed] if body.is_public_body), None)


# ---- postings


def postings() -> QuerySet[PricePosting]:
    """All of them, newest first, each with how many objections it has and how many wait for an answer."""
    return PricePosting.objects.select_related("listing").annotate(
        filed=Count("objections"), waiting=Count("objections", filter=Q(objections__answer=""))
    )


def posting_for(pk: int) -> PricePosting:
    """One posting; everybody may read it, also after its listing is off the market."""
    found = postings().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def objections_to(posting: PricePosting) -> list[PriceObjection]:
    return list(posting.objections.select_related("author"))


def objection_for(pk: int) -> PriceObjection:
    found = PriceObjection.objects.select_related("posting__listing", "author").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def shown_of(listing: Listing) -> list[PricePosting]:
    """The postings that stand, for the page of the listing; no query for whom the duty does not bind."""
    if listing.organisation is None or not listing.organisation.is_public_body:
        return []
    return list(listing.postings.filter(state=PostingState.POSTED))


def posting_of(listing: Listing, form: str) -> PricePosting | None:
    """The posting of a form of transfer that stands, finished or not; at most one."""
    return listing.postings.filter(state=PostingState.POSTED, form=form).first()


# ---- whether the price has been posted


def is_finished(posting: PricePosting, on: date) -> bool:
    """Whether one may conclude on a day: it stands, its time had run out before, and no objection waits for an answer."""
    return (
        posting.state == PostingState.POSTED
        and posting.until < on
        and not posting.objections.filter(answer="").exists()
    )


def posting_done(listing: Listing, form: str, on: date | None = None) -> bool:
    """Whether the price of a form was posted for long enough before a day (today unless given): art. 18 is met."""
    found = posting_of(listing, form)
    return found is not None and is_finished(found, on or clock.today())


def posting_before(patent: Patent, form: str, on: date) -> PricePosting | None:
    """A finished posting of this form in any listing of the patent."""
    standing = PricePosting.objects.filter(
        listing__listing_patents__patent=patent, form=form, state=PostingState.POSTED, until__lt=on
    ).exclude(objections__answer="")
    return standing.order_by("-until").first()


# ---- locks: Listing, then Posting


def lock_posting(pk: int) -> PricePosting:
    return PricePosting.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def lock_objection(pk: int) -> PriceObjection:
    return PriceObjection.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
