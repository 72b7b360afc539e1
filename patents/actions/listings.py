"""Everything the patentee does to a listing, and how a version becomes public. Read next: reviews.py, ../states.py.

Lock order: Patent, Listing, Version, Review. A version is written only while it is being edited; the database guards
that (triggers on the version and its children), and that a published listing has a verified owner and living patents.
"""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from patents import checks, queries, rules
from patents.actions import searching
from patents.actions.versions import TEXTS, review_open, version_copy
from patents.models import (
    Attachment,
    Listing,
    ListingNumber,
    ListingPatent,
    ListingVersion,
    OfferedForm,
    Patent,
    Requirement,
)
from patents.models.review import Decision
from patents.states import LISTING_MOVES, OFFERABLE, SHOWN, VERSION_MOVES, ListingState, VersionState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import organisation_of
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.events import ListingClosed, ListingPublished
from platform_site.files import store
from platform_site.outbox.queue import after_commit, publish
from platform_site.states import move

# What of a patent moves on after it was published; everything else of a shown patent stays as it is.
STATUS_FACTS = ("legal_status", "status_as_of", "status_source", "annuity_paid_to")
# The states in which the bundle of patents can still be put together: nothing of it is public yet.
OPEN_TO_EDIT = frozenset({ListingState.DRAFT, ListingState.CHANGES_REQUESTED})
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


@transaction.atomic
def patent_attach(*, listing_id: int, actor: User, facts: Mapping[str, Any], replaces: int | None = None) -> Patent:
    """Put a patent into the bundle, or correct its facts; `facts` are fields of Patent, `replaces` a patent taken out for it.

    A row that the portal has already is used again; its facts are rewritten only while no listing shows them.
    Raises: NotAllowed; Conflict (the patent is in another open listing, the bundle is full or no longer open).
    """
    rules.require(rules.listing_edit, actor, Listing.objects.get(pk=listing_id))
    patent = _patent_lock_or_create(actor, facts)
    listing = queries.lock_listing(listing_id)
    version = _version_to_edit(listing, bundle=True)
    _refuse_if_held(patent, listing, actor)
    if replaces and replaces != patent.pk:
        listing.listing_patents.filter(patent=replaces).delete()
    if not listing.listing_patents.filter(patent=patent).exists():
        _bundle(listing, patent)
    _saved(listing, version, "patent")
    record(actor=actor, verb="patents.patent_attach", target=listing, patent=patent.application_number)
    return patent


@transaction.atomic
def patent_detach(*, listing_id: int, actor: User, patent_id: int) -> Listing:
    """Take a patent out of a bundle that is still open."""
    listing = queries.lock_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    version = _version_to_edit(listing, bundle=True)
    taken_out, _rows = listing.listing_patents.filter(patent=patent_id).delete()
    if taken_out:
        _touch(listing, version)
        record(actor=actor, verb="patents.patent_detach", target=listing, patent_id=patent_id)
    return listing


@transaction.atomic
def version_save(*, listing_id: int, actor: User, step: str, values: Mapping[str, Any]) -> ListingVersion:
    """Write one step of the wizard, already cleaned by its form, and mark the step done.

    `values`: ownership {organisation: bool, co_owned: set of patent ids, consent_stated: bool}; description {texts, trl};
    forms and requirements {rows: list of dicts of the model's fields}; files {}. Prices are CNY, areas m², power kW.
    """
    listing = queries.lock_patents_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    version = _version_to_edit(listing)
    _WRITERS[step](listing, version, values)
    _saved(listing, version, step)
    record(actor=actor, verb="patents.version_save", target=listing, version=version.number, step=step)
    return version


@transaction.atomic
def attachment_add(
    *, listing_id: int, actor: User, upload: UploadedFile, title: str, for_office_only: bool = False
) -> Attachment:
    """Keep a picture or document with the version being edited. At most MOST_FILES of settings.MAX_UPLOAD_BYTES each.

    Raises: ValidationError (the file is not what its name says, too large, or an image that cannot be read).
    """
    rules.require(rules.listing_edit, actor, Listing.objects.get(pk=listing_id))
    stored = store.store(upload=upload, owner=actor)
    listing = queries.lock_listing(listing_id)
    version = _version_to_edit(listing)
    place = version.attachments.count()
    if place >= checks.MOST_FILES:
        raise Conflict(_("最多 %(most)s 个文件。请先移除一个再上传。") % {"most": checks.MOST_FILES})
    attachment = Attachment.objects.create(
        version=version, file=stored, title=title or stored.name[:120], for_office_only=for_office_only, place=place
    )
    _saved(listing, version, "files")
    record(actor=actor, verb="patents.attachment_add", target=listing, file=str(stored.pk), sha256=stored.sha256)
    return attachment


