"""The edge: bad input is refused with a page, every answer carries its headers, refusals are told. Read next: tests/corpus.py."""

from urllib.parse import quote, urlencode

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as live
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.db.utils import OperationalError
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from redis.exceptions import ConnectionError as RedisGone

from platform_site import urls as roots
from platform_site.errors import Busy, Conflict, MoveRefused, NotAllowed
from platform_site.portal import middleware
from platform_site.portal.cache import ForgivingRedisCache
from platform_site.portal.edge import utf8_only
from tests import corpus
from tests.addresses import public_addresses

PARAMETERS = (
    *(
        "q",
        "province",
        "ipc",
        "kind",
        "form",
        "free_in",
        "free_form",
        "trl_min",
        "price_max",
        "sort",
        "page",
        "format",
        "on",
    ),
    *("next", "size", "state", "who", "verb", "target", "from", "to", "number", "year", "mine", "show"),
)
FEW = (
    "0",
    "-1",
    "NaN",
    "1" + "0" * 400,
    "9" * 5_000,
    str(2**63),
    "²",
    "2023-02-30",
    "a" * 20_000,
    "\U00020bb7",
    "<script>alert(1)</script>",
    "((((",
    "",
)


@pytest.fixture
def calm(db):
    """A visitor who gets the 500 page, as in life, instead of the exception."""
    return Client(raise_request_exception=False)


# Answers of the machine, in no language.
GROUND = {"/healthz", "/readyz", "/metrics", "/sitemap.xml", "/robots.txt", "/sitemap-pages.xml"}


def strange(response) -> bool:
    return response.status_code >= 500 or (
        response.status_code >= 400 and response.status_code != 405 and not response.content
    )


# --- bad input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", corpus.RAW_UNREADABLE)
def test_bytes_that_are_no_text_are_refused_on_every_public_page(calm, raw):
    for address in public_addresses():
        if address in GROUND:
            continue
        response = calm.get(f"{address}?q={raw}")
        assert response.status_code == 400, address
        assert "请求无法识别" in response.content.decode() or "/en/" in address


@pytest.mark.parametrize("raw", corpus.RAW_READABLE)
def test_odd_but_readable_queries_are_answered(calm, raw):
    for address in public_addresses():
        assert not strange(calm.get(f"{address}?q={raw}&page={raw}&{raw}")), address


def test_every_value_in_every_parameter_of_every_public_page(calm):
    broken = []
    for address in public_addresses():
        for value in corpus.VALUES if "search" in address or address.endswith("/patents/") else FEW:
            query = urlencode(dict.fromkeys(PARAMETERS, value))
            if len(query) > 60_000:  # longer than any server passes on
                query = urlencode({"q": value, "page": value[:5_000]})
            response = calm.get(f"{address}?{query}")
            if strange(response):
                broken.append((address, value[:40], response.status_code))
    assert broken == []


def test_every_value_in_one_parameter_of_the_search(calm):
    broken = []
    for name in ("q", "province", "ipc", "free_in", "trl_min", "price_max", "sort", "page", "format"):
        for value in corpus.VALUES[:: 1 if name in {"q", "page"} else 2]:
            response = calm.get("/zh-hans/patents/?" + urlencode({name: value}))
            if strange(response):
                broken.append((name, value[:40], response.status_code))
    assert broken == []


def test_repeated_parameters_are_answered(calm):
    for address in public_addresses():
        query = "&".join(f"{name}=1&{name}=2&{name}[]=3" for name in PARAMETERS)
        assert not strange(calm.get(f"{address}?{query}")), address


