"""A ballot in words: its rule, its outcome with the numbers, and the receipt of a vote. No query. Read next: views/ballots.py."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .states import Choice
from .tally import OF_SEATS, Tally, seats_that_vote


def rule_sentence(ballot: Any) -> str:
    """The rule as it was frozen: quorum in seats, majority, whether the national seat votes. Takes a Ballot."""
    majority = _("赞成票超过全部表决席位的 %(n)s/%(d)s") if ballot.majority_of == OF_SEATS else _(
        "赞成票超过赞成与反对票之和的 %(n)s/%(d)s"
    )  # fmt: skip
    national = _("国家局席位有一票") if ballot.national_votes else _("国家局席位没有表决权")
    return _("议事规则第 %(version)s 版：表决席位 %(seats)s 个，须有 %(quorum)s 个参加；%(majority)s为通过；%(national)s。") % {
        "version": ballot.rule.version,
        "seats": seats_that_vote(ballot.national_votes),
        "quorum": ballot.quorum_of_seats,
        "majority": majority % {"n": ballot.majority_numerator, "d": ballot.majority_denominator},
        "national": national,
    }  # fmt: skip


def counted_sentence(count: Tally) -> str:
    return _("赞成 %(yes)s 票，反对 %(no)s 票，弃权 %(abstained)s 票；参加 %(there)s 个席位，需要 %(quorum)s 个。") % {
        "yes": count.votes_for,
        "no": count.against,
        "abstained": count.abstained,
        "there": count.took_part,
        "quorum": count.quorum,
    }


def outcome_sentence(count: Tally) -> str:
    """Why it was carried or not, with the numbers."""
    numbers = {"yes": count.votes_for, "needed": count.needed, "there": count.took_part, "quorum": count.quorum}
    if not count.has_quorum:
        return _("未达法定人数：参加 %(there)s 个席位，需要 %(quorum)s 个，表决不成立。") % numbers
    if count.is_carried:
        return _("通过：赞成 %(yes)s 票，达到所需的 %(needed)s 票。") % numbers
    return _("未通过：赞成 %(yes)s 票，未达到所需的 %(needed)s 票。") % numbers


def outcome_word(count: Tally) -> tuple[str, str]:
    """(word, tone of its tag)."""
    if count.is_carried:
        return pgettext("ballot", "通过"), "jade"
    return pgettext("ballot", "未通过"), "cinn"


def choice_word(choice: str) -> tuple[str, str]:
    tones = {Choice.FOR: "jade", Choice.AGAINST: "cinn", Choice.ABSTAIN: "ochre"}
    found = Choice(choice)
    return str(found.label), tones[found]


def receipt_text(vote: Any) -> str:
    """One line that holds everything of a vote, the same in every language; what the receipt is the digest of."""
    return json.dumps(
        {
            "ballot": vote.ballot_id,
            "seat": vote.seat_id,
            "choice": vote.choice,
            "reservation": vote.reservation,
            "holder": vote.holder_id,
            "deputy": vote.deputy_id,
            "cast_at": vote.cast_at.astimezone(UTC).isoformat(timespec="microseconds"),
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def receipt(vote: Any) -> str:
    """SHA-256 of the line above: whoever keeps it can tell later whether the vote on record is the one that was cast."""
    return hashlib.sha256(receipt_text(vote).encode()).hexdigest()


def rule_text(numbers: Mapping[str, Any]) -> str:
    """The rules of procedure in full, from the numbers of a version (the fields of BallotRule)."""
    majority = _("赞成票超过全部表决席位的 %(n)s/%(d)s") if numbers["majority_of"] == OF_SEATS else _(
        "赞成票超过赞成与反对票之和的 %(n)s/%(d)s"
    )  # fmt: skip
    words = _(
        "表决席位的 %(qn)s/%(qd)s 以上参加方为有效；%(majority)s为通过。每席一票；%(national)s。表决公开记名，可以保留意见，"
        "投出后不得更改。例会提前 %(days)s 天、临时会议提前 %(fewer)s 天通知。"
    )
    return words % {
        "qn": numbers["quorum_numerator"],
        "qd": numbers["quorum_denominator"],
        "majority": majority % {"n": numbers["majority_numerator"], "d": numbers["majority_denominator"]},
        "national": _("国家局席位有一票") if numbers["national_votes"] else _("国家局席位没有表决权"),
        "days": numbers["notice_days"],
        "fewer": numbers["notice_days_extraordinary"],
    }
