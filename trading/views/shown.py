"""Rows and facts of a room in the words of its pages; pure, on what queries.py has fetched. Read next: negotiations.py."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from patents.states import Form
from platform_site.regions.queries import provinces
from platform_site.ui.formats import minute_iso, working_days_left
from trading.models import MessageFile, Negotiation, Party
from trading.queries import Conversation, Turn, closing_of, counterparts, shown_name
from trading.states import NegotiationState, Side


def room_row(room: Negotiation, turn: Turn | None) -> dict[str, Any]:
    """One room of the list, as the component `item` takes it."""
    return {
        "title": room.listing.public_version.title if room.listing.public_version else room.listing.number,
        "href": room.get_absolute_url(),
        "tags": _row_tags(room, turn),
        "meta": [
            room.listing.number,
            *(f"{Side(party.side).label} {shown_name(party.user)}" for party in counterparts(room)),
            _("最近留言 %(when)s") % {"when": minute_iso(room.last_message_at)},
        ],
    }


def _row_tags(room: Negotiation, turn: Turn | None) -> list[tuple[str, str]]:
    tags = []
    if turn is None:
        tags.append((NegotiationState.CLOSED.label, ""))
    elif turn.is_mine:
        tone = "cinn" if turn.left < 0 else "ochre"
        tags.append((_("等您答复，%(days)s") % {"days": working_days_left(turn.left)}, tone))
    else:
        tags.append((_("等对方答复"), "jade"))
    if room.unread:
        tags.append((ngettext("%(count)d 条未读", "%(count)d 条未读", room.unread) % {"count": room.unread}, "indigo"))
    return tags


def side_filter(path: str, side: str) -> list[tuple[str, str, bool]]:
    """Both sides, or the rooms in which the reader is owner or buyer."""
    return [
        (pgettext("side", "全部"), path, side not in Side.values),
        (_("我是权利人"), f"{path}?side={Side.OWNER.value}", side == Side.OWNER),
        (_("我是需求方"), f"{path}?side={Side.BUYER.value}", side == Side.BUYER),
    ]


def asked(room: Negotiation) -> list[tuple[str, str]]:
    """What the enquiry asked: forms, provinces in code order, use."""
    enquiry, names = room.enquiry, {province.code: province.name for province in provinces()}
    between = _("、")
    return [
        (_("有意的转让或许可方式"), between.join(str(Form(form).label) for form in enquiry.forms) or "—"),
        (_("拟实施省份"), between.join(names[code] for code in sorted(enquiry.provinces)) or _("尚未确定")),
        (_("拟用于"), enquiry.intended_use or "—"),
        (_("询盘时间"), minute_iso(enquiry.created_at)),
    ]


def parties(room: Negotiation) -> list[tuple[str, str, str]]:
    """Side and name of each party, and whether it is the reader's side or has left."""

    def standing(party: Party) -> str:
        if party.left_at:
            return _("已退出")
        return _("本方") if party.side == room.my_side else ""

    return [(Side(party.side).label, shown_name(party.user), standing(party)) for party in room.parties.all()]


def closing(room: Negotiation) -> dict[str, Any] | None:
    """Who closed the room and when; None while it is open."""
    act = closing_of(room) if room.state == NegotiationState.CLOSED else None
    return {"name": shown_name(act.actor), "at": act.at} if act else None


def said(room: Negotiation, talk: Conversation) -> list[dict[str, Any]]:
    """The messages with the names, sides and attachments as they are written on the page."""
    return [
        {
            "row": one.message,
            "name": shown_name(one.message.author),
            "side": one.side.label if one.side else "",
            "is_mine": one.is_mine,
            "is_new": one.is_new,
            "files": [_file_row(room, file) for file in one.message.files.all()],
        }
        for one in talk.said
    ]


def _file_row(room: Negotiation, row: MessageFile) -> dict[str, str]:
    ending = row.file.name.rpartition(".")[2].upper()
    return {
        "name": row.file.name,
        "url": reverse("trading:message_file", args=[room.pk, row.pk]),
        "meta": f"{ending} · {filesizeformat(row.file.size)}",
    }
