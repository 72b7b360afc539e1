"""Whoever is not signed in: no session is read, and the way to the login leads back to a page that can be read."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection

from platform_site.accounts.models import User
from tests.addresses import routes
from tests.factories import patents

pytestmark = pytest.mark.django_db
LEAVE = "/zh-hans/accounts/organisation/leave/"


def test_a_missing_and_a_hidden_listing_are_pages_for_any_cache(client, shen):
    draft, open_listing = patents.draft(shen), patents.published(shen)
    for address, status in (
        ("/zh-hans/patents/CN6-2026-987654/", 404),
        (f"/zh-hans/patents/{draft.number}/", 404),
        ("/zh-hans/no-such-page/", 404),
        (f"/zh-hans/patents/{open_listing.number}/", 200),
    ):
        answer = client.get(address)
        assert answer.status_code == status
        assert not answer.cookies, address
        assert "Cookie" not in answer.get("Vary", ""), address


def next_of(answer):
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer["Location"]).query)["next"][0]


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        ("http://testserver/zh-hans/accounts/organisation/?again=1", "/zh-hans/accounts/organisation/?again=1"),
        ("", "/zh-hans/desk/"),
        ("http://evil.example/zh-hans/accounts/organisation/", "/zh-hans/desk/"),
        ("http://testserver" + LEAVE, "/zh-hans/desk/"),
        ("http://testserver/zh-hans/no-such-page/", "/zh-hans/desk/"),
        ("http://testserver/zh-hans/accounts/login/?next=/x", "/zh-hans/desk/"),
        ("http://[bad", "/zh-hans/desk/"),
        ("//testserver/zh-hans/desk/", "/zh-hans/desk/"),
    ],
)
@pytest.mark.parametrize("method", ["post", "get"])
def test_from_an_address_that_only_takes_forms_the_login_leads_to_the_page_before(client, method, referer, leads_to):
    assert next_of(getattr(client, method)(LEAVE, HTTP_REFERER=referer)) == leads_to


def test_from_a_page_it_leads_back_to_that_page(client):
    assert next_of(client.get("/zh-hans/desk/inbox/?page=2")) == "/zh-hans/desk/inbox/?page=2"
    assert next_of(client.post("/zh-hans/accounts/profile/")) == "/zh-hans/accounts/profile/"


def test_no_address_leads_through_the_login_to_one_that_takes_no_reading(client, mo):
    """Every address of ours that wants a login, sent to as a form: after the login there is no 405."""
    led = {}
    for name, route in routes().items():
        if route.is_ours and not route.is_public:
            led[name] = next_of(client.post(route.at()))
    assert led
    client.force_login(mo)
    assert {name for name, address in led.items() if client.get(address).status_code == 405} == set()


def test_no_page_of_a_reset_writes_anything(client, mo):
    """Not even for the account of the portal's own clock, which has its row from the beginning."""
    system = User.objects.get(is_system=True)
    assert EmailAddress.objects.filter(user=system, verified=False).count() == 1

    def rows():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {apps.get_model('account.EmailAddress')._meta.db_table}")
            return cursor.fetchone()[0]

    before = rows()
    for user in (system, mo):
        for key in ("x-y", "set-password"):
            assert client.get(f"/zh-hans/accounts/password/reset/key/{_base36(user.pk)}-{key}/").status_code < 500
    assert rows() == before


def _base36(number):
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (_base36(number // 36) if number >= 36 else "") + digits[number % 36]
