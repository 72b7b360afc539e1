"""Facilities as they are kept: registered, changed, closed, opened again; pictures and managers. Read next: facility_sheets.py."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from governance import facility_queries as queries
from governance import facility_words, stationing_queries, visit_queries
from governance import resource_rules as rules
from governance.actions import stationings, visits
from governance.models import Equipment, Facility, FacilityManager, FacilityPicture, OpeningException, OpeningHours
from governance.states import FACILITY_MOVES, VISIT_AHEAD, FacilityState, VisitState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from platform_site.ui.formats import grouped

# What a form gives of a facility itself.
FIELDS = (
    "city_code", "name_zh", "name_en", "address_zh", "address_en", "about_zh", "about_en", "services_zh", "services_en",
    "visitors", "places", "area_m2", "power_kw", "permits", "languages", "contact", "phone", "email", "slot_minutes",
    "keeps_holidays", "facts",
)  # fmt: skip
MOST_PICTURES = 8
Values = Mapping[str, Any]


@transaction.atomic
def facility_create(*, province_code: str, actor: User, values: Values) -> Facility:
    """Register a facility of a province. `values`: FIELDS, kind, and the rows `equipment`, `hours`, `exceptions`.

    Units: area m², power kW, hours in minutes of a day in Shanghai. Raises: NotAllowed (no officer of that province).
    """
    require(rules.facility_create, actor, province_code)  # lock (the slug's, below), may
    moment = clock.now()
    facility = Facility(  # move
        slug=queries.slug_for(province_code, values.get("name_en", ""), values["kind"]), kind=values["kind"],
        province_id=province_code, created_at=moment, updated_at=moment,
        **{name: values[name] for name in FIELDS if name in values},
    )  # fmt: skip
    facility.save(force_insert=True)  # write
    _parts_write(facility, values)
    record(actor=actor, verb="governance.facility_create", target=facility, province_code=province_code)  # record
    return facility  # tell: nobody; the catalogue shows it


@transaction.atomic
def facility_save(*, facility_id: int, actor: User, values: Values) -> Facility:
    """Change what is said of a facility. More room moves up who waits for it.

    Raises: NotAllowed; Conflict (less room than is promised already, or closed).
    """
    facility = queries.lock_facility(facility_id)  # lock
    require(rules.facility_keep, actor, facility)  # may
    if not facility.is_open:
        raise Conflict(_("已停止开放的资源不能修改。"), _("恢复开放以后可以修改。"))
    for name in FIELDS:  # move
        setattr(facility, name, values.get(name, getattr(facility, name)))
    _refuse_less_than_promised(facility)
    facility.updated_at = clock.now()
    facility.save()  # write
    _parts_write(facility, values)
    record(actor=actor, verb="governance.facility_save", target=facility, province_code=facility.province_id)  # record
    visits.visits_move_up(facility=facility)  # tell: whoever moves up
    stationings.stationings_move_up(facility=facility)
    return facility


def _refuse_less_than_promised(facility: Facility) -> None:
    expected, held = visit_queries.most_expected(facility.pk), stationing_queries.most_held(facility)
    if facility.visitors < expected:
        raise Conflict(
            _("已有预约同时到访 %(people)d 人，接待人数不能少于这个数。") % {"people": expected},
            _("请先与预约人商量改期。"),
        )
    if not stationing_queries.amounts_of(facility).holds(held):
        promised = {"places": held.places, "area": grouped(held.area), "power": grouped(held.power)}
        raise Conflict(
            _("已同意入驻的占用 %(places)d 个工位、%(area)s m²、%(power)s kW，不能少于这些。") % promised,
            _("入驻期满或者退出后可以调减。"),
        )


def _parts_write(facility: Facility, values: Values) -> None:
    """Equipment, hours and exceptions as the form holds them, in place of what was there; and what it is found by."""
    parts: dict[str, Any] = {"equipment": Equipment, "hours": OpeningHours, "exceptions": OpeningException}
    for name, model in parts.items():
        if name in values:
            rows: Sequence[Mapping[str, Any]] = values[name]
            model.objects.filter(facility=facility).delete()
            model.objects.bulk_create([model(facility=facility, **row) for row in rows])
    facility_words.doc_write(facility, facility.equipment.all())


@transaction.atomic
def facility_close(*, facility_id: int, actor: User, reason: str) -> Facility:
    """Stop lending it, once nobody is expected any more. Raises: NotAllowed (managers too); Conflict (somebody is); MoveRefused."""
    facility = queries.lock_facility(facility_id)  # lock
    require(rules.facility_close, actor, facility)  # may
    ahead = facility.visits.filter(state__in=[*VISIT_AHEAD, VisitState.WAITING], ends_at__gt=clock.database_now())
    if ahead.exists() or stationing_queries.is_expected(facility):
        raise Conflict(_("还有未办结的预约或者入驻，不能停止开放。"), _("请先逐一答复、取消或者办理退出。"))
    move(facility, FacilityState.CLOSED, FACILITY_MOVES)  # move
    facility.closed_at, facility.closing_reason = clock.now(), reason
    facility.save(update_fields=["state", "closed_at", "closing_reason"])  # write
    record(actor=actor, verb="governance.facility_close", target=facility, province_code=facility.province_id)  # record
    return facility  # tell: nobody waits


@transaction.atomic
def facility_reopen(*, facility_id: int, actor: User) -> Facility:
    """Lend it again. Raises: NotAllowed, MoveRefused."""
    facility = queries.lock_facility(facility_id)  # lock
    require(rules.facility_reopen, actor, facility)  # may
    move(facility, FacilityState.OPEN, FACILITY_MOVES)  # move
    facility.closed_at, facility.closing_reason = None, ""
    facility.save(update_fields=["state", "closed_at", "closing_reason"])  # write
    record(
        actor=actor, verb="governance.facility_reopen", target=facility, province_code=facility.province_id
    )  # record
    return facility


# ---- pictures and managers


@transaction.atomic
def picture_add(*, facility_id: int, actor: User, upload: UploadedFile, title: str) -> FacilityPicture:
    """Show one more picture, re-encoded. Raises: NotAllowed; Conflict (there are MOST_PICTURES)."""
    facility = queries.lock_facility(facility_id)  # lock
    require(rules.facility_keep, actor, facility)  # may
    if facility.pictures.count() >= MOST_PICTURES:
        raise Conflict(_("最多 %(most)d 张图片。") % {"most": MOST_PICTURES}, _("请先删去一张。"))
    file = store.store(upload=upload, owner=actor)  # move, write
    picture = FacilityPicture.objects.create(facility=facility, file=file, title=title.strip() or file.name[:120])
    record(actor=actor, verb="governance.picture_add", target=facility, picture=picture.pk)  # record
    return picture


@transaction.atomic
def picture_remove(*, picture_id: int, actor: User) -> Facility:
    """Take one off; the file goes with its record. Raises: NotAllowed."""
    facility = queries.lock_facility(
        FacilityPicture.objects.values_list("facility_id", flat=True).get(pk=picture_id)
    )  # lock
    require(rules.facility_keep, actor, facility)  # may
    picture = FacilityPicture.objects.filter(pk=picture_id).first()
    if picture is not None:  # whoever came first has done it
        picture.delete()  # move, write
        record(actor=actor, verb="governance.picture_remove", target=facility, picture=picture_id)  # record
    return facility


@transaction.atomic
def manager_name(*, facility_id: int, actor: User, user: User) -> FacilityManager:
    """Let one more person keep a facility. Raises: NotAllowed (an officer of its province alone); Conflict (keeps it already)."""
    facility = queries.lock_facility(facility_id)  # lock
    require(rules.manager_name, actor, facility)  # may
    if facility.managers.filter(user=user, ended_at=None).exists():
        raise Conflict(_("%(name)s 已是这个资源的管理员。") % {"name": user})
    manager = FacilityManager.objects.create(
        facility=facility, user=user, named_by=actor, named_at=clock.now()
    )  # move, write
    record(actor=actor, verb="governance.manager_name", target=facility, user=user.pk)  # record
    after_commit("governance.manager_notify", manager_id=manager.pk)  # tell
    return manager


@transaction.atomic
def manager_end(*, manager_id: int, actor: User) -> Facility:
    """Somebody keeps it no longer; who kept it until now stays on record. Raises: NotAllowed."""
    facility = queries.lock_facility(
        FacilityManager.objects.values_list("facility_id", flat=True).get(pk=manager_id)
    )  # lock
    require(rules.manager_end, actor, facility)  # may
    manager = FacilityManager.objects.filter(pk=manager_id, ended_at=None).first()
    if manager is not None:
        manager.ended_at = clock.now()  # move
        manager.save(update_fields=["ended_at"])  # write
        record(actor=actor, verb="governance.manager_end", target=facility, user=manager.user_id)  # record
    return facility
