"""One sheet brings many patents up to date: judged row by row, then written row by row. Read next: status.py, ../sheets.py.

Judging writes nothing to a patent. Writing goes through `status_record`, one row a transaction, so that a sheet of
thousands of rows holds no lock for long, and one that was cut off goes on where it stopped.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents import numbers, queries, rules, status_queries
from patents.actions import histories
from patents.actions.status import status_record
from patents.gazette import RECORDABLE, Entry, standing, status_on
from patents.models import ListingPatent, Patent, StatusEvent, StatusSheet, StatusSheetRow
from patents.sheets import Table
from patents.states import SHEET_MOVES, EventKind, LegalStatus, ListingState, RowFate, SheetState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.audit.record import record
from platform_site.errors import Conflict, Refusal
from platform_site.outbox.queue import after_commit
from platform_site.regions.queries import overrides
from platform_site.states import move

# Column -> its heading as the page names it; a heading in the other language, and these words besides, mean it too.
COLUMNS: dict[str, str | Promise] = {
    "number": gettext_lazy("专利号或申请号"),
    "event": gettext_lazy("事务或法律状态"),
    "day": gettext_lazy("事务日期"),
    "source": gettext_lazy("查询来源"),
    "as_of": gettext_lazy("查询日期"),
    "annuity_paid_to": gettext_lazy("年费缴至"),
    "grant_date": gettext_lazy("授权公告日"),
}
ALSO: dict[str, tuple[str, ...]] = {
    "number": ("专利号", "申请号", "号码", "number", "patentnumber", "applicationnumber"),
    "event": ("事务", "法律状态", "event", "status", "eventorstatus", "legalstatus"),
    "day": ("日期", "day", "date", "eventdate"),
    "source": ("来源", "source"),
    "as_of": ("asof", "as_of", "as-of"),
    "annuity_paid_to": ("annuitypaidto", "annuity_paid_to", "paidto"),
    "grant_date": ("授权日", "grantdate", "grant_date"),
}
_DAY = re.compile(r"^(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})\D?$", re.ASCII)
_PLAIN_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$", re.ASCII)


@dataclass(frozen=True)
class Judged:
    """What becomes of one row, before or while it is written."""

    fate: RowFate
    reason: str = ""
    patent_id: int | None = None
    entry: Entry | None = None


class _Refused(Exception):
    """A row that cannot be written; the text is the reason."""


@transaction.atomic
def status_sheet_create(*, actor: User, table: Table) -> StatusSheet:
    """Judge every row of a table and keep it with the result; no patent is touched.

    Raises: NotAllowed (officers alone); Conflict (a needed column is missing).
    """
    rules.require(rules.status_import, actor, None)
    places = _places(table.heading)
    sheet = StatusSheet.objects.create(officer=actor, name=table.name[:120], created_at=clock.now())
    judge = Judge(actor)
    cells = [_cells(places, row) for row in table.rows]
    judge.load([one["number"] for one in cells])
    rows = [_row(sheet, line, one, judge.judge(one)) for line, one in zip(table.lines, cells, strict=True)]
    StatusSheetRow.objects.bulk_create(rows, batch_size=1000)
    record(actor=actor, verb="patents.status_sheet_create", target=sheet, rows=len(rows))
    return sheet


@transaction.atomic
def status_sheet_apply(*, sheet_id: int, actor: User) -> StatusSheet:
    """Let the good rows of a judged sheet be written by the worker. Raises: NotAllowed, MoveRefused (written already)."""
    sheet = StatusSheet.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet_id)
    rules.require(rules.status_sheet, actor, sheet)
    move(sheet, SheetState.RUNNING, SHEET_MOVES)
    sheet.save(update_fields=["state"])
    record(actor=actor, verb="patents.status_sheet_apply", target=sheet)
    return sheet


@transaction.atomic
def status_row_write(*, row_id: int) -> RowFate:
    """Write one row in the name of the officer who brought it; what no longer fits is refused with its reason."""
    row = StatusSheetRow.objects.select_for_update(of=("self",), no_key=True).get(pk=row_id)
    if row.fate != RowFate.NEW or row.patent_id is None:
        return RowFate(row.fate)
    officer = StatusSheet.objects.select_related("officer").get(pk=row.sheet_id).officer
    try:
        with transaction.atomic():
            status_record(patent_id=row.patent_id, actor=officer, entry=entry_of(row.facts))
        row.fate = RowFate.WRITTEN
    except Refusal as refused:
        row.fate, row.reason = RowFate.REFUSED, str(refused.reason)[:300]
    row.save(update_fields=["fate", "reason"])
    return RowFate(row.fate)


@transaction.atomic
def status_sheet_finish(*, sheet_id: int) -> StatusSheet:
    """Close a sheet of which no row waits any more, and tell its officer."""
    sheet = StatusSheet.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet_id)
    if sheet.state == SheetState.RUNNING and not sheet.rows.filter(fate=RowFate.NEW).exists():
        move(sheet, SheetState.DONE, SHEET_MOVES)
        sheet.finished_at = clock.now()
        sheet.save(update_fields=["state", "finished_at"])
        record(actor=sheet.officer, verb="patents.status_sheet_finish", target=sheet)
        after_commit("patents.status_sheet_notify", sheet_id=sheet.pk)
    return sheet


# ---- judging


class Judge:
    """Judges rows against what is stored and what earlier rows of the same sheet would write; reads five times in all."""

    def __init__(self, officer: User) -> None:
        self.codes = queries.reviewing_codes(officer)
        self.officer = officer
        self.days = overrides()
        self.patents: dict[str, Patent] = {}
        self.events: dict[int, list[StatusEvent]] = {}
        self.own: set[int] = set()
        self.names = _names()
        self.simulated = 0

    def load(self, typed: list[str]) -> None:
        """Read every patent that the numbers name, its history, and whether it stands on this office's market."""
        wanted = {canonical for text in typed if (canonical := _canonical(text))}
        self.patents = {one.application_number: one for one in Patent.objects.filter(application_number__in=wanted)}
        keys = [patent.pk for patent in self.patents.values()]
        self.events = status_queries.events_of(keys)
        shown = ListingPatent.objects.filter(
            patent__in=keys, is_open=True, listing__province__in=self.codes,
            listing__state__in=[ListingState.PUBLISHED, ListingState.SUSPENDED],
        ).exclude(listing__owner=self.officer)  # fmt: skip
        self.own = set(shown.values_list("patent_id", flat=True))

    def judge(self, cells: Mapping[str, str]) -> Judged:
        """The fate of one row; a good one changes what the next row of the same patent finds."""
        try:
            patent = self._patent(cells["number"])
            entry = self._entry(cells)
            events = self.events[patent.pk]
            same = _unchanged(patent, events, entry)
            if same is None:
                return Judged(RowFate.UNCHANGED, patent_id=patent.pk)
            event = histories.event_of(patent, events, same, self.officer, self.days)
            self._simulate(patent, events, same, event)
            return Judged(RowFate.NEW, patent_id=patent.pk, entry=same)
        except _Refused as refused:
            return Judged(RowFate.REFUSED, str(refused))
        except Conflict as conflict:
            return Judged(RowFate.REFUSED, str(conflict.reason)[:300])

    def _simulate(self, patent: Patent, events: list[StatusEvent], entry: Entry, event: StatusEvent) -> None:
        self.simulated += 1
        event.pk = 2**62 + self.simulated  # after every stored one of the same day
        events.append(event)
        status = status_on(events, max(clock.today(), event.happened_on))
        histories.patent_apply(patent, entry, event, status or LegalStatus(patent.legal_status))

    def _patent(self, typed: str) -> Patent:
        if not typed:
            raise _Refused(_("没有号码。"))
        canonical, problem = _parsed(typed)
        patent = self.patents.get(canonical)
        if patent is not None and problem and not patent.number_doubtful:
            patent = None
        if patent is None or patent.pk not in self.own:
            raise _Refused(problem or _("这件专利不在本省公开的技术中。"))
        return patent

    def _entry(self, cells: Mapping[str, str]) -> Entry:
        words = _folded(cells["event"])
        if words and words not in self.names:
            raise _Refused(_("不认识的事务或法律状态“%(typed)s”。") % {"typed": cells["event"][:40]})
        kind, status = self.names.get(words, (EventKind.CHECKED, ""))
        as_of = _day(cells, "as_of") or clock.today()
        day = _day(cells, "day")
        if day and words in EventKind.values:  # `terminated` names an event and a status: with a day it is the event
            kind, status = words, ""
        if kind != EventKind.CHECKED and day is None:
            raise _Refused(_("请填写事务日期。"))
        return Entry(
            kind=kind,
            status=status,
            happened_on=as_of if kind == EventKind.CHECKED else day or as_of,
            as_of=as_of,
            source=cells["source"][:100],
            annuity_paid_to=_day(cells, "annuity_paid_to"),
            grant_date=_day(cells, "grant_date"),
        )


