"""The preferences page and the specimen page."""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from platform_site.accounts.models import User
from platform_site.ui import preferences
from platform_site.ui.middleware import PreferencesMiddleware

COMPONENTS = sorted(path.stem for path in (Path(__file__).resolve().parents[3] / "templates" / "ui").glob("*.html"))


@pytest.fixture
def specimen(client: Client, ad: User) -> str:
    client.force_login(ad)
    return client.get("/zh-hans/ui/").content.decode()


def test_every_component_stands_on_the_specimen_page(specimen: str) -> None:
    assert [name for name in COMPONENTS if f'id="spec-{name}"' not in specimen] == []


def test_ids_of_the_specimen_page_are_unique(specimen: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', specimen)
    assert sorted(ids) == sorted(set(ids))


def test_the_specimen_page_does_not_exist_for_others(client: Client, mo: User) -> None:
    assert client.get("/zh-hans/ui/").status_code == 302
    client.force_login(mo)
    assert client.get("/zh-hans/ui/").status_code == 404


def post(client: Client, **data: str) -> HttpResponse:
    return client.post("/zh-hans/preferences/", data)


@pytest.mark.django_db
def test_looking_at_the_preferences_shows_what_is_chosen(client: Client) -> None:
    client.cookies["theme"] = "dark"
    html = client.get("/zh-hans/preferences/?next=/zh-hans/help/&size=large").content.decode()
    assert re.search(r'value="dark"[^>]*checked', html)
    assert re.search(r'value="large"[^>]*checked', html)
    assert 'name="next" value="/zh-hans/help/"' in html


@pytest.mark.django_db
def test_a_choice_is_kept_in_two_cookies_and_leads_back(client: Client) -> None:
    answer = post(client, theme="dark", size="large", next="/zh-hans/help/?q=1")
    assert (answer.status_code, answer["Location"]) == (302, "/zh-hans/help/?q=1")
    for name, value in (("theme", "dark"), ("size", "large")):
        cookie = answer.cookies[preferences.cookie_name(name)]
        assert (cookie.value, cookie["samesite"], cookie["httponly"]) == (value, "Lax", True)


@pytest.mark.django_db
def test_the_defaults_delete_the_cookies(client: Client) -> None:
    answer = post(client, theme="system", size="normal")
    assert answer.cookies[preferences.cookie_name("theme")].value == ""
    assert answer.cookies[preferences.cookie_name("size")]["max-age"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_foreign_address_is_not_followed(client: Client, wanted: str) -> None:
    assert post(client, theme="light", size="normal", next=wanted)["Location"] == "/zh-hans/preferences/"


@pytest.mark.django_db
def test_an_unknown_choice_is_refused_in_words(client: Client) -> None:
    answer = post(client, theme="pink", size="normal")
    assert answer.status_code == 200
    assert "err-sum" in answer.content.decode()
    assert not answer.cookies.get("theme")


@pytest.mark.django_db
def test_a_change_needs_the_token() -> None:
    assert post(Client(enforce_csrf_checks=True), theme="dark", size="normal").status_code == 403


def test_only_pages_drawn_to_a_wish_vary_by_cookie() -> None:
    middleware = PreferencesMiddleware(lambda request: HttpResponse())
    request = RequestFactory().get("/")
    assert "Vary" not in middleware(request).headers
    request.COOKIES["theme"] = "dark"
    assert middleware(request)["Vary"] == "Cookie"


def test_cookies_take_the_prefix_of_the_session(settings) -> None:
    settings.SESSION_COOKIE_NAME = "__Host-sessionid"
    assert preferences.cookie_name("theme") == "__Host-theme"
    settings.SESSION_COOKIE_NAME = "sessionid"
    assert preferences.cookie_name("theme") == "theme"
