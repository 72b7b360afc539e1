"""Whose year it is, and who may act for a province: by a grant on the province itself and by nothing else."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import IntegrityError, transaction
from guardian.shortcuts import assign_perm, remove_perm

from platform_site.regions import queries, rotation
from platform_site.regions.facts import BY_CODE, CODES, PROVINCES, ROTATION_ORDER
from platform_site.regions.models import DayOverride, Province, ProvinceGroupObjectPermission


def test_the_order_of_the_agreement_from_its_first_year():
    names = [BY_CODE[rotation.province_of_year(year)].name_en for year in range(2007, 2014)]
    assert names == ["Shanxi", "Henan", "Hubei", "Hunan", "Anhui", "Jiangxi", "Shanxi"]
    assert BY_CODE[rotation.province_of_year(2031)].name_en == "Shanxi"


def test_a_recorded_exception_changes_its_year_alone():
    exceptions = {2012: "430000"}
    assert rotation.province_of_year(2012, exceptions=exceptions) == "430000"
    assert rotation.province_of_year(2013, exceptions=exceptions) == rotation.province_of_year(2013)


def test_there_is_no_rotation_before_the_agreement():
    with pytest.raises(ValueError, match="2007"):
        rotation.province_of_year(2006)


def test_the_six_are_complete_and_in_code_order(db):
    assert [province.code for province in queries.provinces()] == sorted(CODES) == list(CODES)
    assert len({fact.slug for fact in PROVINCES}) == len(set(ROTATION_ORDER)) == 6
    with pytest.raises(IntegrityError), transaction.atomic():
        Province.objects.create(code="110000", slug="beijing", name_zh="北京", name_en="Beijing", rotation_place=7)


def codes(user, token="listing_review"):
    return [province.code for province in queries.provinces_where(user, token)]


def test_an_officer_acts_for_the_own_province_alone(guo, he, shen):
    assert (codes(guo), codes(he), codes(shen)) == (["420000"], ["430000"], [])
    assert queries.may_in_province(guo, "member_verify", "420000")
    assert not queries.may_in_province(guo, "member_verify", "430000")


def test_superusers_and_global_grants_act_for_nobody(ad, guo):
    """Guardian's own defaults would list all six for both (security.md 1.1, rule 7)."""
    ad.is_superuser = True
    ad.save()
    assert codes(ad) == []
    for token in ("listing_review", "member_verify"):
        guo.user_permissions.add(Permission.objects.get(codename=token))
    assert codes(guo) == ["420000"]


def test_visitors_and_closed_accounts_act_for_nobody(guo):
    assert codes(AnonymousUser()) == []
    guo.is_active = False
    assert codes(guo) == []


def test_a_grant_taken_back_is_gone_at_once(shen):
    province = Province.objects.get(code="430000")
    assign_perm("regions.listing_review", shen, province)
    assert codes(shen) == ["430000"]
    remove_perm("regions.listing_review", shen, province)
    assert codes(shen) == []


def test_no_grant_outlives_its_group(guo):
    group = guo.groups.get()
    group.delete()
    assert codes(guo) == []
    assert not ProvinceGroupObjectPermission.objects.filter(group_id=group.pk).exists()


def test_the_clock_of_an_office_counts_mainland_working_days(db):
    friday = date(2026, 1, 9)
    assert queries.due_date(friday, 5) == date(2026, 1, 16)
    assert queries.working_days_left(friday, date(2026, 1, 16)) == 5
    assert queries.working_days_left(date(2026, 1, 20), date(2026, 1, 16)) == -2
    DayOverride.objects.create(day=date(2026, 1, 14), is_working=False, note="停电")
    assert queries.due_date(friday, 5) == date(2026, 1, 19)
