"""Applying for support and deciding on it, as the pages do it; who sees what; the desk and the notices."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import PolicyApplication
from platform_site import clock
from platform_site.notices.models import Notice
from platform_site.outbox.queue import drain
from platform_site.portal.desk import desk_of
from tests.factories import agreements, patents
from tests.factories import policies as make
from tests.factories.policies import HUBEI

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(shen, bai):
    return agreements.signed(shen, bai)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def text(response):
    return response.content.decode()


def act(user, application, name, **data):
    return browser(user).post(reverse(f"policies:support_{name}", args=[application.pk]), data)


def test_from_the_columns_to_the_treasury(agreement, bai, guo):
    other = make.second(HUBEI)
    version = make.published(HUBEI, documents=["合同复印件"], formula=make.RATE, cap_cny=Decimal(50_000))
    mine = browser(bai)
    columns = text(mine.get(reverse("policies:entitlement_agreement", args=[agreement.pk]), {"jobs": "12"}))
    address = f"{reverse('policies:support_make', args=[version.pk])}?agreement={agreement.pk}&amp;jobs=12"
    assert address in columns, "what was told goes along"
    address = address.replace("&amp;", "&")
    assert "合同复印件" in text(mine.get(address))
    refused = text(mine.post(address, {"note": "留着的话", "declared": "on"}))
    assert "请上传申报材料" in refused and "留着的话" in refused
    mine.post(address, {"note": "已投产。", "declared": "on", "uploads": make.paper()})
    asked = PolicyApplication.objects.get()
    assert asked.facts["jobs"] == ["12", "told"]
    page = text(mine.get(asked.get_absolute_url()))
    assert "自行填写" in page and "36 万元 × 10% = 3.6 万元" in page and "撤回申报" in page and ">受理</" not in page
    queue = text(browser(guo).get(reverse("policies:support_queue")))
    assert asked.number in queue and bai.display_name in queue
    act(guo, asked, "accept")
    form = text(browser(guo).get(reverse("policies:support_review", args=[asked.pk])))
    assert 'value="36000.00"' in form, "the sum of the formula is filled in"
    act(guo, asked, "review", amount_cny="36000", words="属实。")
    assert act(guo, asked, "confirm", words="同意。").status_code == 403
    act(other, asked, "confirm", words="同意。")
    notice = text(Client().get(reverse("policies:support_notices")))
    assert asked.number in notice and bai.display_name in notice and "3.6 万元" in notice
    assert act(guo, asked, "approve", clause="第三条").status_code == 409
    act(guo, asked, "decline", clause="第九条", reason="公示期有异议，经核实不符合。")
    page = text(mine.get(asked.get_absolute_url()))
    assert "第九条" in page and "经核实不符合" in page and "申诉" in page
    assert asked.number not in text(Client().get(reverse("policies:support_notices")))
    drain()
    assert Notice.objects.filter(recipient=bai, kind="support_moved").count() == 3


def test_for_a_listing_of_ones_own(shen, bai):
    listing = patents.published(shen, forms=["ordinary"])
    rule = {"all": [make.leaf("occasion", "in", ["listing"], "第一条")]}
    version = make.published(HUBEI, kind="display", criteria=rule)
    address = f"{reverse('policies:support_make', args=[version.pk])}?listing={listing.number}"
    assert browser(bai).get(address).status_code == 403
    browser(shen).post(address, {"declared": "on"})
    asked = PolicyApplication.objects.get()
    assert (asked.listing, asked.agreement, asked.role) == (listing, None, "owner")
    assert browser(shen).get(f"{address[:-3]}999").status_code == 404
    again = browser(shen).post(address, {"declared": "on"})
    assert again.status_code == 409 and "已就同一事项申报过" in text(again)


def test_papers_are_for_the_applicant_and_the_office_alone(agreement, bai, shen, guo, he, mo):
    asked = make.applied(make.published(HUBEI, documents=["合同"]), bai, agreement)
    paper = reverse("policies:support_file", args=[asked.files.get().pk])
    answers = {who.email: browser(who).get(paper).status_code for who in (bai, guo, shen, he, mo)}
    assert list(answers.values()) == [200, 200, 404, 404, 404], answers
    for address in (paper, asked.get_absolute_url()):
        assert Client().get(address).status_code == 302


def test_the_desk_says_what_waits(agreement, bai, guo, he):
    asked = make.applied(make.published(HUBEI), bai, agreement)
    assert any(item.url == asked.get_absolute_url() for item in desk_of(guo).mine)
    assert not any(item.url == asked.get_absolute_url() for item in desk_of(he).mine)
    assert any(item.url == asked.get_absolute_url() for item in desk_of(bai).waiting)
    other = make.second(HUBEI)
    make.reviewed(asked, guo)
    assert not any(item.url == asked.get_absolute_url() for item in desk_of(guo).mine), "a colleague confirms"
    assert any(item.url == asked.get_absolute_url() for item in desk_of(other).mine)
    declined = make.applied(make.published(HUBEI, kind="rent"), bai, agreement)
    make.support.support_return(application_id=declined.pk, actor=guo, reason="缺材料。")
    item = next(item for item in desk_of(bai).mine if item.url.startswith(declined.get_absolute_url()))
    assert item.due > clock.today()


def test_as_many_queries_for_three_as_for_one(agreement, shen, bai, guo):
    def counted(user, name):
        client, address = browser(user), reverse(f"policies:support_{name}")
        client.get(address)
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200
        return len(made)

    lists = [(bai, "list"), (guo, "queue"), (shen, "notices")]
    officers = make.keeper(HUBEI), make.second(HUBEI)
    make.on_notice(make.applied(make.published(HUBEI), bai, agreement), *officers)
    one = [counted(*who) for who in lists]
    for kind in ("rent", "interest"):
        make.on_notice(make.applied(make.published(HUBEI, kind=kind), bai, agreement), *officers)
    assert [counted(*who) for who in lists] == one
    assert max(one) <= 15
    detail = PolicyApplication.objects.first().get_absolute_url()
    client = browser(guo)
    client.get(detail)
    with CaptureQueriesContext(connection) as made:
        client.get(detail)
    assert len(made) <= 15, len(made)


def test_empty_lists_say_what_to_do(mo, guo):
    assert "还没有申报" in text(browser(mo).get(reverse("policies:support_list")))
    assert "没有待办的申报" in text(browser(guo).get(reverse("policies:support_queue")))
    assert browser(mo).get(reverse("policies:support_queue")).status_code == 403
    assert "现在没有公示" in text(Client().get(reverse("policies:support_notices")))
