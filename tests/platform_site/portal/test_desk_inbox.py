"""The inbox: own notices alone, unread first, in the reader's language; and what also comes by e-mail."""

import uuid

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platform_site.notices import actions, queries
from platform_site.notices.kinds import KINDS
from platform_site.notices.models import Notice

pytestmark = pytest.mark.django_db
URL = "/zh-hans/desk/inbox/"


def tell(user, number="CN6-2026-000001", kind="listing_rejected", **data):
    facts = {"number": number, "title": "题目", "office": "420000", "reason": "材料不全。", **data}
    actions.notice_tell(recipients=[user], kind=kind, key=f"{kind}-{number}", path=f"/patents/{number}/", **facts)
    return Notice.objects.get(recipient=user, key=f"{kind}-{number}")


def page(client, url=URL):
    return client.get(url).content.decode()


def test_only_ones_own_notices_in_the_readers_language(client, shen, bai):
    tell(shen)
    client.force_login(bai)
    assert "CN6-2026-000001" not in page(client)
    client.force_login(shen)
    chinese = page(client)
    assert "CN6-2026-000001 未获通过" in chinese and "湖北省知识产权局 的意见" in chinese
    assert 'href="/zh-hans/patents/CN6-2026-000001/"' in chinese
    english = page(client, "/en/desk/inbox/")
    assert 'href="/en/patents/CN6-2026-000001/"' in english and "Hubei Intellectual Property Office" in english


def test_text_is_escaped(client, shen):
    tell(shen, reason="<script>alert(1)</script>")
    client.force_login(shen)
    assert "<script>alert(1)" not in page(client)


def test_unread_stand_first(client, shen):
    old = tell(shen, "CN6-2026-000001")
    new = tell(shen, "CN6-2026-000002")
    actions.notices_read(actor=shen, notice_ids=[new.pk])
    client.force_login(shen)
    text = page(client)
    assert text.index(f'id="state-{old.pk}"') < text.index(f'id="state-{new.pk}"')
    assert queries.unread_count(shen) == 1


def test_mark_chosen_and_all(client, shen, bai):
    first, second, other = tell(shen, "CN6-2026-000001"), tell(shen, "CN6-2026-000002"), tell(bai)
    client.force_login(shen)
    answer = client.post(URL + "read/", {"notice": [first.pk, other.pk, "x", "9" * 400]}, follow=True)
    assert "已把 1 条通知标为已读" in answer.content.decode()
    assert queries.unread_count(shen) == 1
    assert queries.unread_count(bai) == 1
    client.post(URL + "read/", {"all": "1", "idempotency_key": str(uuid.uuid4())})
    second.refresh_from_db()
    assert second.read_at is not None
    assert client.get(URL + "read/").status_code == 405


def test_an_empty_inbox_says_what_comes_here(client, mo):
    client.force_login(mo)
    assert "还没有通知" in page(client)


def test_pages(client, shen):
    for n in range(21):
        tell(shen, f"CN6-2026-{n + 1:06}")
    client.force_login(shen)
    assert "CN6-2026-000001 " not in page(client)
    assert "CN6-2026-000001 " in page(client, URL + "?page=2")
    assert client.get(URL + "?page=3").status_code == 404


def test_one_and_three_cost_the_same(client, shen):
    client.force_login(shen)
    tell(shen)
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    tell(shen, "CN6-2026-000002")
    tell(shen, "CN6-2026-000003")
    with CaptureQueriesContext(connection) as three:
        page(client)
    assert len(one) == len(three) <= 8


def test_a_notice_that_lacks_a_word_of_todays_sentence_costs_no_page(client, shen):
    Notice.objects.create(recipient=shen, kind="listing_rejected", key="a", data={}, created_at="2026-01-01T00:00Z")
    Notice.objects.create(recipient=shen, kind="abolished", key="b", data={}, created_at="2026-01-01T00:00Z")
    client.force_login(shen)
    assert "技术上架审核结果" in page(client)


def test_every_kind_is_worded_in_both_languages(client, shen):
    facts = {"name": "某", "due": "2026-12-01", "sender": "白经理"}
    for n, kind in enumerate(KINDS):
        tell(shen, f"CN6-2026-{n + 1:06}", kind=kind, **facts)
    client.force_login(shen)
    for url in (URL, "/en/desk/inbox/"):
        text = "".join(page(client, f"{url}?page={number + 1}") for number in range(-(-len(KINDS) // 20)))
        assert text.count('class="tag indigo"') == len(KINDS)
        assert "%(" not in text


def test_preferences(client, shen):
    client.force_login(shen)
    url = "/zh-hans/desk/notices/"
    assert page(client, url).count(" checked") == len({str(kind.label) for kind in KINDS.values()})
    client.post(url, {"by_mail": ["verification_verified", "message_received"]})
    silent = queries.kinds_not_mailed(shen)
    assert "enquiry_received" in silent
    assert silent.isdisjoint(
        {"verification_verified", "verification_refused", "verification_revoked", "message_received"}
    )
    assert page(client, url).count(" checked") == 2
    assert client.post(url, {"by_mail": ["nonsense"]}).status_code == 200
    assert not tell(shen, kind="listing_rejected").mail_due


def test_the_mail_of_a_notice(shen):
    shen.language = "en"
    shen.save()
    tell(shen, reason="<b>材料</b>不全。")
    actions.mail_send()
    letter = mail.outbox[0]
    html = letter.alternatives[0][0]
    assert "Hubei Intellectual Property Office" in letter.body and "<b>材料</b>不全。" in letter.body
    assert "/en/patents/CN6-2026-000001/" in letter.body and "/en/patents/CN6-2026-000001/" in html
    assert "&lt;b&gt;材料" in html
    assert "沈工" in letter.body and "沈工" in html
    assert letter.subject and "\n" not in letter.subject


def test_the_mail_of_a_demonstration_says_so(shen, guo):
    tell(shen)
    actions.mail_send()
    assert "演示环境" in mail.outbox[0].body and "演示环境" in mail.outbox[0].alternatives[0][0]
