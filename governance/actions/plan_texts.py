"""Writing the text of a plan: preface, chapters, tasks with their duties; two editors at once lose nothing. Read next: amendments.py.

A text is saved on the revision that its page was built on; where somebody was faster the save is refused (TextMoved) and
the page shows both. The order of chapters and tasks is changed by whoever holds the version alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from governance import plan_queries, rules
from governance.models import Duty, PlanTask, PlanVersion, Section, TaskText
from governance.plan_text import PREFACE, REASON, SECTION, TASK, Assignment
from governance.states import EditionState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict

MOST_SECTIONS, MOST_TASKS = 20, 200
UP, DOWN = -1, 1


class TextMoved(Conflict):
    """Somebody has saved the same text after this page was opened."""

    def __init__(self) -> None:
        super().__init__(
            _("这段文本在您打开之后，又由别人改过并保存。"), _("您填写的内容没有保存，仍在这一页上，请逐项选择。")
        )


class TextGone(Conflict):
    """Somebody has taken it out of the draft meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("这一项已经由别人从草案中删去。"), _("您填写的内容在这一页上，可以复制到新的一项里。"))


@transaction.atomic
def preface_save(*, version_id: int, actor: User, values: Mapping[str, Any], revision: int) -> PlanVersion:
    """Guiding thought, goals and safeguards; of an amendment also its reason. Raises: NotAllowed; Conflict; TextMoved."""
    version = plan_queries.lock_preface(version_id)  # lock
    _require_editor(actor, version)  # may
    _require_revision(version, revision)
    names = PREFACE if version.number == 1 else (*PREFACE, *REASON)
    _set(version, names, values)  # move, write
    record(actor=actor, verb="governance.preface_save", target=version, revision=version.revision)  # record
    return version  # tell: nobody waits for it


@transaction.atomic
def section_create(*, version_id: int, actor: User, values: Mapping[str, Any]) -> Section:
    """A new chapter at the end. Raises: NotAllowed; Conflict (not editable, too many)."""
    version = plan_queries.lock_version(version_id)  # lock
    _require_editor(actor, version)  # may
    place = version.sections.count() + 1
    if place > MOST_SECTIONS:
        raise Conflict(_("一份计划最多 %(most)d 章。") % {"most": MOST_SECTIONS})
    section = Section.objects.create(  # move, write
        version=version, place=place, **{name: values.get(name, "") for name in SECTION}
    )
    record(actor=actor, verb="governance.section_create", target=section, version=version.pk)  # record
    return section  # tell: nobody waits for it


@transaction.atomic
def section_save(*, version_id: int, section_id: int, actor: User, values: Mapping[str, Any], revision: int) -> Section:
    """The title of a chapter. Raises: NotAllowed; Conflict; TextMoved; TextGone."""
    version = plan_queries.share_version(version_id)  # lock
    section = plan_queries.lock_section(version, section_id)
    _require_editor(actor, version)  # may
    if section is None:
        raise TextGone
    _require_revision(section, revision)
    _set(section, SECTION, values)  # move, write
    record(actor=actor, verb="governance.section_save", target=section, revision=section.revision)  # record
    return section  # tell: nobody waits for it


@transaction.atomic
def section_remove(*, version_id: int, section_id: int, actor: User) -> None:
    """Take an empty chapter out. Raises: NotAllowed; Conflict (it still has tasks); TextGone."""
    version = plan_queries.lock_version(version_id)  # lock
    section = plan_queries.lock_section(version, section_id)
    _require_editor(actor, version)  # may
    if section is None:
        raise TextGone
    if section.texts.exists():
        raise Conflict(_("这一章还有任务，不能删去。"), _("请先把任务移到别的章或删去。"))
    _close_gap(Section.objects.filter(version=version), section.place)  # move, write
    section.delete()
    record(actor=actor, verb="governance.section_remove", target=version, section=section_id)  # record
    # tell: nobody waits for it


