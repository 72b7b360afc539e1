"""The pages of filing and examining: what parties and officers see, and what nobody else does."""

import io
import json
import zipfile

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patents.models import Listing, Patent
from platform_site import clock
from platform_site.files import store
from tests.factories import agreements, offers, patents
from trading import terms
from trading.models import Agreement, Offer, Recordal

pytestmark = pytest.mark.django_db
PRICE = "987654.00"


def at(name, agreement):
    return reverse(f"trading:{name}", args=[agreement.pk])


def get(client, person, name, agreement, **query):
    client.force_login(person)
    return client.get(at(name, agreement), query)


def post(client, person, name, agreement, **data):
    client.force_login(person)
    return client.post(at(name, agreement), data)


def words(answer):
    return answer.content.decode()


def content(answer):
    return b"".join(answer.streaming_content)


# ---- papers


def test_while_the_worker_is_at_it_the_page_says_so(client, shen, bai):
    agreement = agreements.drafted(shen, bai)
    answer = get(client, shen, "agreement_paper", agreement)
    assert answer.status_code == 202 and "正在生成，约几秒" in words(answer)
    assert "正在生成，约几秒" in words(get(client, shen, "agreement_detail", agreement))


def test_a_party_reads_the_contract_as_pdf(client, shen, bai):
    agreement = agreements.papers(agreements.drafted(shen, bai))
    answer = get(client, bai, "agreement_paper", agreement)
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "private, no-store"
    assert "attachment" in answer["Content-Disposition"]
    assert len(pypdf.PdfReader(io.BytesIO(content(answer))).pages) >= 4
    assert at("agreement_paper", agreement) in words(get(client, bai, "agreement_detail", agreement))


def test_a_paper_without_the_latest_signature_is_not_served(client, shen, bai):
    agreement = agreements.papers(agreements.drafted(shen, bai))
    offers.sign(agreement, bai)
    assert get(client, shen, "agreement_paper", agreement).status_code == 202
    agreements.papers(agreement)
    assert get(client, shen, "agreement_paper", agreement).status_code == 200


@pytest.mark.parametrize("name", ["agreement_paper", "agreement_form", "agreement_archive", "agreement_detail"])
@pytest.mark.parametrize("who", ["mo", "guo", "he", "ad"])
def test_before_filing_nobody_but_the_parties_sees_anything(client, shen, bai, name, who, request):
    agreement = agreements.papers(agreements.signed(shen, bai))
    assert get(client, request.getfixturevalue(who), name, agreement).status_code == 404


def test_after_filing_the_office_of_the_province_sees_it_and_no_other(client, shen, bai, guo, he, mo, ad):
    agreement = agreements.papers(agreements.filed(shen, bai, amount_cny=PRICE))
    for name in ("agreement_detail", "agreement_paper", "agreement_form"):
        assert get(client, guo, name, agreement).status_code == 200
        for other in (he, mo, ad):
            assert get(client, other, name, agreement).status_code == 404
    assert get(client, guo, "agreement_archive", agreement).status_code == 404


def test_there_is_no_form_before_both_have_signed_and_no_proof_before_recordal(client, shen, bai):
    agreement = agreements.papers(agreements.drafted(shen, bai))
    assert get(client, shen, "agreement_form", agreement).status_code == 404
    assert get(client, shen, "agreement_proof", agreement).status_code == 404


