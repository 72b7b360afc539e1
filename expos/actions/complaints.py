"""The complaint desk: taken on the spot, heard, handed to the intellectual property office (Zhengzhou 2009 art. 20). Read next: ../complaint_clock.py."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import complaint_clock, exhibit_queries
from expos import floor_rules as rules
from expos.models import Complaint
from expos.states import COMPLAINT_MOVES, COMPLAINT_OPEN, EXPO_OVER, ComplaintState, ExpoState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.regions.queries import overrides
from platform_site.states import move


@transaction.atomic
def complaint_make(*, exhibit_id: int, actor: User, basis: str, words: str) -> Complaint:
    """Complain about an exhibit: which right, and what is wrong. Raises: NotAllowed (one's own); Conflict (over, or one open)."""
    exhibit = exhibit_queries.lock_exhibit(exhibit_id)  # lock
    require(rules.complaint_make, actor, exhibit)  # may
    if exhibit.expo.state == ExpoState.PLANNED or exhibit.expo.state in EXPO_OVER:
        raise Conflict(_("展会公布以后、闭幕以前受理投诉。"), _("其他时间请向省知识产权局投诉。"))
    if exhibit.state not in exhibit_queries.SHOWN:
        raise Conflict(_("这件展品没有参展。"))
    moment = clock.database_now()
    try:
        with transaction.atomic():  # move, write
            made = Complaint.objects.create(
                exhibit=exhibit, complainant=actor, basis=basis.strip(), words=words.strip(), made_at=moment,
                due_at=complaint_clock.due_at(exhibit.expo, moment, overrides()),
            )  # fmt: skip
    except IntegrityError as taken:
        raise Conflict(_("您对这件展品的投诉正在处理。")) from taken
    _recorded(made, actor, "expos.complaint_make")  # record, tell
    return made


@transaction.atomic
def complaint_accept(*, complaint_id: int, actor: User) -> Complaint:
    """The desk takes it up. Raises: NotAllowed; MoveRefused."""
    row = exhibit_queries.lock_complaint(complaint_id)  # lock
    require(rules.complaint_decide, actor, row)  # may
    _decide(row, ComplaintState.ACCEPTED, actor)  # move, write
    _recorded(row, actor, "expos.complaint_accept")  # record, tell
    return row


@transaction.atomic
def complaint_refuse(*, complaint_id: int, actor: User, reason: str) -> Complaint:
    """The desk does not take it up, and says why. Raises: NotAllowed; MoveRefused; Conflict (no reason)."""
    row = exhibit_queries.lock_complaint(complaint_id)  # lock
    require(rules.complaint_decide, actor, row)  # may
    if not reason.strip():
        raise Conflict(_("请写明理由。"))
    _decide(row, ComplaintState.REFUSED, actor, reason)  # move, write
    _recorded(row, actor, "expos.complaint_refuse")  # record, tell
    return row


@transaction.atomic
def complaint_hand_over(*, complaint_id: int, actor: User, reason: str = "") -> Complaint:
    """Hand it to the intellectual property office of the host, with what both sides said. Raises: NotAllowed; MoveRefused."""
    row = exhibit_queries.lock_complaint(complaint_id)  # lock
    require(rules.complaint_decide, actor, row)  # may
    row.handed_at = clock.now()
    _decide(row, ComplaintState.HANDED_OVER, actor, reason)  # move, write
    _recorded(row, actor, "expos.complaint_hand_over")  # record, tell
    return row


@transaction.atomic
def complaint_settle(*, complaint_id: int, actor: User, reason: str) -> Complaint:
    """Both sides agreed at the desk; how is written down. Raises: NotAllowed; MoveRefused; Conflict (nothing written)."""
    row = exhibit_queries.lock_complaint(complaint_id)  # lock
    require(rules.complaint_decide, actor, row)  # may
    if not reason.strip():
        raise Conflict(_("请写明双方达成的结果。"))
    _decide(row, ComplaintState.SETTLED, actor, reason)  # move, write
    _recorded(row, actor, "expos.complaint_settle")  # record, tell
    return row


@transaction.atomic
def complaint_withdraw(*, complaint_id: int, actor: User) -> Complaint:
    """The complainant takes it back. Raises: NotAllowed; MoveRefused."""
    row = exhibit_queries.lock_complaint(complaint_id)  # lock
    require(rules.complaint_withdraw, actor, row)  # may
    move(row, ComplaintState.WITHDRAWN, COMPLAINT_MOVES)  # move
    row.ended_at = clock.now()
    row.save(update_fields=["state", "ended_at"])  # write
    _recorded(row, actor, "expos.complaint_withdraw")  # record, tell
    return row


@transaction.atomic
def complaint_state(*, complaint_id: int, actor: User, words: str) -> Complaint:
    """The exhibitor is heard, once. Raises: NotAllowed; Conflict (over, heard already, nothing said)."""
    row = exhibit_queries.lock_complaint(complaint_id)  # lock
    require(rules.complaint_state, actor, row)  # may
    if row.state not in COMPLAINT_OPEN or row.statement or not words.strip():
        raise Conflict(_("投诉处理期间可以陈述一次。"))
    row.statement, row.statement_at = words.strip(), clock.now()  # move
    row.save(update_fields=["statement", "statement_at"])  # write
    _recorded(row, actor, "expos.complaint_state", state="stated")  # record, tell
    return row


def _decide(row: Complaint, state: ComplaintState, actor: User, reason: str = "") -> None:
    move(row, state, COMPLAINT_MOVES)
    row.reason, row.decided_by, row.decided_at = reason.strip(), actor, clock.now()
    row.ended_at = row.decided_at if state not in COMPLAINT_OPEN else None
    row.save(update_fields=["state", "reason", "decided_by", "decided_at", "ended_at", "handed_at"])


def _recorded(row: Complaint, actor: User, verb: str, state: str = "") -> None:
    """What was said stays out of the log: it is between the parties and the desk."""
    expo = row.exhibit.expo
    record(actor=actor, verb=verb, target=row, province_code=expo.host_id, exhibit=row.exhibit_id)
    after_commit("expos.complaint_notify", complaint_id=row.pk, state=state or str(row.state))
