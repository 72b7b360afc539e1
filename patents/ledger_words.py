"""Refusals of the rights ledger as sentences: what stands in the way, and the article. Read next: ledger.py."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from platform_site.ui.formats import listed

from . import spans
from .ledger import Refused, last_day
from .models import Encumbrance, Grant, Title
from .states import Form

# Code of a refusal -> the sentence and where it is written (domain.md 4 and 5). Keys of licences are the existing form.
REFUSALS: dict[str, tuple[str | Promise, str | Promise]] = {
    "exclusive": (
        gettext_lazy("独占许可的范围内，除被许可人外任何人（包括专利权人）都不得实施，也不能再许可。"),
        gettext_lazy("《最高人民法院关于审理技术合同纠纷案件适用法律若干问题的解释》第二十五条"),
    ),
    "sole": (
        gettext_lazy("排他许可的范围内，专利权人不能再许可他人；自己无力实施时，只可另许可一人普通实施。"),
        gettext_lazy("《最高人民法院关于审理技术合同纠纷案件适用法律若干问题的解释》第二十五条、第二十七条"),
    ),
    "ordinary": (
        gettext_lazy("已有普通许可，重叠的省份、领域和期限内不能再给予独占或排他许可；请划开其中一项。"),
        gettext_lazy("《最高人民法院关于审理技术合同纠纷案件适用法律若干问题的解释》第二十五条"),
    ),
    "open": (
        gettext_lazy("已有人按开放许可取得实施权，声明撤回后仍然有效，重叠范围内不能再给予独占或排他许可。"),
        gettext_lazy("《专利法》第五十条、第五十一条"),
    ),
    "open_declaration": (
        gettext_lazy("开放许可声明有效期间，可以协商普通许可，不能给予独占或排他许可。"),
        gettext_lazy("《专利法》第五十一条"),
    ),
    "open_over_exclusive": (
        gettext_lazy("专利处于独占或排他许可有效期内，不能声明开放许可。"),
        gettext_lazy("《专利法实施细则》第八十六条"),
    ),
    "open_declaration_twice": (
        gettext_lazy("已有一项开放许可声明有效，一件专利同时只能有一项。"),
        gettext_lazy("《专利法》第五十条"),
    ),
    "no_declaration": (
        gettext_lazy("签订之日没有有效的开放许可声明，不能按开放许可取得。"),
        gettext_lazy("《专利法》第五十条、第五十一条"),
    ),
    "pledge": (
        gettext_lazy("专利权已出质，未经质权人同意不得转让或者许可他人使用。"),
        gettext_lazy("《民法典》第四百四十四条"),
    ),
    "pledge_twice": (gettext_lazy("专利权已办理质押登记，不能再次出质。"), gettext_lazy("《专利权质押登记办法》")),
    "preservation": (
        gettext_lazy("专利权被人民法院裁定保全，保全期间不能办理转让、许可和质押。"),
        gettext_lazy("《专利法实施细则》第一百零四条"),
    ),
    "suspension": (
        gettext_lazy("专利的有关程序已中止，中止期间不能办理转让、许可和质押。"),
        gettext_lazy("《专利法实施细则》第一百零三条"),
    ),
    "assignment_signed": (
        gettext_lazy("转让合同已经签订、正待登记，原专利权人不能再处分这件专利。"),
        gettext_lazy("《专利法》第十条与本平台的台账规则"),
    ),
    "option": (
        gettext_lazy("有人对这件专利享有期权或优先受让权，未放弃前不能转让或给予独占、排他许可。"),
        gettext_lazy("《民法典》第八百四十七条、第八百六十条"),
    ),
    "not_owner": (
        gettext_lazy("签订之日，许可人不是登记的专利权人。"),
        gettext_lazy("《专利法》第十条"),
    ),
    "co_owners": (
        gettext_lazy("共有的专利，除普通许可外须经全体共有人同意。"),
        gettext_lazy("《专利法》第十四条"),
    ),
    "outside_parent": (
        gettext_lazy("分许可或例外许可的省份、领域和期限必须在上一级许可之内，上一级许可须在有效期内。"),
        gettext_lazy("《专利法》第十二条"),
    ),
    "no_sublicence": (gettext_lazy("上一级许可合同没有约定可以分许可。"), gettext_lazy("《专利法》第十二条")),
    "term": (
        gettext_lazy("许可期限只能在专利权的存续期限之内。"),
        gettext_lazy("《民法典》第八百六十五条"),
    ),
    "not_alive": (
        gettext_lazy("签订之日这件专利没有有效的权利，或者申请尚未公布，不能许可或转让。"),
        gettext_lazy("《民法典》第八百六十五条、《专利法》第二十一条"),
    ),
    "not_in_force": (
        gettext_lazy("声明开放许可的专利须已授权，且年费已按期缴纳。"),
        gettext_lazy("《专利法》第五十条、《专利法实施细则》第八十六条"),
    ),
}


def sentence(refused: Refused) -> str:
    """Why, naming the existing row, and the article, in the language of the page."""
    why, article = REFUSALS[refused.code]
    existing = described(refused.existing)
    if not existing:
        return _("%(why)s（%(article)s）") % {"why": why, "article": article}
    return _("台账上已有：%(existing)s。%(why)s（%(article)s）") % {
        "existing": existing,
        "why": why,
        "article": article,
    }


def changes(gone: Sequence[tuple[str, str]], back: Sequence[tuple[str, str]]) -> str:
    """What of an offer can no longer be had, and what can be had again: (form, province) pairs in words."""
    said = [(gone, _("不再可以取得：%(rights)s。")), (back, _("又可以取得：%(rights)s。"))]
    return " ".join(words % {"rights": _by_form(pairs)} for pairs, words in said if pairs)


def _by_form(pairs: Sequence[tuple[str, str]]) -> str:
    where: dict[str, list[str]] = {}
    for form, code in pairs:
        where.setdefault(form, []).append(code)
    one = _("%(form)s（%(places)s）")
    return listed(
        str(Form(form).label) if form == Form.ASSIGNMENT else one % {"form": Form(form).label, "places": places(codes)}
        for form, codes in where.items()
    )


def described(row: Any) -> str:
    """A row of the ledger in one line: what, where, in which field, from when until when."""
    if isinstance(row, Grant):
        field = [listed(row.field)] if row.field else []
        return " · ".join([str(row.get_form_display()), places(row.provinces), *field, period(row)])
    if isinstance(row, Encumbrance):
        return " · ".join([str(row.get_kind_display()), period(row)])
    if isinstance(row, Title):
        return _("登记的权利人：%(owners)s（自 %(day)s）") % {"owners": row.owners, "day": row.start.isoformat()}
    return ""


def places(codes: list[str]) -> str:
    """Names of provinces in the language of the page; nationwide for none."""
    english = get_language() == "en"
    return listed(spans.MAINLAND[code][english] if code in spans.MAINLAND else code for code in codes) or _("全国")


def period(row: Grant | Encumbrance) -> str:
    """From the first day to the last on which it holds; the end in the ledger is the day after."""
    ends = last_day(row)
    if ends == date.max:
        return _("%(start)s 起") % {"start": row.start.isoformat()}
    return _("%(start)s 至 %(end)s（不含）") % {"start": row.start.isoformat(), "end": ends.isoformat()}
