"""Files of listings: each is served only after the question who may have it. Read next: ../rules.py."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from patents import queries, rules
from patents.actions import listings as actions
from platform_site.files.store import serve
from platform_site.outbox.once import once


@login_not_required
@require_safe
def attachment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes, for whoever may see the version they belong to; 404 for everybody else."""
    attachment = queries.attachment_for(pk)
    public = rules.attachment_is_public(attachment)
    if not public and not rules.attachment_read(request.user, attachment, queries.reviewing_codes(request.user)):
        raise Http404
    return serve(attachment.file, public=public)


@once
@require_POST
def attachment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off the version being edited."""
    attachment = queries.attachment_for(pk)
    if not rules.attachment_read(request.user, attachment, queries.reviewing_codes(request.user)):
        raise Http404
    listing = actions.attachment_remove(attachment_id=attachment.pk, actor=request.user)
    return redirect("patents:listing_step", listing.number, "files")
