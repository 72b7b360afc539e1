"""What the public is told of contracts and conversion: totals of five or more, and nothing of one."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from platform_site import clock
from platform_site.files import store
from tests.factories import needs, offers, opens, patents, performance
from tests.factories import trading as rooms
from trading import statistics_queries as queries
from trading.actions import conversions, need_proposals
from trading.actions import needs as need_acts
from trading.models import Agreement, Recordal

pytestmark = pytest.mark.django_db


def signed(shen, bai, amounts):
    """Contracts about one listing, so that the ordinary licences stand side by side."""
    listing = rooms.market(shen)
    agreements = []
    with performance.on((2025, 2, 3)):
        for amount in amounts:
            room = None if not agreements else agreements[0].negotiation
            offer = offers.made(room or rooms.room(shen, bai, listing=listing), bai, amount_cny=D(amount))
            agreement = offers.accepted(offer, shen)
            offers.sign(agreement, bai)
            agreements.append(offers.sign(agreement, shen))
    return agreements


def report(agreement, actor, year=2025, **changes):
    facts = {
        "in_production": True,
        "since": date(2025, 3, 1),
        "province_id": "430000",
        "output_cny": D(1000),
        "jobs": 2,
    }
    conversions.agreement_report(
        agreement_id=agreement.pk, actor=actor, year=year, facts=conversions.Facts(**{**facts, **changes})
    )


def hubei():
    return next(row for row in queries.trade().contracts if row.code == "420000")


def made(code="430000"):
    return next(row for row in queries.trade().conversions if row.code == code)


def test_fewer_than_five_contracts_tell_nothing(shen, bai):
    assert hubei().signed == queries.Cell(0) == hubei().amount_cny
    signed(shen, bai, [100, 200, 300, 400])
    offers.drafted(shen, bai)
    row = hubei()
    assert row.signed.is_few and row.signed.value is None and row.amount_cny.is_few and row.recorded == queries.Cell(0)


def test_sums_move_in_steps_of_five(shen, bai):
    signed(shen, bai, [100, 200, 300, 400, 500, 6000, 7000])
    row = hubei()
    assert (row.signed.value, row.amount_cny.value) == (7, D("1500.00"))
    proof = store.store(upload=patents.document("备案证明.pdf"), owner=shen)
    for agreement in Agreement.objects.order_by("pk"):
        assert hubei().recorded.is_few == (0 < Recordal.objects.count() < 5)
        Recordal.objects.create(
            agreement=agreement, filed_at=clock.now(), filed_by=bai, number=f"2026{agreement.pk:06d}", proof=proof,
            recorded_on=clock.today(), entered_at=clock.now(), entered_by=shen,
        )  # fmt: skip
    assert hubei().recorded.value == 7
    assert [one.code for one in queries.trade().contracts] == list(queries.CODES)


def test_conversion_counts_the_latest_version_of_each_agreement(shen, bai):
    agreements = signed(shen, bai, [1] * 6)
    for agreement in agreements[:4]:
        report(agreement, bai)
    assert made().in_production.is_few and made().output_cny.is_few and made().jobs.is_few
    report(agreements[4], bai, output_cny=D(9999))
    report(agreements[4], shen)
    assert (made().in_production.value, made().output_cny.value, made().jobs.value) == (5, D("5000.00"), 10)
    report(agreements[5], bai, output_cny=D(777))
    assert (made().in_production.value, made().output_cny.value) == (6, D("5000.00"))
    report(agreements[0], bai, in_production=False)
    assert made().in_production.value == 5
    report(agreements[0], bai, province_id=None)
    assert made(queries.ELSEWHERE).in_production.is_few


def test_the_page_shows_totals_and_costs_the_same_for_any_number(shen, bai):
    client = Client()

    def cost():
        with CaptureQueriesContext(connection) as seen:
            response = client.get("/zh-hans/statistics/")
        assert response.status_code == 200
        return len(seen), response.content.decode()

    cost()
    none, page = cost()
    assert "还没有转化报告" in page
    agreements = signed(shen, bai, [100_000, 200_000, 300_000, 400_000, 7_777_777])
    for agreement in agreements[:3]:
        report(agreement, bai, output_cny=D("5555.00"))
    many, page = cost()
    assert none == many <= 15
    assert "877.7777 万元" in page.replace("\u2009", "") and "&lt;5" in page
    for secret in ("7777777", "777.7777 万元", "5555", agreements[0].number):
        assert secret not in page.replace("877.7777 万元", "")


# ---- needs


def wanted():
    return next(row for row in queries.trade().needs if row.code == "430000")


def taken_up(need, listing, buyer):
    need_proposals.proposal_accept(
        proposal_id=needs.proposal(need, listing).pk, actor=buyer, body="请介绍。", forms=["ordinary"],
        provinces=["430000"],
    )  # fmt: skip


def test_needs_are_counted_by_office_and_accepted_proposals_are_few(shen, bai):
    needs.draft(bai)
    needs.submitted(bai)
    assert (wanted().published, wanted().matched) == (0, queries.Cell(0))
    asked = [needs.published(bai) for _n in range(5)]
    listing = rooms.market(shen)
    for need in asked[:4]:
        taken_up(need, listing, bai)
    assert (wanted().published, wanted().is_open, wanted().met) == (5, 5, 0)
    assert wanted().matched.is_few
    taken_up(asked[4], listing, bai)
    assert wanted().matched == queries.Cell(5)
    need_acts.need_meet(need_id=asked[0].pk, actor=bai)
    assert (wanted().is_open, wanted().met) == (4, 1)
    page = Client().get("/zh-hans/statistics/").content.decode()
    assert "技术需求统计表" in page and "已对接" in page


def test_a_taken_open_licence_counts_as_a_contract(shen, bai):
    signed(shen, bai, [100, 200, 300, 400])
    opens.taken(opens.in_force(shen, amount_cny=D(500)), bai)
    assert (hubei().signed.value, hubei().amount_cny.value) == (5, D("1500.00"))
