"""The steps of the wizard, one page each, saved one by one and kept while they are typed. Read next: ../unsaved.py, ../forms/steps.py."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from patents import checks, queries, rules
from patents.actions import inputs
from patents.actions import listings as actions
from patents.actions.editions import StepMoved
from patents.forms.listing import AttachmentForm
from patents.forms.steps import Ground, filled_in, step_form, step_values
from patents.models import Listing, Patent
from patents.models.inputs import STEPS_KEPT
from patents.states import VersionState
from patents.unsaved import Work
from platform_site.accounts.held import holds_typed, release
from platform_site.errors import Conflict
from platform_site.outbox.once import once


@holds_typed
@once
@require_http_methods(["GET", "POST"])
def listing_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """One step of the draft; a blocked or unknown one is not there."""
    if step not in checks.STEPS:
        raise Http404
    listing, draft = _draft(request, number)
    if draft is None:
        return _too_late(request, listing, step)
    before = checks.WAITS_FOR.get(step)
    if before and not checks.is_done(before, draft):
        if request.method == "POST":  # what it waits for was taken away meanwhile
            _keep_typed(Work(request, Ground(listing, draft), step))
        return redirect("patents:listing_step", listing.number, before)
    if step == "files":
        return _files(request, listing, draft)
    return _patent(request, listing, draft) if step == "patent" else _plain(request, listing, draft, step)


@holds_typed
@once
@require_POST
def input_keep(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """What the page sends by itself while it is filled in: kept as typed, answered with the words to show."""
    work = _work_sent(request, number, step)
    try:
        row = work.keep()
    except StepMoved as refusal:
        work.refused(refusal)
        told = render_to_string("patents/_step_moved.html", {"work": work}, request)
        return JsonResponse({"words": _("没有自动保存：这一步在别处改过。"), "differences": told}, status=409)
    if row is None:
        return JsonResponse({"words": _("内容太长，没有自动保存。")}, status=413)
    moment = timezone.localtime(row.saved_at).strftime("%H:%M")
    return JsonResponse({"words": _("已自动保存 %(moment)s") % {"moment": moment}, "edition": row.edition})


@once
@require_POST
def input_drop(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Back to what was saved last."""
    work = _work_sent(request, number, step)
    inputs.input_drop(listing_id=work.ground.listing.pk, actor=request.user, step=step, part=work.part)
    release(request)
    return redirect("patents:listing_step", work.ground.listing.number, step)


@once
@require_POST
def patent_remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a patent out of the bundle."""
    listing = queries.listing_for(request.user, number)
    actions.patent_detach(listing_id=listing.pk, actor=request.user, patent_id=pk)
    return redirect("patents:listing_step", listing.number, "patent")


def _draft(request: HttpRequest, number: str) -> tuple[Listing, checks.Draft | None]:
    """The gate of all steps: the owner's listing, with its text while that can be edited."""
    listing = queries.listing_for(request.user, number)
    rules.require(rules.listing_edit, request.user, listing)
    version = queries.version_in_work(listing)
    if version is None or version.state != VersionState.EDITING:
        return listing, None
    return listing, queries.draft_to_judge(version)


def _too_late(request: HttpRequest, listing: Listing, step: str) -> HttpResponse:
    """The text was submitted or withdrawn: to its page; what was sent all the same is given back, to be copied."""
    version = queries.latest_version(listing)
    if request.method != "POST" or step not in STEPS_KEPT or version is None:
        return redirect("patents:listing_detail", listing.number)
    form = step_form(step, Ground(listing, queries.draft_of(version)), request.POST)
    context = {"listing": listing, "title": checks.STEPS[step], "typed": filled_in(form)}
    return render(request, "patents/listing_step_late.html", context, status=409)


def _work_sent(request: HttpRequest, number: str, step: str) -> Work:
    """The page that something was sent from; Conflict where it can no longer be saved."""
    if step not in STEPS_KEPT:
        raise Http404
    listing, draft = _draft(request, number)
    if draft is None or (step == "patent" and listing.public_version_id is not None):
        raise Conflict(_("这条技术现在不能编辑。"), _("提交后的文本不能改动；需要修改时，请在技术页面上点“修改”。"))
    if step != "patent":
        return Work(request, Ground(listing, draft), step)
    patent = _patent_asked(request, draft, request.POST.get("patent", ""))
    return Work(request, Ground(listing, draft, patent), step, str(patent.pk) if patent else "new")


# ---- the step of the patents


