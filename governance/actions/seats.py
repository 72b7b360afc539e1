"""Who holds a seat, by an act and from a day: the office of the group enters it, and powers follow with the next request.

Lock order: User, Seat, Deputy, SeatHolder. What was done under a mandate stands: an end never lies before today for
somebody who could act. Read next: deputies.py.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from governance import rules, seat_queries
from governance.models import Seat, SeatHolder
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import lock_user
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit


@transaction.atomic
def seat_appoint(
    *, seat_code: str, actor: User, user: User | None, name: str, post_zh: str, post_en: str, starts_on: date, act: str
) -> SeatHolder:
    """Enter who holds a seat from a day on; whoever held it until then is out on that day, and their deputies with them.

    `user` None: by name alone, somebody of the time before the portal, or who cannot act yet.
    Raises: NotAllowed (not the group's office); Conflict (no act named, a later holder is entered, a holder with an
        account would be ended in the past, the person has another seat or works in the office).
    """
    if user is not None:
        user = lock_user(user.pk)
    seat = seat_queries.lock_seat(seat_code)  # lock
    require(rules.is_group_staff, actor, seat, _("席位由领导小组办公室登记。"))  # may
    before = seat_queries.lock_latest_holder(seat)
    _require_later(before, starts_on)
    _require_words(name, act)
    if user is not None:
        require_free(user, starts_on, None, but=seat)
    _end(seat, before, starts_on, act)  # write
    holder = SeatHolder.objects.create(
        seat=seat, user=user, name=name.strip(), post_zh=post_zh.strip(), post_en=post_en.strip(),
        starts_on=starts_on, act=act.strip(), entered_by=actor, entered_at=clock.now(),
    )  # fmt: skip
    follow(seat)
    record(actor=actor, verb="governance.seat_appoint", target=holder, seat=seat.pk, starts_on=str(starts_on))  # record
    after_commit("governance.seat_appoint_notify", holder_id=holder.pk)  # tell
    return holder


@transaction.atomic
def seat_vacate(*, seat_code: str, actor: User, ends_on: date, act: str) -> SeatHolder:
    """End the period of a seat's holder without a successor: `ends_on` is the first day on which the seat is vacant.

    Raises: NotAllowed (not the group's office); Conflict (nobody holds it, a day that has passed, no act named).
    """
    seat = seat_queries.lock_seat(seat_code)  # lock
    require(rules.is_group_staff, actor, seat, _("席位由领导小组办公室登记。"))  # may
    holder = seat_queries.lock_latest_holder(seat)
    today = clock.today()
    if holder is None or (holder.ends_on is not None and holder.ends_on <= today):
        raise Conflict(_("这个席位现在没有人担任。"))
    if ends_on < max(today, holder.starts_on):
        raise Conflict(_("离任日不能早于今天或任职日：已经以该席位办理的事项仍然有效。"))
    if holder.ends_on is not None and ends_on > holder.ends_on:
        raise Conflict(_("已登记于 %(day)s 离任，不能改晚。") % {"day": holder.ends_on.isoformat()})
    _require_words(holder.name, act)
    _end(seat, holder, ends_on, act)  # write
    follow(seat)
    record(actor=actor, verb="governance.seat_vacate", target=holder, seat=seat.pk, ends_on=str(ends_on))  # record
    after_commit("governance.seat_vacate_notify", holder_id=holder.pk)  # tell
    return holder


# ---- parts


def follow(seat: Seat) -> None:
    """Keep the group that asks for a second factor equal to those who act for the seat now or later."""
    seat_queries.group_of(seat).user_set.set(seat_queries.acting_people(seat))


def require_free(user: User, starts_on: date, ends_on: date | None, *, but: Seat | None) -> None:
    """Nobody acts for two seats, and the office, which prepares, acts for none. Conflict."""
    if rules.is_group_staff(user):
        raise Conflict(_("领导小组办公室的工作人员不能担任或代理席位。"), _("请先调整其工作。"))
    taken = seat_queries.seats_taken(user, starts_on, ends_on, but=but)
    if taken:
        raise Conflict(
            _("%(name)s 在此期间担任或代理%(seat)s。") % {"name": user, "seat": taken[0].title},
            _("一人只能担任或代理一个席位，请先办理离任或撤回代理。"),
        )


def _require_later(before: SeatHolder | None, starts_on: date) -> None:
    if before is None:
        return
    if starts_on <= before.starts_on:
        raise Conflict(
            _("%(name)s 自 %(day)s 起担任这个席位，新的任职日应晚于这一天。")
            % {"name": before.name, "day": before.starts_on.isoformat()}
        )
    over = before.ends_on is not None and before.ends_on <= starts_on
    if not over and before.user_id is not None and starts_on < clock.today():
        raise Conflict(
            _("%(name)s 仍在任，任职日不能早于今天。") % {"name": before.name},
            _("现任者已经办理的事项仍然有效，不能追溯终止。"),
        )


def _require_words(name: str, act: str) -> None:
    if not name.strip() or not act.strip():
        raise Conflict(_("请写明姓名和依据的文件。"))


def _end(seat: Seat, holder: SeatHolder | None, day: date, act: str) -> None:
    """Whoever holds the seat still on `day` is out from then on; a deputy's power comes from the holder and ends with it."""
    for deputy in seat_queries.lock_deputies(seat, day):
        deputy.ends_on, deputy.end_act = max(day, deputy.starts_on), act.strip()
        deputy.save(update_fields=["ends_on", "end_act"])
    if holder is not None and (holder.ends_on is None or holder.ends_on > day):
        holder.ends_on, holder.end_act = day, act.strip()
        holder.save(update_fields=["ends_on", "end_act"])
