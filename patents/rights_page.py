"""What the rights page says of one patent on one day, and the same as JSON; no query but those of `snapshot`. Read next: views/rights.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from platform_site import clock
from platform_site.regions.facts import BY_CODE, CODES
from platform_site.regions.names import province_name
from platform_site.ui.formats import listed

from . import gazette, ledger, ledger_words, status_shown
from .ledger_queries import book_of
from .models import Encumbrance, Grant, Patent, StatusEvent, Title
from .states import OFFERABLE, EncumbranceKind, Form, GrantState, LegalStatus
from .status_queries import events_of

NATIONWIDE = "000000"  # how the JSON names a licence for the whole country
RIGHTS = (ledger.ASSIGNMENT, *(form.value for form in ledger.ASKED))
Row = Grant | Encumbrance | Title
# The holder of these stands in the register of the national office once they have its number.
REGISTERED = frozenset({EncumbranceKind.PLEDGE, EncumbranceKind.PRESERVATION, EncumbranceKind.SUSPENSION})


@dataclass(frozen=True)
class Snapshot:
    """One patent with its whole ledger and history, seen on one day."""

    patent: Patent
    day: date
    book: ledger.Book
    events: list[StatusEvent]

    @cached_property
    def status(self) -> str:
        """The legal status on the day: written down for a past one, today's for a later one, over once the term is."""
        is_past = self.day < clock.today()
        status = (gazette.status_on(self.events, self.day) or "") if is_past else self.patent.legal_status
        over = self.day >= self.patent.expires_on and status in (*OFFERABLE, LegalStatus.TERMINATED)
        return LegalStatus.EXPIRED if over else status

    @cached_property
    def held(self) -> ledger.Book:
        return ledger.held_on(self.book, self.day)

    @cached_property
    def free(self) -> ledger.Availability:
        return ledger.availability(self.book, self.day, self.status)

    @property
    def as_of(self) -> date:
        """The latest day on which anybody looked something up for this page."""
        rows: tuple[Row, ...] = (*self.book.titles, *self.book.grants, *self.book.encumbrances)
        return max([self.patent.status_as_of, *(row.as_of for row in rows)])


def snapshot(patent: Patent, day: date) -> Snapshot:
    """Four queries, whatever the length of the ledger."""
    return Snapshot(patent, day, book_of(patent), events_of([patent.pk])[patent.pk])


# ---- JSON


def as_data(seen: Snapshot) -> dict[str, Any]:
    """The contract of the help page on interfaces, to the letter: true is what could be granted that day in every field."""
    return {
        "patent": seen.patent.application_number,
        "on": seen.day.isoformat(),
        "as_of": seen.as_of.isoformat(),
        "assignment": seen.free.assignment,
        "provinces": seen.free.provinces,
        "grants": [_grant_data(row) for row in seen.held.grants],
    }


def _grant_data(row: Grant) -> dict[str, Any]:
    ends = ledger.last_day(row)
    return {
        "form": row.form,
        "provinces": list(row.provinces) or [*CODES, NATIONWIDE],
        "field": list(row.field),
        "state": (GrantState.RESERVED if row.state == GrantState.RESERVED else GrantState.ACTIVE).value,
        "start": row.start.isoformat(),
        "end": None if ends == date.max else ends.isoformat(),
    }


# ---- the page


