"""States of an expo's records and their legal moves. Imports no models. Read next: models/."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ExpoState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("expo", "筹备中")
    APPLICATIONS_OPEN = "applications_open", pgettext_lazy("expo", "招展中")
    ALLOCATING = "allocating", pgettext_lazy("expo", "排位中")
    PROGRAMME_PUBLISHED = "programme_published", pgettext_lazy("expo", "日程已公布")
    RUNNING = "running", pgettext_lazy("expo", "开展中")
    CLOSED = "closed", pgettext_lazy("expo", "已闭幕")
    REPORTED = "reported", pgettext_lazy("expo", "已总结")


EXPO_MOVES: dict[ExpoState, frozenset[ExpoState]] = {
    ExpoState.PLANNED: frozenset({ExpoState.APPLICATIONS_OPEN}),
    ExpoState.APPLICATIONS_OPEN: frozenset({ExpoState.ALLOCATING}),
    ExpoState.ALLOCATING: frozenset({ExpoState.PROGRAMME_PUBLISHED}),
    ExpoState.PROGRAMME_PUBLISHED: frozenset({ExpoState.RUNNING}),
    ExpoState.RUNNING: frozenset({ExpoState.CLOSED}),
    ExpoState.CLOSED: frozenset({ExpoState.REPORTED}),
    ExpoState.REPORTED: frozenset(),
}
EXPO_BEFORE = (ExpoState.PLANNED, ExpoState.APPLICATIONS_OPEN, ExpoState.ALLOCATING, ExpoState.PROGRAMME_PUBLISHED)
EXPO_OVER = (ExpoState.CLOSED, ExpoState.REPORTED)


class VisitorKind(models.TextChoices):
    """As whom somebody comes; an exhibitor registers like everybody, and has a booth besides."""

    PROFESSIONAL = "professional", pgettext_lazy("visitor", "专业观众")
    GENERAL = "general", pgettext_lazy("visitor", "普通观众")
    MEDIA = "media", pgettext_lazy("visitor", "媒体")
    GUEST = "guest", pgettext_lazy("visitor", "嘉宾")
    EXHIBITOR = "exhibitor", pgettext_lazy("visitor", "参展商")


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", pgettext_lazy("registration", "已登记")
    CANCELLED = "cancelled", pgettext_lazy("registration", "已取消")


REGISTRATION_MOVES: dict[RegistrationState, frozenset[RegistrationState]] = {
    RegistrationState.REGISTERED: frozenset({RegistrationState.CANCELLED}),
    RegistrationState.CANCELLED: frozenset(),
}


class ExhibitState(models.TextChoices):
    APPLIED = "applied", pgettext_lazy("exhibit", "待预审")
    ACCEPTED = "accepted", pgettext_lazy("exhibit", "准予参展")
    REFUSED = "refused", pgettext_lazy("exhibit", "未准参展")
    WITHDRAWN = "withdrawn", pgettext_lazy("exhibit", "已撤回")
    BARRED = "barred", pgettext_lazy("exhibit", "停止展出")


EXHIBIT_MOVES: dict[ExhibitState, frozenset[ExhibitState]] = {
    ExhibitState.APPLIED: frozenset({ExhibitState.ACCEPTED, ExhibitState.REFUSED, ExhibitState.WITHDRAWN}),
    ExhibitState.ACCEPTED: frozenset({ExhibitState.BARRED, ExhibitState.WITHDRAWN}),
    ExhibitState.REFUSED: frozenset(),
    ExhibitState.WITHDRAWN: frozenset(),
    ExhibitState.BARRED: frozenset({ExhibitState.ACCEPTED}),
}
EXHIBIT_HOLDS = (ExhibitState.APPLIED, ExhibitState.ACCEPTED, ExhibitState.BARRED)


class MeetingState(models.TextChoices):
    """Of a meeting of two people at a table. A direct request holds its time while it waits for an answer."""

    REQUESTED = "requested", pgettext_lazy("expo meeting", "待对方答复")
    PROPOSED = "proposed", pgettext_lazy("expo meeting", "待双方确认")
    HALF = "half", pgettext_lazy("expo meeting", "一方已确认")
    CONFIRMED = "confirmed", pgettext_lazy("expo meeting", "双方已确认")
    HELD = "held", pgettext_lazy("expo meeting", "已会面")
    NOT_HELD = "not_held", pgettext_lazy("expo meeting", "未会面")
    CANCELLED = "cancelled", pgettext_lazy("expo meeting", "已取消")


MEETING_MOVES: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.REQUESTED: frozenset({MeetingState.CONFIRMED, MeetingState.CANCELLED}),
    MeetingState.PROPOSED: frozenset({MeetingState.HALF, MeetingState.CANCELLED}),
    MeetingState.HALF: frozenset({MeetingState.CONFIRMED, MeetingState.PROPOSED, MeetingState.CANCELLED}),
    MeetingState.CONFIRMED: frozenset({MeetingState.HELD, MeetingState.NOT_HELD, MeetingState.CANCELLED}),
    MeetingState.HELD: frozenset(),
    MeetingState.NOT_HELD: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}
MEETING_TAKES = (
    MeetingState.REQUESTED, MeetingState.PROPOSED, MeetingState.HALF, MeetingState.CONFIRMED, MeetingState.HELD, MeetingState.NOT_HELD,
)  # fmt: skip
MEETING_OPEN = (MeetingState.REQUESTED, MeetingState.PROPOSED, MeetingState.HALF, MeetingState.CONFIRMED)
MEETING_PLANNED = (MeetingState.PROPOSED, MeetingState.HALF, MeetingState.CONFIRMED)


class RequestState(models.TextChoices):
    PENDING = "pending", pgettext_lazy("meeting request", "待答复")
    ACCEPTED = "accepted", pgettext_lazy("meeting request", "已接受")
    DECLINED = "declined", pgettext_lazy("meeting request", "已谢绝")
    LAPSED = "lapsed", pgettext_lazy("meeting request", "逾时失效")
    WITHDRAWN = "withdrawn", pgettext_lazy("meeting request", "已撤回")


REQUEST_MOVES: dict[RequestState, frozenset[RequestState]] = {
    RequestState.PENDING: frozenset(
        {RequestState.ACCEPTED, RequestState.DECLINED, RequestState.LAPSED, RequestState.WITHDRAWN}
    ),
    RequestState.ACCEPTED: frozenset(),
    RequestState.DECLINED: frozenset(),
    RequestState.LAPSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}


class RunState(models.TextChoices):
    """Of one reckoning of the plan of meetings."""

    QUEUED = "queued", pgettext_lazy("match run", "排队中")
    RUNNING = "running", pgettext_lazy("match run", "计算中")
    DONE = "done", pgettext_lazy("match run", "已算出")
    APPLIED = "applied", pgettext_lazy("match run", "已采用")
    CANCELLED = "cancelled", pgettext_lazy("match run", "已停止")
    FAILED = "failed", pgettext_lazy("match run", "未算成")


RUN_MOVES: dict[RunState, frozenset[RunState]] = {
    RunState.QUEUED: frozenset({RunState.RUNNING, RunState.CANCELLED, RunState.FAILED}),
    RunState.RUNNING: frozenset({RunState.DONE, RunState.CANCELLED, RunState.FAILED}),
    RunState.DONE: frozenset({RunState.APPLIED, RunState.CANCELLED}),
    RunState.APPLIED: frozenset(),
    RunState.CANCELLED: frozenset(),
    RunState.FAILED: frozenset(),
}
RUN_GOES = (RunState.QUEUED, RunState.RUNNING)


class UnmetWhy(models.TextChoices):
    """Why a wish was not met; the values of matching.Why."""

    ABSENT = "absent", pgettext_lazy("unmet wish", "一方不参加对接")
    DECLINED = "declined", pgettext_lazy("unmet wish", "双方的会面已被谢绝或取消过")
    NO_COMMON = "no_common", pgettext_lazy("unmet wish", "双方没有共同的空闲时段")
    FIXED = "fixed", pgettext_lazy("unmet wish", "共同时段都被已确认的会面占用")
    TABLES = "tables", pgettext_lazy("unmet wish", "双方都空闲的时段，洽谈桌已满")
    TAKEN = "taken", pgettext_lazy("unmet wish", "共同时段都已安排得分不低于它的会面")
