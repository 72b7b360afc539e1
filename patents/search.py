"""The one search function: a query in; a page of listing ids, the total and every facet out. Read next: text.py, filters.py.

Counting comes first, in one statement that yields the total and all facets; how many rows there are then decides how
the page is fetched. Few matches are gathered behind a fence (a materialised CTE) and sorted; many are read in order
until the page is full. PostgreSQL would choose wrongly between the two for rare words (performance.md 4.2).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Prefetch, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.lookups import GreaterThan
from django.http import Http404
from django.utils.translation import gettext as _

from platform_site.regions.facts import CODES

from . import numbers, text
from .actions.searching import FORM_BITS, KIND_BITS, OFFER_BITS, SECTION_BITS, mask
from .models import Listing, ListingPatent, SearchRow, SearchSummary
from .queries import listing_by_patent
from .states import Form

PAGE_SIZE = 20
COUNTED = 50_000  # words that match more are said to match "50,000 or more"
FENCED = 20_000
RANKED = 300  # the newest matches, which alone are put in order of relevance
LAST_CAPPED_PAGE = COUNTED // PAGE_SIZE
RELEVANCE, NEWEST, PRICE = "relevance", "newest", "price"


@dataclass(frozen=True)
class Query:
    """What is asked for. Several values of one kind widen the search, except `free_in`, where all are wanted."""

    words: str = ""
    provinces: tuple[str, ...] = ()  # GB/T 2260, of the office that published it
    ipc: tuple[str, ...] = ()  # symbols in stored form: H, H01, H01M, H01M10/00, H01M10/0525
    kinds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    free_in: tuple[str, ...] = ()
    free_form: str = ""
    trl_min: int | None = None
    price_max: Decimal | None = None  # CNY; what is to be negotiated has no price and is left out
    sort: str = ""

    @property
    def asked(self) -> text.Asked:
        return text.asked(self.words)

    @property
    def order(self) -> str:
        """Relevance needs words; without them the newest stand first."""
        if self.sort == PRICE:
            return PRICE
        return self.sort or RELEVANCE if self.asked and self.sort != NEWEST else NEWEST

    @property
    def is_summarised(self) -> bool:
        """Whether the summary knows the answer without looking at rows."""
        narrow = self.free_in or self.free_form or self.trl_min is not None or self.price_max is not None
        return not self.asked and not narrow and all(len(symbol) == 1 for symbol in self.ipc)


@dataclass(frozen=True)
class Facets:
    """How many of all results have each value; values that none has are left out. `ipc` keys are section letters."""

    province: dict[str, int] = field(default_factory=dict)
    kind: dict[str, int] = field(default_factory=dict)
    ipc: dict[str, int] = field(default_factory=dict)
    form: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """One page of an answer."""

    listing_ids: list[int]
    count: int
    count_is_exact: bool
    facets: Facets
    page: int
    pages: int  # the last page that can be opened

    @property
    def has_next(self) -> bool:
        return self.page < self.pages


def search(query: Query, page: int = 1) -> Found:
    """The listings of one page, in order, with total and facets over all pages; two statements, whatever their number.

    Above COUNTED word matches the count is a floor and the facets count the same part. Raises Http404 beyond the last page.
    """
    count, is_exact, facets = _count(query)
    pages = max(1, -(-count // PAGE_SIZE)) if is_exact else LAST_CAPPED_PAGE
    if not 1 <= page <= pages:
        raise Http404
    ids = _page(query, count, (page - 1) * PAGE_SIZE)
    return Found(ids, count, is_exact, facets, page, pages)


def every_id(query: Query, chunk: int = 500) -> Iterator[int]:
    """All listing ids in the order of the query (relevance counts as newest), streamed from the database."""
    ordering = ("price_cny", "id") if query.order == PRICE else ("-published_at", "-id")
    yield from rows(query).order_by(*ordering).values_list("listing_id", flat=True).iterator(chunk_size=chunk)


def newest_ids(query: Query, most: int) -> list[int]:
    """The newest matches, whatever order the query asks for."""
    newest = replace(query, sort=NEWEST)
    fenced = bool(newest.asked) and total(newest) <= FENCED
    sql, params = _ordered(newest, rows(newest), fenced=fenced)
    return [row[0] for row in _fetch(f"{sql} LIMIT %s", [*params, most])]


def total(query: Query) -> int:
    """How many match, at most COUNTED + 1."""
    return totals([query])[0]


def totals(queries: Sequence[Query | tuple[Query, text.Asked]]) -> list[int]:
    """How many match each query, at most COUNTED + 1, in one statement; a pair names the words to ask instead."""
    if not queries:
        return []
    parts, params = [], []
    for one in queries:
        query, words = one if isinstance(one, tuple) else (one, one.asked)
        sql, values = _compiled(rows(query, words).values("id")[: COUNTED + 1])
        parts.append(f"(SELECT count(*) FROM ({sql}) AS few)")
        params += values
    return list(_fetch(f"SELECT {', '.join(parts)}", params)[0])


# ---- conditions


def rows(query: Query, words: text.Asked | None = None) -> QuerySet[SearchRow]:
    """The rows that match, words included; `words` are asked instead of the query's own."""
    found = narrow(SearchRow.objects.order_by(), query)
    wanted = query.asked if words is None else words
    if wanted:
        sql, params = _tsquery(wanted)
        found = found.filter(RawSQL(f'"patents_searchrow"."doc" @@ ({sql})', params, BooleanField()))
    return found


