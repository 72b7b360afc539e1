"""A plan on its way: created, circulated, tabled, adopted, signed, published. Read next: plan_texts.py.

The group's office drafts, circulates and publishes and never votes; the rotating director tables and signs and does not
publish; the ballot adopts (version_adopt, called by whoever closes it). Lock order: Seat, Term, Meeting, Plan, Version.
"""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance import meeting_queries, plan_queries, queries, rules
from governance.models import (
    AnnualWorkPlan,
    Meeting,
    PlanSignature,
    PlanTabling,
    PlanVersion,
    Resolution,
    Section,
)
from governance.plan_checks import stopping
from governance.plan_text import digest
from governance.plan_words import DOCUMENT_NUMBER
from governance.states import EDITION_MOVES, PLAN_MOVES, EditionState, ItemKind, MeetingState, PlanState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict, MoveRefused
from platform_site.outbox.queue import after_commit
from platform_site.regions.queries import due_date
from platform_site.states import move

from .items import item_write

CONSULTATION_WORKING_DAYS, LONGEST_CONSULTATION = 5, timedelta(days=183)
FIRST_YEAR, YEARS_AHEAD = 2007, 1


@transaction.atomic
def plan_create(*, year: int, actor: User, copy_sections: bool = False) -> AnnualWorkPlan:
    """Begin the draft of a year, empty or with the chapters of last year's plan.

    Raises: NotAllowed; Conflict (a year has one plan; before 2007 or too far ahead).
    """
    require(rules.is_group_staff, actor, None, _("年度工作计划由领导小组办公室起草。"))  # lock, may
    if not FIRST_YEAR <= year <= clock.today().year + YEARS_AHEAD:
        raise Conflict(_("只能起草 2007 年至明年的计划。"))
    plan, is_new = AnnualWorkPlan.objects.get_or_create(  # move, write
        year=year, defaults={"created_by": actor, "created_at": clock.now()}
    )
    if not is_new:
        raise Conflict(_("%(year)d 年的计划已经有了，每年一份。") % {"year": year}, _("请打开它继续起草。"))
    version = PlanVersion.objects.create(plan=plan, number=1, created_by=actor, created_at=clock.now())
    earlier = plan_queries.last_years(plan) if copy_sections else None
    chapters = list(earlier.sections.all()) if earlier else []
    Section.objects.bulk_create(
        [Section(version=version, place=one.place, title_zh=one.title_zh, title_en=one.title_en) for one in chapters]
    )
    record(actor=actor, verb="governance.plan_create", target=plan, year=year, chapters=len(chapters))  # record
    return plan  # tell: nobody waits for a draft


@transaction.atomic
def plan_circulate(*, plan_id: int, actor: User, last_day: date) -> AnnualWorkPlan:
    """Ask the seats for their opinions until the end of `last_day`, at least five working days ahead.

    Raises: NotAllowed; MoveRefused (not a draft); Conflict (too short, another year, nothing to read).
    """
    version = plan_queries.lock_under_way(plan_id)  # lock
    require(rules.is_group_staff, actor, version, _("征求意见由领导小组办公室办理。"))  # may
    plan = _plan_of(version, plan_id, PlanState.CONSULTATION)
    move(plan, PlanState.CONSULTATION, PLAN_MOVES)  # move
    earliest = earliest_last_day()
    if last_day < earliest:
        raise Conflict(
            _("征求意见至少五个工作日，截止日不能早于 %(day)s。") % {"day": earliest}, _("请选一个更晚的日子。")
        )
    if last_day > clock.today() + LONGEST_CONSULTATION:
        raise Conflict(_("截止日太远，请在半年以内选择。"))
    if version is None or not plan_queries.tasks_of(version).exists():
        raise Conflict(_("草案里还没有任务，不能征求意见。"))
    plan.consultation_ends_on = last_day
    plan.save(update_fields=["state", "consultation_ends_on"])  # write
    until = last_day.isoformat()
    record(actor=actor, verb="governance.plan_circulate", target=plan, year=plan.year, until=until)  # record
    after_commit("governance.plan_circulate_notify", plan_id=plan.pk, until=until)  # tell
    return plan


