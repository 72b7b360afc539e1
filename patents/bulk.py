"""Many generated published listings at once, for trying the portal at size. Read next: actions/searching.py.

Titles are put together from halves of the demonstration's titles, so that words are as frequent as in real ones; numbers
lie in a range (serials from 9,000,000) that the national office has not reached. Rows are copied into the tables in
batches, without the actions: nobody is told, and one audit row stands for each batch.
"""

import csv
import io
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pgtrigger
import rjieba
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from platform_site import clock
from platform_site.accounts.models import Membership, User
from platform_site.accounts.states import VerificationState
from platform_site.audit.record import record
from platform_site.regions.facts import CODES

from . import numbers
from .actions import searching
from .models import Listing, ListingNumber, ListingPatent, ListingVersion, OfferedForm, Patent
from .states import EventKind, Form, LegalStatus, ListingState, PatentKind, PriceBasis, VersionState

BATCH = 2_000
# Rows whose triggers would ask one by one what the whole batch is made to satisfy; the summary is counted once per batch.
GUARDS = (
    "patents.OfferedForm:frozen_form",
    "patents.SearchRow:count_rows",
    "patents.Listing:published_needs",
    "patents.ListingPatent:bundled_is_alive",
    "patents.Title:title_guard",
    "patents.Grant:grant_guard",
)
LICENCES = [Form.EXCLUSIVE.value, Form.SOLE.value, Form.ORDINARY.value, Form.OPEN.value]
SPAN_DAYS = 1_000  # publications are spread over so many days back from now
FIRST_SERIAL = 9_000_000
FIRST_FILING_YEAR = 2018  # so that no utility model has reached the end of its ten years
TITLES = Path(__file__).parent / "data" / "demo_patents.tsv"
# One of them is put in for each listing; none says anything about a real invention.
BODIES = (
    ("现有做法能耗高、调整慢。", "The usual way uses much energy and is slow to adjust.", "采用{zh}，分段控制，能耗明显下降。", "{en} with staged control; energy use falls markedly."),
    ("人工操作多，质量不稳定。", "Much is done by hand and quality varies.", "以{zh}代替人工步骤，批次一致性提高。", "{en} replaces manual steps; batches become alike."),
    ("设备占地大，维护困难。", "The equipment is large and hard to maintain.", "把{zh}做成可抽换模块，停机时间缩短。", "{en} becomes a module that is exchanged quickly."),
    ("原料利用率低，残料难处理。", "Raw material is wasted and scrap is hard to treat.", "{zh}与回收单元相连，残料返回前端。", "{en} is joined to a recovery unit that returns scrap."),
    ("监测滞后，故障发现晚。", "Monitoring lags and faults are found late.", "{zh}在线采集信号，提前报警。", "{en} samples signals on line and warns early."),
)  # fmt: skip


@dataclass(frozen=True)
class Seed:
    """A title of the demonstration, cut into a beginning and an end, with its classes."""

    kind: str
    ipc: tuple[str, ...]
    zh: tuple[str, str]
    en: tuple[str, str]


@cache
def seeds() -> tuple[Seed, ...]:
    with TITLES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Seed(row["kind"], tuple(row["ipc"].split(";")), _halves_zh(row["title_zh"]), _halves_en(row["title_en"]))
        for row in rows
        if row["ipc"] and row["title_en"]
    )


def _halves_zh(title: str) -> tuple[str, str]:
    words = rjieba.cut(title.removeprefix("一种"), False)
    middle = (len(words) + 1) // 2
    return "".join(words[:middle]), "".join(words[middle:]) or "装置"


def _halves_en(title: str) -> tuple[str, str]:
    words = title.split()
    middle = (len(words) + 1) // 2
    return " ".join(words[:middle]), " ".join(words[middle:]) or "device"


