"""The pages of an expo, of whoever opens them: no accessibility finding, no sideways scroll. Read next: axe.py."""

import pytest
from django.db import transaction

from expos.actions import allocations, booths
from expos.models import Booth, Exhibit
from expos.states import ExpoState
from tests.factories import (
    accounts,
    expo_door,
    expo_floor,
    expo_meeting,
    expo_programme,
    expos,
    patents,
)
from tests.journeys.axe import in_both_looks, judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HUNAN = "430000"


@pytest.fixture
def cast():
    """Guo hosts, He leads a delegation, Shen shows, Bai buys."""
    with transaction.atomic():
        return {
            "guo": accounts.officer("guo@example.org", name="郭审核员", province="420000"),
            "he": accounts.officer("he@example.org", name="何审核员", province=HUNAN),
            "bai": accounts.member("bai@example.org", name="白经理", province=HUNAN, verified=True),
            "shen": accounts.member("shen@example.org", name="沈工", province="420000", verified=True),
        }


def _floor(guo, he, bai, shen):
    """An edition whose booths are allotted, one that waits for a booth, one booth held, a complaint; the call of a later year."""
    expo = expo_floor.floor(officer=guo, most=2)
    Booth.objects.filter(number="A04").update(pavilion=expo.delegations.get(province="340000"))
    rows = [
        expo_floor.reviewed(expo, one, officer=he, wishes=["A02"], listing=patents.published(one, province=HUNAN))
        for one in (bai, expo_floor.exhibitor(1), expo_floor.exhibitor(2))
    ]
    calling = expos.moved(expo_floor.edition(1, officer=guo), ExpoState.APPLICATIONS_OPEN, officer=guo)
    fresh = expo_floor.applied(calling, shen, code="420000", listing=patents.published(shen))
    asked = expo_floor.applied(calling, bai, listing=patents.published(bai, province=HUNAN))
    expo = expo_floor.closed(expo, officer=guo)
    run = allocations.allocation_apply(run_id=expo_floor.reckoned(expo, officer=guo).pk, actor=guo)
    booths.booth_hold(booth_id=Booth.objects.get(expo=expo, number="A07").pk, actor=shen)
    exhibit, spare = Exhibit.objects.get(application=rows[0]), Booth.objects.get(expo=expo, number="A90")
    complaint = f"{expo.year}/complaints/{expo_floor.complained(exhibit, shen).pk}/"
    here, other = f"{expo.year}/", f"{calling.year}/"
    shown, last = f"{here}exhibits/{exhibit.pk}/", f"{here}applications/{rows[2].pk}/"
    return {
        None: ["", here, other, f"{here}floor/", f"{here}floor/A02/", f"{here}exhibits/", shown],
        shen: [f"{here}floor/A07/", f"{other}applications/{fresh.pk}/", f"{shown}complain/", complaint],
        bai: [f"{other}apply/", f"{here}applications/", f"{here}applications/{rows[0].pk}/", f"{here}applications/{rows[0].pk}/wishes/", f"{here}applications/{rows[0].pk}/decline/", f"{here}exhibits/slips/", complaint],
        he: [f"{other}applications/", f"{other}applications/{asked.pk}/", f"{other}applications/{asked.pk}/refuse/", f"{other}delegations/{HUNAN}/", f"{here}fascia/"],
        guo: [f"{here}booths/", f"{here}booths/rows/", f"{here}booths/{spare.pk}/", f"{here}fascia/", f"{here}allocation/", f"{here}allocation/{run.pk}/", last, f"{last}allot/", f"{here}complaints/", complaint, f"{complaint}hand-over/"],
    }  # fmt: skip


def _planned(guo, he, bai, shen):
    """An edition with meetings planned, asked for and reckoned, and a programme of two versions; editions before and after."""
    expo = expos.prepared(officer=guo)
    made = {**expo_meeting.of_all_kinds(expo, guo, shen, bai), **expo_programme.of_all_kinds(guo, expo)}
    made["programme"] = expo_programme.released(expo, officer=guo, note="会场改了。")
    published = expos.moved(expo_floor.edition(1, officer=guo), ExpoState.PROGRAMME_PUBLISHED, officer=guo)
    here = f"{expo.year}/"
    talk, edit, meet = f"{here}programme/", f"{here}programme/edit/", f"{here}meetings/"
    draft, mine = f"{edit}sessions/{made['session_draft'].guid}/", f"{meet}{made['expo_meeting'].pk}/"
    kim = made["meeting_profile_kim"].pk
    return {
        None: [here, f"{published.year}/", talk, f"{talk}{made['session'].guid}/", f"{talk}changes/2/", f"{talk}door/", f"{talk}screen/", meet],
        bai: [meet, f"{meet}profile/", f"{meet}absences/", f"{meet}mine/", f"{meet}wishes/", f"{meet}people/{kim}/wish/", f"{meet}people/{kim}/request/", mine, f"{mine}cancel/", f"{talk}?mine=1"],
        shen: [f"{meet}mine/", f"{meet}requests/{made['meeting_request'].pk}/decline/"],
        he: ["", "new/"],
        guo: [here, *(f"{here}{one}/" for one in ("edit", "venue", "halls/new", "rooms/new")), edit, f"{edit}release/", f"{edit}sessions/new/", draft, f"{draft}move/", f"{draft}cancel/", f"{edit}speakers/", f"{edit}speakers/new/", f"{edit}import/", f"{edit}import/{made['schedule_file'].pk}/", f"{meet}host/", f"{meet}host/slots/", f"{meet}host/tables/", f"{meet}host/sheet/", f"{meet}host/runs/{made['match_run'].pk}/"],
    }  # fmt: skip


def _doors(guo, he, bai, shen):
    """A running edition with people inside, a report of an offline device, a lead, results and a ceremony; one that is reported."""
    over = expos.moved(expos.today_running(), ExpoState.REPORTED)
    made = expo_door.of_all_kinds(shen, bai, guo, patents.published(shen))
    expo = made["door_expo"]
    here, badge = f"{expo.year}/", f"{expo.year}/registrations/{made['badge'].code}/"
    lead, result = f"{here}leads/{made['lead'].pk}/", f"{here}results/{made['result'].pk}/"
    return {
        None: [here, f"{over.year}/", f"{here}results/", f"{here}results/{made['result_open'].pk}/", f"{here}results/ceremony/", f"{here}results/ceremony/?screen=1", f"{over.year}/report/"],
        bai: [here, f"{here}register/", f"{here}register/group/", f"{here}registrations/mine/", badge, f"{badge}pass/", f"{badge}cancel/", lead, result, f"{result}dispute/"],
        shen: [f"{here}register/", f"{here}leads/", f"{here}leads/scan/", lead, result, f"{result}climb/", f"{result}answer/"],
        he: [f"{here}results/new/", f"{here}results/keeping/"],
        guo: [here, f"{here}registrations/", badge, f"{here}doors/", f"{here}doors/keepers/", f"{here}doors/entrance/", f"{here}doors/A/", f"{here}doors/sync/{made['batch'].pk}/", f"{here}results/new/", f"{here}results/keeping/", f"{here}results/ceremony/", f"{over.year}/"],
    }  # fmt: skip


@in_both_looks
@pytest.mark.parametrize("pages_of", [_floor, _planned, _doors])
def test_every_page_of_an_expo_is_accessible(browse, live_server, cast, look, pages_of):
    with transaction.atomic():
        pages = pages_of(**cast)
    judge(browse, live_server, pages, look, below="expos/")