def test_everything_in_one_file_for_the_parties(client, shen, bai, guo):
    agreement = agreements.papers(agreements.recorded(shen, bai, guo, amount_cny=PRICE))
    answer = get(client, bai, "agreement_archive", agreement)
    assert answer["Content-Type"] == "application/zip" and answer["Cache-Control"] == "private, no-store"
    bundle = zipfile.ZipFile(io.BytesIO(content(answer)))
    assert bundle.testzip() is None
    names = bundle.namelist()
    assert [name[0] for name in names[:3]] == ["1", "2", "3"] and names[3:] == ["signatures.json", "offers.json"]
    signatures = json.loads(bundle.read("signatures.json"))
    assert {row["digest"] for row in signatures["signatures"]} == {agreement.digest} == {signatures["digest"]}
    (offer,) = json.loads(bundle.read("offers.json"))
    assert offer["terms"]["amount_cny"] == PRICE and offer["digest"] == agreement.digest
    plain = json.dumps(offer["terms"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert terms.hashlib.sha256(plain.encode()).hexdigest() == agreement.digest, "anybody can compute it anew"


def test_a_lost_file_does_not_spoil_the_archive(client, shen, bai, settings):
    agreement = agreements.papers(agreements.signed(shen, bai))
    (settings.MEDIA_ROOT / agreement.paper.path).unlink()
    bundle = zipfile.ZipFile(io.BytesIO(content(get(client, shen, "agreement_archive", agreement))))
    assert agreement.paper.name in bundle.read("LOST.txt").decode()


# ---- filing


def test_the_party_sees_each_ground_and_the_clock_and_files(client, shen, bai):
    agreement = agreements.signed(shen, bai)
    said = words(get(client, shen, "agreement_detail", agreement))
    assert "最后一天是" in said and at("agreement_file", agreement) in said
    page = words(get(client, shen, "agreement_file", agreement))
    assert page.count("备案办法") == 10 and page.count("通过</span>") == 12
    answer = post(client, shen, "agreement_file", agreement)
    assert answer.status_code == 302
    assert Agreement.objects.get(pk=agreement.pk).state == "filed"
    assert "等待预审" in words(get(client, bai, "agreement_detail", agreement))


def test_a_problem_is_shown_with_its_way_out_and_keeps_the_button_away(client, shen, bai):
    agreement = agreements.signed(shen, bai)
    Listing.objects.filter(pk=agreement.listing_id).update(state="suspended", suspended_by="status")
    Patent.objects.filter(listing_patents__listing=agreement.listing_id).update(legal_status="late_fee")
    page = words(get(client, shen, "agreement_file", agreement))
    assert "处于年费滞纳期" in page and "请先缴清年费和滞纳金" in page and "提交预审</button>" not in page
    answer = post(client, shen, "agreement_file", agreement)
    assert answer.status_code == 409 and "滞纳期" in words(answer)


def test_a_form_that_is_sent_in_the_wrong_state_is_a_conflict(client, shen, bai):
    agreement = agreements.filed(shen, bai)
    assert post(client, bai, "agreement_file", agreement).status_code == 409
    assert "不能提交" in words(get(client, bai, "agreement_file", agreement))


def test_a_correction_is_read_answered_and_seen(client, shen, bai, guo):
    agreement = agreements.filed(shen, bai)
    empty = post(client, guo, "agreement_correction_request", agreement, note="")
    assert empty.status_code == 200 and "请写明需要补正什么" in words(empty)
    post(client, guo, "agreement_correction_request", agreement, note="请补正 <b>期限</b>。")
    said = words(get(client, bai, "agreement_file", agreement))
    assert "请补正 &lt;b&gt;期限&lt;/b&gt;。" in said
    blank = post(client, bai, "agreement_file", agreement, answer="")
    assert blank.status_code == 200 and "请说明补正了什么" in words(blank)
    post(client, bai, "agreement_file", agreement, answer="起止日已写明。")
    assert "起止日已写明。" in words(get(client, guo, "agreement_detail", agreement))


# ---- the office


def test_the_officer_sees_terms_papers_and_grounds_and_passes(client, shen, bai, guo):
    agreement = agreements.papers(agreements.filed(shen, bai, amount_cny="360000.00"))
    page = words(get(client, guo, "agreement_detail", agreement))
    assert "36 万元" in page and "备案办法" in page and at("agreement_paper", agreement) in page
    assert at("agreement_examine", agreement) in page and at("agreement_archive", agreement) not in page
    post(client, guo, "agreement_examine", agreement)
    assert Agreement.objects.get(pk=agreement.pk).state == "pre_examined"
    assert at("agreement_record", agreement) in words(get(client, guo, "agreement_detail", agreement))


def test_a_look_at_the_verb_changes_nothing(client, shen, bai, guo):
    agreement = agreements.filed(shen, bai)
    assert get(client, guo, "agreement_examine", agreement).status_code == 302
    assert Agreement.objects.get(pk=agreement.pk).state == "filed"


def record(client, officer, agreement, **changes):
    data = {
        "number": "X2026420000777",
        "recorded_on": clock.day_of(Recordal.objects.get(agreement=agreement).filed_at).isoformat(),
    }
    return post(client, officer, "agreement_record", agreement, **{**data, "proof": patents.document(), **changes})


def test_the_number_of_the_national_office_is_entered_and_seen(client, shen, bai, guo):
    agreement = agreements.examined(shen, bai, guo)
    assert record(client, guo, agreement).status_code == 302
    assert "X2026420000777" in words(get(client, bai, "agreement_detail", agreement))
    proof = get(client, shen, "agreement_proof", agreement)
    assert proof["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": ""}, "请填写备案号或登记号"),
        ({"recorded_on": "2000-01-01"}, "合同签署之日"),
        ({"recorded_on": "明天"}, "2026-01-31"),
        ({"proof": ""}, "请附证明文件"),
        ({"proof": patents.SimpleUploadedFile("a.pdf", b"no")}, "不是可接受的文件"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(client, shen, bai, guo, changes, said):
    agreement = agreements.examined(shen, bai, guo)
    answer = record(client, guo, agreement, **changes)
    assert answer.status_code == 200 and said in words(answer)
    if "number" not in changes:
        assert "X2026420000777" in words(answer)
    assert Agreement.objects.get(pk=agreement.pk).state == "pre_examined"


@pytest.mark.parametrize("name", ["agreement_examine", "agreement_correction_request", "agreement_record"])
@pytest.mark.parametrize("who", ["shen", "bai", "he", "mo", "ad"])
def test_nobody_else_reaches_the_offices_verbs(client, shen, bai, guo, name, who, request):
    agreement = agreements.filed(shen, bai)
    person = request.getfixturevalue(who)
    assert get(client, person, name, agreement).status_code == 404
    assert post(client, person, name, agreement, note="x").status_code == 404
    assert Agreement.objects.get(pk=agreement.pk).state == "filed"


# ---- the queue


def queue(client, person, **query):
    client.force_login(person)
    return client.get(reverse("trading:agreement_queue"), query)


def test_an_empty_queue_says_why(client, guo):
    assert "没有待预审的合同" in words(queue(client, guo))
    assert "这里没有合同" in words(queue(client, guo, show="all"))


def test_the_queue_holds_what_was_filed_here_and_no_price(client, shen, bai, guo, he):
    agreement = agreements.filed(shen, bai, amount_cny=PRICE)
    agreements.signed(shen, bai)
    page = words(queue(client, guo))
    assert page.count(agreement.number) == 1 and "98.7654" not in page
    assert agreement.number not in words(queue(client, he))


@pytest.mark.parametrize("who", ["shen", "mo", "ad"])
def test_the_queue_is_for_officers(client, who, request):
    assert queue(client, request.getfixturevalue(who)).status_code == 403


def test_each_view_of_the_queue(client, shen, bai, guo):
    one, two, three = (
        agreements.filed(shen, bai),
        agreements.examined(shen, bai, guo),
        agreements.recorded(shen, bai, guo),
    )
    agreements.send_back(one, guo)
    shown = {show: words(queue(client, guo, show=show)) for show in ("waiting", "examined", "returned", "all")}
    assert one.number in shown["returned"] and one.number not in shown["waiting"]
    assert two.number in shown["examined"] and three.number not in shown["examined"]
    assert all(agreement.number in shown["all"] for agreement in (one, two, three))


def test_one_row_and_three_cost_the_same(client, shen, bai, guo):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            queue(client, guo)
        return len(seen)

    agreements.filed(shen, bai)
    queue(client, guo)
    one = asked()
    for _ in range(2):
        agreements.filed(shen, bai)
    assert asked() == one <= 15


@pytest.mark.parametrize("name", ["agreement_detail", "agreement_file"])
def test_pages_ask_little(client, shen, bai, name):
    agreement = agreements.papers(agreements.signed(shen, bai))
    get(client, shen, name, agreement)
    with CaptureQueriesContext(connection) as seen:
        client.get(at(name, agreement))
    assert len(seen) <= 30


def test_stored_bytes_are_those_that_were_made(shen, bai):
    agreement = agreements.papers(agreements.drafted(shen, bai))
    assert store.read(agreement.paper).startswith(b"%PDF-1.7")
    assert Offer.objects.get(pk=agreement.offer_id).state == "accepted"
