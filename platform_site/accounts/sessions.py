"""How long a login lasts, and what is noted of where it came from; pure. Read next: models/session.py, portal/sessions.py."""

import ipaddress
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# (idle, absolute): shorter for those who act for others (security.md 1.2, rule 15)
OFFICE_LIMITS = (timedelta(minutes=30), timedelta(hours=8))
MEMBER_LIMITS = (timedelta(hours=2), timedelta(hours=12))
GRAIN = 60  # a page view is noted once a minute, so that reading does not write a row for every page
WARNING = timedelta(minutes=5)  # a page says so this long before its login ends
# Kept in the session; the first three in seconds since 1970.
STARTED, SEEN, ENDS = "login_started", "login_seen", "login_ends"
DEVICE, NETWORK = "login_device", "login_network"

# The first word that is found tells; those that also call themselves Chrome or Safari stand before these.
BROWSERS = (
    ("MicroMessenger", "wechat"),
    ("DingTalk", "dingtalk"),
    ("QQBrowser", "qq"),
    ("UCBrowser", "uc"),
    ("Edg", "edge"),
    ("OPR/", "opera"),
    ("Firefox/", "firefox"),
    ("FxiOS", "firefox"),
    ("Chrome/", "chrome"),
    ("CriOS", "chrome"),
    ("Safari/", "safari"),
)
SYSTEMS = (
    ("HarmonyOS", "harmony"),
    ("OpenHarmony", "harmony"),
    ("Android", "android"),
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Windows", "windows"),
    ("Mac OS X", "mac"),
    ("Linux", "linux"),
)
NAMES: dict[str, str | Promise] = {
    "wechat": gettext_lazy("微信"),
    "dingtalk": gettext_lazy("钉钉"),
    "qq": gettext_lazy("QQ 浏览器"),
    "uc": gettext_lazy("UC 浏览器"),
    "edge": "Edge",
    "opera": "Opera",
    "firefox": "Firefox",
    "chrome": "Chrome",
    "safari": "Safari",
    "harmony": gettext_lazy("鸿蒙"),
    "android": gettext_lazy("安卓"),
    "iphone": "iPhone",
    "ipad": "iPad",
    "windows": "Windows",
    "mac": "Mac",
    "linux": "Linux",
}


def ends_by_idleness_and_age(session: Mapping[str, Any], office: bool) -> tuple[float, float]:
    """When this login ends if nothing more is read, and when it ends whatever is read; seconds since 1970."""
    idle, whole = OFFICE_LIMITS if office else MEMBER_LIMITS
    return session[SEEN] + idle.total_seconds(), session[STARTED] + whole.total_seconds()


def ends_by_age(session: Mapping[str, Any]) -> bool:
    """Whether reading on moves the noted end no more."""
    return session[ENDS] in [
        session[STARTED] + whole.total_seconds() for _idle, whole in (OFFICE_LIMITS, MEMBER_LIMITS)
    ]


def device_of(agent: str) -> str:
    """Two codes, "chrome windows", told from a user agent; nothing else of it is kept."""
    found = (next((code for mark, code in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS))
    return " ".join(code for code in found if code)


def device_words(device: str) -> str:
    """The same in the reader's language."""
    names = [str(NAMES[code]) for code in device.split() if code in NAMES]
    if len(names) == 2:
        return _("%(browser)s（%(system)s）") % {"browser": names[0], "system": names[1]}
    return names[0] if names else _("未知设备")


def network_of(address: str) -> str:
    """The network of an address, wide enough to be nobody's own: 203.0.113.0/24, 2001:db8:1::/48; nothing for no address."""
    try:
        found = ipaddress.ip_address(re.sub(r"%.*", "", address))
    except ValueError:
        return ""
    prefix = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network(f"{found}/{prefix}", strict=False))
