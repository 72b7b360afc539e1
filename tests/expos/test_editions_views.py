"""The calendar of expos and the page of an edition, as visitors, the host and a delegation see them. Read next: test_editions_actions.py."""

import pytest

from expos.models import Expo
from expos.states import ExpoState
from platform_site import clock
from platform_site.regions import hosts
from tests.factories import expos

pytestmark = pytest.mark.django_db
LIST = "/zh-hans/expos/"


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_is_empty_at_first_and_says_whose_turn_comes(client):
    text = text_of(client, LIST)
    assert "还没有筹办展会" in text
    assert str(clock.today().year + 5) in text


def test_the_page_of_an_edition_and_its_data(client, guo):
    expo = expos.opened(officer=guo)
    text = text_of(client, expo.get_absolute_url())
    for words in (
        "招展中",
        "专利技术走进车间",
        "会展中心",
        f"{expo.year}-06-10",
        "湖北省知识产权局",
        "路演厅",
        "40×30",
    ):
        assert words in text
    assert client.get(f"/en/expos/{expo.year}/?format=json").json() == {
        "year": expo.year, "host": "420000", "state": "applications_open", "venue": "会展中心",
        "starts": f"{expo.year}-06-10", "ends": f"{expo.year}-06-12",
    }  # fmt: skip
    assert client.get("/zh-hans/expos/2006/").status_code == 404


def test_the_host_plans_prepares_and_opens_the_call_in_the_browser(client, guo):
    client.force_login(guo)
    year = expos.year_of()
    address = client.post(f"{LIST}new/", {"year": year}).headers["Location"]
    assert address == f"{LIST}{year}/"
    assert "还没有定下场馆、日期和报名截止日" in text_of(client, address)
    client.post(f"{address}venue/", {"name_zh": "会展中心", "city_code": "420100", "address_zh": "会展路"})
    client.post(f"{address}halls/new/", {"code": "A", "name_zh": "一号馆", "width_m": 30, "depth_m": 30, "people": 300})
    expo = Expo.objects.get(year=year)
    days = {"venue": expo.venue_id, "starts_on": f"{year}-06-10", "last_on": f"{year}-06-12", "opens": "09:00", "closes": "17:00"}  # fmt: skip
    wrong = client.post(f"{address}edit/", {**days, "apply_until": f"{year}-07-01", "theme_zh": "新主题"})
    assert wrong.status_code == 409
    text = wrong.content.decode()
    assert "报名须在开展之前截止" in text
    assert "新主题" in text
    client.post(f"{address}edit/", {**days, "apply_until": f"{year}-05-01", "theme_zh": "新主题"})
    client.post(f"{address}advance/", {"to": "applications_open"})
    assert Expo.objects.get(year=year).state == ExpoState.APPLICATIONS_OPEN
    assert client.post(f"{address}advance/", {"to": "applications_open"}).status_code == 409


def test_a_delegation_is_written_by_its_own_office(client, guo, he):
    expo = expos.opened(officer=guo)
    client.force_login(he)
    address = f"{expo.get_absolute_url()}delegations/430000/"
    assert client.post(address, {"head": "何团长", "booths": "6"}).status_code == 302
    assert "何团长" in text_of(client, expo.get_absolute_url())


def test_a_page_costs_the_same_for_one_and_for_three(
    client, guo, django_assert_num_queries, django_assert_max_num_queries
):
    expo = expos.opened(officer=guo)
    client.get(LIST)  # what a process reads once
    with django_assert_max_num_queries(15) as first:
        client.get(LIST)
    with django_assert_max_num_queries(15) as page:
        client.get(expo.get_absolute_url())
    for years in (1, 2):
        year = expo.year + years
        with clock.at(expos.noon(expo.last_on)):
            expos.planned(hosts.host_of_year(year), year=year)
    for number in ("B", "C"):
        expos.hall(expo, code=number)
        expos.room(expo, f"会场{number}")
    with django_assert_num_queries(len(first)):
        client.get(LIST)
    with django_assert_num_queries(len(page)):
        client.get(expo.get_absolute_url())
