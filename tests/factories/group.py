"""The Leading Group for tests: who holds a seat, who directs, who works in its office."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import Group

from governance import queries
from governance.actions import deputies, handovers, rotation
from governance.models import NATIONAL, Deputy, DirectorTerm, Resolution, Seat, SeatHolder
from platform_site import clock
from platform_site.accounts.queries import system_user
from platform_site.accounts.roles import STAFF_GROUP
from platform_site.regions.facts import BY_CODE, ROTATION_ORDER

from . import accounts


def seated(email, code, *, name="局长", since=None):
    """A person who holds the seat of a province, or the national one, since last year; exempt from the second factor."""
    user = accounts.member(email, name=name, province=code if code in BY_CODE else "420000")
    user.is_demonstration = True
    user.save(update_fields=["is_demonstration"])
    group = "national-leader" if code == NATIONAL else f"directors-{BY_CODE[code].slug}"
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    SeatHolder.objects.create(
        seat_id=code, user=user, name=name, post_zh="局长", post_en="Director-General", act="任职通知",
        starts_on=since or date(clock.today().year - 1, 1, 1), entered_by=system_user(), entered_at=clock.now(),
    )  # fmt: skip
    return user


def all_seated():
    """Seat code -> its holder, for all seven."""
    return {
        code: seated(f"seat-{code}@example.org", code, name=f"席位{code[:2]}") for code in (NATIONAL, *ROTATION_ORDER)
    }


def directing(code=None):
    """The running term: if there is none, since the beginning of the year, of the province whose turn it is or of another."""
    if running := DirectorTerm.objects.filter(ends_at=None).first():
        return running
    year = clock.today().year
    begins = datetime(year, 1, 1, tzinfo=clock.SHANGHAI)
    return DirectorTerm.objects.create(year=year, seat_id=code or queries.province_of(year), begins_at=begins)


def staff(email, *, name="办公室"):
    """Somebody of the group's office; exempt from the second factor."""
    user = accounts.member(email, name=name, province="410000")
    user.is_demonstration = True
    user.save(update_fields=["is_demonstration"])
    user.groups.add(Group.objects.get(name=STAFF_GROUP))
    return user


def deputy(holder, user, *, days=30):
    """`user` acts for the seat of `holder` from today on, for so many days."""
    seat = Seat.objects.get(holders__user=holder)
    return Deputy.objects.create(
        seat=seat, user=user, starts_on=clock.today(), ends_on=clock.today() + timedelta(days=days),
        act="代理函", entered_by=holder, entered_at=clock.now(),
    )  # fmt: skip


def liaison(office, seat, user):
    """`user` carries the papers of a seat from today on."""
    return deputies.liaison_name(seat_code=seat.pk, actor=office, user=user, starts_on=clock.today(), act="联络函")


def served(year, *, begins_at=None):
    """The running term, of a year of one's choice, of the province whose turn it is."""
    begins = begins_at or datetime(year, 1, 1, tzinfo=clock.SHANGHAI)
    return DirectorTerm.objects.create(year=year, seat_id=queries.province_of(year), begins_at=begins)


def opened(office, *, year=None):
    """The handover to next year's director, or another year's."""
    return handovers.handover_open(year=year or clock.today().year + 1, actor=office)


def resolution(kind, title="关于调整轮值的决议"):
    """A resolution of the group, not yet carried out, as a ballot would leave it."""
    year = clock.today().year
    serial = 1 + max(Resolution.objects.filter(year=year).values_list("serial", flat=True), default=0)
    return Resolution.objects.create(year=year, serial=serial, kind=kind, title_zh=title, adopted_at=clock.now())


def swapped(one, other, *, reason="两省商定互换。"):
    """Two years exchange their provinces, by one resolution."""
    changes = {one: queries.province_of(other), other: queries.province_of(one)}
    decided = resolution("rotation")
    rotation.exceptions_write(resolution=decided, changes=changes, reason_zh=reason, reason_en="Agreed by both.")
    return decided
