"""What `make bench` measures, one function each; every time is a multiple of the floor page's in the same pass. Read next: management/commands/bench.py.

The floor is a page of ours with one statement and the frame of every page. It is asked again beside every sample, so
that a machine with other jobs slows both alike.
"""

import math
import random
import time
import tracemalloc
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from statistics import fmean, median
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patents import search, text
from patents.filters import ListingFilter
from patents.models import Listing
from patents.states import Form
from platform_site import clock
from platform_site.accounts.fields import keyed_hash
from platform_site.accounts.models import Membership, Organisation, User, Verification
from platform_site.accounts.states import VerificationState
from platform_site.events import ListingPublished
from platform_site.outbox import queue
from platform_site.regions.facts import PROVINCES
from trading import contract, contract_papers
from trading.states import Consideration
from trading.terms import Terms

NATURAL, HEAVY, STOP, BROWSE = SORTS = ("natural", "heavy", "stop words", "browse")
QUERIES_PER_SORT = 8
ROWS_READ = 400  # of the small database, from which words and filters are taken
WAITING = 500  # messages in a full outbox
SEED = 2007
PAGE_GOAL, SEARCH_GOAL, EQUAL = 1.5, 5.0, 1.0  # performance.md 6: whole page, data layer, statements
PAPER_GOAL = 10.0  # about a tenth of a second for the plain contract, so less than a second for the long one


@dataclass(frozen=True)
class Asked:
    """One query of the fixed list: its sort and the parameters in its address."""

    sort: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def address(self) -> str:
        return f"{reverse('patents:listing_search')}?{urlencode(self.parameters)}"

    @property
    def query(self) -> search.Query:
        return ListingFilter(QueryDict(urlencode(self.parameters))).query


@dataclass(frozen=True)
class Reading:
    """What was measured at one size; `goal` bounds how many times more the large size may need."""

    what: str
    unit: str
    value: float
    goal: float | None = None


@dataclass(frozen=True)
class Measurement:
    """The same reading small and large."""

    small: Reading
    large: Reading

    @property
    def ratio(self) -> float:
        return self.large.value / self.small.value

    @property
    def is_met(self) -> bool | None:
        """None where there is no goal; EQUAL must be met exactly, the others are upper bounds."""
        goal = self.small.goal
        if goal is None:
            return None
        return self.large.value == self.small.value if goal == EQUAL else self.ratio <= goal


# ---- people and queries


def owners_make() -> list[User]:
    """One verified owner with an organisation for each province; nobody can sign in as them."""
    people = []
    for fact in PROVINCES:
        person = User.objects.create_user(
            f"owner.{fact.slug}@bench.example",
            display_name=f"{fact.name_zh}测量用户",
            province_id=fact.code,
            office_id=fact.code,
        )
        organisation = Organisation.objects.create(
            credit_code=f"91{fact.code}{person.pk:010d}",
            name_zh=f"{fact.name_zh}测量单位",
            province_id=fact.code,
            created_at=clock.now(),
        )
        Membership.objects.create(user=person, organisation=organisation, joined_at=clock.now())
        Verification.objects.create(
            user=person, province_id=fact.code, organisation=organisation, real_name=person.display_name,
            identity_number=f"BENCH{person.pk:06d}", identity_hash=keyed_hash(f"BENCH{person.pk:06d}"), identity_tail="0000",
            state=VerificationState.VERIFIED, submitted_at=clock.now() - timedelta(days=1), due_on=clock.today(), decided_at=clock.now(),
        )  # fmt: skip
        people.append(person)
    return people


