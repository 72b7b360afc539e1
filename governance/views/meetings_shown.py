"""Meetings as their pages show them; every row comes from the queries. Read next: ../../templates/governance/meeting_detail.html."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance import ballot_queries, minutes_queries, queries
from governance import meeting_queries as reads
from governance import meeting_rules as rules
from governance.forms.meetings import PresenceForm
from governance.minutes_text import who
from governance.models import AgendaItem, Ballot, Meeting, Presence, Seat
from governance.rules import Mandate
from governance.states import ItemKind, ItemState, MeetingKind, MeetingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.errors import NotAllowed
from platform_site.regions.names import province_name
from platform_site.ui.formats import minute_iso, reads_chinese
from platform_site.ui.languages import han_marked

TONES = {
    MeetingState.CALLED: "indigo", MeetingState.IN_SESSION: "jade", MeetingState.CANCELLED: "cinn",
    MeetingState.PREPARING: "ochre",
}  # fmt: skip
ITEM_TONES = {ItemState.PROPOSED: "ochre", ItemState.LISTED: "indigo", ItemState.DECLINED: "cinn", ItemState.DONE: ""}


def require_director(user: User) -> None:
    """Raise NotAllowed unless it is the director who reads; the action asks again under the lock."""
    mandate, directing = queries.mandate_of(user), queries.directorship_at()
    if mandate is None or directing is None or directing.seat is None or directing.seat.pk != mandate.seat.pk:
        raise NotAllowed(_("只有现任轮值主任可以通知开会。"))


def tag(meeting: Meeting) -> tuple[str, str]:
    state = MeetingState(meeting.state)
    return str(state.label), TONES.get(state, "")


def rows(meetings: Sequence[Meeting]) -> list[dict[str, Any]]:
    """The items of a list: one query for their agendas."""
    agendas = reads.item_counts([meeting.pk for meeting in meetings])
    return [
        {
            "title": han_marked(str(meeting)),
            "href": meeting.get_absolute_url(),
            "text": han_marked("；".join(f"{item.number}. {item}" for item in agendas[meeting.pk])),
            "tags": [tag(meeting), (str(MeetingKind(meeting.kind).label), "")],
            "meta": [_when(meeting), _items(len(agendas[meeting.pk]))],
        }
        for meeting in meetings
    ]


def _items(number: int) -> str:
    return ngettext("%(n)s 个议题", "%(n)s 个议题", number) % {"n": number}


def _when(meeting: Meeting) -> str:
    if meeting.ends_at is not None:
        return _("截止 %(when)s") % {"when": minute_iso(meeting.ends_at)}
    return minute_iso(meeting.starts_at)


def facts(meeting: Meeting) -> list[tuple[str, Any]]:
    """What everybody may know of it."""
    found: list[tuple[str, Any]] = [
        (_("编号"), f"〔{meeting.year}〕{meeting.number}"),
        (_("召开方式"), MeetingKind(meeting.kind).label),
        (_("开始时间"), minute_iso(meeting.starts_at)),
    ]
    if meeting.ends_at:
        found.append((_("截止时间"), minute_iso(meeting.ends_at)))
    if meeting.place:
        found.append((_("地点"), han_marked(meeting.place)))
    if meeting.called_by is not None and meeting.called_at is not None:
        caller = f"{meeting.called_by.seat} {meeting.called_by.name}"
        found.append((_("召集人（轮值主任）"), han_marked(caller)))
        found.append((_("通知时间"), minute_iso(meeting.called_at)))
    if meeting.opened_at:
        found.append((_("实际开始"), minute_iso(meeting.opened_at)))
    if meeting.closed_at:
        found.append((_("结束"), minute_iso(meeting.closed_at)))
    if meeting.cancelled_because:
        found.append((_("取消的理由"), han_marked(meeting.cancelled_because)))
    return found


def notice_note(meeting: Meeting) -> str:
    days = reads.notice_days(meeting.kind, reads.rule_on(clock.today()))
    return _("按现行议事规则须提前 %(days)s 天通知。通知发给全体席位、代理人和联络员，附日历邀请。") % {"days": days}


def page(user: User, meeting: Meeting, inside: bool, form: Form | None = None) -> dict[str, Any]:
    """Everything of the detail page, in a bounded number of queries."""
    is_office = inside and rules.office(user)
    mandate = queries.mandate_of(user) if inside else None
    moment = clock.database_now()
    preparing = meeting.state == MeetingState.PREPARING
    return {
        "meeting": meeting,
        "tag": tag(meeting),
        "facts": facts(meeting),
        "inside": inside,
        "is_office": is_office,
        "items": [_item(item, is_office, mandate, moment) for item in reads.agenda(meeting, inside)],
        "collects": inside and meeting.state in (MeetingState.PREPARING, MeetingState.CALLED),
        "is_director": mandate is not None and preparing and _directs(mandate),
        "minutes": _minutes(meeting, inside),
        **(_room(meeting, mandate, is_office, form) if inside and _has_room(meeting) else {}),
    }


def _has_room(meeting: Meeting) -> bool:
    return meeting.opened_at is not None and meeting.kind != MeetingKind.WRITTEN


def _room(meeting: Meeting, mandate: Mandate | None, is_office: bool, form: Form | None) -> dict[str, Any]:
    """Who is there, for the group alone; while it goes on, whether there is a quorum, and the forms at the door."""
    presences, seats = reads.attendance(meeting), queries.seats()
    shown: dict[str, Any] = {"attendance": _attendance(presences, seats)}
    if meeting.state != MeetingState.IN_SESSION:
        return shown
    return {
        **shown,
        "quorum": _quorum(meeting, presences),
        "presence_form": form or (PresenceForm(seats=seats) if is_office else None),
        "own_presence": _own_presence(mandate, presences) if mandate else "",
        "own_seat": mandate.seat if mandate else None,
    }


def page_again(meeting: Meeting, request: HttpRequest, form: Form) -> HttpResponse:
    """The page with a form that was sent wrong."""
    context = page(request.user, meeting, True, form)  # type: ignore[arg-type]
    return render(request, "governance/meeting_detail.html", context)


def _directs(mandate: Mandate) -> bool:
    directing = queries.directorship_at()
    return directing is not None and directing.seat is not None and directing.seat.pk == mandate.seat.pk


def _item(item: AgendaItem, is_office: bool, mandate: Mandate | None, moment: datetime) -> dict[str, Any]:
    ballot = next(iter(item.ballots.all()), None)
    state, meeting = ItemState(item.state), item.meeting
    open_for_papers = state in (ItemState.PROPOSED, ItemState.LISTED) and meeting.state in (
        MeetingState.PREPARING, MeetingState.CALLED, MeetingState.IN_SESSION
    )  # fmt: skip
    own = mandate is not None and mandate.seat.pk == item.seat_id
    papers = item.papers.all() if "papers" in getattr(item, "_prefetched_objects_cache", {}) else []
    return {
        "item": item,
        "kind": ItemKind(item.kind).label,
        "tag": (state.label, ITEM_TONES[state]),
        "by": han_marked(str(item.seat)) if item.seat else _("领导小组办公室"),
        "change": change_words(item),
        "papers": [_paper(paper) for paper in papers],
        "ballot": _ballot(ballot, moment) if ballot else None,
        "resolution": getattr(ballot, "resolution", None) if ballot else None,
        "may_list": is_office and state == ItemState.PROPOSED and open_for_papers,
        "may_decline": is_office and open_for_papers and ballot is None,
        "may_add": (is_office or own) and open_for_papers,
        "may_vote_on": is_office and state == ItemState.LISTED and ballot is None
        and meeting.state == MeetingState.IN_SESSION,
    }  # fmt: skip


def _paper(paper: Any) -> dict[str, str]:
    size = f"{paper.file.content_type.rpartition('/')[2].upper()} {max(1, paper.file.size // 1024)} KB"
    return {"name": paper.title, "url": reverse("governance:paper_detail", args=[paper.pk]), "meta": size}


def _ballot(ballot: Ballot, moment: datetime) -> dict[str, Any]:
    """The link; the count is on the page of the ballot, and a carried one shows its resolution here."""
    is_open = ballot_queries.is_open(ballot, moment)
    closed = ballot.state == "closed"
    words = _("表决中，%(when)s 截止") if is_open else _("表决已于 %(when)s 结束")
    ended = ballot_queries.ended_at(ballot, ballot.closes_at)
    return {
        "url": ballot.get_absolute_url(),
        "words": words % {"when": minute_iso(ballot.closes_at if is_open else ended)},
        "tone": "jade" if is_open else "",
        "is_closed": closed,
    }


def change_words(item: AgendaItem) -> list[str]:
    """What a rotation or an order would change, in words; a rule's numbers are in its text."""
    change, chinese = item.change, reads_chinese()
    if item.kind == ItemKind.ROTATION:
        return [
            _("%(year)s 年由%(province)s轮值。") % {"year": year, "province": province_name(code)}
            for year, code in sorted(change.items())
        ]
    if item.kind == ItemKind.ORDER:
        order = ("、" if chinese else ", ").join(map(province_name, change["order"]))
        return [_("从 %(year)s 年起的顺序：%(order)s。") % {"year": change["first_year"], "order": order}]
    if item.kind == ItemKind.RULE:
        words = change["text_zh"] if chinese else change["text_en"]
        return [words, _("自 %(day)s 起施行。") % {"day": change["in_force_from"]}]
    return []


