"""Why a wish was not met, from the plan itself: taken by which claim, share used up, no corner left. Read next: allocation_queries.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .allocation import Claim, Plan, Problem, are_near, misfit
from .floor_plan import side_by_side
from .models import Booth
from .states import BoothKind


@dataclass(frozen=True)
class Unmet:
    """One wish of a claim that the plan does not grant. `wish` counts from one (0: not a booth); `by` is the claim that has it."""

    claim: int
    sort: str  # place, wish, corner, hall, near
    cause: str
    wish: int = 0
    booth: Booth | None = None
    by: int | None = None
    by_wish: int = 0


def unmet(task: Problem, plan: Plan, before: Iterable[Booth] = ()) -> dict[int, list[Unmet]]:
    """Claim -> everything that it asked for and did not get. `before` are booths that were given before this reckoning."""
    return {claim.pk: _Case(task, plan, before, claim).all() for claim in task.claims}


class _Case:
    """One claim against the plan."""

    def __init__(self, task: Problem, plan: Plan, before: Iterable[Booth], claim: Claim) -> None:
        self.task, self.plan, self.claim = task, plan, claim
        self.floor = task.by_pk()
        self.given = {one.pk: one for one in before}
        self.holder = {pk: who for who, booths in plan.items() for pk in booths}
        self.claims = {one.pk: one for one in task.claims}
        self.own = [self.floor[pk] for pk in plan.get(claim.pk, ())]
        self.spare = [one for one in task.booths if self.holder.get(one.pk) in (None, claim.pk)]

    def all(self) -> list[Unmet]:
        found = [] if self.own else [Unmet(self.claim.pk, "place", self._why_none())]
        for number, pk in enumerate(self.claim.wishes, 1):
            booth = self.floor.get(pk) or self.given.get(pk)
            if any(one.pk == pk for one in self.own):
                break  # what comes after a wish that is met was not needed
            if booth is not None:
                found.append(self._wish(number, booth))
        if self.own:
            found += self._sides()
        return found

    # ---- no booth at all

    def _left(self) -> int:
        """Of the delegation's share."""
        used = sum(
            sum(self.floor[pk].units for pk in booths)
            for who, booths in self.plan.items()
            if self.claims[who].delegation_id == self.claim.delegation_id and who != self.claim.pk
        )
        return self.task.shares.get(self.claim.delegation_id, 0) - used

    def _runs(self, booths: Iterable[Booth]) -> list[tuple[Booth, ...]]:
        fitting = [one for one in booths if not misfit(self.claim, one)]
        return side_by_side(fitting, self.claim.booths if self.claim.kind != BoothKind.RAW else 1)

    def _why_none(self) -> str:
        runs = self._runs(self.task.booths)
        if not runs:
            return "no_fit"
        left = self._left()
        return "share" if all(sum(one.units for one in run) > left for run in runs) else "full"

    # ---- one booth

    def _wish(self, number: int, booth: Booth) -> Unmet:
        def said(cause: str, by: int | None = None, by_wish: int = 0) -> Unmet:
            return Unmet(self.claim.pk, "wish", cause, number, booth, by, by_wish)

        if cause := misfit(self.claim, booth):
            return said(cause)
        if booth.pk in self.given:
            return said("given")
        who = self.holder.get(booth.pk)
        if who is not None:
            wishes = self.claims[who].wishes
            place = wishes.index(booth.pk) + 1 if booth.pk in wishes else 0
            rank = {one.pk: n for n, one in enumerate(self.task.claims)}
            is_ahead = 0 < place < number or place == number and rank[who] < rank[self.claim.pk]
            return said("claim" if is_ahead else "whole", who, place)
        runs = [run for run in self._runs(self.spare) if booth in run]
        if not runs:
            return said("room")
        return said("share" if all(sum(one.units for one in run) > self._left() for run in runs) else "traded")

    # ---- corner, hall, neighbour

    def _sides(self) -> list[Unmet]:
        claim, found = self.claim, []
        if claim.corner and all(one.kind != BoothKind.CORNER for one in self.own):
            corners = [one for one in self.task.booths if one.kind == BoothKind.CORNER and not misfit(claim, one)]
            found.append(Unmet(claim.pk, "corner", self._why_not(corners)))
        if claim.hall_id and self.own[0].hall_id != claim.hall_id:
            inside = [one for one in self.task.booths if one.hall_id == claim.hall_id and not misfit(claim, one)]
            found.append(Unmet(claim.pk, "hall", self._why_not(inside)))
        if claim.near:
            other = [self.floor[pk] for pk in self.plan.get(claim.near, ())]
            if not other:
                found.append(Unmet(claim.pk, "near", "absent", by=claim.near))
            elif not are_near(self.own, other):
                found.append(Unmet(claim.pk, "near", "whole", by=claim.near))
        return found

    def _why_not(self, wanted: list[Booth]) -> str:
        if not wanted:
            return "none"
        keys = {one.pk for one in wanted}
        free = any(keys & {one.pk for one in run} for run in self._runs(self.spare))
        return "traded" if free else "taken"


