"""Doors, leads and results for tests, through the portal's own actions. Read next: expos.py."""

import uuid
from datetime import timedelta

from expos.actions import leads, passages, registrations, results
from expos.models import Registration
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


RUNNING = ExpoState.RUNNING
