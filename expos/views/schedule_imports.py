"""A schedule file of another program: read, judged row by row, written once. Read next: ../actions/schedule_imports.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import edition_page
from expos import programme_queries as reads
from expos import schedule_fates as fates
from expos.actions import schedule_imports as actions
from expos.forms.programme import COLUMNS, ScheduleForm
from platform_site.errors import Conflict
from platform_site.outbox.once import once
from platform_site.ui.acting import posted
from platform_site.ui.pagination import paged

from .gates import run_by

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
HERE = "expos:programme_detail"


@read_or_post
@once
def schedule_import(request: HttpRequest, year: int) -> HttpResponse:
    """Bring a file: every row is judged, nothing is written yet."""
    expo = run_by(request, year)
    form, status = ScheduleForm(*posted(request)), 200
    if form.is_bound and form.is_valid():
        found = form.cleaned_data["schedule"]
        try:
            made = actions.schedule_import(
                expo_id=expo.pk, actor=request.user, name=form.cleaned_data["upload"].name, entries=found.entries,
                ignored=found.ignored, shift=form.cleaned_data["shift"],
            )  # fmt: skip
            return redirect(made)
        except Conflict as refused:
            form.add_error(None, f"{refused.reason}{refused.advice}")
            status = refused.status
    files, window = paged(request, reads.imports_of(expo))
    columns = [str(label) for label in COLUMNS.values()]
    context = {**edition_page.shared(request.user, expo, HERE), "form": form, "files": files, "window": window, "columns": columns}  # fmt: skip
    return render(request, "expos/schedule_import.html", context, status=status)


@require_safe
def schedule_import_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Every row with its fate: as it would be now, or as it was written."""
    expo = run_by(request, year)
    made, rooms = reads.import_of(expo, pk), []
    if made.written_at is None:
        judge = fates.Judge(expo, shift=made.shift)
        found = judge.rows(made.entries)
        rooms = fates.new_rooms(judge, found)
        rows = [(row.line, row.title, row.fate, row.reason) for row in found]
    else:
        rows = [(row["line"], row["title"], row["fate"], row["reason"]) for row in made.fates]
    counts = [(words, tone, sum(row[2] == fate for row in rows)) for fate, (words, tone) in fates.FATES.items()]
    context = {
        **edition_page.shared(request.user, expo, HERE), "file": made, "rooms": rooms, "counts": counts,
        "rows": [(line, title, *fates.FATES[fate], reason) for line, title, fate, reason in rows],
        "count": sum(row[2] in (fates.NEW, fates.CHANGED, fates.UNPLACED) for row in rows),
    }  # fmt: skip
    return render(request, "expos/schedule_import_detail.html", context)


@require_POST
@once
def schedule_import_write(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = run_by(request, year)
    made = actions.schedule_import_write(import_id=reads.import_of(expo, pk).pk, actor=request.user)
    count = sum(row["fate"] in (fates.NEW, fates.CHANGED, fates.UNPLACED) for row in made.fates)
    messages.success(request, _("已写入 %(count)d 场活动，发布下一版后公开。") % {"count": count})
    return redirect(made)
