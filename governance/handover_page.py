"""A handover as its page shows it, to whom how much, in a bounded number of queries. Read next: views/handovers.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from expos.states import ExpoState
from platform_site.accounts.models import User

from . import handover_file, rotation_queries, rules, seat_queries
from . import handover_queries as handovers
from .handover_queries import Sides
from .models import Deputy, Handover, HandoverSignature
from .names import seat_name
from .rotation_queries import Standing
from .states import HandoverSide


@dataclass(frozen=True)
class Seen:
    """A handover with its signatures and sides, and for which of them its reader may act."""

    handover: Handover
    now: Standing
    signed: dict[str, HandoverSignature]
    sides: Sides
    deputies: list[Deputy]
    seat: str | None  # of the reader, as holder or deputy

    @property
    def to_sign(self) -> list[HandoverSide]:
        """The sides that the reader is still to sign for."""
        return [side for side in self.sides.of(self.seat) if side not in self.signed] if self.seat else []

    @property
    def is_side(self) -> bool:
        return self.seat is not None and bool(self.sides.of(self.seat))


def seen_by(handover: Handover, reader: User | AnonymousUser) -> Seen:
    now = rotation_queries.standing()
    signed = handovers.signatures_of(handover)
    deputies = seat_queries.deputies_on(now.today)
    sides = handovers.sides_of(handover, handovers.seats_of(signed), now.calendar, now.held)
    return Seen(handover, now, signed, sides, deputies, seat_queries.seat_acted_for(reader, now.held, deputies))


def context(handover: Handover, reader: User | AnonymousUser) -> dict[str, Any]:
    """For everybody that it takes or took place and when; its file for the two sides and the office."""
    seen = seen_by(handover, reader)
    is_office = rules.is_group_staff(reader)
    passes_at = handover.incoming.begins_at if handover.incoming else None
    found: dict[str, Any] = {
        "handover": handover,
        "steps": _steps(seen),
        "passes_at": passes_at,
        "has_passed": passes_at is not None and passes_at <= seen.now.moment,
        "can_sign": bool(seen.to_sign),
        "sees_all": is_office or seen.is_side,
    }
    if found["sees_all"]:
        file = handover.file or handover_file.contents(handover, seen.now.moment, seen.deputies)
        found["file"] = shown(file)
    return found


def _steps(seen: Seen) -> list[dict[str, Any]]:
    """The two signatures as a list of tasks: who is to sign, or who has and when."""
    codes = {HandoverSide.OUTGOING: seen.sides.outgoing, HandoverSide.INCOMING: seen.sides.incoming}
    turns = {HandoverSide.OUTGOING: seen.handover.outgoing.seat_id, HandoverSide.INCOMING: _turn(seen)}
    rows = []
    for side in HandoverSide:
        code, signature = codes[side], seen.signed.get(side)
        title = _("%(side)s：%(seat)s") % {"side": side.label, "seat": seat_name(code) if code else "—"}
        if signature:
            who = str(signature.deputy.user) if signature.deputy else signature.holder.name
            words = _("%(name)s（代理）") % {"name": who} if signature.deputy else who
            rows.append({"title": title, "hint": words, "signed_at": signature.signed_at})
        else:
            acting = _("席位空缺，由轮值顺序中的下一席位代行") if code and code != turns[side] else ""
            name = seen.now.held[code].name if code in seen.now.held else _("席位空缺，等待任职")
            rows.append({"title": title, "hint": "；".join(filter(None, (name, acting))), "signed_at": None})
    return rows


def _turn(seen: Seen) -> str:
    return seen.now.calendar.province_of(seen.handover.year)


# ---- the file, kept or reckoned just now, in the language of the page


def shown(file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "as_of": datetime.fromisoformat(file["as_of"]),
        "tasks": [{**_titled(row, "task_detail"), "lead": seat_name(row["lead"]) if row["lead"] else "—", "number": row["number"],
                   "due": date.fromisoformat(row["due"]) if row["due"] else None} for row in file["tasks"]],
        "lists": [
            (_("已通知的会议"), _("没有已通知、尚未结束的会议。"), [_titled(row, "meeting_detail") for row in file["meetings"]]),
            (_("正在进行的表决"), _("没有正在进行的表决。"), [_titled(row, "ballot_detail") for row in file["ballots"]]),
            (_("待落实的决议"), _("没有待落实的决议。"), [_titled(row, "resolution_detail") for row in file["resolutions"]]),
        ],
        "deputies": [{"seat": seat_name(row["seat"]), "href": reverse("governance:seat_detail", args=[row["seat"]]), "name": row["name"], "until": date.fromisoformat(row["until"])}
                     for row in file["deputies"]],
        "expos": [
            {
                "title": _("%(year)d 年展会") % {"year": row["year"]}, "href": reverse("expos:expo_detail", args=[row["year"]]),
                "host": seat_name(row["host"]), **row,
                "starts": date.fromisoformat(row["starts"]) if row["starts"] else None, "label": ExpoState(row["state"]).label,
            }
            for row in file.get("expos", [])  # what was kept before there were expos has none
        ],
        "reviews": [{"name": seat_name(code), **counts} for code, counts in file["reviews"].items()],
    }  # fmt: skip


def _titled(row: Mapping[str, Any], page: str) -> dict[str, Any]:
    """The words of an entry, and the page of the record that it names."""
    english = get_language() == "en" and row["title_en"]
    when = datetime.fromisoformat(row["when"]) if row.get("when") else None
    return {
        "title": row["title_en"] if english else row["title_zh"],
        "chinese": not english,
        "when": when,
        "href": reverse(f"governance:{page}", args=[row["key"]]),
    }
