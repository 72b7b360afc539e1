"""Refusals: each is a sentence for a person, turned into a page by the refusal middleware. Read next: states.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Sentence = str | Promise


class Refusal(Exception):
    """Something the portal will not do. `reason` says why, `advice` what can be done instead; nothing was written."""

    status = 409

    def __init__(self, reason: Sentence, advice: Sentence = "") -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.advice = advice


class NotAllowed(Refusal):
    """The actor may see the object but may not do this to it (403)."""

    status = 403


class MoveRefused(Refusal):
    """The object is not in a state from which it can get to the wanted one (409)."""

    def __init__(self, current: Sentence, wanted: Sentence, advice: Sentence = "") -> None:
        reason = _("现在是“%(current)s”，不能变为“%(wanted)s”。") % {"current": current, "wanted": wanted}
        super().__init__(reason, advice or _("可能有人刚刚处理过。请刷新页面，看看现在还能做什么。"))
        self.current = current
        self.wanted = wanted


class Conflict(Refusal):
    """Somebody else was first, or a rule of the record refuses (409)."""


class Busy(Refusal):
    """A lock was not had within three seconds (503)."""

    status = 503

    def __init__(self) -> None:
        super().__init__(_("这条记录正由别人处理。"), _("请过几秒再试一次，您填写的内容没有丢失。"))
