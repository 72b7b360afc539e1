"""A code says whether a paper is genuine; before recordal nothing else, afterwards what the national office publishes."""

import pytest
from django.test import override_settings
from django.urls import reverse

from tests.factories import agreements, offers
from trading import codes, verification

pytestmark = pytest.mark.django_db
PRICE = "987654.00"
# Nothing of these may ever stand on the public page.
PRICES = ("987654", "987,654", "98.7654", "捌拾柒万", "玖拾捌万")
CANARY = "金丝雀条款"


def page(client, code, **query):
    return client.get(reverse("trading:verify_detail", args=[code]), query)


def words(answer):
    """What the page itself says, without the frame that every page has."""
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def secret(owner, buyer, make=agreements.drafted, *more, **what):
    return make(owner, buyer, *more, amount_cny=PRICE, delivery=CANARY, other=CANARY, **what)


def said_of(agreement):
    """What would give the contract away before recordal."""
    patent = agreement.listing.listing_patents.get().patent
    return [
        agreement.owner.display_name, agreement.buyer.display_name, agreement.owner.email, agreement.number,
        patent.application_number, patent.shown_number, patent.title_zh, agreement.digest[:8], agreement.digest[-8:],
        agreement.listing.number, "普通许可", "湖南",
    ]  # fmt: skip


@pytest.mark.parametrize("make", [agreements.drafted, agreements.signed, agreements.filed])
def test_before_recordal_it_is_genuine_and_nothing_more(client, shen, bai, make):
    agreement = secret(shen, bai, make)
    answer = page(client, agreement.code)
    said = words(answer)
    assert answer.status_code == 200
    assert "真实" in said and agreement.get_state_display() in said
    assert [fact for fact in said_of(agreement) if fact in said.replace(agreement.code, "")] == []
    assert CANARY not in said and not any(price in said for price in PRICES)


def test_recorded_it_shows_what_the_national_office_publishes(client, shen, bai, guo):
    agreement = secret(shen, bai, agreements.recorded, guo)
    patent = agreement.listing.listing_patents.get().patent
    said = words(page(client, agreement.code))
    for fact in (
        agreement.number, shen.display_name, bai.display_name, patent.shown_number, patent.main_class, "普通许可",
        agreements.NUMBER, f"{agreement.digest[:8]} … {agreement.digest[-8:]}", "已备案",
    ):  # fmt: skip
        assert fact in said
    assert CANARY not in said and not any(price in said for price in PRICES)
    assert agreement.digest not in said
    assert bai.verifications.get().identity_tail not in said.replace(agreement.code, "")


def test_a_registered_assignment_names_assignor_and_assignee(client, shen, bai, guo):
    agreement = agreements.recorded(shen, bai, guo, form="assignment")
    said = words(page(client, agreement.code))
    assert "转让人" in said and "受让人" in said and "登记号" in said


def test_a_code_that_nobody_has_is_not_found_in_one_way(client, shen, bai):
    agreements.drafted(shen, bai)
    answers = [page(client, codes.new_code()) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    bodies = {words(answer) for answer in answers}
    assert len(bodies) == 1 and "查无此合同" in bodies.pop()


def test_unknown_and_slipped_codes_ask_the_register_as_little_as_may_be(client, django_assert_num_queries, shen, bai):
    agreement = agreements.drafted(shen, bai)
    slip = ("2" if agreement.code[0] != "2" else "3") + agreement.code[1:]
    assert verification.seal_of(codes.new_code()) is None
    with django_assert_num_queries(1):
        verification.seal_of(codes.new_code())
    said = words(page(client, slip))
    assert "核验码输入有误" in said and "真实" not in said and "查无此合同" not in said


@pytest.mark.parametrize("spelling", [codes.printed, str.lower, lambda code: f" {codes.printed(code).lower()} "])
def test_the_form_takes_a_code_however_it_is_written(client, shen, bai, spelling):
    agreement = agreements.drafted(shen, bai)
    answer = client.get(reverse("trading:verify_form"), {"code": spelling(agreement.code)})
    assert answer.status_code == 302 and answer["Location"].endswith(f"/trading/verify/{agreement.code}/")


def test_a_slip_keeps_what_was_typed_and_says_it_beside_the_field(client):
    answer = client.get(reverse("trading:verify_form"), {"code": "ABCD-EFGH"})
    assert answer.status_code == 200
    assert 'value="ABCD-EFGH"' in words(answer) and "核验码输入有误" in words(answer)
    assert "请输入合同上的核验码" in words(client.get(reverse("trading:verify_form"), {"code": ""}))


def test_the_address_without_a_language_leads_on(client, shen, bai):
    agreement = agreements.drafted(shen, bai)
    answer = client.get(f"/trading/verify/{agreement.code}/")
    assert answer.status_code == 302 and f"/trading/verify/{agreement.code}/" in answer["Location"]


def test_the_digest_on_the_paper_is_compared(client, shen, bai):
    agreement = agreements.drafted(shen, bai)
    typed = f" {agreement.digest[:32].upper()} {agreement.digest[32:]}\n"
    assert "一致：" in words(page(client, agreement.code, digest=typed))
    other = words(page(client, agreement.code, digest="a" * 64))
    assert "不一致：" in other and agreement.digest not in other
    wrong = words(page(client, agreement.code, digest="abc"))
    assert "摘要应为 64 位" in wrong and 'value="abc"' in wrong
    assert not verification.is_same(codes.new_code(), "0" * 64)


def test_an_unknown_code_compares_nothing(client):
    said = words(page(client, codes.new_code(), digest="0" * 64))
    assert "查无此合同" in said and "一致" not in said


def test_neither_kept_nor_found_by_search_engines(client, shen, bai):
    answer = page(client, agreements.drafted(shen, bai).code)
    assert answer["Cache-Control"] == "no-store" and answer["X-Robots-Tag"] == "noindex"


def test_an_expired_contract_stays_genuine(client, shen, bai):
    agreement = agreements.drafted(shen, bai)
    type(agreement).objects.filter(pk=agreement.pk).update(state="expired")
    said = words(page(client, agreement.code))
    assert "真实" in said and "已到期" in said


@override_settings(READ_LIMITS={"trading:verify_detail": "3/h/ip"})
def test_codes_cannot_be_tried_out(client, shen, bai):
    agreement = agreements.drafted(shen, bai)
    answers = [page(client, codes.new_code()).status_code for _ in range(3)]
    assert answers == [200, 200, 200]
    assert page(client, agreement.code).status_code == 429
    elsewhere = client.get(reverse("trading:verify_detail", args=[agreement.code]), REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200
    assert client.get(reverse("trading:verify_form")).status_code == 200


def test_in_english(client, shen, bai):
    agreement = offers.sign(agreements.drafted(shen, bai), bai)
    answer = client.get(f"/en/trading/verify/{agreement.code}/")
    assert answer.status_code == 200 and codes.printed(agreement.code) in words(answer)
