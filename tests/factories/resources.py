"""Shared resources for tests: a facility that is open every day, visits and stationings at it, through the portal's own actions."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pgtrigger

from governance.actions import facilities, facility_sheets, stationings, visit_answers, visits
from governance.models import Facility, Stationing, Visit
from platform_site import clock
from tests.factories import patents
from tests.factories.patents import clerk

EVERY_DAY = [{"weekday": day, "opens": 9 * 60, "closes": 17 * 60} for day in range(7)]
JIANGXI, HUBEI = "360000", "420000"


def values(**changes):
    """What the form gives: four slots of two hours a day, ten visitors, four places, 400 m², 100 kW."""
    plain = {
        "kind": "base", "name_zh": "赣江产业化基地", "name_en": "", "city_code": "", "address_zh": "创新路 1 号", "address_en": "",
        "about_zh": "面向新材料企业的产业化基地。", "about_en": "", "services_zh": "中试、检测", "services_en": "",
        "visitors": 10, "places": 4, "area_m2": Decimal(400), "power_kw": Decimal(100), "permits": ["危险化学品使用许可"],
        "languages": ["zh"], "contact": "服务部", "phone": "0791-1000000", "email": "", "slot_minutes": 120,
        "keeps_holidays": False, "facts": {"plants": 3},
        "equipment": [{"name_zh": "搅拌反应釜", "name_en": "Stirred reactor", "pieces": 2}], "hours": EVERY_DAY,
        "exceptions": [],
    }  # fmt: skip
    return {**plain, **changes}


def facility(code=JIANGXI, *, officer=None, **changes):
    """Registered by an officer of its province."""
    return facilities.facility_create(province_code=code, actor=officer or clerk(code), values=values(**changes))


def at(days=1, hour=9):
    """An instant so many days ahead, Shanghai time: the beginning of a slot at 9, 11, 13, 15."""
    return datetime.combine(clock.today() + timedelta(days=days), time(hour), tzinfo=clock.SHANGHAI)


def wish(visitor, people=1, **more):
    return visits.Wish(visitor, people, more.pop("purpose", "看中试线"), **more)


def visit(place, visitor, *, people=1, days=1, hour=9, actor=None, wait=False):
    """Asked for; on the waiting list where it is full and `wait`."""
    return visits.visit_book(
        facility_id=place.pk, actor=actor or visitor, wish=wish(visitor, people), starts_at=at(days, hour), wait=wait
    )


def confirmed(place, visitor, officer=None, **what):
    row = visit(place, visitor, **what)
    return visit_answers.visit_confirm(visit_id=row.pk, actor=officer or clerk(place.province_id))


def begun(row):
    """The visit as if it had begun an hour ago: moved past its guards, which a test alone may do."""
    now = clock.now()
    with pgtrigger.ignore("governance.Visit:kept", "governance.Visit:fits"):
        Visit.objects.filter(pk=row.pk).update(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    return Visit.objects.get(pk=row.pk)


def used(place, visitor, officer=None, **what):
    row = begun(confirmed(place, visitor, officer, **what))
    return visit_answers.visit_mark(visit_id=row.pk, actor=officer or clerk(place.province_id), used=True)


# ---- stationing


def wanted(places=1, *, starts=0, days=100, **more):
    first = clock.today() + timedelta(days=starts)
    return stationings.Wanted(places, first, first + timedelta(days=days), more.pop("purpose", "小批量试制"), **more)


def applied(place, applicant, *, listing=None, **what):
    """With a listing of the applicant's on the market, made where none is given."""
    listing = listing or patents.published(applicant, province=applicant.province_id or HUBEI)
    return stationings.stationing_apply(
        facility_id=place.pk, listing_id=listing.pk, actor=applicant, wanted=wanted(**what)
    )


def accepted(place, applicant, officer=None, **what):
    row = applied(place, applicant, **what)
    return stationings.stationing_accept(stationing_id=row.pk, actor=officer or clerk(place.province_id))


def queued(place, applicant, officer=None, **what):
    row = applied(place, applicant, **what)
    return stationings.stationing_queue(
        stationing_id=row.pk, actor=officer or clerk(place.province_id), reason="暂无空位，先排队。"
    )


def stationed(place, applicant, officer=None, *, milestones=(), **what):
    row = accepted(place, applicant, officer, **what)
    return stationings.stationing_sign(
        stationing_id=row.pk, actor=officer or clerk(place.province_id), contract=f"RZ-{row.pk}", signed_on=clock.today(),
        milestones=milestones,
    )  # fmt: skip


def of_all_kinds(shen, bai, guo):
    """Records of every sort at a facility of Hubei kept by guo: what the permission matrix walks over."""
    place = facility(HUBEI, officer=guo, name_zh="光谷产业化基地", name_en="Optics base")
    spare = facility(HUBEI, officer=guo, name_zh="停用的实验室", kind="laboratory", places=0, facts={})
    facilities.facility_close(facility_id=spare.pk, actor=guo, reason="设备搬迁。")
    manager = facilities.manager_name(facility_id=place.pk, actor=guo, user=clerk("140000"))
    picture = facilities.picture_add(facility_id=place.pk, actor=guo, upload=patents.picture(), title="车间")
    rows = [{"line": 2, "cells": {"kind": "base", "name_zh": "表里的基地"}, "reason": "", "slug": ""}]
    sheet = facility_sheets.facility_sheet_create(province_code=HUBEI, actor=guo, name="资源.csv", rows=rows)
    moved = visit(place, bai, days=3)
    visit_answers.visit_counter(visit_id=moved.pk, actor=guo, starts_at=at(4, 15), reason="当天检修。")
    listing = patents.published(shen, title="要入驻的技术", requirements=[area(300)])
    stay = stationed(place, shen, guo, listing=listing, milestones=[("完成中试", clock.today() + timedelta(days=30))])
    return {
        "fc": Facility.objects.get(pk=place.pk), "fc_closed": spare, "fc_manager": manager, "fc_picture": picture, "fc_sheet": sheet,
        "vs_asked": visit(place, bai, days=1), "vs_moved": Visit.objects.get(pk=moved.pk),
        "vs_begun": begun(confirmed(place, bai, guo, days=2, hour=15)),
        "st_here": Stationing.objects.get(pk=stay.pk), "st_stone": stay.milestones.get(),
        "st_asked": applied(place, shen, places=1), "st_accepted": accepted(place, shen, guo, places=1),
        "st_full": applied(place, shen, places=4), "st_listing": listing,
    }  # fmt: skip


def area(amount):
    return {"kind": "area", "text_zh": "", "text_en": "", "amount": Decimal(amount)}