@transaction.atomic
def plan_recall(*, plan_id: int, actor: User) -> AnnualWorkPlan:
    """Take the draft back from consultation; opinions given so far stay and are still answered.

    Raises: NotAllowed; MoveRefused (not in consultation).
    """
    version = plan_queries.lock_under_way(plan_id)  # lock
    require(rules.is_group_staff, actor, version, _("草案由领导小组办公室收回。"))  # may
    plan = _plan_of(version, plan_id, PlanState.DRAFT)
    if plan.state != PlanState.CONSULTATION:
        raise MoveRefused(plan.get_state_display(), PlanState.DRAFT.label)
    move(plan, PlanState.DRAFT, PLAN_MOVES)  # move
    plan.save(update_fields=["state"])  # write
    record(actor=actor, verb="governance.plan_recall", target=plan, year=plan.year)  # record
    after_commit("governance.plan_recall_notify", plan_id=plan.pk, moment=clock.now().isoformat())  # tell
    return plan


@transaction.atomic
def plan_table(*, plan_id: int, actor: User, meeting_id: int) -> PlanTabling:
    """Put the plan on the agenda of a meeting and freeze its text; the rotating director alone.

    Raises: NotAllowed (not the director now); MoveRefused; Conflict (the consultation still runs, an opinion is unanswered,
        a check fails, the meeting has begun). Source: decision 0018.
    """
    term, mandate = queries.lock_directorship(actor)  # lock, may
    meeting = meeting_queries.lock_meeting(meeting_id)
    version = plan_queries.lock_under_way(plan_id)
    plan = _plan_of(version, plan_id, PlanState.TABLED)
    if plan.state != PlanState.CONSULTATION or version is None:
        raise MoveRefused(plan.get_state_display(), PlanState.TABLED.label)
    _require_heard(plan, version)
    version_freeze(version=version, meeting=meeting)
    move(plan, PlanState.TABLED, PLAN_MOVES)  # move
    plan.save(update_fields=["state"])  # write
    item = item_write(
        meeting=meeting, kind=ItemKind.PLAN, title_zh=f"审议{plan.year}年度工作计划",
        title_en=f"Annual Work Plan {plan.year}", version=version, seat=mandate.seat, actor=actor,
    )  # fmt: skip
    tabling = PlanTabling.objects.create(
        version=version, item=item, term=term, digest=version.digest, done_by=actor, done_at=clock.now(), **mandate.by
    )
    record(actor=actor, verb="governance.plan_table", target=plan, year=plan.year, digest=version.digest)  # record
    after_commit("governance.plan_table_notify", tabling_id=tabling.pk)  # tell
    return tabling


@transaction.atomic
def plan_sign(*, plan_id: int, actor: User, digest: str) -> PlanSignature:
    """The rotating director's name under the adopted text, which is the one that was shown (`digest`).

    Raises: NotAllowed (not the director now); Conflict (not adopted, signed already, another text).
    """
    term, mandate = queries.lock_directorship(actor)  # lock, may
    version = plan_queries.lock_under_way(plan_id)
    if version is None or version.plan.state != PlanState.ADOPTED or version.state != EditionState.ADOPTED:
        raise Conflict(_("只有领导小组通过的计划可以签署。"))
    if PlanSignature.objects.filter(version=version).exists():
        raise Conflict(_("这份计划已经签署。"))
    if digest != version.digest:
        raise Conflict(_("页面上的文本与通过的文本不一致。"), _("请重新打开计划页面再签署。"))
    signature = PlanSignature.objects.create(  # move, write
        version=version, term=term, digest=digest, done_by=actor, done_at=clock.now(), **mandate.by
    )
    record(
        actor=actor, verb="governance.plan_sign", target=version.plan, year=version.plan.year, digest=digest
    )  # record
    after_commit("governance.plan_sign_notify", plan_id=plan_id)  # tell
    return signature


@transaction.atomic
def plan_publish(*, plan_id: int, actor: User, serial: int) -> AnnualWorkPlan:
    """Publish the signed plan under the next document number of the group's office; its first version is in force.

    Raises: NotAllowed (the director too: the office alone publishes); MoveRefused; Conflict (unsigned, number taken).
    """
    version = plan_queries.lock_under_way(plan_id)  # lock
    require(rules.is_group_staff, actor, version, _("计划由领导小组办公室编号发布。"))  # may
    plan = _plan_of(version, plan_id, PlanState.PUBLISHED)
    move(plan, PlanState.PUBLISHED, PLAN_MOVES)  # move
    if version is None or not PlanSignature.objects.filter(version=version).exists():
        raise Conflict(_("轮值主任还没有签署，不能发布。"))
    move(version, EditionState.IN_FORCE, EDITION_MOVES)
    moment = clock.now()
    plan.document_number = DOCUMENT_NUMBER.format(year=clock.today().year, serial=serial)
    plan.published_at = version.in_force_at = moment
    try:
        with transaction.atomic():
            plan.save(update_fields=["state", "document_number", "published_at"])  # write
    except IntegrityError as error:
        raise Conflict(_("%(number)s 已经用过。") % {"number": plan.document_number}, _("请换一个号。")) from error
    version.save(update_fields=["state", "in_force_at"])
    record(actor=actor, verb="governance.plan_publish", target=plan, year=plan.year, serial=serial)  # record
    after_commit("governance.plan_publish_notify", plan_id=plan.pk)  # tell
    return plan


