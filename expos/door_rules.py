"""Who registers, keeps the doors, scans badges, records and confirms results. Read next: door_queries.py.

Printed on the pages: media, guests and exhibitors without an accepted exhibit are let in once the host has confirmed them;
professional and general visitors at once.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.queries import may_in_province

from . import rules
from .models import DoorKeeper, Expo, ExpoResult, Lead, Registration
from .rules import REVIEW
from .states import Party, VisitorKind

KINDS_CONFIRMED = (VisitorKind.MEDIA, VisitorKind.GUEST, VisitorKind.EXHIBITOR)
registration_make = rules.registration_make
registration_group = rules.registration_make
registration_confirm = doorkeeper_name = doorkeeper_end = rules.expo_run


def registration_own(user: User, row: Registration) -> bool:
    """The person, or whoever registered them."""
    return user.is_authenticated and user.pk in (row.user_id, row.made_by_id)


registration_own.reason = _("只有本人和代为登记的人可以办理。")  # type: ignore[attr-defined]
registration_permit = registration_own


def registration_cancel(user: User, row: Registration) -> bool:
    """The person, whoever registered them, or the host."""
    return registration_own(user, row) or rules.expo_run(user, row.expo)


registration_cancel.reason = _("只有本人、代为登记的人和承办省可以取消登记。")  # type: ignore[attr-defined]
registration_see = registration_cancel


def keeping_today(user_id: int | None, expo_id: Any) -> QuerySet[DoorKeeper]:
    """The row by which a helper keeps the doors of an edition today."""
    today = clock.today()
    return DoorKeeper.objects.filter(
        expo=expo_id, user=user_id, ended_at=None, starts_on__lte=today, last_on__gte=today
    )  # fmt: skip


def passage_make(user: User, expo: Expo) -> bool:
    """An officer of the host, or a helper named for today."""
    return user.is_authenticated and (keeping_today(user.pk, expo.pk).exists() or rules.expo_run(user, expo))


passage_make.reason = _("入口由承办省和当天指定的工作人员值守。")  # type: ignore[attr-defined]
passage_undo = batch_keep = passage_make


def lead_own(user: User, lead: Lead) -> bool:
    """The exhibitor who scanned."""
    return user.is_authenticated and lead.exhibitor_id == user.pk


def lead_answer(user: User, lead: Lead) -> bool:
    """The visitor alone; whoever registered them cannot agree for them."""
    return user.is_authenticated and lead.registration.user_id == user.pk


lead_answer.reason = _("由被扫码的观众本人答复。")  # type: ignore[attr-defined]
lead_agree = lead_decline = lead_answer


def result_record(user: User, subject: tuple[Expo, str]) -> bool:
    """The host for everybody, an officer of a delegation for its own exhibitors: (edition, code of the delegation)."""
    expo, code = subject
    return rules.expo_run(user, expo) or may_in_province(user, REVIEW, code)


result_record.reason = _("成果由承办省登记，或者由代表团所在省为本省参展商登记。")  # type: ignore[attr-defined]


def side_of(user: User, result: ExpoResult) -> str:
    """`owner`, `taker`, or nothing for everybody else."""
    if not user.is_authenticated:
        return ""
    if result.owner_id == user.pk:
        return Party.OWNER.value
    return Party.TAKER.value if result.taker_id == user.pk else ""


def result_party(user: User, result: ExpoResult) -> bool:
    return bool(side_of(user, result))


result_party.reason = _("由成果的当事人本人办理。")  # type: ignore[attr-defined]
result_confirm = result_dispute = result_answer = result_party


def result_keep(user: User, result: ExpoResult) -> bool:
    """The offices that may record it."""
    return user.is_authenticated and result_record(user, (result.expo, result.province_id))


result_keep.reason = result_record.reason  # type: ignore[attr-defined]


def result_climb(user: User, result: ExpoResult) -> bool:
    """The offices, and either side."""
    return result_party(user, result) or result_keep(user, result)


result_climb.reason = _("进展由当事人或者登记成果的知识产权局记录。")  # type: ignore[attr-defined]
result_see = result_climb


def ceremony_move(user: User, expo: Expo) -> bool:
    return rules.expo_run(user, expo)


ceremony_move.reason = _("签约仪式由承办省主持。")  # type: ignore[attr-defined]
ceremony_join = ceremony_order = ceremony_move
