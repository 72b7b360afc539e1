"""How rows of a history come about: the first ones with the patent, later ones one by one. Read next: status.py.

Inner functions: the caller holds the patent's lock and records its own act.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from patents import annuities, gazette
from patents.gazette import EFFECTS, Entry
from patents.models import Patent, StatusEvent
from patents.states import GRANTED, EventKind, LegalStatus, PatentKind
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.errors import Conflict
from platform_site.outbox.queue import require_transaction

K, S = EventKind, LegalStatus
INVENTIONS_ONLY = frozenset({K.PUBLISHED, K.EXAMINATION, K.COMPENSATED})


def history_begin(patent: Patent, actor: User) -> None:
    """Bring the history in line with the facts that the patentee has just written: days of filing, publication and grant.

    Days that were corrected become correcting rows; a stated status that the days do not tell becomes a look-up.
    """
    require_transaction("history_begin")
    for name in (
        "filing_date",
        "publication_date",
        "grant_date",
        "status_as_of",
    ):  # a fact may be ISO text until read back
        setattr(patent, name, Patent._meta.get_field(name).to_python(getattr(patent, name)))
    events = list(StatusEvent.objects.filter(patent=patent))
    wanted = dict(
        gazette.opening(
            patent.kind, patent.filing_date, patent.publication_date, patent.grant_date, patent.legal_status
        )
    )
    rows = []
    for kind in (K.ACCEPTED, K.PUBLISHED, K.GRANTED):
        standing, day = gazette.first_of(kind, events), wanted.get(kind)
        if standing is None and day is not None:
            rows.append(_row(patent, actor, kind, EFFECTS[kind].gives[0], day))
        elif standing is not None and day is None:
            rows.append(_row(patent, actor, K.CORRECTION, "", patent.status_as_of, corrects=standing))
        elif standing is not None and day is not None and standing.happened_on != day:
            rows.append(_row(patent, actor, kind, EFFECTS[kind].gives[0], day, corrects=standing))
    for row in rows:
        row.save(force_insert=True)
    struck = {row.corrects_id for row in rows}
    kept = [event for event in events if event.pk not in struck] + rows
    last = gazette.standing([event for event in kept if event.status], date.max)
    before = last[-1] if last else None
    if before is None or before.status != patent.legal_status:
        since = max(patent.status_as_of, before.happened_on) if before else patent.status_as_of
        kind = gazette.kind_between(LegalStatus(before.status) if before else None, LegalStatus(patent.legal_status))
        _row(patent, actor, kind, patent.legal_status, since).save(force_insert=True)


def _row(
    patent: Patent, actor: User, kind: str, status: str, day: date, corrects: StatusEvent | None = None
) -> StatusEvent:
    return StatusEvent(
        patent=patent, kind=kind, status=status, happened_on=day, as_of=patent.status_as_of,
        source=patent.status_source, recorded_at=clock.now(), recorded_by=actor, corrects=corrects,
    )  # fmt: skip


def event_of(
    patent: Patent, events: Sequence[StatusEvent], entry: Entry, actor: User, days: Mapping[date, bool]
) -> StatusEvent:
    """The row that an entry becomes, not yet saved. Raises Conflict with a sentence for whatever cannot be so.

    A termination that is dated back to the day the fee fell due stands after the late-fee entry and says how far it reaches.
    """
    rest = [event for event in events if event.pk != entry.corrects]
    kind, day, back = K(entry.kind), entry.happened_on, entry.reaches_back_to
    given = [event for event in gazette.standing(rest, date.max) if event.status]
    if kind == K.TERMINATED and given and given[-1].status == S.LATE_FEE and day < given[-1].happened_on:
        day, back = given[-1].happened_on, day
    before = gazette.status_on(rest, day)
    status = entry.status if kind == K.CHECKED else gazette.status_given(kind, before) or ""
    _refuse_impossible(patent, entry, before, status)
    if not entry.by_calendar:
        _refuse_by_day(patent, entry)
        _refuse_unpaid(patent, entry, status, days)
    if kind != K.CHECKED and any((one.kind, one.happened_on) == (kind, day) and not one.corrected for one in rest):
        raise Conflict(_("%(day)s 的“%(event)s”已经记载。") % {"day": day.isoformat(), "event": kind.label})
    return StatusEvent(
        patent=patent, kind=kind, status=status, happened_on=day, reaches_back_to=back, noticed_on=entry.noticed_on,
        as_of=entry.as_of, source=entry.source, note=entry.note, recorded_at=clock.now(), recorded_by=actor,
        corrects_id=entry.corrects,
    )  # fmt: skip


def _refuse_impossible(patent: Patent, entry: Entry, before: LegalStatus | None, status: str) -> None:
    kind = K(entry.kind)
    if kind in INVENTIONS_ONLY and patent.kind != PatentKind.INVENTION:
        raise Conflict(_("“%(event)s”只发生在发明专利上。") % {"event": kind.label})
    if not gazette.may_follow(kind, before):
        words = {"event": kind.label, "status": before.label if before else ""}
        raise Conflict(_("当时的法律状态是“%(status)s”，不会发生“%(event)s”。") % words)
    if kind == K.CHECKED:
        if not status:
            raise Conflict(_("请选择查询到的法律状态。"))
        back = status == S.UNPUBLISHED and before != S.UNPUBLISHED
        if back or (status == S.PENDING and patent.grant_date):
            raise Conflict(_("已公开或已授权的专利不会回到这个状态。"))
    granted = patent.grant_date or entry.grant_date or (entry.happened_on if kind == K.GRANTED else None)
    if status in GRANTED and granted is None:
        raise Conflict(_("已授权的专利请填写授权公告日。"))


def _refuse_by_day(patent: Patent, entry: Entry) -> None:
    earliest = patent.filing_date if entry.corrects else patent.status_as_of
    if not earliest <= entry.as_of <= clock.today():
        raise Conflict(_("查询日期应在上次查询（%(day)s）与今天之间。") % {"day": earliest.isoformat()})
    if not patent.filing_date <= entry.happened_on <= entry.as_of:
        raise Conflict(_("事务日期应在申请日与查询日期之间。"))


def _refuse_unpaid(patent: Patent, entry: Entry, status: str, days: Mapping[date, bool]) -> None:
    """A patent is not in force on the day of the look-up while its annuity of that day is known to be unpaid."""
    if status != S.IN_FORCE or entry.kind not in (K.CHECKED, K.PAID, K.RESTORED) or entry.corrects:
        return
    paid_to = entry.annuity_paid_to or patent.annuity_paid_to
    right = patent.right()
    granted = right.granted or entry.grant_date
    known = annuities.Right(kind=right.kind, filed=right.filed, granted=granted, paid_to=paid_to)
    owed = annuities.next_due(known, days)
    if owed is not None and owed.due < entry.as_of:
        words = _("年费只缴到 %(day)s，%(due)s 已到期：请填写缴清后的“年费缴至”，或记为滞纳期。")
        raise Conflict(words % {"day": paid_to.isoformat() if paid_to else "—", "due": owed.due.isoformat()})


def patent_apply(patent: Patent, entry: Entry, event: StatusEvent, status: LegalStatus) -> dict[str, Any]:
    """Set what an entry changes in the stored answer; answers the names and values that changed, for the record."""
    new: dict[str, Any] = {"legal_status": status}
    if not entry.by_calendar:
        new |= {"status_as_of": max(entry.as_of, patent.status_as_of), "status_source": entry.source}
    else:
        new |= {"status_source": entry.source}
    granted = event.happened_on if event.kind == K.GRANTED else patent.grant_date or entry.grant_date
    new |= {
        "annuity_paid_to": entry.annuity_paid_to or patent.annuity_paid_to,
        "grant_date": granted,
        "fee_reduction": patent.fee_reduction if entry.fee_reduction is None else entry.fee_reduction,
        "term_compensation_days": (
            patent.term_compensation_days if entry.compensation_days is None else entry.compensation_days
        ),
    }
    if event.kind == K.PUBLISHED:
        new["publication_date"] = event.happened_on
    changed = {name: value for name, value in new.items() if getattr(patent, name) != value}
    for name, value in changed.items():
        setattr(patent, name, value)
    return changed