def listings_grow(
    n: int, *, owners: Sequence[User] | None = None, progress: Callable[[str], None] | None = None, seed: int = 0
) -> int:
    """Add n published listings with one invented patent each; answers how many were added.

    owners: verified people who own them, by default the demonstration's. progress is told a line after each batch, which
    is a transaction of its own. Run by a role that owns the tables, it ends by refreshing the planner's figures.
    """
    people = list(owners) if owners is not None else _demonstration_owners()
    if not people:
        raise ValueError("no verified owner: make the demonstration first, or name the owners")
    organisations = dict(
        Membership.objects.filter(user__in=people, left_at=None).values_list("user_id", "organisation_id")
    )
    names = {person.pk: person.display_name for person in people}
    for membership in Membership.objects.filter(user__in=people, left_at=None).select_related("organisation"):
        names[membership.user_id] = membership.organisation.name_zh
    dice = random.Random(seed or Patent.objects.count())
    start = clock.now() - timedelta(days=SPAN_DAYS)
    done = 0
    while done < n:
        size = min(BATCH, n - done)
        moments = [start + timedelta(days=SPAN_DAYS) * (done + place) / n for place in range(size)]
        _batch(moments, people, organisations, names, dice)
        done += size
        if progress:
            progress(f"{done:,} of {n:,} listings")
    with connection.cursor() as cursor:
        # The planner must know the new sizes at once; autovacuum would tell it minutes later.
        for table in _analysable(cursor):
            cursor.execute(f"ANALYZE {table}")
    return done


def _demonstration_owners() -> list[User]:
    verified = User.objects.filter(
        is_demonstration=True, email__startswith="patentee.", verifications__state=VerificationState.VERIFIED
    )
    return list(verified.distinct().order_by("pk"))


def _analysable(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"
        " AND (tablename LIKE 'patents_%' OR tablename = 'accounts_verification')"
    )
    return [row[0] for row in cursor.fetchall()]


@pgtrigger.ignore(*GUARDS)
@transaction.atomic
def _batch(
    moments: Sequence[datetime],
    people: Sequence[User],
    organisations: dict[int, int],
    names: dict[int, str],
    dice: random.Random,
) -> None:
    patents, listings, versions = (_ids(model, len(moments)) for model in (Patent, Listing, ListingVersion))
    listing_numbers = _listing_numbers(moments)
    rows: dict[type, list[tuple[Any, ...]]] = defaultdict(list)
    facts = []
    for place, moment in enumerate(moments):
        owner = dice.choice(people)
        one = _invent(dice, patents[place], moment)
        offers = _offers(dice)
        province = owner.office_id or dice.choice(CODES)
        rows[Patent].append(
            (patents[place], one.number, False, one.kind, one.zh, one.en, "", "", _array(one.ipc), "", names[owner.pk], "", False,
             province, "", one.filed, "", one.published, one.published, LegalStatus.IN_FORCE, moment.date(), "", None, owner.pk, moment)
        )  # fmt: skip
        rows[Listing].append(
            (listings[place], listing_numbers[place], owner.pk, organisations.get(owner.pk), province, ListingState.PUBLISHED,
             versions[place], moment, moment, moment, "", "")
        )  # fmt: skip
        rows[ListingVersion].append(
            (versions[place], listings[place], 1, VersionState.APPROVED, one.zh, one.en, *one.body, one.trl, "{}", moment, "{}",
             moment, moment, moment)
        )  # fmt: skip
        rows[ListingPatent].append((listings[place], patents[place], True, 0))
        rows[OfferedForm] += [
            (versions[place], form, _array(provinces), price, basis, "") for form, provinces, price, basis in offers
        ]
        facts.append(
            searching.Facts(
                listing_id=listings[place],
                province_code=province,
                published_at=moment,
                kinds=[one.kind],
                ipc=one.ipc,
                offers=[(form, provinces) for form, provinces, _price, _basis in offers],
                prices=[price for _form, _provinces, price, _basis in offers],
                trl=one.trl,
                titles=[one.zh, one.en],
                names=[names[owner.pk]],
                numbers=[listing_numbers[place], one.number],
                texts=one.body,
                taken=_taken(patents[place]),
            )
        )
    _copy_all(rows)
    _begin_past(patents)
    searching.rows_write(facts)
    _summarise(listings)
    record(actor=None, verb="patents.listings_grow", count=len(moments))


