"""Who may do what on the floor: the host with booths and the allocation, a delegation's own province with its exhibitors. Read next: floor_queries.py."""

from django.utils.translation import gettext_lazy as _

from platform_site.accounts.models import User
from platform_site.accounts.rules import is_verified
from platform_site.regions.queries import may_in_province

from .models import BoothApplication, Complaint, Exhibit
from .rules import REVIEW, expo_run

booth_rows_add = booth_save = booth_remove = allocation_start = allocation_cancel = allocation_apply = expo_run
application_allot = exhibits_check = expo_run


def is_member(user: User, subject: object = None) -> bool:
    """Anybody logged in but the portal's own account."""
    return bool(user.is_authenticated and user.is_active and not user.is_system)


is_member.reason = _("请登录后办理。")  # type: ignore[attr-defined]


def application_make(user: User, subject: object = None) -> bool:
    """A verified member."""
    return is_member(user) and is_verified(user)


application_make.reason = _("申请展位须先通过实名核验。")  # type: ignore[attr-defined]
booth_hold = application_make


def application_review(user: User, application: BoothApplication) -> bool:
    """An officer of the delegation's own province, and never on their own application."""
    return application.exhibitor_id != user.pk and may_in_province(user, REVIEW, application.delegation.province_id)


application_review.reason = _("参展申请由所选代表团的省知识产权局预审。")  # type: ignore[attr-defined]


def application_own(user: User, application: BoothApplication) -> bool:
    return application.exhibitor_id == user.pk


application_own.reason = _("只有参展商本人可以办理。")  # type: ignore[attr-defined]


def by_the_clock(user: User, subject: object = None) -> bool:
    return user.is_system


by_the_clock.reason = _("到期由平台自动办理。")  # type: ignore[attr-defined]


def exhibit_own(user: User, exhibit: Exhibit) -> bool:
    return exhibit.exhibitor_id == user.pk


exhibit_own.reason = application_own.reason  # type: ignore[attr-defined]


def exhibit_check(user: User, exhibit: Exhibit) -> bool:
    """The host, and the portal's own clock."""
    return user.is_system or expo_run(user, exhibit.expo)


exhibit_check.reason = expo_run.reason  # type: ignore[attr-defined]


def complaint_make(user: User, exhibit: Exhibit) -> bool:
    """Anybody logged in, but about an exhibit of one's own."""
    return is_member(user) and exhibit.exhibitor_id != user.pk


complaint_make.reason = _("投诉由登录用户对他人的展品提出。")  # type: ignore[attr-defined]


def complaint_decide(user: User, complaint: Complaint) -> bool:
    """The host's officers: the complaint desk; never on a complaint of their own or about their own exhibit."""
    is_party = user.pk in (complaint.complainant_id, complaint.exhibit.exhibitor_id)
    return not is_party and expo_run(user, complaint.exhibit.expo)


complaint_decide.reason = _("投诉由承办省的投诉站办理。")  # type: ignore[attr-defined]


def complaint_state(user: User, complaint: Complaint) -> bool:
    return complaint.exhibit.exhibitor_id == user.pk


complaint_state.reason = application_own.reason  # type: ignore[attr-defined]


def complaint_withdraw(user: User, complaint: Complaint) -> bool:
    return complaint.complainant_id == user.pk


complaint_withdraw.reason = _("只有投诉人可以撤回。")  # type: ignore[attr-defined]
