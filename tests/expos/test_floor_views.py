"""The floor in a browser: plan and list, the picker, the host's editor, applications, exhibits, slips, complaints. Read next: test_floor_actions.py."""

from xml.etree import ElementTree

import pytest

from expos.actions import allocations
from expos.models import Booth, BoothApplication, Complaint, Exhibit
from tests import shared
from tests.factories import expo_floor as make
from tests.factories import patents

pytestmark = pytest.mark.django_db
guo, he, shen, bai, mo = shared.once("guo", "he", "shen", "bai", "mo")


@pytest.fixture(scope="module")
def expo(module_db, guo, he, shen, bai, mo):
    """Hubei's call; Bai's application with Hunan has passed its review."""
    expo = make.floor(officer=guo)
    make.reviewed(
        expo, bai, officer=he, listing=patents.published(bai, title="水泵节能控制", province=make.HUNAN), wishes=["A02"]
    )
    return expo


@pytest.fixture
def here(expo):
    return f"/zh-hans/expos/{expo.year}/"


def text_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:300]
    return answer.content.decode()


def signed(client, user):
    client.force_login(user)
    return client


def placed(expo, guo):
    """The plan in force."""
    closed = make.closed(expo, officer=guo)
    return allocations.allocation_apply(run_id=make.reckoned(closed, officer=guo).pk, actor=guo)


def test_a_visitor_sees_plan_and_list_as_equal_paths(client, expo, here):
    text = text_of(client, f"{here}floor/")
    drawing = text[text.index('<svg class="floor') :]
    svg = ElementTree.fromstring(drawing[: drawing.index("</svg>") + 6])
    links = [one for one in svg.iter() if one.tag == "a"]
    assert len(links) == 9 and all("可选" in one.get("aria-label") for one in links)
    for number in ("A01", "A90"):
        assert text.count(f'href="{here}floor/{number}/"') == 2, "once in the plan, once in the list"
    assert "?zoom=2" in text and "8000" in text.replace("\u2009", "")
    kept = text_of(client, f"{here}floor/?kind=raw&state=free")
    assert kept.count('<tr><th scope="row"') == 1 and 'class="free off"' in kept
    assert "没有符合条件的展位" in text_of(client, f"{here}floor/?kind=raw&state=given")


def test_an_edition_without_booths_says_so(client, guo):
    expo = make.edition(2, officer=guo)
    expo.booths.all().delete()
    assert "还没有编排展位" in text_of(client, f"/zh-hans/expos/{expo.year}/floor/")
    assert "还没有展品" in text_of(client, f"/zh-hans/expos/{expo.year}/exhibits/")


def test_choosing_holds_with_a_clock_and_the_second_is_shown_three(client, expo, here, bai, shen):
    signed(client, shen)
    assert "暂留二十分钟" in text_of(client, f"{here}floor/A03/")
    assert client.post(f"{here}floor/A03/hold/").status_code == 302
    assert "还剩 20 分钟" in text_of(client, f"{here}floor/")
    assert "A03 为您暂留到" in text_of(client, f"{here}apply/")
    signed(client, bai)
    refused = client.post(f"{here}floor/A03/hold/")
    assert refused.status_code == 409
    assert all(f"floor/{number}/" in refused.content.decode() for number in ("A01", "A02", "A04"))
    signed(client, shen)
    client.post(f"{here}hold/release/")
    assert "还剩" not in text_of(client, f"{here}floor/")


def test_the_host_draws_rows_and_mends_a_booth(client, expo, here, guo, he):
    signed(client, guo)
    hall = expo.halls.get()
    rows = {
        "hall": hall.pk, "first": "40", "count": "3", "per_row": "3", "x": "20", "y": "2", "width": "3", "depth": "3", "aisle": "3",
        "kind": "standard", "open_sides": "1", "power_kw": "3", "price_cny": "8000",
    }  # fmt: skip
    wrong = client.post(f"{here}booths/rows/", {**rows, "x": "36"})
    assert wrong.status_code == 409 and "超出" in wrong.content.decode() and 'value="36"' in wrong.content.decode()
    assert client.post(f"{here}booths/rows/", rows).headers["Location"] == f"{here}booths/"
    booth = Booth.objects.get(number="A41")
    page = text_of(client, f"{here}booths/")
    assert f"booths/{booth.pk}/" in page and "折合 15 个标准展位" in page
    one = {**rows, "number": "A41", "x": "30", "y": "10"}
    assert client.post(f"{here}booths/{booth.pk}/", one).status_code == 302
    assert Booth.objects.get(pk=booth.pk).x == 30
    client.post(f"{here}booths/{booth.pk}/remove/")
    assert not Booth.objects.filter(pk=booth.pk).exists()
    assert signed(client, he).get(f"{here}booths/").status_code == 403


def test_an_application_is_typed_and_nothing_is_lost(client, expo, here, shen):
    listing = patents.published(shen, title="轴承检测")
    signed(client, shen)
    typed = {
        "delegation": expo.delegations.get(province="420000").pk, "fascia_zh": "江城检测", "kind": "standard", "booths": "2",
        "power_kw": "3", "wishes": "A02 A99", "exhibits": [listing.pk],
    }  # fmt: skip
    wrong = client.post(f"{here}apply/", typed).content.decode()
    assert "没有展位 A99" in wrong and "江城检测" in wrong
    assert "请填写光地面积" in client.post(f"{here}apply/", {**typed, "kind": "raw"}).content.decode()
    assert "没有第 987654 号申请" in client.post(f"{here}apply/", {**typed, "near": "987654"}).content.decode()
    answer = client.post(f"{here}apply/", {**typed, "wishes": "a02，A03"})
    page = text_of(client, answer.headers["Location"])
    assert "待预审" in page and "轴承检测" in page and "标准展位 2 个" in page
    assert client.post(f"{here}apply/", {**typed, "wishes": ""}).status_code == 409


