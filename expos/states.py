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


# ---- what the worker reckons: the allocation of booths, the plan of meetings


class RunState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("run", "排队中")
    RUNNING = "running", pgettext_lazy("run", "计算中")
    DONE = "done", pgettext_lazy("run", "方案待采用")
    APPLIED = "applied", pgettext_lazy("run", "已采用")
    CANCELLED = "cancelled", pgettext_lazy("run", "已取消")
    FAILED = "failed", pgettext_lazy("run", "未完成")


RUN_MOVES: dict[RunState, frozenset[RunState]] = {
    RunState.QUEUED: frozenset({RunState.RUNNING, RunState.CANCELLED, RunState.FAILED}),
    RunState.RUNNING: frozenset({RunState.DONE, RunState.CANCELLED, RunState.FAILED}),
    RunState.DONE: frozenset({RunState.APPLIED, RunState.CANCELLED}),
    RunState.APPLIED: frozenset(),
    RunState.CANCELLED: frozenset(),
    RunState.FAILED: frozenset(),
}
RUN_GOES = (RunState.QUEUED, RunState.RUNNING)


# ---- the floor: booths, applications, allocation, complaints


class BoothKind(models.TextChoices):
    """Standard and corner are 3 × 3 metres; a corner is open to two aisles at least; raw space begins at 36 square metres."""

    STANDARD = "standard", pgettext_lazy("booth", "标准展位")
    CORNER = "corner", pgettext_lazy("booth", "转角展位")
    RAW = "raw", pgettext_lazy("booth", "光地")


