"""Text for search: one pipeline for what is indexed and what is asked. Read next: actions/searching.py, search.py.

Folding is NFKC, lower case and traditional to simplified. Chinese is cut into words (search mode, dictionary only, so
that the same word is cut the same way everywhere), and titles and names into pairs of characters besides, so that any
part of a title is found. Words in other scripts are left to PostgreSQL's `english` dictionary. Numbers are one token
in whatever spelling. Nothing is left to PostgreSQL's parser, which cuts mixed text at places of its own.
"""

import re
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import opencc
import rjieba

from . import classification, numbers

LONGEST_TEXT = 20_000  # characters of one field that are read
LONGEST_TOKEN = 64
MOST_TERMS = 60  # of a query; the rest of a longer one is not asked
LONGEST_SUBSTRING = 40  # characters of a part of a title
MOST_PLACES = 16  # of one token in one weight
LAST_PLACE = 16_000  # PostgreSQL knows positions up to 16,383

_converter = opencc.OpenCC("t2s")
_converter_lock = threading.Lock()

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>[^\W_{_HAN}]+)")
_HAN_ONLY = re.compile(rf"[{_HAN}]+")
_IPC = re.compile(r"(?<![a-z0-9])[a-h]\d{2}[a-z]\s*\d{1,4}/\d{2,6}(?![0-9])", re.ASCII)
# A stretch that may be a patent number: digits with blanks, dots or hyphens between them, perhaps prefix and letter.
_NUMBER = re.compile(
    r"(?<![a-z0-9])(?:(?:cn|zl)[\s.\-]*)*\d(?:[\s.\-·]{0,2}\d){6,12}(?:[\s.\-·]{0,2}x|[a-z]\d?)?(?![a-z0-9])", re.ASCII
)
_LISTING = re.compile(r"(?<![a-z0-9])cn6[\s\-]*(\d{4})[\s\-]+(\d{1,9})(?![0-9])", re.ASCII)
_DASHES = re.compile(r"[‐‑‒–—―−]")
_BOILERPLATE = re.compile(r"其特征(?:在于|是)?")

# Function words of Chinese and the boilerplate of patents: in most texts, and never what somebody looks for.
STOP_HAN = frozenset(
    """
    的 了 和 与 及 或 在 是 于 其 该 所 以 为 等 对 由 从 将 并 而 且 之 有 用 上 下 中 内 外 也 被 把 则 可 能 都 一种 一个 所述 以及 用于 基于 具有 包括
    其中 进行 通过 可以 一 种 个 这 那 它 他 我 你 吗 呢 吧 着 过
    """.split()
)
# The stop words of PostgreSQL's `english` dictionary, which it never indexes by itself.
STOP_ENGLISH = frozenset(
    """
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her
    hers herself it its itself they them their theirs themselves what which who whom this that these
    those am is are was were be been being have has had having do does did doing a an the and but if or
    because as until while of at by for with about against between into through during before after
    above below to from up down in out on off over under again further then once here there when where
    why how all any both each few more most other some such no nor not only own same so than too very s
    t can will just don should now
    """.split()
)


