"""The two classifications: IPC for inventions and utility models, Locarno for designs; read next: data/README.md.

A symbol has one stored form, without blanks: `H01M10/0525`, `H01M10/00`, `H01M`, `H01`, `H`; a Locarno class `02-01`.
The table knows IPC down to main groups (edition 2026.01, with the symbols of older editions that patents still bear),
so a subgroup is known by its main group, and borrows its title. Sources: WIPO ST.8, domain.md 6.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

LEVELS = ("section", "class", "subclass", "main_group", "subgroup")

_DATA = Path(__file__).parent / "data"
_LONGEST_TYPED = 100

_SYMBOL = re.compile(r"([A-H])(?:(\d{2})(?:([A-Z])(?:(\d{1,4})/(\d{2,6}))?)?)?", re.ASCII)
# WIPO ST.8 without a stroke: four digits of main group, six of subgroup, filled up with noughts.
_PADDED = re.compile(r"([A-H]\d{2}[A-Z])(\d{4})(\d{6})", re.ASCII)
# What sources write after a symbol: the edition, the level letter, an asterisk.
_TAIL = re.compile(r"(?:\((?:20)?\d{2}[\d.]*\))?[ACINSF*]*$", re.ASCII)
_LOCARNO = re.compile(r"(?:LOC)?(?:\(\d+\))?(?:CL\.?)?(\d{1,2})[-.](\d{1,2})(?:\((?:ED\.?)?\d+\))?", re.ASCII)


def ipc_normalise(text: str) -> str:
    """The stored form of an IPC symbol in any usual spelling, `""` for what is no symbol; titles are not asked.

    Blanks, full-width and lower-case letters, ST.8 padding (`H04L   9/06`, `H01M0010052500`) and an edition behind
    the symbol (`(2010.01)I`) are taken.
    """
    if not isinstance(text, str) or len(text) > _LONGEST_TYPED:
        return ""
    compact = _compact(text)
    if "/" in compact:
        compact = _TAIL.sub("", compact)
    padded = _PADDED.fullmatch(compact)
    if padded:
        compact = f"{padded[1]}{int(padded[2])}/{padded[3]}"
    match = _SYMBOL.fullmatch(compact)
    if match is None or (match[4] and int(match[4]) == 0):
        return ""
    section, class_digits, subclass, group, subgroup = match.groups(default="")
    return f"{section}{class_digits}{subclass}" + (f"{int(group)}/{_unpadded(subgroup)}" if group else "")


def ipc_level(symbol: str) -> str:
    """The level of a stored symbol, one of LEVELS; `""` for what is no stored form."""
    match = _SYMBOL.fullmatch(symbol)
    if match is None:
        return ""
    if match[5]:
        return "main_group" if match[5].strip("0") == "" else "subgroup"
    return LEVELS[sum(part is not None for part in match.group(2, 3))]


def ipc_is_valid(symbol: str) -> bool:
    """Whether the classification has the symbol; of a subgroup, whether it has the main group."""
    return ipc_level(symbol) != "" and _main(symbol) in _ipc_lines()


def ipc_title(symbol: str, language: str) -> str:
    """The title in `zh-hans` or `en`; a subgroup bears its main group's; `""` for an unknown symbol."""
    line = _ipc_lines().get(_main(symbol))
    return _in_language(line, language) if line else ""


def ipc_ancestors(symbol: str) -> list[str]:
    """What contains the symbol, outermost first and without itself: `H`, `H01`, `H01M`, `H01M10/00`."""
    if not ipc_level(symbol):
        return []
    candidates = (symbol[:1], symbol[:3], symbol[:4], _main(symbol))
    return [outer for place, outer in enumerate(candidates) if outer != symbol and outer not in candidates[:place]]


def subclass_exists(symbol: str) -> bool:
    """Whether `H01M` is a subclass of the classification."""
    return ipc_level(symbol) == "subclass" and symbol in _ipc_lines()


def section_choices(language: str | None = None) -> list[tuple[str, str]]:
    """The eight sections as letter and title, in the language given or else the active one."""
    wanted = language or get_language() or "zh-hans"
    return [(letter, ipc_title(letter, wanted)) for letter in "ABCDEFGH"]


def ipc_children(symbol: str) -> list[str]:
    """The known symbols one level below, in the order of the classification; the sections for `""`."""
    below = {"": "section", "section": "class", "class": "subclass", "subclass": "main_group"}.get(ipc_level(symbol))
    if below is None or (below == "section" and symbol):
        return []
    return [other for other in _ipc_lines() if other.startswith(symbol) and ipc_level(other) == below]


def locarno_normalise(text: str) -> str:
    """The stored form `02-01` of a Locarno class in any usual spelling (`2-1`, `LOC(12)Cl.02-01`), or `""`."""
    if not isinstance(text, str) or len(text) > _LONGEST_TYPED:
        return ""
    match = _LOCARNO.fullmatch(_compact(text))
    return f"{int(match[1]):02d}-{int(match[2]):02d}" if match else ""


def locarno_is_valid(symbol: str) -> bool:
    """Whether `02-01` has a known class; the table has no subclasses, which any two digits but 00 may be."""
    return bool(re.fullmatch(r"[0-9]{2}-(?!00)[0-9]{2}", symbol)) and symbol[:2] in _locarno_lines()


def locarno_title(symbol: str, language: str) -> str:
    """The title of the class that `02-01` or `02` lies in, in `zh-hans` or `en`; `""` for an unknown class."""
    line = _locarno_lines().get(symbol[:2])
    return _in_language(line, language) if line else ""


def locarno_choices(language: str | None = None) -> list[tuple[str, str]]:
    """The classes as number and title, in the language given or else the active one."""
    wanted = language or get_language() or "zh-hans"
    return [(number, locarno_title(number, wanted)) for number in _locarno_lines()]


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def _unpadded(subgroup: str) -> str:
    """`052500` is `0525`: digits of a subgroup count like decimals, so that six of them end in filling noughts."""
    return subgroup[:2] + subgroup[2:].rstrip("0") if len(subgroup) == 6 else subgroup


def _main(symbol: str) -> str:
    """The symbol itself, or the main group of a group."""
    stem, stroke, _rest = symbol.partition("/")
    return f"{stem}/00" if stroke else symbol


def _in_language(line: str, language: str) -> str:
    zh, _tab, en = line.partition("\t")
    return en if language.startswith("en") else zh


@cache
def _ipc_lines() -> dict[str, str]:
    """Symbol -> both titles with a tab between, cut apart when asked for: one string for each row."""
    return _read("ipc.tsv", columns_before_titles=2)


@cache
def _locarno_lines() -> dict[str, str]:
    return _read("locarno.tsv", columns_before_titles=1)


def _read(name: str, *, columns_before_titles: int) -> dict[str, str]:
    rows = (_DATA / name).read_text(encoding="utf-8").splitlines()[1:]
    return {row.partition("\t")[0]: row.split("\t", columns_before_titles)[-1] for row in rows}
