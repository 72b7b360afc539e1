"""The patentee's pages, the listing page and its files, for everybody of the cast."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patents.actions import listings as actions
from patents.models import Listing, ListingVersion, Patent
from tests.factories import patents as make


def url(name, *args):
    return reverse(f"patents:{name}", args=args)


def patent_data(**changes):
    plain = {
        "number": "ZL 2023 1 1042871.5", "title_zh": "制氢催化剂", "ipc": "B01J 23/46; C01B3/04", "applicants": "江城研究院",
        "place": "420100", "filing_date": "2023-08-17", "publication_number": "CN116000000A", "publication_date": "2023-11-24",
        "grant_date": "2025-01-10", "legal_status": "in_force", "status_as_of": "2026-01-05",
    }  # fmt: skip
    return {**plain, **changes}


DESCRIPTION = {**make.TEXTS, "title_zh": "低温制氢催化剂", "trl": "8"}


@pytest.fixture
def wizard(client, shen):
    """A signed-in owner with an empty draft; posts a step and says where it led."""
    client.force_login(shen)
    client.post(url("listing_new"), {"idempotency_key": str(uuid.uuid4())})
    listing = Listing.objects.get()

    def post(step, **data):
        return client.post(url("listing_step", listing.number, step), {"idempotency_key": str(uuid.uuid4()), **data})

    post.listing, post.client = listing, client
    return post


def text_of(answer):
    return answer.content.decode()


# ---- the wizard


def test_whole_wizard_without_script(wizard):
    number = wizard.listing.number
    assert wizard("patent", **patent_data()).url == url("listing_edit", number)
    assert wizard("ownership", on_behalf="self").url == url("listing_edit", number)
    wizard("description", **DESCRIPTION)
    wizard(
        "forms",
        **{
            "ordinary-offered": "on",
            "ordinary-provinces": ["420000", "340000"],
            "ordinary-price_basis": "yearly",
            "ordinary-price_cny": "３６０，０００",
        },
    )
    need = {
        "need-TOTAL_FORMS": "2",
        "need-INITIAL_FORMS": "0",
        "need-0-kind": "area",
        "need-0-amount": "1,200",
        "need-1-kind": "",
    }
    wizard("requirements", **need)
    wizard("files", upload=make.document(), title="登记簿副本", for_office_only="on")
    wizard("files", done="1")
    listing = wizard.listing
    page = wizard.client.get(url("listing_edit", number))
    assert "必填的都填好了" in text_of(page) and "已存" in text_of(page)
    answers = text_of(wizard.client.get(url("listing_answers", number)))
    assert "36 万元" in answers and "登记簿副本" in answers and "1 200" not in answers
    done = wizard.client.post(url("listing_submit", number), {"province": "430000", "declared": "on"})
    assert done.url == url("listing_receipt", number)
    receipt = text_of(wizard.client.get(done.url))
    assert number in receipt and "湖南省知识产权局" in receipt and "个工作日" in receipt
    listing.refresh_from_db()
    assert (listing.state, listing.province_id) == ("submitted", "430000")
    row = ListingVersion.objects.get().offered_forms.get()
    assert (row.provinces, str(row.price_cny)) == (["340000", "420000"], "360000.00")


def test_task_list_blocks_what_waits_for_another_step(wizard):
    page = text_of(wizard.client.get(url("listing_edit", wizard.listing.number)))
    assert url("listing_step", wizard.listing.number, "description") in page
    assert f'href="{url("listing_step", wizard.listing.number, "forms")}" aria' not in page and "暂不能开始" in page
    answer = wizard.client.get(url("listing_step", wizard.listing.number, "forms"))
    assert answer.url == url("listing_step", wizard.listing.number, "ownership")
    assert wizard.client.get(url("listing_step", wizard.listing.number, "nonsense")).status_code == 404


def test_wrong_check_digit_names_the_right_one_and_can_be_kept(wizard):
    answer = wizard("patent", **patent_data(number="2023 1 1042871.6"))
    page = text_of(answer)
    assert answer.status_code == 200 and "应为“5”" in page and "2023 1 1042871.6" in page and "江城研究院" in page
    assert 'type="checkbox" name="keep_number"' in page
    assert wizard("patent", **patent_data(number="2023 1 1042871.6", keep_number="on")).status_code == 302
    patent = Patent.objects.get()
    assert patent.number_doubtful and patent.application_number == "CN202311042871.6"


def test_sound_number_shows_no_box_to_keep_it(wizard):
    page = text_of(wizard.client.get(url("listing_step", wizard.listing.number, "patent")))
    assert 'type="checkbox" name="keep_number"' not in page
    assert wizard("patent", **patent_data(keep_number="False")).status_code == 302
    assert not Patent.objects.get().number_doubtful


def test_errors_keep_every_word_and_start_the_title(wizard):
    page = text_of(wizard("description", title_zh="一" * 121, problem_zh="只写了问题"))
    assert "<title>错误：" in page and "只写了问题" in page and "一" * 121 in page and "data-error-summary" in page


def test_patent_in_another_listing_is_refused_beside_the_box_and_no_stranger_is_named(wizard, bai):
    theirs = make.draft(bai, number="CN202311042871.5", title="别人的草稿")
    page = text_of(wizard("patent", **patent_data()))
    assert "已在平台登记" in page and theirs.number not in page and "白经理" not in page and "别人的草稿" not in page
    assert "江城研究院" in page


def test_own_other_listing_is_named(wizard, shen):
    other = make.draft(shen, number="CN202311042871.5")
    assert other.number in text_of(wizard("patent", **patent_data()))


def test_second_patent_and_removal(wizard):
    wizard("patent", **patent_data())
    other = make.number()
    assert wizard("patent", patent="new", **patent_data(number=other, filing_date="2020-03-02")).status_code == 302
    assert wizard.listing.listing_patents.count() == 2
    first = wizard.listing.listing_patents.first().patent
    wizard.client.post(url("patent_remove", wizard.listing.number, first.pk))
    assert [row.patent.application_number for row in wizard.listing.listing_patents.all()] == [other]


def test_correcting_the_number_replaces_the_patent(wizard):
    wizard("patent", **patent_data())
    old = Patent.objects.get()
    wizard("patent", patent=str(old.pk), **patent_data(number=make.number(77, year=2023)))
    assert wizard.listing.listing_patents.count() == 1 and wizard.listing.listing_patents.get().patent != old


def test_picture_is_reencoded_and_wrong_content_refused(wizard):
    wizard("files", upload=make.picture())
    row = ListingVersion.objects.get().attachments.get()
    assert row.file.is_image and row.title == "图.png"
    bad = make.document("伪装.png")
    assert "不是可接受的文件" in text_of(wizard("files", upload=bad))
    wizard.client.post(url("attachment_remove", row.pk))
    assert not ListingVersion.objects.get().attachments.exists()


def test_unverified_member_is_told_how_to_be_verified(client, mo):
    client.force_login(mo)
    listing = make.draft(mo)
    for name in ("listing_edit", "listing_answers"):
        page = text_of(client.get(url(name, listing.number)))
        assert reverse("accounts:verification_submit") in page
    answer = client.post(url("listing_submit", listing.number), {"province": "410000", "declared": "on"})
    assert answer.status_code == 403 and "实名核验" in text_of(answer)
    listing.refresh_from_db()
    assert listing.state == "draft"


def test_declaration_is_asked_for(wizard, shen):
    listing = make.draft(shen)
    page = text_of(wizard.client.post(url("listing_submit", listing.number), {"province": "420000"}))
    assert "提交前请勾选声明" in page and "<title>错误：" in page


def test_doubled_submit_is_one_submission(client, shen):
    listing = make.draft(shen)
    client.force_login(shen)
    data = {"province": "420000", "declared": "on", "idempotency_key": str(uuid.uuid4())}
    first, second = (client.post(url("listing_submit", listing.number), data) for _ in range(2))
    assert first.url == second.url == url("listing_receipt", listing.number)
    assert ListingVersion.objects.get(listing=listing).reviews.count() == 1


# ---- my listings


def test_first_use_and_list(client, shen):
    client.force_login(shen)
    assert "您还没有发布过技术" in text_of(client.get(url("listing_mine")))
    make.draft(shen, complete=False)
    make.submitted(shen, title="在审的技术")
    page = text_of(client.get(url("listing_mine")))
    assert "未命名的草稿" in page and "在审的技术" in page and "等待：湖北省知识产权局 审核" in page


def test_list_costs_the_same_for_one_and_three(client, shen):
    client.force_login(shen)
    make.submitted(shen)
    client.get(url("listing_mine"))
    with CaptureQueriesContext(connection) as one:
        client.get(url("listing_mine"))
    make.published(shen)
    make.submitted(shen)
    with CaptureQueriesContext(connection) as three:
        client.get(url("listing_mine"))
    assert len(one) == len(three)


# ---- the listing page


def test_public_page_for_a_visitor(client, shen, django_assert_max_num_queries):
    listing = make.published(shen, title="公开的技术", title_en="")
    client.get(url("listing_detail", listing.number))
    with django_assert_max_num_queries(15):
        answer = client.get(url("listing_detail", listing.number))
    page = text_of(answer)
    assert answer.status_code == 200 and not answer.cookies
    assert "公开的技术" in page and "ZL 2020 1" in page and "36 万元" in page and "不构成推荐" in page
    assert "登录后向权利人咨询" in page and "管理这条技术" not in page


def test_pending_application_is_never_called_a_patent_number(client, shen):
    listing = make.published(shen, legal_status="pending", grant_date=None)
    page = text_of(client.get(url("listing_detail", listing.number)))
    assert "ZL" not in page and "申请号" in page and "专利号" not in page.split("<main")[1].split("</main>")[0]


def test_chinese_only_is_said_in_english(client, shen):
    listing = make.published(shen)
    page = text_of(client.get(f"/en/patents/{listing.number}/"))
    assert '<h1 lang="zh-CN">' in page


@pytest.mark.parametrize("who", ["bai", "mo", "he", "ad", None])
def test_drafts_of_others_are_not_there(client, shen, who, request):
    listing = make.draft(shen)
    if who:
        client.force_login(request.getfixturevalue(who))
    else:
        assert client.get(url("listing_edit", listing.number)).status_code == 302  # to the login
    for name in (
        ("listing_detail", "listing_edit", "listing_answers", "listing_withdraw", "listing_suspend")
        if who
        else ("listing_detail",)
    ):
        assert client.get(url(name, listing.number)).status_code == 404
    if who:
        for name in ("listing_submit", "listing_revise", "revision_withdraw"):
            assert client.post(url(name, listing.number)).status_code == 404
        assert client.get(url("listing_step", listing.number, "patent")).status_code == 404


@pytest.mark.parametrize("who", ["bai", "mo", "he", "guo", "ad"])
def test_owners_pages_of_a_public_listing_are_forbidden(client, shen, who, request):
    listing = make.published(shen)
    client.force_login(request.getfixturevalue(who))
    assert client.get(url("listing_detail", listing.number)).status_code == 200
    for name in ("listing_edit", "listing_answers", "listing_withdraw", "listing_receipt"):
        assert client.get(url(name, listing.number)).status_code == 403
    for name in ("listing_submit", "listing_revise", "revision_withdraw"):
        assert client.post(url(name, listing.number)).status_code == 403
    listing.refresh_from_db()
    assert listing.state == "published"


def test_submitted_listing_is_seen_by_owner_and_its_office_only(client, shen, guo, he, bai):
    listing = make.submitted(shen)
    for person, status in ((shen, 200), (guo, 200), (he, 404), (bai, 404)):
        client.force_login(person)
        assert client.get(url("listing_detail", listing.number)).status_code == status
    client.force_login(guo)
    assert "去审核" in text_of(client.get(url("listing_detail", listing.number)))


def test_suspension_hides_it_from_others(client, shen, guo, bai):
    listing = make.published(shen)
    client.force_login(shen)
    client.post(url("listing_suspend", listing.number), {"reason": "年费续缴中"})
    page = text_of(client.get(url("listing_detail", listing.number)))
    assert "已由权利人暂停展示" in page and "年费续缴中" in page
    client.force_login(bai)
    assert client.get(url("listing_detail", listing.number)).status_code == 404
    client.logout()
    assert client.get(url("listing_detail", listing.number)).status_code == 404
    client.force_login(guo)
    assert client.get(url("listing_detail", listing.number)).status_code == 200
    assert client.post(url("listing_resume", listing.number), {"reason": "x"}).status_code == 403
    client.force_login(shen)
    assert client.post(url("listing_resume", listing.number)).status_code == 302
    client.logout()
    assert client.get(url("listing_detail", listing.number)).status_code == 200


def test_concluded_listing_keeps_its_facts_in_public(client, shen):
    listing = make.published(shen)
    Listing.objects.filter(pk=listing.pk).update(state="concluded")
    page = text_of(client.get(url("listing_detail", listing.number)))
    assert "已成交" in page and "向权利人咨询" not in page and "ZL 2020 1" in page


@pytest.mark.parametrize("spelling", ["CN202311042871.5", "ZL 2023 1 1042871.5", "2023110428715", "zl202311042871.5"])
def test_patent_number_leads_to_the_listing(client, shen, spelling):
    listing = make.published(
        shen,
        number="CN202311042871.5",
        filing_date="2023-08-17",
        grant_date="2025-01-10",
        publication_date="2023-11-24",
    )
    answer = client.get(url("listing_detail", spelling))
    assert (answer.status_code, answer.url) == (301, url("listing_detail", listing.number))


def test_numbers_that_lead_nowhere(client, shen):
    make.draft(shen, number="CN202311042871.5")
    for text in ("CN202311042871.5", "nonsense", "CN6-2026-999999", "1" * 300, "²³"):
        assert client.get(url("listing_detail", text)).status_code == 404


def test_revision_leaves_the_public_text(client, shen, guo):
    listing = make.published(shen, title="原来的标题")
    client.force_login(shen)
    assert client.post(url("listing_revise", listing.number)).url == url("listing_edit", listing.number)
    client.post(url("listing_step", listing.number, "description"), {**DESCRIPTION, "title_zh": "改后的标题"})
    assert "原来的标题" in text_of(client.get(url("listing_detail", listing.number)))
    client.post(url("listing_submit", listing.number), {"province": "420000", "declared": "on"})
    listing.refresh_from_db()
    assert listing.state == "published"
    client.logout()
    assert "原来的标题" in text_of(client.get(url("listing_detail", listing.number)))
    make.approve(listing, officer=guo)
    assert "改后的标题" in text_of(client.get(url("listing_detail", listing.number)))


# ---- files


def file_url(row):
    return url("attachment_detail", row.pk)


def test_files_follow_the_version_they_belong_to(client, shen, guo, he, bai, ad):
    listing = make.draft(shen)
    add = {"listing_id": listing.pk, "actor": shen}
    public = actions.attachment_add(**add, upload=make.picture(), title="照片")
    secret = actions.attachment_add(**add, upload=make.document(), title="证书", for_office_only=True)

    def statuses(row):
        found = {}
        for name, person in (("shen", shen), ("guo", guo), ("he", he), ("bai", bai), ("ad", ad)):
            client.force_login(person)
            found[name] = client.get(file_url(row)).status_code
        client.logout()
        found["visitor"] = client.get(file_url(row)).status_code
        return [name for name, status in found.items() if status == 200]

    assert statuses(public) == statuses(secret) == ["shen"]
    actions.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    assert statuses(public) == statuses(secret) == ["shen", "guo"]
    make.approve(listing)
    assert statuses(public) == ["shen", "guo", "he", "bai", "ad", "visitor"]
    assert statuses(secret) == ["shen", "guo"]
    page = text_of(client.get(url("listing_detail", listing.number)))
    assert (
        file_url(public) in page
        and file_url(secret) not in page
        and "证书" not in page.split("<main")[1].split("</main>")[0]
    )
    answer = client.get(file_url(public))
    assert not answer.cookies and "public" in answer["Cache-Control"]
    actions.listing_suspend(listing_id=listing.pk, actor=shen, reason="暂停")
    assert statuses(public) == ["shen", "guo"]


def test_a_stranger_cannot_remove_a_file(client, shen, bai):
    listing = make.draft(shen)
    row = actions.attachment_add(listing_id=listing.pk, actor=shen, upload=make.document(), title="证书")
    client.force_login(bai)
    assert client.post(url("attachment_remove", row.pk)).status_code == 404
    assert client.post(url("patent_remove", listing.number, 1)).status_code == 404


# ---- hostile input


def test_nul_and_oversize_are_refused(wizard):
    assert wizard("description", **{**DESCRIPTION, "title_zh": "a\x00b"}).status_code == 400
    assert wizard("description", **{**DESCRIPTION, "problem_zh": "长" * 4_000_000}).status_code == 413
