"""Meetings of an expo for everybody and for those who take part: profile, wishes, schedule, one meeting. Read next: meeting_requests.py."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import edition_page, meeting_calendar, meeting_suggestions
from expos import meeting_queries as queries
from expos import meeting_rules as rules
from expos import meeting_shown as shown
from expos.actions import meeting_profiles as actions
from expos.forms.meetings import AbsenceForm, MeetingProfileForm, WishForm
from expos.models import Expo, MeetingProfile, Registration
from expos.queries import expo_of, registration_of
from platform_site.errors import NotAllowed
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .expo_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def page(sent: HttpRequest, expo: Expo, here: str, context: dict[str, Any], profile: MeetingProfile | None = None) -> HttpResponse:  # fmt: skip
    shared = edition_page.shared(sent.user, expo, "expos:meeting_overview")
    links = shown.links(expo, profile or context.get("profile"), here, runs=shared["runs"])
    return render(sent, f"expos/{here}.html", {**shared, **context, "links": links})


def registered(sent: HttpRequest, expo: Expo) -> Registration:
    """The gate of who has registered."""
    registration = registration_of(sent.user, expo)
    if registration is None:
        raise NotAllowed(rules.meeting_profile_save.reason, _("登记后就可以填写对接资料。"))  # type: ignore[attr-defined]
    return registration


def taking_part(sent: HttpRequest, expo: Expo) -> MeetingProfile:
    """The gate of who takes part."""
    profile = queries.profile_of(sent.user, expo)
    if profile is None or not profile.takes_part:
        raise NotAllowed(rules.takes_part.reason)  # type: ignore[attr-defined]
    return profile


@login_not_required
@require_safe
def meeting_overview(request: HttpRequest, year: int) -> HttpResponse:
    """How it works, for everybody."""
    expo = expo_of(year)
    return page(request, expo, "meeting_overview", shown.overview(request.user, expo))


@read_or_post
@once
def meeting_profile_save(request: HttpRequest, year: int) -> HttpResponse:
    expo = expo_of(year)
    registration = registered(request, expo)
    form = MeetingProfileForm(*posted(request)[:1], profile=queries.profile_of(request.user, expo))
    return act_page(
        request, form,
        lambda data: actions.meeting_profile_save(registration_id=registration.pk, actor=request.user, values=data),
        expo=expo, title=_("对接资料"), submit=_("保存"), done=_("对接资料已保存。"), back=reverse("expos:meeting_overview", args=[year]),
        note=_("只给参加这届对接的人看。您在本站公开的技术和需求会一并显示，不用再写。"),
    )  # fmt: skip


@read_or_post
@once
def meeting_absences_save(request: HttpRequest, year: int) -> HttpResponse:
    expo = expo_of(year)
    profile = taking_part(request, expo)
    form = AbsenceForm(
        *posted(request)[:1], offered=queries.slots_of(expo), absent=queries.absences_of(profile)
    )  # fmt: skip
    return act_page(
        request, form,
        lambda data: actions.meeting_absences_save(profile_id=profile.pk, actor=request.user, starts=data["slots"]),
        expo=expo, title=_("不能会面的时段"), submit=_("保存"), done=_("已保存。"), back=reverse("expos:meeting_schedule", args=[year]),
        note=_("勾选的时段不会给您安排会面，别人也不能约。已经安排的会面不受影响。"),
    )  # fmt: skip


@require_safe
def meeting_wish_list(request: HttpRequest, year: int) -> HttpResponse:
    """`?show=suggested` (with reasons), `?show=all` with `?q=`, or one's own wishes."""
    expo = expo_of(year)
    profile = taking_part(request, expo)
    show, words = request.GET.get("show", "mine"), request.GET.get("q", "").strip()[:60]
    window, rows = None, []
    if show == "suggested":
        found = meeting_suggestions.suggested(request.user, expo, profile)
        rows = shown.person_rows(expo, [one.profile for one in found], {one.profile.pk: one.reasons for one in found})
    elif show == "all":
        people, window = paged(request, queries.participants_said(expo, profile, words))
        rows = shown.person_rows(expo, people)
    wishes = list(queries.wishes_of(profile))
    tabs = [("mine", _("我的心愿")), ("suggested", _("为您推荐")), ("all", _("全部参加者"))]
    context = {
        "profile": profile, "show": show, "q": words, "rows": rows, "window": window, "wishes": wishes,
        "wished": {one.whom_id for one in wishes}, "tabs": [(label, f"?show={key}", key == show) for key, label in tabs],
    }  # fmt: skip
    return page(request, expo, "meeting_wish_list", context)


@read_or_post
@once
def meeting_wish_save(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = expo_of(year)
    profile = taking_part(request, expo)
    whom = queries.participant_for(profile, expo, pk)
    wish = profile.wishes.filter(whom=whom).first()
    return act_page(
        request, WishForm(*posted(request)[:1], wish=wish),
        lambda data: actions.meeting_wish_save(profile_id=profile.pk, actor=request.user, whom_id=whom.pk, **data),
        expo=expo, title=_("想见%(name)s") % {"name": whom.registration.name}, submit=_("保存心愿"), done=_("心愿已保存。"),
        back=reverse("expos:meeting_wish_list", args=[year]), facts=[(_("单位"), whom.registration.unit or "—")],
        note=_("对方不会知道您的心愿。承办省统一计算时，会尽量安排您和想见的人会面。"),
    )  # fmt: skip


@require_POST
@once
def meeting_wish_remove(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    wish = queries.wish_for(request.user, expo_of(year), pk)
    actions.meeting_wish_remove(wish_id=wish.pk, actor=request.user)
    messages.success(request, _("心愿已删除。"))
    return redirect("expos:meeting_wish_list", year)


@require_safe
def meeting_schedule(request: HttpRequest, year: int) -> HttpResponse:
    """One's own requests and meetings; `?format=ics` for a calendar."""
    expo = expo_of(year)
    registered(request, expo)
    profile = queries.profile_of(request.user, expo)
    if profile is None:
        return redirect("expos:meeting_profile_save", year)
    if request.GET.get("format") == "ics":
        answer = HttpResponse(
            meeting_calendar.calendar_of(profile, queries.meetings_of(profile)),
            content_type="text/calendar; charset=utf-8",
        )
        answer["Content-Disposition"] = f'attachment; filename="expo-{year}-meetings.ics"'
        return answer
    return page(request, expo, "meeting_schedule", shown.schedule(expo, profile))
