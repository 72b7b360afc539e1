"""Every address x GET and POST x eight roles, as policy_rows.py says; what is refused changes nothing and tells nothing.

The world is built once; each request runs in a savepoint and is rolled back. Read next: policy_rows.py, factories/world.py.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import translation

from patents.models import Review
from platform_site import clock
from platform_site.portal.mailbox import FOLDER_BACKEND
from tests.addresses import Route, routes
from tests.factories import world as worlds
from tests.policy_rows import ROLES, ROWS, Row
from trading.models import Party

pytestmark = pytest.mark.django_db

ADMIN = {
    f"admin:{name}": Route(f"admin:{name}", at, False, False, None)
    for name, at in (("index", "admin/"), ("login", "admin/login/"))
}
NAMED = {**routes(), **ADMIN}
LOGIN_PAGES = ("/zh-hans/accounts/login/", "/admin/login/")
PASSWORD_PAGE = "/zh-hans/accounts/reauthenticate/"
OUTSIDERS = ("visitor", "mo", "he", "root")
OTHER_METHODS = ("put", "patch", "delete")
# Written by every request, or by migrations alone.
FIXED = frozenset(
    {"django_session", "django_content_type", "auth_permission", "auth_group_permissions", "regions_dayoverride"}
)
HUBEI = ("asked", "mark", "waiting.review", "taken.review", "published.review")
NUMBER_OF_NOTHING, PK_OF_NOTHING = "CN6-2026-987654", 987654321


# ---- the world and its people


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[worlds.World]:
    mails = tmp_path_factory.mktemp("mail")
    with (
        django_db_blocker.unblock(),
        override_settings(EMAIL_BACKEND=FOLDER_BACKEND, MAIL_DIR=mails),
        translation.override("zh-hans"),
        transaction.atomic(),
    ):
        cache.clear()
        built = worlds.build()
        built.cookies = {role: _sign_in(person) for role, person in built.people.items()}
        yield built
        transaction.set_rollback(True)


def _sign_in(person: Any) -> str:
    """A session key; one page is opened so that the session has been noted before anything is compared."""
    if person is None:
        return ""
    client = Client()
    client.force_login(person)
    client.get("/zh-hans/desk/")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def _limits_anew(row: Row) -> None:
    """The library counts what comes from one address; the roles of a row are not one person."""
    if row.is_library:
        cache.clear()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# ---- one request


def browser(world: worlds.World, role: str) -> Client:
    client = Client()
    if world.cookies[role]:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.cookies[role]
    return client


def ask(world: worlds.World, role: str, method: str, url: str, payload: dict[str, Any] | None = None) -> HttpResponse:
    sent = {"idempotency_key": str(uuid.uuid4()), **payload} if payload is not None else None
    return getattr(browser(world, role), method)(url, sent) if sent else getattr(browser(world, role), method)(url)


def prepared(row: Row, world: worlds.World, **others: Any) -> str:
    """The address of a row, after what has to happen first."""
    if row.before:
        row.before(world)
    return NAMED[row.name].at(**{**world.places[row.on], **dict(row.at), **others})


def answer_of(response: HttpResponse, method: str = "get") -> str:
    """One word for an answer; a form that comes back from a POST is no success."""
    if response.status_code in (301, 302):
        place = urlsplit(response["Location"])
        if place.path in LOGIN_PAGES:
            return "login" if "next=" in place.query else "start"
        return "password" if place.path == PASSWORD_PAGE else "ok"
    if response.status_code == 200:
        return "again" if method == "post" else "ok"
    return str(response.status_code)


def rows_of_all() -> dict[str, str]:
    """A digest of the rows of every table that a request could write, sessions aside: one query."""
    names = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)} - FIXED)
    parts = [
        f"SELECT '{name}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t" for name in names
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name, digest in after.items() if before[name] != digest}


def text_of(response: HttpResponse) -> str:
    return b"".join(response).decode(errors="replace")


# ---- the matrix


def test_every_address_has_a_row_and_every_row_an_address():
    assert {row.name for row in ROWS} == set(NAMED)


def test_every_row_answers_every_role():
    for row in ROWS:
        assert set(row.get) == set(row.post) == set(ROLES), row.label
    labels = [row.label for row in ROWS]
    assert len(labels) == len(set(labels))


def test_who_is_refused_has_a_twin_who_succeeds():
    """By address: what a hidden thing refuses to all is done by somebody on another row of the same name."""
    for method in ("get", "post"):
        ours = [(row.name, set(getattr(row, method).values())) for row in ROWS if not row.is_library]
        refused = {name for name, answers in ours if answers - {"ok", "405", "login"}}
        succeeded = {name for name, answers in ours if "ok" in answers}
        assert refused <= succeeded, method


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_what_a_page_answers(world, row):
    """GET: the answer of the policy to each role, and reading writes nothing but the record of what was read."""
    with undone():
        url = prepared(row, world)
        before = rows_of_all()
        found = {role: answer_of(ask(world, role, "get", url)) for role in ROLES}
        assert found == row.get, f"GET {url}"
        assert row.is_library or changed(before, rows_of_all()) <= {"audit_auditentry"}, f"GET {url}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_what_a_write_answers(world, row):
    """POST: one payload for all. Whoever is refused changes no row of any table; whoever succeeds does."""
    with undone():
        url = prepared(row, world)
        before, found, idle = rows_of_all(), {}, []
        refused = [role for role in ROLES if row.post[role] != "ok"]
        for role in refused:
            found[role] = answer_of(ask(world, role, "post", url, row.payload()), "post")
        touched = changed(before, rows_of_all()) if refused and not row.is_library else set()
        for role in [role for role in ROLES if role not in refused]:
            with undone():
                _limits_anew(row)
                found[role] = answer_of(ask(world, role, "post", url, row.payload()), "post")
                if not row.is_library and row.writes != bool(changed(before, rows_of_all()) - {"outbox_writekey"}):
                    idle.append(role)
        assert (found, touched, idle) == (row.post, set(), []), f"POST {url}"


def test_other_methods_are_refused_and_change_nothing(world):
    """PUT, PATCH and DELETE at every address by every role; a page of the library may at most show its form again."""
    with undone():
        urls = {row.name: (row, prepared(row, world)) for row in reversed(ROWS)}
        before, wrong = rows_of_all(), []
        for label, (row, url) in urls.items():
            for role in ROLES:
                for method in OTHER_METHODS:
                    found = answer_of(ask(world, role, method, url))
                    if not (row.is_library or found in ("login", "403", "404", "405")):
                        wrong.append(f"{role} {method} {label}: {found}")
        assert wrong == []
        assert changed(before, rows_of_all()) == set()


def test_head_says_no_more_than_get(world):
    with undone():
        for row in ROWS:
            url = prepared(row, world)
            found = {role: answer_of(ask(world, role, "head", url)) for role in OUTSIDERS}
            wrong = {role for role in OUTSIDERS if found[role] not in (row.get[role], "405")}
            assert row.is_library or wrong == set(), url


# ---- another province's officer


@pytest.mark.parametrize("row", [row for row in ROWS if row.on in HUBEI], ids=lambda row: row.label)
def test_the_queue_of_hubei_is_closed_to_hunan(world, row):
    """Each page and each act of Hubei's two queues: the officer of Hunan does not find it, the one of Hubei does."""
    with undone():
        url = prepared(row, world)
        before, reached = rows_of_all(), set()
        for method, payload in (("get", None), ("post", row.payload())):
            theirs = answer_of(ask(world, "he", method, url, payload), method)
            assert theirs in ("403", "404", "405"), f"{method} {url}"
            assert changed(before, rows_of_all()) == set()
            with undone():
                twin = answer_of(ask(world, "guo", method, url, row.payload() if payload is not None else None), method)
            assert (twin == "ok") == (theirs != "405"), f"{method} {url}"
            reached.add(twin)
        assert "ok" in reached


