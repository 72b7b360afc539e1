"""How a history of the legal status, its annuities and its deadlines are written for a reader; no query. Read next: gazette.py."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from patents import annuities, deadlines, gazette
from patents.models import Patent, StatusEvent
from patents.states import OFFERABLE, Block, EventKind, LegalStatus
from platform_site import clock
from platform_site.regions.workdays import NO_OVERRIDES
from platform_site.ui.formats import cny, listed

TONES = {LegalStatus.IN_FORCE: "jade", LegalStatus.LATE_FEE: "ochre", LegalStatus.PENDING: "indigo"}


def day_asked(text: str | None) -> date | None:
    """The day of an address `?on=`; None where nothing, or no day, was given."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def status_history(patent: Patent, events: Sequence[StatusEvent], on: date | None = None) -> dict[str, Any]:
    """What the partial `_status_history.html` draws: status and blocks on a day (today if none), and how it came about.

    `events` are the whole history with its corrected rows; those that happened after the day are left out.
    """
    day = on or clock.today()
    status = gazette.status_on(events, day)
    return {
        "patent": patent,
        "on": day,
        "is_past": day != clock.today(),
        "status": status.label if status else _("当时没有记载"),
        "tone": TONES.get(status, "") if status else "",
        "is_alive": status in OFFERABLE,
        "blocks": block_words(gazette.blocks_on(events, day)) if status else "",
        "as_of": patent.status_as_of,
        "source": patent.source_words,
        "rows": _rows(events, day),
        "ends": patent.expires_on,
    }


def _rows(events: Sequence[StatusEvent], day: date) -> list[dict[str, Any]]:
    """Newest last; a look-up that found what was known already is shown only if it is the latest word."""
    told = sorted((one for one in events if one.happened_on <= day), key=lambda one: (one.happened_on, one.pk))
    rows: list[dict[str, Any]] = []
    before = ""
    for event in told:
        repeats = event.kind == EventKind.CHECKED and event.status == before
        if not repeats or event is told[-1]:
            rows.append(_row(event))
        if event.status and not event.corrected:
            before = event.status
    return rows


def _row(event: StatusEvent) -> dict[str, Any]:
    kind = EventKind(event.kind)
    blocks = gazette.EFFECTS[kind].blocks | gazette.STATUS_BLOCKS.get(event.status, frozenset())  # type: ignore[call-overload]
    return {
        "pk": event.pk,
        "when": event.happened_on,
        "title": kind.label,
        "status": event.get_status_display() if event.status else "",
        "blocks": block_words(blocks),
        "text": " · ".join(_notes(event)),
        "corrected": event.corrected,
        "is_correction": event.corrects_id is not None,
        "correctable": not event.corrected and kind not in (EventKind.ACCEPTED, EventKind.CORRECTION),
    }


def _notes(event: StatusEvent) -> list[str]:
    words = []
    if event.reaches_back_to:
        words.append(_("自 %(day)s 起终止") % {"day": event.reaches_back_to.isoformat()})
    if event.noticed_on:
        words.append(_("通知书日期 %(day)s") % {"day": event.noticed_on.isoformat()})
    if event.source == gazette.CALENDAR_SOURCE:
        words.append(gazette.source_words(event.source))
    else:
        words.append(_("%(day)s 查询") % {"day": event.as_of.isoformat()})
        words += [_("来源：%(source)s") % {"source": event.source}] if event.source else []
    return [*words, event.note] if event.note else words


def block_words(blocks: frozenset[Block]) -> str:
    """What cannot be done, in the fixed order of the kinds."""
    return listed(str(block.label) for block in Block if block in blocks)


# ---- annuities and deadlines


def annuity_table(
    patent: Patent,
    events: Sequence[StatusEvent],
    today: date | None = None,
    overrides: Mapping[date, bool] = NO_OVERRIDES,
) -> dict[str, Any]:
    """What the partial `_annuities.html` draws: the next fee, what the rest of the term costs, every year."""
    day = today or clock.today()
    right = patent.right(open_licensed=gazette.is_open_licensed(events, day))
    fees = annuities.schedule(right, overrides)
    status = LegalStatus(patent.legal_status)
    owed = deadlines.unpaid(patent, status, events, overrides) if status in OFFERABLE else None
    return {
        "patent": patent,
        "rows": [_fee(one, day, owed, known=right.paid_to is not None) for one in fees],
        "next": _owed(right, owed, day, overrides) if owed else None,
        "cost": cny(annuities.cost_to_end_cny(right, day)) if fees and status in OFFERABLE else "",
        "ends": right.ends,
        "paid_to": right.paid_to,
        "reduction": f"{right.reduction}%" if right.reduction else "",
        "open_reduction": f"{annuities.OPEN_REDUCTION}%" if right.open_licensed else "",
    }


def _fee(one: annuities.Annuity, day: date, owed: annuities.Annuity | None, *, known: bool) -> dict[str, Any]:
    if one.is_paid:
        words = _("已缴")
    elif not known and one.anniversary < day:
        words = _("未查询")
    elif owed is not None and owed.year == one.year:
        words = _("待缴") if one.due >= day else _("逾期")
    else:
        words = ""
    return {
        "year": one.year, "due": one.due, "full": cny(one.full_cny), "payable": cny(one.payable_cny), "state": words
    }  # fmt: skip


def _owed(right: annuities.Right, owed: annuities.Annuity, day: date, overrides: Mapping[date, bool]) -> dict[str, Any]:
    late = owed.due < day <= owed.late_until
    surcharge = annuities.surcharge_cny(right, owed, day, overrides) if late else None
    return {
        "year": owed.year,
        "due": owed.due,
        "late_until": owed.late_until if late else None,
        "payable": cny(owed.payable_cny),
        "surcharge": cny(surcharge) if surcharge else "",
    }


def deadline_rows(
    patent: Patent, events: Sequence[StatusEvent], overrides: Mapping[date, bool] = NO_OVERRIDES
) -> list[deadlines.Deadline]:
    """The periods that run for the owner, soonest first."""
    return deadlines.deadlines_of(patent, events, clock.today(), overrides)
