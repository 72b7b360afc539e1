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