# ---- hidden is hidden


def bare(response: HttpResponse, url: str) -> str:
    """The page without what differs by request: its id, its address, the form tokens."""
    text = text_of(response).replace(response["X-Request-Id"], "ID")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    for path in (url, url.replace("/zh-hans/", "/en/", 1)):
        text = text.replace(path, "URL").replace(path.replace("/", "%2F"), "URL")
    return text


@pytest.mark.parametrize(
    ("name", "place", "role"),
    [
        ("patents:listing_detail", "draft", "visitor"),
        ("patents:listing_detail", "draft", "bai"),
        ("patents:listing_detail", "draft", "guo"),
        ("patents:listing_detail", "waiting", "he"),
        ("patents:listing_edit", "draft", "root"),
        ("trading:enquiry_create", "waiting", "bai"),
        ("patents:attachment_detail", "waiting.paper", "he"),
        ("patents:review_detail", "waiting.review", "he"),
        ("patents:review_detail", "waiting.review", "mo"),
        ("patents:review_approve", "taken.review", "he"),
        ("accounts:verification_detail", "asked", "he"),
        ("accounts:verification_detail", "asked", "ad"),
        ("trading:negotiation_detail", "room", "mo"),
        ("trading:negotiation_detail", "room", "guo"),
        ("trading:negotiation_detail", "room", "ad"),
        ("trading:negotiation_detail", "room", "root"),
        ("trading:message_file", "room", "ad"),
    ],
)
def test_not_yours_and_not_there_are_the_same_page(world, name, place, role):
    row = next(row for row in ROWS if (row.name, row.on) == (name, place))
    nothing = {"number": NUMBER_OF_NOTHING} if "number" in world.places[place] else {"pk": PK_OF_NOTHING}
    real, missing = prepared(row, world), prepared(row, world, **nothing)
    one, other = ask(world, role, "get", real), ask(world, role, "get", missing)
    assert one.status_code == other.status_code in (403, 404)
    assert bare(one, real) == bare(other, missing)


