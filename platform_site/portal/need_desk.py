"""What of technology needs waits for a person, and what they wait for. Read next: desk.py."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from platform_site.accounts.models import User
from platform_site.ui.languages import han_marked
from trading import need_queries
from trading.models import NeedReview
from trading.states import NEED_MOVES, NeedState

SHOWN = 50
UNDER_WAY = [state for state, moves in NEED_MOVES.items() if moves]


def own_needs(user: User, calendar: Any, mine: list[Any], waiting: list[Any]) -> None:
    """Sort the member's own needs into both lists: one query. `calendar` is that of the desk."""
    for need in need_queries.needs_of(user).filter(state__in=UNDER_WAY)[:SHOWN]:
        title, url = han_marked(f"{need.number} {need.title}"), need.get_absolute_url()
        if need.state == NeedState.SUBMITTED:
            office = need.province.office if need.province else ""
            item = calendar.item(
                gettext_lazy("审核"), title, url, need.review_due, office, settings.REVIEW_WORKING_DAYS
            )
            waiting.append(item)
        elif need.is_editable:
            returned = need.state == NeedState.CHANGES_REQUESTED
            verb = gettext_lazy("修改需求") if returned else gettext_lazy("提交需求")
            mine.append(calendar.item(verb, title, url, note=_("审核意见已退回") if returned else ""))
        elif need.waiting:
            words = ngettext("收到 %(n)s 个方案", "收到 %(n)s 个方案", need.waiting) % {"n": need.waiting}
            url = reverse("trading:need_proposals", args=[need.number])
            mine.append(calendar.item(gettext_lazy("答复方案"), title, url, note=words))


def need_reviews(user: User, codes: Sequence[str], calendar: Any) -> list[Any]:
    """Open reviews of needs in the officer's provinces, but a colleague's and of the officer's own needs: one query."""
    rows = NeedReview.objects.filter(province__in=codes, decision="").filter(Q(taken_by=None) | Q(taken_by=user))
    rows = rows.exclude(need__owner=user).select_related("need").order_by("due_on", "id")[:SHOWN]
    return [
        calendar.item(
            gettext_lazy("审核需求"),
            han_marked(f"{row.need.number} {row.need.title}"),
            reverse("trading:need_review_detail", args=[row.pk]),
            row.due_on,
            _("您已接手") if row.taken_by_id else "",
            settings.REVIEW_WORKING_DAYS,
        )
        for row in rows
    ]