def test_the_delegation_s_office_reviews_in_the_browser(client, expo, here, he, guo, shen):
    listing = patents.published(shen, province=make.HUNAN)
    row = make.applied(expo, shen, listing=listing)
    address = f"{here}applications/{row.pk}/"
    assert "预审通过" not in text_of(signed(client, guo), address).split("<h1>")[1].split("申请内容")[0]
    signed(client, he)
    assert address in text_of(client, f"{here}applications/?state=submitted")
    client.post(f"{address}approve/")
    assert BoothApplication.objects.get(pk=row.pk).state == "pre_reviewed"


def test_the_allocation_is_watched_read_and_applied(client, expo, here, guo, bai):
    make.closed(expo, officer=guo)
    signed(client, guo)
    assert "先让得到展位的申请最多" in text_of(client, f"{here}allocation/")
    address = client.post(f"{here}allocation/start/").headers["Location"]
    waiting = text_of(client, address)
    assert client.get(address).headers["Refresh"] == "5" and "取消计算" in waiting
    make.floor_tasks.allocations_run()
    assert "1 份申请中，1 份有展位" in text_of(client, address)
    day = expo.starts_on.replace(month=5).isoformat()
    assert client.post(f"{address}apply/", {"until": day}).status_code == 302
    row = BoothApplication.objects.get(exhibitor=bai)
    page = text_of(signed(client, bai), row.get_absolute_url())
    assert "A02" in page and f"请在 {day} 当天以前确认" in page
    assert "所填的意愿都满足了" in text_of(client, f"{row.get_absolute_url()}wishes/")
    client.post(f"{row.get_absolute_url()}confirm/")
    assert BoothApplication.objects.get(pk=row.pk).state == "confirmed"


def test_papers_for_the_booths(client, expo, here, guo, he, bai, mo):
    row = BoothApplication.objects.get(exhibitor=bai)
    BoothApplication.objects.filter(pk=row.pk).update(fascia_zh="=SUM(A1)")
    placed(expo, guo)
    signed(client, guo)
    assert "3x3" in text_of(client, f"{here}fascia/")
    answer = client.get(f"{here}fascia/?format=csv")
    assert answer["Content-Type"].startswith("text/csv") and "A,A02,3x3,1,3,'=SUM(A1)" in answer.content.decode()
    slips = text_of(client, f"{here}exhibits/slips/")
    assert slips.count('class="slip"') == 1 and "水泵节能控制" in slips
    assert "没有可以打印的展品标签" in text_of(signed(client, mo), f"{here}exhibits/slips/")
    assert client.get(f"{here}fascia/").status_code == 403


def test_the_slip_s_address_says_whether_the_patent_is_in_force_today(client, expo, here, bai):
    exhibit = Exhibit.objects.get(exhibitor=bai)
    page = text_of(client, f"{here}exhibits/{exhibit.pk}/")
    assert "专利权今天有效" in page and exhibit.listing.get_absolute_url() in page
    make.event(exhibit.listing, "terminated")
    page = text_of(client, f"{here}exhibits/{exhibit.pk}/")
    assert "专利权今天有效" not in page and "已经终止" in page


def test_exhibits_are_found_by_words_province_and_hall(client, expo, here, guo):
    address = f"{here}exhibits/"
    assert "水泵节能控制" in text_of(client, f"{address}?q=水泵 节能")
    for query in ("q=锅炉", "province=340000", "hall=A"):
        assert "没有符合条件的展品" in text_of(client, f"{address}?{query}")
    placed(expo, guo)
    assert "水泵节能控制" in text_of(client, f"{address}?hall=A&province=430000")
    assert client.get(f"{address}?page=9").status_code == 404


def test_a_complaint_is_between_the_parties_and_the_desk(client, expo, here, guo, he, bai, shen, mo):
    exhibit = Exhibit.objects.get(exhibitor=bai)
    signed(client, shen)
    typed = {"basis": "ZL 2020 1 0000001.5", "words": "落入独门的保护范围。"}
    assert "这个字段是必填项" in client.post(f"{here}exhibits/{exhibit.pk}/complain/", {"basis": "x"}).content.decode()
    address = client.post(f"{here}exhibits/{exhibit.pk}/complain/", typed).headers["Location"]
    made = Complaint.objects.get()
    assert "独门" in text_of(client, address)
    for who, status in ((bai, 200), (guo, 200), (he, 404), (mo, 404)):
        text_of(signed(client, who), address, status)
    client.logout()
    public = text_of(client, f"{here}exhibits/")
    assert "收到投诉 1 件，正在处理 1 件" in public and "独门" not in text_of(client, f"{here}exhibits/{exhibit.pk}/")
    signed(client, guo)
    client.post(f"{address}accept/")
    client.post(f"{address}hand-over/", {"reason": "移交处理。"})
    made.refresh_from_db()
    assert made.state == "handed_over" and "湖北省知识产权局" in text_of(client, address)


def test_pages_cost_the_same_for_one_and_for_three(
    client, expo, here, guo, he, django_assert_num_queries, django_assert_max_num_queries
):
    pages = ("floor/", "exhibits/", "applications/", "allocation/")
    signed(client, guo)
    text_of(client, f"{here}floor/")
    costs = {}
    for name in pages:
        with django_assert_max_num_queries(15) as asked:
            client.get(here + name)
        costs[name] = len(asked)
    make.rows(expo, officer=guo, first=50, count=3, x=2, y=24, per_row=3)
    for number in (1, 2):
        make.reviewed(expo, make.exhibitor(number), officer=he)
    for name in pages:
        with django_assert_num_queries(costs[name]):
            client.get(here + name)
