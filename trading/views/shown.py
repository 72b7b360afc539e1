"""Rows and facts of a room in the words of its pages, on what queries.py has fetched. Read next: negotiations.py."""

from collections.abc import Iterable
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from patents.states import Form
from platform_site.accounts.models import User
from platform_site.regions.queries import provinces
from platform_site.ui.formats import date_iso, minute_iso, working_days_left
from trading import mediation_queries, room_queries
from trading.models import FileOpening, MessageFile, Negotiation, Party
from trading.queries import Conversation, Turn, closing_of, counterparts, shown_name
from trading.states import MEDIATION_OPEN, NegotiationState, Side


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
    """Side and name of each person, and when they came and went; the reader's own side is named."""
    return [(Side(party.side).label, shown_name(party.user), _stay(party, room)) for party in room.parties.all()]


def _stay(party: Party, room: Negotiation) -> str:
    joined = _("%(day)s 加入") % {"day": date_iso(party.joined_at)}
    if party.left_at:
        return _("%(joined)s，%(day)s 已退出") % {"joined": joined, "day": date_iso(party.left_at)}
    return _("本方，%(joined)s") % {"joined": joined} if party.side == room.my_side else joined


def people(room: Negotiation, user: User) -> list[dict[str, Any]]:
    """Each person of the room, and whether the reader may end their stay: their own, or a colleague's."""
    founders = (room.buyer_id, room.listing.owner_id)
    rows = list(room.parties.all())
    is_alone = sum(row.side == room.my_side and row.left_at is None for row in rows) == 1
    return [
        {
            "row": row,
            "name": shown_name(row.user),
            "side": Side(row.side).label,
            "stay": _stay(row, room),
            "is_me": row.user_id == user.pk,
            "can_end": row.left_at is None and row.side == room.my_side and not is_alone
            and (row.user_id == user.pk or row.user_id not in founders),
        }
        for row in rows
    ]  # fmt: skip


def openings(room: Negotiation, rows: Iterable[FileOpening]) -> list[dict[str, Any]]:
    """Who opened which confidential file, and when."""
    sides = {party.user_id: Side(party.side).label for party in room.parties.all()}
    return [
        {"row": row, "name": shown_name(row.user), "side": sides.get(row.user_id, ""), "file": row.file.file.name}
        for row in rows
    ]


def aside(room: Negotiation, turn: Turn | None) -> dict[str, Any]:
    """What stands beside the talk: confidentiality with the latest of the log, and mediation."""
    mediation = mediation_queries.latest(room)
    is_mediated = mediation is not None and mediation.state in MEDIATION_OPEN
    latest = room_queries.openings(room)[: room_queries.OPENINGS_SHOWN]
    return {
        "openings": openings(room, latest),
        "mediation": mediation,
        "is_mediated": is_mediated,
        "offers_help": turn is not None and not turn.is_mine and turn.left < 0 and not is_mediated,
    }


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
            "files": [
                file_row(file, reverse("trading:message_file", args=[room.pk, file.pk]))
                for file in one.message.files.all()
            ],
        }
        for one in talk.said
    ]


def file_row(row: MessageFile, url: str) -> dict[str, str]:
    """An attachment, as the component `files` takes it."""
    ending = row.file.name.rpartition(".")[2].upper()
    meta = f"{ending} · {filesizeformat(row.file.size)}"
    return {"name": row.file.name, "url": url, "meta": f"{meta} · {_('保密')}" if row.is_confidential else meta}
