"""Checks of what is shown: an exhibit that fails is barred, told to everybody concerned, and comes back with its patent. Read next: complaints.py."""

from django.db import transaction

from expos import exhibit_checks, exhibit_queries
from expos import floor_rules as rules
from expos.models import Exhibit, ExhibitCheck
from expos.queries import share_expo
from expos.states import EXHIBIT_MOVES, CheckOccasion, ExhibitState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.outbox.queue import after_commit
from platform_site.states import move


def check_write(
    *, exhibit: Exhibit, actor: User, occasion: CheckOccasion, verdict: exhibit_checks.Verdict
) -> ExhibitCheck:
    """The row of one look; part of the acts that look."""
    return ExhibitCheck.objects.create(
        exhibit=exhibit, occasion=occasion, at=clock.now(), by=actor, passed=verdict.passed, status=verdict.status,
        reason=verdict.reason,
    )  # fmt: skip


@transaction.atomic
def exhibit_check(*, exhibit_id: int, actor: User, occasion: CheckOccasion) -> Exhibit:
    """Look at one exhibit today: bar it where it may not be shown, let it stand again where it may.

    Exhibitor, delegation and host are told when that changes. Raises: NotAllowed. Source: Henan 2005 art. 14.
    """
    exhibit = exhibit_queries.lock_exhibit(exhibit_id)  # lock
    require(rules.exhibit_check, actor, exhibit)  # may
    if exhibit.state not in exhibit_queries.SHOWN:
        return exhibit
    verdict = exhibit_queries.verdict_of(exhibit)
    check_write(exhibit=exhibit, actor=actor, occasion=occasion, verdict=verdict)
    wanted = ExhibitState.ACCEPTED if verdict.passed else ExhibitState.BARRED
    if exhibit.state == wanted and exhibit.reason == verdict.reason:
        return exhibit
    if is_moved := exhibit.state != wanted:
        move(exhibit, wanted, EXHIBIT_MOVES)  # move
    exhibit.reason, exhibit.decided_by, exhibit.decided_at = verdict.reason, actor, clock.now()
    exhibit.save(update_fields=["state", "reason", "decided_by", "decided_at"])  # write
    if is_moved:
        record(  # record
            actor=actor, verb="expos.exhibit_check", target=exhibit, province_code=exhibit.delegation.province_id,
            state=str(exhibit.state), why=verdict.reason, occasion=str(occasion),
        )  # fmt: skip
        after_commit("expos.exhibit_notify", exhibit_id=exhibit.pk, state=str(exhibit.state))  # tell
    return exhibit


@transaction.atomic
def exhibits_check(*, expo_id: int, actor: User) -> tuple[int, int]:
    """The host's button at set-up: look at everything that stands; (looked at, barred). Raises: NotAllowed."""
    expo = share_expo(expo_id)  # lock
    require(rules.exhibits_check, actor, expo)  # may
    rows = [
        exhibit_check(exhibit_id=pk, actor=actor, occasion=CheckOccasion.SET_UP)  # move, write
        for pk in exhibit_queries.standing(expo.pk)
    ]
    barred = sum(one.state == ExhibitState.BARRED for one in rows)
    record(  # record; tell: each exhibit tells its own people
        actor=actor,
        verb="expos.exhibits_check",
        target=expo,
        province_code=expo.host_id,
        exhibits=len(rows),
        barred=barred,
    )
    return len(rows), barred
