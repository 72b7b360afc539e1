"""What people are told about policies and applications for support. Ids in, nothing out. Read next: support_queries.py."""

from celery import shared_task
from django.utils import translation

from platform_site.accounts.models import User
from platform_site.accounts.queries import officers_of
from platform_site.notices.actions import notice_tell
from platform_site.regions.names import province_name
from platform_site.regions.queries import provinces
from platform_site.ui.formats import date_iso

from .models import PolicyApplication, PolicyVersion, SupportObjection, SupportStep
from .policy_rules import DECIDE, KEEP
from .states import SUPPORT_OVER, SupportState

# Into these states an application waits for the office, or the office waits no longer; of all others the applicant is told.
_OFFICE = frozenset({SupportState.SUBMITTED, SupportState.REVIEWED, SupportState.APPEALED, SupportState.WITHDRAWN})


@shared_task(name="governance.policy_publish_notify")
def policy_publish_notify(version_id: int) -> None:
    """The offices of the six: what is now given where, and whether anybody is treated differently, concerns all."""
    version = PolicyVersion.objects.select_related("policy__province").get(pk=version_id)
    people = [person for province in provinces() for person in officers_of(province, KEEP)]
    _tell(people, version, "policy_published")


@shared_task(name="governance.policy_end_notify")
def policy_end_notify(version_id: int) -> None:
    """Whoever has an application under it that goes on."""
    version = PolicyVersion.objects.select_related("policy__province").get(pk=version_id)
    asked = PolicyApplication.objects.filter(version=version).exclude(state__in=SUPPORT_OVER)
    people = {one.applicant_id: one.applicant for one in asked.select_related("applicant")}
    _tell(list(people.values()), version, "policy_ended", day=date_iso(version.ends_on))


@shared_task(name="governance.support_notify")
def support_notify(step_id: int) -> None:
    """The office of what waits for it, the applicant of what was decided; never whoever did it."""
    step = SupportStep.objects.select_related("application__version__policy__province", "application__applicant").get(
        pk=step_id
    )
    application = step.application
    if step.became in _OFFICE:
        people = officers_of(application.version.policy.province, DECIDE)
        kind = "support_waiting"
    else:
        people, kind = [application.applicant], "support_moved"
    for person in people:
        if person.pk == step.by_id:
            continue
        with translation.override(person.language):
            notice_tell(
                recipients=[person], kind=kind, key=f"support-step-{step.pk}", path=f"/policies/applications/{application.pk}/",
                number=application.number, title=application.version.title, state=str(SupportState(step.became).label),
                name=application.applicant_name, due=date_iso(application.due_on),
            )  # fmt: skip


@shared_task(name="governance.objection_notify")
def objection_notify(objection_id: int) -> None:
    """The office of an objection that waits, its author of the answer."""
    objection = SupportObjection.objects.select_related("application__version__policy__province", "by").get(
        pk=objection_id
    )
    application, is_answered = objection.application, objection.answered_at is not None
    people = [objection.by] if is_answered else officers_of(application.version.policy.province, DECIDE)
    kind = "objection_answered" if is_answered else "objection_waiting"
    for person in people:
        with translation.override(person.language):
            notice_tell(
                recipients=[person], kind=kind, key=f"{kind}-{objection.pk}", path=f"/policies/objections/{objection.pk}/",
                number=application.number, title=application.version.title,
            )  # fmt: skip


def _tell(people: list[User], version: PolicyVersion, kind: str, **data: str) -> None:
    for person in people:
        with translation.override(person.language):
            notice_tell(
                recipients=[person], kind=kind, key=f"{kind}-{version.pk}", path=f"/policies/{version.policy_id}/",
                title=version.title, province=province_name(version.policy.province_id), first=date_iso(version.starts_on), **data,
            )  # fmt: skip