@transaction.atomic
def section_move(*, version_id: int, section_id: int, actor: User, place: int) -> Section:
    """Put a chapter, with its tasks, at another place from 1. Raises: NotAllowed; Conflict; TextGone."""
    version = plan_queries.lock_version(version_id)  # lock
    section = plan_queries.lock_section(version, section_id)
    _require_editor(actor, version)  # may
    if section is None:
        raise TextGone
    others = list(Section.objects.filter(version=version).exclude(pk=section_id).order_by("place"))
    others.insert(max(0, min(place - 1, len(others))), section)  # move
    _number(others)  # write
    record(actor=actor, verb="governance.section_move", target=section, place=section.place)  # record
    return section  # tell: nobody waits for it


@transaction.atomic
def task_create(
    *, version_id: int, section_id: int, actor: User, values: Mapping[str, Any], duties: Sequence[Assignment] = ()
) -> TaskText:
    """A new task at the end of a chapter. Raises: NotAllowed; Conflict (not editable, too many); TextGone (the chapter)."""
    version = plan_queries.lock_version(version_id)  # lock
    section = plan_queries.lock_section(version, section_id)
    _require_editor(actor, version)  # may
    task = PlanTask.objects.create(plan=version.plan, created_at=clock.now())  # move, write
    text = text_begin(section=section, task=task, values=values, duties=duties)
    record(actor=actor, verb="governance.task_create", target=task, version=version.pk)  # record
    return text  # tell: nobody waits for it


@transaction.atomic
def task_carry(
    *,
    version_id: int,
    section_id: int,
    actor: User,
    source: PlanTask,
    because: str,
    values: Mapping[str, Any],
    duties: Sequence[Assignment] = (),
) -> TaskText:
    """Go on with a task of last year's plan, and say why; the new task knows which one it comes from.

    Raises: NotAllowed; Conflict (not last year's, carried already, no reason, not editable); TextGone (the chapter).
    """
    version = plan_queries.lock_version(version_id)  # lock
    section = plan_queries.lock_section(version, section_id)
    _require_editor(actor, version)  # may
    task = task_begin(version=version, source=source, because=because.strip())  # move, write
    text = text_begin(section=section, task=task, values=values, duties=duties)
    record(actor=actor, verb="governance.task_carry", target=task, source=source.pk, version=version.pk)  # record
    return text  # tell: nobody waits for it


@transaction.atomic
def task_save(
    *,
    version_id: int,
    task_id: int,
    actor: User,
    values: Mapping[str, Any],
    duties: Sequence[Assignment],
    revision: int,
) -> TaskText:
    """What the version says of a task, and who does what: one lead at most, each province once.

    Raises: NotAllowed; Conflict (not editable, two leads); TextMoved (saved by somebody else since); TextGone.
    """
    version = plan_queries.share_version(version_id)  # lock
    text = plan_queries.lock_text(version, task_id)
    _require_editor(actor, version)  # may
    if text is None:
        raise TextGone
    _require_revision(text, revision)
    _require_one_lead(duties)
    _set(text, TASK, values)  # move, write
    former = [plan_queries.assignment(duty) for duty in text.duties.order_by("province")]
    if former != sorted(duties, key=lambda duty: duty.province):
        text.duties.all().delete()
        Duty.objects.bulk_create(duty_of(text, one) for one in duties)
    record(actor=actor, verb="governance.task_save", target=text.task, revision=text.revision)  # record
    return text  # tell: nobody waits for it


@transaction.atomic
def task_remove(*, version_id: int, task_id: int, actor: User) -> None:
    """Take a task out of this version. What was said of it, and what other versions say, stays. Raises: NotAllowed; Conflict."""
    version = plan_queries.lock_version(version_id)  # lock
    text = plan_queries.lock_text(version, task_id)
    _require_editor(actor, version)  # may
    if text is None:
        raise TextGone
    task = text.task
    _close_gap(TaskText.objects.filter(section=text.section_id), text.place)  # move, write
    text.delete()
    if plan_queries.is_loose(task):
        task.delete()
    record(actor=actor, verb="governance.task_remove", target=version, task=task_id)  # record
    # tell: nobody waits for it


