"""Resolutions as their pages show them. Read next: ../../templates/governance/resolution_detail.html."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from governance import ballot_queries as reads
from governance import ballot_words
from governance import meeting_rules as rules
from governance.models import Resolution
from governance.states import ItemKind, ResolutionState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.names import province_name
from platform_site.ui.formats import date_official, reads_chinese
from platform_site.ui.languages import han_marked

TONES = {ResolutionState.ADOPTED: "ochre", ResolutionState.CLOSED: "jade"}


def tag(resolution: Resolution) -> tuple[str, str]:
    state = ResolutionState(resolution.state)
    return str(state.label), TONES[state]


def rows(found: Sequence[Resolution]) -> list[dict[str, Any]]:
    return [
        {
            "title": han_marked(str(one)),
            "href": one.get_absolute_url(),
            "tags": [tag(one), (str(ItemKind(one.kind).label), "")],
            "meta": [han_marked(one.document_number), date_official(one.adopted_at)],
        }
        for one in found
    ]


def controls(year: int | None, state: str) -> dict[str, Any]:
    """The two rows of links: years that have resolutions, and states."""
    here = reverse("governance:resolution_list")

    def link(**values: Any) -> str:
        query = urlencode({name: value for name, value in {"year": year, "state": state, **values}.items() if value})
        return f"{here}?{query}" if query else here

    years = [(_("全部年份"), link(year=None), year is None)]
    years += [(str(one), link(year=one), one == year) for one in reads.resolution_years()]
    states = [(_("全部状态"), link(state=""), not state)]
    states += [(str(one.label), link(state=one.value), one == state) for one in ResolutionState]
    return {"years": years, "states": states}


def facts(resolution: Resolution) -> list[tuple[str, Any]]:
    return [
        (_("文号"), han_marked(resolution.document_number)),
        (_("类别"), ItemKind(resolution.kind).label),
        (_("通过日期"), date_official(resolution.adopted_at)),
        (_("标题"), han_marked(str(resolution))),
    ]


def page(user: User, resolution: Resolution) -> dict[str, Any]:
    english = not reads_chinese() and resolution.text_en
    ballot = resolution.ballot
    moment = clock.database_now()
    return {
        "resolution": resolution,
        "tag": tag(resolution),
        "facts": facts(resolution)[:3],
        "text": resolution.text_en if english else resolution.text_zh,
        "text_lang": "" if english or reads_chinese() else "zh-CN",
        "ballot": ballot,
        "counted": ballot_words.counted_sentence(reads.count_of(ballot, moment)) if ballot else "",
        "rule": ballot_words.rule_sentence(ballot) if ballot else "",
        "effects": _effects(resolution),
        "closing": _closing(resolution),
        "may_close": resolution.state == ResolutionState.ADOPTED and rules.office(user),
    }


def _effects(resolution: Resolution) -> list[str]:
    """What it brought about, each from the record that names it as its reason."""
    found = reads.effects_of(resolution)
    names = ("、" if reads_chinese() else ", ").join
    said = [
        _("%(year)s 年由%(province)s轮值。") % {"year": one.year, "province": one.province.name}
        for one in found["exceptions"]
    ]
    said += [
        _("从 %(year)s 年起的顺序：%(order)s。")
        % {"year": one.first_year, "order": names(map(province_name, one.order))}
        for one in found["orders"]
    ]
    said += [
        _("议事规则第 %(version)s 版自 %(day)s 起施行。")
        % {"version": one.version, "day": one.in_force_from.isoformat()}
        for one in found["rules"]
    ]
    said += [
        _("%(year)s 年度工作计划第 %(number)s 版通过。") % {"year": one.plan.year, "number": one.number}
        for one in found["versions"]
    ]
    return said


def _closing(resolution: Resolution) -> dict[str, Any] | None:
    """What became of it: the task, or the reason why none was needed."""
    if resolution.state != ResolutionState.CLOSED:
        return None
    task = resolution.task
    return {
        "when": resolution.closed_at,
        "task": reads.task_title(task) if task else "",
        "because": han_marked(resolution.no_task_because),
    }