@transaction.atomic
def attachment_remove(*, attachment_id: int, actor: User) -> Listing:
    """Take a file off the version being edited; versions that were submitted keep theirs."""
    attachment = Attachment.objects.select_related("version").get(pk=attachment_id)
    listing = queries.lock_listing(attachment.version.listing_id)
    rules.require(rules.listing_edit, actor, listing)
    version = _version_to_edit(listing)
    if attachment.version_id != version.pk:
        raise Conflict(_("这份材料属于已提交的文本，不能移除。"))
    attachment.delete()
    _touch(listing, version)
    record(actor=actor, verb="patents.attachment_remove", target=listing, file=str(attachment.file_id))
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
    version = _version_to_edit(listing)
    _refuse_if_incomplete(version)
    if listing.public_version_id is None:
        move(listing, ListingState.SUBMITTED, LISTING_MOVES)
        listing.province = queries.office(province_code)
        if listing.province is None:
            raise Conflict(_("请从六省知识产权局中选择一个审核机构。"))
    moment = clock.now()
    move(version, VersionState.SUBMITTED, VERSION_MOVES)
    version.submitted_at = version.declared_at = moment
    version.save(update_fields=["state", "submitted_at", "declared_at"])
    listing.updated_at = moment
    listing.save(update_fields=["state", "province", "updated_at"])
    review = review_open(version=version, province_code=listing.province_id)
    record(
        actor=actor, verb="patents.listing_submit", target=listing, province_code=listing.province_id,
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
    latest = queries.latest_version(listing)
    returned = latest is not None and latest.state == VersionState.CHANGES_REQUESTED
    source = latest if returned or listing.public_version is None else listing.public_version
    version = version_copy(source=source, number=latest.number + 1)
    _touch(listing, version)
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
    Raises: Conflict (the owner's real-name mark was revoked, or a patent is no longer alive).
    """
    _refuse_if_unfit(listing)
    if version.state != VersionState.APPROVED:
        move(version, VersionState.APPROVED, VERSION_MOVES)
        version.save(update_fields=["state"])
    if listing.state == ListingState.SUBMITTED:
        move(listing, ListingState.PUBLISHED, LISTING_MOVES)
    moment = clock.now()
    listing.public_version = version
    listing.published_at = listing.published_at or moment
    listing.updated_at = moment
    listing.save(update_fields=["state", "public_version", "published_at", "updated_at"])
    record(actor=actor, verb="patents.listing_publish", target=listing, province_code=listing.province_id, version=version.number)
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
    move(listing, ListingState.SUSPENDED, LISTING_MOVES)
    listing.closing_reason, listing.updated_at = reason.strip(), clock.now()
    listing.suspended_by_office = listing.owner_id != actor.pk
    listing.save(update_fields=["state", "closing_reason", "suspended_by_office", "updated_at"])
    searching.search_row_remove(listing)
    publish(ListingClosed(listing.pk))
    record(
        actor=actor, verb="patents.listing_suspend", target=listing, province_code=listing.province_id,
        by_office=listing.suspended_by_office, reason=listing.closing_reason,
    )  # fmt: skip
    after_commit("patents.listing_suspend_notify", listing_id=listing.pk, moment=listing.updated_at.isoformat())
    return listing


@transaction.atomic
def listing_resume(*, listing_id: int, actor: User, reason: str = "") -> Listing:
    """Put a suspended listing back on the market, if its owner and its patents still allow it."""
    listing = queries.lock_patents_listing(listing_id)
    rules.require(rules.listing_resume, actor, listing)
    _refuse_if_unfit(listing)
    move(listing, ListingState.PUBLISHED, LISTING_MOVES)
    listing.closing_reason, listing.suspended_by_office, listing.updated_at = "", False, clock.now()
    listing.save(update_fields=["state", "closing_reason", "suspended_by_office", "updated_at"])
    searching.search_row_write(listing)
    publish(ListingPublished(listing.pk))
    record(
        actor=actor, verb="patents.listing_resume", target=listing, province_code=listing.province_id, reason=reason.strip()
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


def _version_to_edit(listing: Listing, *, bundle: bool = False) -> ListingVersion:
    version = queries.lock_version_in_work(listing)
    if version is None or version.state != VersionState.EDITING:
        raise Conflict(_("这条技术现在不能编辑。"), _("提交后的文本不能改动；需要修改时，请在技术页面上点“修改”。"))
    if bundle and listing.state not in OPEN_TO_EDIT:
        raise Conflict(_("上架后不能更换专利。"), _("请下架后另行发布，或只修改说明、方式与价格。"))
    return version


def _touch(listing: Listing, version: ListingVersion) -> None:
    version.saved_at = listing.updated_at = clock.now()
    version.save(update_fields=["saved_at"])
    listing.save(update_fields=["updated_at"])


def _saved(listing: Listing, version: ListingVersion, step: str) -> None:
    if step not in version.steps_done:
        version.steps_done = [*version.steps_done, step]
        version.save(update_fields=["steps_done"])
    _touch(listing, version)


def _patent_lock_or_create(actor: User, facts: Mapping[str, Any]) -> Patent:
    patent = queries.lock_patent_by_number(facts["application_number"])
    if patent is None:
        try:
            with transaction.atomic():
                return Patent.objects.create(created_by=actor, created_at=clock.now(), **facts)
        except IntegrityError:
            # Somebody wrote the same number in between: theirs is the row.
            patent = queries.lock_patent_by_number(facts["application_number"])
            if patent is None:
                raise
    _patent_update(patent, actor, facts)
    return patent


def _patent_update(patent: Patent, actor: User, facts: Mapping[str, Any]) -> None:
    """Rewrite what may be rewritten: all of an unseen patent, the status of a shown one of one's own, nothing of a stranger's."""
    own = patent.created_by_id == actor.pk
    open_elsewhere = patent.listing_patents.filter(is_open=True).exclude(listing__owner=actor).exists()
    if open_elsewhere:
        return
    if queries.patent_is_shown(patent):
        names = tuple(name for name in STATUS_FACTS if own and name in facts)
    else:
        names = tuple(facts)
        patent.created_by = actor
    for name in names:
        setattr(patent, name, facts[name])
    if names:
        patent.save(update_fields=[*names, "created_by"])


def _refuse_if_held(patent: Patent, listing: Listing, actor: User) -> None:
    """A patent stands in one open listing; whose it is, is said to nobody but its owner."""
    other = queries.listing_holding(patent, besides=listing.pk)
    if other is None:
        return
    if other.owner_id == actor.pk:
        raise Conflict(_("这件专利已在您的 %(number)s 中，一件专利同时只能有一个上架申请。") % {"number": other.number})
    raise Conflict(
        _("这件专利已在平台登记，不能重复上架。"), _("如果您是权利人，请联系您所在省的知识产权局核实。")
    )


def _bundle(listing: Listing, patent: Patent) -> None:
    places = list(listing.listing_patents.values_list("place", flat=True))
    if len(places) >= checks.MOST_PATENTS:
        raise Conflict(_("一条技术最多合并 %(most)s 件专利。") % {"most": checks.MOST_PATENTS})
    try:
        with transaction.atomic():
            ListingPatent.objects.create(listing=listing, patent=patent, place=max(places, default=-1) + 1)
    except IntegrityError as error:
        raise Conflict(_("这件专利已在平台登记，不能重复上架。")) from error


def _write_ownership(listing: Listing, version: ListingVersion, values: Mapping[str, Any]) -> None:
    version.consent_stated = values["consent_stated"]
    version.save(update_fields=["consent_stated"])
    if listing.state not in OPEN_TO_EDIT:
        return
    listing.organisation = organisation_of(listing.owner) if values["organisation"] else None
    listing.save(update_fields=["organisation"])
    for patent in queries.patents_of(listing.pk):
        patent.co_owned = patent.pk in values["co_owned"]
        patent.save(update_fields=["co_owned"])


def _write_description(listing: Listing, version: ListingVersion, values: Mapping[str, Any]) -> None:
    names = [name for name in (*TEXTS, "trl") if name in values]
    for name in names:
        setattr(version, name, values[name])
    version.save(update_fields=names)


def _write_forms(listing: Listing, version: ListingVersion, values: Mapping[str, Any]) -> None:
    version.offered_forms.all().delete()
    OfferedForm.objects.bulk_create([OfferedForm(version=version, **row) for row in values["rows"]])


def _write_requirements(listing: Listing, version: ListingVersion, values: Mapping[str, Any]) -> None:
    version.requirements.all().delete()
    Requirement.objects.bulk_create([Requirement(version=version, **row) for row in values["rows"]])


def _write_nothing(listing: Listing, version: ListingVersion, values: Mapping[str, Any]) -> None:
    """Files are written one by one; saving the step says that there are no more."""


_WRITERS = {
    "ownership": _write_ownership,
    "description": _write_description,
    "forms": _write_forms,
    "requirements": _write_requirements,
    "files": _write_nothing,
}


def _refuse_if_incomplete(version: ListingVersion) -> None:
    found = checks.problems(queries.draft_of(version))
    if found:
        raise Conflict(found[0].words, _("请回到任务清单补齐后再提交，已填的内容都在。"))


def _refuse_if_unfit(listing: Listing) -> None:
    if not rules.is_verified(listing.owner):
        raise Conflict(_("权利人的实名核验已不存在，不能公开展示。"))
    for patent in queries.patents_of(listing.pk):
        if patent.legal_status not in OFFERABLE:
            raise Conflict(checks.status_problem(patent))


def version_withdraw(version: ListingVersion, actor: User, reason: str) -> None:
    """End a version in work and its office's clock. Inner function: the caller holds the listing's lock and records it."""
    review = queries.lock_open_review(version)
    move(version, VersionState.WITHDRAWN, VERSION_MOVES)
    version.save(update_fields=["state"])
    if review is not None:
        review.decision, review.reason = Decision.WITHDRAWN, reason
        review.decided_by, review.decided_at = actor, clock.now()
        review.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
