"""Reads over results, their ladder, follow-up and ceremony, and the getters that lock. Read next: result_page.py.

Rules, printed on the pages: a result counts once every side that has an account has confirmed it and none disputes it; it
stands on the highest rung it has reached; rungs are never added up. An intention is followed for twelve months from its
signing; it is converted when it reaches a contract or more within them.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import F, Max, Prefetch, Q, QuerySet
from django.http import Http404

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.facts import CODES
from platform_site.regions.queries import codes_where

from . import door_rules as rules
from .models import CeremonyPlace, Expo, ExpoResult, FollowAnswer, ResultStep
from .models.result import FOLLOW_MONTHS
from .rules import REVIEW, RUN
from .states import ExpoState, FollowWord, Party, Rung

RANKS = {rung.value: place for place, rung in enumerate(Rung)}
GRACE = timedelta(days=14)  # after the day on which a side is asked, before the host's list calls it overdue


def _counts(prefix: str = "") -> Q:
    """A result that counts, as a condition (models.ExpoResult.counts says the same of a row)."""
    sides = Q()
    for side in Party.values:
        sides &= Q(**{f"{prefix}{side}": None}) | Q(**{f"{prefix}{side}_at__isnull": False})
    return Q(**{f"{prefix}disputed_at": None}) & sides


COUNTS = _counts()


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _rows() -> QuerySet[ExpoResult]:
    related = ExpoResult.objects.select_related(
        "expo__host", "province", "owner", "taker", "listing__public_version", "need"
    )
    steps = ResultStep.objects.order_by("id")
    answers = FollowAnswer.objects.order_by("months", "id")
    return related.prefetch_related(Prefetch("steps", steps), Prefetch("answers", answers))


def results_of(expo: Expo) -> QuerySet[ExpoResult]:
    """All of an edition, the latest first."""
    return _rows().filter(expo=expo).order_by("-signed_on", "-id")


def public_results(expo: Expo) -> QuerySet[ExpoResult]:
    """Those that count."""
    return results_of(expo).filter(COUNTS)


def waiting_results(expo: Expo) -> int:
    """How many are neither confirmed by all their sides nor disputed."""
    return ExpoResult.objects.filter(expo=expo, disputed_at=None).exclude(COUNTS).count()


def lock_result(pk: int) -> ExpoResult:
    locking = ExpoResult.objects.select_for_update(of=("self",), no_key=True)
    return locking.select_related("expo__host", "province", "owner", "taker").get(pk=pk)


def result_for(user: User, expo: Expo, pk: int) -> ExpoResult:
    """What counts, for everybody; what waits or is disputed, for its sides and offices: 404 for the others."""
    row = _rows().filter(expo=expo, pk=pk).first()
    if row is None or not (row.counts or rules.result_see(user, row)):
        raise Http404
    return row


def steps_of(row: ExpoResult) -> list[ResultStep]:
    return list(row.steps.all())


def rung_of(row: ExpoResult) -> str:
    """The highest rung reached."""
    return max((step.rung for step in row.steps.all()), key=RANKS.__getitem__)


def ranks_of(expo: Expo) -> list[int]:
    """The highest rung of each result that counts, as its place on the ladder: one query."""
    highest: dict[int, int] = {}
    steps = ResultStep.objects.filter(_counts("result__"), result__expo=expo).order_by()
    for result_id, rung in steps.values_list("result", "rung"):
        highest[result_id] = max(highest.get(result_id, 0), RANKS[rung])
    return list(highest.values())


def ladder(ranks: Sequence[int]) -> list[tuple[str, int, int]]:
    """(rung, how many stand exactly there, how many at least there), from the first rung on."""
    return [
        (str(rung.label), ranks.count(place), sum(rank >= place for rank in ranks)) for place, rung in enumerate(Rung)
    ]


# ---- follow-up


def is_followed(row: ExpoResult) -> bool:
    """Began as an intention, counts, has not climbed and was not ended."""
    return (
        row.counts and rung_of(row) == Rung.INTENTION and all(one.word != FollowWord.ENDED for one in row.answers.all())
    )


def due_months(row: ExpoResult, today: date) -> int | None:
    """The last of the months that has come; None before the first, or when it is followed no longer."""
    come = [months for months in FOLLOW_MONTHS if months_after(row.signed_on, months) <= today]
    if not come or not is_followed(row) or today > months_after(row.signed_on, 12) + GRACE:
        return None
    return come[-1]


def sides_to_answer(row: ExpoResult, today: date) -> list[str]:
    """Which sides with an account still owe an answer for the month that has come."""
    months = due_months(row, today)
    if months is None:
        return []
    answered = {one.side for one in row.answers.all() if one.months == months}
    accounts = [(Party.OWNER, row.owner_id), (Party.TAKER, row.taker_id)]
    return [side.value for side, account in accounts if account and side.value not in answered]


def is_overdue(row: ExpoResult, today: date) -> bool:
    """Nobody has answered for the month that has come, and two weeks have passed."""
    months = due_months(row, today)
    if months is None or any(one.months == months for one in row.answers.all()):
        return False
    return today > months_after(row.signed_on, months) + GRACE


def intentions(since: date | None = None) -> QuerySet[ExpoResult]:
    """What began as an intention and counts, of all editions; signed since a day."""
    rows = _rows().filter(COUNTS, steps__rung=Rung.INTENTION).distinct()
    return rows if since is None else rows.filter(signed_on__gte=since)


def followed_now(today: date) -> list[ExpoResult]:
    """Intentions of which a month has come and which are not over today."""
    since = months_after(today, -12) - GRACE - timedelta(days=1)
    return [row for row in intentions(since) if due_months(row, today) is not None]


def overdue_of(expo: Expo, today: date) -> list[ExpoResult]:
    rows = intentions().filter(expo=expo).order_by("signed_on", "id")
    return [row for row in rows if is_overdue(row, today)]


def conversion(rows: Iterable[ExpoResult]) -> tuple[int, int]:
    """(intentions, those that reached a contract or more within twelve months of their signing)."""
    began = [row for row in rows if any(step.rung == Rung.INTENTION for step in row.steps.all())]
    return len(began), sum(is_converted(row) for row in began)


def is_converted(row: ExpoResult) -> bool:
    last = months_after(row.signed_on, 12)
    return any(RANKS[step.rung] >= RANKS[Rung.CONTRACT] and step.reached_on <= last for step in row.steps.all())


def of_person(user: User) -> list[ExpoResult]:
    """Results in which a person is a side and that are not over: to confirm, or followed."""
    since = months_after(clock.today(), -13)
    mine = Q(owner=user) | Q(taker=user)
    return list(_rows().filter(mine, disputed_at=None, signed_on__gte=since).order_by("signed_on", "id")[:50])


# ---- ceremony


def ceremony_of(expo: Expo) -> list[CeremonyPlace]:
    """The queue in its order."""
    rows = CeremonyPlace.objects.filter(expo=expo).select_related("result__listing__public_version", "result__province")
    steps = Prefetch("result__steps", ResultStep.objects.order_by("id"))
    return list(rows.prefetch_related(steps).order_by("place"))


def ceremony_place(expo: Expo, pk: int) -> CeremonyPlace:
    row = CeremonyPlace.objects.select_related("result", "expo").filter(expo=expo, pk=pk).first()
    if row is None:
        raise Http404
    return row


def lock_ceremony(pk: int) -> CeremonyPlace:
    locking = CeremonyPlace.objects.select_for_update(of=("self",), no_key=True)
    return locking.select_related("result", "expo__host").get(pk=pk)


def lock_queue(expo_id: int) -> list[CeremonyPlace]:
    """All places of a queue, in their order."""
    rows = CeremonyPlace.objects.select_for_update(of=("self",), no_key=True).filter(expo=expo_id)
    return list(rows.order_by("pk"))


def next_place(expo_id: int) -> int:
    last = CeremonyPlace.objects.filter(expo=expo_id).aggregate(last=Max("place"))["last"]
    return (last or 0) + 1


def shift_places(expo_id: int, frm: int, to: int, by: int) -> None:
    """Move the places between two inclusive ones; the unique constraint is asked row by row, so far ones first."""
    order = "-place" if by > 0 else "place"
    rows = CeremonyPlace.objects.filter(expo=expo_id, place__gte=frm, place__lte=to).order_by(order)
    for pk in list(rows.values_list("pk", flat=True)):
        CeremonyPlace.objects.filter(pk=pk).update(place=F("place") + by)


# ---- editions that are compared

COMPARED = 5


def editions_to_compare(expo: Expo) -> list[Expo]:
    """This edition and up to four before it that have opened, the latest first."""
    opened = (ExpoState.RUNNING, ExpoState.CLOSED, ExpoState.REPORTED)
    rows = Expo.objects.select_related("host", "venue").filter(year__lte=expo.year)
    return list(rows.filter(Q(pk=expo.pk) | Q(state__in=opened)).order_by("-year")[:COMPARED])


def recording_codes(user: User, expo: Expo) -> list[str]:
    """Delegations for which the user records results: all six for the host, one's own otherwise."""
    if not user.is_authenticated:
        return []
    held = codes_where(user, (RUN, REVIEW))
    return list(CODES) if expo.host_id in held[RUN] else [code for code in CODES if code in held[REVIEW]]