def _unchanged(patent: Patent, events: list[StatusEvent], entry: Entry) -> Entry | None:
    """None if the row says nothing new; else what is to be written: of a known event with a new day of payment, a look-up."""
    known = standing(events, date.max)
    is_known = entry.kind != EventKind.CHECKED and any(
        (one.kind, one.happened_on) == (entry.kind, entry.happened_on)
        or (one.kind, one.reaches_back_to) == (entry.kind, entry.happened_on)
        for one in known
    )
    paid = entry.annuity_paid_to in (None, patent.annuity_paid_to)
    same = paid and (entry.grant_date is None or patent.grant_date is not None)
    if entry.kind == EventKind.CHECKED:
        entry = entry if entry.status else replace(entry, status=patent.legal_status)
        looked_up = entry.status == patent.legal_status and entry.as_of <= patent.status_as_of
        return None if looked_up and same else entry
    if not is_known:
        return entry
    if same:
        return None
    return replace(entry, kind=EventKind.CHECKED, status=patent.legal_status, happened_on=entry.as_of)


def _names() -> dict[str, tuple[str, str]]:
    """What a cell may say -> (event, status): codes and the words of both languages; events go before statuses."""
    found: dict[str, tuple[str, str]] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for status in LegalStatus:
                found[_folded(status.label)] = found[status.value] = (EventKind.CHECKED, status.value)
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for kind in RECORDABLE:
                if kind != EventKind.CHECKED:
                    found[_folded(kind.label)] = (kind.value, "")
                    found.setdefault(kind.value, (kind.value, ""))
    return found


