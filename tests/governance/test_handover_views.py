"""The handover on its page: two directors and the office see the file, everybody that it took place; signing asks for the password."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.actions import handovers, seats
from governance.models import Handover, HandoverSignature
from governance.queries import mandate_of
from platform_site import clock
from platform_site.regions.facts import BY_CODE
from tests.clients import browser
from tests.factories import accounts, group
from tests.factories.accounts import confirmed

pytestmark = pytest.mark.django_db
TODAY = clock.today()
NEXT = TODAY.year + 1
PAGE = f"/zh-hans/governance/handovers/{NEXT}/"
LIST = "各省超过办理时限的审核"


def text(response):
    return response.content.decode()


@pytest.fixture
def handover(ju, wei, si):
    return group.opened(si)


def test_its_file_is_for_the_two_directors_and_the_office(handover, ju, wei, si, mo, guo, ad):
    secret = group.resolution("general", "机密性较强的决议")
    leader = group.seated("leader@example.org", "000000", name="国家局领导")
    for person in (ju, wei, si):
        page = text(browser(person).get(PAGE))
        assert LIST in page and "机密性较强的决议" in page
        assert f'<a href="{secret.get_absolute_url()}"' in page  # an entry leads to what it names
        assert ("核对并签署" in page) == (person != si)
    for person in (None, mo, guo, ad, leader):
        page = text(browser(person).get(PAGE))
        assert LIST not in page and "机密性较强的决议" not in page and "核对并签署" not in page
        assert "待双方签署" in page and page.count("待签署") == 2 and "轮值的局长" in page
    assert browser(ju).get(f"/zh-hans/governance/handovers/{NEXT + 1}/").status_code == 404


def test_both_sign_with_a_fresh_password_and_the_file_is_kept(handover, ju, wei, si):
    stale = browser(ju).get(f"{PAGE}sign/")
    assert stale.status_code == 302 and "reauthenticate" in stale["Location"]
    signing = confirmed(browser(ju), ju)
    assert "这一步" in text(signing.post(f"{PAGE}sign/", {})) or "必填" in text(signing.post(f"{PAGE}sign/", {}))
    assert not HandoverSignature.objects.exists()
    page = signing.post(f"{PAGE}sign/", {"agreed": "on"}, follow=True)
    assert "已签署" in text(page) and "一方已签署" in text(page) and "核对并签署" not in text(page)
    again = signing.post(f"{PAGE}sign/", {"agreed": "on"})
    assert again.status_code == 409 and "等待另一方签署" in text(again)
    confirmed(browser(wei), wei).post(f"{PAGE}sign/", {"agreed": "on"})
    kept = Handover.objects.get()
    page = text(browser(si).get(PAGE))
    assert kept.digest in page and "双方签署时定稿" in page and f"{NEXT}-01-01 00:00" in page
    public = text(browser().get(PAGE))
    assert f"职权将于 {NEXT}-01-01 00:00 移交" in public and kept.digest not in public
    with clock.at(datetime(NEXT, 1, 2, tzinfo=clock.SHANGHAI)):
        assert f"职权已于 {NEXT}-01-01 00:00 移交" in text(browser().get(PAGE))
        assert LIST in text(browser(wei).get(PAGE))


def test_who_is_no_side_cannot_sign_even_with_a_forged_form(handover, mo, si, ad):
    for person in (mo, si, ad):
        assert confirmed(browser(person), person).post(f"{PAGE}sign/", {"agreed": "on"}).status_code == 403
    assert not HandoverSignature.objects.exists()


def test_a_director_who_has_left_signs_no_more(handover, ju, si):
    seats.seat_vacate(seat_code=mandate_of(ju).seat.pk, actor=si, ends_on=TODAY, act="离任通知")
    client = confirmed(browser(ju), ju)
    assert client.post(f"{PAGE}sign/", {"agreed": "on"}).status_code == 403
    assert LIST not in text(client.get(PAGE))
    assert "席位空缺，由轮值顺序中的下一席位代行" in text(browser(si).get(PAGE))


def test_the_page_costs_the_same_whatever_is_handed_over(handover, ju, si):
    def count(person):
        client = browser(person)
        client.get("/zh-hans/help/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PAGE).status_code == 200
        return len(asked)

    before = [count(ju), count(si)]
    for number in range(3):
        group.resolution("general", f"决议{number}")
    group.deputy(ju, accounts.member("fu@example.org"))
    assert [count(ju), count(si)] == before
    assert max(before) <= 15


def test_the_desk_says_what_waits_for_whom(handover, ju, wei, si, mo):
    desk = "/zh-hans/desk/"
    title = f"{NEXT} 年轮值主任交接"
    for person, waits in ((ju, True), (wei, True), (si, False)):
        found = browser(person).get(desk).context["desk"]
        assert (title in [item.title for item in found.mine]) == waits
        assert (title in [item.title for item in found.waiting]) != waits
    handovers.handover_sign(year=NEXT, actor=ju)
    found = browser(ju).get(desk).context["desk"]
    awaited = next(item for item in found.waiting if item.title == title)
    assert awaited.note == BY_CODE[mandate_of(wei).seat.pk].name_zh
    vacant = [item.title for item in browser(si).get(desk).context["desk"].mine if item.title.startswith("席位空缺")]
    assert len(vacant) == 5 and "席位空缺：国家局席位" in vacant
    assert title not in text(browser(mo).get(desk))


def test_the_desk_reminds_the_office_to_open_the_handover_in_time(ju, si):
    title = f"{NEXT} 年轮值主任交接"
    new_year = datetime(NEXT, 1, 1, tzinfo=clock.SHANGHAI)
    for moment, reminded in ((new_year - timedelta(days=31), False), (new_year - timedelta(days=29), True)):
        with clock.at(moment):
            found = browser(si).get("/zh-hans/desk/").context["desk"]
        assert (title in [item.title for item in found.mine]) == reminded


def test_the_desk_stays_within_its_budget(handover, ju, wei, si, guo):
    fu = accounts.member("fu@example.org", name="傅代理")
    fu.is_demonstration = True
    fu.save(update_fields=["is_demonstration"])
    fu.groups.set(ju.groups.all())
    group.deputy(ju, fu)
    for person in (ju, wei, si, guo, fu):
        client = browser(person)
        client.get("/zh-hans/help/")  # the log-in is noted here
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/zh-hans/desk/").status_code == 200
        reads = [query["sql"] for query in asked if query["sql"].lstrip().startswith(("SELECT", "("))]
        assert len(reads) <= 30, (person, len(reads))
