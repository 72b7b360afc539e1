"""Objections to a support on public notice: made by anybody, answered by the office before it may grant. Read next: support.py."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance import policy_rules, support_queries
from governance.models import SupportObjection
from governance.states import SupportState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit


@transaction.atomic
def objection_make(*, application_id: int, actor: User, words: str) -> SupportObjection:
    """Object while the notice runs. Raises: NotAllowed (applicant, office); Conflict (over, or objected already)."""
    application = support_queries.lock_application(application_id)  # lock
    require(policy_rules.objection_make, actor, application)  # may
    last = application.notice_until
    if application.state != SupportState.NOTICE or last is None or clock.day_of(clock.database_now()) > last:
        raise Conflict(_("公示已经结束，不再受理异议。"), _("可以直接向办理机关反映。"))
    try:
        with transaction.atomic():  # move, write
            made = SupportObjection.objects.create(
                application=application, by=actor, words=words.strip(), made_at=clock.now()
            )
    except IntegrityError as twice:
        raise Conflict(_("您已对这份公示提出过异议。")) from twice
    _recorded(made, actor, "governance.objection_make")  # record
    after_commit("governance.objection_notify", objection_id=made.pk)  # tell
    return made


@transaction.atomic
def objection_answer(*, objection_id: int, actor: User, words: str) -> SupportObjection:
    """Say what the office found; until then nothing is granted. Raises: NotAllowed; Conflict (answered already)."""
    objection = support_queries.lock_objection(objection_id)  # lock
    require(policy_rules.objection_answer, actor, objection)  # may
    if objection.answered_at is not None:
        raise Conflict(_("这份异议已经答复。"))
    objection.answer, objection.answered_by, objection.answered_at = words.strip(), actor, clock.now()  # move, write
    objection.save(update_fields=["answer", "answered_by", "answered_at"])
    _recorded(objection, actor, "governance.objection_answer")  # record
    after_commit("governance.objection_notify", objection_id=objection.pk)  # tell
    return objection


def _recorded(objection: SupportObjection, actor: User, verb: str) -> None:
    code = objection.application.version.policy.province_id
    record(actor=actor, verb=verb, target=objection, province_code=code, application=objection.application_id)
