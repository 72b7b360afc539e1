"""States of the Leading Group's records and their legal moves. Imports no models. Read next: models/."""

from django.db import models
from django.utils.translation import pgettext_lazy


class SeatKind(models.TextChoices):
    NATIONAL = "national", pgettext_lazy("seat", "国家局席位")
    PROVINCIAL = "provincial", pgettext_lazy("seat", "省级席位")


class MeetingKind(models.TextChoices):
    REGULAR = "regular", pgettext_lazy("meeting", "例会")
    EXTRAORDINARY = "extraordinary", pgettext_lazy("meeting", "临时会议")
    WRITTEN = "written", pgettext_lazy("meeting", "书面审议")


class MeetingState(models.TextChoices):
    PREPARING = "preparing", pgettext_lazy("meeting", "筹备中")
    CALLED = "called", pgettext_lazy("meeting", "已通知")
    IN_SESSION = "in_session", pgettext_lazy("meeting", "进行中")
    CLOSED = "closed", pgettext_lazy("meeting", "已结束")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "已取消")


MEETING_MOVES: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PREPARING: frozenset({MeetingState.CALLED, MeetingState.CANCELLED}),
    MeetingState.CALLED: frozenset({MeetingState.IN_SESSION, MeetingState.CANCELLED}),
    MeetingState.IN_SESSION: frozenset({MeetingState.CLOSED}),
    MeetingState.CLOSED: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}


class ItemKind(models.TextChoices):
    """What an agenda item, and the resolution on it, is about; each has its effect when it is carried."""

    GENERAL = "general", pgettext_lazy("agenda item", "一般事项")
    PLAN = "plan", pgettext_lazy("agenda item", "审议年度工作计划")
    AMENDMENT = "amendment", pgettext_lazy("agenda item", "修订年度工作计划")
    ROTATION = "rotation", pgettext_lazy("agenda item", "调整轮值")
    ORDER = "order", pgettext_lazy("agenda item", "轮值顺序")
    RULE = "rule", pgettext_lazy("agenda item", "议事规则")


class ItemState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("agenda item", "待列入")
    LISTED = "listed", pgettext_lazy("agenda item", "已列入议程")
    DECLINED = "declined", pgettext_lazy("agenda item", "未列入")
    DONE = "done", pgettext_lazy("agenda item", "已审议")


ITEM_MOVES: dict[ItemState, frozenset[ItemState]] = {
    ItemState.PROPOSED: frozenset({ItemState.LISTED, ItemState.DECLINED}),
    ItemState.LISTED: frozenset({ItemState.DONE, ItemState.DECLINED}),
    ItemState.DECLINED: frozenset(),
    ItemState.DONE: frozenset(),
}


class BallotState(models.TextChoices):
    OPEN = "open", pgettext_lazy("ballot", "表决中")
    CLOSED = "closed", pgettext_lazy("ballot", "表决结束")


BALLOT_MOVES: dict[BallotState, frozenset[BallotState]] = {
    BallotState.OPEN: frozenset({BallotState.CLOSED}),
    BallotState.CLOSED: frozenset(),
}


class Choice(models.TextChoices):
    FOR = "for", pgettext_lazy("vote", "赞成")
    AGAINST = "against", pgettext_lazy("vote", "反对")
    ABSTAIN = "abstain", pgettext_lazy("vote", "弃权")


class ResolutionState(models.TextChoices):
    ADOPTED = "adopted", pgettext_lazy("resolution", "待落实")
    CLOSED = "closed", pgettext_lazy("resolution", "已办结")


RESOLUTION_MOVES: dict[ResolutionState, frozenset[ResolutionState]] = {
    ResolutionState.ADOPTED: frozenset({ResolutionState.CLOSED}),
    ResolutionState.CLOSED: frozenset(),
}


class PlanState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("work plan", "起草中")
    CONSULTATION = "consultation", pgettext_lazy("work plan", "征求意见")
    TABLED = "tabled", pgettext_lazy("work plan", "提请审议")
    ADOPTED = "adopted", pgettext_lazy("work plan", "已通过")
    PUBLISHED = "published", pgettext_lazy("work plan", "已发布")
    CLOSED = "closed", pgettext_lazy("work plan", "已总结")


