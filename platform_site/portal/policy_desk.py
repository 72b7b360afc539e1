"""What of applications for support waits for an officer, and for an applicant. Read next: desk.py."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from governance.models import PolicyApplication
from governance.states import SupportState
from governance.support_queries import OFFICE_STATES
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.formats import reads_chinese
from platform_site.ui.languages import han_marked

SHOWN = 50
STEP_DAYS = 10  # working days of a step: what the face of its clock counts from
VERBS: dict[str, str | Promise] = {
    SupportState.SUBMITTED: gettext_lazy("受理申报"), SupportState.ACCEPTED: gettext_lazy("初审申报"),
    SupportState.REVIEWED: gettext_lazy("复审申报"), SupportState.NOTICE: gettext_lazy("批准申报"),
    SupportState.APPROVED: gettext_lazy("兑现申报"), SupportState.APPEALED: gettext_lazy("办理申诉"),
}  # fmt: skip


def support_items(user: User, codes: Sequence[str], calendar: Any, mine: list[Any], waiting: list[Any]) -> None:
    """One query: what the offices of these provinces have to do next, and what the reader has applied for."""
    theirs = Q(version__policy__province__in=list(codes), state__in=OFFICE_STATES) & ~Q(applicant=user)
    own = Q(applicant=user, state__in=(*OFFICE_STATES, SupportState.CORRECTION))
    rows = PolicyApplication.objects.filter(theirs | own).select_related("version__policy__province")
    for one in rows.order_by("due_on", "id")[:SHOWN]:
        title = han_marked(f"{one.number} {_title(one)}")
        if one.applicant_id == user.pk:
            _own(one, title, calendar, mine, waiting)
        elif _is_next(one, user):
            item = calendar.item(
                VERBS[one.state], title, one.get_absolute_url(), one.due_on, one.applicant_name, STEP_DAYS
            )
            mine.append(item)


def _title(one: PolicyApplication) -> str:
    return ("" if reads_chinese() else one.version.title_en) or one.version.title_zh


def _own(one: PolicyApplication, title: str, calendar: Any, mine: list[Any], waiting: list[Any]) -> None:
    if one.state == SupportState.CORRECTION:
        url = reverse("policies:support_correct", args=[one.pk])
        mine.append(calendar.item(gettext_lazy("补正申报"), title, url, one.due_on, one.reason, STEP_DAYS))
        return
    office = one.version.policy.province.office
    waiting.append(calendar.item(VERBS[one.state], title, one.get_absolute_url(), one.due_on, office, STEP_DAYS))


def _is_next(one: PolicyApplication, user: User) -> bool:
    """Not what a colleague has to do: the second review of one's own first, an appeal against one's own decision, a notice that runs."""
    if one.state == SupportState.REVIEWED:
        return one.first_by_id != user.pk
    if one.state == SupportState.NOTICE:
        return one.notice_until is not None and one.notice_until < clock.today()
    if one.state == SupportState.APPEALED:
        return user.pk not in (one.first_by_id, one.second_by_id, one.decided_by_id)
    return True
