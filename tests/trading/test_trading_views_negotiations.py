"""The list of rooms and the room, as their parties see them."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patents.actions import listings
from platform_site import clock
from tests.factories import accounts, patents, trading
from trading.actions import rooms
from trading.models import Message, MessageFile, Negotiation, Party

LIST = "/zh-hans/trading/negotiations/"


def verb(room, name):
    return reverse(f"trading:{name}", args=[room.pk])


def payload(**changes):
    return {"body": "请寄样品。", "read_to": "", "idempotency_key": str(uuid.uuid4()), **changes}


def page(client, room, query=""):
    response = client.get(room.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


# ---- the list


def test_the_list_says_who_must_act_and_what_is_unread(client, shen, bai):
    room = trading.room(shen, bai)
    client.force_login(shen)
    html = client.get(LIST).content.decode()
    for words in (
        "低温氨分解制氢用钌基催化剂",
        "等您答复，剩 2 个工作日",
        "1 条未读",
        "需求方 白经理",
        room.listing.number,
        room.get_absolute_url(),
    ):
        assert words in html
    client.force_login(bai)
    html = client.get(LIST).content.decode()
    assert "等对方答复" in html
    assert "条未读" not in html
    assert "权利人 沈工" in html


def test_a_closed_room_waits_for_nobody(client, shen, bai):
    room = trading.room(shen, bai)
    rooms.negotiation_close(negotiation_id=room.pk, actor=bai)
    client.force_login(shen)
    html = client.get(LIST).content.decode()
    assert "已结束" in html
    assert "等您答复" not in html


def test_the_list_is_filtered_by_side(client, shen, bai):
    asked = trading.room(shen, bai)
    own = trading.room(bai, shen, listing=trading.market(bai, title="另一项技术"))
    client.force_login(shen)
    for query, there, away in (("?side=owner", asked, own), ("?side=buyer", own, asked)):
        html = client.get(LIST + query).content.decode()
        assert there.get_absolute_url() in html
        assert away.get_absolute_url() not in html
    html = client.get(LIST + "?side=nonsense").content.decode()
    assert asked.get_absolute_url() in html
    assert own.get_absolute_url() in html


def test_an_empty_list_says_how_to_begin(client, mo):
    client.force_login(mo)
    html = client.get(LIST).content.decode()
    assert "还没有洽谈" in html
    assert 'href="/zh-hans/patents/"' in html
    assert "这一身份下还没有洽谈" in client.get(LIST + "?side=owner").content.decode()


def test_the_list_has_pages_of_twenty(client, shen):
    listing = trading.market(shen)
    for i in range(21):
        trading.room(shen, accounts.member(f"b{i}@example.org", name=f"买{i}"), listing=listing)
    client.force_login(shen)
    assert client.get(LIST).content.decode().count('class="item"') == 20
    second = client.get(LIST + "?page=2&side=owner").content.decode()
    assert second.count('class="item"') == 1
    assert "第 2 页" in second
    assert "side=owner" in second
    for beyond in ("3", "0", "-1", "x", "9" * 30):
        assert client.get(f"{LIST}?page={beyond}").status_code == 404


def test_three_rooms_cost_as_many_queries_as_one(client, shen, bai, mo, he):
    listing = trading.market(shen)
    trading.room(shen, bai, listing=listing)
    client.force_login(shen)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    trading.room(shen, mo, listing=listing)
    trading.room(shen, he, listing=trading.market(shen, title="又一项"))
    with CaptureQueriesContext(connection) as three:
        assert client.get(LIST).content.decode().count('class="item"') == 3
    assert len(one) == len(three)


# ---- the room


def test_the_room_shows_the_enquiry_and_the_talk(client, shen, bai):
    room = trading.room(
        shen, bai, forms=["exclusive", "ordinary"], provinces=["430000", "140000"], body="第一行\n第二行 <b>不加粗</b>"
    )
    trading.say(room, shen, "可以。", uploads=[patents.document("试验报告.pdf")])
    client.force_login(bai)
    html = page(client, room)
    for words in (
        "独占许可、普通许可", "山西、湖南", "车载制氢", "第一行<br>第二行 &lt;b&gt;不加粗", "可以。", "试验报告.pdf", "PDF · ",
        "沈工", "白经理", room.listing.number, "等您答复", "未读", "只有双方能看到",
    ):  # fmt: skip
        assert words in html, words
    assert html.index("第一行") < html.index("可以。")
    assert reverse("trading:message_file", args=[room.pk, MessageFile.objects.get().pk]) in html
    assert "@example.org" not in html.partition("<main")[2]


def test_the_room_is_kept_by_no_cache(client, shen, bai):
    room = trading.room(shen, bai)
    client.force_login(bai)
    assert client.get(room.get_absolute_url())["Cache-Control"] == "private, no-store"
    assert client.get(LIST)["Cache-Control"] == "private, no-store"


def test_opening_a_room_writes_nothing(client, shen, bai):
    room = trading.room(shen, bai)
    client.force_login(shen)
    page(client, room)
    assert Party.objects.get(user=shen).read_at is None
    assert "未读" in page(client, room)


def test_the_button_marks_read_what_was_shown(client, shen, bai):
    room = trading.room(shen, bai)
    client.force_login(shen)
    html = page(client, room)
    assert "标为已读" in html
    shown = room.messages.get().pk
    assert f'name="read_to" value="{shown}"' in html
    trading.say(room, bai, "这条在打开页面之后才到。")
    assert client.post(verb(room, "negotiation_read"), {"read_to": shown}).status_code == 302
    assert "1 条未读" in client.get(LIST).content.decode()
    client.post(verb(room, "negotiation_read"), {"read_to": Message.objects.last().pk})
    assert "标为已读" not in page(client, room)


def test_whose_turn_it_is_counts_working_days(client, shen, bai):
    friday = datetime(2026, 11, 20, 16, tzinfo=ZoneInfo("Asia/Shanghai"))
    with clock.at(friday - timedelta(days=7)):
        listing = trading.market(shen)
    with clock.at(friday):
        room = trading.room(shen, bai, listing=listing)
    for days, waited, left in (
        (0, 0, "剩 2 个工作日"),
        (2, 0, "剩 2 个工作日"),
        (4, 2, "今日到期"),
        (5, 3, "已超期 1 个工作日"),
    ):
        with clock.at(friday + timedelta(days=days)):
            client.force_login(shen)
            html = page(client, room)
        assert f"已过 {waited} 个工作日" in html
        assert left in html
        with clock.at(friday + timedelta(days=days)):
            client.force_login(bai)
            assert "等待权利人答复" in page(client, room)


def test_a_message_is_sent_and_shown(client, shen, bai):
    room = trading.room(shen, bai)
    client.force_login(shen)
    response = client.post(verb(room, "message_send"), payload(uploads=[patents.picture("样品.png")]))
    message = Message.objects.get(body="请寄样品。")
    assert response["Location"] == f"{room.get_absolute_url()}#message-{message.pk}"
    assert f'id="message-{message.pk}" class="mine"' in page(client, room)


def test_a_message_sent_twice_is_one(client, shen, bai):
    room = trading.room(shen, bai)
    client.force_login(shen)
    sent = payload()
    answers = {client.post(verb(room, "message_send"), sent)["Location"] for _ in range(2)}
    assert len(answers) == 1
    assert Message.objects.filter(author=shen).count() == 1


def test_an_empty_or_endless_message_is_said_beside_the_field(client, shen, bai):
    room = trading.room(shen, bai)
    client.force_login(shen)
    for body, words in (("  \r\n ", "请先写留言"), ("长" * 5001, "现在是 5001 个字")):
        response = client.post(verb(room, "message_send"), payload(body=body))
        assert response.status_code == 200
        assert words in response.content.decode()
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "upload",
    [lambda: SimpleUploadedFile("假.pdf", b"MZ"), lambda: SimpleUploadedFile("残.png", patents.picture().read()[:60])],
)
def test_a_wrong_attachment_keeps_the_typed_text(client, shen, bai, upload):
    room = trading.room(shen, bai)
    client.force_login(shen)
    response = client.post(verb(room, "message_send"), payload(body="写了很久的一段话。", uploads=upload()))
    html = response.content.decode()
    assert 'id="id_uploads_error"' in html
    assert "写了很久的一段话。</textarea>" in html
    assert Message.objects.count() == 1


def test_a_room_closed_meanwhile_keeps_the_typed_text(client, shen, bai):
    room = trading.room(shen, bai)
    client.force_login(shen)
    rooms.negotiation_close(negotiation_id=room.pk, actor=bai)
    response = client.post(verb(room, "message_send"), payload(body="写了很久的一段话。"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "洽谈已结束，不能再留言" in html
    assert "写了很久的一段话。</textarea>" in html
    assert Message.objects.count() == 1


def test_closing_and_opening_again(client, shen, bai):
    room = trading.room(shen, bai)
    client.force_login(bai)
    html = client.post(verb(room, "negotiation_close"), follow=True).content.decode()
    assert "洽谈已结束" in html
    assert "<textarea" not in html
    assert "白经理于" in html
    assert client.post(verb(room, "negotiation_close")).status_code == 409
    client.force_login(shen)
    assert "重新开启洽谈" in page(client, room)
    html = client.post(verb(room, "negotiation_reopen"), follow=True).content.decode()
    assert "<textarea" in html
    assert Negotiation.objects.get().state == "open"


@pytest.mark.parametrize("name", ["message_send", "negotiation_read", "negotiation_close", "negotiation_reopen"])
def test_a_verb_without_a_form_leads_back_to_the_room_and_changes_nothing(client, shen, bai, name):
    room = trading.room(shen, bai)
    client.force_login(shen)
    assert client.get(verb(room, name))["Location"] == room.get_absolute_url()
    assert client.delete(verb(room, name)).status_code == 405
    assert (Negotiation.objects.get().state, Message.objects.count()) == ("open", 1)
    assert Party.objects.get(user=shen).read_at is None


def test_a_listing_off_the_market_is_said_and_the_talk_goes_on(client, shen, bai):
    room = trading.room(shen, bai)
    listings.listing_suspend(listing_id=room.listing_id, actor=shen, reason="正在补正材料。")
    client.force_login(bai)
    html = page(client, room)
    assert "这项技术现在的状态是“暂停展示”" in html
    assert room.listing.get_absolute_url() not in html
    assert client.post(verb(room, "message_send"), payload()).status_code == 302
    client.force_login(shen)
    assert room.listing.get_absolute_url() in page(client, room)


def test_fifty_messages_a_page_and_the_older_by_a_link(client, shen, bai):
    room = trading.room(shen, bai)
    for i in range(60):
        trading.say(room, shen if i % 2 else bai, f"第{i:02d}句")
    client.force_login(bai)
    html = page(client, room)
    assert html.count('id="message-') == 50
    assert "第59句" in html
    assert "第09句" not in html
    older = Message.objects.get(body="第10句").pk
    assert f"?before={older}" in html
    html = page(client, room, f"?before={older}")
    assert html.count('id="message-') == 11
    assert html.index(trading.ASKED) < html.index("第00句") < html.index("第09句")
    assert "回到最新留言" in html
    assert "查看更早" not in html
    assert "<textarea" not in html
    first = room.messages.first().pk
    for wrong in (str(first), "0", "x", "-1", "", "9" * 30, "²"):
        assert client.get(room.get_absolute_url(), {"before": wrong}).status_code == 404, wrong


def test_three_messages_cost_as_many_queries_as_one(client, shen, bai):
    room = trading.room(shen, bai, uploads=[patents.document()])
    client.force_login(shen)
    page(client, room)
    with CaptureQueriesContext(connection) as one:
        page(client, room)
    trading.say(room, bai, uploads=[patents.document(), patents.document()])
    trading.say(room, bai, "三")
    with CaptureQueriesContext(connection) as three:
        page(client, room)
    assert len(one) == len(three)


# ---- attachments


def test_a_document_comes_as_an_attachment_and_a_picture_in_the_page(client, shen, bai):
    room = trading.room(shen, bai, uploads=[patents.document("试验 报告.pdf"), patents.picture("图.png")])
    client.force_login(shen)
    for row in MessageFile.objects.select_related("file"):
        response = client.get(reverse("trading:message_file", args=[room.pk, row.pk]))
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Type"] == row.file.content_type
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
        assert response["Content-Disposition"].startswith("inline" if row.file.is_image else "attachment")
        assert len(b"".join(response.streaming_content)) == row.file.size


def test_an_attachment_is_found_in_its_own_room_only(client, shen, bai, mo):
    room = trading.room(shen, bai, uploads=[patents.document()])
    other = trading.room(shen, mo, listing=room.listing)
    client.force_login(shen)
    file = MessageFile.objects.get().pk
    assert client.get(reverse("trading:message_file", args=[other.pk, file])).status_code == 404
    assert client.get(reverse("trading:message_file", args=[room.pk, file + 1])).status_code == 404
