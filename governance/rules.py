"""Who may do what for the Leading Group: by a seat held today or by the group's office, never by a superuser's flag.

Read next: queries.py.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from platform_site.accounts.models import User
from platform_site.accounts.roles import STAFF_GROUP
from platform_site.regions.queries import codes_where, may_in_province

from .models import Deputy, DirectorTerm, Seat, SeatHolder


@dataclass(frozen=True)
class Mandate:
    """For whom somebody acts today: a seat, by its holder or by a deputy whom the holder has named."""

    seat: Seat
    holder: SeatHolder
    deputy: Deputy | None = None

    @property
    def by(self) -> dict[str, Any]:
        """The two columns of whatever is done under it (UnderMandate)."""
        return {"holder": self.holder, "deputy": self.deputy}


@dataclass(frozen=True)
class Directorship:
    """Who directs at an instant: the term, and the seat whose holder acts in it, another one while the seat is vacant."""

    term: DirectorTerm
    seat: Seat | None

    @property
    def is_acting(self) -> bool:
        return self.seat is not None and self.seat.pk != self.term.seat_id


def is_group_staff(user: User | AnonymousUser, subject: Any = None) -> bool:
    """The office of the Leading Group: prepares, never votes."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.prepares if hasattr(user, "prepares") else user.groups.filter(name=STAFF_GROUP).exists()


def holds_in_person(user: User, subject: tuple[Mandate, Seat]) -> bool:
    """The seat's holder, not a deputy: a deputy names no deputy."""
    mandate, seat = subject
    return mandate.seat.pk == seat.pk and mandate.deputy is None and mandate.holder.user_id == user.pk


def names_deputies(user: User, subject: tuple[Mandate | None, Seat]) -> bool:
    """The same before an act, of somebody who may have no mandate at all."""
    mandate, seat = subject
    return mandate is not None and holds_in_person(user, (mandate, seat))


def signs_handover(user: User, seen: Any) -> bool:
    """Of one of the two sides of a handover (handover_page.Seen), whether it has signed already or not."""
    return bool(seen.is_side)


def handover_open(user: User, subject: Any = None) -> bool:
    """The office, or the portal's own clock thirty days before the year's end."""
    return user.is_system or is_group_staff(user)


def task_report(user: User, code: str) -> bool:
    """An officer of the province reports on its own duties alone."""
    return may_in_province(user, "task_report", code)


def plan_comment(user: User, code: str) -> bool:
    return may_in_province(user, "plan_comment", code)


def verifying_unit(user: User, code: str) -> str | None:
    """For which unit `user` may verify what province `code` reports: another province's code, "" for the group's office.

    None: for none; whoever may report for `code` is of that unit, whatever else they are.
    """
    codes = codes_where(user, ("task_report",))["task_report"]
    if code in codes:
        return None
    return codes[0] if codes else "" if is_group_staff(user) else None


def report_make(user: User, code: str) -> bool:
    return task_report(user, code)


def report_withdraw(user: User, report: Any) -> bool:
    """A colleague of the same unit may take it back."""
    return task_report(user, report.province_id)


def report_accept(user: User, report: Any) -> bool:
    """Another unit: nobody verifies their own report, nor one of their own province."""
    return report.made_by_id != user.pk and verifying_unit(user, report.province_id) is not None


report_return = report_accept
reminder_send = targets_save = plan_close = is_group_staff