def _patent(request: HttpRequest, listing: Listing, draft: checks.Draft) -> HttpResponse:
    fixed = listing.public_version_id is not None
    asked = request.POST.get("patent") or request.GET.get("patent") or _waiting_patent(draft.unsaved)
    patent = _patent_asked(request, draft, asked)
    extra: dict[str, Any] = {"patent": patent, "fixed": fixed, "most": checks.MOST_PATENTS}
    if fixed or not (asked or not draft.patents):
        return _page(request, "patent", listing, draft, extra)
    work = Work(request, Ground(listing, draft, patent), "patent", str(patent.pk) if patent else "new")
    if request.method == "POST" and _saves(work, _attach):
        return redirect("patents:listing_edit", listing.number)
    earlier = [] if draft.patents else list(queries.own_patents(request.user)[:20])
    return _work_page(work, {**extra, "earlier": earlier})


def _waiting_patent(unsaved: Iterable[tuple[str, str]]) -> str:
    """The page of the step that has something waiting: opened by itself, or nobody would find it."""
    return next((part for step, part in unsaved if step == "patent"), "")


def _patent_asked(request: HttpRequest, draft: checks.Draft, asked: str) -> Patent | None:
    """A patent of the bundle, or one of the member's own that is free; None for a new one."""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    bundled = next((patent for patent in draft.patents if patent.pk == int(asked)), None)
    return bundled or queries.own_patents(request.user).filter(pk=int(asked)).first()


def _attach(work: Work) -> None:
    patent = work.ground.patent
    bundled = patent is not None and any(one.pk == patent.pk for one in work.ground.draft.patents)
    actions.patent_attach(
        listing_id=work.ground.listing.pk,
        actor=work.request.user,
        facts=work.form.cleaned_data["facts"],
        replaces=patent.pk if bundled and patent else None,
        part=work.part,
        basis=work.basis,
    )


# ---- the other steps


def _plain(request: HttpRequest, listing: Listing, draft: checks.Draft, step: str) -> HttpResponse:
    work = Work(request, Ground(listing, draft), step)
    if request.method == "POST" and _saves(work, _version_save):
        more = step == "requirements" and "more" in request.POST
        return redirect("patents:listing_step", listing.number, step) if more else _to_list(listing)
    return _work_page(work, {})


def _version_save(work: Work) -> None:
    actions.version_save(
        listing_id=work.ground.listing.pk, actor=work.request.user, step=work.step,
        values=step_values(work.step, work.form), basis=work.basis,
    )  # fmt: skip


def _files(request: HttpRequest, listing: Listing, draft: checks.Draft) -> HttpResponse:
    if request.method == "POST" and "done" in request.POST:
        actions.version_save(listing_id=listing.pk, actor=request.user, step="files", values={})
        return _to_list(listing)
    form = AttachmentForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.attachment_add(listing_id=listing.pk, actor=request.user, **form.cleaned_data)
            return redirect("patents:listing_step", listing.number, "files")
        except (Conflict, ValidationError) as refused:
            form.add_error(
                "upload", getattr(refused, "messages", None) or str(getattr(refused, "reason", _("这个文件不能上传。")))
            )
    return _page(request, "files", listing, draft, {"form": form, "most": checks.MOST_FILES})


def _to_list(listing: Listing) -> HttpResponse:
    return redirect("patents:listing_edit", listing.number)


# ---- what the steps share


def _saves(work: Work, write: Any) -> bool:
    """Write what is right; keep what is not as it was typed; say what differs when another window was faster."""
    try:
        if work.form.is_valid():
            write(work)
            work.done()
            return True
    except StepMoved as refusal:
        work.refused(refusal)
        return False
    except Conflict as refused:
        if work.step != "patent":
            raise
        # The number is refused beside its box, with everything that was typed.
        work.form.add_error("number", f"{refused.reason}{refused.advice}")
    _keep_typed(work)
    return False


def _keep_typed(work: Work) -> None:
    try:
        if work.basis is not None:
            work.keep()
    except StepMoved as refusal:
        work.refused(refusal)


def _work_page(work: Work, extra: dict[str, Any]) -> HttpResponse:
    form = work.form
    shown = {
        "form": None if work.is_restored and hasattr(form, "management_form") else form,
        "forms": form.forms if hasattr(form, "forms") else [form],
        "formset": form,
        "work": work,
    }
    response = _page(work.request, work.step, work.ground.listing, work.ground.draft, {**shown, **extra})
    if work.moved is not None:
        response.status_code = 409
    return response


def _page(
    request: HttpRequest, step: str, listing: Listing, draft: checks.Draft, extra: dict[str, Any]
) -> HttpResponse:
    place = list(checks.STEPS).index(step) + 1
    context = {
        "listing": listing, "draft": draft, "version": draft.version, "step": step, "title": checks.STEPS[step],
        "place": place, "places": len(checks.STEPS),
    }  # fmt: skip
    return render(request, f"patents/listing_step_{step}.html", {**context, **extra})