def _attendance(presences: Sequence[Presence], seats: Sequence[Seat]) -> list[dict[str, Any]]:
    """All seven seats, each with its intervals."""
    found = []
    for seat in seats:
        own = [row for row in presences if row.seat_id == seat.pk]
        found.append(
            {
                "seat": han_marked(str(seat)),
                "here": any(row.left_at is None for row in own),
                "rows": [
                    {"who": han_marked(who(row)[0 if reads_chinese() else 1]), "came": row.came_at, "left": row.left_at}
                    for row in own
                ],
            }
        )
    return found


def _quorum(meeting: Meeting, presences: Sequence[Presence]) -> str:
    """Whether a ballot could be opened now, in words."""
    rule = reads.rule_on(clock.today())
    there, quorum = reads.quorum_now(presences, rule)
    words = _("在场 %(there)s 个表决席位，法定 %(quorum)s 个，可以表决。")
    if there < quorum:
        words = _("在场 %(there)s 个表决席位，法定 %(quorum)s 个，不能表决。")
    return words % {"there": there, "quorum": quorum}


def _own_presence(mandate: Mandate, presences: Sequence[Presence]) -> str:
    here = any(row.seat_id == mandate.seat.pk and row.left_at is None for row in presences)
    return "here" if here else "away"


def _minutes(meeting: Meeting, inside: bool) -> str:
    """The address of the minutes, for whom they are open; empty while there is nothing to read."""
    if meeting.state != MeetingState.CLOSED:
        return ""
    url = reverse("governance:minutes_detail", args=[meeting.pk])
    if inside:
        return url
    minutes = minutes_queries.minutes_of(meeting)
    if minutes is None:
        return ""
    minutes.meeting = meeting
    return url if minutes_queries.signed_of(minutes).is_complete else ""
