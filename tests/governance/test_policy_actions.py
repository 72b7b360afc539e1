"""Policies: kept by officers of their province, in versions that never overlap, frozen once published."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from governance import policy_queries as queries
from governance.actions import policies
from governance.models import PolicyVersion
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.queue import drain
from tests.factories import policies as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def refused(statement, *values):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_published_by_officers_of_the_province_and_told_to_the_six(guo, he):
    version = make.draft(actor=guo)
    assert version.state == "draft" and not queries.in_force(clock.today()).exists()
    policies.version_save(version_id=version.pk, actor=guo, values=make.values(title_zh="改过的名称"))
    policies.policy_publish(version_id=version.pk, actor=guo)
    assert queries.in_force(clock.today()).get().title_zh == "改过的名称"
    verbs = AuditEntry.objects.filter(verb__startswith="governance.").values_list("verb", "province_code")
    assert list(verbs) == [(f"governance.{verb}", make.HUBEI) for verb in ("policy_create", "version_save", "policy_publish")]  # fmt: skip
    drain()
    assert set(Notice.objects.filter(kind="policy_published").values_list("recipient", flat=True)) == {guo.pk, he.pk}
    with pytest.raises(MoveRefused):
        policies.policy_publish(version_id=version.pk, actor=guo)
    with pytest.raises(Conflict):
        policies.version_save(version_id=version.pk, actor=guo, values=make.values())


def test_nobody_else_keeps_them(guo, he, ad, ju, si, mo):
    version = make.draft(actor=guo)
    published = make.published(actor=guo)
    for actor in (he, ad, ju, si, mo):
        acts = [
            lambda who=actor: policies.policy_create(actor=who, code=make.HUBEI, kind="deal", values=make.values()),
            lambda who=actor: policies.version_save(version_id=version.pk, actor=who, values=make.values()),
            lambda who=actor: policies.policy_publish(version_id=version.pk, actor=who),
            lambda who=actor: policies.version_begin(policy_id=published.policy_id, actor=who),
            lambda who=actor: policies.policy_end(version_id=published.pk, actor=who, ends_on=clock.today() + DAY, because="x"),
        ]  # fmt: skip
        for act in acts:
            with pytest.raises(NotAllowed):
                act()
    assert PolicyVersion.objects.count() == 2


def test_a_new_version_follows_and_the_past_stays_to_be_seen(guo):
    first = make.published(actor=guo, title_zh="第一版")
    second = policies.version_begin(policy_id=first.policy_id, actor=guo)
    assert (second.number, second.criteria, second.state) == (2, first.criteria, "draft")
    with pytest.raises(Conflict):
        policies.version_begin(policy_id=first.policy_id, actor=guo)
    later = clock.today() + 10 * DAY
    policies.version_save(
        version_id=second.pk, actor=guo, values=make.values(title_zh="第二版", starts_on=later, formula=make.RATE)
    )
    policies.policy_publish(version_id=second.pk, actor=guo)
    first.refresh_from_db()
    assert (first.state, first.ends_on) == ("ended", later) and "第 2 版" in first.ended_because
    assert queries.in_force(later - DAY).get() == first, "half-open: until the day before"
    assert queries.in_force(later).get() == second
    third = policies.version_begin(policy_id=first.policy_id, actor=guo)
    policies.version_save(version_id=third.pk, actor=guo, values=make.values(starts_on=later))
    with pytest.raises(Conflict, match="第 2 版"):
        policies.policy_publish(version_id=third.pk, actor=guo)


def test_ended_early_with_a_reason(guo):
    version = make.published(actor=guo)
    for ends_on, because in ((clock.today(), "x"), (clock.today() - DAY, "x"), (clock.today() + DAY, " ")):
        with pytest.raises(Conflict):
            policies.policy_end(version_id=version.pk, actor=guo, ends_on=ends_on, because=because)
    policies.policy_end(version_id=version.pk, actor=guo, ends_on=clock.today() + DAY, because="资金用完")
    assert queries.in_force(clock.today()).exists() and not queries.in_force(clock.today() + DAY).exists()
    with pytest.raises(MoveRefused):
        policies.policy_end(version_id=version.pk, actor=guo, ends_on=clock.today() + DAY, because="再来一次")


def test_what_cannot_be_read_or_begins_in_the_past_is_refused(guo):
    for changes in ({"criteria": {}}, {"criteria": {"all": [make.leaf("role", "in", ["cat"])]}}, {"formula": {}}):
        with pytest.raises(Conflict):
            make.draft(actor=guo, **changes)
    with pytest.raises(Conflict, match="施行日期"):
        make.published(actor=guo, starts_on=clock.today() - DAY)
    with pytest.raises(Conflict, match="2025"):
        make.published(actor=guo, kind="fee")


def test_the_database_keeps_it(guo):
    version = make.published(actor=guo)
    table = "governance_policyversion"
    refused(f"UPDATE {table} SET title_zh = 'x' WHERE id = %s", version.pk)
    refused(f"UPDATE {table} SET criteria = '{{}}' WHERE id = %s", version.pk)
    refused(f"UPDATE {table} SET cap_cny = 1 WHERE id = %s", version.pk)
    refused(f"UPDATE {table} SET state = 'draft' WHERE id = %s", version.pk)
    refused(f"DELETE FROM {table} WHERE id = %s", version.pk)
    policies.policy_end(version_id=version.pk, actor=guo, ends_on=clock.today() + 9 * DAY, because="期满")
    refused(f"UPDATE {table} SET ends_on = NULL WHERE id = %s", version.pk)
    refused(f"UPDATE {table} SET ends_on = %s WHERE id = %s", date(2099, 1, 1), version.pk)
    refused("UPDATE governance_policy SET province_id = %s WHERE id = %s", make.HUNAN, version.policy_id)
    # Two versions in force on one day, with the code's own check left out.
    other = policies.version_begin(policy_id=version.policy_id, actor=guo)
    publish = f"UPDATE {table} SET state = 'published', published_by_id = %s, published_at = now() WHERE id = %s"
    refused(publish, guo.pk, other.pk)
    born = f"INSERT INTO {table} (policy_id, number, state, title_zh, title_en, summary_zh, summary_en, criteria, formula, stacking, starts_on, documents, basis_zh, basis_en, notice_days, made_by_id, made_at, ended_because, published_by_id, published_at) VALUES (%s, 9, 'published', 'x', '', '', '', '{{}}', '{{}}', 'once', '2020-01-01', '{{}}', 'x', '', 5, %s, now(), '', %s, now())"  # fmt: skip
    refused(born, version.policy_id, guo.pk, guo.pk)
