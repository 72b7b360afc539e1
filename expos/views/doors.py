"""The doors: a code box that works without script, the answer full-screen, what was scanned offline. Read next: registrations.py."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from expos import door_page as shown
from expos import door_queries as queries
from expos import door_rules as rules
from expos import edition_page
from expos import queries as editions
from expos.actions import passages as actions
from expos.forms.doors import KeeperForm, ScanForm, SyncForm
from expos.models import Expo, Hall
from expos.states import Direction
from platform_site.accounts.rules import require
from platform_site.outbox.once import once, once_in_parts
from platform_site.ui.acting import posted

from .expo_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
CAMERA = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"  # this page alone may ask for it


def _keeping(request: HttpRequest, year: int) -> Expo:
    """The gate of whoever keeps the doors."""
    expo = editions.expo_of(year)
    require(rules.passage_make, request.user, expo)
    return expo


@require_safe
def door_list(request: HttpRequest, year: int) -> HttpResponse:
    """Choose the entrance or a hall; how many are where; visits and persons so far; `?format=json` for the host's screen."""
    expo = _keeping(request, year)
    places, counted = shown.door_rows(expo), queries.footfall(expo)
    if request.GET.get("format") == "json":
        names = ("name", "inside", "room")
        return JsonResponse({**counted, "places": [{name: row[name] for name in names} for row in places]})
    context = {
        **edition_page.shared(request.user, expo, ""), "places": places, "counted": counted,
        "keepers": list(queries.keepers_of(expo)),
    }  # fmt: skip
    return render(request, "expos/door_list.html", context)


@require_safe
def door_detail(request: HttpRequest, year: int, place: str) -> HttpResponse:
    """One door. `?done=` is the passage that was just made, `?way=out` lets people out."""
    expo = _keeping(request, year)
    hall = queries.place_of(expo, place)
    done = request.GET.get("done", "")
    said = (
        shown.verdict(queries.passage_for(expo, int(done)))
        if done.isascii() and done.isdigit() and len(done) < 16
        else None
    )
    way = Direction.OUT if request.GET.get("way") == Direction.OUT else Direction.IN
    return _door(request, expo, hall, place, ScanForm(direction=way), said)


def _door(
    request: HttpRequest, expo: Expo, hall: Hall | None, place: str, form: ScanForm, said: dict[str, Any] | None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        **edition_page.shared(request.user, expo, ""), "form": form, "place": place, "name": shown.place_name(hall),
        "inside": queries.inside(expo, hall.pk if hall else queries.VENUE), "room": hall.people if hall else None,
        "said": said, "sync": SyncForm(),
    }  # fmt: skip
    answer = render(request, "expos/door_detail.html", context, status=status)
    answer["Permissions-Policy"] = CAMERA
    return answer


@require_POST
@once
def passage_make(request: HttpRequest, year: int, place: str) -> HttpResponse:
    """A scan: back to the door with what became of it, or JSON for the door's own script."""
    expo = _keeping(request, year)
    hall, as_json = queries.place_of(expo, place), request.POST.get("format") == "json"
    form = ScanForm(request.POST)
    said, status, made = None, 200, None
    if form.is_valid():
        try:
            made = actions.passage_make(expo_id=expo.pk, actor=request.user, scan=form.scan(hall))
        except actions.Refused as refused:
            said, status = shown.refusal(refused), refused.status
    if as_json:
        said = shown.verdict(made) if made else said or {"tone": "no", "sign": "×", "word": _("请扫码或者输入编号。")}
        inside = queries.inside(expo, hall.pk if hall else queries.VENUE)
        return JsonResponse({**said, "inside": inside}, status=status)
    if made:
        way = f"&way={made.direction}" if made.direction == Direction.OUT else ""
        return redirect(f"{redirect('expos:door_detail', year, place).url}?done={made.pk}{way}")
    return _door(request, expo, hall, place, form, said, status)


@require_POST
@once
def passage_undo(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = _keeping(request, year)
    row = queries.passage_for(expo, pk)
    made = actions.passage_undo(passage_id=row.pk, actor=request.user)
    if request.POST.get("format") == "json":
        return JsonResponse(
            {**shown.verdict(queries.passage_for(expo, made.pk)), "inside": queries.inside(expo, row.place)}
        )
    place = row.hall.code if row.hall else queries.ENTRANCE
    return redirect(f"{redirect('expos:door_detail', year, place).url}?done={made.pk}")


@require_POST
@once_in_parts
def passages_sync(request: HttpRequest, year: int, place: str) -> HttpResponse:
    """What a device kept while it was offline; the report is a page."""
    expo = _keeping(request, year)
    hall, form = queries.place_of(expo, place), SyncForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(words) for errors in form.errors.values() for words in errors))
        return redirect("expos:door_detail", year, place)
    batch = actions.passages_sync(expo=expo, actor=request.user, hall=hall, scans=form.scans_of(hall))
    return redirect("expos:batch_detail", year, batch.pk)


@require_safe
def batch_detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The fate of each scan; refused ones first."""
    expo = editions.expo_of(year)
    batch = queries.batch_for(request.user, expo, pk)
    rows = sorted(batch.rows, key=lambda row: (row["fate"] == "ok", row["at"]))
    context = {
        **edition_page.shared(request.user, expo, ""), "batch": batch, "name": shown.place_name(batch.hall),
        "place": batch.hall.code if batch.hall else queries.ENTRANCE, "refused": sum(row["fate"] != "ok" for row in rows),
        "rows": [shown.scan_row(row) for row in rows],
    }  # fmt: skip
    return render(request, "expos/batch_detail.html", context)


@read_or_post
@once
def doorkeeper_name(request: HttpRequest, year: int) -> HttpResponse:
    expo = editions.expo_of(year)
    require(rules.doorkeeper_name, request.user, expo)
    return act_page(
        request, KeeperForm(*posted(request)[:1], expo=expo),
        lambda data: actions.doorkeeper_name(expo_id=expo.pk, actor=request.user, **data),
        expo=expo, title=_("指定入口工作人员"), submit=_("指定"), done=_("已指定，值守当天可以在入口扫码。"),
        back=redirect("expos:door_list", year).url,
        note=_("工作人员只在所列日期值守入口，看不到登记名单。"),
    )  # fmt: skip


@require_POST
@once
def doorkeeper_end(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    expo = editions.expo_of(year)
    require(rules.doorkeeper_end, request.user, expo)
    actions.doorkeeper_end(keeper_id=queries.keeper_for(expo, pk).pk, actor=request.user)
    messages.success(request, _("已取消。"))
    return redirect("expos:door_list", year)
