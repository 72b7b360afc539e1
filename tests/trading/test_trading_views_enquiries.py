"""The page on which a member enquires."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from patents.actions import listings
from tests.factories import patents, trading
from trading.models import Message, MessageFile, Negotiation


def address(listing):
    return reverse("trading:enquiry_create", args=[listing.number])


def payload(**changes):
    plain = {
        "body": trading.ASKED,
        "forms": ["ordinary"],
        "provinces": ["430000", "140000"],
        "intended_use": "车载制氢",
    }
    return {**plain, "idempotency_key": str(uuid.uuid4()), **changes}


def test_a_visitor_signs_in_first_and_comes_back(client, shen):
    listing = trading.market(shen)
    response = client.get(address(listing))
    assert response.status_code == 302
    assert response["Location"].startswith("/zh-hans/accounts/login/")
    assert listing.number in response["Location"]


def test_the_form_offers_what_the_listing_offers(client, shen, mo):
    listing = trading.market(shen, forms=["sole"])
    client.force_login(mo)
    html = client.get(address(listing)).content.decode()
    assert 'value="sole" id="id_forms_0" checked' in html
    assert 'value="exclusive"' not in html
    assert html.index("山西") < html.index("安徽") < html.index("湖南")
    assert "只有您和权利人能看到" in html
    assert "multiple" in html


def test_an_unverified_member_enquires_with_attachments(client, shen, mo):
    listing = trading.market(shen)
    client.force_login(mo)
    sent = payload(uploads=[patents.document("一.pdf"), patents.picture("二.png")])
    response = client.post(address(listing), sent, follow=True)
    room = Negotiation.objects.get()
    assert response.redirect_chain == [(room.get_absolute_url(), 302)]
    assert "洽谈室已建立" in response.content.decode()
    assert room.enquiry.provinces == ["430000", "140000"]
    assert sorted(MessageFile.objects.values_list("file__name", flat=True)) == ["一.pdf", "二.png"]


def test_the_page_reads_in_english(client, shen, mo):
    listing = trading.market(shen, title_en="Catalyst")
    client.force_login(mo)
    with translation.override("en"):
        url = address(listing)
    response = client.get(url)
    assert response.status_code == 200
    assert "Catalyst" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"body": ""}, "请写明想了解的内容"),
        ({"body": "太短了"}, "请至少写 10 个字，现在是 3 个字"),
        ({"body": "长" * 5001}, "请不超过 5000 个字，现在是 5001 个字"),
        ({"forms": []}, "请至少选择一种方式"),
        ({"forms": ["assignment"]}, "不提供您所选的方式"),
        ({"provinces": ["110000"]}, "110000"),
        ({"intended_use": "用" * 201}, "200"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field_and_nothing_is_lost(client, shen, mo, changes, words):
    listing = trading.market(shen)
    client.force_login(mo)
    response = client.post(address(listing), payload(**changes))
    html = response.content.decode()
    assert response.status_code == 200
    assert words in html
    assert html.count('class="err"') == 1
    assert "<title>错误：" in html
    assert changes.get("body", trading.ASKED) in html
    assert not Negotiation.objects.exists()


def test_line_breaks_count_once(client, shen, mo):
    listing = trading.market(shen)
    client.force_login(mo)
    body = "\r\n".join(["行"] * 2500) + "尾"
    assert client.post(address(listing), payload(body=body)).status_code == 302
    assert Message.objects.get().body == body.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("uploads", "words"),
    [
        (lambda: [SimpleUploadedFile("假.pdf", b"<html><script>")], "假.pdf"),
        (lambda: [SimpleUploadedFile("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")], "图.svg"),
        (lambda: [SimpleUploadedFile("空.pdf", b"")], "空"),
        (lambda: [patents.document(f"{i}.pdf") for i in range(6)], "最多附 5 个文件"),
        (lambda: [patents.document(), SimpleUploadedFile("残.png", patents.picture().read()[:60])], "图片"),
    ],
)
def test_a_wrong_attachment_is_said_beside_the_field_and_the_text_stays(client, shen, mo, uploads, words):
    listing = trading.market(shen)
    client.force_login(mo)
    response = client.post(address(listing), payload(uploads=uploads()))
    html = response.content.decode()
    assert response.status_code == 200
    assert 'id="id_uploads_error"' in html
    assert words in html
    assert trading.ASKED in html
    assert not Negotiation.objects.exists()
    assert not MessageFile.objects.exists()


def test_the_owner_is_told_that_it_is_their_own(client, shen):
    listing = trading.market(shen)
    client.force_login(shen)
    for response in (client.get(address(listing)), client.post(address(listing), payload())):
        assert response.status_code == 403
        assert "您自己的技术" in response.content.decode()


@pytest.mark.parametrize("leave", ["listing_suspend", "listing_withdraw"])
def test_a_listing_that_left_the_market_says_so(client, shen, mo, leave):
    listing = trading.market(shen)
    getattr(listings, leave)(listing_id=listing.pk, actor=shen, reason="正在补正材料。")
    client.force_login(mo)
    for response in (client.get(address(listing)), client.post(address(listing), payload())):
        assert response.status_code == 409
        assert "不在架" in response.content.decode()


def test_what_was_never_public_does_not_exist(client, shen, mo, guo):
    hidden = [patents.draft(shen), patents.submitted(shen)]
    for person in (mo, guo):
        client.force_login(person)
        for listing in hidden:
            assert client.get(address(listing)).status_code == 404
            assert client.post(address(listing), payload()).status_code == 404
    assert client.get(reverse("trading:enquiry_create", args=["CN6-2026-999999"])).status_code == 404


def test_a_second_enquiry_leads_to_the_room(client, shen, bai):
    room = trading.room(shen, bai)
    client.force_login(bai)
    for response in (
        client.get(address(room.listing), follow=True),
        client.post(address(room.listing), payload(), follow=True),
    ):
        assert response.redirect_chain == [(room.get_absolute_url(), 302)]
        assert "您已就这项技术询盘" in response.content.decode()
    assert Message.objects.count() == 1


def test_a_room_outlives_the_listing_for_who_is_in_it(client, shen, bai):
    room = trading.room(shen, bai)
    listings.listing_withdraw(listing_id=room.listing_id, actor=shen, reason="已另行安排。")
    client.force_login(bai)
    assert client.get(address(room.listing))["Location"] == room.get_absolute_url()


def test_who_left_is_told_so(client, shen, bai):
    room = trading.room(shen, bai)
    trading.leave(room, bai)
    client.force_login(bai)
    response = client.post(address(room.listing), payload())
    assert response.status_code == 409
    assert "已退出" in response.content.decode()


def test_a_form_sent_twice_is_one_room(client, shen, bai):
    listing = trading.market(shen)
    client.force_login(bai)
    sent = payload()
    first, second = client.post(address(listing), sent), client.post(address(listing), sent)
    assert first["Location"] == second["Location"] == Negotiation.objects.get().get_absolute_url()
    assert Message.objects.count() == 1
