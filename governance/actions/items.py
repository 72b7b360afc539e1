"""What a meeting deals with: proposed by a seat or the office, put on the agenda or declined, with papers. Read next: ballots.py."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from governance import meeting_queries as queries
from governance import meeting_rules as rules
from governance.models import AgendaItem, ItemPaper, Meeting, PlanVersion, Seat
from governance.queries import mandate_of
from governance.states import ITEM_MOVES, ItemKind, ItemState, MeetingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.states import move

from . import effects

COLLECTING = (MeetingState.PREPARING, MeetingState.CALLED)
UNDER_WAY = (*COLLECTING, MeetingState.IN_SESSION)
MOST_PAPERS = 20


def item_write(
    *, meeting: Meeting, kind: ItemKind, title_zh: str, title_en: str, actor: User, version: PlanVersion | None = None,
    change: dict[str, Any] | None = None, seat: Seat | None = None, text_zh: str = "", text_en: str = "",
) -> AgendaItem:  # fmt: skip
    """A proposed item of a locked meeting; `seat` is for whom, none is the office. Part of item_propose and of tabling a plan.

    Raises: Conflict (the meeting does not collect items any more).
    """
    if meeting.state not in COLLECTING:
        raise Conflict(
            _("这次会议是“%(state)s”，不再收集议题。") % {"state": meeting.get_state_display()},
            _("请在下一次会议提出。"),
        )
    return AgendaItem.objects.create(
        meeting=meeting, kind=kind, title_zh=title_zh, title_en=title_en, text_zh=text_zh, text_en=text_en,
        version=version, change=change or {}, seat=seat, proposed_by=actor, proposed_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def item_propose(*, meeting_id: int, actor: User, kind: ItemKind, **values: Any) -> AgendaItem:
    """Propose something to decide; the office puts it on the agenda or says why not.

    `values`: title_zh, title_en, text_zh, text_en, change (of a rotation, an order, a rule, as forms/items.py makes it).
    Raises: NotAllowed (no seat today, not the office); Conflict (too late; what the record would refuse by today; a plan,
    which is tabled from its own page).
    """
    mandate = mandate_of(actor)
    meeting = queries.lock_meeting(meeting_id)  # lock
    require(rules.item_propose, actor, mandate, _("只有领导小组的席位和办公室可以提出议题。"))  # may
    if kind in effects.OF_PLANS:
        raise Conflict(_("年度工作计划由轮值主任在计划页面提请审议。"))
    if refusal := effects.effect_refusal(kind, values.get("change") or {}):
        raise Conflict(refusal)
    item = item_write(  # move, write
        meeting=meeting, kind=kind, actor=actor, seat=mandate.seat if mandate else None, **values
    )
    record(actor=actor, verb="governance.item_propose", target=item, meeting=meeting.pk, kind=kind)  # record
    return item  # the office finds it on its desk


@transaction.atomic
def item_list(*, item_id: int, actor: User) -> AgendaItem:
    """Put an item on the agenda under the next number.

    Raises: NotAllowed (not the office); Conflict (the meeting is over); MoveRefused.
    """
    item = queries.lock_item(item_id)  # lock
    require(rules.office, actor, item, _("议程由领导小组办公室编排。"))  # may
    _require_under_way(item.meeting)
    move(item, ItemState.LISTED, ITEM_MOVES)  # move
    last = AgendaItem.objects.filter(meeting=item.meeting_id).aggregate(last=Max("number"))["last"] or 0
    item.number = last + 1  # write
    item.save(update_fields=["state", "number"])
    record(actor=actor, verb="governance.item_list", target=item, number=item.number)  # record
    return item  # whoever is invited is told with the call


@transaction.atomic
def item_decline(*, item_id: int, actor: User, reason: str) -> AgendaItem:
    """Leave an item out, or take it off the agenda while nobody has voted on it, and say why.

    Raises: NotAllowed (not the office); Conflict (no reason, a ballot on it, the meeting is over); MoveRefused.
    """
    item = queries.lock_item(item_id)  # lock
    require(rules.office, actor, item, _("议程由领导小组办公室编排。"))  # may
    _require_under_way(item.meeting)
    if not reason.strip():
        raise Conflict(_("请写明不列入的理由，提出的席位会看到。"))
    if item.ballots.exists():
        raise Conflict(_("这个议题已经交付表决，不能再撤下。"))
    _decline(item, reason.strip())  # move, write
    record(actor=actor, verb="governance.item_decline", target=item)  # record
    return item  # told by the page of the meeting


@transaction.atomic
def paper_add(*, item_id: int, actor: User, title: str, upload: UploadedFile) -> ItemPaper:
    """Add a paper to an item: by the seat that has proposed it, or the office, until the meeting is over.

    Raises: NotAllowed (another seat); Conflict (the meeting is over, too many); ValidationError (not a document).
    """
    mandate = mandate_of(actor)
    item = queries.lock_item(item_id)  # lock
    own = mandate if mandate is not None and mandate.seat.pk == item.seat_id else None
    require(rules.item_propose, actor, own, _("材料由提出议题的席位或者办公室添加。"))  # may
    _require_under_way(item.meeting)
    if item.state in (ItemState.DECLINED, ItemState.DONE) or item.papers.count() >= MOST_PAPERS:
        raise Conflict(_("这个议题不再接收材料。"), _("已审议或未列入的议题，以及已有二十份材料的议题，不能再添加。"))
    paper = ItemPaper.objects.create(  # write
        item=item, file=store.store(upload=upload, owner=actor), title=title, added_by=actor, added_at=clock.now()
    )
    record(actor=actor, verb="governance.paper_add", target=item, paper=paper.pk)  # record
    return paper  # told with the meeting


def items_close(meeting: Meeting) -> None:
    """When a meeting is over: what was on the agenda is done with; a plan that nobody voted on goes back."""
    for item in queries.lock_items(meeting):
        if item.state == ItemState.LISTED:
            move(item, ItemState.DONE, ITEM_MOVES)
            item.save(update_fields=["state"])
            effects.effect_miss(item)


def items_drop(meeting: Meeting, reason: str) -> None:
    """When a meeting is cancelled: nothing of its agenda is dealt with."""
    for item in queries.lock_items(meeting):
        if item.state in (ItemState.PROPOSED, ItemState.LISTED):
            _decline(item, reason)


def _decline(item: AgendaItem, reason: str) -> None:
    move(item, ItemState.DECLINED, ITEM_MOVES)
    item.number, item.declined_because = None, reason
    item.save(update_fields=["state", "number", "declined_because"])
    effects.effect_miss(item)


def _require_under_way(meeting: Meeting) -> None:
    if meeting.state not in UNDER_WAY:
        raise Conflict(_("这次会议是“%(state)s”，议程不再变动。") % {"state": meeting.get_state_display()})