def context(seen: Snapshot, *, keeps: bool) -> dict[str, Any]:
    """Everything that right_detail.html draws; `keeps`: the reader is an officer who keeps this ledger."""
    notes: dict[str, int] = {}
    rows = [_right(seen, right, notes) for right in RIGHTS]
    before, after = _neighbours(seen)
    return {
        "patent": seen.patent,
        "day": seen.day,
        "is_today": seen.day == clock.today(),
        "status": _status_words(seen),
        "tone": status_shown.TONES.get(seen.status, ""),
        "alive": seen.status in OFFERABLE,
        "cells": ledger.strip([(form, ()) for form in RIGHTS[1:]], [seen.free]),
        "provinces": [(code, province_name(code), BY_CODE[code].short) for code in CODES],
        "rows": rows,
        "notes": [(number, words) for words, number in notes.items()],
        "before": before,
        "after": after,
        "as_of": seen.as_of,
        "grants": [_grant(row, seen, keeps) for row in sorted(seen.book.grants, key=_order(seen.day))],
        "titles": [_title(row, seen.day) for row in reversed(seen.book.titles)],
        "encumbrances": [_encumbrance(row, seen.day, keeps) for row in sorted(seen.book.encumbrances, key=_order(seen.day))],
        "history": status_shown.status_history(seen.patent, seen.events, seen.day),
        "keeps": keeps,
    }  # fmt: skip


def _status_words(seen: Snapshot) -> str:
    if seen.day < seen.patent.filing_date:
        return _("尚未申请")
    return str(LegalStatus(seen.status).label) if seen.status else _("当时没有记载")


def _neighbours(seen: Snapshot) -> tuple[date | None, date | None]:
    """The last day before and the first after on which something begins or ends: rights, encumbrances, title, status."""
    turns = {event.happened_on for event in seen.events if event.status and not event.corrected}
    turns |= {seen.patent.expires_on}
    for row in (*seen.book.titles, *seen.book.grants, *seen.book.encumbrances):
        if ledger.last_day(row) > row.start:
            turns |= {row.start, ledger.last_day(row)}
    turns.discard(date.max)
    return (
        max((day for day in turns if day < seen.day), default=None),
        min((day for day in turns if day > seen.day), default=None),
    )


def _right(seen: Snapshot, right: str, notes: dict[str, int]) -> dict[str, Any]:
    """One line of the table: a form, and for each province whether it is free, with the numbers of the reasons if not."""
    codes = [""] if right == ledger.ASSIGNMENT else list(CODES)
    return {"label": Form(right).label, "whole": right == ledger.ASSIGNMENT, "cells": [_cell(seen, right, code, notes) for code in codes]}  # fmt: skip


def _cell(seen: Snapshot, right: str, code: str, notes: dict[str, int]) -> dict[str, Any]:
    found: dict[tuple[str, Any], ledger.Refused] = {}
    for refused in ledger.reasons(right, code, seen.day, seen.held, seen.status):
        found.setdefault((type(refused.existing).__name__, getattr(refused.existing, "pk", None)), refused)
    numbers = [notes.setdefault(ledger_words.sentence(refused), len(notes) + 1) for refused in found.values()]
    return {"name": province_name(code) if code else "", "free": not found, "notes": numbers}


def _order(day: date) -> Any:
    """What holds first, then what is to come, then what is over."""
    return lambda row: (2 if ledger.last_day(row) <= day else int(row.start > day), row.start, row.pk)


def _source(row: Row) -> tuple[str, str]:
    return (
        _("来源"),
        _("%(source)s（%(day)s 查询）") % {"source": gazette.source_words(row.source), "day": row.as_of.isoformat()},
    )


def _grant(row: Grant, seen: Snapshot, keeps: bool) -> dict[str, Any]:
    """One licence with its past and its relations; a wrong entry stays readable and leads to the right one."""
    successor = next((one for one in seen.book.grants if one.corrects_id == row.pk), None)
    never = row.state == GrantState.ENDED and ledger.last_day(row) <= row.start
    words, tone = _grant_state(row, seen.day, corrected=successor is not None, never=never)
    return {
        "row": row,
        "title": f"{row.get_form_display()} · {ledger_words.places(row.provinces)}",
        "state": words,
        "tone": tone,
        "never": never,
        "successor": successor,
        "above": row.parent_id or row.beside_id,
        "facts": [*_grant_facts(row, keeps, never=never), _source(row)],
        "changeable": keeps and row.state != GrantState.ENDED,
        "endable": row.start <= clock.today(),
    }