def queries_make() -> list[Asked]:
    """The fixed list: words and up to three filters of one row, so that each finds something at every size."""
    dice = random.Random(SEED)  # noqa: S311 - the same list each time
    listings = search.listings_by_id(search.newest_ids(search.Query(), ROWS_READ))
    words = {listing.pk: _words(listing) for listing in listings}
    often = Counter(word for known in words.values() for word in known)
    content = [word for word, _n in often.most_common() if not _is_stop(word)][:QUERIES_PER_SORT]
    stops = [word for word, _n in often.most_common() if _is_stop(word)][:QUERIES_PER_SORT]
    lists: dict[str, Callable[[Listing], list[str]]] = {
        NATURAL: lambda listing: [word for word in words[listing.pk] if not _is_stop(word)],
        HEAVY: lambda listing: [word for word in content if word in words[listing.pk]],
        STOP: lambda listing: [word for word in stops if word in words[listing.pk]],
        BROWSE: lambda listing: [],
    }
    made = []
    for sort in SORTS:
        able = [listing for listing in listings if sort == BROWSE or lists[sort](listing)]
        for place in range(QUERIES_PER_SORT):
            listing = dice.choice(able)
            known = lists[sort](listing)
            asked = dice.sample(known, min(len(known), 1 + place % (3 if sort == NATURAL else 2)))
            made.append(
                Asked(sort, (*([("q", " ".join(asked))] if asked else []), *_filters(listing, place % 4, dice)))
            )
    return made


def _words(listing: Listing) -> list[str]:
    """The words of its titles and solution, as the search cuts them."""
    version = listing.public_version
    found = []
    for is_han, run in text.runs(text.fold(f"{version.title_zh} {version.title_en} {version.solution_zh}")):
        found += text.words(run) if is_han else [run]
    return list(dict.fromkeys(found))


def _is_stop(word: str) -> bool:
    return word in text.STOP_HAN or word in text.STOP_ENGLISH


def _filters(listing: Listing, n: int, dice: random.Random) -> list[tuple[str, str]]:
    patent = listing.listing_patents.all()[0].patent
    known = [
        ("province", str(listing.province_id)),
        ("kind", patent.kind),
        ("form", listing.public_version.offered_forms.all()[0].form),
        ("ipc", patent.ipc[0][0]),
    ]
    return dice.sample(known, n)


# ---- timing


def percentile(values: Sequence[float], part: float) -> float:
    """Nearest rank."""
    return sorted(values)[math.ceil(part * len(values)) - 1]


