"""Notices of who holds a seat and who acts for it. Imported by tasks.py, where Celery looks. Read next: handover_tasks.py."""

from datetime import timedelta

from celery import shared_task
from django.utils import translation

from platform_site.accounts.models import User
from platform_site.notices.actions import notice_tell

from . import seat_queries as queries
from .models import Seat, SeatHolder


@shared_task(name="governance.seat_appoint_notify")
def seat_appoint_notify(holder_id: int) -> None:
    """Tell the new holder, and whoever is out from that day on."""
    holder = queries.holder_told(holder_id)
    _tell(holder.user, holder.seat, "seat_appointed", f"seat-{holder.pk}", day=holder.starts_on.isoformat(),
          act=holder.act)  # fmt: skip
    if (before := queries.holder_before(holder)) is not None:
        _tell_ended(before)


@shared_task(name="governance.seat_vacate_notify")
def seat_vacate_notify(holder_id: int) -> None:
    _tell_ended(queries.holder_told(holder_id))


@shared_task(name="governance.deputy_name_notify")
def deputy_name_notify(deputy_id: int) -> None:
    """Tell who acts from now on, for whom and how long."""
    deputy = queries.deputy_for(deputy_id)
    if deputy.ends_on is not None:
        _tell(deputy.user, deputy.seat, "deputy_named", f"deputy-{deputy.pk}", day=deputy.starts_on.isoformat(),
              until=(deputy.ends_on - timedelta(days=1)).isoformat(), act=deputy.act,
              holder=str(deputy.entered_by))  # fmt: skip


@shared_task(name="governance.deputy_revoke_notify")
def deputy_revoke_notify(deputy_id: int) -> None:
    deputy = queries.deputy_for(deputy_id)
    _tell(deputy.user, deputy.seat, "deputy_ended", f"deputy-{deputy.pk}-ended")


@shared_task(name="governance.liaison_name_notify")
def liaison_name_notify(liaison_id: int) -> None:
    liaison = queries.liaison_for(liaison_id)
    _tell(liaison.user, liaison.seat, "liaison_named", f"liaison-{liaison.pk}", day=liaison.starts_on.isoformat(),
          act=liaison.act)  # fmt: skip


def _tell_ended(holder: SeatHolder) -> None:
    if holder.ends_on is not None:
        _tell(holder.user, holder.seat, "seat_ended", f"seat-{holder.pk}-ended", day=holder.ends_on.isoformat(),
              act=holder.end_act)  # fmt: skip


def _tell(person: User | None, seat: Seat, kind: str, key: str, **data: str) -> None:
    """In the words of the reader's language; nobody is told who has no account."""
    if person is not None:
        with translation.override(person.language):
            notice_tell(recipients=[person], kind=kind, key=key, path=f"/governance/seats/{seat.pk}/",
                        seat=seat.title, **data)  # fmt: skip