PLAN_MOVES: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.CONSULTATION}),
    PlanState.CONSULTATION: frozenset({PlanState.DRAFT, PlanState.TABLED}),
    PlanState.TABLED: frozenset({PlanState.DRAFT, PlanState.ADOPTED}),  # back when the ballot does not carry it
    PlanState.ADOPTED: frozenset({PlanState.PUBLISHED}),
    PlanState.PUBLISHED: frozenset({PlanState.CLOSED}),
    PlanState.CLOSED: frozenset(),
}


class EditionState(models.TextChoices):
    """Of one version of a plan: worked on, before the group, in force, followed by a later one, or given up."""

    WORKING = "working", pgettext_lazy("plan version", "编辑中")
    TABLED = "tabled", pgettext_lazy("plan version", "提请审议")
    ADOPTED = "adopted", pgettext_lazy("plan version", "已通过")
    IN_FORCE = "in_force", pgettext_lazy("plan version", "现行")
    SUPERSEDED = "superseded", pgettext_lazy("plan version", "已被修订")
    DROPPED = "dropped", pgettext_lazy("plan version", "未采用")


EDITION_MOVES: dict[EditionState, frozenset[EditionState]] = {
    EditionState.WORKING: frozenset({EditionState.TABLED, EditionState.DROPPED}),
    EditionState.TABLED: frozenset({EditionState.WORKING, EditionState.ADOPTED, EditionState.DROPPED}),
    EditionState.ADOPTED: frozenset({EditionState.IN_FORCE}),
    EditionState.IN_FORCE: frozenset({EditionState.SUPERSEDED}),
    EditionState.SUPERSEDED: frozenset(),
    EditionState.DROPPED: frozenset(),
}


class CommentState(models.TextChoices):
    """What the group's office has made of an opinion on a draft; each is answered, one by one."""

    OPEN = "open", pgettext_lazy("plan comment", "待答复")
    ACCEPTED = "accepted", pgettext_lazy("plan comment", "采纳")
    PARTLY = "partly", pgettext_lazy("plan comment", "部分采纳")
    DECLINED = "declined", pgettext_lazy("plan comment", "未采纳")


COMMENT_MOVES: dict[CommentState, frozenset[CommentState]] = {
    CommentState.OPEN: frozenset({CommentState.ACCEPTED, CommentState.PARTLY, CommentState.DECLINED}),
    CommentState.ACCEPTED: frozenset(),
    CommentState.PARTLY: frozenset(),
    CommentState.DECLINED: frozenset(),
}


class DutyRole(models.TextChoices):
    LEAD = "lead", pgettext_lazy("duty", "牵头")
    SUPPORT = "support", pgettext_lazy("duty", "配合")


class HandoverState(models.TextChoices):
    """Whether the powers have passed is told by the terms, to the instant; this says who has signed."""

    OPEN = "open", pgettext_lazy("handover", "待双方签署")
    HALF_SIGNED = "half_signed", pgettext_lazy("handover", "一方已签署")
    SIGNED = "signed", pgettext_lazy("handover", "双方已签署")


HANDOVER_MOVES: dict[HandoverState, frozenset[HandoverState]] = {
    HandoverState.OPEN: frozenset({HandoverState.HALF_SIGNED, HandoverState.SIGNED}),
    HandoverState.HALF_SIGNED: frozenset({HandoverState.SIGNED}),
    HandoverState.SIGNED: frozenset(),
}


class HandoverSide(models.TextChoices):
    OUTGOING = "outgoing", pgettext_lazy("handover", "移交方")
    INCOMING = "incoming", pgettext_lazy("handover", "接任方")


class ReportKind(models.TextChoices):
    INTERIM = "interim", pgettext_lazy("progress report", "阶段进展")
    COMPLETION = "completion", pgettext_lazy("progress report", "完成（申请销号）")