COLUMNS: dict[type, tuple[str, ...]] = {
    Patent: (
        "id", "application_number", "number_doubtful", "kind", "title_zh", "title_en", "abstract_zh", "abstract_en", "ipc", "locarno",
        "applicants", "inventors", "co_owned", "province_code", "city_code", "filing_date", "publication_number", "publication_date",
        "grant_date", "legal_status", "status_as_of", "status_source", "annuity_paid_to", "created_by_id", "created_at",
    ),
    Listing: (
        "id", "number", "owner_id", "organisation_id", "province_id", "state", "public_version_id", "created_at", "published_at",
        "updated_at", "closing_reason", "suspended_by",
    ),
    ListingVersion: (
        "id", "listing_id", "number", "state", "title_zh", "title_en", "problem_zh", "problem_en", "solution_zh", "solution_en",
        "effect_zh", "effect_en", "uses_zh", "uses_en", "support_zh", "support_en", "trl", "consents", "declared_at", "steps_done",
        "created_at", "saved_at", "submitted_at",
    ),
    ListingPatent: ("listing_id", "patent_id", "is_open", "place"),
    OfferedForm: ("version_id", "form", "provinces", "price_cny", "price_basis", "note"),
}  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """One patent and what its listing says."""

    number: str
    kind: str
    ipc: tuple[str, ...]
    zh: str
    en: str
    body: tuple[str, ...]  # in the order of the version's ten texts
    trl: int
    filed: Any
    published: Any


def _invent(dice: random.Random, patent_id: int, moment: datetime) -> Invented:
    head, tail = dice.choice(seeds()), dice.choice(seeds())
    kind = tail.kind if tail.kind != PatentKind.DESIGN else PatentKind.INVENTION
    zh = f"{dice.choice(('一种', '', ''))}{head.zh[0]}{tail.zh[1]}"[:120]
    en = f"{head.en[0]} {tail.en[1]}"[:240]
    problem_zh, problem_en, solution_zh, solution_en = dice.choice(BODIES)
    year = FIRST_FILING_YEAR + patent_id // 1_000_000 % 8
    digits = f"{year}{'1' if kind == PatentKind.INVENTION else '2'}{FIRST_SERIAL + patent_id % 1_000_000}"
    filed = moment.date().replace(year=year, day=1)
    texts = (problem_zh, problem_en, solution_zh.format(zh=tail.zh[1]), solution_en.format(en=tail.en[1].capitalize()))
    uses = dice.choice(seeds())
    return Invented(
        number=f"CN{digits}.{numbers.check_digit(digits)}",
        kind=kind,
        ipc=tuple(dict.fromkeys((*tail.ipc, head.ipc[0])))[:4],
        zh=zh,
        en=en,
        body=(*texts, "", "", f"可与{uses.zh[0]}配套使用。", f"Goes with {uses.en[0]}.", "", ""),
        trl=dice.choices(range(1, 10), weights=(1, 2, 3, 5, 6, 6, 5, 3, 2))[0],
        filed=filed,
        published=filed + timedelta(days=500),
    )


def _offers(dice: random.Random) -> list[tuple[str, Sequence[str], Decimal | None, str]]:
    """One to three forms, each for some provinces or nationwide, priced or to be negotiated."""
    offers = []
    forms = dice.sample(
        [Form.ASSIGNMENT, Form.EXCLUSIVE, Form.SOLE, Form.ORDINARY], k=dice.choices((1, 2, 3), weights=(5, 3, 1))[0]
    )
    for form in forms:
        whole = form == Form.ASSIGNMENT or dice.random() < 0.5
        provinces = () if whole else tuple(sorted(dice.sample(CODES, k=dice.randint(1, 5))))
        priced = dice.random() < 0.8
        price = Decimal(dice.randint(2, 400)) * 5_000 if priced else None
        bases = (
            (PriceBasis.LUMP,) if form == Form.ASSIGNMENT else (PriceBasis.LUMP, PriceBasis.YEARLY, PriceBasis.ENTRY)
        )
        offers.append((form.value, provinces, price, (dice.choice(bases) if priced else PriceBasis.NEGOTIABLE).value))
    return offers


