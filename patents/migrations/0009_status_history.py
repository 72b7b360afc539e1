"""The history of the legal status, sheets of it, and for whose reason a listing is suspended."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patents", "0008_ledger_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StatusEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accepted", "申请受理"),
                            ("published", "公布"),
                            ("examination", "实质审查的生效"),
                            ("grant_notice", "授予专利权通知"),
                            ("granted", "授权公告"),
                            ("withdrawn", "申请撤回"),
                            ("deemed_withdrawn", "申请视为撤回"),
                            ("rejected", "申请驳回"),
                            ("deemed_abandoned", "视为放弃取得专利权"),
                            ("reexamination", "复审"),
                            ("late_fee", "年费逾期，进入滞纳期"),
                            ("paid", "年费及滞纳金缴清"),
                            ("terminated", "未缴年费专利权终止"),
                            ("restored", "权利恢复"),
                            ("expired", "专利权有效期届满"),
                            ("abandoned", "主动放弃专利权"),
                            ("double_abandoned", "避免重复授权放弃专利权"),
                            ("void", "专利权全部无效"),
                            ("part_void", "专利权部分无效"),
                            ("upheld", "维持专利权有效"),
                            ("transferred", "专利权的转移"),
                            ("licence_recorded", "实施许可合同备案的生效"),
                            ("licence_changed", "实施许可合同备案的变更"),
                            ("licence_cancelled", "实施许可合同备案的注销"),
                            ("pledge_registered", "质押合同登记的生效"),
                            ("pledge_changed", "质押合同登记的变更"),
                            ("pledge_cancelled", "质押合同登记的注销"),
                            ("preserved", "专利权的保全"),
                            ("preservation_lifted", "专利权保全的解除"),
                            ("suspended", "程序的中止"),
                            ("suspension_lifted", "程序的恢复"),
                            ("open_declared", "开放许可声明"),
                            ("open_withdrawn", "开放许可声明的撤回"),
                            ("compulsory", "强制许可"),
                            ("compensated", "专利权期限补偿"),
                            ("bibliographic", "著录事项变更"),
                            ("correction", "更正"),
                            ("declassified", "解密"),
                            ("checked", "登记簿查询"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unpublished", "申请未公开"),
                            ("pending", "审中（已公开）"),
                            ("in_force", "有效"),
                            ("late_fee", "滞纳期"),
                            ("terminated", "终止（未缴年费）"),
                            ("expired", "期限届满"),
                            ("refused", "驳回、撤回或放弃"),
                            ("invalid", "宣告无效"),
                            ("abandoned", "已放弃"),
                        ],
                        max_length=20,
                    ),
                ),
                ("happened_on", models.DateField()),
                ("reaches_back_to", models.DateField(blank=True, null=True)),
                ("noticed_on", models.DateField(blank=True, null=True)),
                ("as_of", models.DateField()),
                ("source", models.CharField(blank=True, max_length=100)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("corrected", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "ordering": ["happened_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="StatusSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[("checked", "已核对，待写入"), ("running", "正在写入"), ("done", "已写入")],
                        default="checked",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="StatusSheetRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("cells", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=dict)),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("new", "将写入"),
                            ("unchanged", "无变化"),
                            ("refused", "不能写入"),
                            ("written", "已写入"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["line"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="listing",
            name="legal_moves",
        ),
        migrations.RemoveConstraint(
            model_name="patent",
            name="patent_status_known",
        ),
        migrations.AddField(
            model_name="listing",
            name="suspended_by",
            field=models.CharField(
                blank=True,
                choices=[("owner", "权利人"), ("office", "省知识产权局"), ("status", "专利法律状态")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="patent",
            name="fee_reduction",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="patent",
            name="term_compensation_days",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name="patent",
            name="legal_status",
            field=models.CharField(
                choices=[
                    ("unpublished", "申请未公开"),
                    ("pending", "审中（已公开）"),
                    ("in_force", "有效"),
                    ("late_fee", "滞纳期"),
                    ("terminated", "终止（未缴年费）"),
                    ("expired", "期限届满"),
                    ("refused", "驳回、撤回或放弃"),
                    ("invalid", "宣告无效"),
                    ("abandoned", "已放弃"),
                ],
                max_length=20,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listing",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_moves",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:submitted,draft:withdrawn,submitted:changes_requested,submitted:published,submitted:rejected,submitted:withdrawn,changes_requested:submitted,changes_requested:withdrawn,published:concluded,published:lapsed,published:suspended,published:withdrawn,suspended:concluded,suspended:lapsed,suspended:published,suspended:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="e15e12f8898576c61d4b51491b4cc416f799e22c",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_moves_53291",
                    table="patents_listing",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="patent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "legal_status__in",
                        [
                            "unpublished",
                            "pending",
                            "in_force",
                            "late_fee",
                            "terminated",
                            "expired",
                            "refused",
                            "invalid",
                            "abandoned",
                        ],
                    )
                ),
                name="patent_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="patent",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee_reduction__in", (0, 70, 85))), name="patent_fee_reduction_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="patent",
            constraint=models.CheckConstraint(
                condition=models.Q(("term_compensation_days", 0), ("kind", "invention"), _connector="OR"),
                name="patent_compensation_for_inventions",
            ),
        ),
        migrations.AddField(
            model_name="statusevent",
            name="corrects",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="patents.statusevent",
            ),
        ),
        migrations.AddField(
            model_name="statusevent",
            name="patent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="status_events", to="patents.patent"
            ),
        ),
        migrations.AddField(
            model_name="statusevent",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="statussheet",
            name="officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="statussheetrow",
            name="patent",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="patents.patent"
            ),
        ),
        migrations.AddField(
            model_name="statussheetrow",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="patents.statussheet"
            ),
        ),
        migrations.AddIndex(
            model_name="statusevent",
            index=models.Index(fields=["patent", "-happened_on", "-id"], name="statusevent_history"),
        ),
        migrations.AddConstraint(
            model_name="statusevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "accepted",
                            "published",
                            "examination",
                            "grant_notice",
                            "granted",
                            "withdrawn",
                            "deemed_withdrawn",
                            "rejected",
                            "deemed_abandoned",
                            "reexamination",
                            "late_fee",
                            "paid",
                            "terminated",
                            "restored",
                            "expired",
                            "abandoned",
                            "double_abandoned",
                            "void",
                            "part_void",
                            "upheld",
                            "transferred",
                            "licence_recorded",
                            "licence_changed",
                            "licence_cancelled",
                            "pledge_registered",
                            "pledge_changed",
                            "pledge_cancelled",
                            "preserved",
                            "preservation_lifted",
                            "suspended",
                            "suspension_lifted",
                            "open_declared",
                            "open_withdrawn",
                            "compulsory",
                            "compensated",
                            "bibliographic",
                            "correction",
                            "declassified",
                            "checked",
                        ],
                    )
                ),
                name="statusevent_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statusevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", ""),
                        models.Q(
                            (
                                "kind__in",
                                [
                                    "accepted",
                                    "published",
                                    "examination",
                                    "granted",
                                    "withdrawn",
                                    "deemed_withdrawn",
                                    "rejected",
                                    "deemed_abandoned",
                                    "reexamination",
                                    "late_fee",
                                    "paid",
                                    "terminated",
                                    "restored",
                                    "expired",
                                    "abandoned",
                                    "double_abandoned",
                                    "void",
                                    "checked",
                                ],
                            ),
                            _negated=True,
                        ),
                    ),
                    models.Q(("kind__in", ["accepted", "checked"]), ("status", "unpublished")),
                    models.Q(
                        ("kind__in", ["published", "examination", "reexamination", "restored", "checked"]),
                        ("status", "pending"),
                    ),
                    models.Q(("kind__in", ["granted", "paid", "restored", "checked"]), ("status", "in_force")),
                    models.Q(("kind__in", ["late_fee", "checked"]), ("status", "late_fee")),
                    models.Q(("kind__in", ["terminated", "checked"]), ("status", "terminated")),
                    models.Q(("kind__in", ["expired", "checked"]), ("status", "expired")),
                    models.Q(
                        ("kind__in", ["withdrawn", "deemed_withdrawn", "rejected", "deemed_abandoned", "checked"]),
                        ("status", "refused"),
                    ),
                    models.Q(("kind__in", ["void", "checked"]), ("status", "invalid")),
                    models.Q(("kind__in", ["abandoned", "double_abandoned", "checked"]), ("status", "abandoned")),
                    _connector="OR",
                ),
                name="statusevent_status_fits",
            ),
        ),
        migrations.AddConstraint(
            model_name="statusevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reaches_back_to", None), ("reaches_back_to__lt", models.F("happened_on")), _connector="OR"
                ),
                name="statusevent_reaches_back",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusevent",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'an event is corrected, never erased'; END IF; IF to_jsonb(NEW) - 'corrected' <> to_jsonb(OLD) - 'corrected' OR NOT NEW.corrected OR NOT EXISTS (SELECT 1 FROM patents_statusevent later WHERE later.corrects_id = NEW.id) THEN RAISE EXCEPTION 'an event is corrected, never changed'; END IF; RETURN NEW;",
                    hash="1bddd91c6c57fd5965a5f98c4a8c8bde6bc16f62",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keep_rows_69e00",
                    table="patents_statusevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusevent",
            trigger=pgtrigger.compiler.Trigger(
                name="mark_corrected",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."corrects_id" IS NOT NULL)',
                    func="UPDATE patents_statusevent SET corrected = true WHERE id = NEW.corrects_id AND patent_id = NEW.patent_id AND NOT corrected; IF NOT FOUND THEN RAISE EXCEPTION 'a correction is of one standing event of the same patent'; END IF; RETURN NULL;",
                    hash="c0bbfe7d9b1d647920f71ca74e4d27a317c91036",
                    operation="INSERT",
                    pgid="pgtrigger_mark_corrected_bd1d5",
                    table="patents_statusevent",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="statussheet",
            index=models.Index(condition=models.Q(("state", "running")), fields=["id"], name="statussheet_running"),
        ),
        migrations.AddIndex(
            model_name="statussheet",
            index=models.Index(fields=["officer", "-id"], name="statussheet_own"),
        ),
        migrations.AddConstraint(
            model_name="statussheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["checked", "running", "done"])), name="statussheet_state_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statussheet",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_moves",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{checked:running,running:done}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="8eddef581e1325826fed908a11ab3af81adeb79f",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_moves_a0c5e",
                    table="patents_statussheet",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="statussheetrow",
            index=models.Index(
                condition=models.Q(("fate", "new")), fields=["sheet", "id"], name="statussheetrow_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="statussheetrow",
            constraint=models.UniqueConstraint(fields=("sheet", "line"), name="statussheetrow_line_once"),
        ),
        migrations.AddConstraint(
            model_name="statussheetrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("fate__in", ["new", "unchanged", "refused", "written"])),
                name="statussheetrow_fate_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statussheetrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fate", "refused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="statussheetrow_refusal_has_reason",
            ),
        ),
    ]
