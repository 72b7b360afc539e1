"""Seats as their pages show them, in a bounded number of queries. Read next: views/seats.py."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User

from . import queries, rules, seat_queries
from .models import Deputy, LiaisonOfficer, Seat, SeatHolder
from .rotation_queries import Standing, standing

SHOWN = 20  # deputies and liaison officers, the latest ones


@dataclass(frozen=True)
class Row:
    """A seat in the list: who holds it, who acts for it, who carries its papers."""

    seat: Seat
    holder: SeatHolder | None
    deputy: Deputy | None
    liaisons: list[LiaisonOfficer] = field(default_factory=list)
    directs: bool = False
    is_acting: bool = False


def rows(now: Standing | None = None, *, liaisons: bool = True) -> list[Row]:
    """The seven in order, the national seat first; with who carries their papers or without."""
    now = now or standing()
    deputies = {row.seat_id: row for row in seat_queries.deputies_on(now.today)}
    carrying = seat_queries.liaisons_on(now.today) if liaisons else {}
    return [
        Row(
            seat, now.held.get(seat.pk), deputies.get(seat.pk), carrying.get(seat.pk, []),
            seat.pk == now.directs, seat.pk == now.directs and now.is_acting,
        )
        for seat in queries.seats()
    ]  # fmt: skip


def context(seat: Seat, reader: User | AnonymousUser, holders: Sequence[SeatHolder]) -> dict[str, Any]:
    """One seat with its history; what its reader may do about it."""
    now = standing()
    holder = now.held.get(seat.pk)
    is_office = rules.is_group_staff(reader)
    return {
        "seat": seat,
        "row": Row(seat, holder, None, directs=seat.pk == now.directs, is_acting=now.is_acting),
        "holder": holder,
        "facts": _facts(seat, holder, now),
        "holders": holders,
        "deputies": list(seat_queries.deputies_of(seat)[:SHOWN]),
        "liaisons": list(seat_queries.liaisons_of(seat)[:SHOWN]),
        "today": now.today,
        "is_office": is_office,
        "is_holder": holder is not None and reader.is_authenticated and holder.user_id == reader.pk,
    }


def _facts(seat: Seat, holder: SeatHolder | None, now: Standing) -> list[tuple[str, str, str]]:
    rows = [
        (_("担任者"), holder.name if holder else _("空缺"), holder.post if holder else ""),
        (_("任职日"), holder.starts_on.isoformat() if holder else "—", holder.act if holder else ""),
    ]
    if seat.province is not None:
        rows.append((_("单位"), seat.province.office, seat.province.office_phone))
    if seat.pk == now.directs:
        rows.append((_("轮值主任"), _("代行轮值主任") if now.is_acting else _("%(year)d 年") % {"year": now.year}, ""))
    return rows


def last_day(row: Deputy | LiaisonOfficer | SeatHolder) -> str:
    """The last day of a period, as people name it; empty while it has no end."""
    return (row.ends_on - timedelta(days=1)).isoformat() if row.ends_on else ""


def is_running(row: Deputy | LiaisonOfficer) -> bool:
    return row.ends_on is None or row.ends_on > clock.today()
