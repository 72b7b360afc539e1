"""Compose the shipped tables of facts from a folder of collected public data; read next: patents/data/README.md.

Each table has one composing function that answers its rows in their final order, so that the same source gives the
same bytes. Only facts are taken: numbers, titles, symbols, dates, codes; no abstract, no applicant, no address.
"""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from patents.classification import ipc_ancestors, ipc_is_valid, ipc_normalise, locarno_is_valid, locarno_normalise
from patents.numbers import DESIGN, INVENTION, UTILITY_MODEL, NumberError, parse_application_number
from patents.numbers import parse_publication_number as parse_document

ROOT = Path(__file__).resolve().parents[3]
PATENTS_DATA = Path("patents/data")
REGIONS_DATA = Path("platform_site/regions/data")
GOVERNANCE_DATA = Path("governance/data")

SIX = ("140000", "410000", "420000", "430000", "340000", "360000")
Rows = list[tuple[str, ...]]


def compose_ipc(source: Path) -> Rows:
    """IPC from sections to main groups, cleaned of what the sources glued to the titles; our own titles fill gaps."""
    own = {row["symbol"]: row for row in _tab_rows(PATENTS_DATA / "ipc_own_titles.tsv")}
    # In these rows the source glued the next guide heading or a note to the Chinese title, after a blank.
    glued = {row["symbol"] for row in _tab_rows(PATENTS_DATA / "ipc_cut_titles.tsv")}
    rows = []
    for row in _comma_rows(source / "classification" / "ipc_scheme_zh_en.csv"):
        symbol, ours = row["symbol"], own.get(row["symbol"], {})
        printed = row["title_zh"].split(" ")[0] if symbol in glued else row["title_zh"]
        zh = ours.get("title_zh") or _clean_zh(printed)
        en = ours.get("title_en") or _clean_en(row["title_en"])
        rows.append((symbol, row["level"], zh, en))
    return sorted(rows, key=lambda row: _ipc_order(row[0]))


def compose_locarno(source: Path) -> Rows:
    """The 32 Locarno classes."""
    rows = _comma_rows(source / "classification" / "locarno_classes.csv")
    return sorted((row["class"], row["title_zh"], row["title_en"]) for row in rows)


def compose_divisions(source: Path) -> Rows:
    """Provinces, cities and counties of the six; the statistical office's zones are no divisions and stay out."""
    names = {row["code"]: row["name_en"] for row in _tab_rows(REGIONS_DATA / "division_names_en.tsv")}
    rows = _comma_rows(source / "geo" / "divisions_six_provinces.csv")
    return sorted(
        (row["adcode"], row["name_zh"], names.get(row["adcode"], ""), row["level"], row["parent_adcode"])
        for row in rows
        if row["level"] != "zone"
    )


_WIDE = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"


def compose_hosts(source: Path) -> Rows:
    """Hosts of shared facilities: every high-tech zone, the universities and centres that our own tables name."""
    english = {row["name_zh"]: row["name_en"] for row in _tab_rows(GOVERNANCE_DATA / "host_names_en.tsv")}
    rows = [
        (row["name_zh"], row["name_en"], "centre", row["province_code"], row["city_code"])
        for row in _tab_rows(GOVERNANCE_DATA / "display_centres.tsv")
    ]
    for row in _comma_rows(source / "org" / "national_hitech_zones_six_provinces.csv"):
        county = row["county_adcode"]
        # The prefix 9 in the county's place belongs to what the province governs without a city between.
        city = "" if county[2:4] == "90" else f"{county[:4]}00"
        rows.append((row["name_zh"], english[row["name_zh"]], "zone", row["province_code"], city))
    cities = {row["name_zh"]: row["adcode"] for row in _comma_rows(source / "geo" / "divisions_six_provinces.csv")}
    for row in _comma_rows(source / "org" / "universities_six_provinces.csv"):
        if row["name_zh"] in english:
            city = cities.get(row["city"], "")
            rows.append((row["name_zh"], english[row["name_zh"]], "university", row["province_code"], city))
    return sorted(rows, key=lambda row: (row[3], row[2], row[0]))


