"""The floor of an expo for tests: booths, applications with exhibits, holds, allotments, complaints, through the portal's own actions."""

from datetime import date
from decimal import Decimal

from expos import allocation_queries, floor_tasks
from expos.actions import allocations, applications, booths, complaints, editions, exhibits
from expos.floor_plan import Row
from expos.models import AllocationRun, Booth, Exhibit, Venue
from expos.states import CheckOccasion, ExpoState
from patents.actions import status
from patents.gazette import Entry
from platform_site import clock
from tests.factories import accounts, expos, patents
from tests.factories.patents import clerk  # noqa: F401

HUBEI, HUNAN = "420000", "430000"
A_VENUE = {"name_zh": "江城展馆", "name_en": "", "city_code": "420100", "address_zh": "江城路 1 号", "address_en": ""}


def rows(expo, *, officer=None, hall=None, count=8, x=2, y=2, per_row=4, first=1, corners=True, **changes):
    """Standard booths of 3 × 3 m with 3 kW for 8000 yuan; both ends of a row are corners."""
    values = {"first": first, "kind": "standard", "open_sides": 1, "corners": corners, "power_kw": 3, "price_cny": Decimal(8000), "pavilion": None}  # fmt: skip
    hall = hall or expo.halls.order_by("code").first()
    return booths.booth_rows_add(
        expo_id=expo.pk, actor=officer or clerk(expo.host_id), hall_id=hall.pk,
        row=Row(x, y, count, per_row, 3, 3, 3, back_to_back=False), values={**values, **changes},
    )  # fmt: skip


def booth_values(expo, **changes):
    """A raw space of 6 × 6 m."""
    plain = {
        "hall": expo.halls.order_by("code").first(), "number": "A90", "kind": "raw", "x": 20, "y": 20, "width": 6, "depth": 6,
        "open_sides": 4, "power_kw": 20, "price_cny": Decimal(0), "pavilion": None,
    }  # fmt: skip
    return {**plain, **changes}


def raw(expo, *, officer=None, **changes):
    return booths.booth_save(
        expo_id=expo.pk, actor=officer or clerk(expo.host_id), values=booth_values(expo, **changes)
    )


def shares(expo, most=4):
    """So many booths for each of the six."""
    for row in expo.delegations.all():
        values = {"head": "", "contact": "", "call_zh": "", "call_en": "", "booths": most}
        editions.delegation_save(delegation_id=row.pk, actor=clerk(row.province_id), values=values)


def floor(code=HUBEI, *, officer=None, most=4, **more):
    """Hubei's next edition with its call out, eight booths and a raw space in hall A, four booths for each delegation."""
    expo = expos.prepared(code, officer=officer)
    shares(expo, most)
    rows(expo, officer=officer, **more)
    raw(expo, officer=officer)
    return expos.moved(expo, ExpoState.APPLICATIONS_OPEN, officer=officer)


def exhibitor(number=1, code=HUNAN):
    """A verified member of a province."""
    return accounts.member(f"ex{number}@example.org", name=f"参展商{number}", province=code, verified=True)


def asked(expo, *, listings, code=HUNAN, patented=True, wishes=(), **changes):
    delegation = expo.delegations.get(province=code)
    plain = {"fascia_zh": "某某科技", "kind": "standard", "booths": 1}
    numbers = {one.number: one.pk for one in Booth.objects.filter(expo=expo)}
    return applications.Asked(
        delegation_id=delegation.pk, exhibits=[(one.pk, patented) for one in listings],
        wishes=[numbers[name] for name in wishes], **{**plain, **changes},
    )  # fmt: skip


def applied(expo, user, *, code=HUNAN, listing=None, **changes):
    """One exhibit, one standard booth."""
    listing = listing or patents.published(user, province=code)
    return applications.application_make(
        expo_id=expo.pk, actor=user, asked=asked(expo, listings=[listing], code=code, **changes)
    )


