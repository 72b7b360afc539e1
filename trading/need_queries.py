"""Gates, locking getters and reads of needs. Lock order: Listing, Need, Review of a need, Proposal, Negotiation. Read next: actions/needs.py."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.http import Http404
from django.utils.translation import gettext as _

from patents import text
from patents.models import Listing
from platform_site import clock
from platform_site.accounts.models import Membership, User
from platform_site.errors import NotAllowed
from platform_site.regions.models import Province
from platform_site.regions.queries import provinces_where

from .models import NeedProposal, NeedReview, TechnologyNeed
from .need_matches import LISTINGS_AT_MOST
from .need_querysets import NeedQuerySet
from .need_rules import TOKEN
from .states import NEED_PUBLIC, NeedState, ProposalState

SEGMENTS = ("open", "mine", "done")
NEWEST, DEADLINE = "newest", "deadline"
_NUMBER = re.compile(r"xq6[\s\-]*(\d{4})[\s\-]+(\d{1,9})", re.ASCII)


# ---- gates


def reviewing(user: User) -> tuple[str, ...]:
    return tuple(province.code for province in provinces_where(user, TOKEN))


def need_for(user: User, number: str) -> TechnologyNeed:
    """One need by its number; 404 for what this reader may not know of."""
    rows = TechnologyNeed.objects.visible_to(user, reviewing(user)).filter(number=number)
    found = rows.select_related("owner", "organisation", "province").prefetch_related("conditions").first()
    if found is None:
        raise Http404
    return found


def needs_of(user: User) -> QuerySet[TechnologyNeed]:
    """The reader's own, last changed first, with the day by which an office answers and how many proposals wait."""
    review = NeedReview.objects.filter(need=OuterRef("pk"), decision="")
    waiting = Count("proposals", filter=Q(proposals__state=ProposalState.OPEN))
    rows = TechnologyNeed.objects.owned_by(user).select_related("province")
    return rows.annotate(review_due=Subquery(review.values("due_on")[:1]), waiting=waiting)


def last_judgement(need: TechnologyNeed) -> NeedReview | None:
    """What an office said last, for the owner who corrects."""
    decided = need.reviews.exclude(decision="").select_related("province")
    return decided.order_by("-decided_at", "-id").first()


def open_review(need: TechnologyNeed) -> NeedReview | None:
    return need.reviews.filter(decision="").select_related("province").first()


# ---- the public list


@dataclass(frozen=True)
class NeedSearch:
    """What is asked for. Several values of one kind widen the search."""

    words: str = ""
    places: tuple[str, ...] = ()  # where it would be used
    ipc: tuple[str, ...] = ()  # stored form
    forms: tuple[str, ...] = ()
    sort: str = NEWEST


def need_named(typed: str) -> TechnologyNeed | None:
    """The public need that bears this number, in any spelling (XQ6-2026-000123); None for words."""
    match = _NUMBER.fullmatch(text.fold(typed).strip())
    if match is None:
        return None
    return TechnologyNeed.objects.filter(number=f"XQ6-{match[1]}-{int(match[2]):06d}", state__in=NEED_PUBLIC).first()


def needs_open(search: NeedSearch) -> NeedQuerySet:
    """Open needs that match, in order."""
    rows = TechnologyNeed.objects.is_open()
    if search.places:
        rows = rows.filter(places__overlap=list(search.places))
    if search.forms:
        rows = rows.filter(forms__overlap=list(search.forms))
    if search.ipc:
        rows = rows.filter(_in_classes(search.ipc))
    asked = text.asked(search.words)
    if asked:
        sql, params = "%s::tsquery && to_tsquery('english', %s)", [asked.literal(), asked.english()]
        rows = rows.filter(RawSQL(f'"trading_technologyneed"."doc" @@ ({sql})', params, BooleanField()))
    order = ("deadline", "id") if search.sort == DEADLINE else ("-published_at", "-id")
    return rows.select_related("owner", "organisation").order_by(*order)


def _in_classes(symbols: Sequence[str]) -> Q:
    """What is wanted in the class asked for, or in a larger one that holds it."""
    found = Q()
    for symbol in symbols:
        found |= Q(ipc__contains=[symbol])
        if len(symbol) > 4:
            found |= Q(ipc__contains=[symbol[:4]])
        elif len(symbol) == 4:
            found |= Q(grounds__contains=[symbol])
        else:
            beginning = "EXISTS (SELECT 1 FROM unnest(trading_technologyneed.grounds) AS g WHERE starts_with(g, %s))"
            found |= Q(RawSQL(beginning, [symbol], BooleanField()))
    return found


# ---- an office's queue


def reviewing_provinces(officer: Any) -> list[Province]:
    """The officer's provinces; NotAllowed for whoever reviews nowhere: the page exists, it is not theirs."""
    found = provinces_where(officer, TOKEN)
    if not found:
        raise NotAllowed(_("需求审核只对各省知识产权局的审核员开放。"), _("审核权限由平台管理员按省授予。"))
    return found


