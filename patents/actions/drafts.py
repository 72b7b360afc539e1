"""The patentee writes: patents of the bundle, one step after another, files. Read next: listings.py, ../forms/.

Lock order: Patent, Listing, Version. A version is written only while it is being edited; the database guards that.
"""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from patents import checks, queries, rules, twin_queries, twins
from patents.actions.editions import Basis, step_settle
from patents.actions.histories import history_begin
from patents.actions.versions import TEXTS
from patents.models import Attachment, Listing, ListingPatent, ListingVersion, OfferedForm, Patent, Requirement
from patents.states import CONSENT_NEEDED, ListingState, VersionState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import organisation_of
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.files import store

# What of a patent moves on after it was published, or may be told later; everything else of a shown patent stays as it is.
STATUS_FACTS = ("legal_status", "status_as_of", "status_source", "annuity_paid_to", "twin_number")
# The states in which the bundle of patents can still be put together: nothing of it is public yet.
OPEN_TO_EDIT = frozenset({ListingState.DRAFT, ListingState.CHANGES_REQUESTED})


@transaction.atomic
def patent_attach(
    *,
    listing_id: int,
    actor: User,
    facts: Mapping[str, Any],
    replaces: int | None = None,
    part: str = "new",
    basis: Basis | None = None,
) -> Patent:
    """Put a patent into the bundle, or correct its facts; `facts` are fields of Patent, `replaces` a patent taken out for it.

    A row that the portal has already is used again; its facts are rewritten only while no listing shows them. `part` is
    the page of the step that this comes from, `basis` what that page was built on.
    Raises: NotAllowed; Conflict (the patent is in another open listing, the bundle is full or no longer open); StepMoved.
    """
    rules.require(rules.listing_edit, actor, Listing.objects.get(pk=listing_id))
    _refuse_wrong_twin(facts)
    patent = _patent_lock_or_create(actor, facts)
    listing = queries.lock_listing(listing_id)
    version = version_to_edit(listing, bundle=True)
    _refuse_if_held(patent, listing, actor)
    if replaces and replaces != patent.pk:
        listing.listing_patents.filter(patent=replaces).delete()
    if not listing.listing_patents.filter(patent=patent).exists():
        _bundle(listing, patent)
    step_settle(version, "patent", part, basis)
    _saved(listing, version, "patent")
    record(actor=actor, verb="patents.patent_attach", target=listing, patent=patent.application_number)
    return patent


@transaction.atomic
def patent_detach(*, listing_id: int, actor: User, patent_id: int) -> Listing:
    """Take a patent out of a bundle that is still open."""
    listing = queries.lock_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    version = version_to_edit(listing, bundle=True)
    taken_out, _rows = listing.listing_patents.filter(patent=patent_id).delete()
    if taken_out:
        version.inputs.filter(step="patent", part=str(patent_id)).delete()
        touch(listing, version)
        record(actor=actor, verb="patents.patent_detach", target=listing, patent_id=patent_id)
    return listing


@transaction.atomic
def version_save(
    *, listing_id: int, actor: User, step: str, values: Mapping[str, Any], basis: Basis | None = None
) -> ListingVersion:
    """Write one step of the wizard, already cleaned by its form, and mark the step done.

    `values`: ownership {organisation: bool, co_owned: set of patent ids, consents: forms}; description {texts, trl};
    forms and requirements {rows: list of dicts of the model's fields}; files {}. Prices are CNY, areas m², power kW.
    `basis` is what the page was built on. Raises: StepMoved (another window has written since).
    """
    listing = queries.lock_patents_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    version = version_to_edit(listing)
    step_settle(version, step, basis=basis)
    _WRITERS[step](listing, version, values)
    _saved(listing, version, step)
    record(actor=actor, verb="patents.version_save", target=listing, version=version.number, step=step)
    return version


