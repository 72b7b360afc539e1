"""A listing from its first draft to its withdrawal, and how a version becomes public. Read next: drafts.py, reviews.py.

Lock order: Patent, Listing, Version, Review. A version is written only while it is being edited; the database guards
that (triggers on the version and its children), and that a published listing has a verified owner and living patents.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from patents import checks, queries, rules
from patents.actions import following, searching
from patents.actions.drafts import (
    attachment_add,
    attachment_remove,
    patent_attach,
    patent_detach,
    touch,
    version_fill,
    version_save,
    version_to_edit,
)
from patents.actions.titles import title_of
from patents.actions.versions import review_open, version_copy, version_withdraw
from patents.models import Listing, ListingNumber, ListingVersion
from patents.states import LISTING_MOVES, OFFERABLE, SHOWN, VERSION_MOVES, ListingState, SuspendedBy, VersionState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import organisation_of
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.events import ListingClosed, ListingPublished
from platform_site.outbox.queue import after_commit, publish
from platform_site.regions.facts import CODES
from platform_site.states import move

__all__ = [
    "attachment_add",
    "attachment_remove",
    "listing_create",
    "listing_publish",
    "listing_resume",
    "listing_revise",
    "listing_submit",
    "listing_suspend",
    "listing_withdraw",
    "patent_attach",
    "patent_detach",
    "revision_withdraw",
    "version_fill",
    "version_save",
    "version_withdraw",
]

REVISABLE = frozenset({ListingState.PUBLISHED, ListingState.SUSPENDED, ListingState.CHANGES_REQUESTED})


# ---- writing


@transaction.atomic
def listing_create(*, actor: User) -> Listing:
    """Open a draft with its number and its first, empty version. Anybody signed in may; verification is asked at submission."""
    moment = clock.now()
    listing = Listing.objects.create(
        number=_next_number(clock.today().year),
        owner=actor,
        organisation=organisation_of(actor),
        created_at=moment,
        updated_at=moment,
    )
    ListingVersion.objects.create(listing=listing, number=1, created_at=moment, saved_at=moment)
    record(actor=actor, verb="patents.listing_create", target=listing, number=listing.number)
    return listing


# ---- submission and revision


@transaction.atomic
def listing_submit(*, listing_id: int, actor: User, province_code: str) -> Listing:
    """Send the edited version to an office: the text is frozen, the office's clock starts (working days of the mainland).

    A revision of a published listing goes to the office that published it; the public text stays until it decides.
    Raises: NotAllowed (not the owner, not verified), Conflict (something is missing), MoveRefused.
    """
    listing = queries.lock_patents_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    rules.require(rules.listing_submit, actor, listing)
    version = version_to_edit(listing)
    _refuse_if_incomplete(version)
    if listing.public_version_id is None:
        move(listing, ListingState.SUBMITTED, LISTING_MOVES)
        if province_code not in CODES:
            raise Conflict(_("请从六省知识产权局中选择一个审核机构。"))
        listing.province_id = province_code
    moment = clock.now()
    move(version, VersionState.SUBMITTED, VERSION_MOVES)
    version.submitted_at = version.declared_at = moment
    version.save(update_fields=["state", "submitted_at", "declared_at"])
    listing.updated_at = moment
    listing.save(update_fields=["state", "province", "updated_at"])
    review = review_open(version=version, province_code=listing.province_id or "")
    record(
        actor=actor, verb="patents.listing_submit", target=listing, province_code=listing.province_id or "",
        version=version.number, review_id=review.pk, due_on=review.due_on.isoformat(),
    )  # fmt: skip
    after_commit("patents.listing_submit_notify", review_id=review.pk)
    return listing


@transaction.atomic
def listing_revise(*, listing_id: int, actor: User) -> ListingVersion:
    """Begin a new version: a copy of the returned text, or of the public one, with everything that hangs off it.

    The public text and the listing's state stay. Raises: NotAllowed; Conflict (one is in work already, or it is over).
    """
    listing = queries.lock_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    if queries.lock_version_in_work(listing) is not None:
        raise Conflict(_("已有一份修改正在进行。"), _("请先完成、提交或放弃它。"))
    if listing.state not in REVISABLE:
        raise Conflict(_("“%(state)s”的技术不能修改。") % {"state": listing.get_state_display()})
    latest = listing.versions.latest("number")
    returned = latest.state == VersionState.CHANGES_REQUESTED
    source = latest if returned or listing.public_version is None else listing.public_version
    version = version_copy(source=source, number=latest.number + 1)
    touch(listing, version)
    record(actor=actor, verb="patents.listing_revise", target=listing, version=version.number, source=source.number)
    return version


@transaction.atomic
def revision_withdraw(*, listing_id: int, actor: User) -> Listing:
    """Give up the version in work of a listing that is public: the public text stays as it is."""
    listing = queries.lock_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    version = queries.lock_version_in_work(listing)
    if version is None or listing.public_version_id is None:
        raise Conflict(_("没有可以放弃的修改。"))
    version_withdraw(version, actor, _("权利人撤回了修改。"))
    listing.updated_at = clock.now()
    listing.save(update_fields=["updated_at"])
    record(actor=actor, verb="patents.revision_withdraw", target=listing, version=version.number)
    return listing


# ---- on and off the market


def listing_publish(*, listing: Listing, version: ListingVersion, actor: User) -> Listing:
    """Make a version the public text. Inner function: the caller holds the locks of patents, listing and version.

    A submitted listing is published; a published one changes its text; a suspended one changes it and stays suspended.
    Raises: Conflict (the owner's real-name mark was revoked, a patent is no longer alive, or what the version offers
    is granted already or lacks the consent of a co-owner).
    """
    _refuse_if_unfit(listing)
    _refuse_if_gone(version)
    if version.state != VersionState.APPROVED:
        move(version, VersionState.APPROVED, VERSION_MOVES)
        version.save(update_fields=["state"])
    if listing.state == ListingState.SUBMITTED:
        move(listing, ListingState.PUBLISHED, LISTING_MOVES)
    for patent in queries.patents_of(listing.pk):
        title_of(patent, actor)
    moment = clock.now()
    listing.public_version = version
    listing.published_at = listing.published_at or moment
    listing.updated_at = moment
    listing.save(update_fields=["state", "public_version", "published_at", "updated_at"])
    record(
        actor=actor,
        verb="patents.listing_publish",
        target=listing,
        province_code=listing.province_id or "",
        version=version.number,
    )
    if listing.state == ListingState.PUBLISHED:
        searching.search_row_write(listing)
        publish(ListingPublished(listing.pk))
    return listing


@transaction.atomic
def listing_withdraw(*, listing_id: int, actor: User, reason: str = "") -> Listing:
    """Take a listing off for good and set its patents free; what was being reviewed is withdrawn from the office.

    Raises: NotAllowed, MoveRefused; Conflict (a listing that was public is withdrawn with a reason).
    """
    listing = queries.lock_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    was_shown = listing.state in SHOWN
    if was_shown and not reason.strip():
        raise Conflict(_("请写明下架的原因。"))
    before = listing.state
    move(listing, ListingState.WITHDRAWN, LISTING_MOVES)
    version = queries.lock_version_in_work(listing)
    if version is not None:
        version_withdraw(version, actor, reason or _("权利人撤回了提交。"))
    listing.closing_reason, listing.updated_at = reason.strip(), clock.now()
    listing.save(update_fields=["state", "closing_reason", "updated_at"])
    listing.listing_patents.update(is_open=False)
    if was_shown:
        searching.search_row_remove(listing)
        publish(ListingClosed(listing.pk))
    record(
        actor=actor, verb="patents.listing_withdraw", target=listing, province_code=listing.province_id or "",
        before=before, reason=listing.closing_reason,
    )  # fmt: skip
    after_commit("patents.listing_withdraw_notify", listing_id=listing.pk)
    return listing


@transaction.atomic
def listing_suspend(*, listing_id: int, actor: User, reason: str) -> Listing:
    """Take a listing out of sight until it is resumed; by its owner, or by its office, which then alone can resume it."""
    listing = queries.lock_listing(listing_id)
    rules.require(rules.listing_suspend, actor, listing)
    if not reason.strip():
        raise Conflict(_("请写明暂停展示的原因。"))
    by = SuspendedBy.OWNER if listing.owner_id == actor.pk else SuspendedBy.OFFICE
    following.market_pause(listing, by=by, reason=reason.strip())
    record(
        actor=actor, verb="patents.listing_suspend", target=listing, province_code=listing.province_id or "",
        suspended_by=listing.suspended_by, reason=listing.closing_reason,
    )  # fmt: skip
    after_commit("patents.listing_suspend_notify", listing_id=listing.pk, moment=listing.updated_at.isoformat())
    return listing


@transaction.atomic
def listing_resume(*, listing_id: int, actor: User, reason: str = "") -> Listing:
    """Put a suspended listing back on the market, if its owner and its patents still allow it."""
    listing = queries.lock_patents_listing(listing_id)
    rules.require(rules.listing_resume, actor, listing)
    _refuse_if_unfit(listing)
    following.market_pause(listing)
    record(
        actor=actor,
        verb="patents.listing_resume",
        target=listing,
        province_code=listing.province_id or "",
        reason=reason.strip(),
    )
    after_commit("patents.listing_resume_notify", listing_id=listing.pk, moment=listing.updated_at.isoformat())
    return listing


# ---- helpers; rows given to them are locked


def _next_number(year: int) -> str:
    ListingNumber.objects.get_or_create(year=year)
    counter = ListingNumber.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"CN6-{year}-{counter.last:06d}"


def _refuse_if_incomplete(version: ListingVersion) -> None:
    found = checks.problems(queries.draft_to_judge(version))
    if found:
        raise Conflict(found[0].words, _("请回到任务清单补齐后再提交，已填的内容都在。"))


def _refuse_if_gone(version: ListingVersion) -> None:
    """Asked when a text becomes public; afterwards what is shown as offered shrinks with the ledger (following.py)."""
    draft = queries.draft_to_judge(version)
    offers = [(row.form, row.provinces) for row in draft.forms]
    lacking = checks.forms_problems([form for form, _places in offers], draft.patents, consents=version.consents)
    for _form, words in (*lacking, *checks.gone_problems(offers, draft.patents, draft.books)):
        raise Conflict(words)


def _refuse_if_unfit(listing: Listing) -> None:
    if not rules.is_verified(listing.owner):
        raise Conflict(_("权利人的实名核验已不存在，不能公开展示。"))
    for patent in queries.patents_of(listing.pk):
        if patent.legal_status not in OFFERABLE:
            raise Conflict(checks.status_problem(patent))
