"""Reads over people, and the getters that lock. Read next: actions.py."""

from django.db.models import QuerySet
from django.http import Http404

from platform_site.regions.models import Province
from platform_site.regions.queries import provinces_where

from .models import Membership, Organisation, User, Verification
from .states import VerificationState


def lock_verification(pk: int) -> Verification:
    return Verification.objects.select_for_update(of=("self",), no_key=True).select_related("user", "province").get(pk=pk)


def lock_user(pk: int) -> User:
    return User.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def organisation_of(user: User) -> Organisation | None:
    membership = Membership.objects.filter(user=user, left_at=None).select_related("organisation").first()
    return membership.organisation if membership else None


def current_verification(user: User) -> Verification | None:
    return Verification.objects.filter(user=user).select_related("province").first()


def verifications_for(officer: User) -> QuerySet[Verification]:
    """The queue of the officer's own province: waiting first by due day; an empty one for everybody else."""
    codes = [province.code for province in provinces_where(officer, "member_verify")]
    return Verification.objects.filter(province__in=codes).select_related("user", "organisation", "province")


def verification_for(officer: User, pk: int) -> Verification:
    """One request of the officer's own queue; 404 for anybody else's, as if it did not exist."""
    found = verifications_for(officer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def waiting(queryset: QuerySet[Verification]) -> QuerySet[Verification]:
    return queryset.filter(state=VerificationState.SUBMITTED).order_by("due_on", "id")


def offices() -> list[Province]:
    return list(Province.objects.all())


def system_user() -> User:
    """The named account under which the portal's own clock acts."""
    return User.objects.get(is_system=True)
