"""Whose turn it is with a listing, and by when: the one line that every page of it carries. Read next: views/listings.py."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platform_site import clock
from platform_site.regions import workdays

from .models import Listing, ListingVersion, Review
from .states import ListingState, SuspendedBy, VersionState

TONES = {
    ListingState.DRAFT: "",
    ListingState.SUBMITTED: "indigo",
    ListingState.CHANGES_REQUESTED: "ochre",
    ListingState.REJECTED: "cinn",
    ListingState.PUBLISHED: "jade",
    ListingState.SUSPENDED: "ochre",
}


class Turn(NamedTuple):
    """The sentence, whether the owner has to act, and the colour that goes with it."""

    words: str
    is_owners: bool
    tone: str = ""


def tone_of(listing: Listing) -> str:
    return TONES.get(ListingState(listing.state), "")


def turn_of(
    listing: Listing, version: ListingVersion | None, review: Review | None, overrides: Mapping[date, bool]
) -> Turn:
    """`version` is the one in work, `review` the open one; `overrides` are the corrections of the working-day calendar."""
    if version is not None and version.state == VersionState.SUBMITTED and review is not None:
        return Turn(_office_words(review, overrides), False)
    if version is not None and version.state == VersionState.EDITING:
        if listing.state == ListingState.DRAFT:
            return Turn(_("等待：您填完各项并提交审核，没有期限。"), True)
        if listing.state == ListingState.CHANGES_REQUESTED:
            return Turn(_("等待：您按审核意见修改后重新提交，没有期限。"), True, "warn")
        return Turn(_("等待：您完成修改并提交审核；在此之前公开的仍是原文。"), True)
    if listing.state == ListingState.CHANGES_REQUESTED:
        return Turn(_("等待：您开始修改，改好后重新提交，没有期限。"), True, "warn")
    if (
        listing.state == ListingState.SUSPENDED
        and listing.suspended_by == SuspendedBy.OFFICE
        and listing.province is not None
    ):
        return Turn(_("等待：%(office)s 恢复展示。") % {"office": listing.province.office}, False, "warn")
    if listing.state == ListingState.SUSPENDED and listing.suspended_by == SuspendedBy.STATUS:
        return Turn(_("等待：您向国家知识产权局恢复权利；恢复登记后自动重新展示。"), True, "warn")
    if listing.state == ListingState.SUSPENDED:
        return Turn(_("等待：您恢复展示。"), True, "warn")
    return Turn("", False)


def _office_words(review: Review, overrides: Mapping[date, bool]) -> str:
    left = workdays.working_days_between(clock.today(), review.due_on, overrides)
    office, day = review.province.office, review.due_on.isoformat()
    if left < 0:
        return _("等待：%(office)s 审核，已超过期限 %(day)s。") % {"office": office, "day": day}
    if left == 0:
        return _("等待：%(office)s 审核，今日到期。") % {"office": office}
    return ngettext(
        "等待：%(office)s 审核，还剩 %(left)s 个工作日（%(day)s 前）。",
        "等待：%(office)s 审核，还剩 %(left)s 个工作日（%(day)s 前）。",
        left,
    ) % {"office": office, "left": left, "day": day}
