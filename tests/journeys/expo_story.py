"""The ground of an expo's story: its year and clock, its people with a window each, and how they get about. Read next: test_journey_expo.py.

The edition lies two years behind us, so that its follow-up has come to an end before today.
"""

from datetime import datetime
from types import SimpleNamespace

from django.db import transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from platform_site import clock
from platform_site.portal import sessions
from platform_site.regions import hosts
from tests.browsers import sideways
from tests.factories import accounts, group, patents
from tests.journeys.test_journey_main import deliver

YEAR = clock.today().year - 2
PHONE, DESK = 390, 1360
PROVINCES = ("420000", "430000", "340000", "360000", "410000", "140000")


class Story:
    """Who takes part, when it is, and the browser of each."""

    def __init__(self, browse, live_server, monkeypatch):
        self.set_clock(YEAR - 1, 11, 8)
        monkeypatch.setattr(sessions, "clock", SimpleNamespace(now=clock.now))  # logins last by the real one
        for name in ("now", "database_now"):
            monkeypatch.setattr(clock, name, lambda: clock._set_to.get() or timezone.now() + self.ahead)
        self.before, self.host = (hosts.host_of_year(year) for year in (YEAR, YEAR + 1))
        with transaction.atomic():
            group.swapped(YEAR, YEAR + 1)  # the resolution of the group: the next in turn goes first
        self.home = next(code for code in PROVINCES if code not in (self.before, self.host))
        self.people = {
            "host": accounts.officer("host@example.org", name="承办省审核员", province=self.host),
            "home": accounts.officer("home@example.org", name="参展省审核员", province=self.home),
            "strange": accounts.officer("strange@example.org", name="外省审核员", province=self.before),
            "exhibitor": self.member("exhibitor", "沈工"),
            "rival": self.member("rival", "陆工"),
            "visitor": self.member("visitor", "陶敏"),
            "buyer": self.member("buyer", "Bai Ning", language="en"),
            "keeper": self.member("keeper", "门小姐"),
        }
        self.listing = patents.published(self.people["exhibitor"], title="氨合成催化剂", province=self.home)
        self.other = patents.published(self.people["rival"], title="废水处理装置", province=self.home)
        self.windows = {None: browse(PHONE)}
        for name in self.people:
            self.windows[name] = self.logged_in(browse, live_server, name)

    def member(self, name, words, **more):
        return accounts.member(f"{name}@example.org", name=words, province=self.home, verified=True, **more)

    def logged_in(self, browse, live_server, name):
        width = PHONE if name in ("visitor", "buyer", "keeper") else DESK
        page = browse(width, "en-GB" if name == "buyer" else "zh-CN")
        client = Client()  # one for each: whoever logs in after somebody else ends the other's login
        client.force_login(self.people[name])
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    # ---- when

    def set_clock(self, year, month, day, hour=9, minute=0):
        """The portal's clock goes on from that moment in Shanghai."""
        self.ahead = datetime(year, month, day, hour, minute, tzinfo=clock.SHANGHAI) - timezone.now()

    # ---- where

    def at(self, name, path=""):
        """The window of somebody (None: a visitor without an account), at an address below the edition."""
        page = self.windows[name]
        page.goto(f"/{'en' if name == 'buyer' else 'zh-hans'}/expos/{YEAR}/{path}")
        self.fits(page)
        return page

    def way(self, name, *ends):
        """From the edition's page by its links, each the first whose address ends so."""
        page = self.at(name)
        for end in ends:
            self.follow(page, end)
        return page

    def follow(self, page, end):
        page.locator(f"main a[href$='{end}']:visible").first.click()
        page.wait_for_load_state()
        self.fits(page)

    def press(self, page, end, value=""):
        """The button of the form that goes to an address with this ending; `value` is what it sends in a hidden field."""
        hidden = f":has(input[type=hidden][value='{value}'])" if value else ""
        page.locator(f"main form[action$='{end}']{hidden} button[type=submit]:visible").first.click()
        page.wait_for_load_state()
        self.fits(page)

    def submit(self, page):
        """The form of the page."""
        page.locator("main form[method=post] button[type=submit]:visible").last.click()
        page.wait_for_load_state()
        self.fits(page)

    def fits(self, page):
        if page.viewport_size["width"] == PHONE:
            assert sideways(page) == [], page.url

    def says(self, page, *words):
        for one in words:
            expect(page.locator("main, [role=status]").filter(has_text=one).first).to_be_visible()

    def takes_phone(self, name):
        """In the hall one works with the phone."""
        self.windows[name].set_viewport_size({"width": PHONE, "height": 900})

    def is_told(self, name, *words):
        """What the worker sends stands in one's notices."""
        deliver()
        page = self.windows[name]
        page.goto(f"/{'en' if name == 'buyer' else 'zh-hans'}/desk/inbox/")
        self.fits(page)
        self.says(page, *words)
