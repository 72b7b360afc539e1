"""The face in a real browser: no accessibility finding, no sideways scroll, nothing that the content policy refuses.

The browser asks no server: every request is answered by Django's test client inside this very transaction.
"""

import mimetypes
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

from platform_site.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ORIGIN = "http://localhost"  # a browser trusts no other plain address, and complains about headers there
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [(1360, "light", "zh-hans"), (390, "dark", "en"), (320, "light", "zh-hans"), (1360, "dark", "en")]
OPEN = [
    "accounts/login/",
    "accounts/signup/",
    "accounts/password/reset/",
    "accounts/password/reset/done/",
    "preferences/",
    "no-such-page/",
]
OWN = [
    "accounts/password/change/",
    "accounts/email/",
    "accounts/2fa/",
    "accounts/reauthenticate/",
    "accounts/logout/",
    "ui/",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if not found:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: the browser tests must run in CI")
        pytest.skip("NO CHROMIUM FOUND: THE BROWSER TESTS DID NOT RUN")
    # The driver keeps an event loop in this thread; the database is used by this thread alone all the same.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def answer(route: Route, client: Client) -> None:
    """Let the test client answer what the browser asks; static files come from where collectstatic would take them."""
    asked = route.request
    address = urlsplit(asked.url)
    if address.path.startswith("/static/"):
        path = finders.find(address.path.removeprefix("/static/"))
        route.fulfill(body=Path(path).read_bytes(), content_type=mimetypes.guess_type(path)[0])
        return
    body = asked.post_data_buffer or b""
    kind = asked.headers.get("content-type", "application/octet-stream")
    response = client.generic(asked.method, f"{address.path}?{address.query}", body, kind, HTTP_HOST="localhost")
    while response.status_code in (301, 302, 303):  # a browser would follow these past this function
        response = client.get(response["Location"], HTTP_HOST="localhost")
    route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)


@pytest.fixture
def open_page(browser: Browser, client: Client):
    """Opens pages of a given width and theme; what the browser complains about is kept in `page.complaints`."""
    contexts = []

    def opened(width: int = 1360, theme: str = "light", **more: object) -> Page:
        client.cookies["theme"] = theme
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.route("**/*", lambda route: answer(route, client))
        return page

    yield opened
    for context in contexts:
        context.close()


def assert_good(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"
    findings = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(f["id"], [node["html"][:120] for node in f["nodes"]]) for f in findings] == []


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_pages_of_a_visitor(open_page, width: int, theme: str, language: str) -> None:
    page = open_page(width, theme)
    for path in OPEN:
        page.goto(f"{ORIGIN}/{language}/{path}")
        assert_good(page, width)
    assert [c for c in page.complaints if "404" not in c] == []


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_pages_of_a_member(open_page, client: Client, ad: User, width: int, theme: str, language: str) -> None:
    client.force_login(ad)
    page = open_page(width, theme)
    for path in OWN:
        page.goto(f"{ORIGIN}/{language}/{path}")
        assert_good(page, width)
    assert page.complaints == []


def test_large_type_scrolls_only_downwards(open_page, client: Client, ad: User) -> None:
    client.force_login(ad)
    client.cookies["size"] = "large"
    for width in (390, 985, 1360):
        page = open_page(width)
        page.goto(f"{ORIGIN}/zh-hans/ui/")
        assert_good(page, width)


def test_without_script_a_choice_of_theme_is_kept(open_page, client: Client) -> None:
    page = open_page(390, "light", java_script_enabled=False)
    page.goto(f"{ORIGIN}/zh-hans/preferences/?next=/zh-hans/accounts/login/")
    page.check("input[name=theme][value=dark]")
    page.click("main button[type=submit]")
    assert client.cookies["theme"].value == "dark"


def test_errors_take_the_focus_and_lead_to_the_field(open_page) -> None:
    page = open_page()
    page.goto(f"{ORIGIN}/zh-hans/accounts/login/")
    page.click("main button[type=submit]")
    assert page.title().startswith("错误：")
    assert page.evaluate("document.activeElement.className") == "err-sum"
    page.click(".err-sum a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "id_login"


def test_the_system_s_dark_needs_no_choice_and_no_script(open_page, client: Client) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        page = open_page(390, "", java_script_enabled=True, color_scheme=scheme)
        client.cookies.pop("theme")
        page.goto(f"{ORIGIN}/zh-hans/accounts/login/")
        grounds[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert grounds == {"light": "rgb(250, 247, 240)", "dark": "rgb(15, 23, 20)"}


def test_the_keyboard_reaches_main_first(open_page) -> None:
    page = open_page()
    page.goto(f"{ORIGIN}/zh-hans/accounts/login/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
