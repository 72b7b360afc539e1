"""The pages of the Leading Group and its plans: no accessibility finding, no sideways scroll. Read next: axe.py."""

import pytest
from django.db import transaction

from governance.queries import province_of
from platform_site import clock
from tests.factories import accounts, group, meetings, plans, progress
from tests.journeys.axe import in_both_looks, judge

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


@in_both_looks
def test_every_page_of_the_group_is_accessible(browse, live_server, pages, look):
    judge(browse, live_server, pages, look, below="governance/")
