"""Judge pages in a real browser: one heading, no accessibility finding, no sideways scroll. Read next: test_axe.py."""

import pytest
from django.test import Client

from tests import browsers

# Each language is judged at the width where its words are the harder fit, and measured at both.
LOOKS = [("zh-hans", "zh-CN", 1360), ("en", "en-GB", 390)]
WIDTHS = (1360, 390)
in_both_looks = pytest.mark.parametrize("look", LOOKS, ids=[language for language, _locale, _width in LOOKS])


def judge(browse, live_server, pages, look, below="", missing=()):
    """`pages`: who (None: a visitor) -> addresses after the language and `below`; `missing` (who, address) answer 404."""
    (language, locale, width), wrong = look, []
    for user, addresses in pages.items():
        page = browse(width, locale)
        browsers.prepare(page.context)
        if user:
            client = Client()
            client.force_login(user)
            session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            page.context.add_cookies([session])
        for address in addresses:
            answer = page.goto(f"/{language}/{below}{address}")
            assert answer.ok == ((user, address) not in missing) and page.locator("h1").count() == 1, address
            wrong += [f"{user} {address}: {rule} {elements[0]}" for rule, elements in browsers.findings(page)]
            wrong += [f"{user} {address}: {one}" for one in _sideways(page, width)]
    assert not wrong, "\n".join(wrong)


def _sideways(page, width):
    """What reaches over the edge at each width; the window is left as it was."""
    found = []
    for other in sorted(WIDTHS, key=lambda one: one == width):
        page.set_viewport_size({"width": other, "height": 900})
        found += [f"scrolls sideways at {other}: {element}" for element in browsers.sideways(page)]
    return found
