"""The pages around a room, with something on each: no accessibility finding, no sideways scroll. Read next: test_axe.py."""

import pytest

from tests import browsers
from tests.factories import accounts, patents, trading
from tests.journeys.test_axe import LOOKS, _sideways
from trading.actions import disclosure
from trading.actions import mediation as actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages():
    """Addresses by who may open them."""
    guo = accounts.officer("guo@example.org", name="郭审核员", province="420000")
    shen = accounts.member("shen@example.org", name="沈工", verified=True)
    bai = accounts.member("bai@example.org", name="白经理", province="430000", verified=True)
    room = trading.room(shen, bai)
    lin = trading.colleague(bai)
    trading.bring(room, bai, lin)
    file = trading.secret(room, shen, patents.picture("样机.png"))
    trading.undertake(room, bai)
    disclosure.file_open(file_id=file.pk, actor=bai)
    message = trading.say(room, bai, uploads=[patents.document("方案.pdf")])
    found = trading.accepted(room, bai, guo, message)
    actions.mediation_answer(mediation_id=found.pk, actor=guo, body="请双方各提一个方案。")
    waiting = trading.room(shen, bai, listing=trading.market(shen))
    asked = trading.asked(waiting, bai, waiting.messages.get())
    quiet = trading.room(shen, bai, listing=trading.market(shen))
    own, office = f"trading/negotiations/{room.pk}/", "trading/mediations/"
    return {
        bai.email: [own, f"{own}undertaking/", f"{own}log/", f"{own}parties/", f"{own}mediation/", f"{office}{found.pk}/release/", f"trading/negotiations/{quiet.pk}/mediation/ask/", f"trading/negotiations/{quiet.pk}/mediation/", f"trading/negotiations/{quiet.pk}/log/"],
        lin.email: [f"{own}undertaking/?file={file.pk}"],
        guo.email: ["desk/", office, f"{office}?show=ended", f"{office}{found.pk}/", f"{office}{asked.pk}/", f"{office}{found.pk}/close/", f"{office}{asked.pk}/decline/"],
    }  # fmt: skip


@pytest.mark.parametrize(("language", "locale", "width"), LOOKS)
def test_every_page_of_a_room_is_accessible(browse, client, live_server, pages, language, locale, width):
    wrong = []
    for email, addresses in pages.items():
        page = browse(width, locale)
        browsers.prepare(page.context)
        client.login(email=email, password=accounts.PASSWORD)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([session])
        for address in addresses:
            page.goto(f"/{language}/{address}")
            assert page.locator("h1").count() == 1, address
            wrong += [f"{email} {address}: {rule} {elements[0]}" for rule, elements in browsers.findings(page)]
            wrong += [f"{email} {address}: {one}" for one in _sideways(page, width)]
    assert not wrong, "\n".join(wrong)
