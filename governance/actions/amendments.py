"""Amending a published plan: a new version with a reason, edited, tabled, in force on adoption; or given up. Read next: comments.py."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance import meeting_queries, plan_queries, queries, rules
from governance.models import Duty, PlanTabling, PlanVersion, Section, TaskText
from governance.plan_text import PREFACE, TASK, Document
from governance.states import EDITION_MOVES, EditionState, ItemKind, PlanState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move

from .items import item_write
from .plan_texts import duty_of
from .plans import version_freeze


@transaction.atomic
def amendment_begin(*, plan_id: int, actor: User, because_zh: str, because_en: str = "") -> PlanVersion:
    """A new version with the text in force, to be edited; the tasks are the same ones, whatever becomes of their texts.

    Raises: NotAllowed; Conflict (not published, no reason, one under way already).
    """
    waiting = plan_queries.lock_under_way(plan_id)  # lock
    require(rules.is_group_staff, actor, waiting, _("修订由领导小组办公室起草。"))  # may
    plan = waiting.plan if waiting else plan_queries.lock_plan(plan_id)
    if plan.state != PlanState.PUBLISHED:
        raise Conflict(_("只有已发布的计划可以修订。"))
    if waiting is not None:
        raise Conflict(_("已有一次修订在办理。"), _("请先办完，或者放弃那一次修订。"))
    if not because_zh.strip():
        raise Conflict(_("请写明修订的理由。"))
    source = plan_queries.in_force(plan)
    document = plan_queries.document_of(source)
    version = PlanVersion.objects.create(  # move, write
        plan=plan, number=plan_queries.next_number(plan), because_zh=because_zh.strip(), because_en=because_en.strip(),
        created_by=actor, created_at=clock.now(), **{name: getattr(source, name) for name in PREFACE},
    )  # fmt: skip
    text_copy(document=document, version=version)
    record(
        actor=actor, verb="governance.amendment_begin", target=plan, year=plan.year, version=version.number
    )  # record
    return version  # tell: nobody waits for a draft


@transaction.atomic
def amendment_table(*, plan_id: int, actor: User, meeting_id: int) -> PlanTabling:
    """Put the amendment on the agenda of a meeting and freeze it; the rotating director alone.

    Raises: NotAllowed (not the director now); Conflict (nothing to table, nothing changed, a check fails, the meeting has begun).
    """
    term, mandate = queries.lock_directorship(actor)  # lock, may
    meeting = meeting_queries.lock_meeting(meeting_id)
    version = plan_queries.lock_under_way(plan_id)
    if version is None or version.number == 1 or version.state != EditionState.WORKING:
        raise Conflict(_("现在没有可以提请审议的修订。"))
    if not plan_queries.differs(version):
        raise Conflict(_("修订稿与现行文本相同，没有可以审议的内容。"))
    version_freeze(version=version, meeting=meeting)  # move, write
    year = version.plan.year
    item = item_write(
        meeting=meeting, kind=ItemKind.AMENDMENT, title_zh=f"修订{year}年度工作计划（第{version.number}版）",
        title_en=f"Amendment of the Annual Work Plan {year} (version {version.number})", version=version,
        seat=mandate.seat, actor=actor,
    )  # fmt: skip
    tabling = PlanTabling.objects.create(
        version=version, item=item, term=term, digest=version.digest, done_by=actor, done_at=clock.now(), **mandate.by
    )
    record(
        actor=actor, verb="governance.amendment_table", target=version.plan, year=year, digest=version.digest
    )  # record
    after_commit("governance.plan_table_notify", tabling_id=tabling.pk)  # tell
    return tabling


@transaction.atomic
def amendment_drop(*, plan_id: int, actor: User) -> PlanVersion:
    """Give up an amendment that is not tabled yet; its text stays on record. Raises: NotAllowed; Conflict."""
    version = plan_queries.lock_under_way(plan_id)  # lock
    require(rules.is_group_staff, actor, version, _("修订由领导小组办公室办理。"))  # may
    if version is None or version.number == 1 or version.state != EditionState.WORKING:
        raise Conflict(_("现在没有可以放弃的修订。"))
    move(version, EditionState.DROPPED, EDITION_MOVES)  # move
    version.save(update_fields=["state"])  # write
    record(
        actor=actor, verb="governance.amendment_drop", target=version.plan, year=version.plan.year,
        version=version.number,
    )  # fmt: skip  # record
    return version  # tell: nobody was told of it


def text_copy(*, document: Document, version: PlanVersion) -> None:
    """Chapters, texts and duties of another version, in as many statements as there are tables."""
    chapters = document.chapters
    sections = Section.objects.bulk_create(
        Section(version=version, place=one.place, title_zh=one.title_zh, title_en=one.title_en) for one in chapters
    )
    lines = [
        (line, section, place)
        for chapter, section in zip(chapters, sections, strict=True)
        for place, line in enumerate(chapter.tasks, start=1)
    ]
    texts = TaskText.objects.bulk_create(
        TaskText(
            version=version, section=section, task_id=line.task, place=place,
            **{name: getattr(line, name) for name in TASK},
        )
        for line, section, place in lines
    )  # fmt: skip
    Duty.objects.bulk_create(
        duty_of(text, one) for text, (line, _section, _place) in zip(texts, lines, strict=True) for one in line.duties
    )