def reviewed(expo, user, *, code=HUNAN, officer=None, **changes):
    row = applied(expo, user, code=code, **changes)
    return applications.application_approve(application_id=row.pk, actor=officer or clerk(code))


def closed(expo, *, officer=None):
    """The call is over."""
    return expos.moved(expo, ExpoState.ALLOCATING, officer=officer)


def reckoned(expo, *, officer=None):
    """A plan as the worker makes it, not yet in force."""
    run = allocations.allocation_start(expo_id=expo.pk, actor=officer or clerk(expo.host_id))
    floor_tasks.allocations_run()
    return AllocationRun.objects.get(pk=run.pk)


def allotted(expo, *, officer=None):
    """The plan is in force, everybody has an answer."""
    officer = officer or clerk(expo.host_id)
    return allocations.allocation_apply(run_id=reckoned(expo, officer=officer).pk, actor=officer)


def numbers(row):
    """Of the booths that an application has."""
    return sorted(one.booth.number for one in row.allotments.filter(released_at=None).select_related("booth"))


def event(listing, kind, *, actor=None, day=None):
    """What the gazette says of the patent of a listing, written by its office."""
    day = day or clock.today()
    entry = Entry(kind=kind, happened_on=day, as_of=day)
    return status.status_record(
        patent_id=patents.patent_of(listing).pk, actor=actor or clerk(listing.province_id), entry=entry
    )


def looked(exhibit, occasion=CheckOccasion.SET_UP, *, actor=None):
    actor = actor or clerk(exhibit.expo.host_id)
    return exhibits.exhibit_check(exhibit_id=exhibit.pk, actor=actor, occasion=occasion)


def complained(exhibit, user, **changes):
    plain = {"basis": "ZL 2020 1 0000001.5", "words": "展品落入本人专利的保护范围。"}
    return complaints.complaint_make(exhibit_id=exhibit.pk, actor=user, **{**plain, **changes})


def confirm_day(expo) -> date:
    return allocation_queries.confirm_until(expo)


def edition(step, *, officer):
    """Hubei's edition of a year that no other record has: so many turns after its next one."""
    year = expos.year_of() + 6 * step
    with clock.at(expos.noon(date(year, 1, 5))):
        expo = expos.planned(HUBEI, officer=officer, year=year)
        venue = Venue.objects.filter(province=HUBEI).first() or editions.venue_create(
            expo_id=expo.pk, actor=officer, values=A_VENUE
        )
        expo = editions.expo_save(expo_id=expo.pk, actor=officer, values=expos.values(expo, venue=venue))
        if not expo.halls.exists():
            expos.hall(expo, officer=officer, code="A")
    shares(expo)
    return expo


def of_all_kinds(shen, bai, guo):
    """Of the cast: Shen exhibits with Hubei and holds a booth, Bai has applied with Hunan and complained; a call, a plan."""
    expo = edition(1, officer=guo)
    made = rows(expo, officer=guo, count=8)
    spare = raw(expo, officer=guo)
    expo = expos.moved(expo, ExpoState.APPLICATIONS_OPEN, officer=guo)
    shown = patents.published(shen, title="参展的技术")
    first = reviewed(expo, shen, code=HUBEI, officer=guo, listing=shown, wishes=["A02"])
    fresh = applied(expo, bai, listing=patents.published(bai, title="报名的技术", province=HUNAN))
    exhibit = Exhibit.objects.get(application=first)
    booths.booth_hold(booth_id=made[4].pk, actor=shen)
    calling = expos.moved(edition(2, officer=guo), ExpoState.APPLICATIONS_OPEN, officer=guo)
    placing = closed(edition(3, officer=guo), officer=guo)
    return {
        "floor": expo, "calling": calling, "placing": placing, "booth": made[1], "booth_spare": spare, "application": first,
        "application_fresh": fresh, "exhibit": exhibit, "exhibit_fresh": Exhibit.objects.get(application=fresh),
        "complaint": complained(exhibit, bai), "allocation": reckoned(placing, officer=guo),
    }  # fmt: skip
