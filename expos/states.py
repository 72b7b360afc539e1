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