# Each word with the roles that may come upon it, and the page where an administrator of the demonstration reads all mail.
WORDS = {
    worlds.IN_DRAFT: {"shen"},
    worlds.IN_SUBMISSION: {"shen", "guo"},
    worlds.IN_ROOM: {"shen", "bai"},
    worlds.IN_REQUEST: {"guo"},
}
MAIL = "portal:mail_list"


@pytest.mark.parametrize("role", ROLES)
def test_hidden_words_are_on_no_page_of_others(world, role):
    """All pages of the matrix that the role can open, and the search for each word: lists, counts and errors obey the gate."""
    hidden = {word for word, roles in WORDS.items() if role not in roles}
    leaks, seen = [], set()
    with undone():
        for row in ROWS:
            text = text_of(ask(world, role, "get", prepared(row, world)))
            found = {word for word in WORDS if word in text}
            seen |= found
            if row.name == MAIL:
                found -= {worlds.IN_SUBMISSION, worlds.IN_REQUEST}
            leaks += [(row.label, word) for word in found & hidden]
        for word in hidden:
            for shape in ("", "&format=json", "&format=csv", "&format=atom"):
                response = ask(world, role, "get", f"/zh-hans/patents/?q={word}{shape}")
                leaks += [(shape, word) for place in ("催化剂", "证明") if f"{word}{place}" in text_of(response)]
    assert leaks == []
    assert seen >= WORDS.keys() - hidden, "whoever may read a word comes upon it: the canary is alive"


def test_queue_and_desk_of_another_office_are_without_the_submission(world):
    for url in ("/zh-hans/patents/review/", "/zh-hans/desk/", "/zh-hans/accounts/verifications/"):
        word = worlds.IN_REQUEST if "verifications" in url else worlds.IN_SUBMISSION
        assert word not in text_of(ask(world, "he", "get", url)), url
        assert word in text_of(ask(world, "guo", "get", url)), url


# ---- taken away, gone with the next request


def test_an_officer_without_the_grant_is_out_at_once(world):
    row = next(row for row in ROWS if row.name == "patents:review_approve")
    with undone():
        url = prepared(row, world)
        assert answer_of(ask(world, "guo", "get", url)) == "ok"
        world.people["guo"].groups.clear()
        assert answer_of(ask(world, "guo", "get", url)) == "403"
        assert answer_of(ask(world, "guo", "post", url, row.payload()), "post") == "403"
        assert not Review.objects.get(pk=world.places[row.on]["pk"]).decision


def test_a_party_that_has_left_is_out_at_once(world):
    rows = [row for row in ROWS if row.on == "room" and row.name.startswith("trading:")]
    with undone():
        Party.objects.filter(user=world.people["bai"]).update(left_at=clock.now())
        for row in rows:
            assert answer_of(ask(world, "bai", "get", prepared(row, world))) == "404", row.label
            assert answer_of(ask(world, "bai", "post", prepared(row, world), row.payload()), "post") in ("404", "405")


def test_a_closed_account_is_out_at_once(world):
    with undone():
        type(world.people["shen"]).objects.filter(pk=world.people["shen"].pk).update(is_active=False)
        assert answer_of(ask(world, "shen", "get", "/zh-hans/desk/")) == "login"


def test_the_admin_site_opens_no_record_of_the_trade(world):
    for role in ROLES:
        for model in (
            "trading/negotiation",
            "trading/message",
            "audit/auditentry",
            "patents/listing",
            "patents/review",
        ):
            assert answer_of(ask(world, role, "get", f"/admin/{model}/")) in ("login", "start", "404"), (role, model)