@pytest.mark.parametrize(
    "place", ["/zh-hans/patents/{}/", "/zh-hans/help/{}/", "/zh-hans/{}/", "/{}", "/zh-hans/trading/negotiations/{}/"]
)
def test_every_value_in_an_address(calm, shen, place):
    calm.force_login(shen)
    for value in (*corpus.VALUES, *(item for item in ("\x00", "a\x00b"))):
        for text in (quote(value[:2_000], safe=""), quote(value[:200])):
            response = calm.get(place.format(text))
            assert response.status_code < 500, (place, value[:40], response.status_code)
    for raw in (*corpus.RAW_UNREADABLE, *corpus.RAW_READABLE):
        response = calm.get(place.format(raw))
        assert response.status_code < 500, (place, raw, response.status_code)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("HTTP_ACCEPT_LANGUAGE", "zh;q=" + "9" * 5_000),
        ("HTTP_ACCEPT_LANGUAGE", "en" * 2_000),
        ("HTTP_ACCEPT", "\x80\xff"),
        ("HTTP_REFERER", "http://[bad"),
        ("HTTP_REFERER", "\x00"),
        ("HTTP_X_FORWARDED_FOR", "1.2.3.4, " * 500),
        ("HTTP_X_FORWARDED_HOST", "evil.example"),
        ("HTTP_HX_REQUEST", "true"),
        ("HTTP_HX_CURRENT_URL", "http://[bad"),
        ("HTTP_HX_CURRENT_URL", "\x80%ff"),
        ("HTTP_IF_MODIFIED_SINCE", "Thu, 99 Foo 99999 99:99:99 GMT"),
        ("HTTP_IF_NONE_MATCH", '"' * 1_000),
        ("HTTP_RANGE", "bytes=" + "9" * 5_000 + "-"),
        ("HTTP_COOKIE", "theme=\x80; size=%00; django_language=" + "x" * 5_000),
        ("HTTP_COOKIE", 'sessionid="' + "\\000" * 32 + '"'),
        ("HTTP_COOKIE", "sessionid=" + "\xed\xa0\x80" * 32),
        ("HTTP_COOKIE", "sessionid=" + "\xe4\xb8\xad" * 32),
        ("HTTP_COOKIE", 'csrftoken="\\000\\000"; ;;;===;'),
        ("HTTP_USER_AGENT", "x" * 10_000),
        ("CONTENT_LENGTH", "many"),
    ],
)
def test_strange_headers_break_no_page(calm, header, value):
    for address in (
        "/zh-hans/",
        "/zh-hans/patents/?q=+AAA-%41",
        "/zh-hans/desk/",
        "/zh-hans/no-such-page/",
        "/zh-hans/accounts/login/",
    ):
        response = calm.get(address, **{header: value})
        assert response.status_code < 500, (address, response.status_code)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1:port", "a b", "[::1", "\x00", "例子.example", "", "x" * 300]
)
def test_a_host_that_is_not_ours_is_refused_with_a_page(calm, host):
    for address in public_addresses()[:6]:
        if address in GROUND:
            continue
        response = calm.get(address, HTTP_HOST=host)
        assert response.status_code == 400
        assert "evil.example" not in response.content.decode()


def test_a_signed_in_person_at_a_bad_host_is_refused_too(calm, shen):
    calm.force_login(shen)
    assert calm.get("/zh-hans/desk/", HTTP_HOST="evil.example").status_code == 400


LOGIN = "/zh-hans/accounts/login/"


