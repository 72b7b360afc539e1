"""The pages of shared resources: no accessibility finding, no sideways scroll. Read next: axe.py."""

import pytest
from django.db import transaction

from tests.factories import accounts
from tests.factories import resources as make
from tests.journeys.axe import in_both_looks, judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages():
    """Who opens which addresses below resources/."""
    with transaction.atomic():
        shen = accounts.member("shen@example.org", name="沈工", province="420000", verified=True)
        bai = accounts.member("bai@example.org", name="白经理", province="430000", verified=True)
        guo = accounts.officer("guo@example.org", name="郭审核员", province="420000")
        made = make.of_all_kinds(shen, bai, guo)
        make.visit(made["fc"], shen, people=9, days=1, wait=True)
        make.visit(made["fc"], shen, people=1, days=1, hour=11)
    here, stay, asked = made["fc"].slug, made["st_here"].pk, made["st_asked"].pk
    visit, moved = made["vs_asked"].pk, made["vs_moved"].pk
    listing = made["st_listing"].number
    return {
        None: ["", "?q=没有", f"{here}/", f"{made['fc_closed'].slug}/", "balance/", f"making/listings/{listing}/"],
        bai: [f"{here}/book/", f"bundle/?facility={here}", "bundle/", "visits/", f"visits/{moved}/", f"visits/{visit}/cancel/", "stationings/"],
        shen: [f"{here}/apply/", "stationings/", f"stationings/{stay}/", f"stationings/{stay}/report/"],
        guo: ["new/", f"{here}/edit/", f"{here}/pictures/add/", "import/", f"sheets/{made['fc_sheet'].pk}/", "keeping/", "keeping/?kind=stationings", "keeping/?kind=facilities", f"visits/{visit}/counter/", f"stationings/{asked}/", f"stationings/{made['st_accepted'].pk}/sign/", f"stationings/{stay}/graduate/"],
    }  # fmt: skip


@in_both_looks
def test_every_page_of_the_resources_is_accessible(browse, live_server, pages, look):
    judge(browse, live_server, pages, look, below="resources/")
