"""What a participant says of themselves: profile, slots in which they cannot, and whom they would meet. Read next: meeting_requests.py."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import meeting_queries as queries
from expos import meeting_rules as rules
from expos.models import MeetingAbsence, MeetingProfile, MeetingWish
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict

from .meeting_places import require_open

MOST_WISHES = 20
FIELDS = ("takes_part", "offers", "seeks", "languages")


@transaction.atomic
def meeting_profile_save(*, registration_id: int, actor: User, values: Mapping[str, Any]) -> MeetingProfile:
    """Take part, or no longer; what is arranged already stays until it is cancelled. Raises: NotAllowed; Conflict (over)."""
    registration = queries.lock_registrations([registration_id])[registration_id]  # lock
    require(rules.meeting_profile_save, actor, registration)  # may
    require_open(registration.expo)
    profile = MeetingProfile.objects.filter(registration=registration).first()  # move, write
    if profile is None:
        profile = MeetingProfile(registration=registration, made_at=clock.now())
    for name in FIELDS:
        setattr(profile, name, values[name])
    profile.save()
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.meeting_profile_save", target=profile, province_code=registration.expo.host_id,
        takes_part=profile.takes_part,
    )  # fmt: skip
    return profile


def _own(profile_id: int) -> MeetingProfile:
    profile = MeetingProfile.objects.get(pk=profile_id)
    profile.registration = queries.lock_registrations([profile.registration_id])[profile.registration_id]
    return profile


@transaction.atomic
def meeting_absences_save(*, profile_id: int, actor: User, starts: Collection[datetime]) -> int:
    """Set the slots (by their beginnings) in which a participant cannot; answers how many. Raises: NotAllowed; Conflict (over)."""
    profile = _own(profile_id)  # lock
    require(rules.meeting_absences_save, actor, profile)  # may
    expo = profile.registration.expo
    require_open(expo)
    known = {slot.starts_at for slot in queries.slots_of(expo)} & set(starts)
    profile.absences.all().delete()  # move, write
    MeetingAbsence.objects.bulk_create(MeetingAbsence(profile=profile, starts_at=moment) for moment in sorted(known))
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.meeting_absences_save", target=profile, province_code=expo.host_id, slots=len(known)
    )
    return len(known)


@transaction.atomic
def meeting_wish_save(*, profile_id: int, actor: User, whom_id: int, weight: int = 2, why: str = "") -> MeetingWish:
    """Wish to meet somebody, or wish it more or less; 3 the most. The other is not told. Raises: NotAllowed; Conflict."""
    profile = _own(profile_id)  # lock
    require(rules.meeting_wish_save, actor, profile)  # may
    expo = profile.registration.expo
    require_open(expo)
    whom = queries.participants(expo).filter(pk=whom_id).exclude(pk=profile.pk).first()
    if whom is None:
        raise Conflict(_("对方现在不参加这届展会的对接。"), _("请从参加对接的人中选择。"))
    wish = MeetingWish.objects.filter(by=profile, whom=whom).first()
    if wish is None and profile.wishes.count() >= MOST_WISHES:
        raise Conflict(_("每人最多 %(most)d 个心愿。") % {"most": MOST_WISHES}, _("请先删去不太需要的。"))
    wish = wish or MeetingWish(by=profile, whom=whom, made_at=clock.now())
    wish.weight, wish.why = weight, why  # move, write
    try:
        with transaction.atomic():
            wish.save()
    except IntegrityError as refused:
        raise Conflict(_("心愿的强度为 1 至 3。")) from refused
    record(  # record; tell: nobody, a wish is one's own
        actor=actor, verb="expos.meeting_wish_save", target=wish, province_code=expo.host_id, weight=weight
    )
    return wish


@transaction.atomic
def meeting_wish_remove(*, wish_id: int, actor: User) -> None:
    """Wish it no longer. Raises: NotAllowed."""
    wish = (
        MeetingWish.objects.select_for_update(of=("self",)).select_related("by__registration__expo").get(pk=wish_id)
    )  # lock
    require(rules.meeting_wish_remove, actor, wish)  # may
    record(  # record; tell: nobody, a wish is one's own
        actor=actor, verb="expos.meeting_wish_remove", target=wish, province_code=wish.by.registration.expo.host_id
    )
    wish.delete()  # move, write
