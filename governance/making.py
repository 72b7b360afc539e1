"""Where can this be made: stated requirements held against what each facility has, by a printed rule; pure. Read next: making_queries.py.

No facility pays for a place and none is recommended: who meets more stands before who meets less, and each gap is named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patents import text
from patents.states import RequirementKind
from platform_site.ui.formats import grouped

from .stays import Amounts

YES, NO, UNSURE = "yes", "no", "unsure"
VERDICTS: dict[str, str | Promise] = {
    YES: pgettext_lazy("making", "具备"), NO: pgettext_lazy("making", "不足"), UNSURE: pgettext_lazy("making", "未写明"),
}  # fmt: skip
LIGHTS = {YES: "done", NO: "red", UNSURE: "yellow"}
NONE_NEEDED = ("无", "不需要", "不需", "没有")  # how a listing says that no permit is needed
HALF = 2  # at least one of so many words of a name, rounded up
RULE: str | Promise = gettext_lazy(
    "逐项对照：设备和许可按名称（相同、一方包含另一方，或者过半的词相同）和台数，场地和用电按今天的空余；写明不需要许可的视为具备。"
    "具备的条件多的在前；同样多的，不足的少的在前；再比缺口占所需的比例之和，小的在前；最后按省份代码和名称。"
)


@dataclass(frozen=True)
class Need:
    """One requirement: kind of patents.states.RequirementKind, name, amount in pieces, m² or kW."""

    kind: str
    name: str = ""
    amount: Decimal | None = None
    shown: str = ""  # the name in the language of the page

    @property
    def words(self) -> str:
        units = {RequirementKind.EQUIPMENT: _("台（套）"), RequirementKind.AREA: "m²", RequirementKind.POWER: "kW"}
        unit = units.get(RequirementKind(self.kind), "")
        amount = f"{grouped(self.amount)} {unit}" if self.amount is not None else ""
        label = RequirementKind(self.kind).label
        return " ".join(part for part in (str(label), self.shown or self.name, amount) if part)


@dataclass(frozen=True)
class Offer:
    """What a facility has: `free` today, None where area or power is not stated; equipment as (names, pieces)."""

    key: int
    province: str
    name: str
    free: Amounts
    states_area: bool = True
    states_power: bool = True
    equipment: Sequence[tuple[tuple[str, ...], int]] = ()
    permits: Sequence[str] = ()


@dataclass(frozen=True)
class Criterion:
    """One requirement judged; `gap` says what is lacking, `short` the share of it that is (0 to 1)."""

    need: Need
    verdict: str
    gap: str = ""
    short: Decimal = Decimal(0)

    @property
    def label(self) -> str:
        return str(VERDICTS[self.verdict])

    @property
    def light(self) -> str:
        return LIGHTS[self.verdict]


@dataclass(frozen=True)
class Place:
    """One facility with its judgement."""

    offer: Offer
    criteria: tuple[Criterion, ...] = field(default_factory=tuple)

    def count(self, verdict: str) -> int:
        return sum(one.verdict == verdict for one in self.criteria)

    @property
    def met(self) -> int:
        return self.count(YES)

    @property
    def gaps(self) -> list[Criterion]:
        return [one for one in self.criteria if one.verdict != YES]

    @property
    def order(self) -> tuple[int, int, Decimal, str, str, int]:
        short = sum((one.short for one in self.criteria), Decimal(0))
        return -self.met, self.count(NO), short, self.offer.province, self.offer.name, self.offer.key


def ranked(needs: Sequence[Need], offers: Iterable[Offer]) -> list[Place]:
    """Every facility, the one that meets most first (RULE)."""
    return sorted((judge(needs, offer) for offer in offers), key=lambda place: place.order)


def judge(needs: Sequence[Need], offer: Offer) -> Place:
    return Place(offer, tuple(_judged(need, offer) for need in needs))


def _judged(need: Need, offer: Offer) -> Criterion:
    if need.kind == RequirementKind.AREA:
        return _amount(need, offer.free.area, offer.states_area, "m²")
    if need.kind == RequirementKind.POWER:
        return _amount(need, offer.free.power, offer.states_power, "kW")
    if need.kind == RequirementKind.PERMIT:
        if need.name.startswith(NONE_NEEDED) or any(same(need.name, permit) for permit in offer.permits):
            return Criterion(need, YES)
        return Criterion(need, NO, _("没有这项许可或资质"), Decimal(1))
    return _equipment(need, offer)


def _amount(need: Need, free: Decimal, is_stated: bool, unit: str) -> Criterion:
    wanted = need.amount or Decimal(0)
    if not is_stated:
        return Criterion(need, UNSURE, _("没有写明"))
    if free >= wanted:
        return Criterion(need, YES)
    lacking = {"free": grouped(free), "lack": grouped(wanted - free), "unit": unit}
    return Criterion(
        need, NO, _("今天空余 %(free)s %(unit)s，还差 %(lack)s %(unit)s") % lacking, (wanted - free) / wanted
    )


def _equipment(need: Need, offer: Offer) -> Criterion:
    wanted = need.amount or Decimal(1)
    pieces = sum(number for names, number in offer.equipment if any(same(need.name, name) for name in names))
    if pieces >= wanted:
        return Criterion(need, YES)
    if not pieces:
        return Criterion(need, NO, _("没有这种设备"), Decimal(1))
    gap = _("有 %(pieces)d 台，还差 %(lack)s 台") % {"pieces": pieces, "lack": grouped(wanted - pieces)}
    return Criterion(need, NO, gap, (wanted - pieces) / wanted)


def same(wanted: str, there: str) -> bool:
    """Whether two names mean the same thing: equal or one inside the other once folded, or half of the wanted words in common."""
    one, other = _plain(wanted), _plain(there)
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    asked, has = _words(wanted), _words(there)
    return bool(asked) and HALF * len(asked & has) >= len(asked) and bool(asked & has)


def _plain(name: str) -> str:
    return "".join(stretch for _han, stretch in text.runs(text.fold(name)))


def _words(name: str) -> set[str]:
    """The words of a name; single signs and stop words mean too little."""
    found: set[str] = set()
    for is_han, run in text.runs(text.fold(name)):
        if is_han:
            found |= {word for word in text.words(run) if len(word) > 1 and word not in text.STOP_HAN}
        elif run not in text.STOP_ENGLISH:
            found.add(run)
    return found
