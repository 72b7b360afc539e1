"""Who keeps facilities, decides visits and stationings, and books for whom. Read next: facility_queries.py.

A facility is kept by the officers of its own province (regions.facility_keep) and by the managers named for it alone.
Nobody decides what they have asked for themselves.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from platform_site.accounts.models import Membership, User
from platform_site.regions.queries import codes_where, may_in_province

from .models import Facility, FacilityManager, Stationing, Visit

TOKEN = "facility_keep"


def facility_create(user: User, code: str) -> bool:
    """An officer, in their own province."""
    return may_in_province(user, TOKEN, code)


facility_create.reason = _("共享资源由所在省的知识产权局登记。")  # type: ignore[attr-defined]


def facility_keep(user: User, facility: Facility) -> bool:
    """The province's officers and the facility's own managers."""
    return may_in_province(user, TOKEN, facility.province_id) or is_manager(user, facility)


facility_keep.reason = _("这个资源由所在省的知识产权局和指定的管理员维护。")  # type: ignore[attr-defined]


def facility_close(user: User, facility: Facility) -> bool:
    """The province alone: a manager keeps what the office has opened."""
    return may_in_province(user, TOKEN, facility.province_id)


facility_close.reason = _("停止或恢复开放、指定管理员由所在省的知识产权局办理。")  # type: ignore[attr-defined]
manager_name = manager_end = facility_reopen = facility_close


def is_manager(user: User, facility: Facility) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    return FacilityManager.objects.filter(facility=facility, user=user, ended_at=None).exists()


def books(user: User, subject: Any = None) -> bool:
    """Any member; the portal's own account visits nothing."""
    return bool(user.is_authenticated and user.is_active and not user.is_system)


def books_for(user: User, subject: tuple[User, Facility]) -> bool:
    """For oneself, for a colleague of one's own organisation, or, as an officer, for a member of one's own province or to one's own facility."""
    visitor, facility = subject
    if visitor.pk == user.pk:
        return books(user)
    if not visitor.is_active or visitor.is_system or not books(user):
        return False
    own = Membership.objects.filter(user=user, left_at=None).values("organisation")
    if Membership.objects.filter(user=visitor, left_at=None, organisation__in=own).exists():
        return True
    codes = codes_where(user, (TOKEN,))[TOKEN]
    return bool({visitor.province_id, facility.province_id} & set(codes))


books_for.reason = _("只能为自己、本单位同事预约；经办人可以为本省会员或者到本省资源的会员预约。")  # type: ignore[attr-defined]


def visit_decide(user: User, visit: Visit) -> bool:
    """Whoever keeps the facility, but not on their own visit."""
    return visit.visitor_id != user.pk and facility_keep(user, visit.facility)


visit_decide.reason = _("预约由该资源的管理员或所在省的经办人答复，不能答复本人的预约。")  # type: ignore[attr-defined]


def visit_own(user: User, visit: Visit) -> bool:
    """The visitor, and who has booked for them."""
    return user.pk in (visit.visitor_id, visit.booked_by_id)


visit_own.reason = _("只有预约人和到访人可以办理。")  # type: ignore[attr-defined]


def visit_cancel(user: User, visit: Visit) -> bool:
    return visit_own(user, visit) or facility_keep(user, visit.facility)


visit_cancel.reason = _("只有预约人、到访人和该资源的管理员可以取消。")  # type: ignore[attr-defined]


def stationing_decide(user: User, stationing: Stationing) -> bool:
    return stationing.applicant_id != user.pk and facility_keep(user, stationing.facility)


stationing_decide.reason = _("入驻申请由该资源的管理员或所在省的经办人审批，不能审批本人的申请。")  # type: ignore[attr-defined]


def stationing_own(user: User, stationing: Stationing) -> bool:
    return user.pk == stationing.applicant_id


stationing_own.reason = _("只有申请人可以办理。")  # type: ignore[attr-defined]


def stationing_exit(user: User, stationing: Stationing) -> bool:
    """Either side ends a stay."""
    return stationing_own(user, stationing) or stationing_decide(user, stationing)
