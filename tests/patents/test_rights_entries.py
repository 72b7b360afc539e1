"""What officers enter into the ledger through its forms: kept, refused with the reason, told, and closed to everybody else."""

from datetime import timedelta

import pytest

from patents.models import Encumbrance, Grant, Listing, SearchRow, Title
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.files.models import StoredFile
from tests.factories import ledger, patents

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(shen):
    return patents.published(shen, forms=["ordinary", "exclusive", "assignment"])


@pytest.fixture
def patent(listing):
    return listing.listing_patents.get().patent


def days(count):
    return (clock.today() + timedelta(days=count)).isoformat()


def licence(**changes):
    plain = {
        "form": "exclusive", "licensee": "中原试验设备公司", "provinces": ["430000"], "signed_on": days(0), "start": days(0),
        "source": "合同原件", "as_of": days(0),
    }  # fmt: skip
    return {**plain, **changes}


def send(client, patent, what="grants/new/", language="zh-hans", **sent):
    return client.post(f"/{language}/patents/rights/{patent.application_number}/{what}", sent)


def change(client, row, verb, kind="grants", **sent):
    return client.post(f"/zh-hans/patents/rights/{kind}/{row.pk}/{verb}/", sent)


def text(response):
    return response.content.decode()


def test_a_licence_with_everything(client, patent, guo):
    client.force_login(guo)
    sent = licence(
        others=["110000", "310000"], field="H01M 10/00；Ｈ０２Ｊ", end=days(365), sublicensable="on", recordal_number="X2026",
        recordal_on=days(0), proof=patents.document("合同.pdf"), note="原件已核对。",
    )  # fmt: skip
    answer = send(client, patent, **sent)
    assert answer.status_code == 302 and answer["Location"].endswith(f"/rights/{patent.application_number}/")
    grant = Grant.objects.get()
    assert grant.provinces == ["110000", "310000", "430000"] and grant.field == ["H01M10/00", "H02J"]
    assert grant.sublicensable and grant.end.isoformat() == days(365) and grant.proof.name == "合同.pdf"
    assert AuditEntry.objects.filter(verb="patents.grant_record").count() == 1
    page = text(client.get(answer["Location"]))
    assert "原件已核对。" in page and f"/rights/proofs/grant/{grant.pk}/" in page
    served = client.get(f"/zh-hans/patents/rights/proofs/grant/{grant.pk}/")
    assert served.status_code == 200 and b"".join(served.streaming_content).startswith(b"%PDF")
    served.close()


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(client, patent, guo):
    client.force_login(guo)
    wrong = licence(licensee="", provinces=[], end=days(-3), as_of=days(3), field="Z99X", recordal_on=days(0))
    page = text(send(client, patent, **wrong))
    for words in ("请勾选许可的省份", "应晚于起始日", "与今天之间", "不是国际专利分类", "请填写备案号", "合同原件"):
        assert words in page, words
    assert page.count('aria-invalid="true"') >= 6 and "错误：" in page
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nationwide": "on"}, "就不要再勾选省份"),
        ({"field": "H01M10/0525"}, "IPC（到大组为止"),
        ({"field": "H01M; GB/T 4754-C38"}, "同一种分类"),
        ({"start": "3026-01-01", "end": ""}, "日期过远"),
        ({"proof": patents.document("合同.exe")}, "不是可接受的文件"),
    ],
)
def test_what_the_form_does_not_take(client, patent, guo, changes, words):
    client.force_login(guo)
    assert words in text(send(client, patent, **licence(**changes)))
    assert not Grant.objects.exists()


def test_all_of_the_mainland_is_nationwide_and_industries_are_a_field(client, patent, guo):
    client.force_login(guo)
    send(client, patent, **licence(form="ordinary", provinces=[], nationwide="on", field="GB/T 4754-2017 C38"))
    grant = Grant.objects.get()
    assert grant.provinces == [] and grant.field == ["GB/T4754-C38"]


def test_the_ledger_refuses_at_the_top_naming_the_entry_and_the_article(client, patent, guo):
    client.force_login(guo)
    send(client, patent, **licence())
    chinese = text(send(client, patent, **licence(form="ordinary", proof=patents.document())))
    assert "台账上已有：独占许可 · 湖南" in chinese and "第二十五条" in chinese and 'class="err-sum"' in chinese
    assert 'value="中原试验设备公司"' in chinese
    english = text(send(client, patent, language="en", **licence(form="ordinary")))
    assert "Hunan" in english and 'class="err-sum"' in english
    assert Grant.objects.count() == 1 and not StoredFile.objects.filter(name="权属证明.pdf").exists()


