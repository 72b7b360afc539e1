"""The ground that every database has: six provinces, their groups with grants on the province, the system account.

Idempotent; run after every migration by the portal's `ready`. Read next: regions/facts.py.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from guardian.shortcuts import assign_perm

from platform_site.regions.facts import PROVINCES
from platform_site.regions.models import Province

from .models import User
from .rules import ADMINISTRATORS_GROUP

SYSTEM_EMAIL = "system@portal.invalid"
STAFF_GROUP = "leading-group-staff"
# Of those who act for a seat of the Leading Group: they open nothing, and ask for a second factor.
SEAT_GROUPS = ("national-leader", *(f"directors-{fact.slug}" for fact in PROVINCES))
# The admin site edits accounts and reference data only; a negotiation cannot be opened there.
ADMINISTRATION = ("user", "organisation", "membership", "province", "dayoverride")


def officers_group(slug: str) -> Group:
    return Group.objects.get(name=f"officers-{slug}")


def ensure(**kwargs: Any) -> None:
    """Create what is missing; change nothing that is there."""
    for fact in PROVINCES:
        province, _ = Province.objects.get_or_create(
            code=fact.code,
            defaults={
                "slug": fact.slug,
                "name_zh": fact.name_zh,
                "name_en": fact.name_en,
                "short": fact.short,
                "rotation_place": fact.place,
                "office_zh": fact.office_zh,
                "office_en": fact.office_en,
            },
        )
        officers, _ = Group.objects.get_or_create(name=f"officers-{fact.slug}")
        Group.objects.get_or_create(name=f"directors-{fact.slug}")
        for codename, _label in Province._meta.permissions:
            assign_perm(f"regions.{codename}", officers, province)
    Group.objects.get_or_create(name=STAFF_GROUP)
    administrators, _ = Group.objects.get_or_create(name=ADMINISTRATORS_GROUP)
    # The tokens that officers hold on one province must never be held globally, by whatever group (security.md 1.1, rule 7).
    editing = Q(codename__startswith="add_") | Q(codename__startswith="change_") | Q(codename__startswith="view_")
    administrators.permissions.set(Permission.objects.filter(editing, content_type__model__in=ADMINISTRATION))
    system, _ = User.objects.get_or_create(
        email=SYSTEM_EMAIL, defaults={"display_name": "平台系统", "is_system": True, "password": "!", "is_active": True}
    )
    # Otherwise the library would write this row when somebody opens a page of a reset for it.
    EmailAddress.objects.get_or_create(user=system, email=SYSTEM_EMAIL, defaults={"primary": True, "verified": False})