def _ids(model: type, size: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, size],  # type: ignore[attr-defined]
        )
        return [row[0] for row in cursor.fetchall()]


def _listing_numbers(moments: Sequence[datetime]) -> list[str]:
    """Consecutive numbers of each moment's year, taken from the same counter as everybody's."""
    years = [timezone.localdate(moment).year for moment in moments]
    following: dict[int, int] = {}
    for year in sorted(set(years)):
        ListingNumber.objects.get_or_create(year=year)
        ListingNumber.objects.filter(year=year).update(last=F("last") + years.count(year))
        following[year] = ListingNumber.objects.get(year=year).last - years.count(year)
    taken = []
    for year in years:
        following[year] += 1
        taken.append(f"CN6-{year}-{following[year]:06d}")
    return taken


def _summarise(listings: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO patents_searchsummary (province_code, kinds, sections, forms, total)"
            " SELECT province_code, kinds, sections, forms, count(*) FROM patents_searchrow WHERE listing_id = ANY(%s) GROUP BY 1, 2, 3, 4"
            " ON CONFLICT (province_code, kinds, sections, forms)"
            " DO UPDATE SET total = patents_searchsummary.total + excluded.total",
            [list(listings)],
        )


def _begin_past(patents: Sequence[int]) -> None:
    """Each patent's history begins with its grant, the one day of its past that is invented; two licences follow."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO patents_statusevent"
            " (patent_id, kind, status, happened_on, as_of, source, note, recorded_at, recorded_by_id)"
            " SELECT id, %s, legal_status, grant_date, status_as_of, '', '', created_at, created_by_id"
            " FROM patents_patent WHERE id = ANY(%s)",
            [EventKind.GRANTED, list(patents)],
        )
    _grant_two(patents)


def _taken(patent: int) -> set[tuple[str, str]]:
    """What `_grant_two` leaves nobody else: where the exclusive licence is everything, where the ordinary one the narrow forms."""
    first, second = (CODES[(patent + later) % len(CODES)] for later in (0, 1))
    return {(form, first) for form in LICENCES} | {(Form.EXCLUSIVE.value, second), (Form.SOLE.value, second)}


def _grant_two(patents: Sequence[int]) -> None:
    """Each patent's first title, an exclusive licence for one of the six and an ordinary one for the next: for ten years."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH held AS (INSERT INTO patents_title"
            " (patent_id, owners, start, registration_number, co_owners_agree, pledgee_agrees, price_method,"
            " price_posted_where, source, as_of, note, recorded_by_id, recorded_at)"
            " SELECT id, applicants, filing_date, '', false, false, '', '', '', status_as_of, '', created_by_id, created_at"
            " FROM patents_patent WHERE id = ANY(%s) RETURNING *)"
            ' INSERT INTO patents_grant (patent_id, title_id, form, provinces, field, licensee, signed_on, start, "end",'
            " state, sublicensable, co_owners_agree, pledgee_agrees, recordal_number, price_method, price_posted_where,"
            " source, as_of, note, recorded_by_id, recorded_at)"
            " SELECT patent_id, id, form, ARRAY[(%s::text[])[1 + mod(patent_id + later, 6)]], '{}', '', as_of, as_of,"
            " as_of + 3650, 'active', false, false, false, '', '', '', '', as_of, '', recorded_by_id, recorded_at"
            " FROM held, (VALUES ('exclusive', 0), ('ordinary', 1)) AS given (form, later)",
            [list(patents), list(CODES)],
        )


def _copy_all(rows: Mapping[type, Iterable[Sequence[Any]]]) -> None:
    for model, columns in COLUMNS.items():
        _copy(model, columns, rows[model])


def _array(values: Iterable[str]) -> str:
    return "{" + ",".join(values) + "}"


def _copy(model: type, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY in its text form: a tab between values, \\N for none."""
    buffer = io.StringIO()
    for row in rows:
        buffer.write("\t".join(map(_cell, row)) + "\n")
    buffer.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN", buffer)  # type: ignore[attr-defined]


def _cell(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
