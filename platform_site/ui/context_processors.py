"""What the base template needs on every page, without a query and without touching the session of a visitor. Read next: templates/base.html."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .preferences import read_preferences

# (words, address by name, needs an account). The order is that of the masthead.
NAV = (
    (_("技术"), "patents:listing_search", False),
    (_("需求"), "trading:need_list", False),
    (_("共享资源"), "resources:facility_list", False),
    (_("展会"), "expos:expo_list", False),
    (_("领导小组"), "governance:overview", False),
    (_("年度计划"), "governance:plan_list", False),
    (_("政策"), "policies:policy_list", False),
    (_("统计"), "portal:statistics", False),
    (_("帮助"), "portal:help_index", False),
    (_("我的工作台"), "portal:desk", True),
)

# Pages of the footer, by their slug below /help/.
FOOT = (
    (_("网站地图"), "sitemap"),
    (_("关于平台"), "about"),
    (_("交易规则"), "rules"),
    (_("隐私与数据"), "privacy"),
    (_("无障碍声明"), "accessibility"),
    (_("联系我们"), "contact"),
)


@dataclass(frozen=True)
class NavLink:
    """One entry of the masthead; `here` is "page" on the page itself, "true" anywhere below it."""

    label: str
    url: str
    here: str


def _here(path: str, url: str) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""


def _signed_in(request: HttpRequest) -> bool:
    """Whether somebody is logged in. Without a session cookie nobody is, and the session stays untouched (no Vary: Cookie)."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)


def other_language_url(request: HttpRequest, language: str) -> str:
    """This page in another language, path and query kept; a page without a language prefix leads to the other home.

    The prefix alone is exchanged: no address below it is translated, and so it also works where nothing resolves (404).
    """
    full = request.get_full_path()
    for code, _name in settings.LANGUAGES:
        if full.startswith(f"/{code}/"):
            return f"/{language}/" + full[len(code) + 2 :]
    return f"/{language}/"


def face(request: HttpRequest) -> dict[str, Any]:
    """nav, other languages, preferences and whether somebody is signed in."""
    here = get_language() or settings.LANGUAGE_CODE
    chosen = read_preferences(request)
    # Lazy: an error page must be drawn even when the session cannot be read.
    signed_in = SimpleLazyObject(lambda: _signed_in(request))

    def links(entries: Iterable[tuple[Any, str, tuple[str, ...]]]) -> list[NavLink]:
        found = [(str(label), reverse(name, args=args)) for label, name, args in entries]
        # One section may lie below another: the plans below the group. The nearest one is where the reader is.
        nearest = max((url for _label, url in found if request.path.startswith(url)), key=len, default="")
        return [NavLink(label, url, _here(request.path, url) if url == nearest else "") for label, url in found]

    def nav() -> list[NavLink]:
        return links((label, name, ()) for label, name, private in NAV if signed_in or not private)

    def foot() -> list[NavLink]:
        pages = [(label, "portal:help_page", (slug,)) for label, slug in FOOT]
        return links([(_("合同核验"), "trading:verify_form", ()), *pages])

    return {
        "signed_in": signed_in,
        "nav": SimpleLazyObject(nav),
        "foot": SimpleLazyObject(foot),
        "page_language": "en" if here.startswith("en") else "zh-Hans",
        "other_languages": [
            {"code": code, "hreflang": "zh-Hans" if code.startswith("zh") else code, "name": name, "url": other_language_url(request, code)}
            for code, name in (("zh-hans", "中文"), ("en", "English"))
            if code != here
        ],
        "theme": chosen.theme,
        "size": chosen.size,
        "preferences_query": urlencode({"next": request.get_full_path()}),
    }  # fmt: skip
