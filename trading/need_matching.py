"""How well a listing answers a need: one printed rule for both directions, with a reason for each criterion. Read next: need_matches.py.

Lexical and explainable: no criterion that is not on the page, no place to be had for money. The rule judges facts that are
read already and asks the database nothing.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patents.actions.searching import FORM_BITS, KIND_BITS, OFFER_BITS
from patents.classification import ipc_ancestors
from patents.states import Form, PatentKind, PriceBasis
from platform_site.regions.names import province_name
from platform_site.ui.formats import cny, listed, reads_chinese

from .models import TechnologyNeed

YES, NO, UNSURE = "yes", "no", "unsure"
VERDICTS: dict[str, str | Promise] = {
    YES: pgettext_lazy("match", "符合"),
    NO: pgettext_lazy("match", "不符合"),
    UNSURE: pgettext_lazy("match", "不确定"),
}
# The most points of each criterion; a hundred together. The page of matches prints them with what they are given for.
WEIGHTS = {"ipc": 30, "words": 30, "form": 20, "price": 10, "maturity": 6, "kind": 4}
GOOD = 60  # from so many points on, somebody is told of it once a week
LABELS: dict[str, str | Promise] = {
    "ipc": gettext_lazy("国际专利分类"),
    "words": gettext_lazy("关键词"),
    "form": gettext_lazy("方式与省份"),
    "price": gettext_lazy("报价与预算"),
    "maturity": gettext_lazy("成熟度"),
    "kind": gettext_lazy("专利类型"),
    "conditions": gettext_lazy("落地条件"),
}


@dataclass(frozen=True)
class Offer:
    """What the narrow search table and the public text say of a listing; masks as in patents.actions.searching."""

    listing_id: int
    kinds: int
    forms: int
    offers: int
    trl: int | None
    ipc: Collection[str]  # with ancestors
    published_at: datetime
    prices: Mapping[str, tuple[Decimal | None, str]] = field(default_factory=dict)  # form -> CNY, basis


@dataclass(frozen=True)
class Criterion:
    """One line of the explanation; `why` writes the reason when it is shown."""

    name: str
    verdict: str
    points: int
    why: Callable[[], str]

    @property
    def most(self) -> int:
        return WEIGHTS.get(self.name, 0)

    @property
    def label(self) -> str:
        return str(LABELS[self.name])

    @property
    def words(self) -> str:
        return str(VERDICTS[self.verdict])


@dataclass(frozen=True)
class Match:
    """A need and a listing, held against each other."""

    need: TechnologyNeed
    offer: Offer
    criteria: tuple[Criterion, ...]

    @property
    def score(self) -> int:
        return sum(one.points for one in self.criteria)

    @property
    def is_good(self) -> bool:
        return self.score >= GOOD


def judge(need: TechnologyNeed, offer: Offer, said: Collection[int]) -> Match | None:
    """Hold one listing against one need; `said` are the places of the need's keywords that the listing says.

    None when they share no subclass and the listing says fewer than half of the keywords: a word of everyday use is no
    match, however cheap the listing may be.
    """
    field_, words = _ipc(need, offer), _words(need, said)
    if not field_.points and words.verdict != YES:
        return None
    rest = (_form(need, offer), _price(need, offer), _maturity(need, offer), _kind(need, offer))
    return Match(need, offer, (field_, words, *rest))


def ranked(matches: Iterable[Match]) -> list[Match]:
    """Most points first; of equal ones the listing that was published last, then the newer need."""
    return sorted(
        matches, key=lambda one: (-one.score, -one.offer.published_at.timestamp(), -one.offer.listing_id, -one.need.pk)
    )


# ---- the criteria; each says yes, no or unsure, with points and a reason


def _ipc(need: TechnologyNeed, offer: Offer) -> Criterion:
    """The longest beginning in common: what was asked for 30, the same main group 20, the same subclass 10."""
    inside = [symbol for symbol in need.ipc if symbol in offer.ipc]
    if inside:
        return Criterion("ipc", YES, 30, partial(_why_ipc_inside, inside))
    shared = {outer for symbol in need.ipc for outer in ipc_ancestors(symbol) if len(outer) >= 4 and outer in offer.ipc}
    if not shared:
        return Criterion("ipc", NO, 0, partial(_why_ipc_no, need.ipc))
    nearest = max(shared, key=lambda symbol: ("/" in symbol, symbol))
    return Criterion("ipc", UNSURE, 20 if "/" in nearest else 10, partial(_why_ipc_near, nearest, need.ipc))


def _why_ipc_inside(inside: Sequence[str]) -> str:
    return _("属于所求的 %(symbols)s") % {"symbols": listed(inside)}


def _why_ipc_near(nearest: str, wanted: Sequence[str]) -> str:
    return _("同在 %(nearest)s，但不在所求的 %(symbols)s") % {"nearest": nearest, "symbols": listed(wanted)}


def _why_ipc_no(wanted: Sequence[str]) -> str:
    return _("与所求的 %(symbols)s 不在同一小类") % {"symbols": listed(wanted)}


def _words(need: TechnologyNeed, said: Collection[int]) -> Criterion:
    """The share of the keywords that the listing says, of 30; from half of them on it counts as met."""
    found = [word for place, word in enumerate(need.keywords) if place in said]
    points = WEIGHTS["words"] * len(found) // len(need.keywords)
    verdict = NO if not found else YES if 2 * len(found) >= len(need.keywords) else UNSURE
    return Criterion("words", verdict, points, partial(_why_words, found, need.keywords))


def _why_words(found: Sequence[str], wanted: Sequence[str]) -> str:
    counts = {"found": len(found), "all": len(wanted), "words": listed(found or wanted)}
    if not found:
        return _("没有说到任何一个关键词（%(words)s）") % counts
    return _("%(all)s 个关键词说到 %(found)s 个：%(words)s") % counts


def _form(need: TechnologyNeed, offer: Offer) -> Criterion:
    """A wanted form that is offered and, by the ledger, free today in the wanted provinces: 20 times the best form's share of them."""
    on_offer = [form for form in need.forms if offer.forms & FORM_BITS[form]]
    if not on_offer:
        return Criterion("form", NO, 0, partial(_why_form_not_offered, need.forms))
    free = {form: [code for code in need.places if offer.offers & OFFER_BITS[form, code]] for form in on_offer}
    best = max(on_offer, key=lambda form: len(free[form]))
    points = WEIGHTS["form"] * len(free[best]) // len(need.places)
    verdict = YES if len(free[best]) == len(need.places) else UNSURE if free[best] else NO
    lacking = [code for code in need.places if code not in free[best]]
    return Criterion("form", verdict, points, partial(_why_form, best, free[best], lacking))


