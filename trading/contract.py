"""The text of a contract in both languages, from accepted terms; pure, no query. Read next: contract_queries.py.

The wording stands in data/contract.toml, side by side, where a lawyer can read it; here it is chosen and filled in. What
the parties have agreed in figures comes from terms_words, so that the offer and the contract say the same.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import translation

from patents.states import Form, PatentKind
from platform_site.ui.formats import HAN_DIGITS

from . import terms_words
from .capitals import capitals
from .states import RoyaltyBase
from .terms import Instalment, Terms

SOURCE = Path(__file__).parent / "data" / "contract.toml"
OWN = ("delivery", "service", "acceptance", "other")  # headings under which the parties write themselves


class Two(NamedTuple):
    """The same in Chinese and in English."""

    zh: str
    en: str


Value = Two | str
Row = tuple[Two, Value]


def both(words: Callable[[], Any]) -> Two:
    """What `words` says in each language."""
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(str(words()))
    return Two(*said)


@dataclass(frozen=True)
class Who:
    """A party as the contract names it: by the real name or organisation that an office has verified."""

    name: str
    identity: Two  # what kind of number: credit code, identity card
    number: str  # a credit code in full, of a person the last four characters


@dataclass(frozen=True)
class About:
    """What the records say of an agreement beside its terms."""

    number: str
    version: int  # of the offer
    digest: str
    owner: Who
    buyer: Who
    kinds: tuple[str, ...]  # values of PatentKind
    pending: bool = False  # one of them is still an application
    patents: tuple[tuple[Row, ...], ...] = ()
    grants: tuple[tuple[Row, ...], ...] = ()
    burdens: tuple[tuple[Row, ...], ...] = ()
    twins: tuple[Two, ...] = ()
    titles: tuple[str, ...] = field(default=())


def contract(terms: Terms, about: About) -> dict[str, Any]:
    """Everything that is printed before anybody signs, as plain data: title, parties, preamble, articles, schedules."""
    said, holds = values(terms, about), flags(terms, about)
    return {
        "title": _title(terms)._asdict(),
        "number": about.number,
        "digest": about.digest,
        "parties": [_party(role, who) for role, who in zip(_roles(terms), (about.owner, about.buyer), strict=True)],
        "preamble": [words._asdict() for words in _preamble(terms, about)],
        "articles": list(_articles(terms, about, said, holds)),
        "schedules": _schedules(about),
    }


@cache
def articles() -> list[dict[str, Any]]:
    """The 17 articles as they are written down."""
    found: list[dict[str, Any]] = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["article"]
    return found


def flags(terms: Terms, about: About) -> set[str]:
    """What holds of these terms: the words that `when` may ask for."""
    assigned = terms.form == Form.ASSIGNMENT
    holds = {
        "licence": not assigned,
        "design": PatentKind.DESIGN in about.kinds,
        "sublicensable": terms.sublicensable,
        "minimum": bool(terms.minimum_cny),
        "cap": bool(terms.cap_cny),
        "confidentiality": bool(terms.confidentiality_years),
        "pending": about.pending,
        "twin": bool(about.twins),
        "grants": bool(about.grants),
        "burdens": bool(about.burdens),
        **{name: bool(getattr(terms, name).strip()) for name in OWN},
    }
    named = {terms.form, terms.consideration, terms.improvements, terms.dispute}
    return named | {name for name, does in holds.items() if does}


def values(terms: Terms, about: About) -> dict[str, Value]:
    """What the braces of the wording stand for."""
    clauses = _clauses(terms)
    empty = Two("", "")
    base = both(lambda: RoyaltyBase(terms.royalty_base).label) if terms.royalty_base else empty
    assigned = terms.form == Form.ASSIGNMENT
    return {
        **{key: clauses.get(key, empty) for key in ("provinces", "field", "period", "trial", "confidentiality")},
        **_money("amount", "capitals", terms.amount_cny),
        **_money("minimum", "minimum_capitals", terms.minimum_cny or Decimal(0)),
        **_money("cap", "cap_capitals", terms.cap_cny or Decimal(0)),
        "start": terms.start.isoformat(),
        "base": base,
        "rate": _percent(terms.royalty_percent),
        "equity_percent": _percent(terms.equity_percent),
        "equity_company": terms.equity_company,
        "dispute_body": terms.dispute_body,
        "owner": about.owner.name,
        "version": str(about.version),
        "digest": about.digest,
        "twin": Two("".join(two.zh for two in about.twins), " ".join(two.en for two in about.twins)),
        "act": Two("转让", "assignment") if assigned else Two("许可", "licence"),
        "price_name": Two("转让价款", "price of the assignment") if assigned else Two("许可使用费", "licence fee"),
    }


def yuan(amount: Decimal) -> str:
    """Figures as a contract writes them: ¥1,230,000.00, never rounded."""
    return f"¥{amount:,.2f}"


def dated(day: date | None) -> str:
    return day.isoformat() if day else "—"


# ---- parts


def _money(figures: str, words: str, amount: Decimal) -> dict[str, Value]:
    return {figures: yuan(amount), words: capitals(amount)}


def _percent(percent: Decimal | None) -> str:
    return f"{(percent or Decimal(0)).normalize():f}%"


def _clauses(terms: Terms) -> dict[str, Two]:
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append({clause.key: clause.words for clause in terms_words.clauses(terms)})
    return {key: Two(words, said[1].get(key, words)) for key, words in said[0].items()}


def _title(terms: Terms) -> Two:
    if terms.form == Form.ASSIGNMENT:
        return Two("专利权转让合同", "Patent Assignment Contract")
    return Two("专利实施许可合同", "Patent Licence Contract")


def _roles(terms: Terms) -> tuple[Two, Two]:
    if terms.form == Form.ASSIGNMENT:
        return Two("甲方（转让人）", "Assignor"), Two("乙方（受让人）", "Assignee")
    return Two("甲方（许可人）", "Licensor"), Two("乙方（被许可人）", "Licensee")


def _party(role: Two, who: Who) -> dict[str, Any]:
    identity = {"label": who.identity._asdict(), "value": who.number}
    return {"role": role._asdict(), "name": who.name, "identity": identity}


def _preamble(terms: Terms, about: About) -> Iterator[Two]:
    named, wish = "、".join(about.titles), both(lambda: Form(terms.form).label)
    yield Two(
        f"甲方是附件一所列专利“{named}”的权利人。双方经在中部专利平台协商一致，依照《中华人民共和国民法典》"
        f"和《中华人民共和国专利法》，就该专利的{wish.zh}订立本合同。",
        f"The first party holds the patent rights of Schedule 1 (“{named}”). Having come to terms on the Central China "
        "Patent Platform, the parties conclude this contract under the Civil Code and the Patent Law of the People's "
        f"Republic of China. Form: {wish.en}.",
    )


def _articles(terms: Terms, about: About, said: dict[str, Value], holds: set[str]) -> Iterator[dict[str, Any]]:
    assigned = "assignment" if terms.form == Form.ASSIGNMENT else ""
    for number, article in enumerate(articles(), 1):
        title = Two(*(article.get(f"{language}_{assigned}", article[language]) for language in ("zh", "en")))
        chosen = [
            (paragraph, row)
            for paragraph in article["paragraph"]
            if holds_for(paragraph.get("when", ""), holds)
            for row in _rows(paragraph.get("each", ""), terms)
        ]
        yield {
            "number": number,
            "han": han(number),
            "title": title._asdict(),
            "paragraphs": [
                {"number": place, **_filled(paragraph, {**said, **row}), "own": _own(paragraph, terms)}
                for place, (paragraph, row) in enumerate(chosen, 1)
            ],
        }


def holds_for(when: str, holds: set[str]) -> bool:
    """Whether every flag that `when` names holds, and none that it denies."""
    return all((word.lstrip("!") in holds) != word.startswith("!") for word in when.split())


def _rows(each: str, terms: Terms) -> list[dict[str, Value]]:
    if not each:
        return [{}]
    return [
        {"n": str(place), **_money("part", "part_capitals", part.amount_cny), "due": _due(part)}
        for place, part in enumerate(terms.instalments, 1)
    ]


def _due(part: Instalment) -> Two:
    if not part.due_months:
        return Two("生效日支付", "due on the Effective Date")
    return Two(f"生效日后 {part.due_months} 个月内支付", f"due within {part.due_months} months of the Effective Date")


def _filled(paragraph: Mapping[str, str], said: Mapping[str, Value]) -> dict[str, str]:
    return {
        language: paragraph[language].format_map({key: _in(value, language) for key, value in said.items()})
        for language in ("zh", "en")
    }


def _in(value: Value, language: str) -> str:
    return value if isinstance(value, str) else str(getattr(value, language))


def _own(paragraph: Mapping[str, str], terms: Terms) -> str:
    name = paragraph.get("own", "")
    return getattr(terms, name).strip() if name else ""


def _schedules(about: About) -> list[dict[str, Any]]:
    listed = (
        (Two("专利", "Patents"), about.patents),
        (Two("在先的许可和预留", "Earlier licences and reservations"), about.grants),
        (Two("权利负担", "Encumbrances"), about.burdens),
    )
    return [
        {
            "number": number,
            "han": han(number),
            "title": title._asdict(),
            "entries": [[row_of(name, value) for name, value in rows] for rows in entries],
        }
        for number, (title, entries) in enumerate(listed, 1)
    ]


def row_of(name: Two, value: Value) -> dict[str, Any]:
    """A line of a table as the papers take it."""
    shown = Two(value, value) if isinstance(value, str) else value
    return {"name": name._asdict(), "value": shown._asdict()}


def han(number: int) -> str:
    """1 to 19 in Han numerals: 十七."""
    if number < 10:
        return HAN_DIGITS[number]
    return f"十{HAN_DIGITS[number - 10] if number > 10 else ''}"
