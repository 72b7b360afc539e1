"""A real browser against a real server. Read next: ../browsers.py, test_journey_main.py."""

import pytest


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
