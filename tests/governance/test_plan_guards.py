"""What the database refuses of plans, by raw SQL: the code's own checks are not asked."""

import pytest
from django.db import DatabaseError, connection, transaction

from governance import plan_queries
from governance.models import PlanComment, PlanSignature, PlanTabling, TaskText
from platform_site import clock
from tests.factories import plans as factory


def refused(statement, *values):
    with pytest.raises(DatabaseError) as found, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return str(found.value)


def test_a_tabled_text_is_frozen(si, ju):
    plan = factory.tabled(si, ju)
    version = factory.version_of(plan)
    text = TaskText.objects.filter(version=version).first()
    frozen = "a tabled version is not changed"
    assert frozen in refused("UPDATE governance_tasktext SET title_zh = 'x' WHERE id = %s", text.pk)
    assert frozen in refused("DELETE FROM governance_duty WHERE text_id = %s", text.pk)
    assert frozen in refused("UPDATE governance_section SET title_zh = 'x' WHERE version_id = %s", version.pk)
    assert frozen in refused("UPDATE governance_planversion SET thought_zh = 'x' WHERE id = %s", version.pk)
    assert frozen in refused("UPDATE governance_planversion SET digest = 'x' WHERE id = %s", version.pk)
    assert frozen in refused(
        "INSERT INTO governance_duty (text_id, province_id, role, what_zh, what_en)"
        " VALUES (%s, '140000', 'support', '', '')", text.pk,
    )  # fmt: skip
    refused("DELETE FROM governance_planversion WHERE id = %s", version.pk)
    refused("UPDATE governance_planversion SET state = 'in_force' WHERE id = %s", version.pk)  # not adopted
    refused("UPDATE governance_plantabling SET digest = 'x'")
    refused("DELETE FROM governance_plantabling")
    assert PlanTabling.objects.count() == 1


def test_a_version_is_tabled_with_a_digest_only(si):
    version = factory.version_of(factory.draft(si))
    assert "version_tabled_has_digest" in refused(
        "UPDATE governance_planversion SET state = 'tabled' WHERE id = %s", version.pk
    )


def test_texts_of_two_plans_or_versions_are_not_mixed(si, ju):
    """Not written there, and not moved there: not even out of a frozen version into one that is worked on."""
    plan, other = factory.amending(si, ju), factory.draft(si, clock.today().year + 1)
    first, second, foreign = plan_queries.in_force(plan), factory.version_of(plan), factory.version_of(other)
    text = second.texts.order_by("place").first()
    chapter = foreign.sections.get()
    belongs = "a text stands in a chapter of its own version"
    assert belongs in refused("UPDATE governance_tasktext SET section_id = %s WHERE id = %s", chapter.pk, text.pk)
    assert belongs in refused("UPDATE governance_tasktext SET task_id = %s WHERE id = %s",
                              foreign.texts.first().task_id, text.pk)  # fmt: skip
    frozen = first.texts.first()
    refused("UPDATE governance_tasktext SET version_id = %s, section_id = %s WHERE id = %s",
            second.pk, second.sections.get().pk, frozen.pk)  # fmt: skip
    assert belongs in refused(
        "INSERT INTO governance_tasktext (version_id, section_id, task_id, place, title_zh, title_en, measures_zh,"
        " measures_en, target_zh, target_en, output_zh, output_en, revision)"
        " VALUES (%s, %s, %s, 9, 'x', '', '', '', '', '', '', '', 0)",
        foreign.pk, chapter.pk, text.task_id,
    )  # fmt: skip
    stays = "what it belongs to is not changed"
    assert stays in refused("UPDATE governance_section SET version_id = %s WHERE id = %s", second.pk, chapter.pk)
    assert stays in refused("UPDATE governance_duty SET text_id = %s WHERE text_id = %s", text.pk,
                            second.texts.order_by("place").last().pk)  # fmt: skip
    assert stays in refused("UPDATE governance_plantask SET plan_id = %s WHERE id = %s", other.pk, text.task_id)


def test_a_plan_is_not_published_unsigned_and_its_number_is_kept(si, ju):
    plan = factory.adopted(si, ju)
    version = factory.version_of(plan)
    publish = "UPDATE governance_annualworkplan SET state = 'published', document_number = 'x', published_at = now()"
    assert "once the director has signed it" in refused(publish)
    sign = (
        "INSERT INTO governance_plansignature (version_id, term_id, holder_id, digest, done_by_id, done_at)"
        " SELECT %s, term_id, holder_id, %s, done_by_id, now() FROM governance_plantabling"
    )
    assert "the text that was adopted" in refused(sign, version.pk, "0" * 64)
    with connection.cursor() as cursor:
        cursor.execute(sign, [version.pk, version.digest])
        cursor.execute(publish)
    refused("DELETE FROM governance_plansignature")
    refused("UPDATE governance_annualworkplan SET document_number = 'y'")
    refused("UPDATE governance_annualworkplan SET year = 2030")
    refused("UPDATE governance_annualworkplan SET state = 'draft'")
    assert PlanSignature.objects.count() == 1


def test_opinions_are_given_in_time_and_kept(si, ju, guo):
    plan = factory.circulated(si)
    factory.opinion(plan, guo)
    copied = (
        "INSERT INTO governance_plancomment (version_id, task_id, about, seat_id, body, revision, made_by_id, made_at,"
        " state, answer) SELECT version_id, %s, '', seat_id, 'x', 0, made_by_id, made_at + %s::interval, 'open', ''"
        " FROM governance_plancomment"
    )
    assert "the consultation is over" in refused(copied, None, "40 days")
    foreign = factory.lines(factory.draft(si, clock.today().year + 1))[0].task
    assert "on a task of its own plan" in refused(copied, foreign, "0 days")
    refused("UPDATE governance_plancomment SET body = 'x'")
    refused("DELETE FROM governance_plancomment")
    assert "plan_comment_answer_whole" in refused("UPDATE governance_plancomment SET state = 'accepted'")
    answered = (
        "UPDATE governance_plancomment SET state = 'accepted', answer = 'x', answered_by_id = %s, answered_at = now()"
    )
    with connection.cursor() as cursor:
        cursor.execute(answered, [si.pk])
    refused("UPDATE governance_plancomment SET answer = 'y'")
    refused("UPDATE governance_plancomment SET state = 'open', answer = '', answered_by_id = NULL, answered_at = NULL")
    assert PlanComment.objects.get().answer == "x"
