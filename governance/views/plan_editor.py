"""The editor of a plan: outline, one text at a time, what is still wrong. Read next: plan_outline.py.

A text is saved on the revision that its page shows. Where somebody was faster, the page comes back (409) with both texts
side by side, and each box is chosen; where the text can no longer be saved, what was typed is given back to be copied.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance import plan_queries as queries
from governance import plan_readers as readers
from governance import plan_shown as shown
from governance.actions import plan_texts as actions
from governance.forms import plan_texts as forms
from governance.models import AnnualWorkPlan, PlanVersion
from governance.plan_text import SECTION, TASK, Document
from platform_site.accounts.held import as_sent, as_typed, held_for, holds_typed, release
from platform_site.errors import Conflict, NotAllowed
from platform_site.outbox.once import once

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Desk:
    """The gate of all editing: the plan, its version under way, for the group's office."""

    request: HttpRequest
    plan: AnnualWorkPlan
    version: PlanVersion

    @classmethod
    def of(cls, request: HttpRequest, year: int) -> "Desk":
        """404 for who may not see the plan, 403 for who does not edit it, 409 where nothing can be edited and nothing was sent."""
        reader = readers.reader_of(request.user)
        plan = queries.plan_for(reader, year)
        if not reader.is_office:
            raise NotAllowed(_("计划的文本由领导小组办公室编辑。"), _("您可以在征求意见期间提意见。"))
        version = queries.under_way(plan)
        if version is None or (request.method != "POST" and not queries.editable(plan, version)):
            raise Conflict(
                _("这份计划的文本现在不能编辑。"),
                _("提请审议以后的文本已经冻结；已发布的计划通过“修订计划”改动。"),
            )
        return cls(request, plan, version)

    @property
    def is_open(self) -> bool:
        return queries.editable(self.plan, self.version)

    @cached_property
    def document(self) -> Document:
        return queries.document_of(self.version)

    def page(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """With the outline and what is still wrong beside it."""
        document = self.document
        frame = {
            "plan": self.plan, "version": self.version, "outline": shown.chapters(document),
            "problems": shown.problems(document),
        }  # fmt: skip
        return render(self.request, f"governance/{template}.html", frame | context, status=status)


@require_safe
def plan_edit(request: HttpRequest, year: int) -> HttpResponse:
    desk = Desk.of(request, year)
    return desk.page("plan_edit", {"unanswered": queries.unanswered(desk.version)})


@holds_typed
@read_or_post
@once
def preface_save(request: HttpRequest, year: int) -> HttpResponse:
    """Guiding thought, goals, safeguards; of an amendment its reason."""
    desk = Desk.of(request, year)

    def make(row: Any, data: Any) -> forms.TextForm:
        initial = forms.initial_of(row, forms.PrefaceForm.names)
        return forms.PrefaceForm(data, initial=initial, is_amendment=desk.version.number > 1)

    def save(sent: forms.TextForm) -> None:
        actions.preface_save(
            version_id=desk.version.pk, actor=request.user, values=sent.values, revision=sent.cleaned_data["revision"]
        )

    fresh = partial(queries.under_way, desk.plan)
    return _text_page(desk, _Text("preface", _("前言和保障"), make, save, row=desk.version, fresh=fresh))


@holds_typed
@read_or_post
@once
def section_create(request: HttpRequest, year: int) -> HttpResponse:
    desk = Desk.of(request, year)

    def save(sent: forms.TextForm) -> None:
        actions.section_create(version_id=desk.version.pk, actor=request.user, values=sent.values)

    return _text_page(desk, _Text("section-new", _("新增一章"), _section_form, save))


@holds_typed
@read_or_post
@once
def section_save(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    desk = Desk.of(request, year)
    section = queries.section_of(desk.version, pk)
    _require_there(request, section)

    def save(sent: forms.TextForm) -> None:
        actions.section_save(
            version_id=desk.version.pk, section_id=pk, actor=request.user, values=sent.values,
            revision=sent.cleaned_data["revision"],
        )  # fmt: skip

    fresh = partial(queries.section_of, desk.version, pk)
    text = _Text(f"section-{pk}", _("章名"), _section_form, save, {"section": section}, row=section, fresh=fresh)
    return _text_page(desk, text)


@holds_typed
@read_or_post
@once
def task_create(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """A new task at the end of the chapter `pk`."""
    desk = Desk.of(request, year)
    section = queries.section_of(desk.version, pk)
    _require_there(request, section)

    def save(sent: forms.TextForm) -> None:
        actions.task_create(
            version_id=desk.version.pk, section_id=pk, actor=request.user, values=sent.values,
            duties=sent.duties,  # type: ignore[attr-defined]
        )  # fmt: skip

    text = _Text(f"task-new-{pk}", _("新增任务"), _task_form, save, {"section": section}, "task_save")
    return _text_page(desk, text)


@holds_typed
@read_or_post
@once
def task_save(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    desk = Desk.of(request, year)
    row = queries.text_of(desk.version, pk)
    _require_there(request, row)

    def save(sent: forms.TextForm) -> None:
        actions.task_save(
            version_id=desk.version.pk, task_id=pk, actor=request.user, values=sent.values,
            duties=sent.duties, revision=sent.cleaned_data["revision"],  # type: ignore[attr-defined]
        )  # fmt: skip

    title, fresh = f"{row.number} {row}" if row else _("任务"), partial(queries.text_of, desk.version, pk)
    text = _Text(f"task-{pk}", title, _task_form, save, {"text": row}, "task_save", row=row, fresh=fresh)
    return _text_page(desk, text)


# ---- what the texts share


def _section_form(row: Any, data: Any) -> forms.TextForm:
    return forms.SectionForm(data, initial=forms.initial_of(row, SECTION) if row else None)


def _task_form(row: Any, data: Any) -> forms.TextForm:
    if row is None:
        return forms.TaskForm(data)
    duties = [queries.assignment(duty) for duty in row.duties.all()]
    return forms.TaskForm(data, initial=forms.initial_of(row, TASK) | forms.duties_initial(duties))


@dataclass(frozen=True)
class _Text:
    """One text that is edited: its name on the page, a maker of its form from a row, how it is saved, how it is read anew."""

    part: str
    title: str | Promise
    make: Callable[[Any, Any], forms.TextForm]
    save: Callable[[forms.TextForm], None]
    extra: dict[str, Any] | None = None
    template: str = "plan_edit_text"
    row: Any = None
    fresh: Callable[[], Any] = lambda: None

    def form(self, data: Any = None) -> forms.TextForm:
        return self.make(self.row, data)

    def saved(self) -> forms.TextForm:
        """What stands there by now."""
        return self.make(self.fresh(), None)


def _require_there(request: HttpRequest, row: Any) -> None:
    """Nothing at this address; what was typed for something that is gone meanwhile is given back all the same."""
    if row is None and request.method != "POST":
        raise Http404


def _text_page(desk: Desk, text: _Text) -> HttpResponse:
    request = desk.request
    if request.method != "POST":
        held = _held(request, text.part)
        form = as_typed(text.form(as_sent(held))) if held else text.form()
        return _form_page(desk, text, form, is_restored=bool(held))
    sent = request.POST
    if any(name.startswith(forms.KEEP) for name in sent):
        sent = forms.chosen(sent, text.form())
    form = text.form(sent)
    if not form.is_valid():
        return _form_page(desk, text, form) if desk.is_open else _late(desk, text, form, "")
    try:
        text.save(form)
    except actions.TextMoved as refused:
        return _moved(desk, text, form, refused)
    except Conflict as refused:
        return _late(desk, text, form, f"{refused.reason}{refused.advice}")
    release(request)
    messages.success(request, _("已保存：%(what)s。") % {"what": text.title})
    return redirect("governance:plan_edit", desk.plan.year)


def _form_page(desk: Desk, text: _Text, form: forms.TextForm, is_restored: bool = False) -> HttpResponse:
    context = {"form": form, "title": text.title, "part": text.part, "is_restored": is_restored}
    return desk.page(text.template, context | (text.extra or {}))


def _moved(desk: Desk, text: _Text, form: forms.TextForm, refused: Conflict) -> HttpResponse:
    """Both texts, box by box; the next save is built on the revision that stands there now."""
    theirs = text.saved()
    rows = forms.conflict(form, theirs)
    if not rows:
        messages.success(desk.request, _("别人刚刚保存了相同的内容，没有需要再改的。"))
        return redirect("governance:plan_edit", desk.plan.year)
    kept = [(name, value) for name in form.data if name in form.fields for value in form.data.getlist(name)[-1:]]
    context = {
        "form": form, "title": text.title, "part": text.part, "refused": refused, "rows": rows,
        "kept": [(name, value) for name, value in kept if name != "revision"],
        "revision": theirs.get_initial_for_field(theirs.fields["revision"], "revision"),
    }  # fmt: skip
    return desk.page("plan_edit_moved", context, status=409)


def _late(desk: Desk, text: _Text, form: forms.TextForm, words: str) -> HttpResponse:
    context = {"title": text.title, "words": words, "typed": forms.typed_in(form), "is_open": desk.is_open}
    context |= {"plan": desk.plan, "version": desk.version}
    return render(desk.request, "governance/plan_edit_late.html", context, status=409)


def _held(request: HttpRequest, part: str) -> dict[str, list[str]] | None:
    """What was typed into this very text before the login ended; another text of the same plan waits for its own page."""
    held = held_for(request)
    return held if held and held.get("part") == [part] else None
