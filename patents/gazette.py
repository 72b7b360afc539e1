"""What each event of the gazette gives and blocks, and what a history says on any day; no query. Read next: models/status.py.

Source: domain.md 2 (CNIPA's wording), 5 (what bars what); Patent Law arts 44, 47, 51; Implementing Rules 86, 103, 104.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from django.utils.translation import gettext, gettext_noop

from patents.states import GRANTED, Block, EventKind, LegalStatus, PatentKind

K, S, B = EventKind, LegalStatus, Block
ALL_BLOCKS = frozenset(B) - {B.CONSENT}
# Written by the portal's own clock; shown in the reader's language by `source_words`.
AGREEMENT_MARK = "HT6-"  # what a number of the portal's own contracts begins with
CALENDAR_SOURCE = gettext_noop("平台按缴费期限和保护期推算")


class Event(Protocol):
    """What this module reads of a row of StatusEvent."""

    pk: int
    kind: str
    status: str
    happened_on: date
    corrected: bool


E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Entry:
    """What somebody writes down: an event, or with kind `checked` the status that the register shows.

    `as_of` is the day of the look-up; of the rest, what is None stays as it is. `corrects` is the key of an event.
    """

    kind: str
    happened_on: date
    as_of: date
    status: str = ""  # of a look-up; of any other kind it follows from the kind
    source: str = ""
    note: str = ""
    noticed_on: date | None = None
    reaches_back_to: date | None = None
    annuity_paid_to: date | None = None
    grant_date: date | None = None
    fee_reduction: int | None = None  # percent
    compensation_days: int | None = None
    corrects: int | None = None
    by_calendar: bool = False  # nobody looked it up: the day of the last look-up stays


class Effect(NamedTuple):
    """`gives`: the status it leaves (several: by what was before); none: unchanged. `blocks` stand until one of `ended_by`."""

    gives: tuple[LegalStatus, ...] = ()
    blocks: frozenset[Block] = frozenset()
    ended_by: frozenset[EventKind] = frozenset()
    after: frozenset[LegalStatus] = frozenset(S)  # the statuses that it can follow


_APPLIED = frozenset({S.UNPUBLISHED, S.PENDING})
_ALIVE = frozenset({S.IN_FORCE, S.LATE_FEE})
_FROZEN = frozenset({B.ASSIGN, B.RECORD, B.OPEN, B.PLEDGE})
EFFECTS: dict[EventKind, Effect] = {
    K.ACCEPTED: Effect((S.UNPUBLISHED,), after=frozenset()),
    K.PUBLISHED: Effect((S.PENDING,), after=_APPLIED),
    K.EXAMINATION: Effect((S.PENDING,), after=_APPLIED),
    K.GRANT_NOTICE: Effect(after=_APPLIED),
    K.GRANTED: Effect((S.IN_FORCE,), after=_APPLIED),
    K.WITHDRAWN: Effect((S.REFUSED,), after=_APPLIED),
    K.DEEMED_WITHDRAWN: Effect((S.REFUSED,), after=_APPLIED),
    K.REJECTED: Effect((S.REFUSED,), after=_APPLIED),
    K.DEEMED_ABANDONED: Effect((S.REFUSED,), after=_APPLIED),
    K.REEXAMINATION: Effect((S.PENDING,), after=frozenset({S.REFUSED, S.PENDING})),
    K.LATE_FEE: Effect((S.LATE_FEE,), after=frozenset({S.IN_FORCE})),
    K.PAID: Effect((S.IN_FORCE,), after=_ALIVE),
    K.TERMINATED: Effect((S.TERMINATED,), after=_ALIVE),
    K.RESTORED: Effect((S.IN_FORCE, S.PENDING), after=frozenset({S.TERMINATED, S.REFUSED})),
    K.EXPIRED: Effect((S.EXPIRED,), after=_ALIVE | {S.TERMINATED}),
    K.ABANDONED: Effect((S.ABANDONED,), after=_ALIVE),
    K.DOUBLE_ABANDONED: Effect((S.ABANDONED,), after=_ALIVE),
    K.VOID: Effect((S.INVALID,), after=GRANTED),
    K.PART_VOID: Effect(after=GRANTED),
    K.UPHELD: Effect(after=GRANTED),
    K.TRANSFERRED: Effect(),
    K.LICENCE_RECORDED: Effect(),
    K.LICENCE_CHANGED: Effect(),
    K.LICENCE_CANCELLED: Effect(),
    K.PLEDGE_REGISTERED: Effect((), frozenset({B.CONSENT, B.PLEDGE}), frozenset({K.PLEDGE_CANCELLED}), GRANTED),
    K.PLEDGE_CHANGED: Effect(after=GRANTED),
    K.PLEDGE_CANCELLED: Effect(after=GRANTED),
    K.PRESERVED: Effect((), _FROZEN, frozenset({K.PRESERVATION_LIFTED})),
    K.PRESERVATION_LIFTED: Effect(),
    K.SUSPENDED: Effect((), _FROZEN, frozenset({K.SUSPENSION_LIFTED})),
    K.SUSPENSION_LIFTED: Effect(),
    K.OPEN_DECLARED: Effect((), frozenset({B.EXCLUSIVE}), frozenset({K.OPEN_WITHDRAWN}), frozenset({S.IN_FORCE})),
    K.OPEN_WITHDRAWN: Effect(after=GRANTED),
    K.COMPULSORY: Effect(after=GRANTED),
    K.COMPENSATED: Effect(after=GRANTED),
    K.BIBLIOGRAPHIC: Effect(),
    K.CORRECTION: Effect(),
    K.DECLASSIFIED: Effect(),
    # A look-up says what the register shows without naming the event that brought it about.
    K.CHECKED: Effect(tuple(S)),
}
STATUS_BLOCKS: dict[LegalStatus, frozenset[Block]] = {
    S.UNPUBLISHED: frozenset({B.DISPLAY, B.OPEN, B.PLEDGE}),
    S.PENDING: frozenset({B.OPEN, B.PLEDGE}),
    S.IN_FORCE: frozenset(),
    S.LATE_FEE: frozenset({B.RECORD, B.OPEN, B.PLEDGE}),
    **dict.fromkeys((S.TERMINATED, S.EXPIRED, S.REFUSED, S.INVALID, S.ABANDONED), ALL_BLOCKS),
}
# What a person may write down; the rest follows from dates of the patent, or is the correction of an entry.
RECORDABLE = tuple(kind for kind in K if kind not in (K.ACCEPTED, K.CORRECTION))


def standing(events: Iterable[E], day: date) -> list[E]:
    """The uncorrected events up to a day, in the order in which they happened; of one day, as they were written."""
    found = [event for event in events if not event.corrected and event.happened_on <= day]
    return sorted(found, key=lambda event: (event.happened_on, event.pk))


def status_on(events: Iterable[Event], day: date) -> LegalStatus | None:
    """The legal status on a day: what the last uncorrected event with a status gave. None before the first."""
    given = [event.status for event in standing(events, day) if event.status]
    return LegalStatus(given[-1]) if given else None


def holding(events: Iterable[E], day: date) -> list[E]:
    """Events whose own block still stands on a day: pledged, preserved, suspended, open licence declared."""
    held: list[E] = []
    for event in standing(events, day):
        held = [one for one in held if event.kind not in EFFECTS[K(one.kind)].ended_by]
        if EFFECTS[K(event.kind)].blocks:
            held.append(event)
    return held


def blocks_on(events: Sequence[Event], day: date) -> frozenset[Block]:
    """Everything that status and standing events are in the way of on a day; all of it where the status is unknown."""
    status = status_on(events, day)
    of_status = STATUS_BLOCKS[status] if status else ALL_BLOCKS
    return of_status.union(*(EFFECTS[K(event.kind)].blocks for event in holding(events, day)))


def is_open_licensed(events: Iterable[Event], day: date) -> bool:
    """Whether an announced open licence stands on a day (Patent Law art. 51: annuities are reduced)."""
    return any(event.kind == K.OPEN_DECLARED for event in holding(events, day))


def status_given(kind: EventKind, before: LegalStatus | None) -> LegalStatus | None:
    """The status that an event leaves; a restoration brings a patent back in force, an application back to examination."""
    gives = EFFECTS[kind].gives
    if kind == K.RESTORED and before == S.REFUSED:
        return S.PENDING
    return gives[0] if gives and kind != K.CHECKED else None


def may_follow(kind: EventKind, before: LegalStatus | None) -> bool:
    """Whether an event can come upon a status; None is a right of which nothing is written yet."""
    return before is None or before in EFFECTS[kind].after


def kind_between(before: LegalStatus | None, after: LegalStatus) -> EventKind:
    """The event that must lie between two statuses where only the second is known; a plain look-up where it can be several."""
    if after == S.IN_FORCE:
        return {S.LATE_FEE: K.PAID, S.TERMINATED: K.RESTORED}.get(before, K.CHECKED)  # type: ignore[call-overload, no-any-return]
    single = {S.LATE_FEE: K.LATE_FEE, S.TERMINATED: K.TERMINATED, S.EXPIRED: K.EXPIRED, S.INVALID: K.VOID}
    kind = single.get(after, K.CHECKED)
    return kind if before is not None and may_follow(kind, before) else K.CHECKED


def source_words(source: str) -> str:
    """A source as shown: the portal's own calendar and contracts in the reader's language, anything else as it was typed."""
    if source.startswith(AGREEMENT_MARK):
        return gettext("本平台合同 %(number)s") % {"number": source}
    return gettext(source) if source == CALENDAR_SOURCE else source


def opening(
    kind: str, filed: date, published: date | None, granted: date | None, status: str
) -> list[tuple[EventKind, date]]:
    """The events that the dates of a right tell of, when it is first written down with its status."""
    found = [(K.ACCEPTED, filed)]
    if (
        published
        and kind == PatentKind.INVENTION
        and status != S.UNPUBLISHED
        and not (granted and granted <= published)
    ):
        found.append((K.PUBLISHED, published))
    if granted and status in GRANTED:
        found.append((K.GRANTED, granted))
    return found


def first_of(kind: EventKind, events: Iterable[E]) -> E | None:
    """The first uncorrected event of a kind."""
    return next((event for event in events if event.kind == kind and not event.corrected), None)