def _why_form_not_offered(wanted: Sequence[str]) -> str:
    return _("没有提供所求的方式（%(forms)s）") % {"forms": listed(str(Form(form).label) for form in wanted)}


def _why_form(form: str, free: Sequence[str], lacking: Sequence[str]) -> str:
    names = {
        "form": Form(form).label,
        "free": listed(province_name(code) for code in free),
        "lacking": listed(province_name(code) for code in lacking),
    }
    if not lacking:
        return _("%(form)s，今天在%(free)s可以取得") % names
    if not free:
        return _("%(form)s，在%(lacking)s没有提供或权利已被占用") % names
    return _("%(form)s，%(free)s可以取得，%(lacking)s没有提供或权利已被占用") % names


def _price(need: TechnologyNeed, offer: Offer) -> Criterion:
    """Within the budget on the same basis 10; what is to be negotiated, or priced on another basis, 5."""
    if need.budget_cny is None:
        return Criterion("price", YES, 10, lambda: _("需求方的预算面议"))
    asked = [offer.prices[form] for form in need.forms if form in offer.prices and offer.forms & FORM_BITS[form]]
    if not asked:
        return Criterion("price", NO, 0, lambda: _("所求的方式没有报价"))
    alike = [price for price, basis in asked if basis == need.budget_basis and price is not None]
    if alike:
        least = min(alike)
        within = least <= need.budget_cny
        return Criterion("price", YES if within else NO, 10 if within else 0, partial(_why_price, need, least))
    return Criterion("price", UNSURE, 5, partial(_why_price_unsure, need, asked))


