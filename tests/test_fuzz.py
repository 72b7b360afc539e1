"""Strange values on every page and form of people who are signed in, with records that exist. Read next: tests/corpus.py.

`make test` tries a share of them on every page and form, the same each time; FUZZ=all tries all.
"""

import os
import random
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.addresses import routes
from tests.policy import MATRIX
from tests.world import made_fixture, undone, world_fixture  # noqa: F401 - a fixture is found by its name

PARAMETERS = (
    *(
        "q",
        "page",
        "show",
        "side",
        "before",
        "against",
        "view",
        "reason",
        "patent",
        "verb",
        "target",
        "sort",
        "number",
        "again",
    ),
    *("next", "size", "draft", "format", "pk", "step", "province"),
)
VALUES = (
    *("-1", "NaN", "1e400", "9" * 5_000, str(2**63), "²", "2023-02-30", "", "a" * 20_000, "\U00020bb7"),
    *("<script>alert(1)</script>", "%s %(x)s {0} {{ x }}", "(((( ' --"),
)
WORST = ("9" * 5_000, str(2**63), "a" * 20_000, "NaN")
ALL = os.environ.get("FUZZ") == "all"
QUERIES, POSTS = 2, 5  # of a page and of a form in `make test`
OURS = [(name, row) for name, rows in MATRIX.items() if routes()[name].is_ours for row in rows]


@pytest.fixture(autouse=True)
def _no_limits(settings):
    """A page that answers "too often" is not the page that is to be tried."""
    settings.RATE_LIMITS = {}


def share(name: str, values: Sequence[Any], most: int) -> Sequence[Any]:
    """All of them, or so many drawn by the name of the address."""
    return values if ALL or len(values) <= most else random.Random(name).sample(values, most)


def browser_of(world, role):
    browser = Client(raise_request_exception=False)
    browser.force_login(world[role])
    return browser


def test_every_value_in_the_query_of_every_page(world):
    """Each page once, as the first of these who may see it."""
    broken, browsers = [], {role: browser_of(world, role) for role in ("shen", "guo", "ad", "mo", "bai", "he")}
    for name, row in OURS:
        browser = next((browsers[role] for role in browsers if row.get[role] == "ok"), None)
        if browser is None:
            continue
        address = routes()[name].at(**row.at(world))
        for value in share(name, VALUES, QUERIES):
            short = [urlencode(dict.fromkeys(PARAMETERS, value))]
            for query in (
                short if len(value) < 1_000 else [urlencode({key: value}) for key in ("q", "page", "before", "patent")]
            ):
                with undone():
                    response = browser.get(f"{address}?{query}")
                if response.status_code >= 500:
                    broken.append((name, query[:60], response.status_code))
    assert broken == []


def writers():
    """Each form of ours with the first member who may send it."""
    for name, row in OURS:
        roles = [role for role, cell in row.post.items() if cell == "ok" and role != "visitor"]
        if roles:
            yield name, row, roles[0]


def test_every_value_in_the_fields_of_every_form(world):
    broken = []
    for name, row, role in writers():
        browser, address = browser_of(world, role), routes()[name].at(**row.at(world))
        posts = [dict.fromkeys(row.sent(world), value) for value in VALUES]
        posts += [{**row.sent(world), field: value} for field in row.sent(world) for value in WORST]
        posts += [{**row.sent(world), "idempotency_key": value} for value in VALUES[:6]] + [{}, {"unknown": "1"}]
        for data in share(name, posts, POSTS):
            with undone():
                response = browser.post(address, data)
            if response.status_code >= 500:
                broken.append((name, {key: str(value)[:30] for key, value in data.items()}, response.status_code))
    assert broken == []


# Who is named there acts for a seat from then on, and needs a second factor by the seat's group.
NAMES_A_PERSON = {"governance:deputy_name", "governance:seat_appoint", "governance:liaison_name"}


def test_fields_that_a_form_does_not_have_change_nothing(world):
    """No mass assignment: what a record knows of itself is never taken from a form."""
    mo = world["mo"].pk
    forged = {
        **dict.fromkeys(("owner", "owner_id", "buyer", "author", "actor", "user", "taken_by", "decided_by"), mo),
        **dict.fromkeys(("is_staff", "is_superuser", "is_demonstration", "verified"), "on"),
        "state": "published",
        "office": "430000",
        "email": "evil@example.org",
        "groups": "1",
    }
    for name, row, role in writers():
        with undone():
            browser_of(world, role).post(routes()[name].at(**row.at(world)), {**forged, **row.sent(world)})
            for person in ("mo", "shen", "bai", "guo", "he"):
                fresh = type(world[person]).objects.get(pk=world[person].pk)
                assert (fresh.email, fresh.is_staff, fresh.is_superuser) == (world[person].email, False, False), name
                assert name in NAMES_A_PERSON or fresh.groups.count() == (person in {"guo", "he"}), name
            for record in ("market", "draft", "waiting"):
                assert type(world[record]).objects.get(pk=world[record].pk).owner_id == world["shen"].pk, name
            assert type(world["room"]).objects.get(pk=world["room"].pk).buyer_id == world["bai"].pk, name


CONTENTS = (
    *(b"", b"%PDF-1.7", b"MZ", b"\x89PNG\r\n\x1a\n" + bytes(100)),
    *(b"<html><script>alert(1)</script>", b"%PDF-1.4\n%%EOF\n<html>"),
)
FILE_NAMES = ("a.pdf", "a.png", "a.html", "\u202egnp.exe", "a" * 300 + ".png", "a.png\r\nX: 1", "\U00020bb7.pdf")


def test_strange_files_in_the_forms_that_take_files(world):
    browser, broken = browser_of(world, "shen"), []
    forms = (
        ("trading:message_send", {"pk": world["room"].pk}, "uploads", {"body": "请看附件。"}),
        ("patents:listing_step", {"number": world["draft"].number, "step": "files"}, "upload", {"title": ""}),
    )
    for name, at, field, data in forms:
        for content in CONTENTS:
            for file_name in FILE_NAMES:
                with undone():
                    response = browser.post(
                        routes()[name].at(**at), {**data, field: SimpleUploadedFile(file_name, content)}
                    )
                if response.status_code >= 500:
                    broken.append((name, file_name[:20], content[:20]))
    assert broken == []
