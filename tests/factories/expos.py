"""Expos for tests: an edition of a province in any state, through the portal's own actions. Hubei's is the one of the cast."""

import itertools
from datetime import date, datetime, time, timedelta

from expos.actions import editions, places, registrations
from expos.models import Exhibit, Expo, Registration, Venue
from expos.states import EXPO_MOVES, ExpoState, VisitorKind
from platform_site import clock
from platform_site.regions import hosts
from tests.factories.patents import clerk

HUBEI = "420000"
_HALLS = itertools.count(1)


def year_of(code=HUBEI, since=None):
    """The first year, from this one on, whose turn the province is."""
    year = since or clock.today().year
    return next(one for one in range(year, year + 7) if hosts.host_of_year(one) == code)


def planned(code=HUBEI, *, officer=None, year=None):
    """Planned by an officer of its host, and nothing else."""
    return editions.expo_create(actor=officer or clerk(code), year=year or year_of(code))


def values(expo, **changes):
    """Three days in June, applications until May."""
    plain = {
        "theme_zh": "专利技术走进车间", "theme_en": "Patents into workshops", "about_zh": "六省展品。", "about_en": "",
        "venue": expo.venue, "starts_on": date(expo.year, 6, 10), "last_on": date(expo.year, 6, 12), "opens": 9 * 60,
        "closes": 17 * 60, "apply_until": date(expo.year, 5, 1),
    }  # fmt: skip
    return {**plain, **changes}


def hall(expo, *, officer=None, **changes):
    """40 × 30 metres for 500 people."""
    plain = {"code": f"A{next(_HALLS) % 900}", "name_zh": "一号馆", "name_en": "Hall 1", "width_m": 40, "depth_m": 30, "people": 500}  # fmt: skip
    return places.hall_save(expo_id=expo.pk, actor=officer or clerk(expo.host_id), values={**plain, **changes})


def room(expo, name="路演厅", *, officer=None, **changes):
    plain = {"name_zh": name, "name_en": "", "hall": None, "seats": 80, "place": 0}
    return places.room_save(expo_id=expo.pk, actor=officer or clerk(expo.host_id), values={**plain, **changes})


def prepared(code=HUBEI, *, officer=None, year=None, **changes):
    """With a venue, days, hall A and one room; still planned."""
    officer = officer or clerk(code)
    expo = planned(code, officer=officer, year=year)
    place = {"name_zh": "会展中心", "name_en": "Expo Centre", "city_code": f"{code[:2]}0100", "address_zh": "会展路 1 号", "address_en": ""}  # fmt: skip
    known = Venue.objects.filter(province=code, name_zh=place["name_zh"]).first()
    venue = known or editions.venue_create(expo_id=expo.pk, actor=officer, values=place)
    expo = editions.expo_save(expo_id=expo.pk, actor=officer, values=values(expo, **{"venue": venue, **changes}))
    hall(expo, officer=officer, code="A")
    room(expo, officer=officer)
    return expo


def moved(expo, to, *, officer=None):
    """One step after another until `to`, on the days on which the calendar allows them."""
    while expo.state != to:
        following = next(iter(EXPO_MOVES[ExpoState(expo.state)]))
        day = {ExpoState.RUNNING: expo.starts_on, ExpoState.CLOSED: expo.last_on, ExpoState.REPORTED: expo.last_on}.get(
            following
        )
        actor = officer or clerk(expo.host_id)
        if day is not None and day > clock.today():
            with clock.at(noon(day)):
                expo = editions.expo_advance(expo_id=expo.pk, actor=actor, to=following)
        else:
            expo = editions.expo_advance(expo_id=expo.pk, actor=actor, to=following)
    return Expo.objects.get(pk=expo.pk)


def noon(day):
    return datetime.combine(day, time(12), tzinfo=clock.SHANGHAI)


def opened(code=HUBEI, **more):
    """The call is out: booths can be applied for, visitors register."""
    return moved(prepared(code, **more), ExpoState.APPLICATIONS_OPEN)


def today_running(code=None, *, days=3):
    """This year's edition on its second day, whoever's turn the year is."""
    today = clock.today()
    first = max(today - timedelta(days=1), date(today.year, 1, 1))
    last = min(first + timedelta(days=days - 1), date(today.year, 12, 31))
    code = code or hosts.host_of_year(today.year)
    expo = prepared(code, year=today.year, starts_on=first, last_on=last, apply_until=first - timedelta(days=1))
    return moved(expo, ExpoState.RUNNING)


def registered(expo, user, *, kind=VisitorKind.PROFESSIONAL, **changes) -> Registration:
    plain = {"kind": kind, "name": user.display_name, "unit": "某单位", "job": "工程师", "email": user.email}
    return registrations.registration_make(expo_id=expo.pk, actor=user, values={**plain, **changes})


def exhibit(expo, listing, **changes):
    """A listing of its owner's, asked to be shown under the delegation of its province."""
    delegation = expo.delegations.get(province=listing.province_id)
    return Exhibit.objects.create(
        expo=expo, listing=listing, exhibitor=listing.owner, delegation=delegation, made_at=clock.now(), **changes
    )


def of_all_kinds(guo, market):
    """Hubei's next edition, planned by Guo with its places, and what Shen would show there; the year whose turn is Hunan's."""
    expo = prepared(officer=guo)
    hall_, room_ = expo.halls.get(), room(expo, "空着的会场", officer=guo, place=9)
    return {
        "expo": expo, "hall": hall_, "room_of_expo": room_, "exhibit_asked": exhibit(expo, market), "expo_hunan": year_of("430000"),
    }  # fmt: skip