# ---- parts of a ballot: the caller has asked, locks what comes before the plan, and records the resolution


def version_adopt(*, version_id: int, resolution: Resolution) -> PlanVersion:
    """A carried ballot: the plan is adopted; an amendment is in force at once, and the version before it is not any more.

    Raises: MoveRefused (it was not tabled).
    """
    version = plan_queries.lock_version(version_id)
    move(version, EditionState.ADOPTED, EDITION_MOVES)
    version.resolution = resolution
    version.save(update_fields=["state", "resolution"])
    if version.number == 1:
        move(version.plan, PlanState.ADOPTED, PLAN_MOVES)
        version.plan.save(update_fields=["state"])
        after_commit("governance.version_adopt_notify", version_id=version.pk)
        return version
    for earlier in PlanVersion.objects.filter(plan=version.plan, state=EditionState.IN_FORCE):
        move(earlier, EditionState.SUPERSEDED, EDITION_MOVES)
        earlier.save(update_fields=["state"])
    move(version, EditionState.IN_FORCE, EDITION_MOVES)
    version.in_force_at = clock.now()
    version.save(update_fields=["state", "in_force_at"])
    after_commit("governance.version_adopt_notify", version_id=version.pk)
    return version


def version_return(*, version_id: int) -> PlanVersion:
    """A ballot that did not carry it, or an item that was not dealt with: the plan is a draft again, an amendment is given up.

    Raises: MoveRefused (it was not tabled).
    """
    version = plan_queries.lock_version(version_id)
    is_plan = version.number == 1
    move(version, EditionState.WORKING if is_plan else EditionState.DROPPED, EDITION_MOVES)
    if is_plan:
        version.digest = ""
        move(version.plan, PlanState.DRAFT, PLAN_MOVES)
        version.plan.save(update_fields=["state"])
    version.save(update_fields=["state", "digest"])
    after_commit("governance.version_return_notify", version_id=version.pk, moment=clock.now().isoformat())
    return version


def version_freeze(*, version: PlanVersion, meeting: Meeting) -> None:
    """Part of tabling: nothing that stops is wrong, the meeting is ahead, and the text gets its digest. Takes locked rows."""
    if meeting.state not in (MeetingState.PREPARING, MeetingState.CALLED):
        raise Conflict(_("这次会议已经开始或结束，不能再列入。"), _("请选一次筹备中或已通知的会议。"))
    document = plan_queries.document_of(version)
    if wrong := stopping(document):
        raise Conflict(
            _("文本还有 %(n)d 处需要补正，例如：%(first)s。")
            % {"n": len(wrong), "first": f"{wrong[0].where} {wrong[0].words}".strip()},
            _("请领导小组办公室在编辑页的检查栏逐项处理。"),
        )
    move(version, EditionState.TABLED, EDITION_MOVES)
    version.digest = digest(document)
    version.save(update_fields=["state", "digest"])


def earliest_last_day() -> date:
    """The first day on which a consultation that begins today may end."""
    return due_date(clock.today(), CONSULTATION_WORKING_DAYS)


def _require_heard(plan: AnnualWorkPlan, version: PlanVersion) -> None:
    if plan_queries.consultation_runs(plan):
        raise Conflict(
            _("征求意见到 %(day)s 结束，此前不能提请审议。") % {"day": plan.consultation_ends_on},
            _("请在截止日以后再办理。"),
        )
    if waiting := plan_queries.unanswered(version):
        raise Conflict(_("还有 %(n)d 条意见没有答复。") % {"n": waiting}, _("请领导小组办公室逐条答复以后再提请审议。"))


def _plan_of(version: PlanVersion | None, plan_id: int, wanted: PlanState) -> AnnualWorkPlan:
    """The locked plan, unless it is past `wanted`, where nothing is under way."""
    if version is not None:
        return version.plan
    plan = plan_queries.lock_plan(plan_id)
    raise MoveRefused(plan.get_state_display(), wanted.label)
