"""The Leading Group of the demonstration since 2007: who held the seats, how the director's powers passed, who acted for whom.

Everything is invented and goes through the portal's own actions, in the order of time. Read next: build.py.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction

from governance import queries
from governance.actions import deputies, handovers, rotation, seats
from governance.directing import year_begins
from governance.handover_tasks import AHEAD
from governance.models import NATIONAL, Resolution
from governance.seat_queries import liaisons_on
from governance.states import ItemKind, ResolutionState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.facts import BY_CODE, PROVINCES

from .people import Cast

FOUNDED = datetime(2007, 7, 5, 15, tzinfo=clock.SHANGHAI)
SEATS = (NATIONAL, *(fact.code for fact in PROVINCES))
SLUGS = {NATIONAL: "national", **{fact.code: fact.slug for fact in PROVINCES}}
# Invented names; the fifth of each seat is the named account.
NAMES = ("程远", "陆平", "顾成", "宋明", "秦朗", "韩石", "许川", "唐林", "蒋原", "魏江", "沈岳", "叶舟", "方正", "严实",
         "邵南", "孟阳", "丁宁", "段然", "贺章", "龚勤", "汤和", "白桦", "黎安", "聂坤", "尹贤", "路遥", "翟清", "柯新")  # fmt: skip
STARTS = ((2007, 7), (2011, 3), (2015, 6), (2019, 9))  # of the four before the present one, a few months apart by seat
SWAPPED = (2019, 2020)
LATE = 2014  # the year whose handover was signed after it had begun


class Event(NamedTuple):
    at: datetime
    place: int  # within one instant
    act: Callable[[], object]


class Group:
    """`deliver` hands out what the last act has told."""

    def __init__(self, cast: Cast, deliver: Callable[[], None]) -> None:
        self.cast = cast
        self.deliver = deliver

    def fill(self, today: date) -> None:
        """Every event at its time, from the agreement to today."""
        events = [*self._holders(today), *self._liaisons(today), *self._deputies(today), *self._terms(today)]
        events.append(Event(_moment(SWAPPED[0] - 1, 1, 15), 0, self._swap))
        for event in sorted(events, key=lambda one: (one.at, one.place)):
            with clock.at(event.at):
                with transaction.atomic():
                    event.act()
                self.deliver()

    # ---- seats

    def _holders(self, today: date) -> Iterator[Event]:
        for place, code in enumerate(SEATS):
            for turn, (year, month) in enumerate(STARTS):
                at = FOUNDED if turn == 0 else _moment(year, (month + place) % 12 + 1, 5)
                yield Event(at, place, self._appointing(code, turn, NAMES[4 * place + turn]))
            yield Event(_back(today, 640 + 55 * place), place, self._appointing(code, len(STARTS), ""))

    def _appointing(self, code: str, turn: int, name: str) -> Callable[[], object]:
        def act() -> None:
            if turn < len(STARTS):
                shown = f"{name}（演示）"
                user = self.cast.former(f"former{turn + 1}.{SLUGS[code]}@demo.example", shown, _province(code))
            else:
                user = self.cast.seated[code]
                shown = user.display_name
            national = code == NATIONAL
            seats.seat_appoint(
                seat_code=code, actor=self.cast.office, user=user, name=shown,
                post_zh="副局长" if national else "局长",
                post_en="Deputy Commissioner" if national else "Director-General",
                starts_on=clock.today(), act="共建协议" if turn == 0 else f"任职通知〔{clock.today().year}〕（演示）",
            )  # fmt: skip

        return act

    def _liaisons(self, today: date) -> Iterator[Event]:
        """One of the past and one of today for each province."""
        for place, fact in enumerate(PROVINCES):

            def past(code: str = fact.code, slug: str = fact.slug) -> None:
                user = self.cast.former(
                    f"liaison1.{slug}@demo.example", f"{BY_CODE[code].name_zh}前联络员（演示）", code
                )
                self._liaison(code, user)

            def present(code: str = fact.code) -> None:
                for row in liaisons_on(clock.today())[code]:
                    deputies.liaison_end(liaison_id=row.pk, actor=self.cast.office)
                self._liaison(code, self.cast.colleagues[code])

            yield Event(_moment(2012, 2 + place, 9), 0, past)
            yield Event(_back(today, 420 - 20 * place), 0, present)

    def _liaison(self, code: str, user: User) -> None:
        deputies.liaison_name(
            seat_code=code, actor=self.cast.office, user=user, starts_on=clock.today(), act="联络员名单（演示）"
        )

    def _deputies(self, today: date) -> Iterator[Event]:
        """Two of the past, and two who act today."""
        for place, (code, at, days) in enumerate((
            ("340000", _moment(2013, 5, 6), 20), ("420000", _moment(2017, 9, 4), 45),
            ("140000", _back(today, 12), 40), ("430000", _back(today, 5), 25),
        )):  # fmt: skip

            def act(code: str = code, days: int = days, place: int = place) -> None:
                holder = queries.holders_on(clock.today())[code].user
                user = self.cast.former(
                    f"deputy{place + 1}.{SLUGS[code]}@demo.example", f"{BY_CODE[code].name_zh}副局长（演示）", code
                )
                assert holder is not None  # every seat is held by an account here
                deputies.deputy_name(
                    seat_code=code, actor=holder, user=user, starts_on=clock.today(),
                    ends_on=clock.today() + timedelta(days=days), act="代理函（演示）",
                )  # fmt: skip

            yield Event(at, 9, act)

    # ---- terms

    def _terms(self, today: date) -> Iterator[Event]:
        """The first term, then for each year: opened, signed by who goes and by who comes."""
        yield Event(FOUNDED + timedelta(hours=1), 0, lambda: rotation.term_begin(actor=self.cast.office))
        for year in range(FOUNDED.year + 1, today.year + 1):
            into = _moment(year, 1, 9) if year == LATE else _moment(year - 1, 12, 27)
            yield Event(_moment(year - 1, 12, 3), 5, self._opening(year))
            yield Event(_moment(year - 1, 12, 18), 5, self._signing(year, outgoing=True))
            yield Event(into, 5, self._signing(year, outgoing=False))
        if clock.now() >= year_begins(today.year + 1) - AHEAD:
            yield Event(clock.now() - timedelta(minutes=5), 9, self._opening(today.year + 1))

    def _opening(self, year: int) -> Callable[[], object]:
        return lambda: handovers.handover_open(year=year, actor=self.cast.office)

    def _signing(self, year: int, *, outgoing: bool) -> Callable[[], object]:
        def act() -> None:
            code = queries.province_of(year - 1 if outgoing else year)
            holder = queries.holders_on(clock.today())[code].user
            assert holder is not None  # every seat is held by an account here
            handovers.handover_sign(year=year, actor=holder)

        return act

    def _swap(self) -> None:
        """Two provinces exchange their years, by a resolution from before the portal kept ballots."""
        one, other = SWAPPED
        year = clock.today().year
        taken = Resolution.objects.filter(year=year).values_list("serial", flat=True)
        resolution = Resolution.objects.create(
            year=year, serial=max(taken, default=0) + 1, kind=ItemKind.ROTATION,
            title_zh=f"关于{one}年、{other}年轮值互换的决议（演示）",
            title_en=f"Resolution on the exchange of the turns of {one} and {other} (demonstration)",
            text_zh="应两省提议，山西、河南两省互换轮值年份，以便与各自承办的展会衔接。",
            text_en="At their own proposal, Shanxi and Henan exchange their years, to fit the expos that they host.",
            adopted_at=clock.now(), state=ResolutionState.CLOSED, closed_at=clock.now(), closed_by=self.cast.office,
            no_task_because="互换自相应年份起施行，无须另列任务。",
        )  # fmt: skip
        rotation.exceptions_write(
            resolution=resolution,
            changes={one: queries.province_of(other), other: queries.province_of(one)},
            reason_zh="两省互换，与承办展会的年份衔接。",
            reason_en="Exchanged by the two, to fit the expos that they host.",
        )


def _province(code: str) -> str | None:
    return None if code == NATIONAL else code


def _moment(year: int, month: int, day: int) -> datetime:
    """Office hours of a day."""
    return datetime(year, month, day, 10, tzinfo=clock.SHANGHAI)


def _back(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(10), tzinfo=clock.SHANGHAI)
