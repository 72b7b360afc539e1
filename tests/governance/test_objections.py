"""Objections to a support on public notice, and grants that are taken back. Read next: governance/actions/objections.py."""

from decimal import Decimal

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from governance.actions import objections, support
from governance.models import AidEntry, PolicyApplication, SupportObjection
from platform_site import clock
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.queue import drain
from tests.factories import agreements
from tests.factories import policies as make
from tests.factories.policies import JIANGXI

pytestmark = pytest.mark.django_db
WORDS = "该专利的权利归属正在诉讼。"


@pytest.fixture
def jiangxi():
    return make.keeper(JIANGXI), make.second(JIANGXI)


@pytest.fixture
def asked(shen, bai, jiangxi):
    return make.applied(make.published(JIANGXI, budget_cny=Decimal(40_000)), bai, agreements.signed(shen, bai))


def refused(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nothing_is_granted_before_an_objection_is_answered(asked, jiangxi, mo, bai, he):
    first, second = jiangxi
    with pytest.raises(Conflict, match="公示已经结束"):
        objections.objection_make(application_id=asked.pk, actor=mo, words=WORDS)
    make.on_notice(asked, first, second)
    for who in (bai, first):
        with pytest.raises(NotAllowed):
            objections.objection_make(application_id=asked.pk, actor=who, words=WORDS)
    made = objections.objection_make(application_id=asked.pk, actor=mo, words=WORDS)
    with pytest.raises(Conflict, match="已对这份公示"):
        objections.objection_make(application_id=asked.pk, actor=mo, words=WORDS)
    drain()
    assert Notice.objects.filter(kind="objection_waiting", recipient=first).exists()
    refused("UPDATE governance_supportobjection SET words = '改了'")
    refused("DELETE FROM governance_supportobjection")
    for who in (mo, bai, he):
        with pytest.raises(NotAllowed):
            objections.objection_answer(objection_id=made.pk, actor=who, words="无据。")
    objections.objection_answer(objection_id=made.pk, actor=second, words="经查权属无争议。")
    with pytest.raises(Conflict, match="已经答复"):
        objections.objection_answer(objection_id=made.pk, actor=first, words="再答。")
    refused("UPDATE governance_supportobjection SET answer = '改了'")
    drain()
    assert Notice.objects.filter(kind="objection_answered", recipient=mo).exists()


def test_an_objection_that_waits_stops_the_grant_even_once_the_notice_is_over(asked, jiangxi, mo):
    first, second = jiangxi
    make.on_notice(asked, first, second, days_ago=20)
    with pytest.raises(Conflict, match="公示已经结束"):
        objections.objection_make(application_id=asked.pk, actor=mo, words=WORDS)
    refused(f"INSERT INTO governance_supportobjection (application_id, by_id, words, made_at, answer) VALUES ({asked.pk}, {mo.pk}, 'x', now(), '')")  # fmt: skip
    with pgtrigger.ignore("governance.SupportObjection:during_notice"):  # as if it had been made in time
        SupportObjection.objects.create(application=asked, by=mo, words=WORDS, made_at=clock.now())
    with pytest.raises(Conflict, match="还有异议没有答复"):
        support.support_approve(application_id=asked.pk, actor=first, clause="第三条")
    refused("UPDATE governance_policyapplication SET state = 'approved', decided_by_id = first_by_id, decided_at = now(), clause = 'x'")  # fmt: skip


def test_in_the_browser_from_the_notice_to_the_answer(client, asked, jiangxi, mo, bai):
    first, second = jiangxi
    make.on_notice(asked, first, second)
    address = reverse("policies:objection_make", args=[asked.pk])
    client.force_login(mo)
    assert address in client.get(reverse("policies:support_notices")).content.decode()
    page = client.post(address, {"words": ""})
    assert page.status_code == 200 and "必填" in page.content.decode()
    own = client.post(address, {"words": WORDS}).headers["Location"]
    assert WORDS in client.get(own).content.decode()
    client.force_login(bai)
    assert client.get(own).status_code == 404
    assert address not in client.get(reverse("policies:support_notices")).content.decode()
    assert own not in client.get(asked.get_absolute_url()).content.decode()
    client.force_login(first)
    assert own in client.get(asked.get_absolute_url()).content.decode()
    client.post(f"{own}answer/", {"words": "经查无争议。"})
    assert "经查无争议。" in client.get(own).content.decode()


def test_a_grant_is_taken_back_by_another_officer_and_frees_what_it_held(asked, jiangxi, bai, shen, he):
    first, second = jiangxi
    other = make.applied(asked.version, shen, asked.agreement)
    with pytest.raises(MoveRefused):
        support.support_recover(application_id=asked.pk, actor=second, clause="第九条", reason="弄虚作假。")
    make.approved(asked, first, second)
    support.support_pay(
        application_id=asked.pk, actor=first, paid_on=clock.today(), amount_cny=Decimal(30_000), reference="凭1"
    )
    make.reviewed(other, first)
    with pytest.raises(Conflict, match="预算"):
        support.support_confirm(application_id=other.pk, actor=second, words="同意。")
    for who in (first, he, bai):
        with pytest.raises(NotAllowed):
            support.support_recover(application_id=asked.pk, actor=who, clause="第九条", reason="弄虚作假。")
    refused("UPDATE governance_policyapplication SET state = 'recovered', reason = 'x' WHERE state = 'paid'")
    refused("UPDATE governance_aidentry SET released_at = now()")
    with pytest.raises(Conflict, match="理由"):
        support.support_recover(application_id=asked.pk, actor=second, clause="第九条", reason=" ")
    support.support_recover(application_id=asked.pk, actor=second, clause="第九条", reason="弄虚作假。")
    assert PolicyApplication.objects.get(pk=asked.pk).state == "recovered"
    assert AidEntry.objects.get().released_at is not None
    support.support_confirm(application_id=other.pk, actor=second, words="同意。")
