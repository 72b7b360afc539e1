"""Facilities kept by their own province's officers and their managers; what the database never lets happen. Read next: governance/actions/facilities.py."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from governance import facility_queries, resource_tasks
from governance.actions import facilities, facility_sheets, stationings, visit_answers
from governance.forms import facility_sheets as sheet_forms
from governance.models import Equipment, Facility, FacilityManager, FacilityPicture, FacilitySheet, OpeningHours
from patents.sheets import Table
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.models import OutboxMessage
from tests.factories import accounts, patents
from tests.factories import resources as make

pytestmark = pytest.mark.django_db
CITY = ("南昌市", "360100")


def refused(sql, *params):
    """What the database says to a statement past all code of ours."""
    with pytest.raises(DatabaseError) as said, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(said.value)


def test_an_officer_registers_in_their_own_province_alone(guo, he, shen):
    place = make.facility(make.HUBEI, officer=guo, name_en="Optics Valley Base")
    assert (place.slug, place.province_id, place.state) == ("optics-valley-base", "420000", "open")
    assert place.equipment.get().pieces == 2 and place.hours.count() == 7
    assert make.facility(make.HUBEI, officer=guo, name_en="Optics Valley Base").slug == "optics-valley-base-2"
    assert make.facility(make.HUBEI, officer=guo).slug == "hubei-base"
    assert make.facility(make.HUBEI, officer=guo, name_en="Import").slug == "import-2", "a word of an address"
    entry = AuditEntry.objects.filter(verb="governance.facility_create").earliest("id")
    assert (entry.actor, entry.province_code) == (guo, "420000")
    for stranger in (he, shen):
        with pytest.raises(NotAllowed):
            make.facility(make.HUBEI, officer=stranger)


def test_saved_by_officers_and_managers_and_nobody_else(guo, he, shen, bai):
    place = make.facility(make.HUBEI, officer=guo)
    manager = facilities.manager_name(facility_id=place.pk, actor=guo, user=bai)
    assert OutboxMessage.objects.filter(name="governance.manager_notify").exists()
    with pytest.raises(Conflict):
        facilities.manager_name(facility_id=place.pk, actor=guo, user=bai)
    saved = facilities.facility_save(
        facility_id=place.pk, actor=bai, values=make.values(name_zh="新名字", equipment=[], visitors=12)
    )
    assert saved.name_zh == "新名字" and not saved.equipment.exists() and saved.visitors == 12
    assert list(facility_queries.facilities_found(facility_queries.FacilitySearch(words="新名字"))) == [saved]
    for stranger in (he, shen):
        with pytest.raises(NotAllowed):
            facilities.facility_save(facility_id=place.pk, actor=stranger, values=make.values())
    for act in (facilities.facility_close, facilities.manager_name):
        more = {"reason": "x"} if act is facilities.facility_close else {"user": shen}
        with pytest.raises(NotAllowed):
            act(facility_id=place.pk, actor=bai, **more)
    with pytest.raises(NotAllowed):
        facilities.manager_end(manager_id=manager.pk, actor=bai)
    facilities.manager_end(manager_id=manager.pk, actor=guo)
    with pytest.raises(NotAllowed):
        facilities.facility_save(facility_id=place.pk, actor=bai, values=make.values())
    assert FacilityManager.objects.get().ended_at is not None
    assert "on record" in refused("DELETE FROM governance_facilitymanager")


def test_no_capacity_below_what_is_promised(guo, shen, bai):
    place = make.facility(make.HUBEI, officer=guo)
    make.visit(place, bai, people=4)
    make.visit(place, shen, people=3)
    make.accepted(place, shen, guo, places=2, area_m2=Decimal(300))
    save = lambda **changes: facilities.facility_save(  # noqa: E731
        facility_id=place.pk, actor=guo, values=make.values(**changes)
    )
    with pytest.raises(Conflict, match="7"):
        save(visitors=6)
    for fewer in ({"places": 1}, {"area_m2": Decimal(200)}, {"area_m2": None}):
        with pytest.raises(Conflict):
            save(**fewer)
    save(visitors=7, places=2, area_m2=Decimal(300))
    row = "UPDATE governance_facility SET {} WHERE id = %s"
    assert "more visitors are expected" in refused(row.format("visitors = 6"), place.pk)
    assert "more places are taken" in refused(row.format("places = 1"), place.pk)
    assert "more places are taken" in refused(row.format("area_m2 = NULL"), place.pk)


def test_closed_with_nobody_there_and_opened_again(guo, bai, shen):
    place = make.facility(make.HUBEI, officer=guo)
    visit = make.visit(place, bai)
    close = lambda: facilities.facility_close(facility_id=place.pk, actor=guo, reason="搬迁。")  # noqa: E731
    with pytest.raises(Conflict):
        close()
    raw = "UPDATE governance_facility SET state = 'closed', closed_at = now(), closing_reason = 'x' WHERE id = %s"
    assert "not closed while somebody" in refused(raw, place.pk)
    visit_answers.visit_cancel(visit_id=visit.pk, actor=bai)
    asked = make.applied(place, shen)
    with pytest.raises(Conflict):
        close()
    stationings.stationing_withdraw(stationing_id=asked.pk, actor=shen)
    assert close().state == "closed"
    with pytest.raises(MoveRefused):
        close()
    with pytest.raises(Conflict):
        facilities.facility_save(facility_id=place.pk, actor=guo, values=make.values())
    with pytest.raises(Conflict):
        make.visit(place, bai)
    assert facilities.facility_reopen(facility_id=place.pk, actor=guo).is_open


def test_pictures_are_few_and_public(guo, he):
    place = make.facility(make.HUBEI, officer=guo)
    add = lambda who: facilities.picture_add(  # noqa: E731
        facility_id=place.pk, actor=who, upload=patents.picture(), title="车间"
    )
    with pytest.raises(NotAllowed):
        add(he)
    first = add(guo)
    for _more in range(facilities.MOST_PICTURES - 1):
        add(guo)
    with pytest.raises(Conflict):
        add(guo)
    with pytest.raises(NotAllowed):
        facilities.picture_remove(picture_id=first.pk, actor=he)
    facilities.picture_remove(picture_id=first.pk, actor=guo)
    assert FacilityPicture.objects.count() == facilities.MOST_PICTURES - 1


def test_the_database_keeps_hours_and_equipment_in_order(guo):
    place = make.facility(make.HUBEI, officer=guo)
    insert = "INSERT INTO governance_openinghours (facility_id, weekday, opens, closes) VALUES (%s, %s, %s, %s)"
    assert "hours_once_at_a_time" in refused(insert, place.pk, 0, 600, 660)
    assert "hours_in_order" in refused(insert, place.pk, 0, 1300, 1200)
    assert "hours_weekday" in refused(insert, place.pk, 7, 600, 660)
    assert OpeningHours.objects.filter(facility=place).count() == 7
    kind = "UPDATE governance_facility SET kind = 'castle' WHERE id = %s"
    assert "facility_kind_known" in refused(kind, place.pk)
    assert Equipment.objects.filter(facility=place).count() == 1


# ---- one sheet for many


def table(*rows):
    heading = ["类型", "名称", "城市", "接待人数", "工位", "设备", "开放时间", "备注"]
    return Table("资源.csv", heading, [list(row) for row in rows], list(range(2, 2 + len(rows))))


GOOD = ("孵化器", "青山湖孵化器", "南昌", "8", "12", "3D 打印机 | 3D printer | 2；烘箱", "周一至周五 09:00-17:00", "")


def test_a_sheet_is_judged_row_by_row_and_written_once():
    officer = accounts.officer("jiang@example.org", province=make.JIANGXI)
    bad = [
        ("城堡", "某地", "", "", "", "", "", ""), ("实验室", "", "", "", "", "", "", ""),
        ("实验室", "某实验室", "武汉", "", "", "", "", ""), ("实验室", "另一实验室", "", "9", "", "", "每天都开", ""), GOOD,
    ]  # fmt: skip
    rows = sheet_forms.judge(table(GOOD, *bad), make.JIANGXI)
    assert [bool(row["reason"]) for row in rows] == [False, True, True, True, True, True]
    assert "城市" in rows[3]["reason"] and "开放时间" in rows[4]["reason"] and "同名" in rows[5]["reason"]
    sheet = facility_sheets.facility_sheet_create(province_code=make.JIANGXI, actor=officer, name="资源.csv", rows=rows)
    assert not Facility.objects.exists(), "a dry run"
    form = sheet_forms.row_form(rows[0]["cells"], make.JIANGXI)
    assert form.is_valid(), form.errors
    written = facility_sheets.facility_sheet_write(sheet_id=sheet.pk, actor=officer, facilities={2: form.values()})
    place = Facility.objects.get()
    assert (place.kind, place.city_code, place.visitors, place.places) == ("incubator", CITY[1], 8, 12)
    assert [row.pieces for row in place.equipment.all()] == [2, 1] and written.rows[0]["slug"] == place.slug
    with pytest.raises(Conflict):
        facility_sheets.facility_sheet_write(sheet_id=sheet.pk, actor=officer, facilities={})
    assert "written once" in refused("UPDATE governance_facilitysheet SET name = 'x'")
    again = sheet_forms.judge(table(GOOD), make.JIANGXI)
    assert again[0]["reason"], "what is there is not registered twice"


def test_a_sheet_is_for_ones_own_province(guo):
    with pytest.raises(NotAllowed):
        facility_sheets.facility_sheet_create(province_code=make.JIANGXI, actor=guo, name="x", rows=[])
    assert not FacilitySheet.objects.exists()


def test_a_manager_is_told_in_their_language(guo, shen):
    shen.language = "en"
    shen.save(update_fields=["language"])
    place = make.facility(make.HUBEI, officer=guo, name_en="Optics base")
    manager = facilities.manager_name(facility_id=place.pk, actor=guo, user=shen)
    resource_tasks.manager_notify(manager.pk)
    notice = Notice.objects.get(recipient=shen, kind="facility_manager")
    assert notice.data["facility"] == "Optics base" and notice.path == f"/resources/{place.slug}/"
