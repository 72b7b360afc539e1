"""The floor as it is drawn and listed: geometry in tenths of a metre, states in words as well as patterns. Read next: views/booths.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.formats import cny, minute_iso
from platform_site.ui.languages import han_marked

from . import floor_queries as floor
from .models import Booth, BoothAllotment, BoothApplication, BoothHold, Expo, Hall
from .states import BoothKind

UNIT = 10  # of the drawing, for one metre
EDGE = 10
STATES = {
    "free": pgettext_lazy("booth state", "可选"), "held": pgettext_lazy("booth state", "暂留"),
    "given": pgettext_lazy("booth state", "已分配"), "own": pgettext_lazy("booth state", "您暂留的"),
}  # fmt: skip
TONES = {"free": "jade", "held": "ochre", "given": "", "own": "cinn"}
ZOOMS = ("1", "2", "3")


@dataclass(frozen=True)
class Drawn:
    """One booth on the plan and in the list."""

    booth: Booth
    state: str
    who: str  # whose it is; empty where nobody's or nobody's business
    shows: bool = True  # whether it is among those asked for

    @property
    def words(self) -> str:
        return str(STATES[self.state])

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def href(self) -> str:
        return self.booth.get_absolute_url()

    @property
    def x(self) -> int:
        return self.booth.x * UNIT

    @property
    def y(self) -> int:
        return self.booth.y * UNIT

    @property
    def width(self) -> int:
        return self.booth.width * UNIT

    @property
    def depth(self) -> int:
        return self.booth.depth * UNIT

    @property
    def middle(self) -> tuple[str, str]:
        return f"{self.x + self.width / 2:g}", f"{self.y + self.depth / 2:g}"

    @property
    def mark(self) -> str:
        """The one character of the province whose pavilion it is in."""
        return self.booth.pavilion.province.short if self.booth.pavilion else ""

    @property
    def size(self) -> str:
        return f"{self.booth.width}×{self.booth.depth}"

    @property
    def label(self) -> str:
        """What a screen reader says of it."""
        pavilion = (
            _("%(province)s展团") % {"province": self.booth.pavilion.province.name} if self.booth.pavilion else ""
        )
        parts = [self.booth.number, self.words, str(self.booth.get_kind_display()), self.size, pavilion, self.who]
        return "，".join(part for part in parts if part)


@dataclass(frozen=True)
class Plan:
    """One hall."""

    hall: Hall
    booths: list[Drawn]

    @property
    def box(self) -> str:
        return f"{-EDGE} {-EDGE} {self.hall.width_m * UNIT + 2 * EDGE} {self.hall.depth_m * UNIT + 2 * EDGE}"

    @property
    def width(self) -> int:
        return self.hall.width_m * UNIT

    @property
    def depth(self) -> int:
        return self.hall.depth_m * UNIT

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Words, tone, number of each state that occurs."""
        found = [
            (str(words), TONES[key], sum(one.state == key for one in self.booths)) for key, words in STATES.items()
        ]
        return [row for row in found if row[2]]


def drawn(
    rows: Iterable[Booth],
    given: Mapping[int, BoothAllotment],
    holds: Mapping[int, BoothHold],
    user: User,
    keep: Any = None,
) -> list[Drawn]:
    found = []
    for booth in rows:
        allotment, hold = given.get(booth.pk), holds.get(booth.pk)
        state = "given" if allotment else "free"
        if hold and not allotment:
            state = "own" if hold.user_id == user.pk else "held"
        one = Drawn(booth, state, han_marked(allotment.application.fascia) if allotment else "")
        found.append(Drawn(booth, state, one.who, keep is None or bool(keep(one))))
    return found


