"""The pages around a room, with something on each: no accessibility finding, no sideways scroll. Read next: axe.py."""

import pytest

from tests.factories import accounts, patents, trading
from tests.journeys.axe import in_both_looks, judge
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
        bai: [own, f"{own}undertaking/", f"{own}log/", f"{own}parties/", f"{own}mediation/", f"{office}{found.pk}/release/", f"trading/negotiations/{quiet.pk}/mediation/ask/", f"trading/negotiations/{quiet.pk}/mediation/", f"trading/negotiations/{quiet.pk}/log/"],
        lin: [f"{own}undertaking/?file={file.pk}"],
        guo: ["desk/", office, f"{office}?show=ended", f"{office}{found.pk}/", f"{office}{asked.pk}/", f"{office}{found.pk}/close/", f"{office}{asked.pk}/decline/"],
    }  # fmt: skip


@in_both_looks
def test_every_page_of_a_room_is_accessible(browse, live_server, pages, look):
    judge(browse, live_server, pages, look)
