"""What the pages of meetings show. Read next: views/meetings.py."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from patents.models import Listing
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.formats import minute_iso, percent

from . import meeting_queries as queries
from .matching import FURTHER, GAINS
from .models import Expo, ExpoMeeting, MatchRun, MeetingPerson, MeetingProfile, MeetingRequest, UnmetWish
from .queries import registration_of
from .states import EXPO_OVER, MEETING_OPEN, RUN_GOES, MeetingState, RegistrationState, RunState

TONES = {
    MeetingState.REQUESTED: "warn", MeetingState.PROPOSED: "warn", MeetingState.HALF: "blue", MeetingState.CONFIRMED: "ok",
    MeetingState.HELD: "ok", MeetingState.NOT_HELD: "", MeetingState.CANCELLED: "",
}  # fmt: skip


def overview(user: User, expo: Expo) -> dict[str, Any]:
    """How it works, the printed rule, and how many: for everybody."""
    slots = queries.slots_of(expo)
    days: dict[Any, int] = {}
    for slot in slots:
        day = clock.day_of(slot.starts_at)
        days[day] = days.get(day, 0) + 1
    registration = registration_of(user, expo)
    return {
        "counts": queries.counts(expo), "days": days.items(), "tables": expo.meeting_tables.count(),
        "gains": [(number, gain) for number, gain in enumerate(GAINS, 1)], "further": FURTHER,
        "registration": registration, "profile": getattr(registration, "meeting_profile", None) if registration else None,
        "is_over": expo.state in EXPO_OVER,
    }  # fmt: skip


# ---- people


def person_rows(expo: Expo, people: Iterable[MeetingProfile], reasons: dict[int, list[str]] | None = None) -> list[dict[str, Any]]:  # fmt: skip
    """Participants as others see them, with their public listings and needs: two queries for all."""
    rows = list(people)
    users = [row.registration.user_id for row in rows if row.registration.user_id]
    listings, needs = queries.listings_of_people(users), queries.needs_of_people(users)
    return [
        {
            "row": row, "registration": row.registration, "reasons": (reasons or {}).get(row.pk, []),
            "listings": listings.get(row.registration.user_id or 0, [])[:3], "needs": needs.get(row.registration.user_id or 0, [])[:3],
        }
        for row in rows
    ]  # fmt: skip


def listings_of(profile: MeetingProfile) -> list[Listing]:
    user = profile.registration.user_id
    return queries.listings_of_people([user]).get(user, []) if user else []


# ---- meetings and requests of a person


def schedule(expo: Expo, profile: MeetingProfile) -> dict[str, Any]:
    """Everything of a participant: requests with their clocks, meetings in order of time, wishes that were not met."""
    meetings = [one for one in queries.meetings_of(profile) if one.state != MeetingState.REQUESTED]
    stands = [one for one in meetings if one.state != MeetingState.CANCELLED]
    return {
        "profile": profile, "requests": [request_row(profile, one) for one in queries.requests_open(profile)],
        "rows": [meeting_row(profile, one) for one in stands],
        "off": [meeting_row(profile, one) for one in meetings if one.state == MeetingState.CANCELLED and not one.replaced_by_id],
        "unmet": [(one.whom.registration, one.get_why_display(), unmet_words(one)) for one in queries.unmet_of_person(profile)],
        "can_ask": expo.state not in EXPO_OVER,
    }  # fmt: skip


def request_row(profile: MeetingProfile, one: MeetingRequest) -> dict[str, Any]:
    is_mine = one.by_id == profile.pk
    left = int((one.holds_until - clock.now()).total_seconds() // 60)
    return {
        "row": one, "is_mine": is_mine, "other": (one.whom if is_mine else one.by).registration, "meeting": one.meeting,
        "left": _("剩 %(hours)d 小时 %(minutes)d 分") % {"hours": max(left, 0) // 60, "minutes": max(left, 0) % 60},
    }  # fmt: skip


def sides(meeting: ExpoMeeting, profile_id: int) -> tuple[MeetingPerson, MeetingPerson]:
    """Oneself and the other."""
    one, other = meeting.people.all()
    return (one, other) if one.profile_id == profile_id else (other, one)


def meeting_row(profile: MeetingProfile, meeting: ExpoMeeting) -> dict[str, Any]:
    own, other = sides(meeting, profile.pk)
    waits = meeting.state in (MeetingState.PROPOSED, MeetingState.HALF) and not own.confirmed_at
    return {
        "meeting": meeting, "own": own, "other": other.profile.registration, "tag": (meeting.get_state_display(), TONES[MeetingState(meeting.state)]),
        "can_confirm": waits and meeting.starts_at > clock.now(),
        "can_mark": meeting.state == MeetingState.CONFIRMED and meeting.starts_at <= clock.now(),
    }  # fmt: skip


def meeting_page(profile: MeetingProfile, meeting: ExpoMeeting) -> dict[str, Any]:
    """One meeting, for one of the two."""
    row = meeting_row(profile, meeting)
    own, other = sides(meeting, profile.pk)
    table = _("%(number)d 号桌") % {"number": meeting.table.number}
    facts = [
        (_("时间"), f"{minute_iso(meeting.starts_at)} — {minute_iso(meeting.ends_at)[-5:]}"),
        (_("地点"), f"{table} {meeting.table.hall or ''}".strip()),
        (_("对方"), " ".join(filter(None, (row["other"].name, row["other"].unit, row["other"].job)))),
        (_("对方能提供"), other.profile.offers or "—"), (_("对方想找"), other.profile.seeks or "—"),
    ]  # fmt: skip
    if meeting.reason:
        facts.append((_("取消原因"), meeting.reason))
    elif meeting.state == MeetingState.CANCELLED and row["other"].state == RegistrationState.CANCELLED:
        facts.append((_("取消原因"), _("对方取消了展会登记。")))
    if other.is_interested is not None:
        facts.append((_("对方的意向"), _("有意向") if other.is_interested else _("没有意向")))
    ahead = meeting.state in MEETING_OPEN and meeting.starts_at > clock.now()
    return {
        **row, "facts": facts, "can_cancel": ahead and meeting.state != MeetingState.REQUESTED,
        "can_unconfirm": ahead and meeting.state == MeetingState.HALF and own.confirmed_at is not None,
        "can_say": meeting.state == MeetingState.HELD, "said": own.is_interested,
    }  # fmt: skip


def unmet_words(one: UnmetWish) -> str:
    """The numbers behind a reason."""
    if not one.common:
        return ""
    return _("共同空闲 %(common)d 个时段：其中您已有安排 %(by)d 个，对方已有安排 %(whom)d 个，桌满 %(full)d 个。") % {
        "common": one.common, "by": one.by_taken, "whom": one.whom_taken, "full": one.full,
    }  # fmt: skip


# ---- the host


def host_page(expo: Expo) -> dict[str, Any]:
    plan = getattr(expo, "meeting_plan", None)
    runs = list(expo.match_runs.all()[:10])
    return {
        "plan": plan, "slots": len(queries.slots_of(expo)), "tables": list(expo.meeting_tables.select_related("hall")),
        "counts": queries.counts(expo), "runs": [(run, run_words(run)) for run in runs],
        "goes": next((run for run in runs if run.state in RUN_GOES), None), "is_over": expo.state in EXPO_OVER,
    }  # fmt: skip


def run_words(run: MatchRun) -> str:
    if run.state not in (RunState.DONE, RunState.APPLIED):
        return ""
    return _("满足 %(met)d / %(wishes)d 个心愿") % {"met": run.met, "wishes": run.wishes}


def run_page(run: MatchRun) -> dict[str, Any]:
    """Figures of a run, its plan against the bound and against a plan by hand, and the reasons counted."""
    figures: list[tuple[str, str]] = []
    if run.state in (RunState.DONE, RunState.APPLIED):
        figures = [
            (_("参加对接"), str(run.people)), (_("心愿"), str(run.wishes)), (_("满足的心愿"), str(run.met)),
            (_("至少满足一个心愿的人"), str(run.served)), (_("新安排的会面"), str(len(run.placed))),
            (_("得分与上限之比"), percent(run.value / run.bound if run.bound else 1)),
            (_("逐个安排（贪心）的得分与本方案之比"), percent(run.greedy / run.value if run.value else 1)),
            (_("用时（秒）"), str(run.seconds)),
        ]  # fmt: skip
    why = dict(run.unmet.order_by().values_list("why").annotate(Count("pk")))
    labels = dict(UnmetWish._meta.get_field("why").choices or ())
    return {
        "run": run, "goes": run.state in RUN_GOES, "percent": round(run.share * 100), "figures": figures,
        "reasons": [(labels[key], count) for key, count in sorted(why.items(), key=lambda one: -one[1])],
        "can_apply": run.state == RunState.DONE, "can_cancel": run.state in (*RUN_GOES, RunState.DONE),
    }  # fmt: skip


def sheet(meetings: Iterable[ExpoMeeting]) -> list[tuple[Any, list[tuple[ExpoMeeting, list[Any]]]]]:
    """The list of tables, slot by slot."""
    found: dict[Any, list[tuple[ExpoMeeting, list[Any]]]] = {}
    for one in meetings:
        found.setdefault(one.starts_at, []).append((one, [person.profile.registration for person in one.people.all()]))
    return list(found.items())


def links(expo: Expo, profile: MeetingProfile | None, here: str, *, runs: bool) -> list[tuple[str, str, bool]]:
    """The way between the pages of the part."""
    pages: list[tuple[str, str]] = [(_("说明"), "meeting_overview")]
    if profile is not None and profile.takes_part:
        pages += [(_("我的会面"), "meeting_schedule"), (_("想见的人"), "meeting_wish_list")]
    if profile is not None:
        pages.append((_("我的资料"), "meeting_profile_save"))
    if runs:
        pages.append((_("承办安排"), "meeting_host"))
    return [(words, reverse(f"expos:{name}", args=[expo.year]), name == here) for words, name in pages]