class ApplicationState(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("booth application", "待预审")
    PRE_REVIEWED = "pre_reviewed", pgettext_lazy("booth application", "预审通过")
    REFUSED = "refused", pgettext_lazy("booth application", "预审未通过")
    ALLOTTED = "allotted", pgettext_lazy("booth application", "已分配，待确认")
    WAITING = "waiting", pgettext_lazy("booth application", "候补")
    CONFIRMED = "confirmed", pgettext_lazy("booth application", "已确认")
    DECLINED = "declined", pgettext_lazy("booth application", "已放弃")
    EXPIRED = "expired", pgettext_lazy("booth application", "逾期未确认")
    WITHDRAWN = "withdrawn", pgettext_lazy("booth application", "已撤回")


_A = ApplicationState
APPLICATION_MOVES: dict[ApplicationState, frozenset[ApplicationState]] = {
    _A.SUBMITTED: frozenset({_A.PRE_REVIEWED, _A.REFUSED, _A.WITHDRAWN}),
    _A.PRE_REVIEWED: frozenset({_A.ALLOTTED, _A.WAITING, _A.WITHDRAWN}),
    _A.REFUSED: frozenset(),
    _A.ALLOTTED: frozenset({_A.CONFIRMED, _A.DECLINED, _A.EXPIRED, _A.WAITING}),
    _A.WAITING: frozenset({_A.ALLOTTED, _A.WITHDRAWN}),
    _A.CONFIRMED: frozenset({_A.DECLINED}),
    _A.DECLINED: frozenset(),
    _A.EXPIRED: frozenset(),
    _A.WITHDRAWN: frozenset(),
}
APPLICATION_HOLDS = (_A.SUBMITTED, _A.PRE_REVIEWED, _A.ALLOTTED, _A.WAITING, _A.CONFIRMED)
APPLICATION_PLACED = (_A.ALLOTTED, _A.CONFIRMED)
APPLICATION_UNDECIDED = (_A.SUBMITTED, _A.PRE_REVIEWED)


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


class CheckOccasion(models.TextChoices):
    """When the status of an exhibit was looked at."""

    APPLICATION = "application", pgettext_lazy("exhibit check", "报名")
    REVIEW = "review", pgettext_lazy("exhibit check", "预审")
    SET_UP = "set_up", pgettext_lazy("exhibit check", "布展")
    OPENING = "opening", pgettext_lazy("exhibit check", "开展当日")
    CHANGE = "change", pgettext_lazy("exhibit check", "法律状态变化")


class ComplaintState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("complaint", "待受理")
    ACCEPTED = "accepted", pgettext_lazy("complaint", "已受理")
    REFUSED = "refused", pgettext_lazy("complaint", "不予受理")
    HANDED_OVER = "handed_over", pgettext_lazy("complaint", "已移交知识产权局")
    SETTLED = "settled", pgettext_lazy("complaint", "已协商解决")
    WITHDRAWN = "withdrawn", pgettext_lazy("complaint", "已撤回")


_C = ComplaintState
COMPLAINT_MOVES: dict[ComplaintState, frozenset[ComplaintState]] = {
    _C.RECEIVED: frozenset({_C.ACCEPTED, _C.REFUSED, _C.WITHDRAWN}),
    _C.ACCEPTED: frozenset({_C.HANDED_OVER, _C.SETTLED, _C.WITHDRAWN}),
    _C.REFUSED: frozenset(),
    _C.HANDED_OVER: frozenset(),
    _C.SETTLED: frozenset(),
    _C.WITHDRAWN: frozenset(),
}
COMPLAINT_OPEN = (_C.RECEIVED, _C.ACCEPTED)


class UnmetWhy(models.TextChoices):
    """Why a wish was not met; the values of matching.Why."""

    ABSENT = "absent", pgettext_lazy("unmet wish", "一方不参加对接")
    DECLINED = "declined", pgettext_lazy("unmet wish", "双方的会面已被谢绝或取消过")
    NO_COMMON = "no_common", pgettext_lazy("unmet wish", "双方没有共同的空闲时段")
    FIXED = "fixed", pgettext_lazy("unmet wish", "共同时段都被已确认的会面占用")
    TABLES = "tables", pgettext_lazy("unmet wish", "双方都空闲的时段，洽谈桌已满")
    TAKEN = "taken", pgettext_lazy("unmet wish", "共同时段都已安排得分不低于它的会面")


# ---- doors, leads, results (the part "door")


class Direction(models.TextChoices):
    """A passage through a door."""

    IN = "in", pgettext_lazy("passage", "进入")
    OUT = "out", pgettext_lazy("passage", "离开")


class LeadState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("lead", "待观众答复")
    AGREED = "agreed", pgettext_lazy("lead", "已同意")
    DECLINED = "declined", pgettext_lazy("lead", "未同意")


LEAD_MOVES: dict[LeadState, frozenset[LeadState]] = {
    LeadState.ASKED: frozenset({LeadState.AGREED, LeadState.DECLINED}),
    LeadState.AGREED: frozenset(),
    LeadState.DECLINED: frozenset(),
}


class Rung(models.TextChoices):
    """What came of a talk, from the first to the last rung; a result climbs, and rungs are never added up."""

    INTENTION = "intention", pgettext_lazy("rung", "意向")
    FRAMEWORK = "framework", pgettext_lazy("rung", "框架协议")
    CONTRACT = "contract", pgettext_lazy("rung", "合同")
    PAID = "paid", pgettext_lazy("rung", "到账")
    INDUSTRIALISED = "industrialised", pgettext_lazy("rung", "落地投产")


class Party(models.TextChoices):
    """The two sides of a result."""

    OWNER = "owner", pgettext_lazy("result", "技术方")
    TAKER = "taker", pgettext_lazy("result", "需求方")


class FollowWord(models.TextChoices):
    """What a side answers when it is asked how an intention stands."""

    TALKING = "talking", pgettext_lazy("follow-up", "仍在洽谈")
    CLIMBED = "climbed", pgettext_lazy("follow-up", "已有进展")
    ENDED = "ended", pgettext_lazy("follow-up", "已经终止")


class CeremonyState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("ceremony", "候签")
    CALLED = "called", pgettext_lazy("ceremony", "请上台")
    SIGNED = "signed", pgettext_lazy("ceremony", "已签约")
    ABSENT = "absent", pgettext_lazy("ceremony", "未到场")


CEREMONY_MOVES: dict[CeremonyState, frozenset[CeremonyState]] = {
    CeremonyState.QUEUED: frozenset({CeremonyState.CALLED, CeremonyState.ABSENT}),
    CeremonyState.CALLED: frozenset({CeremonyState.SIGNED, CeremonyState.ABSENT, CeremonyState.QUEUED}),
    CeremonyState.SIGNED: frozenset(),
    CeremonyState.ABSENT: frozenset({CeremonyState.QUEUED}),
}


class SessionKind(models.TextChoices):
    """What is held; a break is of the programme as well, so that a room is seen to be empty on purpose."""

    CEREMONY = "ceremony", pgettext_lazy("session", "仪式")
    FORUM = "forum", pgettext_lazy("session", "论坛")
    ROADSHOW = "roadshow", pgettext_lazy("session", "路演")
    AUCTION = "auction", pgettext_lazy("session", "拍卖")
    AWARD = "award", pgettext_lazy("session", "评奖")
    BREAK = "break", pgettext_lazy("session", "休息")
    OTHER = "other", pgettext_lazy("session", "其他")


class SessionState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("session", "照常举行")
    CANCELLED = "cancelled", pgettext_lazy("session", "已取消")


SESSION_MOVES: dict[SessionState, frozenset[SessionState]] = {
    SessionState.PLANNED: frozenset({SessionState.CANCELLED}),
    SessionState.CANCELLED: frozenset({SessionState.PLANNED}),
}


class SpeakerRole(models.TextChoices):
    SPEAKER = "speaker", pgettext_lazy("speaker", "演讲")
    HOST = "host", pgettext_lazy("speaker", "主持")
    GUEST = "guest", pgettext_lazy("speaker", "嘉宾")
