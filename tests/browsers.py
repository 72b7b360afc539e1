"""One headless Chromium for a whole run, and what axe and the page's own width say of a page. Read next: journeys/conftest.py."""

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
# Only what is wrong leaves the browser: the nodes that pass are many, and to write them down takes as long as to find them.
ASK = "options => axe.run(options).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))]))"
# The elements that reach over the right edge, when the page scrolls sideways at all.
WIDER = """document.documentElement.scrollWidth <= window.innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(0, 5).map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:  # the database first: it is dropped outside the loop
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        if os.environ.get("CI"):
            pytest.fail("CI must run the browser tests: Chromium is not installed")
        pytest.skip("NOT CHECKED: the browser tests, because no Chromium was found")
    # The driver keeps an event loop in this thread; the database is used by this thread alone all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()
        connections.close_all()  # the loop had a connection of its own, which would outlive the test database
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def prepare(context: BrowserContext) -> None:
    """Let every page of this window bring axe along, so that it is sent to the browser once."""
    context.add_init_script(Axe().axe_script)


def findings(page: Page) -> list[tuple[str, list[str]]]:
    """What axe objects to on a page of a window that was prepared: rule, elements."""
    return [(rule, list(elements)) for rule, elements in page.evaluate(ASK, OPTIONS)]


def sideways(page: Page) -> list[str]:
    """The elements that make the page scroll sideways; none where it does not."""
    page.wait_for_load_state("load")  # without its style sheets everything is as wide as it likes
    return list(page.evaluate(WIDER))
