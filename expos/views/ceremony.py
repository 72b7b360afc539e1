"""The signing ceremony: its queue on the big screen, and the host who calls up. Read next: ../actions/ceremony.py."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from expos import door_rules as rules
from expos import edition_page, result_page
from expos import queries as editions
from expos import result_queries as queries
from expos.actions import ceremony as actions
from expos.forms.results import OrderForm, StageForm
from expos.states import CEREMONY_MOVES, CeremonyState
from platform_site.accounts.rules import require
from platform_site.errors import NotAllowed
from platform_site.outbox.once import once

TONES = {
    CeremonyState.QUEUED: "", CeremonyState.CALLED: "cinn", CeremonyState.SIGNED: "jade", CeremonyState.ABSENT: "ochre",
}  # fmt: skip
WORDS = {
    CeremonyState.CALLED: gettext_lazy("请上台"), CeremonyState.SIGNED: gettext_lazy("已签约"), CeremonyState.ABSENT: gettext_lazy("未到场"),
    CeremonyState.QUEUED: gettext_lazy("回到候签"),
}  # fmt: skip


@login_not_required
@require_safe
def ceremony_list(request: HttpRequest, year: int) -> HttpResponse:
    """The queue; `?screen=1` is the big screen: who is on the stage, and the next five."""
    expo = editions.expo_of(year)
    queue = queries.ceremony_of(expo)
    if request.GET.get("screen"):
        waiting = [one for one in queue if one.state == CeremonyState.QUEUED]
        called = next((one for one in queue if one.state == CeremonyState.CALLED), None)
        signed = sum(one.state == CeremonyState.SIGNED for one in queue)
        context = {"expo": expo, "called": called, "waiting": waiting[:5], "signed": signed, "all": len(queue)}
        answer = render(request, "expos/ceremony_screen.html", context)
        answer["Refresh"] = "10"  # seconds
        return answer
    context = {
        **edition_page.shared(request.user, expo, "expos:result_list"),
        "rows": [
            {
                "row": one, "tag": (one.get_state_display(), TONES[CeremonyState(one.state)]),
                "rung": result_page.rung_tag(one.result),
                "moves": [(to.value, WORDS[to]) for to in CeremonyState if to in CEREMONY_MOVES[CeremonyState(one.state)]],
            }
            for one in queue
        ],
        "keeps": rules.ceremony_move(request.user, expo),
    }  # fmt: skip
    return render(request, "expos/ceremony_list.html", context)


@require_POST
@once
def ceremony_join(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = editions.expo_of(year)
    row = queries.result_for(request.user, expo, pk)
    require(rules.ceremony_join, request.user, expo)
    made = actions.ceremony_join(result_id=row.pk, actor=request.user)
    messages.success(request, _("已列入签约仪式，第 %(place)d 位。") % {"place": made.place})
    return redirect("expos:ceremony_list", year)


@require_POST
@once
def ceremony_order(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = editions.expo_of(year)
    require(rules.ceremony_order, request.user, expo)
    form = OrderForm(request.POST)
    if not form.is_valid():
        raise NotAllowed(_("次序须是数字。"))
    actions.ceremony_order(
        ceremony_id=queries.ceremony_place(expo, pk).pk, actor=request.user, place=form.cleaned_data["place"]
    )
    return redirect("expos:ceremony_list", year)


@require_POST
@once
def ceremony_move(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = editions.expo_of(year)
    require(rules.ceremony_move, request.user, expo)
    form = StageForm(request.POST)
    if not form.is_valid():
        raise NotAllowed(_("没有这样的步骤。"))
    actions.ceremony_move(
        ceremony_id=queries.ceremony_place(expo, pk).pk, actor=request.user, to=form.cleaned_data["to"]
    )
    return redirect("expos:ceremony_list", year)
