"""Payments, royalties and contracts to examine on the desk of whom they wait for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platform_site import clock
from platform_site.portal import desk as desks
from tests.factories import agreements, offers, performance
from trading.actions import performing

pytestmark = pytest.mark.django_db


def verbs(user):
    desk = desks.desk_of(type(user).objects.get(pk=user.pk))
    return [str(item.verb) for item in desk.mine], [str(item.verb) for item in desk.waiting]


def test_a_payment_waits_for_the_buyer_and_then_for_the_owner(shen, bai):
    milestone = offers.signed(shen, bai).milestones.get()
    assert "付款" in verbs(bai)[0] and "付款" in verbs(shen)[1]
    performing.milestone_claim(
        milestone_id=milestone.pk, actor=bai, paid_on=clock.today(), paid_cny=milestone.amount_cny
    )
    assert "确认收款" in verbs(shen)[0] and "确认收款" in verbs(bai)[1]


def test_a_royalty_is_stated_by_the_buyer(shen, bai):
    performance.royalty(shen, bai)
    assert "申报提成" in verbs(bai)[0] and "申报提成" not in verbs(shen)[0]


def test_a_filed_contract_waits_for_the_office_of_its_province_alone(shen, bai, guo, he):
    agreement = agreements.filed(shen, bai)
    office, other = (guo, he) if agreement.province_id == "420000" else (he, guo)
    assert "预审合同" in verbs(office)[0]
    assert "预审合同" not in verbs(other)[0]


def test_three_payments_cost_what_one_costs(shen, bai):
    def cost():
        reader = type(bai).objects.get(pk=bai.pk)
        with CaptureQueriesContext(connection) as queries:
            desks.desk_of(reader)
        return len(queries)

    offers.signed(shen, bai)
    one = cost()
    offers.signed(shen, bai)
    offers.signed(shen, bai)
    assert cost() == one <= 24