def _clean_zh(title: str) -> str:
    title = re.sub(r"([A-H]\d{2}[A-Z])\s*(\d{1,4})\s*_\s*(\d{2,6})", r"\1\2/\3", title).replace("_", "-")
    # Blanks stand where lines were broken in the printed edition.
    title = re.sub(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})", "", title)
    title = title.replace(";", "；").replace("；；", "；")
    # Some titles run on into the edition's date.
    return re.sub(r"\d{8}(?:,\d{8})*$", "", title).rstrip("。：； ")


def _clean_en(title: str) -> str:
    title = title.replace("\xa0", " ")
    # References to other places stand in brackets, which may hold brackets.
    reference = re.compile(r"\s*\((?:[^()]*[A-H]\d{2}[^()]*|[^()]*see the[^()]*)\)")
    while reference.search(title):
        title = reference.sub("", title)
    title = re.sub(r"([A-H]\d{2}[A-Z])(\d{4})(\d{6})", _unpad, title)
    title = re.sub(r"\s+", " ", title).strip(" ;,")
    capitals = sum(sign.isupper() for sign in title)
    return _sentence_case(title) if capitals > 0.6 * sum(sign.isalpha() for sign in title) else title


def _unpad(match: re.Match[str]) -> str:
    return ipc_normalise(match[0])


def _sentence_case(title: str) -> str:
    """Titles above the groups are printed in capitals; acronyms in square brackets and symbols keep theirs."""
    words = re.split(r"(\[[^\]]*\]|[A-H]\d{2}[A-Z]?|\bX-|\b[AD]C\b|\b3D\b|\s+)", title)
    lowered = "".join(
        word if re.fullmatch(r"\[[^\]]*\]|[A-H]\d{2}[A-Z]?|X-|[AD]C|3D", word) else word.lower() for word in words
    )
    return lowered[:1].upper() + lowered[1:]


def _ipc_order(symbol: str) -> tuple[str, int, str]:
    stem, _stroke, rest = symbol.partition("/")
    return stem[:4], int(stem[4:] or -1), rest


# How many patents of each province the demonstration ships, and how they are mixed.
PER_PROVINCE = 100
DESIGNS = 6
INVENTIONS = 44
# Rights that have run out show how the portal treats them, but most must be alive to be traded.
RUN_OUT = 8
ALIVE_FROM = {INVENTION: date(2009, 1, 1), UTILITY_MODEL: date(2017, 9, 1), DESIGN: date(2017, 9, 1)}
PER_APPLICANT = 3

_SOURCES = (
    "patents_gazette_2019-07-12_six_provinces.csv",
    "patents_seven_industries_six_provinces.csv",
    "patents_with_abstract.csv",
)
_KINDS = {"发明": INVENTION, "实用新型": UTILITY_MODEL, "外观设计": DESIGN}
# An applicant counts as an organisation only if its name ends as names of organisations do, and is longer than
# a person's can be; in doubt the row is left out.
_ORGANISATION = re.compile(
    r"(?:公司|大学|学院|学校|中学|小学|研究院|设计院|科学院|研究所|设计所|试验站|医院|中心|集团|合作社|厂|局|站|矿)$"
)
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_GOOD_TITLE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9、，,/（）()\-]{4,42}")


@dataclass(frozen=True)
class _Candidate:
    row: tuple[str, ...]
    kind: str
    section: str
    city: str
    year: int
    alive: bool
    applicant: str
    title: str
    lot: str