def narrow(found: QuerySet[Any], query: Query) -> QuerySet[Any]:
    """Apply the filters of a query to search rows, or to the summary, which has the same columns for the four facets."""
    if query.provinces:
        found = found.filter(province_code__in=query.provinces)
    for column, bits, values in (("kinds", KIND_BITS, query.kinds), ("forms", FORM_BITS, query.forms)):
        if values:
            found = found.filter(_has_bit(column, mask(bits, values)))
    if query.ipc:
        found = _in_classes(found, query.ipc)
    for condition in _free_conditions(query):
        found = found.filter(condition)
    if query.trl_min is not None:
        found = found.filter(trl__gte=query.trl_min)
    if query.price_max is not None:
        found = found.filter(price_cny__lte=query.price_max)
    return found


def _in_classes(found: QuerySet[Any], symbols: Sequence[str]) -> QuerySet[Any]:
    if all(len(symbol) == 1 for symbol in symbols):
        return found.filter(_has_bit("sections", mask(SECTION_BITS, symbols)))
    return found.filter(ipc__overlap=list(symbols))


def _free_conditions(query: Query) -> list[Any]:
    """Offered and free in each province asked for, by the form asked for or by any; a form alone may be free anywhere."""
    forms = [query.free_form] if query.free_form else Form.values
    if query.free_form and not query.free_in:
        return [_has_bit("offers", sum(OFFER_BITS[query.free_form, code] for code in CODES))]
    return [_has_bit("offers", sum(OFFER_BITS[form, code] for form in forms)) for code in dict.fromkeys(query.free_in)]


def _has_bit(column: str, bits: int) -> Any:
    return GreaterThan(F(column).bitand(bits), 0)


def _tsquery(words: text.Asked, weight: str = "") -> tuple[str, list[str]]:
    """The words as one tsquery: exact tokens and, beside them, what the English dictionary stems."""
    exact, english = words.literal(weight), words.english(weight)
    parts, params = [], []
    if exact:
        parts.append("%s::tsquery")
        params.append(exact)
    if english:
        parts.append("to_tsquery('english', %s)")
        params.append(english)
    return " && ".join(parts), params


# ---- counting

_GROUPED = """
    SELECT province_code, kinds, sections, forms, sum(n)::bigint, grouping(province_code, kinds, sections, forms)
    FROM ({inner}) AS counted
    GROUP BY GROUPING SETS ((province_code), (kinds), (sections), (forms), ())
"""
# What grouping() says of each set: one bit for each column that is not in it.
_PROVINCE, _KINDS, _SECTIONS, _FORMS, _WHOLE = 0b0111, 0b1011, 0b1101, 0b1110, 0b1111
_COLUMNS = ("province_code", "kinds", "sections", "forms")


def _count(query: Query) -> tuple[int, bool, Facets]:
    """The total, whether it is exact, and the facets: one statement."""
    if query.is_summarised:
        sql, params = _compiled(narrow(SearchSummary.objects.order_by(), query).values(*_COLUMNS, "total"))
        inner = f"SELECT {', '.join(_COLUMNS)}, total AS n FROM ({sql}) AS summary"
    else:
        matches = rows(query).values(*_COLUMNS)
        sql, params = _compiled(matches[: COUNTED + 1] if query.asked else matches)
        inner = f"SELECT {', '.join(_COLUMNS)}, count(*) AS n FROM ({sql}) AS matches GROUP BY 1, 2, 3, 4"
    groups = _fetch(_GROUPED.format(inner=inner), params)
    count = next((n for *_values, n, kind in groups if kind == _WHOLE and n), 0)
    is_exact = not query.asked or count <= COUNTED
    return (count if is_exact else COUNTED), is_exact, _facets(groups)