def sentence(one: Unmet, halls: Mapping[int, str], claims: Mapping[int, Claim]) -> str:
    """In the reader's language; another applicant is named by the number of the application alone."""
    if one.sort == "wish":
        return _wish_words(one)
    if one.sort == "place":
        return {
            "no_fit": _("没有面积、供电和相连展位数都够的展位。"),
            "share": _("本代表团的展位数已经用完。"),
            "full": _("合适的展位都已分给别的申请。"),
        }[one.cause]
    if one.sort == "corner":
        return {
            "none": _("没有可以分给本代表团、供电也够的转角展位。"),
            "taken": _("转角展位已经分完。"),
            "traded": _("还有转角展位，但分到的展位更合所填的志愿。"),
        }[one.cause]
    if one.sort == "hall":
        hall = {"hall": halls.get(claims[one.claim].hall_id or 0, "")}
        return {
            "none": _("%(hall)s没有可以分给本代表团的合适展位。") % hall,
            "taken": _("%(hall)s的合适展位已经分完。") % hall,
            "traded": _("%(hall)s还有空位，但分到的展位更合所填的志愿。") % hall,
        }[one.cause]
    by = {"number": one.by}
    if one.cause == "absent":
        return _("第 %(number)s 号申请没有得到展位，无法相邻。") % by
    return _("与第 %(number)s 号申请相邻，会使满足的意愿总分更低。") % by


def _wish_words(one: Unmet) -> str:
    names = {"booth": one.booth, "wish": one.wish, "number": one.by, "place": one.by_wish}
    return {
        "pavilion": _("第 %(wish)s 志愿 %(booth)s 在别的代表团的展团内。"),
        "kind": _("第 %(wish)s 志愿 %(booth)s 的类型与申请不符。"),
        "area": _("第 %(wish)s 志愿 %(booth)s 的面积小于申请的面积。"),
        "power": _("第 %(wish)s 志愿 %(booth)s 的供电不够。"),
        "corner": _("第 %(wish)s 志愿 %(booth)s 是转角展位，而申请没有要转角。"),
        "given": _("第 %(wish)s 志愿 %(booth)s 在这次排位之前已经分出。"),
        "claim": _("第 %(wish)s 志愿 %(booth)s 分给了第 %(number)s 号申请：那是它的第 %(place)s 志愿，次序在前。"),
        "whole": _("第 %(wish)s 志愿 %(booth)s 分给了第 %(number)s 号申请，这样得到展位的申请更多，或者满足的意愿更多。"),
        "room": _("第 %(wish)s 志愿 %(booth)s 旁边没有连在一起的足够空展位。"),
        "share": _("第 %(wish)s 志愿 %(booth)s 空着，但本代表团的展位数已经用完。"),
        "traded": _("第 %(wish)s 志愿 %(booth)s 空着，但分到的展位同时合转角、展厅或相邻的意愿，总分不低。"),
    }[one.cause] % names  # fmt: skip
