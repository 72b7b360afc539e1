"""A real browser against a real server: headless Chromium, found on the system. Read next: test_journey_main.py."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI must run the browser tests: Chromium is not installed")
        pytest.skip("NOT CHECKED: the browser tests, because no Chromium was found")
    # Playwright keeps an event loop running in this thread; Django's guard against that is for async views.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def browse(chromium, live_server):
    """browse(width, locale) opens a fresh window; every console error and policy violation it saw fails the test."""
    contexts, complaints = [], []

    def open_window(width=1360, locale="zh-CN", **options):
        context = chromium.new_context(
            base_url=live_server.url, locale=locale, viewport={"width": width, "height": 900}, **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_window
    for context in contexts:
        context.close()
    # A refused page answers 4xx on purpose, and the browser notes that on its console.
    assert not [text for text in complaints if "Failed to load resource" not in text], complaints
