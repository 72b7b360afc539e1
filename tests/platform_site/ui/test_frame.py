"""What stands on every page, and what must not: no cookie, no token, no touch of the session for a visitor."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from platform_site.ui.context_processors import face, other_language_url


class Untouched:
    """A session that must not be looked at."""

    def __getattr__(self, name: str) -> None:
        raise AssertionError(f"the session was touched: {name}")


def visit(path: str, language: str = "zh-hans", **cookies: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    request.session = Untouched()
    request.user = AnonymousUser()
    request.LANGUAGE_CODE = language
    return request


def member(path: str) -> HttpRequest:
    request = visit(path, **{settings.SESSION_COOKIE_NAME: "k"})
    request.user = SimpleNamespace(
        is_authenticated=True, is_active=True, is_staff=False, display_name="沈一", email="shen@x.cn", pk=1
    )
    return request


def page(request: HttpRequest, language: str = "zh-hans", body: str = "", **context: object) -> str:
    source = '{% extends "base.html" %}{% block title %}某页{% endblock %}{% block content %}' + body + "{% endblock %}"
    with translation.override(language):
        frame = {**face(request), "request": request, "csrf_token": "t" * 64, **context}
        return Template(source).render(Context(frame))


@pytest.mark.parametrize(
    ("path", "language", "there"),
    [
        ("/zh-hans/patents/?q=%E5%88%B6&page=2", "en", "/en/patents/?q=%E5%88%B6&page=2"),
        ("/en/help/about/", "zh-hans", "/zh-hans/help/about/"),
        ("/zh-hans/no-such-page/", "en", "/en/no-such-page/"),
        ("/healthz", "en", "/en/"),
        ("/zh-hansolo/", "en", "/en/"),
    ],
)
def test_the_other_language_keeps_path_and_query(path: str, language: str, there: str) -> None:
    assert other_language_url(RequestFactory().get(path), language) == there


def test_a_visitor_gets_no_token_and_the_session_is_left_alone() -> None:
    html = page(visit("/zh-hans/"))
    assert "csrfmiddlewaretoken" not in html
    assert "登录 / 注册" in html
    assert "收件箱" not in html


def test_a_member_signs_out_by_post_and_sees_the_inbox_count() -> None:
    html = page(member("/zh-hans/"), unread_notices=3)
    assert 'method="post" action="/zh-hans/accounts/logout/"' in html
    assert '<span class="count n">3</span>' in html
    assert "沈一" in html
    assert "登录 / 注册" not in html


def test_title_says_page_and_site_and_errors_first() -> None:
    assert "<title>某页 — 中部地区专利技术展示交易网络平台</title>" in page(visit("/zh-hans/"))
    failed = SimpleNamespace(errors={"number": ["x"]})
    assert "<title>错误：某页 —" in page(visit("/zh-hans/"), form=failed)


def test_language_theme_and_size_stand_on_the_root() -> None:
    assert '<html lang="zh-Hans">' in page(visit("/zh-hans/"))
    assert '<html lang="en" data-theme="dark" data-size="large">' in page(
        visit("/en/", theme="dark", size="large"), "en"
    )
    assert '<html lang="zh-Hans">' in page(visit("/zh-hans/", theme='"><script>', size="tiny"))


def test_current_section_is_marked() -> None:
    html = page(visit("/zh-hans/patents/CN6-2026-000123/"))
    assert '<a href="/zh-hans/patents/" aria-current="true">技术</a>' in html
    assert '<a href="/zh-hans/help/" aria-current="page">帮助</a>' in page(visit("/zh-hans/help/"))
    html = page(visit("/zh-hans/governance/plans/2026/"))  # of two that hold it, the nearer one
    assert '<a href="/zh-hans/governance/plans/" aria-current="true">年度计划</a>' in html
    assert '<a href="/zh-hans/governance/">领导小组</a>' in html


def test_the_demonstration_says_so_on_every_page() -> None:
    assert "演示环境" in page(visit("/zh-hans/"), demonstration=True)
    assert "演示环境" not in page(visit("/zh-hans/"), demonstration=False)


def test_landmarks_and_skip_link() -> None:
    html = page(visit("/zh-hans/"))
    assert html.index('class="skip" href="#main"') < html.index("<header>")
    assert html.count("<main") == 1
    for label in ("主导航", "页脚导航"):
        assert f'aria-label="{label}"' in html


def test_htmx_is_told_to_keep_to_the_content_policy() -> None:
    html = page(visit("/zh-hans/"))
    assert '"allowEval":false' in html
    assert '"includeIndicatorStyles":false' in html
    assert '"historyCacheSize":0' in html
    assert html.count("<script") == html.count("<script src=") + html.count('<script type="module" src=')


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "413", "429", "500", "503"])
def test_error_pages_say_why_what_to_do_and_give_a_reference(code: str, language: str) -> None:
    request = visit(f"/{language}/x/", language)
    with translation.override(language):
        html = render_to_string(f"errors/{code}.html", {**face(request), "request": request, "request_id": "req-123"})
    assert "<h1>" in html
    assert "<code>req-123</code>" in html
    assert html.count("<main") == 1


@pytest.mark.parametrize("code", ["400", "413", "429", "500", "503"])
def test_errors_of_the_ground_need_no_request_and_no_database(code: str) -> None:
    with translation.override("zh-hans"):
        assert "<h1>" in render_to_string(f"errors/{code}.html")


def test_mail_layouts_name_the_reader_and_the_sender() -> None:
    with translation.override("zh-hans"):
        for name in ("mail/_layout.txt", "mail/_layout.html"):
            letter = render_to_string(
                name, {"name": "沈一", "url": "https://example.cn/zh-hans/desk/", "demonstration": True}
            )
            assert "沈一，您好：" in letter
            assert "https://example.cn/zh-hans/desk/" in letter
            assert "演示环境" in letter


@pytest.mark.parametrize("code", ["400", "413", "429", "500", "503"])
def test_errors_of_the_ground_do_not_read_the_session_of_a_member(code: str) -> None:
    request = member("/zh-hans/x/")
    request.user = SimpleLazyObject(lambda: 1 / 0)
    assert "<h1>" in render_to_string(f"errors/{code}.html", {**face(request), "request": request})
