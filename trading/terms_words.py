"""Terms as clauses in the language of the page, one wording for the offer, the comparison and the contract. Read next: terms.py."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patents.ledger_words import places
from patents.states import Form
from platform_site.ui.formats import cny, listed

from .states import Consideration, Dispute, Improvements, RoyaltyBase
from .terms import Instalment, Terms


class Clause(NamedTuple):
    """A clause: the key that finds it again in another version, its name, what it says, and whether it is prose to be linted."""

    key: str
    name: str
    words: str
    is_prose: bool = False


def clauses(terms: Terms) -> list[Clause]:
    """Every clause of the terms that says something, in the order of the contract."""
    said = [*_subject(terms), *_payment(terms), *_prose(terms)]
    return [clause for clause in said if clause.words]


def moved(before: Terms, after: Terms) -> list[tuple[str, str, str]]:
    """(name, old words, new words) of every clause that differs; an added or dropped one has an empty side."""
    old, new = ({clause.key: clause for clause in clauses(terms)} for terms in (before, after))
    keys = [*old, *(key for key in new if key not in old)]
    rows = []
    for key in keys:
        one, other = old.get(key), new.get(key)
        words = (one.words if one else "", other.words if other else "")
        if words[0] != words[1]:
            rows.append(((other or one).name, *words))  # type: ignore[union-attr]
    return rows


def period(terms: Terms) -> str:
    """From the first day to the day on which it no longer holds."""
    if terms.end is None:
        return _("%(start)s 起，至专利权终止") % {"start": terms.start.isoformat()}
    return _("%(start)s 至 %(end)s（不含）") % {"start": terms.start.isoformat(), "end": terms.end.isoformat()}


def price(terms: Terms) -> str:
    """The consideration in one line, for lists: never where somebody outside the room reads it."""
    kind = Consideration(terms.consideration)
    if kind == Consideration.ROYALTY:
        return _("入门费 %(fee)s，加%(base)s的 %(rate)s") % {
            "fee": cny(terms.amount_cny), "base": RoyaltyBase(terms.royalty_base).label, "rate": _rate(terms.royalty_percent),
        }  # fmt: skip
    return f"{kind.label} {cny(terms.amount_cny)}"


def _subject(terms: Terms) -> Iterator[Clause]:
    assigned = terms.form == Form.ASSIGNMENT
    yield Clause("form", _("方式"), str(Form(terms.form).label))
    yield Clause("patents", _("专利"), listed(terms.patents))
    if not assigned:
        yield Clause("provinces", _("许可地域"), places(list(terms.provinces)))
        yield Clause("field", _("许可领域"), listed(terms.field) or _("全部领域"))
        yield Clause("period", _("许可期限"), period(terms))
        yield Clause("sublicensable", _("分许可"), _("可以") if terms.sublicensable else _("不可以"))
    else:
        yield Clause("period", _("移交日"), terms.start.isoformat())


def _payment(terms: Terms) -> Iterator[Clause]:
    kind = Consideration(terms.consideration)
    yield Clause("consideration", _("付费方式"), str(kind.label))
    yield Clause("amount", _amount_name(kind), cny(terms.amount_cny))
    yield Clause("instalments", _("分期"), listed(_instalment(part) for part in terms.instalments))
    if kind == Consideration.ROYALTY:
        base = RoyaltyBase(terms.royalty_base).label
        yield Clause(
            "royalty", _("提成"), _("%(base)s的 %(rate)s") % {"base": base, "rate": _rate(terms.royalty_percent)}
        )
        yield Clause("minimum", _("每年最低提成"), cny(terms.minimum_cny) if terms.minimum_cny else _("不设"))
        yield Clause("cap", _("提成累计封顶"), cny(terms.cap_cny) if terms.cap_cny else _("不设"))
    if kind == Consideration.EQUITY:
        words = _("占%(company)s %(share)s") % {"company": terms.equity_company, "share": _rate(terms.equity_percent)}
        yield Clause("equity", _("股权"), words)
    if kind == Consideration.TRIAL:
        months = terms.trial_months or 0
        yield Clause("trial", _("试用期"), ngettext("%(n)d 个月", "%(n)d 个月", months) % {"n": months})


def _prose(terms: Terms) -> Iterator[Clause]:
    years = terms.confidentiality_years
    yield Clause("delivery", _("技术资料的交付"), terms.delivery, True)
    yield Clause("service", _("技术服务与培训"), terms.service, True)
    yield Clause("acceptance", _("验收"), terms.acceptance, True)
    yield Clause(
        "confidentiality", _("保密期限"), ngettext("%(n)d 年", "%(n)d 年", years) % {"n": years} if years else ""
    )
    yield Clause(
        "improvements", _("后续改进"), str(Improvements(terms.improvements).label) if terms.improvements else ""
    )
    dispute = str(Dispute(terms.dispute).label) if terms.dispute else ""
    yield Clause("dispute", _("争议解决"), f"{dispute} {terms.dispute_body}".strip())
    yield Clause("other", _("其他约定"), terms.other, True)


def _amount_name(kind: Consideration) -> str:
    return {
        Consideration.LUMP_SUM: _("总价"),
        Consideration.INSTALMENTS: _("总价"),
        Consideration.ROYALTY: _("入门费"),
        Consideration.EQUITY: _("作价"),
        Consideration.TRIAL: _("试用后的价款"),
    }[kind]


def _instalment(part: Instalment) -> str:
    if not part.due_months:
        return _("签约时 %(amount)s") % {"amount": cny(part.amount_cny)}
    words = ngettext("生效后 %(n)d 个月 %(amount)s", "生效后 %(n)d 个月 %(amount)s", part.due_months)
    return words % {"n": part.due_months, "amount": cny(part.amount_cny)}


def _rate(percent: Decimal | None) -> str:
    return f"{(percent or Decimal(0)).normalize():f}%"
