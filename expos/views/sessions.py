"""The host's editor: the draft by days and rooms with its checks, one session, the speakers, the release. Read next: schedule_imports.py."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import edition_page, programme_editor
from expos import programme_checks as checks
from expos import programme_queries as reads
from expos.actions import programmes
from expos.actions import sessions as actions
from expos.forms.programme import PlaceForm, ReasonForm, ReleaseForm, SessionForm, SpeakerForm, SureForm
from expos.models import Expo, Session
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .expo_act import act_page
from .gates import run_by

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
HERE = "expos:programme_detail"


def _one(request: HttpRequest, year: int, guid: UUID) -> tuple[Expo, Session]:
    expo = run_by(request, year)
    return expo, reads.session_of(expo, guid)


def _editor(expo: Expo) -> str:
    return reverse("expos:programme_edit", args=[expo.year])


def _editor_day(session: Session) -> str:
    return programme_editor.address(session)


@require_safe
def programme_edit(request: HttpRequest, year: int) -> HttpResponse:
    """The draft: `?day=` as a grid of rooms by times, `?show=list` all sessions; the checks beside it."""
    expo = run_by(request, year)
    sessions = list(reads.sessions_of(expo))
    context = {
        **edition_page.shared(request.user, expo, HERE),
        **programme_editor.page(expo, sessions, request.GET.get("day", ""), request.GET.get("show", "")),
        "version": reads.latest(expo),
    }
    return render(request, "expos/programme_edit.html", context)


@read_or_post
@once
def session_create(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    initial = {name: request.GET[name] for name in ("day", "room", "start") if name in request.GET}
    form = SessionForm(*posted(request)[:1], expo=expo, initial=initial)
    return act_page(
        request, form, lambda data: actions.session_create(expo_id=expo.pk, actor=request.user, values=form.values(), speakers=data["speakers"]),
        expo=expo, title=_("添加活动"), submit=_("保存"), done=_("已保存到草稿，发布下一版后公开。"), back=_editor(expo),
        leads_to=_editor_day,
    )  # fmt: skip


@read_or_post
@once
def session_save(request: HttpRequest, year: int, guid: UUID) -> HttpResponse:
    expo, session = _one(request, year, guid)
    form = SessionForm(*posted(request)[:1], expo=expo, session=session)
    return act_page(
        request, form, lambda data: actions.session_save(session_id=session.pk, actor=request.user, values=form.values(), speakers=data["speakers"]),
        expo=expo, title=_("修改活动"), submit=_("保存"), done=_("已保存到草稿，发布下一版后公开。"), back=_editor(expo),
        leads_to=_editor_day,
    )  # fmt: skip


@read_or_post
@once
def session_move(request: HttpRequest, year: int, guid: UUID) -> HttpResponse:
    """The form that dragging fills in: room, day, time, length."""
    expo, session = _one(request, year, guid)
    form = PlaceForm(*posted(request)[:1], expo=expo, session=session)

    def move(_data: dict[str, object]) -> Session:
        to = form.placed()
        room = to["room"].pk if to["room"] else None
        return actions.session_move(session_id=session.pk, actor=request.user, room_id=room, starts_at=to["starts_at"], ends_at=to["ends_at"])  # fmt: skip

    return act_page(
        request, form, move, expo=expo, title=_("移动“%(title)s”") % {"title": session.title}, submit=_("移到这里"),
        done=_("已移动，发布下一版后公开。"), back=_editor(expo), leads_to=_editor_day,
    )  # fmt: skip


@read_or_post
@once
def session_cancel(request: HttpRequest, year: int, guid: UUID) -> HttpResponse:
    expo, session = _one(request, year, guid)
    return act_page(
        request, ReasonForm(*posted(request)[:1]),
        lambda data: actions.session_cancel(session_id=session.pk, actor=request.user, reason=data["reason"]),
        expo=expo, title=_("取消“%(title)s”") % {"title": session.title}, submit=_("取消活动"), kind="danger",
        done=_("已取消，发布下一版后通知收藏的人。"), back=_editor(expo),
    )  # fmt: skip


@read_or_post
@once
def session_restore(request: HttpRequest, year: int, guid: UUID) -> HttpResponse:
    expo, session = _one(request, year, guid)
    return act_page(
        request, SureForm(*posted(request)[:1]),
        lambda _data: actions.session_restore(session_id=session.pk, actor=request.user),
        expo=expo, title=_("恢复“%(title)s”") % {"title": session.title}, submit=_("恢复活动"), done=_("已恢复。"),
        back=_editor(expo), note=_("按原来的会场和时间恢复；会场已有其他活动的，先移动其中一场。"),
    )  # fmt: skip


@require_POST
@once
def session_remove(request: HttpRequest, year: int, guid: UUID) -> HttpResponse:
    expo, session = _one(request, year, guid)
    actions.session_remove(session_id=session.pk, actor=request.user)
    messages.success(request, _("活动已删除。"))
    return redirect(_editor(expo))


@read_or_post
@once
def programme_release(request: HttpRequest, year: int) -> HttpResponse:
    """Every warning has a box; what the version will change stands above the form."""
    expo = run_by(request, year)
    sessions = list(reads.sessions_of(expo))
    warnings = checks.warnings(expo, checks.items_of(sessions))
    facts = programme_editor.release_facts(expo, sessions, reads.latest_with_data(expo))
    return act_page(
        request, ReleaseForm(*posted(request)[:1], warnings=warnings),
        lambda data: programmes.programme_release(expo_id=expo.pk, actor=request.user, note=data["note"], acknowledged=data.get("acknowledged", ())),
        expo=expo, title=_("发布日程"), submit=_("发布"), done=_("日程已发布。"), facts=facts, back=_editor(expo),
        leads_to=lambda made: made.get_absolute_url(), note=_("发布后定格为一个版本；以后的修改在草稿里进行，作为下一版发布。"),
    )  # fmt: skip


@require_safe
def speaker_list(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    found, window = paged(request, reads.speakers_counted(expo))
    context = {**edition_page.shared(request.user, expo, HERE), "rows": found, "window": window}
    return render(request, "expos/speaker_list.html", context)


@read_or_post
@once
def speaker_create(request: HttpRequest, year: int) -> HttpResponse:
    expo = run_by(request, year)
    return act_page(
        request, SpeakerForm(*posted(request)),
        lambda data: actions.speaker_save(expo_id=expo.pk, actor=request.user, values=data, photo=data["photo"]),
        expo=expo, title=_("登记演讲人"), submit=_("保存"), done=_("已保存。"), back=reverse("expos:speaker_list", args=[expo.year]),
    )  # fmt: skip


@read_or_post
@once
def speaker_save(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = run_by(request, year)
    speaker = reads.speaker_of(expo, pk)
    return act_page(
        request, SpeakerForm(*posted(request), speaker=speaker),
        lambda data: actions.speaker_save(expo_id=expo.pk, actor=request.user, values=data, speaker_id=speaker.pk, photo=data["photo"]),
        expo=expo, title=_("修改演讲人"), submit=_("保存"), done=_("已保存。"), back=reverse("expos:speaker_list", args=[expo.year]),
    )  # fmt: skip


@require_POST
@once
def speaker_remove(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = run_by(request, year)
    actions.speaker_remove(speaker_id=reads.speaker_of(expo, pk).pk, actor=request.user)
    messages.success(request, _("演讲人已删除。"))
    return redirect("expos:speaker_list", expo.year)