@transaction.atomic
def task_move(*, version_id: int, task_id: int, actor: User, section_id: int, place: int) -> TaskText:
    """Put a task at a place, from 1, of a chapter of the same version. Raises: NotAllowed; Conflict; TextGone."""
    version = plan_queries.lock_version(version_id)  # lock
    section = plan_queries.lock_section(version, section_id)
    text = plan_queries.lock_text(version, task_id)
    _require_editor(actor, version)  # may
    if text is None or section is None:
        raise TextGone
    left = text.section_id
    rows = list(TaskText.objects.filter(section=section).exclude(pk=text.pk).order_by("place"))
    rows.insert(max(0, min(place - 1, len(rows))), text)  # move
    text.section = section
    text.save(update_fields=["section"])  # write
    if left != section.pk:
        _number(list(TaskText.objects.filter(section=left).order_by("place")))
    _number(rows)
    record(actor=actor, verb="governance.task_move", target=text.task, section=section.pk, place=text.place)  # record
    return text  # tell: nobody waits for it


# ---- parts; the rows are locked


def task_begin(*, version: PlanVersion, source: PlanTask, because: str) -> PlanTask:
    """A task carried over. One that was taken out again, with opinions on it, is the same one when it comes back."""
    if source.plan.year != version.plan.year - 1:
        raise Conflict(_("只能结转上一年度计划的任务。"))
    if not because:
        raise Conflict(_("请写明结转的原因。"))
    again = PlanTask.objects.filter(carried_from=source).first()
    if again is None:
        return PlanTask.objects.create(
            plan=version.plan, carried_from=source, carried_because=because, created_at=clock.now()
        )
    if again.texts.exists():
        raise Conflict(_("这项任务已经结转。"))
    again.carried_because = because
    again.save(update_fields=["carried_because"])
    return again


def text_begin(
    *, section: Section | None, task: PlanTask, values: Mapping[str, Any], duties: Sequence[Assignment]
) -> TaskText:
    """The first text of a task, at the end of a chapter."""
    if section is None:
        raise TextGone
    if TaskText.objects.filter(version=section.version_id).count() >= MOST_TASKS:
        raise Conflict(_("一份计划最多 %(most)d 项任务。") % {"most": MOST_TASKS})
    _require_one_lead(duties)
    text = TaskText.objects.create(
        version_id=section.version_id, section=section, task=task, place=section.texts.count() + 1,
        **{name: values[name] for name in TASK if name in values},
    )  # fmt: skip
    Duty.objects.bulk_create(duty_of(text, one) for one in duties)
    return text


def duty_of(text: TaskText, one: Assignment) -> Duty:
    """The row, not yet saved."""
    return Duty(text=text, province_id=one.province, role=one.role, what_zh=one.what_zh, what_en=one.what_en)


def _require_editor(actor: User, version: PlanVersion) -> None:
    require(
        rules.is_group_staff, actor, version, _("计划的文本由领导小组办公室编辑。"), _("您可以在征求意见期间提意见。")
    )
    if plan_queries.editable(version.plan, version):
        return
    state = version.plan.get_state_display() if version.number == 1 else EditionState(version.state).label
    raise Conflict(
        _("计划现在是“%(state)s”，文本不能再改。") % {"state": state},
        _("提请审议以后的文本已经冻结；发布以后的改动通过修订办理。"),
    )


def _require_revision(row: Any, revision: int) -> None:
    if row.revision != revision:
        raise TextMoved


def _require_one_lead(duties: Sequence[Assignment]) -> None:
    codes = [duty.province for duty in duties]
    if sum(duty.role == "lead" for duty in duties) > 1 or len(set(codes)) < len(codes):
        raise Conflict(_("一项任务只有一个牵头单位，每省只列一次。"))


def _set(row: Model, names: Sequence[str], values: Mapping[str, Any]) -> None:
    """Write what is given and count the edit."""
    given = [name for name in names if name in values]
    for name in given:
        setattr(row, name, values[name])
    row.revision += 1  # type: ignore[attr-defined]
    row.save(update_fields=[*given, "revision"])


def _close_gap(rows: Any, place: int) -> None:
    """Those behind a place move up by one; the places are compared when the transaction ends."""
    rows.filter(place__gt=place).update(place=F("place") - 1)


def _number(rows: Sequence[Any]) -> None:
    """Places from 1 in this order."""
    changed = []
    for place, row in enumerate(rows, start=1):
        if row.place != place:
            row.place = place
            changed.append(row)
    if changed:
        type(changed[0])._default_manager.bulk_update(changed, ["place"])
