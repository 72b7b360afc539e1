"""What everybody reads of the group: overview, agreement, seats; what the office and a holder find there besides."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions import seats
from governance.models import DirectorTerm, Meeting, SeatHolder
from governance.queries import mandate_of
from platform_site import clock
from platform_site.regions.facts import PROVINCES
from tests.clients import browser
from tests.factories import accounts, group

pytestmark = pytest.mark.django_db
TODAY = clock.today()
HOME = "/zh-hans/governance/"


def text(response):
    return response.content.decode()


def count(address, person=None):
    client = browser(person)
    client.get("/zh-hans/help/")  # the log-in is noted here
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_overview_says_who_directs_and_what_is_next(ju, wei):
    group.resolution("general", "关于筹备博览会的决议")
    called = Meeting.objects.create(
        year=TODAY.year, number=1, title_zh="第三次例会", starts_at=clock.now() + timedelta(days=20), prepared_by=ju,
        state="called", term=DirectorTerm.objects.get(), called_by=SeatHolder.objects.get(user=ju), called_at=clock.now(),
    )  # fmt: skip
    page = text(browser().get(HOME))
    for words in (
        "轮值的局长",
        "下一任的局长",
        "关于筹备博览会的决议",
        str(called),
        "本年轮值",
        "还没有发布的年度工作计划",
    ):
        assert words in page, words
    Meeting.objects.create(  # a written procedure runs until its last moment, and hides no meeting
        year=TODAY.year, number=2, kind="written", title_zh="书面审议", starts_at=clock.now(), prepared_by=ju,
        ends_at=clock.now() + timedelta(days=9), state="in_session", term=DirectorTerm.objects.get(),
        called_by=SeatHolder.objects.get(user=ju), called_at=clock.now(),
    )  # fmt: skip
    later = text(browser().get(HOME))
    assert "截止" in later and later.index("书面审议") < later.index(str(called))
    assert "代行轮值主任" not in page
    assert page.count('href="/zh-hans/governance/"') >= 2  # masthead and, for the phone, footer


def test_while_the_seat_is_vacant_the_overview_says_who_acts_and_why(ju, wei, si):
    seats.seat_vacate(seat_code=mandate_of(ju).seat.pk, actor=si, ends_on=TODAY, act="离任通知")
    page = text(browser().get(HOME))
    assert "代行轮值主任" in page and "空缺，由轮值顺序中的下一席位" in page


def test_without_a_term_or_anybody_seated_it_says_so(db):
    page = text(browser().get(HOME))
    assert "还没有开始首个任期" in page and page.count("空缺") >= 7
    group.directing()
    assert "六省席位全部空缺" in text(browser().get(HOME))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_agreement_names_eight_undertakings_and_what_is_assumed(client, db, language):
    page = client.get(f"/{language}/governance/agreement/")
    promises = page.context["promises"]
    assert len(promises) == 8 and len({one.title for one in promises}) == 8
    linked = [one.url for one in promises if one.url]
    assert reverse("patents:listing_search") in linked or language == "en"
    assert all(client.get(url).status_code == 200 for url in linked)
    assert "领导小组决议〔2007〕1号" in text(page)
    for fact in PROVINCES:
        assert (fact.office_en if language == "en" else fact.office_zh) in text(page)
    if language == "zh-hans":
        assert "2007年7月5日" in text(page) and text(page).count("建设中") == 8 - len(linked)


def test_a_seat_shows_its_history_back_to_2007(ju, si, guo):
    code = mandate_of(ju).seat.pk
    other = next(fact.code for fact in PROVINCES if fact.code != code)
    for name, day in (("首任局长", date(2007, 7, 5)), ("次任局长", date(2013, 4, 1))):
        seats.seat_appoint(
            seat_code=other, actor=si, user=None, name=name, post_zh="局长", post_en="", starts_on=day, act="任职文件"
        )
    page = text(browser().get(f"{HOME}seats/{other}/"))
    for words in ("首任局长", "次任局长", "2007-07-05", "2013-04-01", "任职文件", "没有委托过代理人"):
        assert words in page, words
    group.deputy(ju, accounts.member("fu@example.org", name="傅代理"))
    group.liaison(si, mandate_of(ju).seat, guo)
    for person in (None, ju, si):
        page = text(browser(person).get(f"{HOME}seats/{code}/"))
        assert "傅代理" in page and "郭审核员" in page
        assert ("/revoke/" in page) == (person == ju)
        assert ("/appoint/" in page, "/end/" in page) == (person == si, person == si)
    assert "郭审核员" in text(browser().get(f"{HOME}seats/"))
    assert browser().get(f"{HOME}seats/110000/").status_code == 404


def test_pages_cost_the_same_with_three_rows_as_with_one(ju, wei, si):
    code = mandate_of(ju).seat.pk
    addresses = [HOME, f"{HOME}agreement/", f"{HOME}seats/", f"{HOME}seats/{code}/"]
    before = [count(address, si) for address in addresses]
    for number in range(3):
        group.resolution("general", f"决议{number}")
        group.liaison(si, mandate_of(ju).seat, accounts.member(f"l{number}@example.org"))
    group.seated("leader@example.org", "000000")
    group.deputy(ju, accounts.member("fu@example.org"))
    assert [count(address, si) for address in addresses] == before
    assert max(before) <= 15


def test_the_office_appoints_on_the_form_and_loses_nothing_that_was_typed(ju, si, mo):
    code = mandate_of(ju).seat.pk
    address = f"{HOME}seats/{code}/appoint/"
    typed = {
        "name": "莫局长",
        "post_zh": "局长",
        "user": "nobody@example.org",
        "starts_on": TODAY.isoformat(),
        "act": "通知",
    }
    client = browser(si)
    page = client.post(address, typed)
    assert page.status_code == 200 and "没有使用这个邮箱的账号" in text(page) and "莫局长" in text(page)
    page = client.post(address, {**typed, "user": mo.email, "starts_on": (TODAY - timedelta(days=3)).isoformat()})
    assert page.status_code == 409 and "仍在任" in text(page) and "莫局长" in text(page)
    page = client.post(address, {**typed, "user": "MO@example.org"}, follow=True)
    assert "已登记" in text(page) and mandate_of(mo).seat.pk == code
    assert browser(ju).get(f"{HOME}seats/{code}/deputy/name/").status_code == 403  # over with the next request


def test_a_holder_names_a_deputy_by_the_last_day(ju, mo):
    code = mandate_of(ju).seat.pk
    address = f"{HOME}seats/{code}/deputy/name/"
    typed = {"user": mo.email, "starts_on": TODAY.isoformat(), "act": "代理函"}
    client = browser(ju)
    page = client.post(address, {**typed, "last_on": (TODAY - timedelta(days=1)).isoformat()})
    assert "最后一天不能早于第一天" in text(page)
    client.post(address, {**typed, "last_on": TODAY.isoformat()})
    deputy = mandate_of(mo).deputy
    assert deputy.ends_on == TODAY + timedelta(days=1)
    client.post(f"{HOME}deputies/{deputy.pk}/revoke/")
    assert mandate_of(mo) is None


def test_the_sitemap_knows_the_group(client, db):
    assert "/zh-hans/governance/rotation/" in text(client.get("/sitemap-pages.xml"))
