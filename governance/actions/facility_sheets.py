"""A sheet of facilities: kept as it was judged, its good rows written once. Read next: ../forms/facility_sheets.py."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance import facility_queries as queries
from governance import resource_rules as rules
from governance.actions.facilities import facility_create
from governance.models import FacilitySheet
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict


@transaction.atomic
def facility_sheet_create(
    *, province_code: str, actor: User, name: str, rows: Sequence[Mapping[str, Any]]
) -> FacilitySheet:
    """Keep a table with the judgement of each row; no facility is written. Raises: NotAllowed (no officer of that province)."""
    require(rules.facility_create, actor, province_code)  # may
    sheet = FacilitySheet.objects.create(  # move, write
        province_id=province_code, officer=actor, name=name[:120], rows=list(rows), created_at=clock.now()
    )
    record(
        actor=actor, verb="governance.facility_sheet_create", target=sheet, province_code=province_code, rows=len(rows)
    )
    return sheet


@transaction.atomic
def facility_sheet_write(*, sheet_id: int, actor: User, facilities: Mapping[int, Mapping[str, Any]]) -> FacilitySheet:
    """Register the good rows: line of the file -> what facility_create takes. All or none, once.

    Raises: NotAllowed; Conflict (written already).
    """
    sheet = queries.lock_sheet(sheet_id)  # lock
    require(rules.facility_create, actor, sheet.province_id)  # may
    if sheet.written_at is not None:
        raise Conflict(_("这张表已经写入。"), _("再次上传同一张表，已有的资源不会重复登记。"))
    for row in sheet.rows:  # move, write
        if row["line"] in facilities:
            made = facility_create(province_code=sheet.province_id, actor=actor, values=facilities[row["line"]])
            row["slug"] = made.slug
    sheet.written_at = clock.now()
    sheet.save(update_fields=["rows", "written_at"])
    record(actor=actor, verb="governance.facility_sheet_write", target=sheet, rows=len(facilities))  # record
    return sheet
