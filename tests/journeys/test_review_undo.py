"""The officer's undo, by its key and by its button: a tick, a take, a release. A decision has none."""

import pytest

from patents.actions import reviews as actions
from patents.models import Review
from tests.factories import accounts, patents

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ticks_takes_and_releases_are_undone(browse, client, live_server):
    guo = accounts.officer("guo@example.org", name="郭审核员")
    shen = accounts.member("shen@example.org", name="沈工", verified=True)
    review = Review.objects.get(version__listing=patents.submitted(shen))
    actions.review_take(review_id=review.pk, actor=guo)
    page = browse()
    client.force_login(guo)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"/zh-hans/patents/review/{review.pk}/?taken=1")
    good = page.locator("[data-item='1'] input[value=pass]")
    bad = page.locator("[data-item='1'] input[value=problem]")
    undo = page.get_by_role("button", name="撤销上一次勾选")
    assert not undo.is_visible()

    good.check()
    bad.check()
    undo.click()
    assert good.is_checked()
    page.get_by_label("启用单键快捷键").check()
    page.keyboard.press("u")
    assert not good.is_checked()
    assert not bad.is_checked()
    assert not undo.is_visible()
    page.keyboard.press("1")
    assert good.is_checked()
    page.keyboard.press("u")
    assert not good.is_checked()

    page.keyboard.press("u")  # no tick is left: now the take itself
    page.get_by_role("button", name="撤销放回，重新领取").wait_for()
    assert Review.objects.get(pk=review.pk).taken_by is None
    page.keyboard.press("u")
    page.get_by_text("已领取，由您一人办理。").wait_for()
    assert Review.objects.get(pk=review.pk).taken_by == guo
