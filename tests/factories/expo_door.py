"""Doors, leads and results for tests, through the portal's own actions. Read next: expos.py."""

import uuid
from datetime import datetime, timedelta

from expos.actions import ceremony, leads, passages, registrations, results
from expos.models import Exhibit, Registration
from expos.states import ExpoState, VisitorKind
from platform_site import clock
from tests.factories import expos
from tests.factories.patents import clerk


def running(**more):
    """This year's edition on its second day, with the hall A for 500."""
    return expos.today_running(**more)


def host(expo):
    return clerk(expo.host_id)


def visitors(expo, actor, many=1, **changes):
    """Colleagues registered by a member, as many as wanted."""
    known = Registration.objects.filter(expo=expo).count()
    rows = [
        {
            "kind": VisitorKind.PROFESSIONAL,
            "name": f"观众{known + n}",
            "unit": "某单位",
            "job": "",
            "email": "",
            **changes,
        }
        for n in range(many)
    ]
    return registrations.registration_group(expo_id=expo.pk, actor=actor, rows=rows)


def scan(badge, direction="in", hall=None, **more):
    return passages.Scan(badge.code, direction, more.pop("client", None) or uuid.uuid4(), hall, **more)


def passed(badge, actor=None, direction="in", hall=None, **more):
    expo = badge.expo
    return passages.passage_make(
        expo_id=expo.pk, actor=actor or host(expo), scan=scan(badge, direction, hall, **more)
    )  # fmt: skip


def result(expo, actor=None, **changes):
    """An intention of two names, signed on the first day; no account, so it counts at once."""
    values = {
        "province_id": expo.host_id, "listing": None, "need": None, "owner": None, "owner_name": "某研究院", "taker": None,
        "taker_name": "某公司", "amount_cny": None, "signed_on": expo.starts_on, "rung": "intention", "note": "",
    }  # fmt: skip
    return results.result_record(expo_id=expo.pk, actor=actor or host(expo), values={**values, **changes})


def lead(expo, listing, badge, note="对样机有兴趣"):
    return leads.lead_take(
        expo_id=expo.pk, actor=listing.owner, listing_id=listing.pk, code=badge.code, note=note
    )  # fmt: skip


def later(expo, days):
    """So many days after the first day, at noon."""
    return clock.at(expos.noon(expo.starts_on + timedelta(days=days)))


def exhibit(expo, listing):
    """Accepted under the delegation of its owner's province, as the floor's own action would leave it."""
    delegation = expo.delegations.get(province=listing.owner.province_id)
    return Exhibit.objects.create(
        expo=expo,
        listing=listing,
        exhibitor=listing.owner,
        delegation=delegation,
        state="accepted",
        made_at=clock.now(),
    )


HUBEI_S_YEAR = 2015  # long past, so that no other record of the world depends on it


def of_all_kinds(shen, bai, guo, listing):
    """Hubei's edition of 2015, running: badges of Bai's, a passage, a report, a lead of Shen's, results in both states."""
    with clock.at(datetime(HUBEI_S_YEAR, 6, 1, 12, tzinfo=clock.SHANGHAI)):
        expo = expos.moved(expos.prepared(officer=guo, year=HUBEI_S_YEAR), ExpoState.RUNNING, officer=guo)
    exhibit(expo, listing)
    with later(expo, 0):
        badge = expos.registered(expo, bai)
        media, entered, free = [
            *visitors(expo, bai, kind=VisitorKind.MEDIA), *visitors(expo, bai), *visitors(expo, bai)
        ]  # fmt: skip
        keeper = passages.doorkeeper_name(
            expo_id=expo.pk, actor=guo, user=shen, starts_on=expo.starts_on, last_on=expo.last_on
        )
        found = {
            "passage": passed(entered, guo),
            "batch": passages.passages_sync(expo=expo, actor=guo, hall=None, scans=[scan(media, at=clock.now())]),
            "lead": lead(expo, listing, badge),
            "result": result(expo, guo, owner=shen, taker=bai),
            "result_open": result(expo, guo),
        }  # fmt: skip
        queued = ceremony.ceremony_join(result_id=found["result_open"].pk, actor=guo)
    return {
        "door_expo": expo,
        "badge": badge,
        "badge_media": media,
        "badge_free": free,
        "keeper": keeper,
        "queued": queued,
        **found,
    }
