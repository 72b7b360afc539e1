"""Scanned badges as their pages show them: what each side may know. Read next: views/leads.py."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from patents.models import Listing
from platform_site.accounts.models import User
from platform_site.ui.formats import minute_iso, reads_chinese

from . import door_rules as rules
from .models import Lead
from .states import LeadState

TONES = {LeadState.ASKED: "ochre", LeadState.AGREED: "jade", LeadState.DECLINED: ""}


def tag(lead: Lead) -> tuple[str, str]:
    return str(lead.get_state_display()), TONES[LeadState(lead.state)]


def listing_title(listing: Listing) -> str:
    version = listing.public_version
    if version is None:
        return listing.number
    return f"{listing.number} {(version.title_en if not reads_chinese() else '') or version.title_zh}"


def visitor_words(lead: Lead) -> str:
    """Who it was, as far as the exhibitor may know: all once they have agreed, name and unit where they permit it."""
    row = lead.registration
    if lead.state == LeadState.AGREED or row.permits:
        return f"{row.name} {row.unit}".strip()
    return _("观众（证件末四位 %(last)s）") % {"last": row.code[-4:]}


def rows(leads: Iterable[Lead]) -> list[dict[str, Any]]:
    return [
        {"title": visitor_words(one), "href": one.get_absolute_url(), "tags": [tag(one)],
         "meta": [listing_title(one.listing), minute_iso(one.made_at)], "text": one.note}
        for one in leads
    ]  # fmt: skip


def asked(leads: Iterable[Lead]) -> list[dict[str, Any]]:
    return [
        {"title": listing_title(one.listing), "href": one.get_absolute_url(), "tags": [tag(one)],
         "meta": [str(one.exhibitor), minute_iso(one.made_at)]}
        for one in leads
    ]  # fmt: skip


def facts(user: User, lead: Lead) -> list[tuple[str, str]]:
    """Both sides see the exhibit and the time; the note stays with the exhibitor."""
    found = [(_("展品"), listing_title(lead.listing)), (_("扫码时间"), minute_iso(lead.made_at))]
    if not rules.lead_own(user, lead):
        return [*found, (_("参展商"), str(lead.exhibitor))]
    row = lead.registration
    found += [(_("观众"), visitor_words(lead)), (_("备注"), lead.note or "—")]
    if lead.state == LeadState.AGREED:
        found += [(_("职务"), row.job or "—"), (_("联系邮箱"), row.email or "—")]
    if row.user_id is None:
        found.append((_("说明"), _("由同事代为登记、没有平台账户的观众，不能在线答复。")))
    return found
