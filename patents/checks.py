"""What a listing still lacks before an office can review it; pure, no query. Read next: actions/listings.py."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from platform_site import clock
from platform_site.ui.formats import listed

from . import ledger, ledger_words
from .models import Attachment, ListingVersion, OfferedForm, Patent, Requirement
from .states import CONSENT_NEEDED, GRANTED, OFFERABLE, Form, LegalStatus

# Steps of the wizard in their order, with what the task list calls them.
STEPS: dict[str, str | Promise] = {
    "patent": gettext_lazy("专利号与著录信息"),
    "ownership": gettext_lazy("权属"),
    "description": gettext_lazy("技术说明"),
    "forms": gettext_lazy("可许可省份与方式"),
    "requirements": gettext_lazy("落地条件"),
    "files": gettext_lazy("图片与材料"),
}
REQUIRED_STEPS = ("patent", "ownership", "description", "forms")
# A step that asks about what another step holds waits for it.
WAITS_FOR = {"ownership": "patent", "forms": "ownership"}

MOST_PATENTS = 10
MOST_FILES = 10
MOST_REQUIREMENTS = 40
NEEDED_TEXTS = {
    "title_zh": gettext_lazy("标题"),
    "problem_zh": gettext_lazy("解决的问题"),
    "solution_zh": gettext_lazy("怎样解决"),
    "effect_zh": gettext_lazy("实测效果"),
}
# What the five technical points are called, in the order in which they are read.
POINT_NAMES = {
    "problem": gettext_lazy("解决的问题"),
    "solution": gettext_lazy("怎样解决"),
    "effect": gettext_lazy("实测效果"),
    "uses": gettext_lazy("适用场景"),
    "support": gettext_lazy("随附的技术秘密与支持"),
}
# The nine levels of technology readiness in the words of Chinese listings (domain.md 6); each begins with its number.
LEVELS = (
    gettext_lazy("1 基本原理"), gettext_lazy("2 技术方案"), gettext_lazy("3 实验室验证关键功能"), gettext_lazy("4 实验室小试"),
    gettext_lazy("5 相关环境验证"), gettext_lazy("6 样机或中试"), gettext_lazy("7 实际环境演示"), gettext_lazy("8 小批量试产"),
    gettext_lazy("9 已批量应用"),
)  # fmt: skip


class Problem(NamedTuple):
    """One thing in the way of submission: the step where it is put right, and the sentence."""

    step: str
    words: str


@dataclass(frozen=True)
class Draft:
    """A version with everything that hangs off it, loaded."""

    version: ListingVersion
    patents: Sequence[Patent] = ()
    forms: Sequence[OfferedForm] = ()
    requirements: Sequence[Requirement] = ()
    attachments: Sequence[Attachment] = field(default=())
    books: Mapping[int, ledger.Book] = field(default_factory=dict)  # patent pk -> what is granted today, see queries
    unsaved: Sequence[tuple[str, str]] = ()  # (step, part) of what was kept as typed and not saved (models/inputs.py)

    @property
    def steps_unsaved(self) -> set[str]:
        return {step for step, _part in self.unsaved}

    @property
    def co_owned(self) -> bool:
        return any(patent.co_owned for patent in self.patents)


def status_problem(patent: Patent) -> str:
    """Why a patent of this legal status cannot be shown, or an empty string."""
    if patent.legal_status == LegalStatus.UNPUBLISHED:
        return _(
            "%(number)s 尚未公开：现在展示会使申请丧失新颖性（《专利法》第二十四条只豁免政府主办或承认的国际展览等情形），"
            "请等公布后再提交。"
        ) % {"number": patent.shown_number}
    if patent.legal_status not in OFFERABLE:
        return _("%(number)s 的法律状态是“%(status)s”，不能上架。") % {
            "number": patent.shown_number,
            "status": patent.get_legal_status_display(),
        }
    return ""


def forms_problems(
    forms: Collection[str], patents: Sequence[Patent], *, consents: Collection[str]
) -> list[tuple[str, str]]:
    """(form, sentence) for every form that cannot be offered, alone or beside the others (Patent Law arts 14, 50, 51).

    `consents`: the forms to which the co-owners agree.
    """
    found: list[tuple[str, str]] = []
    if Form.OPEN in forms and {Form.EXCLUSIVE, Form.SOLE} & set(forms):
        found.append((Form.OPEN, _("开放许可期间不能给予独占或排他许可（《专利法》第五十一条），请去掉其中一种。")))
    if Form.OPEN in forms:
        not_granted = [patent for patent in patents if patent.legal_status not in GRANTED]
        late = [patent for patent in patents if patent.legal_status == LegalStatus.LATE_FEE]
        if not_granted:
            found.append(
                (
                    Form.OPEN,
                    _("%(number)s 尚未授权，不能开放许可（《专利法》第五十条）。")
                    % {"number": not_granted[0].shown_number},
                )
            )
        elif late:
            found.append(
                (
                    Form.OPEN,
                    _("%(number)s 处于年费滞纳期，不能开放许可（《专利法实施细则》第八十六条）。")
                    % {"number": late[0].shown_number},
                )
            )
    return found + consent_problems(forms, patents, consents)


def consent_problems(
    forms: Collection[str], patents: Sequence[Patent], consents: Collection[str]
) -> list[tuple[str, str]]:
    """(form, sentence) for every form of a co-owned patent to which not all of its owners agree (Patent Law art. 14)."""
    if not any(patent.co_owned for patent in patents):
        return []
    words = _(
        "共有的专利以“%(form)s”方式上架，须全体共有人同意（《专利法》第十四条）。请先取得同意，并在“权属”一步勾选。"
    )
    return [
        (form, words % {"form": Form(form).label})
        for form in Form.values
        if form in forms and form in CONSENT_NEEDED and form not in consents
    ]


def gone_problems(
    rows: Sequence[tuple[str, Sequence[str]]],
    patents: Sequence[Patent],
    books: Mapping[int, ledger.Book],
    day: date | None = None,
) -> list[tuple[str, str]]:
    """(form, sentence) for every form offered where today's ledger leaves nothing to give, naming the licence in the way.

    `rows`: form and provinces (none: nationwide). `day` is today unless the caller knows it already.
    """
    today = day or clock.today()
    found = []
    for form, provinces in rows:
        for patent in patents:
            book = books.get(patent.pk, ledger.Book())
            refused = next(ledger.offer_refusals(form, provinces, book, today), None)
            if refused is not None:
                why = f"{ledger_words.sentence(refused)}{_what_to_leave_out(form, refused)}"
                found.append((form, _("%(number)s：%(words)s") % {"number": patent.shown_number, "words": why}))
                break
    return found


def _what_to_leave_out(form: str, refused: ledger.Refused) -> str:
    """How to put it right: another choice of provinces, or another form."""
    places = getattr(refused.existing, "provinces", [])
    if form == Form.OPEN or not places:
        return _("请去掉“%(form)s”。") % {"form": Form(form).label}
    return _("请逐一勾选其余省份，去掉%(places)s。") % {"places": ledger_words.places(places)}


def offered_now(forms: Iterable[OfferedForm], patents: Iterable[Patent]) -> list[OfferedForm]:
    """The forms of a public text that are on offer today: no open licence in the late-fee period (Implementing Rule 86)."""
    barred = any(patent.legal_status != LegalStatus.IN_FORCE for patent in patents)
    return [row for row in forms if not (barred and row.form == Form.OPEN)]


def problems(draft: Draft) -> list[Problem]:
    """Everything in the way of submission, in the order of the steps; empty when the version can go to an office."""
    version = draft.version
    found: list[Problem] = []
    if not draft.patents:
        found.append(Problem("patent", _("还没有填写专利号。")))
    found += [Problem("patent", words) for words in map(status_problem, draft.patents) if words]
    missing = [str(label) for name, label in NEEDED_TEXTS.items() if not getattr(version, name)]
    if missing and "description" in version.steps_done:
        found.append(Problem("description", _("技术说明还缺：%(fields)s。") % {"fields": listed(missing)}))
    offered = [row.form for row in draft.forms]
    if "forms" in version.steps_done and not offered:
        found.append(Problem("forms", _("至少选择一种许可或转让方式。")))
    offers = [(row.form, row.provinces) for row in draft.forms]
    clashes = forms_problems(offered, draft.patents, consents=version.consents)
    found += [
        Problem("forms", words) for _form, words in [*clashes, *gone_problems(offers, draft.patents, draft.books)]
    ]
    kept = draft.steps_unsaved
    found += [Problem(step, _unsaved_words(step)) for step in STEPS if step in kept]
    unsaved = [
        step
        for step in REQUIRED_STEPS
        if step not in version.steps_done and step not in kept and (step != "patent" or draft.patents)
    ]
    found += [Problem(step, _("“%(step)s”还没有填完。") % {"step": STEPS[step]}) for step in unsaved]
    order = list(STEPS)
    return sorted(found, key=lambda problem: order.index(problem.step))


def _unsaved_words(step: str) -> str:
    """What was kept as it was typed is no part of the text: it is saved or given up before the text goes to an office."""
    return _("“%(step)s”有自动保存、还没有写入草稿的内容，请打开核对后保存，或改回上次保存的内容。") % {
        "step": STEPS[step]
    }


def is_done(step: str, draft: Draft) -> bool:
    """Saved without error; the first step is done only while there is a patent."""
    return step in draft.version.steps_done and (step != "patent" or bool(draft.patents))


def task_row(number: str, step: str, draft: Draft, in_the_way: Mapping[str, str]) -> dict[str, Any]:
    """One row of the task list, as the component `tasks` draws it; a step that waits for another has no link."""
    before = WAITS_FOR.get(step)
    row: dict[str, Any] = {"title": STEPS[step], "done": False, "tone": "jade", "hint": "", "url": ""}
    if before and not is_done(before, draft):
        return {**row, "hint": _("先填完“%(step)s”") % {"step": STEPS[before]}, "status": _("暂不能开始")}
    row["url"] = reverse("patents:listing_step", args=[number, step])
    if step in draft.steps_unsaved:
        return {**row, "hint": _("有自动保存的内容，等您核对后保存"), "tone": "ochre", "status": _("未写完")}
    if step not in draft.version.steps_done or (step == "patent" and not draft.patents):
        optional = step not in REQUIRED_STEPS
        return {**row, "hint": _("选填") if optional else "", "tone": "" if optional else "jade", "status": _("未开始")}
    if step in in_the_way:
        return {**row, "hint": in_the_way[step], "tone": "ochre", "status": _("未写完")}
    return {**row, "hint": _hint(step, draft), "done": True, "status": _("已完成")}


def _hint(step: str, draft: Draft) -> str:
    """What was filled in, in a few words."""
    if step == "patent":
        return listed(patent.shown_number for patent in draft.patents)
    if step == "ownership":
        if not draft.co_owned:
            return _("无共有人")
        agreed = listed(str(Form(form).label) for form in draft.version.consents)
        return _("有共有人，同意：%(forms)s") % {"forms": agreed} if agreed else _("有共有人，只能普通许可")
    if step == "description":
        return draft.version.title
    if step == "forms":
        return listed(str(row.get_form_display()) for row in draft.forms)
    if step == "requirements":
        rows = len(draft.requirements)
        return ngettext("%(rows)s 项", "%(rows)s 项", rows) % {"rows": rows} if rows else _("没有特别要求")
    rows = len(draft.attachments)
    return ngettext("%(rows)s 个文件", "%(rows)s 个文件", rows) % {"rows": rows} if rows else _("没有文件")
