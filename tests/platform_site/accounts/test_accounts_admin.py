"""The admin site: accounts and reference data alone, its edits on record, its door the portal's own."""

import pytest
from django.apps import apps
from django.contrib import admin

from platform_site.audit.models import AuditEntry
from platform_site.regions.models import DayOverride, Province

pytestmark = pytest.mark.django_db


def test_what_is_registered():
    names = {model._meta.label for model in admin.site._registry}
    assert names == {
        "accounts.User", "accounts.Organisation", "accounts.Membership", "regions.Province", "regions.DayOverride",
    }  # fmt: skip


def test_the_door_is_our_login_page(client, mo, ad):
    for path in ("/admin/", "/admin/login/", "/admin/accounts/user/"):
        answer = client.get(path, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/zh-hans/accounts/login/"), path
    assert client.post("/admin/login/", {"username": ad.email, "password": "x"}).status_code == 302
    client.force_login(mo)
    assert client.get("/admin/", follow=True).status_code == 403
    client.force_login(ad)
    assert client.get("/admin/").status_code == 200


def test_officers_have_no_admin(client, guo):
    client.force_login(guo)
    assert client.get("/admin/", follow=True).status_code == 403


def test_rooms_listings_and_identities_cannot_be_opened(client, ad):
    client.force_login(ad)
    for model in apps.get_models():
        answer = client.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/")
        assert answer.status_code == (200 if model in admin.site._registry else 404), model


def test_a_user_page_holds_no_password_hash(client, ad, shen):
    client.force_login(ad)
    page = client.get(f"/admin/accounts/user/{shen.pk}/change/").content.decode()
    assert shen.password not in page and "id_password" not in page
    assert client.get(f"/admin/accounts/user/{shen.pk}/password/").status_code in (302, 404)
    assert client.get("/admin/accounts/user/add/").status_code == 403


def facts_of(user, **changes):
    facts = {
        "display_name": user.display_name,
        "phone": "",
        "language": "zh-hans",
        "province": user.province_id,
        "office": user.office_id,
        "is_active": "on",
    }
    return {**facts, **changes}


def test_an_edit_is_on_record_and_cannot_reach_beyond_its_fields(client, ad, mo):
    client.force_login(ad)
    answer = client.post(
        f"/admin/accounts/user/{mo.pk}/change/",
        facts_of(mo, display_name="莫改", is_superuser="on", email="evil@example.org"),
    )
    assert answer.status_code == 302
    mo.refresh_from_db()
    assert (mo.display_name, mo.is_superuser, mo.email) == ("莫改", False, "mo@example.org")
    entry = AuditEntry.objects.order_by("-id").first()
    assert (entry.verb, entry.actor, entry.data["fields"]) == ("accounts.admin_change", ad, ["display_name"])


def test_an_administrator_cannot_raise_themselves(client, ad):
    client.force_login(ad)
    client.post(f"/admin/accounts/user/{ad.pk}/change/", facts_of(ad, groups=[1, 2, 3], is_staff="on"))
    assert list(ad.groups.values_list("name", flat=True)) == ["administrators"]


def test_contact_of_an_office_and_days_off(client, ad):
    client.force_login(ad)
    client.post(
        "/admin/regions/province/420000/change/",
        {"office_phone": "027-1", "office_email": "", "code": "110000", "name_zh": "北京"},
    )
    hubei = Province.objects.get(code="420000")
    assert (hubei.office_phone, hubei.name_zh) == ("027-1", "湖北")
    client.post("/admin/regions/dayoverride/add/", {"day": "2027-02-05", "note": "春节"})
    assert DayOverride.objects.get().is_working is False
    assert client.get("/admin/regions/province/add/").status_code == 403
    assert AuditEntry.objects.filter(verb="accounts.admin_add").count() == 1


def test_nothing_is_deleted_there(client, ad, mo):
    client.force_login(ad)
    assert client.post(f"/admin/accounts/user/{mo.pk}/delete/", {"post": "yes"}).status_code == 403


def test_administrators_hold_no_officers_token(ad):
    assert not ad.has_perm("regions.listing_review")
    assert not ad.has_perm("regions.member_verify")
