"""The face in a real browser: no accessibility finding, no sideways scroll, nothing that the content policy refuses.

The browser asks no server: each page is fetched by Django's test client first, inside the test's own transaction, and
handed to the browser with its headers.
"""

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from platform_site.accounts.models import User
from tests import browsers

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ORIGIN = "http://localhost"  # a browser trusts no other plain address, and complains about headers there
LOOKS = [(1360, "light", "zh-hans"), (390, "dark", "en")]
OPEN = ["login/", "signup/", "password/reset/", "password/reset/done/"]
OWN = ["password/change/", "email/", "2fa/", "logout/", "reauthenticate/"]


class Visit:
    """One browser page with the answers that were prepared for it."""

    def __init__(self, page: Page, client: Client, width: int) -> None:
        self.page, self.client, self.width = page, client, width
        self.answers: dict[tuple[str, str], HttpResponse] = {}
        self.sent: list[dict[str, str]] = []
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        asked, address = route.request, urlsplit(route.request.url)
        if address.path.startswith("/static/"):
            path = finders.find(address.path.removeprefix("/static/"))
            route.fulfill(body=Path(path).read_bytes(), content_type=mimetypes.guess_type(path)[0])
            return
        if asked.method == "POST":
            self.sent.append(dict(parse_qsl(asked.post_data or "")))
        response = self.answers[asked.method, address.path]
        route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)

    def prepare(self, method: str, address: str, **data: str) -> HttpResponse:
        """Fetch an answer for the browser to find, following redirects as it would."""
        ask = self.client.post if method == "POST" else self.client.get
        response = ask(address, data, follow=True, headers={"host": "localhost"})
        self.answers[method, urlsplit(address).path] = response
        return response

    def open(self, address: str) -> HttpResponse:
        response = self.prepare("GET", address)
        self.page.goto(ORIGIN + address)
        return response

    def reaches(self) -> int:
        """How wide the page is; more than the window means that it scrolls sideways."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def findings(self) -> list[tuple[str, list[str]]]:
        """What axe objects to, and a page that scrolls sideways."""
        listed = browsers.findings(self.page)
        return listed + ([("scrolls sideways", [str(self.reaches())])] if self.reaches() > self.width else [])


@pytest.fixture
def visit(chromium: Browser, client: Client) -> Iterator[Callable[..., Visit]]:
    contexts = []

    def opened(width: int = 1360, theme: str = "light", **more: object) -> Visit:
        client.cookies["theme"] = theme
        context = chromium.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        browsers.prepare(context)
        return Visit(context.new_page(), client, width)

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_pages_of_a_visitor(visit: Callable[..., Visit], width: int, theme: str, language: str) -> None:
    on = visit(width, theme)
    for path in [f"accounts/{name}" for name in OPEN] + ["preferences/"]:
        assert on.open(f"/{language}/{path}").redirect_chain == []
        assert (path, on.findings()) == (path, [])
    assert on.complaints == []


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_pages_of_a_member(
    visit: Callable[..., Visit], client: Client, ad: User, width: int, theme: str, language: str
) -> None:
    client.force_login(ad)
    on = visit(width, theme)
    for path in ["ui/"] + [f"accounts/{name}" for name in OWN]:
        assert on.open(f"/{language}/{path}").redirect_chain == []
        assert (path, on.findings()) == (path, [])
    assert on.complaints == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", ["", "large"])
def test_every_component_scrolls_only_downwards(
    visit: Callable[..., Visit], client: Client, ad: User, size: str, language: str
) -> None:
    client.force_login(ad)
    client.cookies["size"] = size
    on = visit()
    on.open(f"/{language}/ui/")
    for width in (320, 390, 685, 985, 1360):
        on.page.set_viewport_size({"width": width, "height": 900})
        assert (width, browsers.sideways(on.page)) == (width, [])


def test_a_missing_page_is_a_good_page_too(visit: Callable[..., Visit]) -> None:
    on = visit(390)
    assert on.open("/zh-hans/no-such-page/").status_code == 404
    assert on.findings() == []


def test_without_script_a_choice_of_theme_is_kept(visit: Callable[..., Visit], client: Client) -> None:
    on = visit(390, "light", java_script_enabled=False)
    on.open("/zh-hans/preferences/")
    on.prepare(
        "POST", "/zh-hans/preferences/", theme="pink"
    )  # only an answer to show; what was sent is looked at below
    on.page.check("input[name=theme][value=dark]")
    on.page.click("main button[type=submit]")
    client.post("/zh-hans/preferences/", on.sent[0])
    assert client.cookies["theme"].value == "dark"


def test_errors_take_the_focus_and_lead_to_the_field(visit: Callable[..., Visit]) -> None:
    on = visit()
    on.open("/zh-hans/accounts/login/")
    on.prepare("POST", "/zh-hans/accounts/login/")
    on.page.click("main button[type=submit]")
    assert on.page.title().startswith("错误：")
    assert on.page.evaluate("document.activeElement.className") == "err-sum"
    assert on.findings() == []
    on.page.click(".err-sum a >> nth=0")
    assert on.page.evaluate("document.activeElement.id") == "id_login"


def test_a_second_press_sends_nothing(visit: Callable[..., Visit]) -> None:
    on = visit()
    on.open("/zh-hans/preferences/")
    on.prepare("POST", "/zh-hans/preferences/", theme="pink")
    with on.page.expect_navigation():
        on.page.evaluate("const b = document.querySelector('main button[type=submit]'); b.click(); b.click();")
    assert len(on.sent) == 1


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(250, 247, 240)"), ("dark", "rgb(15, 23, 20)")])
def test_the_system_s_choice_needs_no_cookie_and_no_script(
    visit: Callable[..., Visit], client: Client, scheme: str, ground: str
) -> None:
    on = visit(390, color_scheme=scheme)
    client.cookies.pop("theme")
    on.open("/zh-hans/accounts/login/")
    assert on.page.evaluate("getComputedStyle(document.body).backgroundColor") == ground


def test_the_keyboard_reaches_the_content_first(visit: Callable[..., Visit]) -> None:
    on = visit()
    on.open("/zh-hans/accounts/login/")
    on.page.keyboard.press("Tab")
    assert on.page.evaluate("document.activeElement.className") == "skip"
    on.page.keyboard.press("Enter")
    assert on.page.evaluate("document.activeElement.id") == "main"
