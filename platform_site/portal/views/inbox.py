"""Notices to the reader, and which of them also come by e-mail. Read next: platform_site/notices/kinds.py."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from platform_site.notices import actions, queries
from platform_site.notices.kinds import KINDS
from platform_site.notices.models import Notice
from platform_site.notices.wording import worded
from platform_site.outbox.once import once
from platform_site.ui.languages import han_marked
from platform_site.ui.pagination import paged


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    notices, window = paged(request, queries.inbox_unread_first(request.user))
    for notice in notices:
        notice.subject, notice.text = map(han_marked, _words(notice))
        notice.url = f"/{get_language()}{notice.path}" if notice.path else ""
    return render(request, "portal/inbox.html", {"notices": notices, "window": window})


def _words(notice: Notice) -> tuple[str, str]:
    """A notice of an earlier version may lack what today's sentence names: one row never costs the whole page."""
    try:
        return worded(notice)
    except LookupError:
        known = KINDS.get(notice.kind)
        return (str(known.label) if known else _("通知")), ""


@require_POST
@once
def inbox_read(request: HttpRequest) -> HttpResponse:
    """Mark all as read, or those that were ticked."""
    chosen = None if "all" in request.POST else _numbers(request.POST.getlist("notice"))
    count = actions.notices_read(actor=request.user, notice_ids=chosen)
    messages.success(
        request,
        ngettext("已把 %(count)d 条通知标为已读。", "已把 %(count)d 条通知标为已读。", count) % {"count": count},
    )
    return redirect("portal:inbox")


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 18]


class NoticePreferencesForm(forms.Form):
    """One box for each sort of notice; kinds that share a label (the results of one procedure) share a box."""

    by_mail = forms.MultipleChoiceField(
        label=gettext_lazy("同时发到电子邮箱的通知"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("不勾选的通知仍会出现在收件箱里。"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by_mail"].choices = [(kinds[0], KINDS[kinds[0]].label) for kinds in _sorts()]

    def chosen_kinds(self) -> set[str]:
        wanted = set(self.cleaned_data["by_mail"])
        return {kind for kinds in _sorts() if kinds[0] in wanted for kind in kinds}


def _sorts() -> list[list[str]]:
    sorts: dict[str, list[str]] = {}
    for name, kind in KINDS.items():
        sorts.setdefault(str(kind.label), []).append(name)
    return list(sorts.values())


@require_http_methods(["GET", "HEAD", "POST"])
@once
def notice_preferences(request: HttpRequest) -> HttpResponse:
    silent = queries.kinds_not_mailed(request.user)
    initial = {"by_mail": [kinds[0] for kinds in _sorts() if not silent.issuperset(kinds)]}
    form = NoticePreferencesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.preferences_set(actor=request.user, by_mail=form.chosen_kinds())
        messages.success(request, _("通知设置已保存。"))
        return redirect("portal:notice_preferences")
    return render(request, "portal/notice_preferences.html", {"form": form})
