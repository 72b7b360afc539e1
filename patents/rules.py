"""Who may do what with listings; `require` of accounts.rules turns a no into a sentence. Read next: queries.py."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from platform_site.accounts.rules import is_verified, require
from platform_site.regions.queries import may_in_province, provinces_where

from .models import Attachment, Listing, Patent, PricePosting, Review, StatusSheet
from .states import PUBLIC, SuspendedBy

__all__ = [
    "attachment_read",
    "is_verified",
    "listing_edit",
    "listing_of_own_office",
    "listing_resume",
    "listing_submit",
    "listing_suspend",
    "objection_file",
    "patent_status",
    "posting_create",
    "require",
    "right_record",
    "status_advance",
    "status_import",
    "status_sheet",
]


def listing_edit(user: Any, listing: Listing) -> bool:
    """The owner alone writes, revises and withdraws."""
    return bool(user.is_authenticated) and listing.owner_id == user.pk


listing_edit.reason = _("只有这条技术的权利人账号可以修改或下架它。")  # type: ignore[attr-defined]


def listing_submit(user: Any, listing: Listing) -> bool:
    """A submission needs the real-name mark of an office (design.md 2)."""
    return listing_edit(user, listing) and is_verified(user)


listing_submit.reason = _(
    "提交审核前需要通过实名核验：请在“账号—实名核验”中向您选定的省知识产权局申请，通常 3 个工作日内答复。"
)  # type: ignore[attr-defined]


def listing_of_own_office(user: Any, listing: Listing) -> bool:
    """An officer of the province that reviews the listing, and never of their own listing."""
    return (
        bool(user.is_authenticated)
        and listing.province_id is not None
        and listing.owner_id != user.pk
        and may_in_province(user, "listing_review", listing.province_id)
    )


def listing_suspend(user: Any, listing: Listing) -> bool:
    """Its owner, its office, or the portal's own clock when the owner's mark or a patent falls away."""
    return user.is_system or listing_edit(user, listing) or listing_of_own_office(user, listing)


listing_suspend.reason = _("只有权利人或审核它的省知识产权局可以暂停展示。")  # type: ignore[attr-defined]


def listing_resume(user: Any, listing: Listing) -> bool:
    """What an office suspended, only that office resumes; the owner's own suspension is the owner's.

    A suspension for the legal status ends by itself with the restoration, by nobody's hand.
    """
    if listing.suspended_by == SuspendedBy.STATUS:
        return False
    if listing.suspended_by == SuspendedBy.OFFICE:
        return listing_of_own_office(user, listing)
    return listing_edit(user, listing)


listing_resume.reason = _(
    "由省知识产权局暂停的，只能由该局恢复；由权利人暂停的，只能由权利人恢复；因专利法律状态暂停的，权利恢复后自动恢复。"
)  # type: ignore[attr-defined]


def patent_status(user: Any, listing: Listing) -> bool:
    """Who writes down what the register says of a patent on the market: its owner, the office that published it, the clock."""
    return user.is_system or listing_edit(user, listing) or listing_of_own_office(user, listing)


patent_status.reason = _("只有权利人或审核它的省知识产权局可以更新法律状态。")  # type: ignore[attr-defined]


def status_import(user: Any, subject: None = None) -> bool:
    """Officers who review listings of some province; administrators review none."""
    return bool(provinces_where(user, "listing_review"))


status_import.reason = _("批量更新法律状态只对各省知识产权局的审核员开放。")  # type: ignore[attr-defined]


def status_sheet(user: Any, sheet: StatusSheet) -> bool:
    """Whoever brought it, while they are an officer."""
    return sheet.officer_id == user.pk and status_import(user)


def status_advance(user: Any, patent: Patent) -> bool:
    """What the calendar brings about is written by the portal's own clock alone."""
    return bool(user.is_system)


def right_record(user: Any, offices: Collection[str]) -> bool:
    """An officer of one of the provinces that keep the ledger of a patent, or the portal's own clock."""
    return bool(user.is_system) or any(one.code in offices for one in provinces_where(user, "right_record"))


right_record.reason = _("只有权利人所在省或审核它的省知识产权局可以登记和更正权利台账。")  # type: ignore[attr-defined]


def posting_create(user: Any, listing: Listing) -> bool:
    """The owner, acting for a research body or university that the State set up."""
    return listing_edit(user, listing) and listing.organisation is not None and listing.organisation.is_public_body


posting_create.reason = _("只有国家设立的研究开发机构和高等院校的技术需要公示价格（《促进科技成果转化法》第十八条）。")  # type: ignore[attr-defined]


def objection_file(user: Any, posting: PricePosting) -> bool:
    """Anybody signed in, but nobody against their own price."""
    return bool(user.is_authenticated) and posting.listing.owner_id != user.pk


objection_file.reason = _("不能对自己的公示提出异议。")  # type: ignore[attr-defined]


def attachment_read(user: Any, attachment: Attachment, reviewing: tuple[str, ...]) -> bool:
    """Public files of the public text are anybody's; the rest is for the owner and, once submitted, the reviewing office.

    `reviewing`: codes of the provinces whose listings the reader reviews.
    """
    version, listing = attachment.version, attachment.version.listing
    if user.is_authenticated and listing.owner_id == user.pk:
        return True
    if attachment_is_public(attachment):
        return True
    if version.submitted_at is None or not reviewing:
        return False
    # A revision that was handed over lies with another office than the one that published the listing.
    return listing.province_id in reviewing or version.reviews.filter(province__in=reviewing, decision="").exists()


def attachment_is_public(attachment: Attachment) -> bool:
    listing = attachment.version.listing
    return (
        not attachment.for_office_only
        and listing.public_version_id == attachment.version_id
        and listing.state in PUBLIC
    )


# ---- reviews


def review_see(user: Any, review: Review) -> bool:
    """An officer of the office that the review lies with; another province's does not learn that it exists."""
    return may_in_province(user, "listing_review", review.province_id)


review_see.reason = _("这项审核不在您所在的省知识产权局。")  # type: ignore[attr-defined]


def review_is_own(user: Any, review: Review) -> bool:
    """Conflict of interest: the officer, or an organisation the officer belongs to, stands behind the listing."""
    listing = review.version.listing
    if listing.owner_id == user.pk:
        return True
    return (
        listing.organisation_id is not None
        and user.memberships.filter(organisation=listing.organisation_id, left_at=None).exists()
    )


def review_decide(user: Any, review: Review) -> bool:
    """Taking and judging: an officer of that office who has no interest in the listing."""
    return review_see(user, review) and not review_is_own(user, review)


review_decide.reason = _("您与这项技术有利害关系，不能审核；请由本省其他审核员办理，或转由其他省办理。")  # type: ignore[attr-defined]


def review_hand_over(user: Any, review: Review) -> bool:
    """Whoever has taken it; an officer with a conflict of interest also one that nobody has taken."""
    if not review_see(user, review):
        return False
    return review.taken_by_id == user.pk or (review.taken_by_id is None and review_is_own(user, review))


review_hand_over.reason = _("请先领取这项审核，再转办。")  # type: ignore[attr-defined]
