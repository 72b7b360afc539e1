"""Clauses that the law makes void, that contradict the terms, or about which it says something by itself: pure, no query.

A finding is a machine's reading of words, shown to both sides alike; it blocks nothing and judges nothing. Sources: Civil
Code arts 846-875; Interpretation of the Supreme People's Court on technology contracts (2020), arts 10, 15, 24-28; Patent
Law arts 10-12; domain.md 4, "Clause linter". Read next: linter_patterns.py, linter_words.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from patents.states import Form
from patents.text import fold

from . import linter_patterns as patterns
from .linter_words import CLAUSES, WORDS
from .linter_words import SEVERITIES as LABELS
from .states import Consideration, Dispute, Improvements
from .terms import Terms

PROSE = ("delivery", "service", "acceptance", "other")
LONGEST = 20_000  # characters of a clause that are read
_SENTENCE = re.compile(r"[^。；;！!？?\n]+?(?:[。；;！!？?\n]|\.(?=\s|$)|$)")
_INSTITUTION = re.compile(r"仲裁|委员会|中心|院|arbitrat|commission|cent(?:re|er)|court")


class Severity(StrEnum):
    """How grave it is: void by law; a risk, because it is void where unreasonable, or contradicts the terms; what the law says where they are silent."""

    VOID = "void"
    RISK = "risk"
    HINT = "hint"


SEVERITIES = {
    "improvement_ban": Severity.VOID,
    "grant_back": Severity.VOID,
    "rival_sources": Severity.VOID,
    "no_challenge": Severity.VOID,
    "beyond_patent": Severity.VOID,
    "arbitration_no_commission": Severity.VOID,
    "arbitration_or_court": Severity.VOID,
    "limits": Severity.RISK,
    "tying": Severity.RISK,
    "suppliers": Severity.RISK,
    "arbitration_commission_unclear": Severity.RISK,
    "sublicence_contradiction": Severity.RISK,
    "form_contradiction": Severity.RISK,
    "royalty_no_audit": Severity.RISK,
}  # every other code is a hint


@dataclass(frozen=True)
class Finding:
    """One note: the clause (a key of terms_words.Clause), the words found (empty where the terms are silent), and what to do."""

    code: str
    severity: Severity
    key: str
    words: str
    provision: str
    sentence: str
    suggestion: str

    @property
    def clause(self) -> str:
        """The name of the clause, as terms_words writes it."""
        return str(CLAUSES[self.key])

    @property
    def label(self) -> str:
        """The severity in a word: colour alone says nothing."""
        return str(LABELS[self.severity][0])

    @property
    def tone(self) -> str:
        """Of a tag."""
        return LABELS[self.severity][1]

    @property
    def note_tone(self) -> str:
        return LABELS[self.severity][2]


@dataclass(frozen=True)
class About:
    """What the terms do not say of their patents and parties. `patents_end`: the day from which none of the patents lives."""

    has_design: bool = False
    patents_end: date | None = None
    is_abroad: bool = False  # one party is foreign, or from Hong Kong, Macao or Taiwan


def findings(terms: Terms, about: About = About()) -> list[Finding]:  # noqa: B008 - frozen
    """Every finding, gravest first, within a severity in the order of the clauses. Language: the active one."""
    found = [*_unlawful(terms), *_structured(terms, about), *_contradictions(terms, about), *_silent(terms)]
    order = list(Severity)
    return sorted(dict.fromkeys(found), key=lambda finding: order.index(finding.severity))


def _finding(code: str, key: str, words: str = "") -> Finding:
    said = WORDS[code]
    severity = SEVERITIES.get(code, Severity.HINT)
    return Finding(code, severity, key, words, str(said.provision), str(said.sentence), str(said.suggestion))


# ---- words


def sentences(text: str) -> Iterator[tuple[str, str]]:
    """(as written, folded) for each sentence; a full stop of either script, a semicolon or a new line ends one."""
    for match in _SENTENCE.finditer(text[:LONGEST]):
        written = match[0].strip()
        if written:
            yield written, fold(written)


def _search(terms: Terms, *rules: patterns.Rule) -> Iterator[Finding]:
    """Each rule at most once a sentence of the prose clauses, with the words as they were written."""
    for key in PROSE:
        for written, folded in sentences(getattr(terms, key)):
            for rule in rules:
                span = rule.find(folded)
                if span:
                    # Folding may change the length; then the folded words are shown.
                    source = written if len(written) == len(folded) else folded
                    yield _finding(rule.code, key, source[slice(*span)].strip())


def _unlawful(terms: Terms) -> Iterator[Finding]:
    yield from _search(terms, *patterns.UNLAWFUL)


def _contradictions(terms: Terms, about: About) -> Iterator[Finding]:
    rules = [patterns.ARBITRATION_OR_COURT]
    if terms.form != Form.ASSIGNMENT:
        if not terms.sublicensable:
            rules.append(patterns.SUBLICENCE)
        rules.append(patterns.ORDINARY if terms.form == Form.EXCLUSIVE else patterns.EXCLUSIVE)
    if terms.form == Form.SOLE:
        rules.remove(patterns.EXCLUSIVE)  # "only" and "exclusive" are said of a sole licence as well
    if about.has_design:
        rules.append(patterns.DESIGN_USE)
    yield from _search(terms, *rules)
    if about.is_abroad:
        yield _finding("abroad", "form")
    else:
        yield from list(_search(terms, patterns.ABROAD))[:1]


# ---- structure


def _structured(terms: Terms, about: About) -> Iterator[Finding]:
    if terms.improvements == Improvements.FREE_BACK:
        yield _finding("grant_back", "improvements", str(Improvements.FREE_BACK.label))
    if about.patents_end and terms.end and terms.end > about.patents_end:
        yield _finding("beyond_patent", "period", f"{terms.end.isoformat()} > {about.patents_end.isoformat()}")
    if terms.dispute == Dispute.ARBITRATION:
        body = terms.dispute_body.strip()
        if not body:
            yield _finding("arbitration_no_commission", "dispute", str(Dispute.ARBITRATION.label))
        elif not _INSTITUTION.search(fold(body)):
            yield _finding("arbitration_commission_unclear", "dispute", body)
    if terms.consideration == Consideration.ROYALTY and not _speaks_of(terms, "audit"):
        yield _finding("royalty_no_audit", "royalty")


def _silent(terms: Terms) -> Iterator[Finding]:
    """What the law says where the terms say nothing."""
    if terms.form == Form.ASSIGNMENT:
        if not _speaks_of(terms, "own_use"):
            yield _finding("own_use", "form")
        yield _finding("earlier_licences", "form")
    else:
        yield from _silent_licence(terms)
    if terms.improvements == Improvements.MAKER and not _speaks_of(terms, "improvements"):
        yield _finding("improvements_maker", "improvements")
    if not _speaks_of(terms, "infringement"):
        yield _finding("infringement", "other")
    if not terms.confidentiality_years and not _speaks_of(terms, "confidentiality"):
        yield _finding("no_confidentiality", "confidentiality")
    if not _speaks_of(terms, "cure"):
        yield _finding("cure", "other")


def _silent_licence(terms: Terms) -> Iterator[Finding]:
    if terms.form == Form.ORDINARY:
        yield _finding("ordinary", "form")
    if terms.form == Form.SOLE and not _speaks_of(terms, "sole"):
        yield _finding("sole_unable", "form")
    yield _finding("sublicence_ordinary" if terms.sublicensable else "sublicence_none", "sublicensable")
    if terms.end is None:
        yield _finding("no_end", "period")
    if not _speaks_of(terms, "annuities"):
        yield _finding("annuities", "other")


def _speaks_of(terms: Terms, matter: str) -> bool:
    pattern = patterns.SPOKEN_OF[matter]
    return any(pattern.search(fold(getattr(terms, key)[:LONGEST])) for key in PROSE)