class ReportState(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("progress report", "待核验")
    ACCEPTED = "accepted", pgettext_lazy("progress report", "核验通过")
    RETURNED = "returned", pgettext_lazy("progress report", "已退回")
    WITHDRAWN = "withdrawn", pgettext_lazy("progress report", "已撤回")


REPORT_MOVES: dict[ReportState, frozenset[ReportState]] = {
    ReportState.SUBMITTED: frozenset({ReportState.ACCEPTED, ReportState.RETURNED, ReportState.WITHDRAWN}),
    ReportState.ACCEPTED: frozenset(),
    ReportState.RETURNED: frozenset(),
    ReportState.WITHDRAWN: frozenset(),
}


class PolicyKind(models.TextChoices):
    """What a preferential policy supports (domain.md 11)."""

    DEAL = "deal", pgettext_lazy("policy", "许可转让奖补")
    CONVERSION = "conversion", pgettext_lazy("policy", "转化实施补助")
    RENT = "rent", pgettext_lazy("policy", "场地租金减免")
    INTEREST = "interest", pgettext_lazy("policy", "质押贷款贴息")
    VALUATION = "valuation", pgettext_lazy("policy", "评估费补贴")
    RISK = "risk", pgettext_lazy("policy", "质押贷款风险补偿")
    INSURANCE = "insurance", pgettext_lazy("policy", "专利保险补贴")
    DISPLAY = "display", pgettext_lazy("policy", "展示推介与考察补助")
    AWARD = "award", pgettext_lazy("policy", "专利奖")
    TAX = "tax", pgettext_lazy("policy", "税收优惠")
    TALENT = "talent", pgettext_lazy("policy", "人才激励")
    PRIORITY = "priority", pgettext_lazy("policy", "优先立项和政府采购")
    FEE = "fee", pgettext_lazy("policy", "年费资助")


class PolicyState(models.TextChoices):
    """Of one version of a policy; whether it is in force on a day is told by its days."""

    DRAFT = "draft", pgettext_lazy("policy version", "起草中")
    PUBLISHED = "published", pgettext_lazy("policy version", "已公布")
    ENDED = "ended", pgettext_lazy("policy version", "已终止")


POLICY_MOVES: dict[PolicyState, frozenset[PolicyState]] = {
    PolicyState.DRAFT: frozenset({PolicyState.PUBLISHED}),
    PolicyState.PUBLISHED: frozenset({PolicyState.ENDED}),
    PolicyState.ENDED: frozenset(),
}


class Stacking(models.TextChoices):
    """How a support stands beside others for the same thing."""

    ONCE = "once", pgettext_lazy("stacking", "同一事项不重复享受")
    HIGHER = "higher", pgettext_lazy("stacking", "同一事项就高不就低")
    CUMULATIVE = "cumulative", pgettext_lazy("stacking", "可与其他政策叠加享受")


class SupportState(models.TextChoices):
    """Of an application for support (申报)."""

    SUBMITTED = "submitted", pgettext_lazy("support", "待受理")
    CORRECTION = "correction", pgettext_lazy("support", "待补正")
    ACCEPTED = "accepted", pgettext_lazy("support", "已受理，待初审")
    REVIEWED = "reviewed", pgettext_lazy("support", "初审通过，待复审")
    NOTICE = "notice", pgettext_lazy("support", "公示中")
    APPROVED = "approved", pgettext_lazy("support", "已批准，待兑现")
    PAID = "paid", pgettext_lazy("support", "已兑现")
    DECLINED = "declined", pgettext_lazy("support", "不予支持")
    APPEALED = "appealed", pgettext_lazy("support", "申诉中")
    UPHELD = "upheld", pgettext_lazy("support", "维持原决定")
    WITHDRAWN = "withdrawn", pgettext_lazy("support", "已撤回")
    RECOVERED = "recovered", pgettext_lazy("support", "已收回")


_S = SupportState
SUPPORT_MOVES: dict[SupportState, frozenset[SupportState]] = {
    _S.SUBMITTED: frozenset({_S.CORRECTION, _S.ACCEPTED, _S.DECLINED, _S.WITHDRAWN}),
    _S.CORRECTION: frozenset({_S.SUBMITTED, _S.WITHDRAWN}),
    _S.ACCEPTED: frozenset({_S.REVIEWED, _S.DECLINED, _S.WITHDRAWN}),
    _S.REVIEWED: frozenset({_S.NOTICE, _S.DECLINED, _S.WITHDRAWN}),
    _S.NOTICE: frozenset({_S.APPROVED, _S.DECLINED}),
    _S.APPROVED: frozenset({_S.PAID, _S.RECOVERED}),
    _S.DECLINED: frozenset({_S.APPEALED}),
    _S.APPEALED: frozenset({_S.ACCEPTED, _S.UPHELD}),
    _S.PAID: frozenset({_S.RECOVERED}),
    _S.RECOVERED: frozenset(),
    _S.UPHELD: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
# Nobody does anything about these any more.
SUPPORT_OVER = frozenset({_S.PAID, _S.RECOVERED, _S.UPHELD, _S.WITHDRAWN, _S.DECLINED})


class FacilityKind(models.TextChoices):
    BASE = "base", pgettext_lazy("facility", "产业化基地")
    INCUBATOR = "incubator", pgettext_lazy("facility", "孵化器")
    CENTRE = "centre", pgettext_lazy("facility", "展示交易中心")
    LABORATORY = "laboratory", pgettext_lazy("facility", "实验室")
    PILOT_LINE = "pilot_line", pgettext_lazy("facility", "中试基地")
    EXPERT = "expert", pgettext_lazy("facility", "专家")


class FacilityState(models.TextChoices):
    OPEN = "open", pgettext_lazy("facility", "开放")
    CLOSED = "closed", pgettext_lazy("facility", "已停止开放")


FACILITY_MOVES: dict[FacilityState, frozenset[FacilityState]] = {
    FacilityState.OPEN: frozenset({FacilityState.CLOSED}),
    FacilityState.CLOSED: frozenset({FacilityState.OPEN}),
}


class VisitState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("visit", "候补")
    REQUESTED = "requested", pgettext_lazy("visit", "待确认")
    COUNTERED = "countered", pgettext_lazy("visit", "建议改期")
    CONFIRMED = "confirmed", pgettext_lazy("visit", "已确认")
    DECLINED = "declined", pgettext_lazy("visit", "未接受")
    CANCELLED = "cancelled", pgettext_lazy("visit", "已取消")
    LAPSED = "lapsed", pgettext_lazy("visit", "已过期")
    USED = "used", pgettext_lazy("visit", "已到访")
    NOT_USED = "not_used", pgettext_lazy("visit", "未到访")


VISIT_MOVES: dict[VisitState, frozenset[VisitState]] = {
    VisitState.WAITING: frozenset({VisitState.REQUESTED, VisitState.CANCELLED, VisitState.LAPSED}),
    VisitState.REQUESTED: frozenset(
        {VisitState.CONFIRMED, VisitState.COUNTERED, VisitState.DECLINED, VisitState.CANCELLED, VisitState.LAPSED}
    ),
    VisitState.COUNTERED: frozenset({VisitState.CONFIRMED, VisitState.CANCELLED, VisitState.LAPSED}),
    VisitState.CONFIRMED: frozenset({VisitState.CANCELLED, VisitState.USED, VisitState.NOT_USED}),
    VisitState.DECLINED: frozenset(),
    VisitState.CANCELLED: frozenset(),
    VisitState.LAPSED: frozenset(),
    VisitState.USED: frozenset(),
    VisitState.NOT_USED: frozenset(),
}
# A visit that takes room, and one that will still come.
VISIT_HOLDS = ("requested", "countered", "confirmed", "used", "not_used")
VISIT_AHEAD = ("requested", "countered", "confirmed")


class StationingState(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("stationing", "待审批")
    WAITING = "waiting_list", pgettext_lazy("stationing", "排队候补")
    ACCEPTED = "accepted", pgettext_lazy("stationing", "同意入驻")
    DECLINED = "declined", pgettext_lazy("stationing", "未同意")
    WITHDRAWN = "withdrawn", pgettext_lazy("stationing", "已撤回")
    STATIONED = "stationed", pgettext_lazy("stationing", "在驻")
    GRADUATED = "graduated", pgettext_lazy("stationing", "已毕业")
    EXITED = "exited", pgettext_lazy("stationing", "已退出")


STATIONING_MOVES: dict[StationingState, frozenset[StationingState]] = {
    StationingState.SUBMITTED: frozenset(
        {StationingState.ACCEPTED, StationingState.WAITING, StationingState.DECLINED, StationingState.WITHDRAWN}
    ),
    StationingState.WAITING: frozenset({StationingState.ACCEPTED, StationingState.DECLINED, StationingState.WITHDRAWN}),
    StationingState.ACCEPTED: frozenset(
        {StationingState.STATIONED, StationingState.WITHDRAWN, StationingState.DECLINED}  # no contract came about
    ),
    StationingState.STATIONED: frozenset({StationingState.GRADUATED, StationingState.EXITED}),
    StationingState.DECLINED: frozenset(),
    StationingState.WITHDRAWN: frozenset(),
    StationingState.GRADUATED: frozenset(),
    StationingState.EXITED: frozenset(),
}
# Takes places over its period; one that has ended did so until the day on which it ended.
STATIONING_HOLDS = ("accepted", "stationed", "graduated", "exited")
