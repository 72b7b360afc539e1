"""The Leading Group at a glance, and the agreement with the systems that keep it. Read next: views/overview.py."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from platform_site.regions.facts import PROVINCES

from . import ground, overview_queries, rotation_page, seat_page
from .rotation_queries import handover_under_way, standing

LATEST, COMING = 5, 3


def overview() -> dict[str, Any]:
    """Who directs and why, the six years, the seats, what was decided last and what comes next."""
    now = standing()
    rows = seat_page.rows(now, liaisons=False)
    return {
        "now": now,
        "rows": rows,
        "director": next((row for row in rows if row.directs), None),
        "turn": rotation_page.year_of(now, now.year),
        "years": rotation_page.strip(now),
        "resolutions": overview_queries.latest_resolutions(LATEST),
        "meetings": overview_queries.next_meetings(now.moment, COMING),
        "plan": overview_queries.current_plan(now.year),
        "handover": handover_under_way(),
    }


@dataclass(frozen=True)
class Promise:
    """One of the eight undertakings and the system that keeps it; no link while that is being built."""

    title: str
    text: str
    url: str = ""
    system: str = ""


def agreement() -> dict[str, Any]:
    """The agreement of 5 July 2007 and what is an assumption of ours."""
    return {
        "signed_on": ground.FOUNDED,
        "signatories": sorted(PROVINCES, key=lambda fact: fact.place),
        "promises": _promises(),
        "founding": overview_queries.founding_resolution(),
    }


def _promises() -> list[Promise]:
    rotation = reverse("governance:rotation")
    return [
        Promise(_("专利技术展示"), _("专利权人发布技术，省知识产权局审核，人人可以检索。"),
                reverse("patents:listing_search"), _("技术检索")),
        Promise(_("专利技术交易"), _("需求方询盘、洽谈、报价、签约；权利在台账中授予，合同备案，转化有跟踪。"),
                reverse("trading:need_list"), _("技术需求")),
        Promise(_("领导小组"), _("由国家知识产权局领导和六省知识产权局局长组成。"),
                reverse("governance:seat_list"), _("席位")),
        Promise(_("轮值主任"), _("六省局长按顺序轮值，互换须经决议，交接由双方签署。"), rotation, _("轮值")),
        Promise(_("年度工作计划"), _("制定年度工作计划并组织实施。"),
                reverse("governance:plan_list"), _("年度工作计划")),
        Promise(_("资源共享机制"), _("产业化基地、孵化器、展示交易中心、实验室向六省专利权人开放。"),
                reverse("resources:facility_list"), _("共享资源")),
        Promise(_("支持和优惠政策"), _("在任何一省传播、转化专利技术，参观、入驻，享受当地的支持和优惠政策。"),
                reverse("policies:policy_list"), _("优惠政策")),
        Promise(_("展示交易会"), _("由六省轮流承办，每年举办一届展示交易会。")),
    ]  # fmt: skip
