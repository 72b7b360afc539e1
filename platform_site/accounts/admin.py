"""The admin site edits accounts and reference data, records each edit, and shows nothing else. Read next: roles.py.

Verifications (identity numbers), listings and negotiations are not registered, and what libraries register is taken out.
"""

from collections.abc import Iterable
from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest

from platform_site.audit.record import record
from platform_site.regions.models import DayOverride, Province

from . import rules
from .models import Membership, Organisation, User

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # the portal's own page, with its limits

for kept_out in (Group, EmailAddress, EmailConfirmation, Authenticator):
    if admin.site.is_registered(kept_out):
        admin.site.unregister(kept_out)


class AuditedAdmin(admin.ModelAdmin):
    """Every addition and change is on the audit log with the names of the fields, never their contents; nothing is deleted."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Iterable[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        verb = "accounts.admin_change" if change else "accounts.admin_add"
        record(actor=request.user, verb=verb, target=form.instance, fields=list(form.changed_data))

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(AuditedAdmin):
    """People sign up and set passwords themselves; here they get or lose a role, or are shut out."""

    list_display = ("email", "display_name", "province", "is_staff", "is_active")
    list_filter = ("is_active", "is_staff", "groups", "province")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    filter_horizontal = ("groups",)
    fields = (
        "email", "display_name", "phone", "language", "province", "office", "groups", "is_staff", "is_active",
        "is_demonstration", "is_system", "date_joined", "last_login",
    )  # fmt: skip
    readonly_fields = ("email", "is_demonstration", "is_system", "date_joined", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        own = obj is not None and obj.pk == request.user.pk
        return (*self.readonly_fields, "groups", "is_staff", "is_active") if own else self.readonly_fields


@admin.register(Organisation)
class OrganisationAdmin(AuditedAdmin):
    list_display = ("name_zh", "credit_code", "kind", "province")
    list_filter = ("kind", "province")
    search_fields = ("name_zh", "name_en", "credit_code")
    readonly_fields = ("created_at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Membership)
class MembershipAdmin(AuditedAdmin):
    list_display = ("user", "organisation", "joined_at", "left_at")
    search_fields = ("user__email", "organisation__name_zh")
    raw_id_fields = ("user", "organisation")


@admin.register(Province)
class ProvinceAdmin(AuditedAdmin):
    """The six are given; their offices' telephone and e-mail change."""

    list_display = ("code", "name_zh", "office_zh", "office_phone", "office_email")
    fields = ("code", "name_zh", "name_en", "office_zh", "office_en", "office_phone", "office_email")
    readonly_fields = ("code", "name_zh", "name_en", "office_zh", "office_en")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Province | None = None) -> bool:
        return rules.is_administrator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Province | None = None) -> bool:
        return rules.is_administrator(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.is_administrator(request.user)


@admin.register(DayOverride)
class DayOverrideAdmin(AuditedAdmin):
    list_display = ("day", "is_working", "note")
    list_filter = ("is_working",)
    date_hierarchy = "day"
