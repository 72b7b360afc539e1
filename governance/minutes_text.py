"""The minutes as data in both languages, put together from the acts of a meeting; no query. Read next: minutes_papers.py."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from platform_site.ui.formats import minute_iso
from trading.contract import Two, both

from . import ballot_words
from .models import AgendaItem, Ballot, Meeting, Presence, Resolution, Vote
from .states import ItemKind, ItemState, MeetingKind
from .tally import Tally


@dataclass(frozen=True)
class Acts:
    """What the minutes are made of: everything that was done at one meeting."""

    meeting: Meeting
    seats: Sequence[str]  # codes of all seven, in order
    names: Mapping[str, Two]  # seat -> its name
    presences: Sequence[Presence]
    items: Sequence[AgendaItem]
    ballots: Mapping[int, Ballot] = field(default_factory=dict)  # item -> its ballot
    votes: Mapping[int, Sequence[Vote]] = field(default_factory=dict)  # ballot -> its votes
    counts: Mapping[int, Tally] = field(default_factory=dict)  # ballot -> its count
    resolutions: Mapping[int, Resolution] = field(default_factory=dict)  # ballot -> what was resolved


def digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical data."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def minutes(acts: Acts, *, summary_zh: str, summary_en: str) -> dict[str, Any]:
    """The text of the minutes; `summary` is what the office adds in words about how the discussion went."""
    meeting = acts.meeting
    return {
        "title": Two(f"{meeting.title_zh}会议纪要", f"Minutes: {meeting.title_en or meeting.title_zh}")._asdict(),
        "number": _number(meeting),
        "facts": [{"name": name._asdict(), "value": value._asdict()} for name, value in _facts(acts)],
        "present": [_present(acts, code) for code in acts.seats if any(row.seat_id == code for row in acts.presences)],
        "absent": [acts.names[code]._asdict() for code in acts.seats if code not in signers(acts)],
        "summary": Two(summary_zh, summary_en)._asdict(),
        "items": [_item(acts, item) for item in acts.items if item.state == ItemState.DONE],
    }


def signers(acts: Acts) -> set[str]:
    """Codes of the seats that were there; in a written procedure of those that have voted."""
    if acts.meeting.kind == MeetingKind.WRITTEN:
        return {vote.seat_id for votes in acts.votes.values() for vote in votes}
    return {row.seat_id for row in acts.presences}


def who(row: Any) -> Two:
    """Under whose mandate something was done: the holder by name, the deputy after it."""
    if row.deputy is None:
        return both(lambda: row.holder.name)
    return both(
        lambda: _("%(deputy)s（代%(holder)s）") % {"deputy": row.deputy.user.display_name, "holder": row.holder.name}
    )


def _number(meeting: Meeting) -> str:
    return f"〔{meeting.year}〕{meeting.number}"


def _same(text: str) -> Two:
    return Two(text, text)


def _facts(acts: Acts) -> list[tuple[Two, Two]]:
    meeting = acts.meeting
    rows = [
        (both(lambda: _("会议编号")), _same(_number(meeting))),
        (both(lambda: _("召开方式")), both(lambda: MeetingKind(meeting.kind).label)),
        (both(lambda: _("时间")), _same(f"{minute_iso(meeting.opened_at)} — {minute_iso(meeting.closed_at)} (UTC+8)")),
    ]
    if meeting.place_zh:
        rows.append((both(lambda: _("地点")), Two(meeting.place_zh, meeting.place_en or meeting.place_zh)))
    if meeting.called_by is not None:
        seat, name = acts.names[meeting.called_by.seat_id], meeting.called_by.name
        rows.append((both(lambda: _("召集人（轮值主任）")), Two(f"{seat.zh} {name}", f"{name}, {seat.en}")))
    return rows


def _present(acts: Acts, code: str) -> dict[str, Any]:
    rows = [row for row in acts.presences if row.seat_id == code]
    people = list(dict.fromkeys(who(row) for row in rows))
    return {
        "seat": acts.names[code]._asdict(),
        "who": Two("、".join(one.zh for one in people), ", ".join(one.en for one in people))._asdict(),
        "times": "; ".join(f"{_time(row.came_at)}–{_time(row.left_at)}" for row in rows),
    }


def _time(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%H:%M") if moment else ""


def _item(acts: Acts, item: AgendaItem) -> dict[str, Any]:
    ballot = acts.ballots.get(item.pk)
    resolution = acts.resolutions.get(ballot.pk) if ballot else None
    return {
        "number": item.number,
        "title": Two(item.title_zh, item.title_en or item.title_zh)._asdict(),
        "kind": both(lambda: ItemKind(item.kind).label)._asdict(),
        "by": (acts.names[item.seat_id] if item.seat_id else both(lambda: _("领导小组办公室")))._asdict(),
        "text": Two(item.text_zh, item.text_en)._asdict(),
        "papers": [paper.title for paper in item.papers.all()],
        "ballot": _ballot(acts, ballot) if ballot else None,
        "outcome": _outcome(ballot, resolution)._asdict(),
    }


def _outcome(ballot: Ballot | None, resolution: Resolution | None) -> Two:
    if ballot is None:
        return both(lambda: _("已讨论，没有表决。"))
    if resolution is None:
        return both(lambda: _("没有形成决议。"))
    number = resolution.document_number
    return both(lambda: _("形成%(number)s。") % {"number": number})


def _ballot(acts: Acts, ballot: Ballot) -> dict[str, Any]:
    count = acts.counts[ballot.pk]
    return {
        "rule": both(lambda: ballot_words.rule_sentence(ballot))._asdict(),
        "period": f"{minute_iso(ballot.opened_at)} — {minute_iso(min(ballot.closes_at, ballot.closed_at or ballot.closes_at))}",
        "counted": both(lambda: ballot_words.counted_sentence(count))._asdict(),
        "outcome": both(lambda: ballot_words.outcome_sentence(count))._asdict(),
        "votes": [_vote(acts, vote) for vote in acts.votes.get(ballot.pk, ())],
    }


def _vote(acts: Acts, vote: Vote) -> dict[str, Any]:
    return {
        "seat": acts.names[vote.seat_id]._asdict(),
        "who": who(vote)._asdict(),
        "choice": both(lambda: vote.get_choice_display())._asdict(),
        "reservation": vote.reservation,
        "receipt": ballot_words.receipt(vote),
    }
