"""The contract as a PDF: both languages, the digest on each page, the marks, fonts inside; and nothing typed is a command."""

import io

import pypdf
import pytest
from django.test import override_settings

from tests.factories import agreements, ledger, offers, patents
from trading import codes, contract_papers, contract_queries

pytestmark = pytest.mark.django_db


def paper(agreement, *, demonstration=False):
    whole = contract_queries.agreement_whole(agreement.pk)
    return contract_papers.contract_pdf(
        contract_queries.text_of(whole), code=whole.code, made=whole.made_at,
        signatures=list(whole.signatures.all()), demonstration=demonstration,
    )  # fmt: skip


def reader(content):
    return pypdf.PdfReader(io.BytesIO(content))


def pages(content):
    return [page.extract_text() for page in reader(content).pages]


def flat(content):
    """The whole text without breaks, as a search would look through it."""
    return "".join("".join(pages(content)).split())


def test_every_page_bears_number_place_digest_and_mark(shen, bai):
    agreement = agreements.drafted(shen, bai)
    said = pages(paper(agreement))
    assert len(said) >= 4
    for place, page in enumerate(said, 1):
        assert agreement.number in page
        assert f"SHA-256 {agreement.digest[:12]}" in page
        assert f"{place} / {len(said)}" in page
        assert "草签本 未签署" in page and "Draft, not signed" in page


def test_both_languages_and_both_ways_of_writing_the_price(shen, bai):
    said = flat(paper(agreements.drafted(shen, bai, form="exclusive")))
    assert "第十七条其他" in said and "Article17Otherprovisions" in said
    assert "甲方授予乙方独占许可" in said and "TheLicensorgrantsanexclusivelicence" in said
    assert "¥360,000.00（大写：人民币叁拾陆万元整）" in said


def test_parties_stand_with_a_credit_code_or_a_masked_identity(shen, bai):
    body = agreements.as_organisation(shen)
    listing = agreements.market(shen, applicants=body.name_zh)
    said = flat(paper(agreements.drafted(shen, bai, listing=listing)))
    assert f"{body.name_zh}统一社会信用代码" in said and body.credit_code in said
    mark = bai.verifications.get()
    assert f"**************{mark.identity_tail}" in said
    assert mark.identity_number not in said


def test_the_patent_stands_with_its_numbers_and_days(shen, bai):
    agreement = agreements.drafted(shen, bai)
    patent = patents.patent_of(agreement.listing)
    said = flat(paper(agreement))
    for fact in (patent.shown_number, patent.publication_number, "2020-03-02", "2022-05-06", "2040-03-02", "B01J23/46"):
        assert "".join(fact.split()) in said


def test_earlier_licences_and_burdens_are_disclosed_and_licensees_only_once_recorded(shen, bai, guo):
    listing = agreements.market(shen)
    patent = patents.patent_of(listing)
    ledger.recorded(patent, guo, provinces=["410000"], licensee="不公开的被许可人")
    ledger.recorded(patent, guo, provinces=["140000"], licensee="已备案的被许可人", recordal="X2025410000001")
    said = flat(paper(agreements.drafted(shen, bai, listing=listing)))
    assert "附件二在先的许可和预留" in said and "X2025410000001" in said and "已备案的被许可人" in said
    assert "不公开的被许可人" not in said
    assert "列于附件二" in said


def test_its_own_reservation_is_no_earlier_one(shen, bai):
    assert "没有其他有效的许可或者预留" in flat(paper(agreements.drafted(shen, bai)))


def test_a_same_day_twin_is_disclosed(shen, bai):
    twin = patents.number(digit="2")
    said = flat(paper(agreements.drafted(shen, bai, listing=agreements.market(shen, twin_number=twin))))
    assert "同日申请" in said


def test_both_signatures_take_the_mark_away(shen, bai):
    agreement = agreements.drafted(shen, bai)
    offers.sign(agreement, bai)
    half = flat(paper(agreement))
    assert "草签本" in half and half.count("尚未签署") == 1
    offers.sign(agreement, shen)
    whole = paper(agreement)
    assert "草签本" not in flat(whole)
    last = pages(whole)[-1]
    assert agreement.digest in last and codes.printed(agreement.code) in last
    assert last.count(agreement.digest) == 3  # of the contract, and under each signature
    assert "(UTC+8)" in last


@override_settings(SITE_ORIGIN="https://portal.example")
def test_the_paper_says_where_to_verify_it(shen, bai):
    agreement = agreements.drafted(shen, bai)
    assert f"https://portal.example/trading/verify/{agreement.code}/" in flat(paper(agreement))


def test_a_demonstration_says_so_on_each_page(shen, bai):
    agreement = agreements.drafted(shen, bai)
    assert all("演示数据，不具法律效力" in page for page in pages(paper(agreement, demonstration=True)))
    assert "演示数据" not in flat(paper(agreement))


def test_what_somebody_typed_is_text_and_no_command(shen, bai):
    typed = '#pagebreak() #read("/etc/passwd") $x^2$ *粗* `code` \\ <label> @ref // 注释 "引号"'
    agreement = agreements.drafted(shen, bai, delivery=typed)
    content = paper(agreement)
    assert "".join(typed.split()) in flat(content)


def test_it_is_an_archival_pdf_with_its_fonts_inside(shen, bai):
    agreement = agreements.drafted(shen, bai)
    document = reader(paper(agreement))
    xmp = document.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert document.metadata.title == "专利实施许可合同"
    fonts = [font.get_object() for page in document.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        below = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(below["/FontDescriptor"].get_object())


def test_the_same_data_give_the_same_bytes(shen, bai):
    agreement = agreements.drafted(shen, bai)
    assert paper(agreement) == paper(agreement)


def test_an_assignment_has_its_own_contract(shen, bai):
    said = flat(paper(agreements.drafted(shen, bai, form="assignment")))
    assert "专利权转让合同" in said and "Assignor" in said and "许可地域" not in said


def test_the_form_for_the_national_office(shen, bai):
    agreement = contract_queries.agreement_whole(agreements.signed(shen, bai).pk)
    content = contract_papers.recordal_form_pdf(
        number=agreement.number, digest=agreement.digest, form=agreement.offer.form,
        blocks=contract_queries.form_blocks(agreement), made=agreement.signed_at, demonstration=True,
    )  # fmt: skip
    said = flat(content)
    for fact in (
        "专利实施许可合同备案信息表",
        shen.display_name,
        bai.display_name,
        agreement.number,
        "普通许可",
        "湖北",
        "36万元",
    ):
        assert fact in said
    assert "演示数据" in said
