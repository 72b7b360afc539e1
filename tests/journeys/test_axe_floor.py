"""The pages of an expo's floor: no accessibility finding, no sideways scroll. Read next: axe.py."""

import pytest
from django.db import transaction

from expos.actions import allocations, booths
from expos.models import Booth, Exhibit
from tests.factories import accounts, patents
from tests.factories import expo_floor as make
from tests.journeys.axe import in_both_looks, judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages():
    """Who opens which addresses below the year of Hubei's expo."""
    with transaction.atomic():
        guo = accounts.officer("guo@example.org", name="郭审核员", province="420000")
        he = accounts.officer("he@example.org", name="何审核员", province="430000")
        bai = accounts.member("bai@example.org", name="白经理", province="430000", verified=True)
        shen = accounts.member("shen@example.org", name="沈工", province="420000", verified=True)
        expo = make.floor(officer=guo, most=2)
        Booth.objects.filter(number="A04").update(pavilion=expo.delegations.get(province="340000"))
        rows = [
            make.reviewed(expo, one, officer=he, wishes=["A02"], listing=patents.published(one, province="430000"))
            for one in (bai, make.exhibitor(1), make.exhibitor(2))
        ]
        calling = make.edition(1, officer=guo)
        calling = make.expos.moved(calling, "applications_open", officer=guo)
        fresh = make.applied(calling, shen, code="420000", listing=patents.published(shen))
        expo = make.closed(expo, officer=guo)
        run = allocations.allocation_apply(run_id=make.reckoned(expo, officer=guo).pk, actor=guo)
        booths.booth_hold(booth_id=Booth.objects.get(expo=expo, number="A07").pk, actor=shen)
        exhibit = Exhibit.objects.get(application=rows[0])
        complaint = make.complained(exhibit, shen)
    here, other = str(expo.year), str(calling.year)
    last = f"{here}/applications/{rows[2].pk}/"
    return {
        None: [f"{here}/", f"{here}/floor/", f"{here}/floor/A02/", f"{here}/exhibits/", f"{here}/exhibits/{exhibit.pk}/"],
        shen: [f"{here}/floor/A07/", f"{other}/applications/{fresh.pk}/", f"{here}/exhibits/{exhibit.pk}/complain/", f"{here}/complaints/{complaint.pk}/"],
        bai: [f"{other}/apply/", f"{here}/applications/", f"{here}/applications/{rows[0].pk}/", f"{here}/applications/{rows[0].pk}/wishes/", f"{here}/exhibits/slips/"],
        guo: [f"{here}/booths/", f"{here}/booths/rows/", f"{here}/fascia/", f"{here}/allocation/", f"{here}/allocation/{run.pk}/", last, f"{last}allot/", f"{here}/complaints/", f"{here}/complaints/{complaint.pk}/"],
    }  # fmt: skip


@in_both_looks
def test_every_page_of_the_floor_is_accessible(browse, live_server, pages, look):
    judge(browse, live_server, pages, look, below="expos/")