def test_too_many_fields_are_too_large(calm):
    body = "&".join(f"f{number}=1" for number in range(5_000))
    response = calm.post(LOGIN, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "内容太大" in response.content.decode()
    assert calm.get("/zh-hans/patents/?" + body).status_code in {400, 413}


def test_a_body_over_the_limit_is_too_large(calm):
    response = calm.post(LOGIN, "a=" + "x" * 3_000_000, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    response = calm.post(LOGIN, {"login": "x" * 3_000_000})
    assert response.status_code == 413


def test_a_body_that_says_it_is_huge_is_refused_before_it_is_read(rf):
    """Files are not counted by Django's own limit: a terabyte of them would fill the disk."""
    called = []
    request = rf.post("/zh-hans/", {"a": "b"})
    request.META["CONTENT_LENGTH"] = str(10**12)
    edge = middleware.CleanInputMiddleware(lambda request: called.append(1) or HttpResponse("ok"))
    assert edge(request).status_code == 413
    assert called == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"login=a%00b&password=x", "application/x-www-form-urlencoded"),
        (b"login=%ED%A0%80&password=x", "application/x-www-form-urlencoded"),
        (b"lo%00gin=a", "application/x-www-form-urlencoded"),
        (b"login=\xff\xfe", "application/x-www-form-urlencoded"),
        (b"login=%B3%B5", "application/x-www-form-urlencoded; charset=gb18030"),
        (b"nonsense", "multipart/form-data"),
        (b"nonsense", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\na\x00b\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="f"; filename="a\x00.png"\r\n\r\nb\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (
            b"--x\r\nContent-Disposition: form-data; name=\"f\"; filename*=utf-8''%00.png\r\n\r\nb\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
        (
            b"--x\r\nContent-Disposition: form-data; name=\"f\"; filename*=rot13''%41.png\r\n\r\nb\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="f"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b'{"a": NaN', "application/json"),
        (b"", "application/x-www-form-urlencoded"),
    ],
)
def test_broken_bodies_are_refused_and_break_nothing(calm, body, kind):
    for address in (LOGIN, "/zh-hans/preferences/", "/zh-hans/accounts/signup/"):
        response = calm.generic("POST", address, body, content_type=kind)
        assert response.status_code < 500, address
        assert response.content or response.status_code == 302


def test_every_value_in_the_forms_of_a_visitor(calm):
    for value in corpus.VALUES:
        for address in (
            LOGIN,
            "/zh-hans/accounts/signup/",
            "/zh-hans/accounts/password/reset/",
            "/zh-hans/preferences/",
        ):
            fields = (
                "login",
                "password",
                "email",
                "password1",
                "password2",
                "display_name",
                "next",
                "theme",
                "size",
                "remember",
            )
            response = calm.post(address, dict.fromkeys(fields, value))
            assert response.status_code < 500, (address, value[:40])


# --- headers --------------------------------------------------------------------------------------------------------


def boom(request):
    raise RuntimeError("a secret in a trace")


def raising(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("boom/", boom),
    path("ok/", lambda request: HttpResponse("ok")),
    path("away/", lambda request: HttpResponseRedirect("/ok/")),
    path("not-allowed/", raising(NotAllowed("湖南的事归湖南管。", "请联系湖南省知识产权局。"))),
    path("move/", raising(MoveRefused("在架", "草稿"))),
    path("conflict/", raising(Conflict("别人先到了一步。", "请看看最新状态。"))),
    path("busy/", raising(Busy())),
    path("lock/", raising(OperationalError("canceling statement due to lock timeout\n"))),
    path("deadlock/", raising(OperationalError("deadlock detected\nDETAIL: Process 1"))),
    path("database/", raising(OperationalError("server closed the connection unexpectedly"))),
]
for pattern in urlpatterns:
    pattern.callback.login_required = False
urlpatterns += roots.urlpatterns
handler400, handler403, handler404, handler500 = roots.handler400, roots.handler403, roots.handler404, roots.handler500


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def assert_headers(response):
    for name, value in HEADERS.items():
        assert response[name] == value, name
    assert "geolocation=()" in response["Permissions-Policy"]
    assert len(response["X-Request-Id"]) >= 8
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    for directive in (
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ):
        assert directive in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert not response.has_header("Server")


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/zh-hans/", 200),
        ("get", "/", 302),
        ("get", "/zh-hans/desk/", 302),
        ("get", "/zh-hans/no-such-page/", 404),
        ("get", "/no-such-page", 404),
        ("post", "/zh-hans/", 405),
        ("delete", "/zh-hans/patents/", 405),
        ("get", "/zh-hans/?q=%00", 400),
        ("get", "/healthz", 200),
        ("get", "/readyz", 200),
        ("get", "/metrics", 200),
    ],
)
def test_headers_stand_on_every_kind_of_answer(calm, method, address, status):
    response = getattr(calm, method)(address)
    assert response.status_code == status
    assert_headers(response)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"),
    [("/boom/", 500), ("/not-allowed/", 403), ("/move/", 409), ("/busy/", 503), ("/away/", 302), ("/nothing/", 404)],
)
def test_headers_stand_on_refusals_and_faults(calm, address, status):
    response = calm.get(address)
    assert response.status_code == status
    assert_headers(response)


def test_a_forged_form_is_told_so_with_headers(shen):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(shen)
    response = careful.post("/zh-hans/accounts/logout/")
    assert response.status_code == 403
    assert "校验标记" in response.content.decode()
    assert_headers(response)


def test_answers_to_the_signed_in_are_kept_by_no_cache(client, shen):
    client.force_login(shen)
    for address in ("/zh-hans/", "/zh-hans/desk/", "/zh-hans/no-such-page/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


def test_htmx_and_plain_answers_are_told_apart_by_caches(client, db):
    assert "HX-Request" in client.get("/zh-hans/patents/", HTTP_HX_REQUEST="true").get("Vary", "")


def test_no_public_page_sets_a_cookie_or_reads_the_session(calm):
    for address in public_addresses():
        if "/accounts/" in address or address.endswith("/preferences/"):
            continue  # pages with a form carry its token
        response = calm.get(address)
        assert response.status_code in {200, 302, 404}, (address, response.status_code)
        assert not response.cookies, address
        if response.status_code == 200:
            assert "Cookie" not in response.get("Vary", ""), address
        assert b"csrfmiddlewaretoken" not in response.content or "preferences" in address, address


def test_the_mark_of_each_request_is_its_own(calm):
    assert calm.get("/zh-hans/")["X-Request-Id"] != calm.get("/zh-hans/")["X-Request-Id"]


# --- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "sentences"),
    [
        ("/not-allowed/", 403, ["湖南的事归湖南管。", "请联系湖南省知识产权局。"]),
        ("/move/", 409, ["现在是“在架”，不能变为“草稿”。", "请刷新页面"]),
        ("/conflict/", 409, ["别人先到了一步。", "请看看最新状态。"]),
        ("/busy/", 503, ["这条记录正由别人处理。", "请过几秒再试一次"]),
        ("/lock/", 503, ["这条记录正由别人处理。"]),
        ("/deadlock/", 503, ["这条记录正由别人处理。"]),
    ],
)
def test_a_refusal_is_a_page_with_its_sentences(calm, address, status, sentences):
    response = calm.get(address)
    assert response.status_code == status
    page = response.content.decode()
    for sentence in sentences:
        assert sentence in page
    assert response["X-Request-Id"] in page
    assert response.get("Retry-After", "") == ("3" if status == 503 else "")


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("address", "status"), [("/boom/", 500), ("/database/", 503)])
def test_a_fault_shows_its_number_and_nothing_else(calm, address, status):
    response = calm.get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert response["X-Request-Id"] in page
    for secret in ("a secret in a trace", "Traceback", "RuntimeError", "server closed", str(live.BASE_DIR)):
        assert secret not in page


