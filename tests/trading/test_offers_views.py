"""Offers and agreements in the browser's eyes: what each page shows to whom, and what its forms refuse."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from platform_site import clock
from tests import shared
from tests.factories import offers, trading
from tests.factories.accounts import confirmed, verify
from trading.models import Agreement, Offer

pytestmark = pytest.mark.django_db
shen, bai, guo, mo, ad = shared.once("shen", "bai", "guo", "mo", "ad")


@pytest.fixture(scope="module")
def room(shen, bai):
    return trading.room(shen, bai)


@pytest.fixture(scope="module", autouse=True)
def _before_the_first_test(shen, bai, guo, mo, ad, room):
    """All of it is there for every test."""


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def fresh(person):
    return confirmed(browser(person), person)


def typed(room, **changes):
    """What a browser sends for an ordinary licence in Hunan for 360,000."""
    plain = {
        "form": "ordinary",
        "patents": [row.patent.application_number for row in room.listing.listing_patents.select_related("patent")],
        "provinces": ["430000"],
        "start": clock.today().isoformat(),
        "end": (clock.today() + timedelta(days=1000)).isoformat(),
        "consideration": "lump_sum",
        "amount_cny": "36万",
        "confidentiality_years": "5",
        "improvements": "maker",
        "dispute": "court_owner",
        "days": "10",
        "note": "请尽快答复。",
    }
    return {name: value for name, value in {**plain, **changes}.items() if value is not None}


def at(room, what="offers/make/"):
    return f"/zh-hans/trading/negotiations/{room.pk}/{what}"


def text(response):
    return response.content.decode()


def test_the_buyer_offers_and_both_see_it_on_the_table(room, shen, bai):
    answer = browser(bai).post(at(room), typed(room))
    assert (answer.status_code, answer["Location"]) == (302, at(room, ""))
    offer = Offer.objects.get()
    assert (offer.number, offer.side, str(offer.amount_cny), offer.state) == (1, "buyer", "360000.00", "open")
    owners, buyers = text(browser(shen).get(at(room, ""))), text(browser(bai).get(at(room, "")))
    assert "第 1 版，需求方提出" in owners and "核对并接受" in owners and "36 万元" in owners
    assert "撤回报价" in buyers and "核对并接受" not in buyers


def test_a_counter_offer_shows_only_what_moved(room, shen, bai):
    first = offers.made(room, bai)
    page = text(browser(shen).get(at(room)))
    assert "对第 1 版还价" in page and 'value="360000.00"' in page
    answer = browser(shen).post(at(room), typed(room, amount_cny="50万", answers=first.pk))
    assert answer.status_code == 302
    second = Offer.objects.get(number=2)
    page = text(browser(bai).get(second.get_absolute_url()))
    assert "<del>36 万元</del>" in page and "<ins>50 万元</ins>" in page
    assert browser(bai).get(f"{second.get_absolute_url()}?against=7").status_code == 404


def test_what_is_wrong_is_said_beside_the_fields_and_nothing_is_lost(room, bai):
    sent = typed(
        room, provinces=None, amount_cny="", consideration="royalty", end="2020-01-01", other="独家供货", days="10"
    )
    page = text(browser(bai).post(at(room), sent))
    for words in ("请勾选许可的省份", "这种付费方式需要填写这一项", "请填写金额", "应晚于起始日", "独家供货"):
        assert words in page
    assert not Offer.objects.exists()


def test_what_was_typed_before_the_login_ended_waits_and_is_sent_by_nobody(room, shen, bai):
    other = trading.room(shen, bai)
    visitor, sent = Client(), typed(room, other="登录过期前写的", amount_cny="")
    assert "/accounts/login/" in visitor.post(at(room), sent)["Location"]
    visitor.force_login(bai)
    page = text(visitor.get(at(room)))
    assert "登录过期前写的" in page and "已为您保留" in page and "请填写金额" not in page
    assert not Offer.objects.exists() and "登录过期前写的" not in text(visitor.get(at(other)))
    assert visitor.post(at(room), typed(room, other="登录过期前写的")).status_code == 302
    assert Offer.objects.get().terms.other == "登录过期前写的"
    assert "已为您保留" not in text(visitor.get(at(room)))


def test_instalments_add_up_to_the_price(room, bai):
    sent = typed(
        room, consideration="instalments", amount_cny="", part1_amount="10万", part1_months="0", part2_amount="20万",
        part2_months="6",
    )  # fmt: skip
    assert browser(bai).post(at(room), sent).status_code == 302
    offer = Offer.objects.get()
    assert (str(offer.amount_cny), offer.instalments) == ("300000.00", [["100000", 0], ["200000", 6]])
    assert "签约时 10 万元、生效后 6 个月 20 万元" in text(browser(bai).get(offer.get_absolute_url()))


def test_a_right_that_the_ledger_lacks_is_refused_with_the_article(room, shen, bai, guo):
    other = trading.room(shen, guo, listing=room.listing)
    verify(guo)
    offers.accepted(offers.made(other, guo, form="exclusive", provinces=()), shen)
    response = browser(bai).post(at(room), typed(room))
    assert response.status_code == 409
    assert "台账上已有：独占许可" in text(response) and "第二十五条" in text(response)


def test_accepting_wants_a_fresh_password(room, shen, bai):
    offer = offers.made(room, bai)
    client = browser(shen)
    answer = client.get(f"{offer.get_absolute_url()}accept/")
    assert answer.status_code == 302 and "/accounts/reauthenticate/" in answer["Location"]
    answer = client.post(f"{offer.get_absolute_url()}accept/", {"digest": offer.digest, "agreed": "on"})
    assert "/accounts/reauthenticate/" in answer["Location"]
    assert not Agreement.objects.exists()


def test_accepting_and_signing_in_the_browser(room, shen, bai):
    offer = offers.made(room, bai)
    client = fresh(shen)
    page = text(client.get(f"{offer.get_absolute_url()}accept/"))
    assert offer.digest in page and "36 万元" in page
    refused = text(client.post(f"{offer.get_absolute_url()}accept/", {"digest": offer.digest}))
    assert "这个字段是必填项" in refused and not Agreement.objects.exists()
    assert client.post(f"{offer.get_absolute_url()}accept/", {"digest": "0" * 64, "agreed": "on"}).status_code == 409
    answer = client.post(f"{offer.get_absolute_url()}accept/", {"digest": offer.digest, "agreed": "on"})
    agreement = Agreement.objects.get()
    assert answer["Location"] == agreement.get_absolute_url()
    for person in (shen, bai):
        answer = fresh(person).post(
            f"{agreement.get_absolute_url()}sign/", {"digest": agreement.digest, "agreed": "on"}
        )
        assert answer["Location"] == agreement.get_absolute_url()
    page = text(browser(bai).get(agreement.get_absolute_url()))
    assert "已签署" in page and "已登入台账" in page and "普通许可 · 湖南" in page


def test_declining_needs_words_and_withdrawing_is_for_ones_own(room, shen, bai):
    offer = offers.made(room, bai)
    client = browser(shen)
    assert "这个字段是必填项" in text(client.post(f"{offer.get_absolute_url()}decline/", {"reason": ""}))
    assert client.post(f"{offer.get_absolute_url()}withdraw/").status_code == 403
    assert browser(bai).post(f"{offer.get_absolute_url()}decline/", {"reason": "太低"}).status_code == 403
    assert client.post(f"{offer.get_absolute_url()}decline/", {"reason": "价格太低。"}).status_code == 302
    assert "价格太低。" in text(browser(bai).get(at(room, "")))


@pytest.mark.parametrize("verb", ["", "accept/", "decline/", "withdraw/"])
def test_strangers_and_officers_find_nothing(room, shen, bai, mo, guo, ad, verb):
    offer = offers.made(room, bai)
    for person in (mo, guo, ad):
        assert browser(person).get(f"{offer.get_absolute_url()}{verb}").status_code == 404
        assert browser(person).get(at(room)).status_code == 404


def test_agreements_are_listed_for_their_parties_alone(shen, bai, mo):
    assert "还没有合同" in text(browser(shen).get("/zh-hans/trading/agreements/"))
    agreement = offers.signed(shen, bai)
    for person, expected in ((shen, True), (bai, True), (mo, False)):
        page = text(browser(person).get("/zh-hans/trading/agreements/"))
        assert (agreement.number in page) == expected
        assert browser(person).get(agreement.get_absolute_url()).status_code == (200 if expected else 404)
    assert "这一状态下没有合同" in text(browser(shen).get("/zh-hans/trading/agreements/?state=drafted"))
    assert agreement.number in text(browser(shen).get("/zh-hans/trading/agreements/?state=signed"))


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_list_and_the_room_cost_the_same_for_one_as_for_three(shen, bai):
    client = browser(shen)
    offers.signed(shen, bai)
    first = queries_of(client, "/zh-hans/trading/agreements/")
    for _n in range(2):
        offers.signed(shen, bai)
    assert queries_of(client, "/zh-hans/trading/agreements/") == first <= 15
    room = trading.room(shen, bai)
    answers, actors = None, [bai, shen, bai]
    counted = []
    for actor in actors:
        answers = offers.made(room, actor, answers=answers).pk
        counted.append(queries_of(client, at(room, "")))
    assert len(set(counted)) == 1 and counted[0] <= 15