def page(user: User, expo: Expo, asked: Mapping[str, str]) -> dict[str, Any]:
    """The plans of all halls, or of the one asked for; and the list beside them, filtered."""
    moment = clock.database_now()
    rows = list(floor.booths_of(expo))
    for booth in rows:
        booth.expo = expo
    own = floor.hold_of(expo, user, moment)

    def keep(one: Drawn) -> bool:
        return (
            asked.get("kind", "") in ("", one.booth.kind)
            and asked.get("state", "") in ("", "free" if one.state == "own" else one.state)
            and asked.get("hall", "") in ("", one.booth.hall.code)
            and asked.get("province", "") in ("", one.booth.pavilion.province_id if one.booth.pavilion else "none")
        )

    found = drawn(rows, floor.given(expo), floor.holds(expo, moment), user, keep)
    halls = [hall for hall in expo.halls.all() if asked.get("hall", "") in ("", hall.code)]
    plans = [Plan(hall, [one for one in found if one.booth.hall_id == hall.pk]) for hall in halls]
    shown = [one for one in found if one.shows]
    return {
        "plans": [one for one in plans if one.booths], "rows": shown, "any": bool(found),
        "zoom": asked.get("zoom") if asked.get("zoom") in ZOOMS else "1", "hold": hold_words(own, moment),
        "rows_count": len(shown),
    }  # fmt: skip


def hold_words(hold: BoothHold | None, moment: Any) -> dict[str, Any] | None:
    """Which booth, until when, how many minutes are left."""
    if hold is None:
        return None
    left = max(1, -int(-(hold.ends_at - moment).total_seconds() // 60))
    return {"booth": hold.booth, "ends_at": hold.ends_at, "until": minute_iso(hold.ends_at)[-5:], "left": left}


def choices(expo: Expo) -> dict[str, list[tuple[str, str]]]:
    """Of the filters."""
    return {
        "halls": [(hall.code, f"{hall.code} {hall.name}") for hall in expo.halls.all()],
        "kinds": [(one.value, str(one.label)) for one in BoothKind],
        "states": [(key, str(STATES[key])) for key in ("free", "held", "given")],
        "provinces": [("none", _("不在展团内")), *((one.province_id, one.province.name) for one in floor.delegations_of(expo))],
    }  # fmt: skip


def booth_facts(booth: Booth) -> list[tuple[str, str]]:
    power = _("%(kw)d 千瓦") % {"kw": booth.power_kw} if booth.power_kw else _("无")
    return [
        (_("展厅"), f"{booth.hall.code} {booth.hall.name}"),
        (_("类型"), str(booth.get_kind_display())),
        (_("尺寸"), _("%(width)d×%(depth)d 米，%(area)d 平方米") % {"width": booth.width, "depth": booth.depth, "area": booth.area}),
        (_("开口"), _("%(sides)d 面") % {"sides": booth.open_sides}),
        (_("供电"), power),
        (_("价格"), cny(booth.price_cny) if booth.price_cny else _("免费")),
        (_("展团"), booth.pavilion.province.name if booth.pavilion else _("不限")),
    ]  # fmt: skip


def application_facts(row: BoothApplication) -> list[tuple[str, str]]:
    """What was asked for."""
    if row.kind == BoothKind.RAW:
        size = _("光地，不小于 %(area)d 平方米") % {"area": row.area_m2}
    else:
        size = _("标准展位 %(count)d 个") % {"count": row.booths}
    asked = [_("转角")] if row.corner else []
    asked += [f"{row.hall.code} {row.hall.name}"] if row.hall else []
    asked += [_("与第 %(number)s 号申请相邻") % {"number": row.near_id}] if row.near_id else []
    return [
        (_("申请号"), str(row.pk)),
        (_("参展商"), han_marked(row.exhibitor.display_name)),
        (_("代表团"), row.delegation.province.name),
        (_("楣板"), " ".join(filter(None, (row.fascia_zh, row.fascia_en)))),
        (_("申请"), size),
        (_("其他意愿"), "，".join(asked) or "—"),
        (_("用电"), _("%(kw)d 千瓦") % {"kw": row.power_kw} if row.power_kw else "—"),
        (_("说明"), row.note or "—"),
    ]