def test_a_page_for_a_member_when_the_database_is_gone_is_still_a_page(calm, shen, monkeypatch):
    calm.force_login(shen)

    def gone(*args, **kwargs):
        raise OperationalError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        answers = [calm.get(address) for address in ("/zh-hans/desk/", "/zh-hans/")]
    for response in answers:
        assert response.status_code in {500, 503}
        assert response["X-Request-Id"] in response.content.decode()
        assert "connection refused" not in response.content.decode()


# --- the second factor, the cache -------------------------------------------------------------------------------------


def test_an_officer_without_a_second_factor_reaches_only_the_pages_that_set_it_up(client, guo):
    guo.is_demonstration = False
    guo.save(update_fields=["is_demonstration"])
    client.force_login(guo)
    for address in (
        "/zh-hans/desk/",
        "/zh-hans/accounts/verifications/",
        "/zh-hans/patents/review/",
        "/zh-hans/accounts/profile/",
    ):
        response = client.get(address)
        assert (response.status_code, response.get("Location", "")) == (302, "/zh-hans/accounts/2fa/totp/activate/"), (
            address
        )
    assert client.get("/zh-hans/accounts/logout/").status_code == 200


def test_who_reads_is_known_by_one_query_with_the_groups_and_the_second_factor(client, guo):
    guo.is_demonstration = False
    guo.save(update_fields=["is_demonstration"])
    TOTP.activate(guo, generate_totp_secret())
    client.force_login(guo)
    client.get("/zh-hans/help/")  # the log-in is noted
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/zh-hans/help/").status_code == 200
    about = [query["sql"] for query in asked if "mfa_authenticator" in query["sql"] or "user_groups" in query["sql"]]
    assert len(about) == 1 and "FROM accounts_user AS person" in about[0]
    guo.authenticator_set.all().delete()  # and nothing of it is remembered
    assert client.get("/zh-hans/help/").status_code == 302
    guo.groups.clear()
    assert client.get("/zh-hans/help/").status_code == 200


def test_the_cache_may_be_away(monkeypatch):
    cache = ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 0.2}})
    assert cache.get("a", "otherwise") == "otherwise"
    assert cache.get_many(["a", "b"]) == {}
    cache.set("a", 1)
    assert cache.add("a", 1) is True
    assert cache.incr("a", 2) == 2
    assert cache.touch("a") is False
    assert cache.delete("a") is False
    assert cache.has_key("a") is False
    assert ("a" in cache) is False
    assert cache.set_many({"a": 1}) == ["a"]
    cache.delete_many(["a"])
    cache.clear()
    assert cache.get_or_set("a", 5) == 5


def test_a_cache_that_freezes_costs_a_moment_only(monkeypatch):
    cache = ForgivingRedisCache("redis://127.0.0.1:1/0", {})

    class Frozen:
        def __getattr__(self, name):
            def call(*args, **kwargs):
                raise RedisGone("timed out")

            return call

    cache.__dict__["_cache"] = Frozen()
    assert cache.get("a") is None


@pytest.mark.parametrize("query", ["q=%2BAAA-", "&".join(f"f{number}=1" for number in range(5_000))])
@pytest.mark.parametrize(
    "charset", ["utf-7", "UTF-16", '"rot13"', "gb18030", "utf-8; charset=rot13", "\x00", "", "utf-8", "UTF-8"]
)
@pytest.mark.parametrize(
    "kind", ["text/plain; {}", "application/x-www-form-urlencoded;{}", "multipart/form-data; {}; boundary=x"]
)
def test_whatever_character_set_is_named_there_is_an_answer(db, rf, query, charset, kind):
    """Django reads the query by it before any middleware can answer; here only UTF-8 is read."""
    told = []
    environ = {**rf.get("/healthz").environ, "QUERY_STRING": query, "CONTENT_TYPE": kind.format(f"charset={charset}")}
    body = b"".join(utf8_only(WSGIHandler())(environ, lambda status, headers: told.append(int(status[:3]))))
    assert body
    assert told == [200 if charset.lower() == "utf-8" else 400]
