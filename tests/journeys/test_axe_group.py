"""The pages of the Leading Group and its plans: no accessibility finding, no sideways scroll. Read next: test_axe.py."""

import pytest
from django.db import transaction
from django.test import Client

from governance.queries import province_of
from platform_site import clock
from tests import browsers
from tests.factories import accounts, group, meetings, plans, progress
from tests.journeys.test_axe import LOOKS, _sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEAR = clock.today().year


@pytest.fixture
def pages():
    """Who opens which addresses below governance/; one record of each sort."""
    with transaction.atomic():
        return _pages()


def _pages():
    ju = group.seated("ju@example.org", province_of(YEAR), name="轮值的局长")
    group.directing()
    wei = group.seated("wei@example.org", province_of(YEAR + 1), name="下一任的局长")
    si = group.staff("si@example.org", name="办公室的人")
    guo = accounts.officer("guo@example.org", name="郭审核员", province="420000")
    he = accounts.officer("he@example.org", name="何审核员", province="430000")
    plan = progress.large(tasks=12)
    done, waits = plan.tasks.order_by("pk")[:2]
    progress.accepted(done, guo, he)
    progress.reported(waits, guo)
    met = {name: row.pk for name, row in meetings.of_all_kinds(ju, wei, si).items()}
    asked = plans.circulated(si, YEAR + 1)
    task, chapter = plans.lines(asked)[0].task, plans.version_of(asked).sections.get().pk
    opinion = plans.opinion(asked, guo, task=task)
    plans.amending(si, ju, YEAR - 1)
    group.swapped(YEAR + 2, YEAR + 3)
    group.opened(si)
    old, now, new = (f"plans/{year}/" for year in (YEAR - 1, YEAR, YEAR + 1))
    handover = f"handovers/{YEAR + 1}/"
    return {
        None: ["", "agreement/", "seats/", "seats/420000/", "rotation/", handover, "meetings/", f"meetings/{met['mt_over']}/", f"ballots/{met['bt_closed']}/", "resolutions/", f"resolutions/{met['rs_closed']}/", "plans/", now, f"{now}text/", f"{now}closing/", f"{now}report/", f"tasks/{done.pk}/", "indicators/", "indicators/listings_approved/"],
        si: [handover, f"meetings/{met['mt_room']}/", "meetings/create/", f"items/{met['it_vote']}/ballot/", f"meetings/{met['mt_fresh']}/minutes/", f"resolutions/{met['rs_open']}/", new, f"{new}edit/", f"{new}edit/tasks/{task}/", f"{new}edit/sections/{chapter}/tasks/new/", f"{new}edit/carry/", f"{new}comments/{opinion.pk}/answer/", old, f"{old}edit/preface/", f"{old}changes/", f"{now}targets/"],
        ju: [f"meetings/{met['mt_preparing']}/", f"meetings/{met['mt_preparing']}/call/", f"meetings/{met['mt_preparing']}/propose/?kind=rotation", f"ballots/{met['bt_open']}/", handover, f"{old}amend/table/"],
        guo: [new, f"{new}comments/new/?task={task}", f"tasks/{waits.pk}/", f"tasks/{waits.pk}/report/420000/"],
        he: [f"tasks/{waits.pk}/"],
    }  # fmt: skip


@pytest.mark.parametrize(("language", "locale", "width"), LOOKS)
def test_every_page_of_the_group_is_accessible(browse, live_server, pages, language, locale, width):
    wrong = []
    for user, addresses in pages.items():
        page = browse(width, locale)
        browsers.prepare(page.context)
        if user:
            client = Client()
            client.force_login(user)
            session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            page.context.add_cookies([session])
        for address in addresses:
            answer = page.goto(f"/{language}/governance/{address}")
            assert answer.ok and page.locator("h1").count() == 1, address
            wrong += [f"{user} {address}: {rule} {elements[0]}" for rule, elements in browsers.findings(page)]
            wrong += [f"{user} {address}: {one}" for one in _sideways(page, width)]
    assert not wrong, "\n".join(wrong)