class Floor:
    """Times calls beside the floor page; all that comes out of it is in multiples of the floor's median."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.client = Client()
        self.address = reverse("portal:help_index")

    def page(self, address: str) -> None:
        response = self.client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")

    def multiples(self, calls: Sequence[Callable[[], object]]) -> list[float]:
        """One figure per call: the quickest of some rounds after one to warm up, in floors taken in the same way."""
        best, floors = [math.inf] * len(calls), [math.inf] * len(calls)
        for turn in range(self.rounds + 1):
            for place, call in enumerate(calls):
                floor, own = _seconds(lambda: self.page(self.address)), _seconds(call)
                if turn:
                    floors[place], best[place] = min(floors[place], floor), min(best[place], own)
        return [seconds / median(floors) for seconds in best]


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _by_sort(what: str, goal: float, asked: Sequence[Asked], values: Sequence[float]) -> list[Reading]:
    found = []
    for sort in SORTS:
        of_sort = [value for one, value in zip(asked, values, strict=True) if one.sort == sort]
        found.append(Reading(f"{what}, {sort}, p50", "floors", median(of_sort), goal))
        found.append(Reading(f"{what}, {sort}, p95", "floors", percentile(of_sort, 0.95), goal))
    return found


# ---- the measurements


def pages(asked: Sequence[Asked], floor: Floor) -> list[Reading]:
    """The whole search page, from request to last byte."""
    values = floor.multiples([lambda one=one: floor.page(one.address) for one in asked])  # type: ignore[misc]
    whole = Reading("search page, all, p95", "floors", percentile(values, 0.95), PAGE_GOAL)
    return [*_by_sort("search page", PAGE_GOAL, asked, values), whole]


def searches(asked: Sequence[Asked], floor: Floor) -> list[Reading]:
    """Only the search: ids of a page, total and facets."""
    values = floor.multiples([lambda query=one.query: search.search(query) for one in asked])  # type: ignore[misc]
    return _by_sort("search alone", SEARCH_GOAL, asked, values)


def detail(asked: Sequence[Asked], floor: Floor) -> list[Reading]:
    """The page of the first listing of all; every size has it."""
    listing = Listing.objects.on_market().earliest("pk")
    values = floor.multiples([lambda: floor.page(listing.get_absolute_url())] * QUERIES_PER_SORT)
    return [Reading("page of one listing", "floors", median(values), PAGE_GOAL)]


def hits(asked: Sequence[Asked], floor: Floor) -> list[Reading]:
    """Results that a page shows, the mean of each sort: a page with more of them costs more, however large the table."""
    shown = [float(len(search.search(one.query).listing_ids)) for one in asked]
    of_sort = {sort: [n for one, n in zip(asked, shown, strict=True) if one.sort == sort] for sort in SORTS}
    return [Reading(f"results shown, {sort}", "rows", fmean(of_sort[sort])) for sort in SORTS]


def statements(asked: Sequence[Asked], floor: Floor) -> list[Reading]:
    """SQL statements of a search page, the mean of each sort, and of the floor."""
    found = [Reading("statements, floor page", "SQL", _statements(floor, floor.address), EQUAL)]
    for sort in SORTS:
        counts = [_statements(floor, one.address) for one in asked if one.sort == sort]
        found.append(Reading(f"statements, {sort}", "SQL", fmean(counts), EQUAL))
    return found


def _statements(floor: Floor, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        floor.page(address)
    return len(captured)


def export(asked: Sequence[Asked], floor: Floor) -> list[Reading]:
    """Peak memory (Python's own) while a CSV of everything is sent, as a multiple of a search page's."""
    address = reverse("patents:listing_search")
    page = _peak(lambda: floor.page(address))
    whole = _peak(lambda: deque(floor.client.get(f"{address}?format=csv").streaming_content, maxlen=0))
    return [Reading("memory of a CSV of all", "pages", whole / page, PAGE_GOAL)]


def _peak(call: Callable[[], object]) -> int:
    """Bytes above what was held before, at the worst moment; run once before so that nothing is only just being loaded."""
    call()
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def outbox(rounds: int) -> Measurement:
    """Messages delivered a second when one waits and when WAITING do; in multiples of the first."""
    ids = search.newest_ids(search.Query(), 1)
    alone, full = [], []
    for _round in range(rounds):
        alone += [_delivery(ids[0], 1) for _message in range(20)]
        full.append(_delivery(ids[0], WAITING))
    what, unit = f"outbox rate, 1 and {WAITING} waiting", "rates"
    return Measurement(Reading(what, unit, 1.0), Reading(what, unit, median(full) / median(alone)))


def _delivery(listing_id: int, n: int) -> float:
    """Messages a second over n that wait."""
    with transaction.atomic():
        for _message in range(n):
            queue.publish(ListingPublished(listing_id))
    began = time.perf_counter()
    done = queue.drain(n)
    if done != n:
        raise RuntimeError(f"{done} of {n} messages were delivered")
    return n / (time.perf_counter() - began)


def paper(rounds: int) -> Measurement:
    """A plain contract, and one whose schedules fill more than thirty pages, in multiples of the first."""
    terms = Terms(
        form=Form.EXCLUSIVE, patents=("CN202010000001.1",), start=clock.today(), consideration=Consideration.LUMP_SUM,
        amount_cny=Decimal(1_230_000),
    )  # fmt: skip
    who = contract.Who("测量单位", contract.Two("统一社会信用代码", "Unified social credit code"), "91350100M000100Y43")
    about = contract.About("HT6-2026-000001", 1, "0" * 64, who, who, ("invention",))
    rows = tuple((contract.Two(f"事项{n}", f"Item {n}"), "说明" * 20) for n in range(12))
    plain, long = (contract.contract(terms, each) for each in (about, replace(about, patents=(rows,) * 80)))
    alone, full = (
        min(_seconds(lambda text=text: _typeset(text)) for _round in range(rounds)) for text in (plain, long)
    )
    what, unit = "contract, plain and of 30 pages", "papers"
    return Measurement(Reading(what, unit, 1.0, PAPER_GOAL), Reading(what, unit, full / alone, PAPER_GOAL))


def _typeset(text: dict[str, Any]) -> bytes:
    return contract_papers.contract_pdf(text, code="0" * 13, made=clock.now(), signatures=(), demonstration=True)


MEASURES = (pages, searches, hits, detail, statements, export)


def readings(asked: Sequence[Asked], rounds: int, tell: Callable[[str], None]) -> list[Reading]:
    """Everything at the present size of the database."""
    floor = Floor(rounds)
    found: list[Reading] = []
    for measure in MEASURES:
        tell(f"measuring: {measure.__name__}")
        found += measure(asked, floor)
    return found
