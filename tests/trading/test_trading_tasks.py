"""Notices of a room: to the other side alone, in their language, once, and without what was said."""

import pytest
from django.core import mail
from django.urls import resolve

from platform_site.notices.actions import mail_send
from platform_site.notices.models import Notice
from platform_site.outbox.queue import drain
from tests.factories import accounts, trading
from trading import tasks

CANARY = "暗语石榴七号"


@pytest.fixture
def delivered(transactional_db):
    """Deliver the outbox and the mails, as the worker does."""

    def deliver():
        drain()
        mail_send()

    return deliver


def test_the_owner_hears_of_an_enquiry_in_their_language(bai, delivered):
    owner = accounts.member("owner@example.org", name="Owner", verified=True, language="en")
    listing = trading.market(owner, title="低温制氢催化剂", title_en="Low temperature hydrogen catalyst")
    room = trading.room(owner, bai, listing=listing, body=f"{CANARY}，请介绍。这是第一条留言。", use=CANARY)
    delivered()
    notice = Notice.objects.get(kind="enquiry_received")
    assert (notice.recipient, notice.path) == (owner, f"/trading/negotiations/{room.pk}/")
    assert notice.data == {"sender": "白经理", "number": listing.number, "title": "Low temperature hydrogen catalyst"}
    assert resolve(f"/zh-hans{notice.path}").view_name == "trading:negotiation_detail"
    assert not Notice.objects.filter(kind="message_received").exists()
    letter = next(letter for letter in mail.outbox if listing.number in letter.subject and "白经理" in letter.subject)
    assert letter.to == ["owner@example.org"]
    assert f"/en/trading/negotiations/{room.pk}/" in letter.body


def test_each_message_is_told_to_the_other_side(shen, bai, delivered):
    room = trading.room(shen, bai)
    trading.say(room, shen, f"{CANARY}一")
    trading.say(room, bai, f"{CANARY}二")
    trading.say(room, shen, f"{CANARY}三")
    delivered()
    told = Notice.objects.filter(kind="message_received").order_by("id")
    assert [notice.recipient for notice in told] == [bai, shen, bai]
    assert len({notice.key for notice in told}) == 3


def test_what_is_said_is_in_no_notice_and_no_mail(shen, bai, delivered):
    room = trading.room(shen, bai, body=f"{CANARY}，请介绍一下。", use=CANARY)
    trading.say(room, shen, CANARY)
    delivered()
    assert len([letter for letter in mail.outbox if room.listing.number in letter.body + letter.subject]) >= 2
    assert all(CANARY not in str(letter.message()) + letter.subject + letter.body for letter in mail.outbox)
    assert all(CANARY not in str(notice.data) for notice in Notice.objects.all())


def test_five_deliveries_are_one_notice(shen, bai):
    room = trading.room(shen, bai)
    message = trading.say(room, shen)
    for _ in range(5):
        tasks.enquiry_create_notify.run(negotiation_id=room.pk)
        tasks.message_send_notify.run(message_id=message.pk)
    assert Notice.objects.filter(kind="enquiry_received", recipient=shen).count() == 1
    assert Notice.objects.filter(kind="message_received", recipient=bai).count() == 1
    assert Notice.objects.filter(kind__in=["enquiry_received", "message_received"]).count() == 2


def test_who_has_left_before_the_delivery_is_not_told(shen, bai):
    room = trading.room(shen, bai)
    message = trading.say(room, shen)
    trading.leave(room, bai)
    tasks.message_send_notify.run(message_id=message.pk)
    assert not Notice.objects.filter(recipient=bai, kind="message_received").exists()


def test_a_party_without_a_name_is_not_called_by_the_login(shen):
    nameless = accounts.member("secret-login@example.org", name="")
    room = trading.room(shen, nameless)
    tasks.enquiry_create_notify.run(negotiation_id=room.pk)
    notice = Notice.objects.get(kind="enquiry_received")
    assert "secret-login" not in str(notice.data)
    assert notice.data["sender"] == "未署名会员"
