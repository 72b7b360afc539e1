"""The search table follows the market: written and emptied inside the transaction that publishes or closes. Read next: ../search.py."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Prefetch, QuerySet

from patents import classification, text
from patents.checks import offered_now
from patents.ledger import Availability, taken
from patents.ledger_queries import availability_of
from patents.models import Listing, ListingPatent, Patent, SearchRow
from patents.states import Form, ListingState, PatentKind
from platform_site.outbox.queue import require_transaction
from platform_site.regions.facts import CODES

KIND_BITS = {kind.value: 1 << place for place, kind in enumerate(PatentKind)}
SECTION_BITS = {letter: 1 << place for place, letter in enumerate("ABCDEFGH")}
FORM_BITS = {form.value: 1 << place for place, form in enumerate(Form)}
# One bit for each form in each province: 30 of them, so that "an exclusive licence for Hubei" is one comparison.
OFFER_BITS = {
    (form.value, code): 1 << (len(CODES) * place + province)
    for place, form in enumerate(Form)
    for province, code in enumerate(CODES)
}
COLUMNS = (
    ("listing_id", "bigint"),
    ("province_code", "text"),
    ("kinds", "smallint"),
    ("sections", "smallint"),
    ("forms", "smallint"),
    ("offers", "integer"),
    ("trl", "smallint"),
    ("price_cny", "numeric"),
    ("published_at", "timestamptz"),
    ("ipc", "text"),
    ("english_a", "text"),
    ("english_b", "text"),
    ("english_c", "text"),
    ("literal", "text"),
)


@dataclass(frozen=True)
class Facts:
    """What the search table keeps of one listing, before it is text for PostgreSQL."""

    listing_id: int
    province_code: str
    published_at: datetime
    kinds: Iterable[str]
    ipc: Iterable[str]
    offers: Iterable[tuple[str, Sequence[str]]]  # form, provinces (none: nationwide)
    prices: Iterable[Decimal | None]
    trl: int | None
    titles: Iterable[str]  # weight A
    names: Iterable[str]  # weight B
    numbers: Iterable[str] = ()  # weight B
    texts: Iterable[str] = ()  # weight C
    locarno: Iterable[str] = field(default=())
    taken: Collection[tuple[str, str]] = field(
        default=()
    )  # form and province that the rights ledger does not leave free


def search_row_write(listing: Listing) -> None:
    """Make a listing on the market findable, or its new text; any other listing loses its row. Reads four times, writes once."""
    require_transaction("search_row_write")
    if listing.state != ListingState.PUBLISHED or listing.public_version_id is None:
        search_row_remove(listing)
        return
    # Fresh, because the caller may hold relations that were read before it changed them.
    fresh = listings_for_search(Listing.objects.filter(pk=listing.pk)).get()
    fresh.published_at, fresh.state = listing.published_at, listing.state
    rows_write([facts_of(fresh, availability_of(_patents(fresh)))])


def search_row_remove(listing: Listing) -> None:
    """Take a listing out of search, in the caller's transaction."""
    require_transaction("search_row_remove")
    SearchRow.objects.filter(listing=listing.pk).delete()


def offers_kept(listing_id: int) -> int:
    """What search finds free of a listing, as a mask of OFFER_BITS; 0 where it has no row."""
    return SearchRow.objects.filter(listing=listing_id).values_list("offers", flat=True).first() or 0


def offered(offers: int) -> list[tuple[str, str]]:
    """The forms and provinces of a mask of OFFER_BITS, in order."""
    return [pair for pair, bit in OFFER_BITS.items() if offers & bit]


def listings_for_search(listings: QuerySet[Listing]) -> QuerySet[Listing]:
    """Listings with everything that `facts_of` reads, in a fixed number of queries."""
    bundle = Prefetch("listing_patents", ListingPatent.objects.select_related("patent"))
    return listings.select_related("public_version", "owner", "organisation").prefetch_related(
        bundle, "public_version__offered_forms", "public_version__requirements"
    )


def _patents(listing: Listing) -> list[Patent]:
    return [row.patent for row in listing.listing_patents.all()]


def facts_of(listing: Listing, free: Mapping[int, Availability]) -> Facts:
    """What search knows of a listing: its public text, its patents and what is free of them today, who owns it."""
    version = listing.public_version
    patents = _patents(listing)
    forms = offered_now(version.offered_forms.all(), patents)
    body = [
        f"{name}_{tongue}" for name in ("problem", "solution", "effect", "uses", "support") for tongue in ("zh", "en")
    ]
    texts = [getattr(version, name) for name in body]
    texts += [words for need in version.requirements.all() for words in (need.text_zh, need.text_en)]
    texts += [words for patent in patents for words in (patent.abstract_zh, patent.abstract_en)]
    owner = listing.organisation
    return Facts(
        listing_id=listing.pk,
        province_code=listing.province_id,
        published_at=listing.published_at,
        kinds=[patent.kind for patent in patents],
        ipc=[symbol for patent in patents for symbol in patent.ipc],
        locarno=[patent.locarno for patent in patents if patent.locarno],
        offers=[(form.form, form.provinces) for form in forms],
        taken=taken([free[patent.pk] for patent in patents]),
        prices=[form.price_cny for form in forms],
        trl=version.trl,
        titles=[
            version.title_zh,
            version.title_en,
            *(title for patent in patents for title in (patent.title_zh, patent.title_en)),
        ],
        names=[
            *((owner.name_zh, owner.name_en) if owner else (listing.owner.display_name,)),
            *(patent.applicants for patent in patents),
        ],
        numbers=[
            listing.number,
            *(number for patent in patents for number in (patent.application_number, patent.publication_number)),
        ],
        texts=texts,
    )


