"""How an agreement ends: completed or terminated by both sides, by one after a breach, or by the clock. Read next: reserving.py.

Lock order: patents, listing, room, agreement, milestones, proposal: an end frees rights. Reasons stand in Ending alone.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import system_user
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from trading import offer_queries, rules
from trading import performance_queries as queries
from trading.actions import reserving
from trading.actions.performing import deed_write
from trading.models import Agreement, Ending, PerformanceDeed
from trading.performance import CURE_DAYS, LONGEST_NOTICE
from trading.performance_words import owed
from trading.states import (
    AGREEMENT_MOVES,
    ENDING_MOVES,
    MILESTONE_MOVES,
    STATEMENT_MOVES,
    AgreementState,
    Deed,
    EndingKind,
    EndingState,
    MilestoneState,
    StatementState,
)


@transaction.atomic
def agreement_complete(*, agreement_id: int, actor: User) -> Ending:
    """Propose to hold the agreement completed; it is when the other side accepts. Its licences go on until their end.

    Raises: NotAllowed; Conflict (not in force, something unsettled, which is named, or proposed already).
    """
    agreement = offer_queries.lock_agreement(agreement_id)  # lock
    require(rules.agreement_complete, actor, agreement)  # may
    _require_running(agreement)
    _require_settled(agreement)
    deed = _propose(agreement, EndingKind.COMPLETION, actor)  # move, write
    record(actor=actor, verb="trading.agreement_complete", target=agreement, number=agreement.number)  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return deed.ending  # type: ignore[return-value]


@transaction.atomic
def agreement_terminate(*, agreement_id: int, actor: User, reason: str, on_day: date) -> Ending:
    """Propose to end the agreement on a day from today on; it ends when the other side accepts and the day has come.

    Raises: NotAllowed; Conflict (not in force, no reason, a day past or too far, or proposed already). Civil Code art. 562.
    """
    agreement = offer_queries.lock_agreement(agreement_id)  # lock
    require(rules.agreement_terminate, actor, agreement)  # may
    _require_running(agreement)
    _require_reason(reason)
    today = clock.today()
    if not today <= on_day <= today + timedelta(days=LONGEST_NOTICE):
        raise Conflict(_("解除日应在今天与一年以后之间。"))
    deed = _propose(agreement, EndingKind.TERMINATION, actor, reason=reason.strip(), on_day=on_day)  # move, write
    record(actor=actor, verb="trading.agreement_terminate", target=agreement, number=agreement.number)  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return deed.ending  # type: ignore[return-value]


@transaction.atomic
def agreement_breach(*, agreement_id: int, actor: User, reason: str) -> Ending:
    """Give notice of a breach: the other side has CURE_DAYS days to cure it, by the clock of the database.

    Raises: NotAllowed; Conflict (not in force, no reason, a notice of this side runs already).
    Source: Civil Code art. 563; Interpretation on technology contracts art. 15.
    """
    agreement = offer_queries.lock_agreement(agreement_id)  # lock
    require(rules.agreement_breach, actor, agreement)  # may
    _require_running(agreement)
    _require_reason(reason)
    until = clock.database_now() + timedelta(days=CURE_DAYS)
    deed = _propose(agreement, EndingKind.BREACH, actor, reason=reason.strip(), cure_until=until)  # move, write
    record(actor=actor, verb="trading.agreement_breach", target=agreement, number=agreement.number)  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return deed.ending  # type: ignore[return-value]


@transaction.atomic
def ending_accept(*, ending_id: int, actor: User) -> Ending:
    """Agree to what the other side proposes; it takes effect at once, or on its day.

    Raises: NotAllowed (one's own proposal); Conflict (a notice of breach, not in force, something unsettled); MoveRefused.
    """
    ending = queries.lock_ending(ending_id)  # lock
    require(rules.ending_accept, actor, ending, _("这是本方的提议，须由对方答复。"))  # may
    if ending.kind == EndingKind.BREACH:
        raise Conflict(_("违约催告不需要同意。"), _("请在期限内纠正，并请对方收回催告。"))
    _require_running(ending.agreement)
    _decide(ending, EndingState.AGREED)  # move, write
    deed = deed_write(ending.agreement, Deed.AGREED, actor, ending=ending)
    if ending.kind == EndingKind.COMPLETION or (ending.on_day and ending.on_day <= clock.today()):
        _take_effect(ending, actor)
    _recorded(ending, actor, "trading.ending_accept")  # record
    if ending.state == EndingState.AGREED:  # tell; an end that is there at once has been told to both
        after_commit("trading.deed_notify", deed_id=deed.pk)
    return ending


@transaction.atomic
def ending_decline(*, ending_id: int, actor: User, reason: str) -> Ending:
    """Do not agree, and say why: the agreement goes on.

    Raises: NotAllowed (one's own proposal); Conflict (a notice of breach, no reason); MoveRefused (answered already).
    """
    ending = queries.lock_ending(ending_id)  # lock
    require(rules.ending_decline, actor, ending, _("这是本方的提议，可以收回。"))  # may
    if ending.kind == EndingKind.BREACH:
        raise Conflict(_("违约催告不能谢绝。"), _("请在期限内纠正；有异议的，可以在洽谈室说明，或按合同解决争议。"))
    _require_reason(reason)
    if ending.state != EndingState.OPEN:
        raise Conflict(_("这项提议已经答复过。"))
    _decide(ending, EndingState.DECLINED)  # move, write
    deed = deed_write(ending.agreement, Deed.DECLINED, actor, ending=ending, words=reason)
    _recorded(ending, actor, "trading.ending_decline")  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return ending


@transaction.atomic
def ending_withdraw(*, ending_id: int, actor: User) -> Ending:
    """Take back one's own proposal while it is open, or a notice of breach that was cured.

    Raises: NotAllowed (the other side's); Conflict (both have agreed on the day); MoveRefused (answered already).
    """
    ending = queries.lock_ending(ending_id)  # lock
    require(rules.ending_withdraw, actor, ending, _("这是对方的提议，只有对方能收回。"))  # may
    if ending.state == EndingState.AGREED:
        raise Conflict(_("双方已经商定，不能单方收回。"), _("要继续履行的，请在解除日以前另签新的合同。"))
    _decide(ending, EndingState.WITHDRAWN)  # move, write
    deed = deed_write(ending.agreement, Deed.WITHDRAWN, actor, ending=ending)
    _recorded(ending, actor, "trading.ending_withdraw")  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return ending


@transaction.atomic
def ending_enforce(*, ending_id: int, actor: User) -> Ending:
    """End the agreement for one side whose notice of breach was not heeded in time.

    Raises: NotAllowed (not the side that gave notice); Conflict (no notice, its time still runs, not in force); MoveRefused.
    """
    ending = queries.lock_ending(ending_id)  # lock
    require(rules.ending_enforce, actor, ending, _("只有发出催告的一方可以据此解除合同。"))  # may
    if ending.kind != EndingKind.BREACH:
        raise Conflict(_("协商的提议须经对方同意。"))
    _require_running(ending.agreement)
    if not queries.cure_is_over(ending):
        raise Conflict(_("催告的 %(days)d 天期限还没有届满，不能解除。") % {"days": CURE_DAYS})
    _take_effect(ending, actor)  # move, write
    _recorded(ending, actor, "trading.ending_enforce")  # record
    return ending


def agreements_end(*, most: int = 200) -> int:
    """Carry out agreed ends whose day has come, close licences that are over or whose patent is; answers how many.

    Run by the clock.
    """
    today = clock.today()
    done = sum(_ending_carry_out(pk) for pk in queries.endings_due(today, most))
    done += sum(_licence_expire(pk) for pk in queries.licences_over(today, most))
    return done + sum(_licence_die(pk) for pk in queries.licences_of_dead(today, most))


def licences_die(*, patent_id: int, most: int = 200) -> int:
    """The same for the licences of one patent, as soon as its end is written; answers how many."""
    return sum(_licence_die(pk) for pk in queries.licences_of_dead(clock.today(), most, patent_id))


@transaction.atomic
def _ending_carry_out(pk: int) -> int:
    ending = queries.lock_ending(pk)
    if ending.state != EndingState.AGREED or ending.agreement.state not in queries.RUNNING:
        return 0  # done while this waited
    actor = system_user()
    _take_effect(ending, actor)
    _recorded(ending, actor, "trading.ending_carry_out")
    return 1


@transaction.atomic
def _licence_expire(pk: int) -> int:
    """The ledger knows the end of the licence by itself: only the contract's state follows."""
    agreement = offer_queries.lock_agreement(pk)
    if agreement.state not in queries.RUNNING:
        return 0
    actor = system_user()
    _close(agreement, AgreementState.EXPIRED, actor)
    record(actor=actor, verb="trading.agreement_lapse", target=agreement, number=agreement.number)
    return 1


@transaction.atomic
def _licence_die(pk: int) -> int:
    """No licence outlives its patent (Civil Code art. 865): its entry ends on that day, and with the last of them the agreement.

    What was paid stays, what falls due later is owed no more (Patent Law art. 47; Civil Code art. 566).
    """
    agreement = offer_queries.lock_agreement(pk)
    actor = system_user()
    day = reserving.die(agreement, actor)
    if day is None:
        return 0  # restored, or done while this waited
    if agreement.state in queries.RUNNING and not queries.holds_anything(agreement, day):
        _drop_later(agreement, day)
        _close(agreement, AgreementState.EXPIRED, actor, day)
    record(actor=actor, verb="trading.licence_die", target=agreement, number=agreement.number, on=day.isoformat())
    return 1


# ---- helpers; the rows are locked


def _propose(agreement: Agreement, kind: EndingKind, actor: User, **facts: object) -> PerformanceDeed:
    side = rules.side_under(actor, agreement)
    for other in queries.open_endings(agreement):
        if other.kind == kind and (kind != EndingKind.BREACH or other.side == side):
            raise Conflict(
                _("已有一项“%(kind)s”在等待。") % {"kind": kind.label}, _("请先答复它，或由提出的一方收回。")
            )
    ending = Ending.objects.create(
        agreement=agreement, kind=kind, side=side, made_by=actor, made_at=clock.database_now(), **facts
    )
    return deed_write(agreement, Deed.PROPOSED, actor, ending=ending, words=ending.reason, day=ending.on_day)


def _decide(ending: Ending, state: EndingState) -> None:
    move(ending, state, ENDING_MOVES)
    ending.decided_at = clock.now()
    ending.save(update_fields=["state", "decided_at"])


def _take_effect(ending: Ending, actor: User) -> None:
    """Complete or terminate the agreement; what else lies open about its end is moot."""
    agreement = ending.agreement
    if ending.kind == EndingKind.COMPLETION:
        _require_settled(agreement)
        state = AgreementState.COMPLETED
    else:
        state = AgreementState.TERMINATED
        on = max(ending.on_day or clock.today(), clock.today())
        reserving.cease(agreement, actor, on)
        _drop_later(agreement, on)
    _decide(ending, EndingState.DONE)
    _close(agreement, state, actor)


def _close(agreement: Agreement, state: AgreementState, actor: User, died_on: date | None = None) -> None:
    """To its end. `died_on`: the day on which the last of its patents came to theirs, where that is why."""
    for other in queries.open_endings(agreement):
        _decide(other, EndingState.WITHDRAWN)
    move(agreement, state, AGREEMENT_MOVES)
    agreement.closed_at, agreement.closed_by = clock.now(), actor
    agreement.save(update_fields=["state", "closed_at", "closed_by"])
    deed = deed_write(agreement, Deed.ENDED, actor, words=str(state.value), day=died_on)
    after_commit("trading.deed_notify", deed_id=deed.pk)


def _drop_later(agreement: Agreement, on: date) -> None:
    """What falls due after the end is owed no more; what was due before it still is (Civil Code arts 566, 567)."""
    for milestone in queries.planned_of(agreement):
        statement = getattr(milestone, "statement", None)
        if statement is not None and statement.state == StatementState.DUE and statement.start < on:
            if on < statement.end:  # the year is stated as far as the contract went
                statement.end = on
                statement.save(update_fields=["end"])
            continue
        if statement is not None and statement.state == StatementState.DUE:
            move(statement, StatementState.LAPSED, STATEMENT_MOVES)
            statement.save(update_fields=["state"])
        elif statement is not None or milestone.due_on <= on:
            continue  # stated already, or due before
        move(milestone, MilestoneState.WAIVED, MILESTONE_MOVES)
        milestone.settled_at = clock.now()
        milestone.save(update_fields=["state", "settled_at"])


def _require_running(agreement: Agreement) -> None:
    if agreement.state not in queries.RUNNING:
        raise Conflict(_("这份合同现在是“%(state)s”，不能这样做。") % {"state": agreement.get_state_display()})


def _require_settled(agreement: Agreement) -> None:
    unsettled = queries.unsettled_of(agreement)
    if unsettled:
        raise Conflict(
            _("还有未了结的款项：%(what)s。") % {"what": owed(unsettled)},
            _("收款的一方确认或免除以后，才能确认履行完毕。"),
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Conflict(_("请写明理由，对方会看到。"))


def _recorded(ending: Ending, actor: User, verb: str) -> None:
    agreement = ending.agreement
    record(actor=actor, verb=verb, target=agreement, number=agreement.number, kind=ending.kind)
