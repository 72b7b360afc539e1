"""Pages of shared resources: what people see, type and are told; equal queries; other programs. Read next: governance/views/."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from governance.models import Facility, Stationing, Visit
from platform_site import clock
from platform_site.portal.desk import desk_of
from platform_site.ui.formats import grouped
from platform_site.ui.slots import stamp
from tests.clients import browser
from tests.factories import accounts, needs, patents
from tests.factories import resources as make

pytestmark = pytest.mark.django_db
HERE = "/zh-hans/resources/"


def text(response, status=200):
    assert response.status_code == status, response.content.decode()[:600]
    return response.content.decode()


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        text(client.get(address))
    return len(asked)


@pytest.fixture
def place(guo):
    return make.facility(
        make.HUBEI, officer=guo, name_zh="光谷中试基地", name_en="Optics pilot base", kind="pilot_line"
    )


# ---- the catalogue


def test_the_catalogue_is_searched_and_counted(guo, place):
    make.facility(name_zh="赣州稀土实验室", kind="laboratory", places=0, facts={}, equipment=[])
    everything = text(browser().get(HERE))
    assert "光谷中试基地" in everything and "赣州稀土实验室" in everything and 'aria-label="湖北：1"' in everything
    for query in ("q=稀土", "province=360000", "kind=laboratory", "q=laboratory rare&province=360000"):
        page = text(browser().get(f"{HERE}?{query}"))
        assert ("光谷中试基地" in page) is False, query
    assert "光谷中试基地" in text(browser().get(f"{HERE}?equipment=反应釜&stationing=1"))
    assert "光谷中试基地" in text(browser().get(f"{HERE}?q=stirred"))
    empty = text(browser().get(f"{HERE}?q=没有这样的地方"))
    assert "没有符合条件的资源" in empty
    wrong = text(browser().get(f"{HERE}?kind=castle"))
    assert "类型：" in wrong and "光谷中试基地" in wrong
    assert browser().get(f"{HERE}?page=2").status_code == 404


def test_a_closed_one_is_not_listed_and_stays_readable(guo, place):
    Facility.objects.filter(pk=place.pk).update(state="closed", closed_at=clock.now(), closing_reason="搬迁。")
    assert "还没有登记资源" in text(browser().get(HERE))
    assert "搬迁。" in text(browser().get(f"{HERE}{place.slug}/"))


def test_as_json_and_csv(guo, place):
    make.facility(name_zh="=江西基地")
    found = browser().get(f"{HERE}?format=json&province=420000")
    body = found.json()
    assert (body["count"], body["next"], body["facets"]["province"]["360000"]) == (1, None, 1)
    one = body["results"][0]
    assert (one["slug"], one["kind"], one["area_m2"], one["equipment"][0]["pieces"]) == (
        place.slug,
        "pilot_line",
        "400.00",
        2,
    )
    assert one["hours"][0] == {"weekday": 1, "opens": "09:00", "closes": "17:00"}
    again = browser().get(f"{HERE}?format=json&province=420000", headers={"if-none-match": found["ETag"]})
    assert again.status_code == 304
    rows = list(csv.reader(io.StringIO(text(browser().get(f"{HERE}?format=csv")).lstrip("\ufeff"))))
    assert len(rows) == 3 and "'=江西基地" in {row[4] for row in rows}


def test_three_cost_what_one_costs(guo, shen, bai, place):
    member = browser(bai)
    make.visit(place, bai)
    make.applied(place, shen)
    addresses = [HERE, f"{HERE}{place.slug}/", f"{HERE}visits/", f"{HERE}?format=json"]
    keeper = browser(guo)
    kept = [
        f"{HERE}keeping/",
        f"{HERE}keeping/?kind=stationings",
        f"{HERE}keeping/?kind=facilities",
        f"{HERE}?format=csv",
    ]
    text(member.get("/zh-hans/help/"))
    text(keeper.get("/zh-hans/help/"))
    before = [queries(member, one) for one in addresses] + [queries(keeper, one) for one in kept]
    for number in range(2):
        make.facility(make.HUBEI, officer=guo, name_zh=f"又一个{number}")
        make.visit(place, bai, days=2 + number)
        make.applied(place, shen)
    assert [queries(member, one) for one in addresses] + [queries(keeper, one) for one in kept] == before


# ---- kept by its office


def test_an_officer_registers_and_changes_it_by_the_form(guo):
    client = browser(guo)
    bad = client.post(
        f"{HERE}new/",
        {
            "kind": "base",
            "name_zh": "新基地",
            "visitors": "5",
            "slot_minutes": "60",
            "places": "1",
            "hours": "随时",
            "equipment": "釜 | kettle | 2",
        },
    )
    page = text(bad)
    assert "读不懂" in page and "新基地" in page and "kettle" in page and not Facility.objects.exists()
    data = {
        "kind": "incubator", "name_zh": "新基地", "name_en": "New base", "visitors": "5", "slot_minutes": "60", "places": "1",
        "hours": "周一至周五 09:00-12:00", "exceptions": "2030-01-02 休息 盘点", "equipment": "釜 | kettle | 2", "permits": "排污许可",
        "fact_mentors": "7", "fact_plants": "9", "keeps_holidays": "on", "languages": ["zh", "en"],
    }  # fmt: skip
    assert client.post(f"{HERE}new/", data).status_code == 302
    place = Facility.objects.get()
    assert (place.slug, place.facts, place.permits, place.hours.count()) == (
        "new-base",
        {"mentors": 7},
        ["排污许可"],
        5,
    )
    shown = text(client.get(f"{HERE}new-base/"))
    assert "周一至周五 09:00-12:00" in shown and "2030-01-02 休息 盘点" in shown and "创业导师" in shown
    form = text(client.get(f"{HERE}new-base/edit/"))
    assert "釜 | kettle | 2" in form and 'name="kind"' not in form
    assert client.post(f"{HERE}new-base/edit/", {**data, "equipment": "釜", "name_zh": "改了名"}).status_code == 302
    place.refresh_from_db()
    assert place.name_zh == "改了名" and place.equipment.get().pieces == 1


def test_a_change_of_hours_says_which_visits_it_leaves_outside(guo, bai, place):
    make.visit(place, bai)
    data = {
        "name_zh": "光谷",
        "visitors": "10",
        "slot_minutes": "120",
        "places": "4",
        "area_m2": "400",
        "power_kw": "100",
        "hours": "周一至周日 20:00-22:00",
    }
    page = text(browser(guo).post(f"{HERE}{place.slug}/edit/", data, follow=True))
    assert "有 1 个已有的预约不在现在的开放时间内" in page


def test_less_than_promised_is_said_beside_the_form(guo, bai, place):
    make.visit(place, bai, people=8)
    data = {"name_zh": "光谷", "visitors": "3", "slot_minutes": "120", "places": "4", "hours": "周一至周日 09:00-17:00"}
    assert "8 人" in text(browser(guo).post(f"{HERE}{place.slug}/edit/", data), 409)


def test_a_sheet_by_the_pages(guo):
    client = browser(guo)
    upload = io.BytesIO(
        "类型,名称,城市,接待人数,开放时间\n孵化器,表里的孵化器,武汉,6,周一至周五 09:00-17:00\n城堡,别的,,,\n".encode()
    )
    upload.name = "资源.csv"
    page = text(client.post(f"{HERE}import/", {"province": "420000", "upload": upload}, follow=True))
    assert "可以登记 1 行，不能登记 1 行。" in page and "类型：" in page and not Facility.objects.exists()
    sheet = page.split("/sheets/")[1].split("/")[0]
    done = text(client.post(f"{HERE}sheets/{sheet}/write/", follow=True))
    assert "已登记 1 个资源" in done and Facility.objects.get().city_code == "420100"
    missing = io.BytesIO("名称\n某地\n".encode())
    missing.name = "x.csv"
    assert "缺少列" in text(client.post(f"{HERE}import/", {"province": "420000", "upload": missing}))


# ---- visits


def test_booked_from_the_grid_and_followed(guo, bai, place):
    member = browser(bai)
    page = text(browser().get(f"{HERE}{place.slug}/?week={make.at(1).date()}"))
    address = f"{HERE}{place.slug}/book/?slot={stamp(make.at(1))}"
    assert escape(address) in page and "余 10 人" in page
    assert f'value="{stamp(make.at(1))}" selected' in text(member.get(address))
    sent = {"starts_at": stamp(make.at(1)), "people": "2", "purpose": "看车间"}
    shown = text(member.post(address, sent, follow=True))
    visit = Visit.objects.get()
    assert "待确认" in shown and visit.visitor == bai
    keeper = browser(guo)
    assert "光谷中试基地" in text(keeper.get(f"{HERE}keeping/")) and "白经理" in text(
        keeper.get(f"{HERE}visits/{visit.pk}/")
    )
    assert "已确认" in text(keeper.post(f"{HERE}visits/{visit.pk}/confirm/", follow=True))
    calendar = member.get(f"{HERE}visits/{visit.pk}/?format=ics")
    assert calendar["Content-Type"].startswith("text/calendar") and b"STATUS:CONFIRMED" in calendar.content


def test_a_clash_names_the_nearest_slots_as_links_and_the_waiting_list(guo, bai, shen, place):
    make.visit(place, bai, people=10)
    member = browser(shen)
    sent = {"starts_at": stamp(make.at(1)), "people": "1", "purpose": "看车间"}
    page = text(member.post(f"{HERE}{place.slug}/book/", sent), 409)
    assert "最近的空闲时段" in page and f"?slot={stamp(make.at(1, 11))}" in page and "看车间" in page
    waiting = text(member.post(f"{HERE}{place.slug}/book/", {**sent, "wait": "on"}, follow=True))
    assert "候补第 1 位" in waiting
    assert "满，候补 1" in text(browser().get(f"{HERE}{place.slug}/?week={make.at(1).date()}"))


def test_on_behalf_says_nothing_of_who_has_an_account(bai, shen, place):
    sent = {"starts_at": stamp(make.at(1)), "people": "1", "purpose": "看车间"}
    client = browser(bai)
    nobody = text(client.post(f"{HERE}{place.slug}/book/", {**sent, "for_user": "nobody@example.org"}))
    assert "没有可以选用的会员" in nobody
    assert client.post(f"{HERE}{place.slug}/book/", {**sent, "for_user": shen.email}).status_code == 403


def test_a_bundle_by_the_page(guo, bai, place):
    other = make.facility(name_zh="江西基地")
    address = f"{HERE}bundle/?facility={place.slug}&facility={other.slug}"
    client = browser(bai)
    page = text(client.get(address))
    assert "光谷中试基地" in page and "江西基地" in page
    sent = {
        f"slot_{place.pk}": stamp(make.at(1)),
        f"slot_{other.pk}": stamp(make.at(1)),
        "people": "1",
        "purpose": "看",
    }
    assert "重叠" in text(client.post(address, sent), 409) and not Visit.objects.exists()
    done = text(client.post(address, {**sent, f"slot_{other.pk}": stamp(make.at(1, 13))}, follow=True))
    assert "已一并提交 2 个预约" in done and Visit.objects.filter(bundle__isnull=False).count() == 2
    assert "没有选择资源" in text(client.get(f"{HERE}bundle/?facility=nothing"))


# ---- stationing


def test_applied_for_decided_and_signed_by_the_pages(guo, shen, place):
    listing = patents.published(shen)
    member, keeper = browser(shen), browser(guo)
    last = clock.today() + timedelta(days=99)
    sent = {
        "listing": listing.pk,
        "places": "2",
        "area_m2": "100",
        "starts_on": clock.today(),
        "last_on": last,
        "purpose": "试制",
    }
    too_long = text(member.post(f"{HERE}{place.slug}/apply/", {**sent, "last_on": last + timedelta(days=3000)}))
    assert "最长五年" in too_long and "试制" in too_long
    assert "超过这个资源的全部条件" in text(member.post(f"{HERE}{place.slug}/apply/", {**sent, "places": "9"}), 409)
    shown = text(member.post(f"{HERE}{place.slug}/apply/", sent, follow=True))
    row = Stationing.objects.get()
    assert "待审批" in shown and row.ends_on == last + timedelta(days=1)
    assert "审批入驻" in [str(item.verb) for item in desk_of(guo).mine]
    assert "申请期间空余：4" in text(keeper.get(f"{HERE}stationings/{row.pk}/"))
    assert keeper.post(f"{HERE}stationings/{row.pk}/accept/", {}).status_code == 302
    contract = {"contract": "RZ-1", "signed_on": clock.today(), "milestones": f"{last} 投产"}
    assert "应以日期开头" in text(keeper.post(f"{HERE}stationings/{row.pk}/sign/", {**contract, "milestones": "投产"}))
    assert "投产" in text(keeper.post(f"{HERE}stationings/{row.pk}/sign/", contract, follow=True))
    assert "今天空余 2" in text(browser().get(f"{HERE}{place.slug}/"))


def test_who_waits_is_shown_in_order_without_names(guo, shen, bai, place):
    make.stationed(place, shen, guo, places=4)
    make.queued(place, bai, guo, places=2)
    page = text(browser().get(f"{HERE}{place.slug}/"))
    assert "入驻排队" in page and "湖南" in page and "白经理" not in page


def test_who_has_no_listing_is_told_what_to_do(mo, place):
    assert "您还没有在架的技术" in text(browser(mo).get(f"{HERE}{place.slug}/apply/"))


# ---- where can this be made, and the balance


def test_where_a_listing_can_be_made(guo, shen, place):
    wants = [
        {"kind": "equipment", "text_zh": "反应釜", "text_en": "Reactor", "amount": Decimal(3)}, make.area(300),
        {"kind": "permit", "text_zh": "无特殊许可", "text_en": "No special permit", "amount": None},
    ]  # fmt: skip
    listing = patents.published(shen, requirements=wants)
    make.facility(name_zh="展厅", kind="centre", places=0, facts={})
    page = text(browser().get(f"{HERE}making/listings/{listing.number}/"))
    assert "光谷中试基地" in page and "展厅" not in page
    assert "有 2 台，还差 1 台" in page and "具备 2/3 项" in page and f'value="{listing.number}"' in page
    assert f"{HERE}making/listings/{listing.number}/" in text(browser().get(listing.get_absolute_url()))
    bundle = browser(shen).get(f"{HERE}bundle/?listing={listing.number}&facility={place.slug}")
    assert f'value="{listing.pk}" selected' in text(bundle)
    draft = patents.draft(shen, title="草稿")
    assert browser().get(f"{HERE}making/listings/{draft.number}/").status_code == 404


def test_where_a_need_can_be_carried_out(bai, place):
    need = needs.published(bai, conditions=[make.area(5000)])
    page = text(browser().get(f"{HERE}making/needs/{need.number}/"))
    assert f"今天空余 400 m²，还差 {grouped(4600)} m²" in page
    assert f"{HERE}making/needs/{need.number}/" in text(browser().get(need.get_absolute_url()))


def test_the_balance_is_counted_from_the_records(guo, shen, bai, place):
    make.used(place, bai, guo, people=3)
    make.used(place, shen, guo, people=2, days=2)
    make.stationed(place, shen, guo, places=2)
    elsewhere = accounts.member("far@example.org", province=None)
    make.visit(place, elsewhere, days=3)
    found = browser().get(f"{HERE}balance/?format=json").json()
    hubei, hunan = found["provinces"]["420000"], found["provinces"]["430000"]
    assert (hubei["visits_lent"], hunan["visits_borrowed"], hubei["stays_lent"]) == (3, 3, 0)
    assert (hubei["applicants"], hubei["elsewhere"], hubei["share"]) == (4, 2, 0.5)
    flows = {(one["lender"], one["borrower"]): one for one in found["flows"]}
    assert flows["420000", "420000"] == {"lender": "420000", "borrower": "420000", "visit_days": 2, "place_days": 2}
    page = text(browser().get(f"{HERE}balance/"))
    assert "4 份预约和入驻申请中，2 份来自外省，占 50%。" in page
    rows = list(csv.reader(io.StringIO(text(browser().get(f"{HERE}balance/?format=csv")).lstrip("\ufeff"))))
    assert ["湖北", "湖南", "3", "0", "1"] in rows
    with CaptureQueriesContext(connection) as asked:
        Client().get(f"{HERE}balance/?format=json")
    assert sum("governance_visit" in query["sql"] for query in asked) == 1
    assert browser().get(f"{HERE}balance/?year=2006").status_code == 404


# ---- the desk


def test_the_desk_says_what_waits_for_whom(guo, bai, place):
    visit = make.visit(place, bai)
    assert "确认预约" in [str(item.verb) for item in desk_of(guo).mine]
    assert "确认预约" in [str(item.verb) for item in desk_of(bai).waiting]
    make.visit_answers.visit_counter(visit_id=visit.pk, actor=guo, starts_at=make.at(2), reason="检修。")
    assert "答复改期" in [str(item.verb) for item in desk_of(bai).mine]
    make.visit_answers.visit_agree(visit_id=visit.pk, actor=bai)
    make.begun(Visit.objects.get())
    assert "登记到访" in [str(item.verb) for item in desk_of(guo).mine]
