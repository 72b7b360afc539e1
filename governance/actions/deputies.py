"""Deputies, whom a holder names for a time, and liaison officers, who carry papers and have no vote. Read next: rotation.py."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from governance import queries, rules, seat_queries
from governance.models import Deputy, LiaisonOfficer
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import lock_user
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit

from .seats import follow, require_free

LONGEST_DEPUTY = timedelta(days=366)


@transaction.atomic
def deputy_name(*, seat_code: str, actor: User, user: User, starts_on: date, ends_on: date, act: str) -> Deputy:
    """Let somebody act for one's seat for a time: half-open, `ends_on` is the first day on which it is over.

    Raises: NotAllowed (not the holder in person); Conflict (a period that is past, empty or longer than a year, one that
        meets another deputy's, somebody who acts for another seat, the holder, the office; no act named).
    """
    user = lock_user(user.pk)  # lock
    seat = seat_queries.lock_seat(seat_code)
    mandate = queries.lock_mandate(actor)
    require(rules.holds_in_person, actor, (mandate, seat), _holder_alone())  # may
    _require_period(starts_on, ends_on, act)
    if mandate.holder.ends_on is not None and ends_on > mandate.holder.ends_on:
        raise Conflict(_("代理期限不能超过您的任期（%(day)s）。") % {"day": mandate.holder.ends_on.isoformat()})
    if user.pk == actor.pk:
        raise Conflict(_("不能委托自己代理。"))
    require_free(user, starts_on, ends_on, but=seat)
    if any(other.starts_on < ends_on for other in seat_queries.lock_deputies(seat, starts_on)):
        raise Conflict(_("这段时间已委托了代理人。"), _("请先撤回，或改为其他时间。"))
    deputy = Deputy.objects.create(  # write
        seat=seat, user=user, starts_on=starts_on, ends_on=ends_on, act=act.strip(), entered_by=actor,
        entered_at=clock.now(),
    )  # fmt: skip
    follow(seat)
    record(actor=actor, verb="governance.deputy_name", target=deputy, seat=seat.pk, deputy=user.pk)  # record
    after_commit("governance.deputy_name_notify", deputy_id=deputy.pk)  # tell
    return deputy


@transaction.atomic
def deputy_revoke(*, deputy_id: int, actor: User) -> Deputy:
    """Take a deputy's power back: it is over today, with the next request.

    Raises: NotAllowed (not the holder in person); Conflict (it was over already).
    """
    seat = seat_queries.lock_seat(seat_queries.deputy_for(deputy_id).seat_id)  # lock
    deputy = seat_queries.lock_deputy(deputy_id)
    mandate = queries.lock_mandate(actor)
    require(rules.holds_in_person, actor, (mandate, seat), _holder_alone())  # may
    today = clock.today()
    if deputy.ends_on is not None and deputy.ends_on <= today:
        raise Conflict(_("这项代理已经结束。"))
    deputy.ends_on = max(today, deputy.starts_on)  # write
    deputy.save(update_fields=["ends_on"])
    follow(seat)
    record(actor=actor, verb="governance.deputy_revoke", target=deputy, seat=seat.pk, deputy=deputy.user_id)  # record
    after_commit("governance.deputy_revoke_notify", deputy_id=deputy.pk)  # tell
    return deputy


@transaction.atomic
def liaison_name(*, seat_code: str, actor: User, user: User, starts_on: date, act: str) -> LiaisonOfficer:
    """Enter who carries papers between a seat's office and the group's. Raises: NotAllowed; Conflict (one already, no act)."""
    user = lock_user(user.pk)  # lock
    seat = seat_queries.lock_seat(seat_code)
    require(rules.is_group_staff, actor, seat, _("联络员由领导小组办公室登记。"))  # may
    if not act.strip():
        raise Conflict(_("请写明依据的文件。"))
    if other := seat_queries.liaison_seat_of(user, starts_on):
        raise Conflict(
            _("%(name)s 已是%(seat)s的联络员。") % {"name": user, "seat": other.title}, _("请先结束原来的联络工作。")
        )
    liaison = LiaisonOfficer.objects.create(  # write
        seat=seat, user=user, starts_on=starts_on, act=act.strip(), entered_by=actor, entered_at=clock.now()
    )
    record(actor=actor, verb="governance.liaison_name", target=liaison, seat=seat.pk, liaison=user.pk)  # record
    after_commit("governance.liaison_name_notify", liaison_id=liaison.pk)  # tell
    return liaison


@transaction.atomic
def liaison_end(*, liaison_id: int, actor: User) -> LiaisonOfficer:
    """End a liaison officer's work today. Raises: NotAllowed; Conflict (it was over already)."""
    seat = seat_queries.lock_seat(seat_queries.liaison_for(liaison_id).seat_id)  # lock
    liaison = seat_queries.lock_liaison(liaison_id)
    require(rules.is_group_staff, actor, seat, _("联络员由领导小组办公室登记。"))  # may
    today = clock.today()
    if liaison.ends_on is not None and liaison.ends_on <= today:
        raise Conflict(_("这位联络员的工作已经结束。"))
    liaison.ends_on = max(today, liaison.starts_on)  # write
    liaison.save(update_fields=["ends_on"])
    record(actor=actor, verb="governance.liaison_end", target=liaison, seat=seat.pk, liaison=liaison.user_id)  # record
    return liaison


def _holder_alone() -> str:
    return _("代理人由席位的现任者本人委托和撤回。")


def _require_period(starts_on: date, ends_on: date, act: str) -> None:
    if starts_on < clock.today():
        raise Conflict(_("代理的第一天不能早于今天。"))
    if not starts_on < ends_on <= starts_on + LONGEST_DEPUTY:
        raise Conflict(_("代理期限应至少一天，最长一年。"))
    if not act.strip():
        raise Conflict(_("请写明依据的文件。"))