def _folded(text: str) -> str:
    return "".join(text.split()).lower()


def _places(heading: list[str]) -> dict[str, int]:
    folded = [_folded(name) for name in heading]
    means = {column: set(names) for column, names in ALSO.items()}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for column, label in COLUMNS.items():
                means[column].add(_folded(str(label)))
    places = {
        column: next((place for place, name in enumerate(folded) if name in means[column]), -1) for column in COLUMNS
    }
    for column in ("number", "event"):
        if places[column] < 0:
            raise Conflict(_("表格缺少“%(column)s”一列。") % {"column": COLUMNS[column]})
    return places


def _cells(places: Mapping[str, int], row: list[str]) -> dict[str, str]:
    return {column: row[place] if 0 <= place < len(row) else "" for column, place in places.items()}


def _row(sheet: StatusSheet, line: int, cells: dict[str, str], judged: Judged) -> StatusSheetRow:
    return StatusSheetRow(
        sheet=sheet, line=line, cells=cells, facts=facts_of(judged.entry) if judged.entry else {},
        patent_id=judged.patent_id, fate=judged.fate, reason=judged.reason,
    )  # fmt: skip


def _parsed(typed: str) -> tuple[str, str]:
    """The canonical number, as typed where its check digit is wrong, and what is wrong with it."""
    try:
        return numbers.parse_application_number(typed, today=clock.today()).canonical, ""
    except numbers.NumberError as error:
        return error.canonical_as_typed, error.message


def _canonical(typed: str) -> str:
    return _parsed(typed)[0] if typed else ""


def _day(cells: Mapping[str, str], column: str) -> date | None:
    text = cells[column]
    if not text:
        return None
    match = _PLAIN_DAY.match(text) or _DAY.match(text)
    try:
        return date(*(int(part) for part in match.groups())) if match else date.fromisoformat(text)
    except ValueError as error:
        words = {"column": COLUMNS[column], "typed": text[:40]}
        raise _Refused(_("“%(column)s”的“%(typed)s”不是日期，应如 2026-03-01。") % words) from error


def facts_of(entry: Entry) -> dict[str, Any]:
    """An entry as JSON keeps it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(entry).items()
        if value not in (None, "")
    }


def entry_of(facts: Mapping[str, Any]) -> Entry:
    """The same, back."""
    days = ("happened_on", "as_of", "noticed_on", "reaches_back_to", "annuity_paid_to", "grant_date")
    return Entry(**{name: date.fromisoformat(value) if name in days else value for name, value in facts.items()})
