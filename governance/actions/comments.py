"""Opinions of the seats on a draft, and what the group's office answers, one by one. Read next: plans.py."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance import plan_queries, plan_readers, rules
from governance.models import PlanComment
from governance.states import COMMENT_MOVES, CommentState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move

LONGEST = 2000


@transaction.atomic
def comment_make(*, version_id: int, actor: User, body: str, task_id: int | None = None) -> PlanComment:
    """Give the opinion of one's seat or province on a task, or on the whole, while the consultation runs.

    Raises: NotAllowed (nobody's voice: the group's office too); Conflict (over by the database's clock, no such task).
    """
    seat, mandate = plan_readers.lock_voice(actor)  # lock, may
    version = plan_queries.share_version(version_id)
    moment = clock.database_now()
    if not plan_queries.consultation_runs(version.plan, moment):
        raise Conflict(_("征求意见已经结束或还没有开始。"), _("有新的意见，请在会议审议时提出。"))
    text = plan_queries.text_of(version, task_id) if task_id else None
    if task_id and text is None:
        raise Conflict(_("草案里已经没有这项任务。"), _("可以对整个草案提意见。"))
    comment = PlanComment.objects.create(  # move, write
        version=version, task=text.task if text else None, about=f"{text.number} {text.title_zh}" if text else "",
        seat=seat, body=body.strip(), revision=(text or version).revision, made_by=actor, made_at=moment, **mandate,
    )  # fmt: skip
    record(  # record
        actor=actor, verb="governance.comment_make", target=comment, province_code=seat.province_id or "",
        version=version.pk, task=task_id,
    )  # fmt: skip
    return comment  # tell: it stands on the office's desk


@transaction.atomic
def comment_answer(*, comment_id: int, actor: User, state: CommentState, answer: str) -> PlanComment:
    """Say what was made of an opinion: accepted, in part or not, and why; once. What it is about keeps its revision of then.

    Raises: NotAllowed; Conflict (no words, tabled already); MoveRefused (answered already).
    """
    comment = plan_queries.lock_comment(comment_id)  # lock
    require(rules.is_group_staff, actor, comment, _("意见由领导小组办公室答复。"))  # may
    version = comment.version
    if not plan_queries.editable(version.plan, version):
        raise Conflict(_("草案已经提请审议，不能再答复意见。"))
    if not answer.strip():
        raise Conflict(_("请写明怎样处理、为什么。"))
    move(comment, state, COMMENT_MOVES)  # move
    text = plan_queries.text_of(version, comment.task_id) if comment.task_id else None
    about = text if comment.task_id else version
    comment.answer, comment.answered_by, comment.answered_at = answer.strip(), actor, clock.now()
    comment.answered_revision = about.revision if about else None
    comment.save(update_fields=["state", "answer", "answered_by", "answered_at", "answered_revision"])  # write
    record(actor=actor, verb="governance.comment_answer", target=comment, state=str(state))  # record
    after_commit("governance.comment_answer_notify", comment_id=comment.pk)  # tell
    return comment
