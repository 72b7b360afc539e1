"""A need from its draft to its end: written, submitted, copied, withdrawn, met, run out. Read next: need_reviews.py, need_proposals.py.

A published text never changes: who wants it otherwise withdraws the need and submits a copy, which an office sees anew.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import organisation_of
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.regions.facts import CODES
from platform_site.regions.queries import due_date
from platform_site.states import move
from trading import need_queries as queries
from trading import need_rules as rules
from trading.models import NeedCondition, NeedNumber, NeedReview, TechnologyNeed
from trading.models.need import CONTENT
from trading.need_words import need_index
from trading.states import NEED_MOVES, NeedDecision, NeedState

Rows = Sequence[Mapping[str, Any]]


@transaction.atomic
def need_create(*, actor: User, values: Mapping[str, Any], conditions: Rows = ()) -> TechnologyNeed:
    """Write a draft with its number. Anybody signed in may; the real-name mark is asked at submission.

    `values` are the fields of models.need.CONTENT, already cleaned (budget in CNY, deadline a day in China);
    `conditions` rows of NeedCondition (area m², power kW).
    """
    moment = clock.now()
    need = TechnologyNeed.objects.create(
        number=_next_number(clock.today().year), owner=actor, organisation=organisation_of(actor),
        created_at=moment, updated_at=moment, **_content(values),
    )  # fmt: skip
    _conditions_write(need, conditions)
    record(actor=actor, verb="trading.need_create", target=need, number=need.number)
    return need


@transaction.atomic
def need_save(*, need_id: int, actor: User, values: Mapping[str, Any], conditions: Rows = ()) -> TechnologyNeed:
    """Write the whole text of a draft, or of one that an office sent back.

    Raises: NotAllowed (not the owner), Conflict (it lies with an office or is over).
    """
    need = queries.lock_need(need_id)  # lock
    require(rules.need_edit, actor, need)  # may
    if not need.is_editable:
        raise Conflict(
            _("“%(state)s”的需求不能修改。") % {"state": need.get_state_display()},
            _("已公开的需求可以撤回后复制为新的草稿，改好再提交审核。"),
        )
    for name, value in _content(values).items():  # write
        setattr(need, name, value)
    need.updated_at = clock.now()
    need.save(update_fields=[*CONTENT, "updated_at"])
    _conditions_write(need, conditions)
    record(actor=actor, verb="trading.need_save", target=need, number=need.number)  # record
    return need


@transaction.atomic
def need_submit(*, need_id: int, actor: User, province_code: str) -> TechnologyNeed:
    """Put a need before an office of the six: the text is frozen, the office's clock of mainland working days starts.

    Raises: NotAllowed (not the owner, not verified), Conflict (no office, or the last day is over), MoveRefused.
    """
    need = queries.lock_need(need_id)  # lock
    require(rules.need_edit, actor, need)  # may
    require(rules.need_submit, actor, need)
    if province_code not in CODES:
        raise Conflict(_("请从六省知识产权局中选择一个审核机构。"))
    if need.deadline <= clock.today():
        raise Conflict(_("截止日期已过，不能提交。"), _("请先把截止日期改到今天以后。"))
    need_index(need)  # what is searched is of the text that is frozen now
    need.refresh_from_db(fields=["doc", "tokens", "grounds"])
    move(need, NeedState.SUBMITTED, NEED_MOVES)  # move
    need.province_id, need.updated_at = province_code, clock.now()
    need.save(update_fields=["state", "province", "updated_at"])  # write
    review = NeedReview.objects.create(
        need=need, province_id=province_code, opened_at=clock.now(),
        due_on=due_date(clock.today(), settings.REVIEW_WORKING_DAYS),
    )  # fmt: skip
    _record(need, actor, "trading.need_submit", review_id=review.pk, due_on=review.due_on.isoformat())  # record
    after_commit("trading.need_submit_notify", review_id=review.pk)  # tell
    return need


@transaction.atomic
def need_copy(*, need_id: int, actor: User) -> TechnologyNeed:
    """A new draft with the text of one's own need that is over or was refused: the way to change what was public.

    Raises: NotAllowed (not the owner), Conflict (it is still in work or open).
    """
    source = queries.lock_need(need_id)  # lock
    require(rules.need_edit, actor, source)  # may
    if NEED_MOVES[NeedState(source.state)]:
        raise Conflict(_("这项需求还没有结束，不能复制。"), _("请先撤回它；草稿和退回的需求可以直接修改。"))
    moment = clock.now()
    need = TechnologyNeed.objects.create(  # write
        number=_next_number(clock.today().year), owner=actor, organisation=organisation_of(actor),
        created_at=moment, updated_at=moment, **{name: getattr(source, name) for name in CONTENT},
    )  # fmt: skip
    rows = source.conditions.values("kind", "text_zh", "text_en", "amount")
    NeedCondition.objects.bulk_create([NeedCondition(need=need, **row) for row in rows])
    record(actor=actor, verb="trading.need_copy", target=need, number=need.number, source=source.number)  # record
    return need


@transaction.atomic
def need_withdraw(*, need_id: int, actor: User, reason: str = "") -> TechnologyNeed:
    """Take a need back for good, also from an office that has not decided; one that was public with a reason.

    Raises: NotAllowed, MoveRefused (it is over), Conflict (no reason). Whoever has an open proposal is told.
    """
    need = queries.lock_need(need_id)  # lock
    require(rules.need_edit, actor, need)  # may
    if need.state == NeedState.PUBLISHED and not reason.strip():
        raise Conflict(_("请写明撤回的原因，已提出方案的权利人会看到。"))
    before = need.state
    _close(need, NeedState.WITHDRAWN, reason)
    review = need.reviews.select_for_update().filter(decision="").first()
    if review is not None:
        review.decision, review.decided_by, review.decided_at = NeedDecision.WITHDRAWN, actor, clock.now()
        review.save(update_fields=["decision", "decided_by", "decided_at"])
    _record(need, actor, "trading.need_withdraw", before=before)  # record
    after_commit("trading.need_close_notify", need_id=need.pk)  # tell
    return need


@transaction.atomic
def need_meet(*, need_id: int, actor: User, reason: str = "") -> TechnologyNeed:
    """Say that a published need is met, on the portal or elsewhere; the page stays as a record.

    Raises: NotAllowed, MoveRefused (not open).
    """
    need = queries.lock_need(need_id)  # lock
    require(rules.need_edit, actor, need)  # may
    _close(need, NeedState.MET, reason)
    _record(need, actor, "trading.need_meet")  # record
    after_commit("trading.need_close_notify", need_id=need.pk)  # tell
    return need


@transaction.atomic
def need_expire(*, need_id: int, actor: User) -> TechnologyNeed:
    """The clock's: the last day of a published need is over.

    Raises: NotAllowed (not the clock), Conflict (the day is not over), MoveRefused (closed meanwhile).
    """
    need = queries.lock_need(need_id)  # lock
    require(rules.need_expire, actor, need)  # may
    if need.deadline >= clock.today():
        raise Conflict(_("截止日期还没有过。"))
    _close(need, NeedState.EXPIRED, "")
    _record(need, actor, "trading.need_expire")  # record
    after_commit("trading.need_close_notify", need_id=need.pk)  # tell
    return need


# ---- parts of the above; each works in the caller's transaction, on a need that the caller has locked


def _next_number(year: int) -> str:
    NeedNumber.objects.get_or_create(year=year)
    counter = NeedNumber.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"XQ6-{year}-{counter.last:06d}"


def _content(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in CONTENT if name in values}


def _conditions_write(need: TechnologyNeed, rows: Rows) -> None:
    need.conditions.all().delete()
    NeedCondition.objects.bulk_create([NeedCondition(need=need, **row) for row in rows])


def _close(need: TechnologyNeed, wanted: NeedState, reason: str) -> None:
    move(need, wanted, NEED_MOVES)  # move
    need.closing_reason = reason.strip()
    need.closed_at = need.updated_at = clock.now()
    need.save(update_fields=["state", "closing_reason", "closed_at", "updated_at"])  # write


def _record(need: TechnologyNeed, actor: User, verb: str, **data: Any) -> None:
    record(actor=actor, verb=verb, target=need, province_code=need.province_id or "", number=need.number, **data)
