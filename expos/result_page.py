"""Results as their pages show them: the ladder, the comparison of editions, one result, its follow-up. Read next: views/results.py."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents.exports import BOM, cell
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.formats import cny, date_iso, percent

from . import door_rules as rules
from . import edition_figures
from . import result_queries as queries
from .models import Expo, ExpoResult
from .models.result import FOLLOW_MONTHS
from .panel import Panel
from .states import EXPO_OVER, ExpoState, FollowWord, Party, Rung

RULE: str | Promise = gettext_lazy(
    "统计口径：成果分意向、框架协议、合同、到账、落地投产五级，一项成果只记在它到达的最高一级，各级不相加；有账户的当事人全部确认、没有异议的才计入，双方都没有账户的以知识产权局核对的签约文本为准。"
)
CONVERSION_RULE: str | Promise = gettext_lazy(
    "意向转化率：以意向登记的成果中，签署后十二个月内到达合同或以上级别的比例。"
)
FOLLOW_RULE: str | Promise = gettext_lazy(
    "意向签署后满 1、3、6、9、12 个月各跟踪一次，请双方答复；超过两周没有任何一方答复的列为逾期，满十二个月后按当时的状态结束跟踪。"
)
TONES = {
    Rung.INTENTION: "", Rung.FRAMEWORK: "indigo", Rung.CONTRACT: "jade", Rung.PAID: "jade", Rung.INDUSTRIALISED: "cinn",
}  # fmt: skip


def rung_tag(row: ExpoResult) -> tuple[str, str]:
    rung = Rung(queries.rung_of(row))
    return str(rung.label), TONES[rung]


def state_tag(row: ExpoResult) -> tuple[str, str] | None:
    """Why it does not count; nothing when it does."""
    if row.disputed_at is not None:
        return _("有异议"), "cinn"
    return (_("待确认"), "ochre") if row.lacks else None


def subject(row: ExpoResult) -> str:
    """What it is about, in numbers."""
    found = [one.number for one in (row.listing, row.need) if one is not None]
    return " ".join(found) or "—"


def rows(results: Iterable[ExpoResult]) -> list[dict[str, Any]]:
    return [
        {
            "row": row, "rung": rung_tag(row), "state": state_tag(row), "subject": subject(row),
            "amount": cny(row.amount_cny) if row.amount_cny is not None else _("未公布"),
        }
        for row in results
    ]  # fmt: skip


# ---- the ladder and the comparison


def ladder_rows(ranks: Sequence[int]) -> list[dict[str, Any]]:
    """Each rung with how many stand exactly there and how many at least; bars by the share of the lowest rung."""
    found = queries.ladder(ranks)
    most = max((least for _rung, _here, least in found), default=0)
    return [
        {"rung": rung, "here": here, "least": least, "width": round(100 * least / most) if most else 0}
        for rung, here, least in found
    ]


def comparison(expos: Sequence[Expo]) -> dict[str, Any]:
    """Editions beside each other on the same definitions, with the conversion rate of each."""
    values = edition_figures.counted()
    lines = [
        {
            "figure": one, "cells": [values.get(expo.pk, {}).get(one.slug, 0) for expo in expos],
        }
        for one in edition_figures.FIGURES
    ]  # fmt: skip
    rates = [rate_words(values.get(expo.pk, {})) for expo in expos]
    return {"expos": expos, "lines": lines, "rates": rates}


def rate_words(values: dict[str, int]) -> str:
    began = values.get("intentions", 0)
    return percent(values.get("converted", 0) / began) if began else "—"


def as_data(expos: Sequence[Expo]) -> dict[str, Any]:
    """Open data: the figures of each edition with what each of them counts."""
    values = edition_figures.counted()
    return {
        "as_of": clock.now().isoformat(timespec="seconds"),
        "definitions": {one.slug: str(one.definition) for one in edition_figures.FIGURES},
        "editions": [
            {
                "year": expo.year, "host": expo.host_id, "state": expo.state,
                "figures": {one.slug: values.get(expo.pk, {}).get(one.slug, 0) for one in edition_figures.FIGURES},
            }
            for expo in expos
        ],
    }  # fmt: skip


def as_csv(expos: Sequence[Expo]) -> HttpResponse:
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text)
    writer.writerow([_("指标"), _("单位"), *(str(expo.year) for expo in expos), _("口径")])
    for line in comparison(expos)["lines"]:
        one = line["figure"]
        writer.writerow([cell(one.name), cell(one.unit), *line["cells"], cell(one.definition)])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="expo-results.csv"'
    return answer


# ---- one result


def facts(row: ExpoResult) -> list[tuple[Any, ...]]:
    sides = [
        (_("技术方"), row.owner_name, _side_words(row, Party.OWNER)), (_("需求方"), row.taker_name, _side_words(row, Party.TAKER)),
    ]  # fmt: skip
    found: list[tuple[Any, ...]] = [
        *sides, (_("技术或需求"), subject(row)), (_("代表团"), row.province.name), (_("签署日期"), date_iso(row.signed_on)),
        (_("金额"), cny(row.amount_cny) if row.amount_cny is not None else _("未公布")),
    ]  # fmt: skip
    if row.agreement_id and row.agreement:
        found.append((_("平台合同"), row.agreement.number))
    return found


def _side_words(row: ExpoResult, side: Party) -> str:
    account, at = (row.owner_id, row.owner_at) if side == Party.OWNER else (row.taker_id, row.taker_at)
    if not account:
        return _("没有平台账户，以签约文本为准")
    return _("%(day)s 已确认") % {"day": date_iso(at)} if at else _("待确认")


def step_events(row: ExpoResult) -> list[dict[str, Any]]:
    return [
        {"when": step.reached_on, "title": str(step.get_rung_display()), "text": step.note} for step in row.steps.all()
    ]  # fmt: skip


def follow_rows(row: ExpoResult) -> list[dict[str, Any]]:
    """Each month with its day and what the sides have said."""
    answers = list(row.answers.all())
    return [
        {
            "months": months, "due": queries.months_after(row.signed_on, months),
            "said": [
                _("%(side)s：%(word)s") % {"side": one.get_side_display(), "word": one.get_word_display()}
                for one in answers if one.months == months
            ],
        }
        for months in FOLLOW_MONTHS
    ]  # fmt: skip


def follow_words(row: ExpoResult) -> str:
    """How its follow-up stands, in a sentence."""
    today = clock.today()
    if queries.rung_of(row) != Rung.INTENTION:
        return _("这项意向已经升级，跟踪结束。")
    if any(one.word == FollowWord.ENDED for one in row.answers.all()):
        return _("当事人已经终止这项意向，跟踪结束。")
    if today > queries.months_after(row.signed_on, 12):
        return _("跟踪满十二个月，按意向结束。")
    return _("正在跟踪。")


def rungs_above(row: ExpoResult) -> list[tuple[str, Any]]:
    rank = queries.RANKS[queries.rung_of(row)]
    return [(rung.value, rung.label) for place, rung in enumerate(Rung) if place > rank]


def page(user: User, row: ExpoResult) -> dict[str, Any]:
    """One result with what this reader may do about it now."""
    today, side = clock.today(), rules.side_of(user, row)
    party, keeps = bool(side), rules.result_keep(user, row)
    live = row.disputed_at is None
    began = any(step.rung == Rung.INTENTION for step in row.steps.all())
    return {
        "row": row, "rung": rung_tag(row), "state": state_tag(row), "facts": facts(row), "steps": step_events(row),
        "follow": follow_rows(row) if began else [], "follow_words": follow_words(row) if began else "",
        "follow_rule": FOLLOW_RULE, "rule": RULE, "sees_answers": party or keeps,
        "may_confirm": live and side in row.lacks, "may_dispute": live and party,
        "may_climb": live and (party or keeps) and bool(rungs_above(row)),
        "may_answer": side in queries.sides_to_answer(row, today),
        "may_queue": live and rules.ceremony_join(user, row.expo) and not hasattr(row, "ceremony")
        and row.expo.state in (ExpoState.PROGRAMME_PUBLISHED, ExpoState.RUNNING),
    }  # fmt: skip


# ---- the first page of the edition


def result_panel(expo: Expo) -> Panel | None:
    """The ladder once it is over, while it runs once there is something to tell."""
    if expo.state not in (ExpoState.RUNNING, *EXPO_OVER):
        return None
    ranks = queries.ranks_of(expo)
    if not ranks and expo.state == ExpoState.RUNNING:
        return None
    return Panel(
        "expos/_result_panel.html", {"expo": expo, "ladder": ladder_rows(ranks), "any": bool(ranks), "rule": RULE}
    )
