"""The words of a need as PostgreSQL keeps and asks them; the same pipeline as the search of listings. Read next: need_matches.py."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from patents import text

from .models import TechnologyNeed

_INDEX = """
    UPDATE trading_technologyneed SET
        doc = setweight(to_tsvector('english', %(english_a)s), 'A') || setweight(to_tsvector('english', %(english_c)s), 'C')
            || %(literal)s::tsvector,
        tokens = array(
            SELECT DISTINCT left(token, 64) FROM unnest(
                %(exact)s::text[] || tsvector_to_array(to_tsvector('english', %(english)s))
            ) AS token ORDER BY 1
        ),
        grounds = %(grounds)s
    WHERE id = %(need)s
"""


def asked_of(keyword: str) -> tuple[str, str]:
    """One keyword as (exact part for ::tsquery, rest for to_tsquery('english', …)); either may be empty."""
    asked = text.asked(keyword)
    return asked.literal(), asked.english()


def any_of(keywords: Iterable[str]) -> tuple[str, dict[str, str]]:
    """SQL of one tsquery that finds what says at least one of the keywords, with its named parameters."""
    parts, params = [], {}
    for place, keyword in enumerate(keywords):
        parts.append(f"(%(exact{place})s::tsquery && to_tsquery('english', %(english{place})s))")
        params[f"exact{place}"], params[f"english{place}"] = asked_of(keyword)
    return " || ".join(parts), params


def grounds_of(symbols: Sequence[str]) -> list[str]:
    """The subclasses in which the wanted symbols lie: what candidates are taken by."""
    return list(dict.fromkeys(symbol[:4] for symbol in symbols))


def need_index(need: TechnologyNeed) -> None:
    """Write what search and matching read of a need, from its saved text; in the caller's transaction, before it is frozen."""
    document = text.Document()
    for words in (need.title_zh, need.title_en, *need.keywords):
        document.add(words, "A", by_pairs=True)
    for field in ("problem", "effect", "present"):
        for tongue in ("zh", "en"):
            document.add(getattr(need, f"{field}_{tongue}"), "C")
    document.add_tokens([need.number.lower(), *(symbol.lower() for symbol in need.ipc)], "C")
    terms = [term for keyword in need.keywords for term in text.asked(keyword).terms]
    values: dict[str, Any] = {
        "need": need.pk,
        "literal": document.literal,
        "english_a": " ".join(document.english["A"]),
        "english_c": " ".join(document.english["C"]),
        "exact": [token for term in terms for way in term.exact for token in way],
        "english": " ".join(term.english for term in terms),
        "grounds": grounds_of(need.ipc),
    }
    with connection.cursor() as cursor:
        cursor.execute(_INDEX, values)
