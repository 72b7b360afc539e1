"""Ballots as their page shows them. Read next: ../../templates/governance/ballot_detail.html."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance import ballot_queries as reads
from governance import ballot_words, meeting_queries, queries
from governance import meeting_rules as rules
from governance.minutes_text import who
from governance.models import NATIONAL, Ballot, Vote
from governance.rules import Mandate
from governance.states import BallotState, MeetingKind
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.errors import NotAllowed
from platform_site.ui.formats import minute_iso, reads_chinese
from platform_site.ui.languages import han_marked

from .meetings_shown import change_words


def page(user: User, ballot: Ballot, inside: bool) -> dict[str, Any]:
    moment = clock.database_now()
    votes = reads.votes_of(ballot)
    presences = meeting_queries.attendance(ballot.item.meeting)
    count = reads.count(ballot, votes, presences, moment)
    is_open, is_closed = reads.is_open(ballot, moment), ballot.state == BallotState.CLOSED
    return {
        "ballot": ballot,
        "item": ballot.item,
        "meeting": ballot.item.meeting,
        "change": change_words(ballot.item),
        "rule": ballot_words.rule_sentence(ballot),
        "tag": _tag(count, is_open, is_closed),
        "counted": ballot_words.counted_sentence(count),
        "outcome": ballot_words.outcome_sentence(count) if is_closed else "",
        "is_open": is_open,
        "rows": _rows(ballot, votes),
        "resolution": getattr(ballot, "resolution", None),
        "may_close": inside and not is_closed and (not is_open or count.voted >= count.seats) and rules.office(user),
        "is_written": ballot.item.meeting.kind == MeetingKind.WRITTEN,
        **(_own(user, ballot, votes, is_open) if inside else {}),
    }


def _own(user: User, ballot: Ballot, votes: Sequence[Vote], is_open: bool) -> dict[str, Any]:
    """The vote of the reader's seat with its receipt, or whether it can be cast."""
    mandate = queries.mandate_of(user)
    if mandate is None:
        return {}
    own = next((vote for vote in votes if vote.seat_id == mandate.seat.pk), None)
    if own is not None:
        return {"own": own, "own_receipt": ballot_words.receipt(own)}
    return {"may_vote": is_open and rules.vote_cast(user, (mandate, ballot))}


def _tag(count: Any, is_open: bool, is_closed: bool) -> tuple[str, str]:
    if is_open:
        return pgettext("ballot", "表决中"), "indigo"
    if not is_closed:
        return pgettext("ballot", "已截止，正在计票"), "ochre"
    return ballot_words.outcome_word(count)


def _rows(ballot: Ballot, votes: Sequence[Vote]) -> list[dict[str, Any]]:
    """Every seat that votes by the rule, with its vote or without."""
    cast = {vote.seat_id: vote for vote in votes}
    found = []
    for seat in queries.seats():
        if seat.pk == NATIONAL and not ballot.national_votes:
            continue
        row: dict[str, Any] = {"seat": han_marked(str(seat)), "vote": None}
        if (vote := cast.get(seat.pk)) is not None:
            row |= {
                "vote": vote,
                "choice": ballot_words.choice_word(vote.choice),
                "who": han_marked(who(vote)[0 if reads_chinese() else 1]),
                "reservation": han_marked(vote.reservation),
                "receipt": ballot_words.receipt(vote),
                "line": ballot_words.receipt_text(vote),
            }
        found.append(row)
    return found


def require_vote(user: User, ballot: Ballot) -> Mandate:
    """The mandate under which the reader votes; NotAllowed for everybody else. The action asks again under the locks."""
    mandate = queries.mandate_of(user)
    if mandate is None:
        raise NotAllowed(
            _("表决由各席位的担任人或者代理人投票，办公室和联络员没有表决权。"), _("任期或代理期限届满的，不能再投票。")
        )
    require(rules.vote_cast, user, (mandate, ballot), _("按这次表决的议事规则，国家局席位没有表决权。"))
    return mandate


def vote_facts(ballot: Ballot, mandate: Mandate) -> list[tuple[str, Any]]:
    by = mandate.holder.name
    if mandate.deputy is not None:
        by = _("%(deputy)s（代%(holder)s）") % {
            "deputy": mandate.deputy.user.display_name,
            "holder": mandate.holder.name,
        }
    return [
        (_("议题"), han_marked(str(ballot.item))),
        (_("席位"), han_marked(f"{mandate.seat} · {by}")),
        (_("截止"), minute_iso(ballot.closes_at)),
        (_("规则"), ballot_words.rule_sentence(ballot)),
    ]


def rule_note() -> str:
    """The rules in force, which a ballot opened now would take over."""
    rule = meeting_queries.rule_on(clock.today())
    words = rule.text_zh if reads_chinese() else rule.text_en
    return _("议事规则第 %(version)s 版将固定在这次表决中：%(words)s") % {"version": rule.version, "words": words}