def _grant_state(row: Grant, day: date, *, corrected: bool, never: bool) -> tuple[str, str]:
    if never:
        return (
            (_("记录有误，已更正"), "")
            if corrected
            else (_("预留已取消") if row.reserved_until else _("记录已撤销"), "")
        )
    if ledger.last_day(row) <= day:
        return pgettext("grant", "已终止"), ""
    if row.start > day:
        return pgettext("grant", "未开始"), "indigo"
    return str(row.get_state_display()) if row.state == GrantState.RESERVED else pgettext("grant", "有效"), "jade"


def _grant_facts(row: Grant, keeps: bool, *, never: bool) -> list[tuple[str, str]]:
    is_public = bool(row.recordal_number)
    licensee = row.licensee if is_public else _("%(name)s（未备案，不公开）") % {"name": row.licensee}
    recorded = _("%(number)s（%(day)s）") if row.recordal_on else "%(number)s"
    day = row.recordal_on.isoformat() if row.recordal_on else ""
    written = Grant(start=row.start, end=row.end)  # what a struck entry had said
    facts = [
        (_("期限"), ledger_words.period(written if never else row)),
        (_("领域"), listed(row.field) or _("全部领域")),
        (_("被许可人"), licensee if is_public or keeps else _("未公开")),
        (_("合同签订日"), row.signed_on.isoformat()),
        (_("分许可"), _("合同允许") if row.sublicensable else ""),
        (_("同意"), _consents(row)),
        (_("备案"), recorded % {"number": row.recordal_number, "day": day} if is_public else _("未向国家知识产权局备案")),
        (_("更正的原因") if row.corrects_id else _("备注"), row.note if keeps or row.corrects_id else ""),
    ]  # fmt: skip
    return [(term, words) for term, words in facts if words]


def _consents(row: Grant | Title | Encumbrance) -> str:
    said = [(row.co_owners_agree, _("全体共有人同意")), (row.pledgee_agrees, _("质权人同意"))]
    return listed(words for holds, words in said if holds)


def _title(row: Title, day: date) -> dict[str, Any]:
    facts = [
        (_("期间"), ledger_words.period(row)),
        (_("登记号"), row.registration_number),
        (_("同意"), _consents(row)),
        _source(row),
    ]
    return {
        "row": row,
        "now": ledger.holds_on(row, day),
        "facts": [(term, words) for term, words in facts if words],
    }


def _encumbrance(row: Encumbrance, day: date, keeps: bool) -> dict[str, Any]:
    is_public = row.kind in REGISTERED and bool(row.number)
    holder = row.holder if is_public or keeps else _("未公开") if row.holder else ""
    rights: Iterable[str] = (str(Form(name).label) for name in row.consents if name in Form.values)
    facts = [
        (_("期间"), ledger_words.period(row)),
        (_holder_word(row.kind), holder),
        (_("登记号或公告号"), row.number),
        (_("许可费"), row.fee_terms),
        (_("已同意的事项"), listed(rights)),
        (_("同意"), _consents(row)),
        (_("备注"), row.note if keeps else ""),
        _source(row),
    ]
    over = ledger.last_day(row) <= day
    return {
        "row": row,
        "title": row.get_kind_display(),
        "state": pgettext("grant", "已终止") if over else pgettext("grant", "未开始") if row.start > day else pgettext("grant", "有效"),
        "tone": "" if over else "ochre",
        "facts": [(term, words) for term, words in facts if words],
        "changeable": keeps and ledger.last_day(row) > clock.today(),
        "consentable": row.kind in (EncumbranceKind.PLEDGE, EncumbranceKind.OPTION),
    }  # fmt: skip


def _holder_word(kind: str) -> str:
    words = {
        EncumbranceKind.PLEDGE: _("质权人"),
        EncumbranceKind.PRESERVATION: _("裁定的法院"),
        EncumbranceKind.SUSPENSION: _("请求中止的机关"),
        EncumbranceKind.ASSIGNMENT_SIGNED: _("受让人"),
    }
    return words.get(EncumbranceKind(kind), _("权利人"))
