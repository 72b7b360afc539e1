"""Who takes part in the meetings of an expo, and whose a meeting is. Read next: meeting_queries.py."""

from django.utils.translation import gettext_lazy as _

from platform_site.accounts.models import User

from .models import ExpoMeeting, MeetingProfile, MeetingRequest, MeetingWish, Registration
from .rules import expo_run
from .states import RegistrationState

meeting_plan_save = meeting_tables_add = meeting_table_remove = match_run_ask = expo_run
match_run_cancel = match_run_apply = expo_run


def meeting_profile_save(user: User, registration: Registration) -> bool:
    """The person who has registered."""
    return registration.user_id == user.pk and registration.state == RegistrationState.REGISTERED


meeting_profile_save.reason = _("请先登记参加这届展会。")  # type: ignore[attr-defined]


def takes_part(user: User, profile: MeetingProfile) -> bool:
    """The person, as long as they take part."""
    return profile.takes_part and meeting_profile_save(user, profile.registration)


takes_part.reason = _("只有参加对接的人可以约见别人，请先填写对接资料。")  # type: ignore[attr-defined]
meeting_wish_save = meeting_absences_save = meeting_request_make = takes_part


def meeting_wish_remove(user: User, wish: MeetingWish) -> bool:
    return wish.by.registration.user_id == user.pk


meeting_wish_remove.reason = _("这不是您的心愿。")  # type: ignore[attr-defined]


def meeting_request_answer(user: User, request: MeetingRequest) -> bool:
    """Who was asked."""
    return request.whom.registration.user_id == user.pk


meeting_request_answer.reason = _("由被约见的人答复。")  # type: ignore[attr-defined]


def meeting_request_withdraw(user: User, request: MeetingRequest) -> bool:
    """Who has asked."""
    return request.by.registration.user_id == user.pk


meeting_request_withdraw.reason = _("由提出约见的人撤回。")  # type: ignore[attr-defined]


def meeting_confirm(user: User, meeting: ExpoMeeting) -> bool:
    """One of the two."""
    return any(person.profile.registration.user_id == user.pk for person in meeting.people.all())


meeting_confirm.reason = _("只有会面双方可以办理。")  # type: ignore[attr-defined]
meeting_mark = meeting_interest = meeting_confirm


def meeting_cancel(user: User, meeting: ExpoMeeting) -> bool:
    """One of the two; or the host, who says why."""
    return meeting_confirm(user, meeting) or expo_run(user, meeting.expo)


meeting_cancel.reason = _("只有会面双方和承办省可以取消。")  # type: ignore[attr-defined]
