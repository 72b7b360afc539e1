"""Results: recorded by an office, confirmed by their sides, climbing the ladder, followed for twelve months. Read next: ceremony.py."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import door_rules as rules
from expos import result_queries as queries
from expos.models import ExpoResult, FollowAnswer, ResultStep
from expos.queries import share_expo
from expos.states import ExpoState, FollowWord, Party, Rung
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit

OPEN = (ExpoState.PROGRAMME_PUBLISHED, ExpoState.RUNNING, ExpoState.CLOSED)


@transaction.atomic
def result_record(*, expo_id: int, actor: User, values: Mapping[str, Any]) -> ExpoResult:
    """Record what two sides came to: province_id (whose delegation), listing, need, owner, owner_name, taker, taker_name,
    amount_cny (yuan, or None), signed_on, rung, note.

    Raises: NotAllowed; Conflict (not between the programme and the report, one person on both sides, a day to come).
    """  # fmt: skip
    expo = share_expo(expo_id)  # lock
    require(rules.result_record, actor, (expo, values["province_id"]))  # may
    if expo.state not in OPEN:
        raise Conflict(_("成果在日程公布之后、总结公布之前登记。"))
    if values["owner"] is not None and values["owner"] == values["taker"]:
        raise Conflict(_("技术方和需求方不能是同一个人。"))
    if values["signed_on"].year != expo.year or values["signed_on"] > clock.today():
        raise Conflict(_("签署日期须在展会当年，且不晚于今天。"))
    now, more = clock.now(), {name: value for name, value in values.items() if name not in ("rung", "note")}
    made = ExpoResult.objects.create(expo=expo, made_by=actor, made_at=now, **more)  # move, write
    ResultStep.objects.create(
        result=made, rung=Rung(values["rung"]), reached_on=values["signed_on"], note=values["note"], by=actor, at=now
    )
    _recorded(made, actor, "expos.result_record", rung=str(values["rung"]))  # record
    after_commit("expos.result_notify", result_id=made.pk, what="recorded")  # tell
    return made


@transaction.atomic
def result_confirm(*, result_id: int, actor: User) -> ExpoResult:
    """A side says that it is so. Raises: NotAllowed; Conflict (said already, or disputed)."""
    row = queries.lock_result(result_id)  # lock
    require(rules.result_confirm, actor, row)  # may
    side = rules.side_of(actor, row)
    if side not in row.lacks or row.disputed_at is not None:
        raise Conflict(_("这项成果不需要您再确认。"))
    setattr(row, f"{side}_at", clock.now())  # move
    row.save(update_fields=[f"{side}_at"])  # write
    _recorded(row, actor, "expos.result_confirm", side=side)  # record
    after_commit("expos.result_notify", result_id=row.pk, what="confirmed")  # tell
    return row


@transaction.atomic
def result_dispute(*, result_id: int, actor: User, reason: str) -> ExpoResult:
    """A side says that it is not so: it counts nowhere any more. Raises: NotAllowed; Conflict (disputed already)."""
    row = queries.lock_result(result_id)  # lock
    require(rules.result_dispute, actor, row)  # may
    if row.disputed_at is not None:
        raise Conflict(_("这项成果已经有异议。"))
    row.dispute, row.disputed_at = reason.strip(), clock.now()  # move
    row.save(update_fields=["dispute", "disputed_at"])  # write
    _recorded(row, actor, "expos.result_dispute", side=rules.side_of(actor, row))  # record
    after_commit("expos.result_notify", result_id=row.pk, what="disputed")  # tell
    return row


@transaction.atomic
def result_climb(*, result_id: int, actor: User, rung: str, reached_on: date, note: str = "") -> ResultStep:
    """A higher rung. Raises: NotAllowed; Conflict (not higher, disputed, before the signing or in the future)."""
    row = queries.lock_result(result_id)  # lock
    require(rules.result_climb, actor, row)  # may
    made = _climb(row, actor, rung, reached_on, note)  # move, write
    _recorded(row, actor, "expos.result_climb", rung=rung)  # record
    after_commit("expos.result_notify", result_id=row.pk, what="climbed")  # tell
    return made


def _climb(row: ExpoResult, actor: User, rung: str, reached_on: date, note: str) -> ResultStep:
    if row.disputed_at is not None:
        raise Conflict(_("这项成果有异议，不再记录进展。"))
    if queries.RANKS[rung] <= queries.RANKS[queries.rung_of(row)]:
        raise Conflict(_("成果只能向上一级进展，已经到过的不再登记。"))
    if not row.signed_on <= reached_on <= clock.today():
        raise Conflict(_("进展的日期须在签署之后，且不晚于今天。"))
    return ResultStep.objects.create(
        result=row, rung=Rung(rung), reached_on=reached_on, note=note.strip(), by=actor, at=clock.now()
    )


@transaction.atomic
def result_answer(
    *, result_id: int, actor: User, word: str, reason: str = "", rung: str = "", reached_on: date | None = None
) -> FollowAnswer:
    """What a side says of its intention when the month has come: still talking, climbed (with rung and day), ended (with reason).

    Raises: NotAllowed; Conflict (nothing to answer, answered already, no reason, or a rung that is not higher).
    """
    row = queries.lock_result(result_id)  # lock
    require(rules.result_answer, actor, row)  # may
    side, months = rules.side_of(actor, row), queries.due_months(row, clock.today())
    if months is None:
        raise Conflict(_("这项意向现在不需要答复。"))
    if word == FollowWord.ENDED and not reason.strip():
        raise Conflict(_("请写明终止的原因。"))
    if word == FollowWord.CLIMBED:
        _climb(row, actor, rung, reached_on or clock.today(), reason)  # move
    try:
        with transaction.atomic():  # write
            made = FollowAnswer.objects.create(
                result=row, months=months, side=Party(side), word=FollowWord(word), reason=reason.strip(), by=actor,
                at=clock.now(),
            )  # fmt: skip
    except IntegrityError as taken:
        raise Conflict(_("这次跟踪您已经答复过。")) from taken
    _recorded(row, actor, "expos.result_answer", months=months, word=word)  # record; tell: it stands on the page
    return made


def _recorded(row: ExpoResult, actor: User, verb: str, **facts: Any) -> None:
    record(actor=actor, verb=verb, target=row, province_code=row.province_id, **facts)
