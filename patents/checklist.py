"""What an officer checks, what the portal has checked before, and the usual reasons of a refusal. Read next: actions/reviews.py.

Machine checks read rows that are already loaded and ask the database nothing, so that a queue of twenty costs no more
than one. `fail` stops an approval; `ask` wants an officer's eye; neither ever decides. Sources: domain.md 1, 2, 4, 6.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patents import checks, classification, ledger, numbers, twins
from patents.models import Attachment, ListingPatent, ListingVersion, OfferedForm, Patent
from patents.states import CONSENT_NEEDED, OFFERABLE, Form, LegalStatus, PatentKind

Checklist = dict[str, dict[str, Any]]  # {item: {"ok": bool, "note": str}}; items not judged yet are left out


class Item(NamedTuple):
    label: str | Promise
    hint: str | Promise


ITEMS: dict[str, Item] = {
    "ownership": Item(
        pgettext_lazy("checklist", "权属"),
        gettext_lazy("登记的权利人就是提交人或其单位；共有人同意的范围与所选方式相符。"),
    ),
    "legal_state": Item(
        pgettext_lazy("checklist", "法律状态"), gettext_lazy("专利有效或申请已公开；没有中止、保全或未公示的独占许可。")
    ),
    "filing": Item(pgettext_lazy("checklist", "著录"), gettext_lazy("号码、种类、分类与日期同登记簿副本一致。")),
    "documents": Item(pgettext_lazy("checklist", "材料"), gettext_lazy("材料齐全、清晰，与填写的内容一致。")),
    "wording": Item(
        pgettext_lazy("checklist", "文字"), gettext_lazy("说明属实、完整，没有宣传或推荐用语；中英文意思一致。")
    ),
}
NOTE_LENGTH = 300
REASON_LENGTH = 1000


class Canned(NamedTuple):
    token: str
    item: str
    text: str | Promise


# Chosen, then edited: each says what is wrong and what would put it right.
CANNED: tuple[Canned, ...] = (
    Canned("owner_differs", "ownership", gettext_lazy("登记的权利人与提交人不一致。请补充权属证明，或由权利人提交。")),
    Canned(
        "consent_missing",
        "ownership",
        gettext_lazy("专利为共有，所选方式须经全体共有人同意。请上传共有人同意书，或只选普通许可。"),
    ),
    Canned("status_stale", "legal_state", gettext_lazy("法律状态的查询日期过早。请重新查询，并上传近期的登记簿副本。")),
    Canned("data_differs", "filing", gettext_lazy("著录信息与登记簿副本不一致。请按登记簿副本更正号码、分类或日期。")),
    Canned("paper_unclear", "documents", gettext_lazy("上传的材料不清晰或不完整。请重新扫描后上传。")),
    Canned("promotional", "wording", gettext_lazy("说明中有宣传用语。请改为可以核实的事实，例如试验条件和数据。")),
    Canned("incomplete", "wording", gettext_lazy("技术说明不完整。请写明解决的问题、技术方案和实测效果。")),
    Canned("translation", "wording", gettext_lazy("英文与中文的意思不一致。请改正，或删去英文。")),
)

PASS, ASK, FAIL = "pass", "ask", "fail"


@dataclass(frozen=True)
class Check:
    """One machine check: `detail` says in a sentence what was found, `item` which line of the checklist it bears on."""

    token: str
    label: str | Promise
    item: str
    state: str
    detail: str

    @property
    def passed(self) -> bool:
        return self.state == PASS

    @property
    def stops(self) -> bool:
        return self.state == FAIL


@dataclass(frozen=True)
class Submission:
    """A submitted version with everything that the checks read."""

    version: ListingVersion
    bundle: tuple[ListingPatent, ...]
    forms: tuple[OfferedForm, ...]
    attachments: tuple[Attachment, ...]
    owner_verified: bool
    owner_names: frozenset[str]
    today: date
    books: Mapping[int, ledger.Book] = field(default_factory=dict)  # patent pk -> what is granted today
    same_day: Sequence[Patent] = ()  # what the portal knows that was filed the same day as one of the bundle

    @property
    def patents(self) -> list[Patent]:
        return [row.patent for row in self.bundle]


Finding = tuple[str, str]
STATUS_FRESH_DAYS = 90
# Words that praise instead of stating; patent texts are full of a bare 第一, which says nothing.
_PRAISE = re.compile(
    r"(?:国内|国际|全国|世界|行业|全球)(?:领先|第一|首创|一流|唯一)|最佳|最好|最优秀|顶级|首选|独一无二|绝无仅有|强烈推荐|推荐产品|"
    r"国家级产品|百分之百|100\s*[%％]\s*有效|\b(?:world[- ]leading|the best|number one|unrivalled|guaranteed)\b",
    re.IGNORECASE,
)


def machine_checks(submission: Submission) -> list[Check]:
    """Every check of a submission, in the order of the checklist. Pure; the sentences are in the active language."""
    return [Check(token, label, item, *find(submission)) for token, label, item, find in _CHECKS]


def passed(found: list[Check]) -> tuple[int, int]:
    """How many checks passed, of how many."""
    return sum(check.passed for check in found), len(found)


def stops(found: list[Check]) -> list[Check]:
    """The checks that forbid an approval, whatever the officer thinks."""
    return [check for check in found if check.stops]


def why_not_in_bulk(found: list[Check], kept: Mapping[str, Any]) -> str:
    """Why a submission is judged alone and not together with others (ux.md 5), in a sentence; empty when it need not be.

    `kept`: the checklist as far as an officer has filled it in.
    """
    good, of = passed(found)
    if good < of:
        return _("机检没有全部通过（%(good)s/%(of)s）。") % {"good": good, "of": of}
    if problems(cleaned(kept)):
        return _("核对表中有标为“有问题”的项。")
    return ""


def all_passed(kept: Mapping[str, Any]) -> Checklist:
    """The five items as an officer judges them who declares that nothing is wrong; notes that were kept stay."""
    notes = {item: line["note"] for item, line in cleaned(kept).items()}
    return {item: {"ok": True, "note": notes.get(item, "")} for item in ITEMS}


def cleaned(checklist: Mapping[str, Any]) -> Checklist:
    """The known items of a checklist, each judged with a real yes or no; the rest is dropped."""
    found: Checklist = {}
    for item in ITEMS:
        line = checklist.get(item)
        if isinstance(line, Mapping) and isinstance(line.get("ok"), bool):
            found[item] = {"ok": line["ok"], "note": str(line.get("note", ""))[:NOTE_LENGTH]}
    return found


def is_complete(checklist: Checklist) -> bool:
    """All five judged and passed: what an approval needs."""
    return all(checklist.get(item, {}).get("ok") is True for item in ITEMS)


def problems(checklist: Checklist) -> list[str]:
    """The items marked as a problem: a refusal needs at least one."""
    return [item for item in ITEMS if checklist.get(item, {}).get("ok") is False]


# ---- the findings


def _first(submission: Submission, look: Callable[[Patent, date], Finding], fine: str) -> Finding:
    """The worst finding over the bundle, with the number of the patent that it is about; `fine` when there is none."""
    findings = [(patent, look(patent, submission.today)) for patent in submission.patents]
    if not findings:
        return FAIL, _("没有添加专利。")
    for wanted in (FAIL, ASK):
        for patent, (state, words) in findings:
            if state == wanted:
                return state, _("%(number)s：%(words)s") % {"number": patent.shown_number, "words": words}
    return PASS, fine


def _parsed(patent: Patent) -> numbers.ApplicationNumber | None:
    try:
        return numbers.parse_application_number(
            patent.application_number, keep_check_digit=True, reserved_kind=patent.kind
        )
    except numbers.NumberError:
        return None


def _number(submission: Submission) -> Finding:
    def look(patent: Patent, today: date) -> Finding:
        parsed = _parsed(patent)
        if parsed is None:
            return ASK, _("号码的格式不能识别。")
        if patent.number_doubtful or not parsed.is_verified:
            return ASK, _("校验位不符，提交人已确认保留，请对照登记簿副本。")
        return PASS, ""

    return _first(submission, look, _("校验位均已核对。"))


def _kind(submission: Submission) -> Finding:
    def look(patent: Patent, today: date) -> Finding:
        parsed = _parsed(patent)
        if parsed is None or parsed.kind_digit not in numbers.KIND_DIGITS:
            return ASK, _("号码的种类代码未公布，种类由提交人填写。")
        if parsed.kind != patent.kind:
            return FAIL, _("号码表示的种类与填写的“%(kind)s”不符。") % {"kind": PatentKind(patent.kind).label}
        return PASS, ""

    return _first(submission, look, _("种类与号码一致。"))


def _classes(submission: Submission) -> Finding:
    def look(patent: Patent, today: date) -> Finding:
        if patent.kind == PatentKind.DESIGN:
            fine = classification.locarno_is_valid(patent.locarno)
            return (PASS, "") if fine else (ASK, _("没有有效的洛迦诺分类。"))
        wrong = [symbol for symbol in patent.ipc if not classification.ipc_is_valid(symbol)]
        if wrong or not patent.ipc:
            return ASK, _("分类表中没有：%(symbols)s。") % {"symbols": "、".join(wrong)} if wrong else _(
                "没有填写分类。"
            )
        return PASS, ""

    return _first(submission, look, _("分类号均在分类表中。"))


def _dates(submission: Submission) -> Finding:
    def look(patent: Patent, today: date) -> Finding:
        parsed = _parsed(patent)
        if parsed is not None and patent.filing_date.year > parsed.year:
            return ASK, _("申请日晚于号码的年份。")
        if any(day and day < patent.filing_date for day in (patent.publication_date, patent.grant_date)):
            return ASK, _("公开或授权早于申请日。")
        if any(day and day > today for day in (patent.filing_date, patent.publication_date, patent.grant_date)):
            return ASK, _("有日期在今天之后。")
        if patent.is_granted != (patent.grant_date is not None):
            return ASK, _("法律状态与授权公告日不相符。")
        if patent.legal_status == LegalStatus.PENDING and patent.publication_date is None:
            return ASK, _("申请已公开，但没有公开日。")
        return PASS, ""

    return _first(submission, look, _("各日期前后相符。"))


def _status(submission: Submission) -> Finding:
    def look(patent: Patent, today: date) -> Finding:
        words = LegalStatus(patent.legal_status).label
        if patent.legal_status not in OFFERABLE:
            return FAIL, _("法律状态是“%(status)s”，不能上架。") % {"status": words}
        if patent.expires_on <= today:
            return FAIL, _("保护期已于%(day)s届满，不能上架。") % {"day": patent.expires_on.isoformat()}
        if patent.status_as_of > today or (today - patent.status_as_of) > timedelta(days=STATUS_FRESH_DAYS):
            return ASK, _("“%(status)s”查询于%(day)s，超过%(days)s天。") % {
                "status": words, "day": patent.status_as_of.isoformat(), "days": STATUS_FRESH_DAYS,
            }  # fmt: skip
        if patent.legal_status == LegalStatus.LATE_FEE:
            return ASK, _("年费处于滞纳期，期间不能办理许可备案。")
        if patent.legal_status == LegalStatus.IN_FORCE and patent.annuity_paid_to and patent.annuity_paid_to < today:
            return ASK, _("年费只缴到%(day)s，请核对是否仍然有效。") % {"day": patent.annuity_paid_to.isoformat()}
        return PASS, ""

    oldest = min((patent.status_as_of for patent in submission.patents), default=submission.today)
    return _first(submission, look, _("均可上架，查询于%(day)s。") % {"day": oldest.isoformat()})


def _owner(submission: Submission) -> Finding:
    if submission.owner_verified:
        return PASS, _("提交人已通过实名核验。")
    return FAIL, _("提交人没有通过实名核验，不能上架。")


def _title(submission: Submission) -> Finding:
    def look(patent: Patent, today: date) -> Finding:
        registered = {name.strip() for name in re.split(r"[、,，;；]", patent.applicants)}
        if registered & submission.owner_names:
            return PASS, ""
        return ASK, _("登记的权利人中没有提交人或其单位，请看权属材料。")

    return _first(submission, look, _("登记的权利人中有提交人或其单位。"))


def _one_listing(submission: Submission) -> Finding:
    if submission.bundle and all(row.is_open for row in submission.bundle):
        return PASS, _("没有在其他技术中上架。")
    return FAIL, _("有专利已不属于这项技术，不能上架。")


def _consent(submission: Submission) -> Finding:
    if not any(patent.co_owned for patent in submission.patents):
        return PASS, _("没有共有人。")
    offered = [form.form for form in submission.forms]
    lacking = checks.consent_problems(offered, submission.patents, submission.version.consents)
    if lacking:
        return FAIL, lacking[0][1]
    agreed = checks.listed(str(Form(form).label) for form in submission.version.consents)
    return PASS, _("共有人同意的方式：%(forms)s。") % {"forms": agreed or Form.ORDINARY.label}


def _rights(submission: Submission) -> Finding:
    rows = [(form.form, form.provinces) for form in submission.forms]
    gone = checks.gone_problems(rows, submission.patents, submission.books, submission.today)
    return (FAIL, gone[0][1]) if gone else (PASS, _("台账上没有与所选方式和省份冲突的许可。"))


def _twin(submission: Submission) -> Finding:
    def look(patent: Patent, today: date) -> Finding:
        words = twins.doubt(patent, submission.same_day)
        return (ASK, words) if words else (PASS, "")

    return _first(submission, look, _("没有发现未说明的同日申请。"))


def _forms(submission: Submission) -> Finding:
    offered = [form.form for form in submission.forms]
    if not offered:
        return FAIL, _("没有选择转让或许可方式。")
    # Consent is a check of its own, above.
    refused = checks.forms_problems(offered, submission.patents, consents=CONSENT_NEEDED)
    if refused:
        return FAIL, refused[0][1]
    if any(form.form == Form.OPEN and form.price_cny is None for form in submission.forms):
        return FAIL, _("开放许可须写明使用费的支付方式和标准。")
    if Form.OPEN in offered and any(patent.kind != PatentKind.INVENTION for patent in submission.patents):
        return ASK, _("实用新型或外观设计的开放许可须附专利权评价报告，请看材料。")
    return PASS, _("所选方式之间没有冲突。")


def _papers(submission: Submission) -> Finding:
    office = sum(paper.for_office_only for paper in submission.attachments)
    public = len(submission.attachments) - office
    if not office:
        return ASK, _("没有供审核的权属材料。")
    return PASS, _("供审核的材料%(office)s份，公开材料%(public)s份。") % {"office": office, "public": public}


def _wording(submission: Submission) -> Finding:
    version = submission.version
    if not all((version.title_zh, version.problem_zh, version.solution_zh, version.effect_zh)):
        return ASK, _("名称、问题、方案、效果没有都写。")
    texts = [getattr(version, f"{name}_{tongue}") for name in TEXTS for tongue in ("zh", "en")]
    praise = list(dict.fromkeys(found[0] for text in texts for found in _PRAISE.finditer(text)))
    if praise:
        return ASK, _("有宣传用语：%(words)s。") % {"words": "、".join(praise[:5])}
    return PASS, _("没有发现宣传用语。")


TEXTS = ("title", "problem", "solution", "effect", "uses", "support")
_CHECKS: tuple[tuple[str, Promise, str, Callable[[Submission], Finding]], ...] = (
    ("owner", gettext_lazy("实名核验"), "ownership", _owner),
    ("title", gettext_lazy("权利人"), "ownership", _title),
    ("consent", gettext_lazy("共有人同意"), "ownership", _consent),
    ("one_listing", gettext_lazy("不重复上架"), "ownership", _one_listing),
    ("status", gettext_lazy("法律状态"), "legal_state", _status),
    ("forms", gettext_lazy("转让与许可方式"), "legal_state", _forms),
    ("rights", gettext_lazy("权利台账"), "legal_state", _rights),
    ("number", gettext_lazy("号码校验位"), "filing", _number),
    ("kind", gettext_lazy("专利种类"), "filing", _kind),
    ("classes", gettext_lazy("分类号"), "filing", _classes),
    ("dates", gettext_lazy("日期"), "filing", _dates),
    ("twin", gettext_lazy("同日申请"), "filing", _twin),
    ("papers", gettext_lazy("材料"), "documents", _papers),
    ("wording", gettext_lazy("文字"), "wording", _wording),
)
