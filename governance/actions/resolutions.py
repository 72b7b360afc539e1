"""Resolutions: written when a ballot is carried, closed with a task or a reason. Read next: effects.py."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance import ballot_queries as queries
from governance import meeting_rules as rules
from governance.meeting_queries import lock_numbers
from governance.models import AgendaItem, Ballot, PlanTask, Resolution
from governance.states import RESOLUTION_MOVES, ResolutionState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.states import move


def resolution_write(*, ballot: Ballot, item: AgendaItem) -> Resolution:
    """The decision in the words of its item, with the next number of the year; none is left out. Part of closing a ballot."""
    lock_numbers()
    moment = clock.database_now()
    year = clock.day_of(moment).year
    return Resolution.objects.create(
        year=year, serial=queries.next_serial(year), kind=item.kind, title_zh=item.title_zh, title_en=item.title_en,
        text_zh=item.text_zh, text_en=item.text_en, ballot=ballot, adopted_at=moment,
    )  # fmt: skip


@transaction.atomic
def resolution_close(
    *, resolution_id: int, actor: User, task: PlanTask | None = None, no_task_because: str = ""
) -> Resolution:
    """Say what became of it: the task of a plan that carries it out, or why none is needed.

    Raises: NotAllowed (not the group's office); Conflict (neither, or both); MoveRefused (closed already).
    """
    resolution = queries.lock_resolution(resolution_id)  # lock
    require(rules.office, actor, resolution, _("只有领导小组办公室可以办结决议。"))  # may
    because = no_task_because.strip()
    if (task is None) == (not because):
        raise Conflict(_("请选择落实这项决议的任务，或者写明无须列入任务的理由，二者选一。"))
    move(resolution, ResolutionState.CLOSED, RESOLUTION_MOVES)  # move
    resolution.task, resolution.no_task_because = task, because  # write
    resolution.closed_at, resolution.closed_by = clock.now(), actor
    resolution.save(update_fields=["state", "task", "no_task_because", "closed_at", "closed_by"])
    record(  # record
        actor=actor, verb="governance.resolution_close", target=resolution, number=resolution.document_number,
        task=task.pk if task else None,
    )  # fmt: skip
    return resolution  # nobody is told: the page says it to all