def review_queue(officer: Any, provinces: Sequence[Province], segment: str = "open") -> QuerySet[NeedReview]:
    """What lies with the officer's provinces, oldest due first; `done` holds what was decided, newest first.

    `is_own`: the officer has an interest in it, as need_rules.need_review_is_own has it for one row.
    """
    member = Membership.objects.filter(user=officer, organisation=OuterRef("need__organisation"), left_at=None)
    rows = NeedReview.objects.filter(province__in=[province.code for province in provinces])
    rows = rows.select_related("need__owner", "need__organisation", "province", "taken_by", "decided_by")
    rows = rows.annotate(is_own=Q(need__owner=officer) | Exists(member))
    if segment == "done":
        return rows.exclude(decision="").order_by("-decided_at", "-id")
    rows = rows.filter(decision="")
    return (rows.filter(taken_by=officer) if segment == "mine" else rows).order_by("due_on", "id")


def review_for(officer: Any, pk: int) -> NeedReview:
    """One review of the officer's provinces; 404 for any other, as if it did not exist."""
    provinces = reviewing_provinces(officer)
    rows = NeedReview.objects.filter(province__in=[province.code for province in provinces], pk=pk)
    found = rows.select_related("need__owner", "need__organisation", "province", "taken_by", "decided_by")
    review = found.prefetch_related("need__conditions").first()
    if review is None:
        raise Http404
    return review


# ---- proposals


def listings_to_propose(user: User, need: TechnologyNeed) -> list[Listing]:
    """The member's listings on the market that were not held against this need yet."""
    taken = NeedProposal.objects.filter(need=need).values("listing")
    rows = Listing.objects.on_market().owned_by(user).exclude(pk__in=taken).select_related("public_version")
    return list(rows.order_by("-published_at", "-id")[:LISTINGS_AT_MOST])


def market_of(user: User) -> list[Listing]:
    """The member's newest listings on the market: what needs are sought for."""
    rows = Listing.objects.on_market().owned_by(user).select_related("public_version")
    return list(rows.order_by("-published_at", "-id")[:LISTINGS_AT_MOST])


def proposals_to(need: TechnologyNeed) -> QuerySet[NeedProposal]:
    """What was proposed, waiting first, then newest; with what a page names."""
    rows = NeedProposal.objects.filter(need=need).select_related("need", "listing__public_version", "listing__owner")
    rows = rows.select_related("listing__organisation").alias(is_decided=Q(decided_at__isnull=False))
    return rows.order_by("is_decided", "-created_at", "-id")


def proposals_by(user: User) -> QuerySet[NeedProposal]:
    """What the member has proposed, newest first."""
    rows = NeedProposal.objects.filter(listing__owner=user).select_related("need", "listing__public_version")
    return rows.order_by("-created_at", "-id")


def proposal_for(user: User, pk: int) -> NeedProposal:
    """A proposal of the reader's own, on either side; 404 for everybody else's."""
    mine = Q(need__owner=user) | Q(listing__owner=user)
    rows = NeedProposal.objects.filter(mine, pk=pk).select_related("need__owner", "listing__public_version")
    found = rows.select_related("listing__owner").first()
    if found is None:
        raise Http404
    return found


def listings_by_id(pks: Sequence[int]) -> dict[int, Listing]:
    """Listings with their public text and owner, for what a page shows: one query."""
    return Listing.objects.select_related("public_version", "owner", "organisation").in_bulk(list(pks))


# ---- locks


def lock_need(pk: int) -> TechnologyNeed:
    return TechnologyNeed.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def lock_need_review(pk: int) -> NeedReview:
    """The need, then its review, which hangs off nothing else."""
    need = lock_need(NeedReview.objects.values_list("need_id", flat=True).get(pk=pk))
    review = NeedReview.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    review.need = need
    return review


def lock_listing_need(listing_id: int, need_id: int) -> tuple[Listing, TechnologyNeed]:
    """Nothing leaves the market, and no need is closed, while something is proposed or accepted."""
    listing = Listing.objects.select_for_update(of=("self",), no_key=True).get(pk=listing_id)
    return listing, lock_need(need_id)


def lock_proposal(pk: int) -> NeedProposal:
    """The listing, the need and the proposal, in the documented order."""
    listing_id, need_id = NeedProposal.objects.values_list("listing_id", "need_id").get(pk=pk)
    listing, need = lock_listing_need(listing_id, need_id)
    proposal = NeedProposal.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    proposal.listing, proposal.need = listing, need
    return proposal


# ---- what the clock asks


def needs_run_out(most: int) -> list[int]:
    """Published needs whose last day is over."""
    rows = TechnologyNeed.objects.filter(state=NeedState.PUBLISHED, deadline__lt=clock.today())
    return list(rows.order_by("deadline", "id").values_list("pk", flat=True)[:most])
