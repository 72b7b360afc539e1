"""Which rights can stand together, and which are free on a day: pure rules, no query. Read next: actions/rights.py.

The conflict matrix of domain.md 5. PostgreSQL guards the same rules (migration 0008); here they get their sentence. A row
is a `Grant`, `Encumbrance` or `Title`, saved or not; periods are half-open and compared by day.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from platform_site.regions.facts import CODES

from . import spans
from .models import Encumbrance, Grant, Title
from .states import OFFERABLE, EncumbranceKind, GrantForm, GrantState, LegalStatus

NARROW = frozenset({GrantForm.EXCLUSIVE, GrantForm.SOLE})  # those that keep everybody else out
ASSIGNMENT = "assignment"
FREEZES = frozenset({EncumbranceKind.PRESERVATION, EncumbranceKind.SUSPENSION})
# Kinds that cannot overlap themselves in time, with the code of the refusal.
ONE_AT_A_TIME: dict[str, str] = {
    EncumbranceKind.OPEN_DECLARATION: "open_declaration_twice",
    EncumbranceKind.PLEDGE: "pledge_twice",
    EncumbranceKind.ASSIGNMENT_SIGNED: "assignment_signed",
}
# Forms of licence that a buyer can ask for; a compulsory one is given by the State.
ASKED = (GrantForm.EXCLUSIVE, GrantForm.SOLE, GrantForm.ORDINARY, GrantForm.OPEN)


@dataclass(frozen=True)
class Book:
    """What the ledger holds of one patent."""

    titles: Sequence[Title] = ()
    grants: Sequence[Grant] = ()
    encumbrances: Sequence[Encumbrance] = ()
    co_owned: bool = False


class Refused(NamedTuple):
    """Why a right cannot be granted: a code of words.REFUSALS, and the row that stands in the way."""

    code: str
    existing: Any = None


@dataclass(frozen=True)
class Availability:
    """What could be granted for one day, in every field, in each of the six."""

    assignment: bool
    provinces: dict[str, dict[str, bool]] = field(default_factory=dict)


# ---- periods


def last_day(row: Grant | Encumbrance | Title) -> date:
    """The first day on which the row no longer holds; date.max when none is set."""
    ends = [row.end, getattr(row, "ended_on", None)]
    return min(day for day in (*ends, date.max) if day)


def holds_on(row: Grant | Encumbrance | Title, day: date) -> bool:
    return row.start <= day < last_day(row)


def meet(one: Grant | Encumbrance, other: Grant | Encumbrance) -> bool:
    """Whether two periods share a day; an empty one shares none."""
    return max(one.start, other.start) < min(last_day(one), last_day(other))


def overlaps(one: Grant, other: Grant) -> bool:
    """Whether two licences meet in place, field and time."""
    return (
        meet(one, other)
        and spans.overlap(spans.territory(one.provinces), spans.territory(other.provinces))
        and spans.overlap(spans.ipc(one.field), spans.ipc(other.field))
        and spans.overlap(spans.industry(one.field), spans.industry(other.field))
    )


def lies_within(inner: Grant, outer: Grant) -> bool:
    """Whether a sublicence stays inside its parent in place, field and time."""
    return (
        outer.start <= inner.start
        and last_day(inner) <= last_day(outer)
        and spans.within(spans.territory(inner.provinces), spans.territory(outer.provinces))
        and spans.within(spans.ipc(inner.field), spans.ipc(outer.field))
        and spans.within(spans.industry(inner.field), spans.industry(outer.field))
    )


# ---- the matrix


def grant_refusals(wanted: Grant, book: Book) -> Iterator[Refused]:
    """Everything that keeps a licence from being granted, the weightiest first."""
    if not any(held.pk == wanted.title_id and holds_on(held, wanted.signed_on) for held in book.titles):
        yield Refused("not_owner", _owner_on(book, wanted.signed_on))
    if book.co_owned and wanted.form in NARROW and not wanted.co_owners_agree:
        yield Refused("co_owners")
    if wanted.form != GrantForm.COMPULSORY:
        yield from _in_the_way(wanted.form, wanted.signed_on, book, pledgee_agrees=wanted.pledgee_agrees)
    if wanted.parent_id or wanted.beside_id:
        yield from _outside_above(wanted, book)
    if not wanted.parent_id:
        yield from _licences_in_the_way(wanted, book)
    if wanted.form in NARROW:
        declared = _of_kind(book, EncumbranceKind.OPEN_DECLARATION)
        yield from (Refused("open_declaration", row) for row in declared if meet(row, wanted))
    if wanted.form == GrantForm.OPEN and not declaration_on(book, wanted.signed_on):
        yield Refused("no_declaration")


def encumbrance_refusals(wanted: Encumbrance, book: Book) -> Iterator[Refused]:
    """What keeps a pledge, a declaration, a signed assignment or an option from being entered; a freeze never is."""
    if wanted.kind in FREEZES:
        return
    if book.co_owned and not wanted.co_owners_agree:
        yield Refused("co_owners")
    names = {EncumbranceKind.OPEN_DECLARATION: GrantForm.OPEN, EncumbranceKind.ASSIGNMENT_SIGNED: ASSIGNMENT}
    right = str(names.get(EncumbranceKind(wanted.kind), wanted.kind))
    agrees = wanted.pledgee_agrees and wanted.kind != EncumbranceKind.PLEDGE
    yield from _in_the_way(right, wanted.start, book, pledgee_agrees=agrees)
    if wanted.kind == EncumbranceKind.OPEN_DECLARATION:
        for row in book.grants:
            if row.form in NARROW and not row.parent_id and meet(row, wanted):
                yield Refused("open_over_exclusive", row)
    if wanted.kind in ONE_AT_A_TIME:
        yield from (
            Refused(ONE_AT_A_TIME[wanted.kind], row) for row in _of_kind(book, wanted.kind) if meet(row, wanted)
        )


def offer_refusals(form: str, provinces: Sequence[str], book: Book, day: date) -> Iterator[Refused]:
    """What of today's licences leaves no room for a form of transfer somewhere it would be offered.

    An assignment passes subject to licences; a declaration is of the whole patent, whatever its owner would tick.
    Encumbrances that pass (a pledge, a freeze) do not count: what is offered then only rests.
    """
    if form == ASSIGNMENT:
        return
    where = [] if form == GrantForm.OPEN else list(provinces)
    wanted = Grant(form=form, provinces=where, field=[], signed_on=day, start=day, end=day + timedelta(days=1))
    for refused in _licences_in_the_way(wanted, book):
        yield Refused("open_over_exclusive", refused.existing) if form == GrantForm.OPEN else refused
    declared = declaration_on(book, day) if form in NARROW else None
    if declared is not None:
        yield Refused("open_declaration", declared)


def title_refusals(wanted: Title, book: Book) -> Iterator[Refused]:
    """What keeps an assignment from being registered; licences do not, they pass with the patent."""
    if book.co_owned and not wanted.co_owners_agree:
        yield Refused("co_owners")
    besides = wanted.completes_id
    yield from _in_the_way(ASSIGNMENT, wanted.start, book, pledgee_agrees=wanted.pledgee_agrees, besides=besides)


def _in_the_way(
    right: str, day: date, book: Book, *, pledgee_agrees: bool, besides: int | None = None
) -> Iterator[Refused]:
    """Encumbrances that hold on the day of the act and do not let this right pass."""
    for row in book.encumbrances:
        if not holds_on(row, day) or (besides and row.pk == besides):
            continue
        if row.kind in FREEZES or row.kind == EncumbranceKind.ASSIGNMENT_SIGNED:
            yield Refused(row.kind, row)
        elif row.kind == EncumbranceKind.PLEDGE and not pledgee_agrees and right not in row.consents:
            yield Refused("pledge_twice" if right == "pledge" else "pledge", row)
        elif row.kind == EncumbranceKind.OPTION and right in (ASSIGNMENT, *NARROW) and right not in row.consents:
            yield Refused("option", row)


def _outside_above(wanted: Grant, book: Book) -> Iterator[Refused]:
    above = next((row for row in book.grants if row.pk == (wanted.parent_id or wanted.beside_id)), None)
    if above is None or above.state != GrantState.ACTIVE or not lies_within(wanted, above):
        yield Refused("outside_parent", above)
    elif wanted.parent_id and not above.sublicensable:
        yield Refused("no_sublicence", above)
    elif wanted.beside_id and above.form != GrantForm.SOLE:
        yield Refused("outside_parent", above)


def _licences_in_the_way(wanted: Grant, book: Book) -> Iterator[Refused]:
    """Existing licences that cannot stand beside this one: an exclusive or sole one meets everything but a compulsory one."""
    for row in book.grants:
        if row.parent_id or (wanted.pk and row.pk == wanted.pk) or not overlaps(row, wanted):
            continue
        forms = {GrantForm(row.form), GrantForm(wanted.form)}
        if GrantForm.COMPULSORY in forms or not forms & NARROW:
            if row.beside_id and wanted.beside_id:
                yield Refused("sole", row)
            continue
        companion = row.form == GrantForm.SOLE and wanted.beside_id == row.pk
        companion = companion or (wanted.pk is not None and row.beside_id == wanted.pk)
        if not companion:
            yield Refused(row.form, row)


def _of_kind(book: Book, kind: str) -> list[Encumbrance]:
    return [row for row in book.encumbrances if row.kind == kind]


def _owner_on(book: Book, day: date) -> Title | None:
    return next((held for held in book.titles if holds_on(held, day)), None)


def declaration_on(book: Book, day: date) -> Encumbrance | None:
    """The open-licence declaration in force on a day."""
    declared = _of_kind(book, EncumbranceKind.OPEN_DECLARATION)
    return next((row for row in declared if holds_on(row, day)), None)


# ---- what is free


def availability(book: Book, day: date, status: str) -> Availability:
    """What could be granted for that one day in every field, consent of co-owners supposed.

    `status` is the legal status on that day; a patent that is not alive has nothing to give, one that is not granted or in
    its late-fee period no open licence (Implementing Rules, rule 86).
    """
    held = held_on(book, day)
    free: Callable[[str, str], bool] = lambda right, code: not any(reasons(right, code, day, held, status))  # noqa: E731
    return Availability(
        assignment=free(ASSIGNMENT, ""),
        provinces={code: {form.value: free(form, code) for form in ASKED} for code in CODES},
    )


def held_on(book: Book, day: date) -> Book:
    """The book with the licences that hold on a day alone."""
    return replace(book, grants=[row for row in book.grants if holds_on(row, day)])


def reasons(right: str, code: str, day: date, held: Book, status: str) -> Iterator[Refused]:
    """Why a right could not be granted in a province for that one day in every field; none: it is free.

    `held`: see held_on. The province counts for licences alone: an assignment is free everywhere or nowhere.
    """
    if status not in OFFERABLE:
        yield Refused("term" if status == LegalStatus.EXPIRED else "not_alive")
        return
    if right == GrantForm.OPEN and status != LegalStatus.IN_FORCE:
        yield Refused("not_in_force")
    yield from _in_the_way(right, day, held, pledgee_agrees=False)
    if right == ASSIGNMENT:
        return
    wanted = Grant(form=right, provinces=[code], field=[], signed_on=day, start=day, end=day + timedelta(days=1))
    yield from _licences_in_the_way(wanted, held)
    if right == GrantForm.OPEN:  # barred by an exclusive or sole licence anywhere
        yield from (
            Refused("open_over_exclusive", row) for row in held.grants if row.form in NARROW and not row.parent_id
        )
    declared = declaration_on(held, day) if right in NARROW else None
    if declared is not None:
        yield Refused("open_declaration", declared)


def taken(bundle: Sequence[Availability]) -> set[tuple[str, str]]:
    """(form, province) that some patent of a bundle does not leave free; an assignment is free everywhere or nowhere."""
    gone = {
        (form, code)
        for one in bundle
        for code, forms in one.provinces.items()
        for form, is_free in forms.items()
        if not is_free
    }
    return gone | {(ASSIGNMENT, code) for code in CODES if not all(one.assignment for one in bundle)}


def strip(offered: Sequence[tuple[str, Sequence[str]]], bundle: Sequence[Availability]) -> dict[str, str]:
    """Province -> free, part, gone or none: what of the licences on offer there is still to be had.

    `offered`: form and provinces (none: nationwide). Where only an assignment is on offer nothing is licensed: none.
    """
    gone = taken(bundle)
    cells = {}
    for code in CODES:
        here = [form for form, provinces in offered if form != ASSIGNMENT and (not provinces or code in provinces)]
        left = [form for form in here if (form, code) not in gone]
        cells[code] = ("free" if left == here else "part" if left else "gone") if here else "none"
    return cells
