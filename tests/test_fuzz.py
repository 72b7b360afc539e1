"""Strange values on every page and form of people who are signed in, with records that exist. Read next: tests/corpus.py."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.addresses import routes
from tests.policy import MATRIX
from tests.world import undone, world_fixture  # noqa: F401 - a fixture is found by its name

PARAMETERS = (
    *("q", "page", "show", "side", "before", "against", "view", "reason", "patent", "verb", "target", "sort", "number", "again"),
    *("next", "size", "draft", "format", "pk", "step", "province"),
)
VALUES = (
    *("0", "-1", "NaN", "1e400", "1" + "0" * 400, "9" * 5_000, str(2**31), str(2**63), "²", "１２", "2023-02-30", "10000-01-01"),
    *("", " ", "a" * 20_000, "中" * 3_000, "\U00020bb7", "\u202e", "<script>alert(1)</script>", "%s %(x)s {0} {{ x }}", "((((", "' --"),
)
WORST = ("9" * 5_000, "1" + "0" * 400, str(2**63), "-1", "a" * 20_000, "\U00020bb7", "2023-02-30", "NaN", "1e400", "²")
OURS = [(name, number) for name, rows in MATRIX.items() if routes()[name].is_ours for number in range(len(rows))]


def browser_of(world, role):
    browser = Client(raise_request_exception=False)
    browser.force_login(world[role])
    return browser


@pytest.mark.parametrize("role", ["mo", "shen", "bai", "guo", "ad"])
def test_every_value_in_the_query_of_every_page(world, role):
    broken, browser = [], browser_of(world, role)
    for name, number in OURS:
        row = MATRIX[name][number]
        if row.get[role] != "ok" or (role in {"mo", "bai", "ad"} and row.get["shen"] == "ok"):
            continue
        address = routes()[name].at(**row.at(world))
        for value in VALUES:
            names = PARAMETERS if len(value) < 2_500 else PARAMETERS[:7]
            queries = [urlencode(dict.fromkeys(names, value))] if len(value) < 1_000 else [urlencode({key: value}) for key in names]
            for query in queries if value in WORST else queries[:2]:
                with undone():
                    response = browser.get(f"{address}?{query}")
                if response.status_code >= 500:
                    broken.append((name, query[:60], response.status_code))
    assert broken == []


@pytest.mark.parametrize(("name", "number"), [pytest.param(*one, id=f"{one[0]}-{one[1]}") for one in OURS])
def test_every_value_in_the_fields_of_every_form(world, name, number):
    row = MATRIX[name][number]
    roles = [role for role, cell in row.post.items() if cell == "ok" and role != "visitor"]
    if not roles or row.post_refused:
        return
    broken, browser = [], browser_of(world, roles[0])
    address = routes()[name].at(**row.at(world))
    posts = [dict.fromkeys(row.data, value) for value in VALUES]
    posts += [{**row.data, field: value} for field in row.data for value in WORST]
    posts += [{**row.data, "idempotency_key": value} for value in VALUES[:6]] + [{}, {"unknown": "1"}]
    for data in posts:
        with undone():
            response = browser.post(address, data)
        if response.status_code >= 500:
            broken.append(({key: str(value)[:30] for key, value in data.items()}, response.status_code))
    assert broken == []


@pytest.mark.parametrize(("name", "number"), [pytest.param(*one, id=f"{one[0]}-{one[1]}") for one in OURS])
def test_fields_that_a_form_does_not_have_change_nothing(world, name, number):
    """No mass assignment: what a record knows of itself is never taken from a form."""
    row = MATRIX[name][number]
    roles = [role for role, cell in row.post.items() if cell == "ok" and role != "visitor"]
    if not roles or row.post_refused:
        return
    forged = {
        "owner": world["mo"].pk, "owner_id": world["mo"].pk, "buyer": world["mo"].pk, "author": world["mo"].pk, "actor": world["mo"].pk,
        "state": "published", "is_staff": "on", "is_superuser": "on", "is_demonstration": "on", "verified": "on", "user": world["mo"].pk,
        "office": "430000", "taken_by": world["mo"].pk, "decided_by": world["mo"].pk, "email": "evil@example.org", "groups": "1",
    }
    with undone():
        browser_of(world, roles[0]).post(routes()[name].at(**row.at(world)), {**forged, **row.data})
        for role in ("mo", "shen", "bai", "guo", "he"):
            fresh = type(world[role]).objects.get(pk=world[role].pk)
            assert (fresh.email, fresh.is_staff, fresh.is_superuser) == (world[role].email, False, False)
            assert fresh.groups.count() == world[role].groups.count()
        for record in ("market", "draft", "waiting"):
            assert type(world[record]).objects.get(pk=world[record].pk).owner_id == world["shen"].pk
        assert type(world["room"]).objects.get(pk=world["room"].pk).buyer_id == world["bai"].pk


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"MZ", b"\x89PNG\r\n\x1a\n" + bytes(100), b"<html><script>alert(1)</script>", b"%PDF-1.4\n%%EOF\n" + b"<html>"]
)
@pytest.mark.parametrize("file_name", ["a.pdf", "a.png", "a.html", "\u202egnp.exe", "a" * 300 + ".png", "a.png\r\nX: 1", "..", "\U00020bb7.pdf"])
def test_strange_files_in_the_forms_that_take_files(world, content, file_name):
    browser = browser_of(world, "shen")
    for name, at, field, data in (
        ("trading:message_send", {"pk": world["room"].pk}, "uploads", {"body": "请看附件。"}),
        ("patents:listing_step", {"number": world["draft"].number, "step": "files"}, "upload", {"title": ""}),
        ("accounts:verification_submit", {}, "proof", {"real_name": "某"}),
    ):
        with undone():
            response = browser.post(routes()[name].at(**at), {**data, field: SimpleUploadedFile(file_name, content)})
            assert response.status_code < 500, (name, file_name, content[:20])
