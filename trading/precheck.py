"""Every ground on which the national office refuses a recordal or registration, computed from the records; pure. Read next: recordal_queries.py.

Source: Measures on the Recordal of Patent Licence Contracts (Order 62 of 2011) art. 12, items 1 to 10; Patent Law arts 10,
12, 14, 44; Implementing Rules 103 and 104; Civil Code arts 444 and 865; domain.md 4.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents import ledger
from patents.models import Encumbrance, Grant, Patent
from patents.states import OFFERABLE, EncumbranceKind, Form, GrantState, LegalStatus
from platform_site.ui.formats import listed

from .terms import Terms

LOOKED_UP = timedelta(days=30)  # an older look at the register is no evidence for the filing
Words = str | Promise


@dataclass(frozen=True)
class Matter:
    """One patent of the contract with its ledger, and the row that the contract has put there."""

    patent: Patent
    book: ledger.Book
    own: Grant | Encumbrance | None


@dataclass(frozen=True)
class Filing:
    """What is judged. `owner_names`: under which names the first party may stand in the register."""

    terms: Terms
    owner_names: frozenset[str]
    parties_named: bool  # both by a verified name and number
    matters: tuple[Matter, ...]
    today: date
    due: date | None = None
    numbers: tuple[str, ...] = ()  # of other agreements that were recorded for the same right

    @property
    def is_licence(self) -> bool:
        return self.terms.form != Form.ASSIGNMENT


class Ground(NamedTuple):
    """One ground: `problem` is empty where it is passed; a hard one is refused before filing."""

    code: str
    name: Words
    problem: str
    provision: Words
    advice: Words
    is_hard: bool

    @property
    def passed(self) -> bool:
        return not self.problem


class _Rule(NamedTuple):
    name: Words
    provision: Words  # for a licence
    assignment: Words  # the same for an assignment; empty: no ground there
    advice: Words
    finds: Callable[[Filing], str]
    is_hard: bool = True


def grounds(filing: Filing) -> list[Ground]:
    """Each ground that applies to the form of this contract, passed or not, in the order of the Measures."""
    found = []
    for code, rule in RULES.items():
        provision = rule.provision if filing.is_licence else rule.assignment
        if provision:
            found.append(Ground(code, rule.name, rule.finds(filing), provision, rule.advice, rule.is_hard))
    return found


def hard_problems(found: Iterable[Ground]) -> list[Ground]:
    return [ground for ground in found if ground.is_hard and not ground.passed]


# ---- what each ground looks for; answers with the problem in words, or nothing


def _dead(filing: Filing) -> str:
    dead = [matter.patent for matter in filing.matters if matter.patent.legal_status not in OFFERABLE]
    return _joined(
        _("%(number)s 现在的法律状态是“%(status)s”。")
        % {"number": patent.shown_number, "status": patent.get_legal_status_display()}
        for patent in dead
    )


def _not_owner(filing: Filing) -> str:
    return _joined(
        _("%(number)s 登记的权利人是“%(owners)s”。") % {"number": matter.patent.shown_number, "owners": owners}
        for matter in filing.matters
        if not filing.owner_names & set((owners := _owners(matter, filing.today)).split("、"))
    )


def _owners(matter: Matter, day: date) -> str:
    held = next((title for title in matter.book.titles if ledger.holds_on(title, day)), None)
    return held.owners if held else matter.patent.applicants


def _incomplete(filing: Filing) -> str:
    lacking = [] if filing.parties_named else [_("一方没有经核验的名称和证件号码。")]
    for matter in filing.matters:
        patent = matter.patent
        wanted: list[tuple[Any, str]] = [
            (patent.title_zh, _("名称")),
            (patent.publication_number, _("公开号或授权公告号")),
        ]
        if patent.is_granted:
            wanted.append((patent.grant_date, _("授权公告日")))
        names = [name for value, name in wanted if not value]
        if names:
            lacking.append(_("%(number)s 缺少：%(names)s。") % {"number": patent.shown_number, "names": listed(names)})
    return _joined(lacking)


def _too_long(filing: Filing) -> str:
    end = filing.terms.end
    return _joined(
        _("许可期限到 %(end)s，而 %(number)s 的期限在 %(expires)s 届满。")
        % {"end": end, "number": matter.patent.shown_number, "expires": matter.patent.expires_on}
        for matter in filing.matters
        if end is not None and end > matter.patent.expires_on
    )


def _co_owners(filing: Filing) -> str:
    if filing.terms.form == Form.ORDINARY:
        return ""  # each co-owner may grant an ordinary licence alone (Patent Law art. 14)
    return _joined(
        _("%(number)s 为共有，台账上没有全体共有人的同意。") % {"number": matter.patent.shown_number}
        for matter in filing.matters
        if matter.book.co_owned and not (matter.own and matter.own.co_owners_agree)
    )


def _late(filing: Filing) -> str:
    return _joined(
        _("%(number)s 处于年费滞纳期。") % {"number": matter.patent.shown_number}
        for matter in filing.matters
        if matter.patent.legal_status == LegalStatus.LATE_FEE
    )


def _frozen(filing: Filing) -> str:
    return _joined(
        _("%(number)s 自 %(start)s 起被“%(kind)s”。")
        % {"number": matter.patent.shown_number, "start": row.start, "kind": row.get_kind_display()}
        for matter, row in _lying(filing, ledger.FREEZES)
    )


def _twice(filing: Filing) -> str:
    numbers = {getattr(matter.own, "recordal_number", "") for matter in filing.matters} - {""}
    known = sorted(numbers | set(filing.numbers))
    return _("同一项权利已经备案或登记：%(numbers)s。") % {"numbers": listed(known)} if known else ""


def _pledged(filing: Filing) -> str:
    right = filing.terms.form
    return _joined(
        _("%(number)s 已出质，台账上没有质权人的同意。") % {"number": matter.patent.shown_number}
        for matter, row in _lying(filing, {EncumbranceKind.PLEDGE})
        if right not in row.consents and not (matter.own and getattr(matter.own, "pledgee_agrees", False))
    )


def _conflicting(filing: Filing) -> str:
    return _joined(
        _("%(number)s 已有备案的%(form)s（备案号 %(recordal)s），与本合同的地域、领域和期限重叠。")
        % {
            "number": matter.patent.shown_number,
            "form": row.get_form_display(),
            "recordal": row.recordal_number,
        }  # fmt: skip
        for matter in filing.matters
        for row in _recorded_rivals(matter)
    )


def _recorded_rivals(matter: Matter) -> Iterator[Grant]:
    """Recorded licences beside ours that cannot stand with it: one of the two keeps others out."""
    if not isinstance(matter.own, Grant):
        return
    for row in matter.book.grants:
        apart = row.pk == matter.own.pk or not row.recordal_number or row.state == GrantState.ENDED
        if apart or row.parent_id or not ledger.overlaps(row, matter.own):
            continue
        if {row.form, matter.own.form} & ledger.NARROW:
            yield row


def _overdue(filing: Filing) -> str:
    if filing.due is None or filing.today <= filing.due:
        return ""
    return _("自合同生效起三个月的期限已于 %(due)s 届满。") % {"due": filing.due}


def _stale(filing: Filing) -> str:
    return _joined(
        _("%(number)s 的法律状态是 %(day)s 查询的。")
        % {"number": matter.patent.shown_number, "day": matter.patent.status_as_of}
        for matter in filing.matters
        if matter.patent.status_as_of < filing.today - LOOKED_UP
    )


def _lying(filing: Filing, kinds: Iterable[str]) -> Iterator[tuple[Matter, Encumbrance]]:
    wanted = set(kinds)
    for matter in filing.matters:
        for row in matter.book.encumbrances:
            if row.kind in wanted and ledger.holds_on(row, filing.today):
                yield matter, row


def _joined(sentences: Iterable[str]) -> str:
    return " ".join(sentences)


RULES: dict[str, _Rule] = {
    "dead": _Rule(
        gettext_lazy("专利权有效，或者申请已公布且未终止"),
        gettext_lazy("《专利实施许可合同备案办法》第十二条第（一）项"),
        gettext_lazy("《专利法》第四十四条、第四十七条"),
        gettext_lazy("权利终止的，在期限内请求恢复后再申请；已被宣告无效的，合同不能备案或登记。"),
        _dead,
    ),
    "not_owner": _Rule(
        gettext_lazy("许可人或转让人是登记的权利人"),
        gettext_lazy("《专利实施许可合同备案办法》第十二条第（二）项"),
        gettext_lazy("《专利法》第十条"),
        gettext_lazy("名称变更的，先在国家知识产权局办理著录事项变更，并请省知识产权局更新台账。"),
        _not_owner,
    ),
    "incomplete": _Rule(
        gettext_lazy("合同载明双方名称、每件专利的号码、名称和日期、方式和期限"),
        gettext_lazy("《专利实施许可合同备案办法》第十二条第（三）项"),
        gettext_lazy("《专利法》第十条"),
        gettext_lazy("请双方完成实名核验，并由权利人补全专利信息。"),
        _incomplete,
    ),
    "term": _Rule(
        gettext_lazy("许可期限不超过专利权有效期"),
        gettext_lazy("《专利实施许可合同备案办法》第十二条第（四）项"),
        "",
        gettext_lazy("请双方重新约定期限：合同只能在专利权的存续期限内有效（《民法典》第八百六十五条）。"),
        _too_long,
    ),
    "co_owners": _Rule(
        gettext_lazy("共有专利经全体共有人同意"),
        gettext_lazy("《专利实施许可合同备案办法》第十二条第（五）项"),
        gettext_lazy("《专利法》第十四条"),
        gettext_lazy("请取得全体共有人的书面同意，并请省知识产权局记入台账。"),
        _co_owners,
    ),
    "late_fee": _Rule(
        gettext_lazy("专利不处于年费滞纳期"),
        gettext_lazy("《专利实施许可合同备案办法》第十二条第（六）项"),
        "",
        gettext_lazy("请先缴清年费和滞纳金，法律状态更新后再申请。"),
        _late,
    ),
    "frozen": _Rule(
        gettext_lazy("专利未被保全，有关程序未中止"),
        gettext_lazy("《专利实施许可合同备案办法》第十二条第（七）项"),
        gettext_lazy("《专利法实施细则》第一百零三条、第一百零四条"),
        gettext_lazy("请在保全或中止解除后再申请。"),
        _frozen,
    ),
    "duplicate": _Rule(
        gettext_lazy("没有重复申请"),
        gettext_lazy("《专利实施许可合同备案办法》第十二条第（八）项"),
        gettext_lazy("《专利法》第十条"),
        gettext_lazy("同一项权利只备案或登记一次；合同有变更的，办理变更手续。"),
        _twice,
    ),
    "pledged": _Rule(
        gettext_lazy("专利未出质，或者质权人已同意"),
        gettext_lazy("《专利实施许可合同备案办法》第十二条第（九）项"),
        gettext_lazy("《民法典》第四百四十四条"),
        gettext_lazy("请取得质权人的书面同意，并请省知识产权局记入台账。"),
        _pledged,
    ),
    "conflict": _Rule(
        gettext_lazy("与已经备案的许可合同不冲突"),
        gettext_lazy("《专利实施许可合同备案办法》第十二条第（十）项"),
        "",
        gettext_lazy("请先了结在先的许可，或者改变地域、领域或期限。"),
        _conflicting,
    ),
    "overdue": _Rule(
        gettext_lazy("在合同生效之日起三个月内申请"),
        gettext_lazy("《专利法实施细则》第十五条"),
        "",
        gettext_lazy("仍可申请，请尽快办理。"),
        _overdue,
        is_hard=False,
    ),
    "stale": _Rule(
        gettext_lazy("法律状态在最近三十天内查询过"),
        gettext_lazy("本平台预审规则"),
        gettext_lazy("本平台预审规则"),
        gettext_lazy("请权利人按登记簿副本更新法律状态，以免在国家知识产权局被退回。"),
        _stale,
        is_hard=False,
    ),
}