def rows_write(facts: Sequence[Facts]) -> None:
    """Write rows in one statement; a listing that has one keeps its place in the order of publication."""
    if not facts:
        return
    columns = list(zip(*map(_row, facts), strict=True))
    names = ", ".join(name for name, _kind in COLUMNS)
    arrays = ", ".join(f"%s::{kind}[]" for _name, kind in COLUMNS)
    doc = (
        "setweight(to_tsvector('english', english_a), 'A') || setweight(to_tsvector('english', english_b), 'B')"
        " || setweight(to_tsvector('english', english_c), 'C') || literal::tsvector"
    )
    kept = ("province_code", "kinds", "sections", "forms", "offers", "trl", "price_cny", "published_at", "ipc", "doc")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO patents_searchrow (listing_id, {', '.join(kept)})"
            f" SELECT listing_id, province_code, kinds, sections, forms, offers, trl, price_cny, published_at,"
            f" string_to_array(ipc, ' '), {doc} FROM unnest({arrays}) AS given ({names})"
            f" ON CONFLICT (listing_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in kept)}",
            [list(column) for column in columns],
        )


def _row(facts: Facts) -> tuple[Any, ...]:
    document = text.Document()
    for title in dict.fromkeys(facts.titles):
        document.add(title, "A", by_pairs=True)
    for name in dict.fromkeys(facts.names):
        document.add(name, "B", by_pairs=True)
    for number in facts.numbers:
        document.add_number(number)
    for words in facts.texts:
        document.add(words, "C")
    symbols = with_ancestors(facts.ipc)
    document.add_tokens([symbol.lower() for symbol in symbols], "C")
    document.add_tokens(facts.locarno, "C")
    offers = list(facts.offers)
    priced = [price for price in facts.prices if price is not None]
    return (
        facts.listing_id,
        facts.province_code,
        mask(KIND_BITS, facts.kinds),
        mask(SECTION_BITS, (symbol[:1] for symbol in facts.ipc)),
        mask(FORM_BITS, (form for form, _provinces in offers)),
        mask(
            OFFER_BITS, {(form, code) for form, provinces in offers for code in provinces or CODES} - set(facts.taken)
        ),
        facts.trl,
        min(priced, default=None),
        facts.published_at,
        " ".join(symbols),
        " ".join(document.english["A"]),
        " ".join(document.english["B"]),
        " ".join(document.english["C"]),
        document.literal,
    )


def with_ancestors(symbols: Iterable[str]) -> list[str]:
    """Each symbol after what contains it, so that whatever prefix a person asks for is an element.

    Those are section, class, subclass, main group, and the beginnings of a subgroup's digits (10/05 of 10/0525).
    """
    every = (outer for symbol in symbols for outer in (*classification.ipc_ancestors(symbol), *_beginnings(symbol)))
    return list(dict.fromkeys(every))


def _beginnings(symbol: str) -> list[str]:
    stem, stroke, digits = symbol.partition("/")
    if not stroke:
        return [symbol]
    return [f"{stem}/{digits[:length]}" for length in range(2, len(digits) + 1)]


def mask(bits: Any, values: Iterable[Any]) -> int:
    """The set of values as one number; what has no bit (a province outside the six) is left out."""
    found = 0
    for value in values:
        found |= bits.get(value, 0)
    return found


def rows_rebuild(*, progress: Callable[[str], None] | None = None, batch: int = 500) -> int:
    """Write the row of every listing on the market anew, in the order of publication; may run while others publish.

    Each batch is a transaction that keeps its listings from changing; a row that exists keeps its place.
    """
    pks = list(Listing.objects.on_market().order_by("published_at", "pk").values_list("pk", flat=True))
    written = 0
    for start in range(0, len(pks), batch):
        with transaction.atomic():
            held = Listing.objects.on_market().filter(pk__in=pks[start : start + batch]).order_by("pk")
            kept = list(held.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
            listings = listings_for_search(Listing.objects.filter(pk__in=kept)).order_by("published_at", "pk")
            free = availability_of(patent for listing in listings for patent in _patents(listing))
            rows_write([facts_of(listing, free) for listing in listings])
        written += len(kept)
        if progress:
            progress(f"{written:,} of {len(pks):,} rows")
    return written


@transaction.atomic
def rows_prune() -> int:
    """Remove rows of listings that are off the market; there are none unless somebody wrote past the actions."""
    return SearchRow.objects.exclude(listing__in=Listing.objects.on_market()).delete()[0]


@transaction.atomic
def summary_rebuild() -> int:
    """Count the summary anew from the rows, while nobody else writes them; answers how many combinations there are."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE patents_searchrow IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM patents_searchsummary")
        cursor.execute(
            "INSERT INTO patents_searchsummary (province_code, kinds, sections, forms, total)"
            " SELECT province_code, kinds, sections, forms, count(*) FROM patents_searchrow GROUP BY 1, 2, 3, 4"
        )
        return int(cursor.rowcount)
