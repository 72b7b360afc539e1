"""Periods that run about a patent, by the statutory arithmetic and the mainland's holidays; pure, no query. Read next: annuities.py.

Each answers with a `Deadline`: its code, what is to be done, and the last day, rolled off days off (Implementing Rule 5).
Sources: Patent Law arts 34, 35, 41, 42; Implementing Rules 6, 60, 77, 103, 115; domain.md 3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patents import annuities, gazette
from patents.gazette import CALENDAR_SOURCE, Entry
from patents.states import DEAD, EventKind, LegalStatus, PatentKind
from platform_site.regions.workdays import NO_OVERRIDES, add_months, period_end

K, S = EventKind, LegalStatus
Days = Mapping[date, bool]
PUBLICATION_MONTHS = 18
COMPENSATED_AFTER_MONTHS = 48  # a grant later than four years after filing can be compensated (art. 42)


@dataclass(frozen=True)
class Deadline:
    """`due` is the last day on which the act is in time."""

    code: str
    words: str | Promise
    due: date


def examination_request(filed: date, overrides: Days = NO_OVERRIDES) -> Deadline:
    """Three years from filing (art. 35); afterwards the application is deemed withdrawn."""
    return Deadline("examination", _("请求实质审查"), period_end(filed, months=36, overrides=overrides))


def publication(filed: date) -> Deadline:
    """Eighteen months from filing (art. 34): the office's act, so no day off moves it."""
    return Deadline("publication", _("国家知识产权局公布申请"), add_months(filed, PUBLICATION_MONTHS))


def grant_fee(noticed: date, overrides: Days = NO_OVERRIDES) -> Deadline:
    """Two months from the notice of grant (rule 60); afterwards the right to the patent is deemed given up."""
    return Deadline(
        "grant_fee", _("办理登记手续并缴纳授权当年年费"), period_end(noticed, months=2, overrides=overrides)
    )


def reexamination_request(noticed: date, overrides: Days = NO_OVERRIDES) -> Deadline:
    """Three months from the notice of rejection (art. 41)."""
    return Deadline("reexamination", _("请求复审"), period_end(noticed, months=3, overrides=overrides))


def compensation_request(granted: date, overrides: Days = NO_OVERRIDES) -> Deadline:
    """Three months from the announcement of grant (rule 77)."""
    return Deadline("compensation", _("请求专利权期限补偿"), period_end(granted, months=3, overrides=overrides))


def restoration_request(noticed: date, overrides: Days = NO_OVERRIDES) -> Deadline:
    """Two months from the notice of termination (rule 6)."""
    return Deadline("restoration", _("请求恢复权利"), period_end(noticed, months=2, overrides=overrides))


def recordal_request(effective: date, overrides: Days = NO_OVERRIDES) -> Deadline:
    """Three months from the day on which a licence contract takes effect (rule 15)."""
    return Deadline("recordal", _("申请实施许可合同备案"), period_end(effective, months=3, overrides=overrides))


def suspension_end(suspended: date, overrides: Days = NO_OVERRIDES) -> Deadline:
    """A suspension for a dispute of ownership lasts a year unless it is renewed (rule 103)."""
    return Deadline("suspension", _("请求延长中止"), period_end(suspended, months=12, overrides=overrides))


def annuity(due: date) -> Deadline:
    """The day comes from annuities.py, already rolled."""
    return Deadline("annuity", _("缴纳年费"), due)


def late_annuity(last: date) -> Deadline:
    """Six months after the fee fell due (rule 115), from annuities.py, already rolled."""
    return Deadline("late_fee", _("补缴年费和滞纳金"), last)


def restoration_until(event: Any, overrides: Days = NO_OVERRIDES) -> date:
    """The last day for a restoration after the event that says 终止: two months from the notice, or from when it was known."""
    known = max(event.happened_on, event.as_of)
    return restoration_request(event.noticed_on or known, overrides).due


def died_on(patent: Any, events: Sequence[Any], today: date, overrides: Days = NO_OVERRIDES) -> date | None:
    """The day on which a right came to its end for good; None while it lives, or while its restoration can be requested."""
    status = S(patent.legal_status)
    if status not in (*DEAD, S.TERMINATED):
        return None
    ends = [event for event in gazette.standing(events, today) if event.status == status]
    if status == S.TERMINATED and not (ends and restoration_until(ends[-1], overrides) < today):
        return None
    return ends[-1].happened_on if ends else patent.status_as_of


