"""What people are told about plans. Ids in, nothing out; each notice has a key, so that a task that runs twice tells once.

Read next: plan_queries.py.
"""

from collections.abc import Iterable

from celery import shared_task
from django.utils import translation

from platform_site.accounts.models import User
from platform_site.notices.actions import notice_tell
from platform_site.ui.formats import date_iso

from . import plan_readers as readers
from .models import AnnualWorkPlan, PlanComment, PlanTabling, PlanVersion
from .people_queries import office_people, seat_people
from .plan_words import said
from .states import EditionState


@shared_task(name="governance.plan_circulate_notify")
def plan_circulate_notify(plan_id: int, until: str) -> None:
    """Everybody who may give an opinion, with the last day."""
    plan = AnnualWorkPlan.objects.get(pk=plan_id)
    _tell(readers.everybody_of_plans(), plan, "plan_circulated", f"circulated-{until}", until=until)


@shared_task(name="governance.plan_recall_notify")
def plan_recall_notify(plan_id: int, moment: str) -> None:
    """Whoever was asked: the draft is worked on again."""
    plan = AnnualWorkPlan.objects.get(pk=plan_id)
    _tell(readers.everybody_of_plans(), plan, "plan_recalled", f"recalled-{moment}")


@shared_task(name="governance.comment_answer_notify")
def comment_answer_notify(comment_id: int) -> None:
    """Whoever gave the opinion: what was made of it."""
    comment = PlanComment.objects.select_related("version__plan", "made_by").get(pk=comment_id)
    with translation.override(comment.made_by.language):
        state = str(comment.get_state_display())
    plan, about = comment.version.plan, comment.about or ""
    _tell([comment.made_by], plan, "plan_comment_answered", f"comment-{comment.pk}", state=state, about=about)


@shared_task(name="governance.plan_table_notify")
def plan_table_notify(tabling_id: int) -> None:
    """The seats and the office: at which meeting it is dealt with."""
    tabling = PlanTabling.objects.select_related("version__plan", "item__meeting").get(pk=tabling_id)
    meeting = tabling.item.meeting
    for person in _once(seat_people() + office_people()):
        with translation.override(person.language):
            name = said(meeting.title_zh, meeting.title_en)
        plan = tabling.version.plan
        _tell([person], plan, "plan_tabled", f"tabled-{tabling.pk}", meeting=name, day=date_iso(meeting.starts_at))


@shared_task(name="governance.version_adopt_notify")
def version_adopt_notify(version_id: int) -> None:
    """A plan: the seats and the office, what is to be done next. An amendment, which is in force: everybody."""
    version = PlanVersion.objects.select_related("plan").get(pk=version_id)
    if version.number == 1:
        _tell(seat_people() + office_people(), version.plan, "plan_adopted", "adopted")
    else:
        key = f"amended-{version.number}"
        _tell(readers.everybody_of_plans(), version.plan, "plan_amended", key, number=version.number)


@shared_task(name="governance.version_return_notify")
def version_return_notify(version_id: int, moment: str) -> None:
    """The seats and the office: it was not carried."""
    version = PlanVersion.objects.select_related("plan").get(pk=version_id)
    kind = "plan_amendment_dropped" if version.state == EditionState.DROPPED else "plan_returned"
    _tell(seat_people() + office_people(), version.plan, kind, f"returned-{moment}")


@shared_task(name="governance.plan_sign_notify")
def plan_sign_notify(plan_id: int) -> None:
    """The office publishes it now."""
    plan = AnnualWorkPlan.objects.get(pk=plan_id)
    _tell(office_people(), plan, "plan_signed", "signed")


@shared_task(name="governance.plan_publish_notify")
def plan_publish_notify(plan_id: int) -> None:
    plan = AnnualWorkPlan.objects.get(pk=plan_id)
    _tell(readers.everybody_of_plans(), plan, "plan_published", "published", number=plan.document_number)


def _once(people: Iterable[User]) -> list[User]:
    return list({person.pk: person for person in people}.values())


def _tell(people: Iterable[User], plan: AnnualWorkPlan, kind: str, key: str, **data: object) -> None:
    notice_tell(
        recipients=_once(people), kind=kind, key=f"plan-{plan.year}-{key}", path=f"/governance/plans/{plan.year}/",
        year=plan.year, **data,
    )  # fmt: skip
