"""What the clock does with editions, and whom their steps are told. Read next: actions/editions.py."""

from celery import shared_task

from platform_site import clock
from platform_site.accounts.queries import officers_of, system_user
from platform_site.errors import Refusal
from platform_site.notices.actions import notice_tell

from . import queries
from .actions import editions
from .models import Expo
from .rules import REVIEW


@shared_task(name="expos.expo_notify")
def expo_notify(expo_id: int, state: str) -> None:
    """The offices of the six, of each step."""
    expo = Expo.objects.select_related("host").get(pk=expo_id)
    for delegation in expo.delegations.select_related("province"):
        notice_tell(
            recipients=officers_of(delegation.province, REVIEW), kind=f"expo_{state}", key=f"expo-{expo.pk}-{state}",
            path=f"/expos/{expo.year}/", year=expo.year, until=expo.apply_until.isoformat() if expo.apply_until else "",
        )  # fmt: skip


@shared_task(name="expos.editions_run")
def editions_run() -> int:
    """Open and close the doors by the calendar of Shanghai; how many were moved. What is not ready stays, and its page says why."""
    moved = 0
    for expo_id, to in queries.due_to_move(clock.today()):
        try:
            editions.expo_advance(expo_id=expo_id, actor=system_user(), to=to)
            moved += 1
        except Refusal:
            continue
    return moved