def deadlines_of(patent: Any, events: Sequence[Any], today: date, overrides: Days = NO_OVERRIDES) -> list[Deadline]:
    """Every period that runs for a patent on a day, soonest first; those that ended without an effect are left out."""
    status = gazette.status_on(events, today) or S(patent.legal_status)
    kinds = {event.kind: event for event in gazette.standing(events, today)}
    found: list[Deadline] = []
    if status in (S.UNPUBLISHED, S.PENDING):
        found += _before_grant(patent, status, kinds, overrides)
    elif status == S.REFUSED and K.REJECTED in kinds:
        rejected = kinds[K.REJECTED]
        found.append(reexamination_request(rejected.noticed_on or rejected.happened_on, overrides))
    elif status in (S.IN_FORCE, S.LATE_FEE):
        found += _in_force(patent, status, events, overrides)
    elif status == S.TERMINATED:
        gone = [event for event in gazette.standing(events, today) if event.status == S.TERMINATED]
        found += [replace(restoration_request(today), due=restoration_until(event, overrides)) for event in gone[-1:]]
    frozen = [event for event in gazette.holding(events, today) if event.kind == K.SUSPENDED]
    found += [suspension_end(event.happened_on, overrides) for event in frozen]
    return sorted((one for one in found if one.due >= today), key=lambda one: one.due)


def _before_grant(patent: Any, status: LegalStatus, kinds: Mapping[str, Any], overrides: Days) -> list[Deadline]:
    found = []
    is_invention = patent.kind == PatentKind.INVENTION
    if is_invention and K.EXAMINATION not in kinds:
        found.append(examination_request(patent.filing_date, overrides))
    if is_invention and status == S.UNPUBLISHED:
        found.append(publication(patent.filing_date))
    if K.GRANT_NOTICE in kinds:
        notice = kinds[K.GRANT_NOTICE]
        found.append(grant_fee(notice.noticed_on or notice.happened_on, overrides))
    return found


def _in_force(patent: Any, status: LegalStatus, events: Sequence[Any], overrides: Days) -> list[Deadline]:
    found = []
    owed = unpaid(patent, status, events, overrides)
    if owed is not None:
        found.append(late_annuity(owed.late_until) if status == S.LATE_FEE else annuity(owed.due))
    late = patent.grant_date and patent.grant_date > add_months(patent.filing_date, COMPENSATED_AFTER_MONTHS)
    if late and patent.kind == PatentKind.INVENTION and not patent.term_compensation_days:
        found.append(compensation_request(patent.grant_date, overrides))
    return found


# ---- what the calendar alone brings about


def unpaid(
    patent: Any, status: LegalStatus, events: Sequence[Any], overrides: Days = NO_OVERRIDES
) -> annuities.Annuity | None:
    """The fee that is owed next. In the late-fee period of a patent whose payments are not known: the last that fell due."""
    right = patent.right()
    if right.paid_to is not None or status != S.LATE_FEE:
        return annuities.next_due(right, overrides)
    late = [event for event in gazette.standing(events, date.max) if event.status == S.LATE_FEE]
    due = [one for one in annuities.schedule(right, overrides) if late and one.anniversary <= late[-1].happened_on]
    return due[-1] if due else None


def entries_due(patent: Any, events: Sequence[Any], today: date, overrides: Days = NO_OVERRIDES) -> list[Entry]:
    """What has happened by the mere passing of time up to today, in order: late, terminated, expired. Empty: nothing.

    No look-up stands behind it, so the day of the last one stays. Source: Patent Law art. 44; Implementing Rule 115.
    """
    status = S(patent.legal_status)
    owed = unpaid(patent, status, events, overrides) if status in (S.IN_FORCE, S.LATE_FEE) else None
    ends = patent.expires_on
    written = [event.happened_on for event in gazette.standing(events, date.max) if event.status]
    after = max(written, default=date.min)  # an entry of the calendar never lies before what somebody has written
    found: list[Entry] = []

    def add(kind: EventKind, day: date, reaches_back_to: date | None = None) -> None:
        day = max(day, after)
        found.append(
            Entry(
                kind,
                day,
                patent.status_as_of,
                source=CALENDAR_SOURCE,
                reaches_back_to=reaches_back_to,
                by_calendar=True,
            )
        )

    if status == S.IN_FORCE and owed and owed.due < min(today, ends):
        add(K.LATE_FEE, owed.due + timedelta(days=1))
        status = S.LATE_FEE
    if status == S.LATE_FEE and owed and owed.late_until < min(today, ends):
        add(K.TERMINATED, owed.late_until + timedelta(days=1), owed.anniversary)
        status = S.TERMINATED
    if status in (S.IN_FORCE, S.LATE_FEE) and ends <= today:
        add(K.EXPIRED, ends)
    return found