def compose_demo_patents(source: Path) -> Rows:
    """About 100 real patents of organisations in each of the six, spread over fields, kinds, years and cities.

    The rule is fixed: within each province and kind the next patent is the one whose field, year and city have been
    taken least so far; ties fall to a digest of the number. Our own English titles come from a table of their own.
    """
    english = {row["number"]: row["title_en"] for row in _tab_rows(PATENTS_DATA / "title_translations.tsv")}
    left_out = {row["number"] for row in _tab_rows(PATENTS_DATA / "demo_left_out.tsv")}
    candidates: dict[str, list[_Candidate]] = {code: [] for code in SIX}
    seen: set[str] = set()
    for name in _SOURCES:
        for row in _comma_rows(source / "patents" / name):
            candidate = _candidate(row, english)
            if candidate is None or candidate.row[0] in seen | left_out:
                continue
            seen.add(candidate.row[0])
            candidates[row["province_code"]].append(candidate)
    titles: set[str] = set()
    return [chosen.row for code in SIX for chosen in _choose(candidates[code], titles)]


def _candidate(row: dict[str, str], english: dict[str, str]) -> _Candidate | None:
    """The row as the demonstration ships it, or None where a fact is missing, doubtful or not an organisation's."""
    applicants = _organisations(row["applicants"])
    if not applicants:
        return None
    if row["province_code"] not in SIX or row["check_digit"] != "ok" or not row["city_code"]:
        return None
    try:
        number = parse_application_number(row["application_no"])
        document = parse_document(row["publication_no"])
    except NumberError:
        return None
    kind = _KINDS.get(row["patent_type"], "")
    title = row["title"].strip().removesuffix("。")
    if kind != number.kind or kind != document.kind or document.is_grant is None or not _GOOD_TITLE.fullmatch(title):
        return None
    symbols, locarno = _ipc_symbols(row), locarno_normalise(row["locarno"])
    if not (locarno_is_valid(locarno) if kind == DESIGN else symbols):
        return None
    if (kind == DESIGN and re.search(r"[(（\d]", title)) or (symbols and symbols[0].startswith(("F41", "F42"))):
        return None
    filed = date.fromisoformat(row["filing_date"])
    # Earlier than its number's year is the date of a divisional application (its parent's); later is a doubtful fact.
    if filed.year > number.year:
        return None
    facts = (
        number.canonical, kind, row["province_code"], row["city_code"], title, english.get(number.canonical, ""),
        ";".join(symbols), locarno if kind == DESIGN else "", filed.isoformat(),
        row["publication_date"], document.canonical, "1" if document.is_grant else "0",
    )  # fmt: skip
    return _Candidate(
        row=facts,
        kind=kind,
        section=locarno[:2] if kind == DESIGN else symbols[0][0],
        city=row["city_code"],
        year=filed.year,
        alive=filed >= ALIVE_FROM[kind],
        applicant=applicants[0],
        title=title,
        lot=hashlib.sha256(number.canonical.encode()).hexdigest(),
    )


def _organisations(applicants: str) -> list[str]:
    """The applicants' names without brackets; none at all if a single one may be a natural person."""
    names = [_BRACKETS.sub("", name).strip() for name in applicants.split(";") if name.strip()]
    return names if all(len(name) > 4 and _ORGANISATION.search(name) for name in names) else []


def _ipc_symbols(row: dict[str, str]) -> list[str]:
    """Main symbol first, at most six; a row whose main symbol the table does not know counts as having none.

    The sources pad symbols with the groups above them; those and unknown symbols are left out.
    """
    main = ipc_normalise(row["ipc_main"])
    if not ipc_is_valid(main) or "/" not in main:
        return []
    symbols = [main, *(ipc_normalise(symbol) for symbol in row["ipc_all"].split(";"))]
    above = {outer for symbol in symbols for outer in ipc_ancestors(symbol)}
    kept = [symbol for symbol in symbols if symbol == main or ("/" in symbol and symbol not in above)]
    return [symbol for symbol in dict.fromkeys(kept) if ipc_is_valid(symbol)][:6]


