"""What the law asks before a patent is declared for open licensing, judged from the records: pure. Read next: actions/opens.py.

Patent Law arts 14, 50, 51; Implementing Rules, rules 85 and 86; Civil Code art. 444; domain.md 4.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from patents import ledger, ledger_words
from patents.models import Encumbrance, Patent
from patents.states import OFFERABLE, EncumbranceKind, LegalStatus, PatentKind
from platform_site import clock

CO_OWNERS, PLEDGE, REPORT = "co_owners", "pledge", "report"  # what the form itself can bring
FORM = frozenset({CO_OWNERS, PLEDGE, REPORT})
_NEEDS_REPORT = frozenset({PatentKind.UTILITY_MODEL, PatentKind.DESIGN})
_OTHER = ("preservation", "suspension", "assignment_signed")


class Check(NamedTuple):
    """One condition: whether it is met, where it is written, and what can be done where it is not."""

    key: str
    met: bool
    name: str
    provision: str
    advice: str = ""

    @property
    def in_form(self) -> bool:
        """Not met yet, and met by what the owner brings with the form."""
        return not self.met and self.key in FORM


@dataclass(frozen=True)
class Case:
    """What is judged: the patent, its ledger, and what the owner brings."""

    patent: Patent
    book: ledger.Book
    verified: bool
    on_market: bool  # the listing stands or rests, and its patent is in it
    posted: bool = True  # of a public body: the price was posted before
    alive: bool = False  # a declaration of this patent waits or holds already
    co_owners_agree: bool = False
    pledgee_agrees: bool = False
    report: bool = False


def needs_report(patent: Patent) -> bool:
    """A utility model or design is declared with its evaluation report (Patent Law art. 50)."""
    return patent.kind in _NEEDS_REPORT


def checks(case: Case) -> Iterator[Check]:
    """Every condition, in the order in which the law names them; what does not concern this patent is left out."""
    patent, refused = case.patent, _refused(case, pledgee_agrees=case.pledgee_agrees)
    art_50, rule_86 = _("《专利法》第五十条"), _("《专利法实施细则》第八十六条")
    yield Check(
        "verified",
        case.verified,
        _("权利人已通过实名核验"),
        _("本平台规则"),
        _("请在“账户”中向省知识产权局申请实名核验。"),
    )
    yield Check(
        "market", case.on_market, _("权属已由省知识产权局核对，技术在架"), _("本平台规则"), _("请先发布这项技术。")
    )
    granted = patent.is_granted and patent.legal_status in OFFERABLE
    yield Check("granted", granted, _("专利已授权且有效"), art_50, _("授权公告之后才能声明；已失效的专利不能声明。"))
    paid = patent.legal_status != LegalStatus.LATE_FEE
    yield Check("annuity", paid, _("年费已按期缴纳"), rule_86, _("请缴清年费和滞纳金，并在技术页面更新法律状态。"))
    yield _licences(refused, rule_86)
    yield _frozen(refused, rule_86)
    if "pledge" in _refused(case, pledgee_agrees=False):
        yield Check(
            PLEDGE, case.pledgee_agrees, _("质权人同意开放许可"), _("《民法典》第四百四十四条、《专利法实施细则》第八十六条"),
            _("请取得质权人的书面同意。"),
        )  # fmt: skip
    if patent.co_owned:
        yield Check(
            CO_OWNERS, case.co_owners_agree, _("全体共有人共同声明"), _("《专利法》第十四条、《专利法实施细则》第八十五条"),
            _("请取得全体共有人的书面同意。"),
        )  # fmt: skip
    if needs_report(patent):
        yield Check(REPORT, case.report, _("专利权评价报告"), art_50, _("请向国家知识产权局请求作出评价报告并上传。"))
    if not case.posted:
        yield Check(
            "posted", False, _("拟交易价格已公示"), _("《促进科技成果转化法》第十八条"),
            _("请先在技术页面公示开放许可的价格，期满并答复异议后再声明。"),
        )  # fmt: skip
    once = not case.alive and "open_declaration_twice" not in refused
    yield Check("once", once, _("没有另一项声明"), art_50, _("一件专利同时只能有一项声明；要改费用的，先撤回原声明。"))


def first_unmet(case: Case) -> Check | None:
    """What stands in the way now; None where the patent can be declared."""
    return next((check for check in checks(case) if not check.met), None)


def _licences(refused: dict[str, ledger.Refused], provision: str) -> Check:
    words = ledger_words.described(refused["open_over_exclusive"].existing) if "open_over_exclusive" in refused else ""
    advice = _("台账上有：%(existing)s。请待许可终止后再声明。") % {"existing": words} if words else ""
    return Check("licences", not words, _("没有有效的独占或排他许可"), provision, advice)


def _frozen(refused: dict[str, ledger.Refused], provision: str) -> Check:
    standing = next((refused[code] for code in _OTHER if code in refused), None)
    advice = ""
    if standing is not None:
        words = ledger_words.described(standing.existing)
        advice = _("台账上有：%(existing)s。请在解除后再声明。") % {"existing": words}
    return Check("free", standing is None, _("没有保全、中止或待登记的转让"), provision, advice)


def _refused(case: Case, *, pledgee_agrees: bool) -> dict[str, ledger.Refused]:
    """What the ledger says to a declaration of today: code -> the first refusal of that code."""
    wanted = Encumbrance(
        patent=case.patent, kind=EncumbranceKind.OPEN_DECLARATION, start=clock.today(),
        co_owners_agree=case.co_owners_agree, pledgee_agrees=pledgee_agrees,
    )  # fmt: skip
    found: dict[str, ledger.Refused] = {}
    for one in ledger.encumbrance_refusals(wanted, case.book):
        found.setdefault(one.code, one)
    return found