def _facets(groups: Sequence[Sequence[Any]]) -> Facets:
    """Masks taken apart: a listing with two forms counts in both."""
    facets = Facets()
    for province, kinds, sections, forms, n, kind in groups:
        if not n or kind == _WHOLE:
            continue
        if kind == _PROVINCE:
            facets.province[province] = n
            continue
        counts, bits, value = {
            _KINDS: (facets.kind, KIND_BITS, kinds),
            _SECTIONS: (facets.ipc, SECTION_BITS, sections),
            _FORMS: (facets.form, FORM_BITS, forms),
        }[kind]
        for name, bit in bits.items():
            if value & bit:
                counts[name] = counts.get(name, 0) + n
    for counts in (facets.province, facets.kind, facets.ipc, facets.form):
        in_order = sorted(counts.items())
        counts.clear()
        counts.update(in_order)
    return facets


# ---- fetching


def _page(query: Query, count: int, offset: int) -> list[int]:
    """The listing ids of one page. Only a small number, found by an index that knows words or symbols, is fenced."""
    if not count:
        return []
    by_index = bool(query.asked) or any(len(symbol) > 1 for symbol in query.ipc)
    fenced = by_index and count <= FENCED
    if query.order == RELEVANCE and offset < RANKED:
        sql, params = _ranked(query, fenced)
    else:
        sql, params = _ordered(query, rows(query), fenced=fenced)
    return [row[0] for row in _fetch(f"{sql} LIMIT %s OFFSET %s", [*params, PAGE_SIZE, offset])]


def _ordered(query: Query, found: QuerySet[SearchRow], *, fenced: bool) -> tuple[str, list[Any]]:
    by_price = query.order == PRICE
    if fenced:
        sql, params = _compiled(found.values("listing_id", "id", "published_at", "price_cny"))
        ordering = "price_cny, id" if by_price else "published_at DESC, id DESC"
        return f"WITH few AS MATERIALIZED ({sql}) SELECT listing_id FROM few ORDER BY {ordering}", list(params)
    ordered = found.order_by(*(("price_cny", "id") if by_price else ("-published_at", "-id")))
    return _compiled(ordered.values("listing_id"))


def _ranked(query: Query, fenced: bool) -> tuple[str, list[Any]]:
    """The newest RANKED matches: those with every word in the title first, then by ts_rank, then the newest.

    Later pages hold the older matches by date; so the order is the same on every page, and cheap on a large table.
    """
    newest = "ORDER BY published_at DESC, id DESC"
    found, params = _compiled(rows(query).values("id", "published_at"))
    if fenced:
        few = f"few AS MATERIALIZED ({found}), newest AS (SELECT id, published_at FROM few {newest} LIMIT {RANKED})"
    else:
        found, params = _compiled(rows(query).order_by("-published_at", "-id").values("id", "published_at")[:RANKED])
        few = f"newest AS ({found})"
    everywhere, values = _tsquery(query.asked)
    in_title, title_values = _tsquery(query.asked, weight="A")
    sql = (
        f"WITH {few} SELECT listing_id FROM newest JOIN patents_searchrow AS row USING (id) ORDER BY"
        f" (row.doc @@ ({in_title})) DESC, ts_rank(row.doc, {everywhere}, 1) DESC, row.published_at DESC, row.id DESC"
    )
    return sql, [*params, *title_values, *values]


def _compiled(found: QuerySet[Any]) -> tuple[str, list[Any]]:
    sql, params = found.query.sql_with_params()
    return sql, list(params)


def _fetch(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


# ---- a number in the box


@dataclass(frozen=True)
class NumberAnswer:
    """What a typed number leads to: a public listing, or a sentence why there is none, perhaps with the right number."""

    listing: Listing | None = None
    sentence: str = ""
    expected: str = ""


def number_answer(typed: str) -> NumberAnswer | None:
    """Where the search box goes when a patent, publication or listing number was typed; None when words were."""
    token = text.number_token(typed)
    if token.startswith("cn6-"):
        return NumberAnswer(listing=Listing.objects.public().filter(number=token.upper()).first())
    if not numbers.looks_like_number(typed):
        return None
    found = listing_by_patent(typed)
    if found:
        return NumberAnswer(listing=found)
    try:
        numbers.parse_application_number(typed)
    except numbers.NumberError as error:
        if error.code == "check_digit":
            right = error.canonical_as_typed[:-1] + error.expected
            sentence = _("校验位是“%(typed)s”，按前面的数字计算应为“%(expected)s”；请核对编号。") % error.params
            return NumberAnswer(sentence=sentence, expected=numbers.display(right, granted=False))
        if error.code not in {"publication_number", "pct", "foreign"}:
            return NumberAnswer(sentence=error.message)
    return NumberAnswer()


def listings_by_id(ids: Sequence[int]) -> list[Listing]:
    """The listings of one page in its order, with all that a result shows: three queries. What just left the market is left out."""
    found = (
        Listing.objects.on_market()
        .select_related("public_version", "owner", "organisation")
        .prefetch_related(
            Prefetch("listing_patents", ListingPatent.objects.select_related("patent")), "public_version__offered_forms"
        )
        .in_bulk(list(ids))
    )
    return [found[pk] for pk in ids if pk in found]