def _choose(candidates: list[_Candidate], titles: set[str]) -> list[_Candidate]:
    """One province's patents, ordered by number; `titles` grows by what was taken, so that no title comes twice."""
    taken: list[_Candidate] = []
    # Each step fills the province up to so many patents; what a scarce kind leaves open goes to the next ones.
    for kind, alive, up_to in (
        (DESIGN, True, DESIGNS),
        (UTILITY_MODEL, False, DESIGNS + RUN_OUT),
        (INVENTION, True, DESIGNS + RUN_OUT + INVENTIONS),
        (UTILITY_MODEL, True, PER_PROVINCE),
        (UTILITY_MODEL, False, PER_PROVINCE),
    ):
        pool = [candidate for candidate in candidates if (candidate.kind, candidate.alive) == (kind, alive)]
        _take(pool, up_to - len(taken), taken, titles)
    return sorted(taken, key=lambda candidate: candidate.row[0])


def _take(pool: list[_Candidate], wanted: int, taken: list[_Candidate], titles: set[str]) -> None:
    fields, years, cities, applicants = (
        Counter(getattr(candidate, name) for candidate in taken) for name in ("section", "year", "city", "applicant")
    )
    while wanted > 0:
        open_ones = [
            candidate
            for candidate in pool
            if candidate not in taken
            and applicants[candidate.applicant] < PER_APPLICANT
            and candidate.title not in titles
        ]
        if not open_ones:
            return
        best = min(
            open_ones,
            key=lambda one: (3 * fields[one.section] + 2 * cities[one.city] + years[one.year], one.lot),
        )
        taken.append(best)
        titles.add(best.title)
        for counts, value in ((fields, best.section), (years, best.year), (cities, best.city)):
            counts[value] += 1
        applicants[best.applicant] += 1
        wanted -= 1


@dataclass(frozen=True)
class Table:
    """One shipped table: where it lies below the project's root, its header, and who composes it."""

    path: Path
    header: tuple[str, ...]
    compose: Callable[[Path], Rows]


TABLES = (
    Table(PATENTS_DATA / "ipc.tsv", ("symbol", "level", "title_zh", "title_en"), compose_ipc),
    Table(PATENTS_DATA / "locarno.tsv", ("class", "title_zh", "title_en"), compose_locarno),
    Table(REGIONS_DATA / "divisions.tsv", ("code", "name_zh", "name_en", "level", "parent"), compose_divisions),
    Table(
        PATENTS_DATA / "demo_patents.tsv",
        ("number", "kind", "province_code", "city_code", "title_zh", "title_en", "ipc", "locarno", "filing_date",
         "publication_date", "publication_number", "granted"),
        compose_demo_patents,
    ),
    Table(GOVERNANCE_DATA / "hosts.tsv", ("name_zh", "name_en", "sort", "province_code", "city_code"), compose_hosts),
)  # fmt: skip


class Command(BaseCommand):
    """Write every table anew and say how many rows each has."""

    help = "Compose the shipped tables of facts from a folder of collected public data."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--source", required=True, type=Path, help="folder of the collected data")
        parser.add_argument("--into", default=ROOT, type=Path, help="root below which the tables are written")

    def handle(self, *, source: Path, into: Path, **options: object) -> None:
        if not (source / "classification").is_dir():
            raise CommandError(f"{source} is no folder of collected data")
        for table in TABLES:
            rows = table.compose(source)
            target = into / table.path
            target.parent.mkdir(parents=True, exist_ok=True)
            lines = ["\t".join(cells) for cells in (table.header, *rows)]
            target.write_text("\n".join(lines) + "\n", encoding="utf-8")
            self.stdout.write(f"{table.path}: {len(rows)} rows")


def _comma_rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _tab_rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of one of our own small tables, which lie beside the composed ones."""
    header, *lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    for line in lines:
        yield dict(zip(header.split("\t"), line.split("\t"), strict=True))