def fold(text: str) -> str:
    """NFKC, lower case, simplified Chinese; dashes of every kind become a hyphen. Length may change."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).lower()
    if plain.isascii():
        return plain
    with _converter_lock:
        return _converter.convert(plain)


def runs(folded: str) -> Iterator[tuple[bool, str]]:
    """(is Chinese, stretch) one after another; marks and blanks between them are gone."""
    for match in _RUN.finditer(folded):
        yield match.lastgroup == "han", match[0]


def words(run: str) -> list[str]:
    """The words of a Chinese stretch, the parts of long ones included."""
    return [token for token in rjieba.cut_for_search(run, False) if _HAN_ONLY.fullmatch(token)]


def pairs(run: str) -> list[str]:
    """Each two neighbouring characters."""
    return [run[place : place + 2] for place in range(len(run) - 1)]


# ---- numbers


def number_token(text: str) -> str:
    """The one token of a patent, publication or listing number in any spelling; `""` for anything else."""
    folded = fold(text).strip()
    listing = _LISTING.fullmatch(folded)
    if listing:
        return f"cn6-{listing[1]}-{int(listing[2]):06d}"
    canonical = numbers.canonical_of(folded)
    if canonical:
        return canonical.lower()
    try:
        return f"cn{numbers.parse_publication_number(folded).digits}"
    except numbers.NumberError:
        return ""


def _take_numbers(folded: str) -> tuple[str, list[str]]:
    """Numbers out of a running text: what is left, and their tokens."""
    found: list[str] = []

    def ipc(match: re.Match[str]) -> str:
        symbol = classification.ipc_normalise(match[0])
        if not symbol:
            return match[0]
        found.append(symbol.lower())
        return " "

    def patent(match: re.Match[str]) -> str:
        typed = match[0]
        # Bare digits with blanks between them are measures more often than a publication number.
        loose = not typed.startswith(("cn", "zl")) and not re.search(r"[a-z]", typed) and re.search(r"\s", typed)
        token = number_token(typed)
        if not token or (loose and "." not in token and len(token) < 14):
            return typed
        found.append(token)
        return " "

    def listing(match: re.Match[str]) -> str:
        found.append(f"cn6-{match[1]}-{int(match[2]):06d}")
        return " "

    rest = _NUMBER.sub(patent, _IPC.sub(ipc, _LISTING.sub(listing, folded)))
    return rest, found


# ---- what is indexed


@dataclass
class Document:
    """What one listing says, ready to become a tsvector: exact tokens as a literal, other words for `english` by weight."""

    places: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    english: dict[str, list[str]] = field(default_factory=lambda: {"A": [], "B": [], "C": []})
    place: int = 0

    def add(self, text: str, weight: str, *, by_pairs: bool = False) -> None:
        """Read one field. `by_pairs` makes any part of it findable: for titles and names, which are short."""
        rest, found = _take_numbers(fold(text[:LONGEST_TEXT]))
        self.add_tokens(found, weight)
        for is_han, run in runs(rest):
            if not is_han:
                self._add_word(run[:LONGEST_TOKEN], weight)
                continue
            known = words(run)
            self.add_tokens(known, weight)
            if by_pairs:
                seen = set(known)
                self.add_tokens([pair for pair in pairs(run) if pair not in seen], weight)
                self.add_tokens([f"·{sign}" for sign in dict.fromkeys(run)], weight)

    def add_tokens(self, tokens: Iterable[str], weight: str) -> None:
        for token in tokens:
            self.place = min(self.place + 1, LAST_PLACE)
            known = self.places[token[:LONGEST_TOKEN], weight]
            if len(known) < MOST_PLACES:
                known.append(self.place)

    def add_number(self, number: str, weight: str = "B") -> None:
        token = number_token(number)
        if token:
            self.add_tokens([token], weight)

    def _add_word(self, word: str, weight: str) -> None:
        if word in STOP_ENGLISH:
            self.add_tokens([f"·{word}"], weight)  # findable when nothing else is asked
        else:
            self.english[weight].append(word)

    @property
    def literal(self) -> str:
        """The exact tokens as PostgreSQL writes a tsvector."""
        by_token: dict[str, list[str]] = defaultdict(list)
        for (token, weight), places in self.places.items():
            by_token[token] += [f"{place}{weight}" for place in places]
        return " ".join(f"{_quoted(token)}:{','.join(marks)}" for token, marks in by_token.items())


# ---- what is asked


@dataclass(frozen=True)
class Term:
    """One thing asked for, as PostgreSQL is asked for it; `parts` are the words in it, as they are shown."""

    exact: tuple[tuple[str, ...], ...] = ()  # any of these sets of tokens, all tokens of a set
    english: str = ""
    parts: tuple[str, ...] = ()

    def literal(self, weight: str = "") -> str:
        """The exact part as a tsquery, perhaps in one weight alone."""
        mark = f":{weight}" if weight else ""
        ways = [" & ".join(f"{_quoted(token)}{mark}" for token in way) for way in self.exact]
        return " | ".join(f"({way})" for way in ways)

    def without(self, part: str) -> "Term | None":
        """The same without one of its words; None when nothing is left."""
        left = tuple(other for other in self.parts if other != part)
        return Term((left,), parts=left) if left and self.exact else None


@dataclass(frozen=True)
class Asked:
    """A query: its terms are all wanted."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def literal(self, weight: str = "") -> str:
        return " & ".join(f"({term.literal(weight)})" for term in self.terms if term.exact)

    def english(self, weight: str = "") -> str:
        """The other words, for to_tsquery('english', …)."""
        mark = f":{weight}" if weight else ""
        return " & ".join(f"{_quoted(term.english)}{mark}" for term in self.terms if term.english)

    @property
    def parts(self) -> list[str]:
        """Every word of it, in order."""
        return list(dict.fromkeys(part for term in self.terms for part in term.parts))

    def without(self, part: str) -> "Asked":
        """The same query without one word, for saying what dropping it would give."""
        shorter = [term.without(part) if part in term.parts else term for term in self.terms]
        return Asked(tuple(term for term in shorter if term is not None))


def asked(text: str) -> Asked:
    """Read what a person typed. Stop words fall away while anything else remains; a query of them alone is asked as it is."""
    whole = number_token(text) if numbers.looks_like_number(text) else ""
    if whole:
        return Asked((Term(((whole,),), parts=(whole,)),))
    folded, found = _take_numbers(fold(text))
    wanted = [Term(((token,),), parts=(token,)) for token in found]
    idle: list[Term] = []
    without_boilerplate = _BOILERPLATE.sub(" ", folded)
    for is_han, run in runs(without_boilerplate if found or without_boilerplate.strip() else folded):
        if is_han:
            term, is_idle = _han_term(run)
        else:
            term, is_idle = _word_term(run[:LONGEST_TOKEN])
        (idle if is_idle else wanted).append(term)
    return Asked(tuple(dict.fromkeys(wanted or idle))[:MOST_TERMS])


def _word_term(word: str) -> tuple[Term, bool]:
    if word in STOP_ENGLISH:
        return Term(((f"·{word}",),), parts=(word,)), True
    return Term(english=word, parts=(word,)), False


def _han_term(run: str) -> tuple[Term, bool]:
    """A Chinese stretch is found by its words anywhere, or as a part of a title or name; the second value: only stop words."""
    if len(run) == 1:
        return Term(((run,), (f"·{run}",)), parts=(run,)), run in STOP_HAN
    known = list(dict.fromkeys(words(run)))[:MOST_TERMS]
    content = [word for word in known if word not in STOP_HAN]
    ways = [tuple(content or known)]
    if len(run) <= LONGEST_SUBSTRING:
        ways.append(tuple(dict.fromkeys(pairs(run))))
    return Term(tuple(dict.fromkeys(ways)), parts=tuple(content or known)), not content


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
