import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import governance.models.policy
import governance.models.support
import platform_site.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_organisations"),
        ("accounts", "__first__"),
        ("files", "0001_initial"),
        ("governance", "0002_snapshot_by_month"),
        ("patents", "0003_search_table_tuned"),
        ("regions", "0001_six_provinces"),
        ("trading", "0002_agreements_guarded"),
    ]

    operations = [
        platform_site.triggers.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Policy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="policies",
                                to="regions.province",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("deal", "许可转让奖补"),
                                    ("conversion", "转化实施补助"),
                                    ("rent", "场地租金减免"),
                                    ("interest", "质押贷款贴息"),
                                    ("valuation", "评估费补贴"),
                                    ("risk", "质押贷款风险补偿"),
                                    ("insurance", "专利保险补贴"),
                                    ("display", "展示推介与考察补助"),
                                    ("award", "专利奖"),
                                    ("tax", "税收优惠"),
                                    ("talent", "人才激励"),
                                    ("priority", "优先立项和政府采购"),
                                    ("fee", "年费资助"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["province", "kind", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "deal",
                                            "conversion",
                                            "rent",
                                            "interest",
                                            "valuation",
                                            "risk",
                                            "insurance",
                                            "display",
                                            "award",
                                            "tax",
                                            "talent",
                                            "priority",
                                            "fee",
                                        ],
                                    )
                                ),
                                name="policy_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PolicyVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "policy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="governance.policy",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "起草中"), ("published", "已公布"), ("ended", "已终止")],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=120)),
                        ("title_en", models.CharField(blank=True, max_length=240)),
                        ("summary_zh", models.TextField(blank=True)),
                        ("summary_en", models.TextField(blank=True)),
                        ("criteria", models.JSONField(default=dict)),
                        ("formula", models.JSONField(default=dict)),
                        ("cap_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        (
                            "stacking",
                            models.CharField(
                                choices=[
                                    ("once", "同一事项不重复享受"),
                                    ("higher", "同一事项就高不就低"),
                                    ("cumulative", "可与其他政策叠加享受"),
                                ],
                                default="once",
                                max_length=12,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("quota", models.PositiveIntegerField(blank=True, null=True)),
                        ("budget_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        (
                            "documents",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                            ),
                        ),
                        ("basis_zh", models.TextField()),
                        ("basis_en", models.TextField(blank=True)),
                        ("notice_days", models.PositiveSmallIntegerField(default=5)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_because", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["policy", "number"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "draft"), _negated=True),
                                fields=["starts_on"],
                                name="policy_in_force",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("policy", "number"), name="policy_version_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")), fields=("policy",), name="policy_one_draft"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "published", "ended"])),
                                name="policy_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stacking__in", ["once", "higher", "cumulative"])),
                                name="policy_stacking_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                                ),
                                name="policy_period_lasts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cap_cny", None), ("cap_cny__gt", 0), _connector="OR"),
                                    models.Q(("budget_cny", None), ("budget_cny__gt", 0), _connector="OR"),
                                    models.Q(("quota", None), ("quota__gt", 0), _connector="OR"),
                                    ("notice_days__gte", 1),
                                ),
                                name="policy_sums_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at", None), ("published_by", None), ("state", "draft")),
                                    models.Q(
                                        models.Q(("state", "draft"), _negated=True),
                                        ("published_at__isnull", False),
                                        ("published_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="policy_published_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                        ("ends_on__isnull", False),
                                        ("state", "ended"),
                                        models.Q(("ended_because", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "ended"), _negated=True),
                                        ("ended_at", None),
                                        ("ended_because", ""),
                                        ("ended_by", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="policy_ended_whole",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("state", "draft"), _negated=True),
                                expressions=[
                                    ("policy", "="),
                                    (
                                        governance.models.policy._DateRange(models.F("starts_on"), models.F("ends_on")),
                                        "&&",
                                    ),
                                ],
                                name="policy_versions_apart",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PolicyApplication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="governance.policyversion",
                            ),
                        ),
                        (
                            "applicant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                        ("applicant_name", models.CharField(max_length=200)),
                        ("role", models.CharField(max_length=10)),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="support_applications",
                                to="trading.agreement",
                            ),
                        ),
                        (
                            "listing",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="support_applications",
                                to="patents.listing",
                            ),
                        ),
                        (
                            "facts",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("submitted", "待受理"),
                                    ("correction", "待补正"),
                                    ("accepted", "已受理，待初审"),
                                    ("reviewed", "初审通过，待复审"),
                                    ("notice", "公示中"),
                                    ("approved", "已批准，待兑现"),
                                    ("paid", "已兑现"),
                                    ("declined", "不予支持"),
                                    ("appealed", "申诉中"),
                                    ("upheld", "维持原决定"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="submitted",
                                max_length=12,
                            ),
                        ),
                        ("submitted_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        ("amount_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        (
                            "first_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "second_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("notice_until", models.DateField(blank=True, null=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("clause", models.CharField(blank=True, max_length=200)),
                        ("reason", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["-submitted_at", "-id"],
                        "indexes": [
                            models.Index(fields=["applicant", "-submitted_at"], name="support_by_applicant"),
                            models.Index(fields=["state", "due_on"], name="support_queue"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "submitted",
                                            "correction",
                                            "accepted",
                                            "reviewed",
                                            "notice",
                                            "approved",
                                            "paid",
                                            "declined",
                                            "appealed",
                                            "upheld",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="support_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["owner", "taker"])), name="support_role_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agreement", None), ("listing__isnull", False)),
                                    models.Q(("agreement__isnull", False), ("listing", None)),
                                    _connector="OR",
                                ),
                                name="support_for_one_thing",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["withdrawn", "upheld", "declined"]), _negated=True),
                                fields=("version", "applicant", "agreement", "listing"),
                                name="support_asked_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["reviewed", "notice", "approved", "paid"]), _negated=True),
                                    models.Q(("amount_cny__gt", 0), ("first_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="support_first_review_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["notice", "approved", "paid"]), _negated=True),
                                    models.Q(("notice_until__isnull", False), ("second_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="support_second_review_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_by", None),
                                    ("second_by", None),
                                    models.Q(("first_by", models.F("second_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="support_two_reviewers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("first_by", None),
                                        models.Q(("first_by", models.F("applicant")), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("second_by", None),
                                        models.Q(("second_by", models.F("applicant")), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("decided_by", None),
                                        models.Q(("decided_by", models.F("applicant")), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                name="support_not_by_its_applicant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["approved", "paid", "declined", "upheld"]), _negated=True),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        models.Q(("clause", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="support_decided_with_clause",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["correction", "declined", "upheld"]), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="support_refusal_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Disbursement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="governance.policyapplication",
                            ),
                        ),
                        ("paid_on", models.DateField()),
                        ("amount_cny", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("reference", models.CharField(max_length=60)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["application", "paid_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_cny__gt", 0), models.Q(("reference", ""), _negated=True)),
                                name="disbursement_whole",
                            ),
                            models.UniqueConstraint(
                                fields=("application", "reference"), name="disbursement_reference_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AidEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aid",
                                to="governance.policyapplication",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aid",
                                to="governance.policyversion",
                            ),
                        ),
                        (
                            "patent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="aid", to="patents.patent"
                            ),
                        ),
                        (
                            "deal",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="trading.agreement",
                            ),
                        ),
                        ("item", models.CharField(max_length=40)),
                        ("amount_cny", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("made_at", models.DateTimeField()),
                        ("released_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name_plural": "aid entries",
                        "ordering": ["-made_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("amount_cny__gte", 0)), name="aid_not_negative"),
                            models.UniqueConstraint(
                                condition=models.Q(("released_at", None)),
                                fields=("application", "patent"),
                                name="aid_once_each",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("released_at", None)),
                                expressions=[
                                    ("patent", "="),
                                    ("item", "="),
                                    (governance.models.support._DealRange(models.F("deal")), "&&"),
                                ],
                                name="aid_never_twice",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="governance.policyapplication",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["application", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="SupportStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="governance.policyapplication",
                            ),
                        ),
                        (
                            "became",
                            models.CharField(
                                choices=[
                                    ("submitted", "待受理"),
                                    ("correction", "待补正"),
                                    ("accepted", "已受理，待初审"),
                                    ("reviewed", "初审通过，待复审"),
                                    ("notice", "公示中"),
                                    ("approved", "已批准，待兑现"),
                                    ("paid", "已兑现"),
                                    ("declined", "不予支持"),
                                    ("appealed", "申诉中"),
                                    ("upheld", "维持原决定"),
                                    ("withdrawn", "已撤回"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("words", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["application", "id"],
                    },
                ),
            ],
        ),
        platform_site.triggers.AddTriggers(
            triggers=[
                (
                    "policy",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6696fd1470d21a79966944b6e3f3cb652a2c9bfc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_e9cad",
                            table="governance_policy",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "disbursement",
                    pgtrigger.compiler.Trigger(
                        name="within_grant",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM governance_policyapplication asked WHERE asked.id = NEW.application_id AND asked.state = 'approved'\n        AND asked.amount_cny >= NEW.amount_cny + (\n            SELECT coalesce(sum(amount_cny), 0) FROM governance_disbursement WHERE application_id = NEW.application_id\n        ) FOR NO KEY UPDATE OF asked\n    ) THEN\n        RAISE EXCEPTION 'no more is paid than was granted';\n    END IF;\n    RETURN NEW;\n",
                            hash="19410da29c7493de3adbc1db99ebbee7b737b543",
                            operation="INSERT",
                            pgid="pgtrigger_within_grant_02cd9",
                            table="governance_disbursement",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "disbursement",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c44de818afda8f02ae0f489ebf8429837bba1059",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_36ac9",
                            table="governance_disbursement",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "policyversion",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:published,published:ended}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="782aa3922f7831cbf55b0b75bbb08cbd369618c5",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_0bdea",
                            table="governance_policyversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "policyversion",
                    pgtrigger.compiler.Trigger(
                        name="begins_drafted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (NEW.\"state\" = 'draft'))",
                            func="RAISE EXCEPTION 'a version begins as a draft';",
                            hash="2ecaf421bb3e0c8ed7fb55dd459577e9d9fe4f19",
                            operation="INSERT",
                            pgid="pgtrigger_begins_drafted_b2cc6",
                            table="governance_policyversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "policyversion",
                    pgtrigger.compiler.Trigger(
                        name="frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' THEN\n        IF OLD.state <> 'draft' THEN\n            RAISE EXCEPTION 'a published version stays';\n        END IF;\n        RETURN OLD;\n    END IF;\n    IF NEW.policy_id <> OLD.policy_id OR NEW.number <> OLD.number THEN\n        RAISE EXCEPTION 'a version stays where it is';\n    END IF;\n    IF OLD.state <> 'draft' THEN\n        IF to_jsonb(NEW) - ARRAY['state', 'ends_on', 'ended_by_id', 'ended_at', 'ended_because'] <> to_jsonb(OLD) - ARRAY['state', 'ends_on', 'ended_by_id', 'ended_at', 'ended_because'] THEN\n            RAISE EXCEPTION 'a published version is not changed';\n        END IF;\n        IF NEW.ends_on IS DISTINCT FROM OLD.ends_on AND (NEW.ends_on IS NULL OR NEW.ends_on > OLD.ends_on) THEN\n            RAISE EXCEPTION 'a published version only ends earlier';\n        END IF;\n    END IF;\n    RETURN NEW;\n",
                            hash="5da988fafc46af355389e99a9252c55298de68cb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_frozen_f7f2a",
                            table="governance_policyversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "policyapplication",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{submitted:accepted,submitted:correction,submitted:declined,submitted:withdrawn,correction:submitted,correction:withdrawn,accepted:declined,accepted:reviewed,accepted:withdrawn,reviewed:declined,reviewed:notice,reviewed:withdrawn,notice:approved,notice:declined,approved:paid,declined:appealed,appealed:accepted,appealed:upheld}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="3df3f7721b5025c46fb4591d5cf4a0883a907d19",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_bb0fc",
                            table="governance_policyapplication",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "policyapplication",
                    pgtrigger.compiler.Trigger(
                        name="begins",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NOT EXISTS (SELECT 1 FROM governance_policyversion WHERE id = NEW.version_id AND state <> 'draft') OR NEW.state <> 'submitted' THEN\n        RAISE EXCEPTION 'an application is made under a published version';\n    END IF;\n    RETURN NEW;\n",
                            hash="0cd6f7b49e391f8581ff49fbdaaf22089ad84132",
                            operation="INSERT",
                            pgid="pgtrigger_begins_577dd",
                            table="governance_policyapplication",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "policyapplication",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.version_id, NEW.applicant_id, NEW.organisation_id, NEW.role, NEW.agreement_id,\n        NEW.listing_id, NEW.submitted_at) IS DISTINCT FROM ROW(OLD.version_id, OLD.applicant_id, OLD.organisation_id,\n        OLD.role, OLD.agreement_id, OLD.listing_id, OLD.submitted_at) THEN\n        RAISE EXCEPTION 'what is applied for is not changed';\n    END IF;\n    IF OLD.state IN ('notice', 'approved', 'paid') AND NEW.amount_cny IS DISTINCT FROM OLD.amount_cny\n        AND NEW.state <> 'declined' THEN\n        RAISE EXCEPTION 'a sum on public notice is not changed';\n    END IF;\n    IF OLD.state IN ('notice', 'approved', 'paid') AND NEW.notice_until IS DISTINCT FROM OLD.notice_until THEN\n        RAISE EXCEPTION 'a public notice is not shortened';\n    END IF;\n    IF NEW.state = 'approved' AND OLD.state = 'notice'\n        AND (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date <= NEW.notice_until THEN\n        RAISE EXCEPTION 'the public notice has not ended';\n    END IF;\n    IF NEW.state IN ('notice', 'approved', 'paid') AND NOT EXISTS (\n        SELECT 1 FROM governance_aidentry held WHERE held.application_id = NEW.id AND held.released_at IS NULL\n        HAVING sum(held.amount_cny) = NEW.amount_cny\n    ) THEN\n        RAISE EXCEPTION 'a support stands in the ledger of aid';\n    END IF;\n    RETURN NEW;\n",
                            hash="8b55bcc1a5ffad66039c1d2045daab646e512dd3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_36d7b",
                            table="governance_policyapplication",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "aidentry",
                    pgtrigger.compiler.Trigger(
                        name="within_budget",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE had RECORD;",
                            func="\n    SELECT version.budget_cny, version.quota, version.cap_cny INTO had\n        FROM governance_policyversion version JOIN governance_policyapplication asked ON asked.version_id = version.id\n        WHERE version.id = NEW.version_id AND asked.id = NEW.application_id FOR NO KEY UPDATE OF version;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'aid is given under the version that was applied for';\n    END IF;\n    IF NEW.released_at IS NOT NULL THEN\n        RAISE EXCEPTION 'aid begins held';\n    END IF;\n    IF had.budget_cny < NEW.amount_cny + (\n        SELECT coalesce(sum(amount_cny), 0) FROM governance_aidentry WHERE version_id = NEW.version_id AND released_at IS NULL\n    ) THEN\n        RAISE EXCEPTION 'the budget is not overspent';\n    END IF;\n    IF had.quota <= (\n        SELECT count(DISTINCT application_id) FROM governance_aidentry\n        WHERE version_id = NEW.version_id AND released_at IS NULL AND application_id <> NEW.application_id\n    ) THEN\n        RAISE EXCEPTION 'the quota is not exceeded';\n    END IF;\n    IF had.cap_cny < NEW.amount_cny + (\n        SELECT coalesce(sum(amount_cny), 0) FROM governance_aidentry\n        WHERE application_id = NEW.application_id AND released_at IS NULL\n    ) THEN\n        RAISE EXCEPTION 'no aid above the cap';\n    END IF;\n    RETURN NEW;\n",
                            hash="eb84587eb1fff83f969b23d4575f45f9e6de19f1",
                            operation="INSERT",
                            pgid="pgtrigger_within_budget_61e86",
                            table="governance_aidentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "aidentry",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR OLD.released_at IS NOT NULL\n        OR to_jsonb(NEW) - 'released_at' <> to_jsonb(OLD) - 'released_at' THEN\n        RAISE EXCEPTION 'the ledger of aid is not rewritten';\n    END IF;\n    IF EXISTS (SELECT 1 FROM governance_policyapplication WHERE id = OLD.application_id AND state IN ('approved', 'paid')) THEN\n        RAISE EXCEPTION 'granted aid is not released';\n    END IF;\n    RETURN NEW;\n",
                            hash="aaf440deefa3ad84b814a9d26a36314d39132806",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_31253",
                            table="governance_aidentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "supportfile",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0b9f73010a28d03647972092e5efaa337bbd7070",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_8afa7",
                            table="governance_supportfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "supportstep",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f38804ab0fd9f2fb16845892c1391c8df380e56f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_2bfb3",
                            table="governance_supportstep",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