def test_end_correct_annul(client, patent, guo):
    client.force_login(guo)
    first = ledger.recorded(patent, guo, "exclusive", provinces=["430000"])
    assert "日期应在" in text(change(client, first, "end", on=days(1), note="终止协议"))
    form = text(client.get(f"/zh-hans/patents/rights/grants/{first.pk}/correct/"))
    assert 'value="中原试验设备公司"' in form and "更正的原因" in form
    assert change(client, first, "correct", **licence(form="sole")).status_code == 200  # no reason is given
    assert not Grant.objects.filter(form="sole").exists()
    assert change(client, first, "correct", **licence(form="sole", note="方式看错了")).status_code == 302
    second = Grant.objects.get(form="sole")
    assert second.corrects == first
    assert change(client, second, "end", on=days(0), note="终止协议").status_code == 302
    assert change(client, second, "annul", note="没有这份合同").status_code == 409  # it has ended already
    third = ledger.recorded(patent, guo, provinces=["430000"])
    assert change(client, third, "annul", note="没有这份合同").status_code == 302
    third.refresh_from_db()
    assert third.state == "ended" and third.ended_on == third.start


def test_an_entry_with_living_sublicences_is_not_corrected_over_their_heads(client, patent, guo):
    client.force_login(guo)
    parent = ledger.recorded(patent, guo, "exclusive", provinces=["430000"], sublicensable=True)
    form = text(client.get(f"/zh-hans/patents/rights/{patent.application_number}/grants/new/"))
    assert f'value="parent-{parent.pk}"' in form
    assert send(client, patent, **licence(form="ordinary", above=f"parent-{parent.pk}")).status_code == 302
    child = Grant.objects.get(parent=parent)
    page = text(change(client, parent, "correct", **licence(note="被许可人写错了")))
    assert "分许可" in page and "err-sum" in page
    child.refresh_from_db()
    assert child.state == "active"


def test_pledge_consent_release(client, patent, guo):
    client.force_login(guo)
    pledge = {"kind": "pledge", "start": days(0), "source": "登记公告", "as_of": days(0), "number": "Y1"}
    assert "请填写。" in text(send(client, patent, "encumbrances/new/", **pledge))
    assert send(client, patent, "encumbrances/new/", holder="江城银行", **pledge).status_code == 302
    row = Encumbrance.objects.get()
    assert "第四百四十四条" in text(send(client, patent, **licence()))
    assert change(client, row, "consent", "encumbrances", consents=["exclusive"]).status_code == 302
    assert send(client, patent, **licence()).status_code == 302
    assert change(client, row, "end", "encumbrances", on=days(0), note="质押登记注销").status_code == 302
    row.refresh_from_db()
    assert row.end == clock.today() and row.consents == ["exclusive"]


def test_a_declaration_states_its_fee(client, patent, guo):
    client.force_login(guo)
    sent = {"kind": "open_declaration", "start": days(0), "source": "公告", "as_of": days(0)}
    assert "许可费标准" in text(send(client, patent, "encumbrances/new/", **sent))
    assert send(client, patent, "encumbrances/new/", fee_terms="每年 5 万元", **sent).status_code == 302
    assert "开放许可声明" in text(send(client, patent, **licence()))


def test_a_registered_assignment_concludes_the_listing_and_carries_out_the_contract(client, listing, patent, guo):
    client.force_login(guo)
    signed = {
        "kind": "assignment_signed",
        "holder": "受让公司",
        "start": days(0),
        "source": "合同原件",
        "as_of": days(0),
    }
    send(client, patent, "encumbrances/new/", **signed)
    contract = Encumbrance.objects.get()
    sold = {
        "owners": "受让公司", "start": days(0), "registration_number": "R1", "completes": contract.pk, "source": "登记簿副本",
        "as_of": days(0),
    }  # fmt: skip
    assert send(client, patent, "titles/new/", **sold).status_code == 302
    listing.refresh_from_db()
    patent.refresh_from_db()
    contract.refresh_from_db()
    assert listing.state == "concluded" and patent.applicants == "受让公司" and not patent.co_owned
    assert contract.end == clock.today() and Title.objects.get(end=None).owners == "受让公司"
    # The new owner is free to grant: what was signed with the former one binds nobody any more.
    assert send(client, patent, **licence()).status_code == 302


def test_the_officer_of_another_province_enters_nothing(client, patent, guo, he, mo, shen):
    grant = ledger.recorded(patent, guo, provinces=["430000"])
    for person in (he, mo, shen):
        client.force_login(person)
        assert send(client, patent, **licence()).status_code == 403
        assert change(client, grant, "end", on=days(0), note="x").status_code == 403
        assert "grants/new/" not in text(client.get(f"/zh-hans/patents/rights/{patent.application_number}/"))
    assert Grant.objects.count() == 1


def test_the_same_form_twice_is_one_entry(client, patent, guo):
    client.force_login(guo)
    sent = licence(form="ordinary", idempotency_key="5f1d7a52-3f5c-4f5e-9f0a-2f4f5e6a7b8c")
    assert send(client, patent, **sent).status_code == send(client, patent, **sent).status_code == 302
    assert Grant.objects.count() == 1


def test_the_listing_follows_at_once(client, listing, patent, guo):
    client.force_login(guo)
    before = SearchRow.objects.get(listing=listing).offers
    send(client, patent, **licence())
    assert SearchRow.objects.get(listing=listing).offers < before
    assert Listing.objects.get(pk=listing.pk).state == "published"