@transaction.atomic
def version_fill(*, listing_id: int, actor: User, steps: Mapping[str, Mapping[str, Any]]) -> ListingVersion:
    """Write several steps of the wizard at once: what `version_save` does for one, with its values by step."""
    listing = queries.lock_patents_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    version = version_to_edit(listing)
    for step, values in steps.items():
        _WRITERS[step](listing, version, values)
    _saved(listing, version, *steps)
    record(actor=actor, verb="patents.version_fill", target=listing, version=version.number, steps=list(steps))
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
    version = version_to_edit(listing)
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
    version = version_to_edit(listing)
    if attachment.version_id != version.pk:
        raise Conflict(_("这份材料属于已提交的文本，不能移除。"))
    attachment.delete()
    touch(listing, version)
    record(actor=actor, verb="patents.attachment_remove", target=listing, file=str(attachment.file_id))
    return listing


# ---- helpers; rows given to them are locked


def version_to_edit(listing: Listing, *, bundle: bool = False) -> ListingVersion:
    """The version being edited, locked, or Conflict; `bundle`: the patents too must still be open to change."""
    version = queries.lock_version_in_work(listing)
    if version is None or version.state != VersionState.EDITING:
        raise Conflict(_("这条技术现在不能编辑。"), _("提交后的文本不能改动；需要修改时，请在技术页面上点“修改”。"))
    if bundle and listing.state not in OPEN_TO_EDIT:
        raise Conflict(_("上架后不能更换专利。"), _("请下架后另行发布，或只修改说明、方式与价格。"))
    return version


def touch(listing: Listing, version: ListingVersion) -> None:
    """Set the time that the page calls 已存."""
    version.saved_at = listing.updated_at = clock.now()
    version.save(update_fields=["saved_at", "steps_done"])
    listing.save(update_fields=["updated_at"])


def _saved(listing: Listing, version: ListingVersion, *steps: str) -> None:
    version.steps_done = list(dict.fromkeys([*version.steps_done, *steps]))
    touch(listing, version)


def _patent_lock_or_create(actor: User, facts: Mapping[str, Any]) -> Patent:
    patent = queries.lock_patent_by_number(facts["application_number"])
    if patent is None:
        try:
            with transaction.atomic():
                created = Patent.objects.create(created_by=actor, created_at=clock.now(), **facts)
                history_begin(created, actor)
                return created
        except IntegrityError:
            # Somebody wrote the same number in between: theirs is the row.
            patent = queries.lock_patent_by_number(facts["application_number"])
            if patent is None:
                raise
    _patent_update(patent, actor, facts)
    return patent


def _refuse_wrong_twin(facts: Mapping[str, Any]) -> None:
    """A same-day pair is one of each kind, filed the same day by the same applicants (Patent Law art. 9)."""
    number = facts.get("twin_number")
    if not number:
        return
    other = queries.patent_by_number(number)
    plain = Patent(kind=facts["kind"], filing_date=facts["filing_date"], applicants=facts["applicants"])
    if other is not None and not twins.are_twins(plain, other):
        raise Conflict(_("填写的同日申请在本平台登记的种类、申请日或申请人与这件不符。"), _("请核对号码后再填。"))
    if twin_queries.stated_elsewhere(number, besides=facts["application_number"]):
        raise Conflict(_("填写的同日申请已是另一件专利的同日申请。"), _("请核对号码后再填。"))


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
        history_begin(patent, actor)


def _refuse_if_held(patent: Patent, listing: Listing, actor: User) -> None:
    """A patent stands in one open listing; whose it is, is said to nobody but its owner."""
    other = queries.listing_holding(patent, besides=listing.pk)
    if other is None:
        return
    if other.owner_id == actor.pk:
        raise Conflict(_("这件专利已在您的 %(number)s 中，一件专利同时只能有一个上架申请。") % {"number": other.number})
    raise Conflict(_("这件专利已在平台登记，不能重复上架。"), _("如果您是权利人，请联系您所在省的知识产权局核实。"))


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
    version.consents = [form for form in CONSENT_NEEDED if form in values["consents"]]
    version.save(update_fields=["consents"])
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