def _why_price(need: TechnologyNeed, least: Decimal) -> str:
    names = {"basis": need.get_budget_basis_display(), "price": cny(least), "budget": cny(need.budget_cny)}
    if need.budget_cny is not None and least <= need.budget_cny:
        return _("%(basis)s：报价 %(price)s，预算 %(budget)s以内") % names
    return _("%(basis)s：报价 %(price)s，高于预算 %(budget)s") % names


def _why_price_unsure(need: TechnologyNeed, asked: Sequence[tuple[Decimal | None, str]]) -> str:
    if all(basis == PriceBasis.NEGOTIABLE for _price_, basis in asked):
        return _("报价面议")
    bases = dict.fromkeys(str(PriceBasis(basis).label) for _price_, basis in asked)
    return _("计价方式不同：报价按%(offered)s，预算按%(wanted)s") % {
        "offered": listed(bases), "wanted": need.get_budget_basis_display()
    }  # fmt: skip


def _maturity(need: TechnologyNeed, offer: Offer) -> Criterion:
    """At least what was asked for 6; not stated 3."""
    if need.trl_min is None:
        return Criterion("maturity", YES, 6, lambda: _("需求方不限成熟度"))
    names = {"level": offer.trl, "least": need.trl_min}
    if offer.trl is None:
        return Criterion("maturity", UNSURE, 3, lambda: _("技术没有写明成熟度"))
    if offer.trl >= need.trl_min:
        return Criterion("maturity", YES, 6, lambda: _("成熟度 %(level)s，所求不低于 %(least)s") % names)
    return Criterion("maturity", NO, 0, lambda: _("成熟度 %(level)s，低于所求的 %(least)s") % names)


def _kind(need: TechnologyNeed, offer: Offer) -> Criterion:
    if not need.kinds:
        return Criterion("kind", YES, 4, lambda: _("需求方不限专利类型"))
    found = [kind for kind in KIND_BITS if offer.kinds & KIND_BITS[kind]]
    has = any(kind in need.kinds for kind in found)
    return Criterion("kind", YES if has else NO, 4 if has else 0, partial(_why_kind, found))


def _why_kind(found: Sequence[str]) -> str:
    return _("这项技术是%(kinds)s") % {"kinds": listed(str(PatentKind(kind).label) for kind in found)}


# ---- what is shown beside, without points


def conditions(asked: Sequence[Any], there: Sequence[Any]) -> Criterion:
    """What the technology needs against what the buyer has: area and power by amount, equipment and permits by name.

    `asked` are Requirements, `there` NeedConditions. Not every machine has a settled name, so a name that is not found
    is a question and no refusal.
    """
    if not asked:
        return Criterion("conditions", YES, 0, lambda: _("这项技术没有写明特别要求"))
    lacking: list[str] = []
    open_: list[str] = []
    met: list[str] = []
    for one in asked:
        alike = [two for two in there if two.kind == one.kind]
        if one.kind in ("area", "power") and alike and one.amount:
            enough = sum((two.amount or 0) for two in alike) >= one.amount
            (met if enough else lacking).append(_condition_words(one))
        elif one.text_zh and any(
            two.text_zh and (one.text_zh in two.text_zh or two.text_zh in one.text_zh) for two in alike
        ):
            met.append(_condition_words(one))
        else:
            open_.append(_condition_words(one))
    if lacking:
        return Criterion("conditions", NO, 0, lambda: _("不够：%(what)s") % {"what": listed(lacking)})
    if open_:
        return Criterion("conditions", UNSURE, 0, lambda: _("需求方没有写明：%(what)s") % {"what": listed(open_)})
    return Criterion("conditions", YES, 0, lambda: _("具备：%(what)s") % {"what": listed(met)})


def _condition_words(one: Any) -> str:
    unit = {"area": " m²", "power": " kW"}.get(one.kind, "")
    amount = f" {one.amount.normalize():f}{unit}" if one.amount and unit else ""
    name = one.text_zh if reads_chinese() else one.text_en or one.text_zh
    return f"{name or one.get_kind_display()}{amount}"
