import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import platform_site.triggers


class Migration(migrations.Migration):
    replaces = [
        ("patents", "0001_initial"),
        ("patents", "0002_people_and_places"),
        ("patents", "0003_listing_published_needs"),
        ("patents", "0004_search_offers"),
        ("patents", "0006_patent_shown_is_alive"),
        ("patents", "0007_rights_ledger"),
        ("patents", "0009_status_history"),
        ("patents", "0010_status_history_fill"),
        ("patents", "0011_status_history_tighten"),
        ("patents", "0012_draft_input_and_views"),
        ("patents", "0013_consents_per_form"),
        ("patents", "0014_offers_follow_ledger"),
        ("patents", "0015_price_postings"),
        ("patents", "0016_patent_twin"),
        ("patents", "0017_patent_by_filing_date"),
        ("patents", "0018_ledger_turn"),
        ("patents", "0019_traded_entries"),
        ("patents", "0021_recordal_once"),
        ("patents", "0023_counted_for_indicators"),
        ("patents", "0024_offered_price_is_named"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0002_organisations"),
        ("accounts", "__first__"),
        ("files", "0001_initial"),
        ("regions", "0001_six_provinces"),
    ]

    operations = [
        platform_site.triggers.CreateModels(
            models=[
                migrations.CreateModel(
                    name="LedgerTurn",
                    fields=[
                        ("day", models.DateField(primary_key=True, serialize=False)),
                        ("since", models.DateField()),
                        ("reached", models.BigIntegerField(default=0)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="ListingNumber",
                    fields=[
                        ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Patent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("application_number", models.CharField(max_length=20, unique=True)),
                        ("number_doubtful", models.BooleanField(default=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("invention", "发明"), ("utility_model", "实用新型"), ("design", "外观设计")],
                                max_length=20,
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=300)),
                        ("title_en", models.CharField(blank=True, max_length=400)),
                        ("abstract_zh", models.TextField(blank=True)),
                        ("abstract_en", models.TextField(blank=True)),
                        (
                            "ipc",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        ("locarno", models.CharField(blank=True, max_length=5)),
                        ("applicants", models.CharField(max_length=400)),
                        ("inventors", models.CharField(blank=True, max_length=400)),
                        ("co_owned", models.BooleanField(default=False)),
                        ("province_code", models.CharField(blank=True, max_length=6)),
                        ("city_code", models.CharField(blank=True, max_length=6)),
                        ("filing_date", models.DateField()),
                        ("publication_number", models.CharField(blank=True, max_length=20)),
                        ("publication_date", models.DateField(blank=True, null=True)),
                        ("grant_date", models.DateField(blank=True, null=True)),
                        (
                            "legal_status",
                            models.CharField(
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
                        ("status_as_of", models.DateField()),
                        ("status_source", models.CharField(blank=True, max_length=100)),
                        ("annuity_paid_to", models.DateField(blank=True, null=True)),
                        ("fee_reduction", models.PositiveSmallIntegerField(db_default=0, default=0)),
                        ("term_compensation_days", models.PositiveIntegerField(db_default=0, default=0)),
                        ("twin_number", models.CharField(blank=True, db_default="", default="", max_length=20)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["filing_date"], name="patent_by_filing_date")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["invention", "utility_model", "design"])),
                                name="patent_kind_known",
                            ),
                            models.CheckConstraint(
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("application_number__regex", "^CN(\\d{8}(\\.[\\dX])?|\\d{12}\\.[\\dX])$")
                                ),
                                name="patent_number_form",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publication_date", None),
                                    ("publication_date__gte", models.F("filing_date")),
                                    _connector="OR",
                                ),
                                name="patent_published_after_filing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("grant_date", None), ("grant_date__gte", models.F("filing_date")), _connector="OR"
                                ),
                                name="patent_granted_after_filing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("locarno", ""), ("kind", "design"), _connector="OR"),
                                name="patent_locarno_for_designs",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("twin_number", ""),
                                    models.Q(
                                        ("kind", "invention"),
                                        ("twin_number__regex", "^CN(\\d{2}[29]\\d{5}|\\d{4}[29]\\d{7})(\\.[\\dX])?$"),
                                    ),
                                    models.Q(
                                        ("kind", "utility_model"),
                                        ("twin_number__regex", "^CN(\\d{2}[18]\\d{5}|\\d{4}[18]\\d{7})(\\.[\\dX])?$"),
                                    ),
                                    _connector="OR",
                                ),
                                name="patent_twin_is_the_other_kind",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("twin_number", ""), _negated=True),
                                fields=("twin_number",),
                                name="patent_twin_of_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fee_reduction__in", (0, 70, 85))),
                                name="patent_fee_reduction_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("term_compensation_days", 0), ("kind", "invention"), _connector="OR"
                                ),
                                name="patent_compensation_for_inventions",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchSummary",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("province_code", models.CharField(max_length=6)),
                        ("kinds", models.SmallIntegerField()),
                        ("sections", models.SmallIntegerField()),
                        ("forms", models.SmallIntegerField()),
                        ("total", models.IntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("province_code", "kinds", "sections", "forms"), name="summary_combination_once"
                            ),
                            models.CheckConstraint(condition=models.Q(("total__gte", 0)), name="summary_not_negative"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatusEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "patent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="status_events",
                                to="patents.patent",
                            ),
                        ),
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
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="patents.statusevent",
                            ),
                        ),
                        ("corrected", models.BooleanField(db_default=False, default=False)),
                    ],
                    options={
                        "ordering": ["happened_on", "id"],
                        "indexes": [models.Index(fields=["patent", "-happened_on", "-id"], name="statusevent_history")],
                        "constraints": [
                            models.CheckConstraint(
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
                            models.CheckConstraint(
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
                                        (
                                            "kind__in",
                                            ["published", "examination", "reexamination", "restored", "checked"],
                                        ),
                                        ("status", "pending"),
                                    ),
                                    models.Q(
                                        ("kind__in", ["granted", "paid", "restored", "checked"]), ("status", "in_force")
                                    ),
                                    models.Q(("kind__in", ["late_fee", "checked"]), ("status", "late_fee")),
                                    models.Q(("kind__in", ["terminated", "checked"]), ("status", "terminated")),
                                    models.Q(("kind__in", ["expired", "checked"]), ("status", "expired")),
                                    models.Q(
                                        (
                                            "kind__in",
                                            [
                                                "withdrawn",
                                                "deemed_withdrawn",
                                                "rejected",
                                                "deemed_abandoned",
                                                "checked",
                                            ],
                                        ),
                                        ("status", "refused"),
                                    ),
                                    models.Q(("kind__in", ["void", "checked"]), ("status", "invalid")),
                                    models.Q(
                                        ("kind__in", ["abandoned", "double_abandoned", "checked"]),
                                        ("status", "abandoned"),
                                    ),
                                    _connector="OR",
                                ),
                                name="statusevent_status_fits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reaches_back_to", None),
                                    ("reaches_back_to__lt", models.F("happened_on")),
                                    _connector="OR",
                                ),
                                name="statusevent_reaches_back",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatusSheet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "running")), fields=["id"], name="statussheet_running"
                            ),
                            models.Index(fields=["officer", "-id"], name="statussheet_own"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["checked", "running", "done"])),
                                name="statussheet_state_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatusSheetRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="patents.statussheet",
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        ("cells", models.JSONField(default=dict)),
                        ("facts", models.JSONField(default=dict)),
                        (
                            "patent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="patents.patent",
                            ),
                        ),
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
                        "indexes": [
                            models.Index(
                                condition=models.Q(("fate", "new")),
                                fields=["sheet", "id"],
                                name="statussheetrow_waiting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("sheet", "line"), name="statussheetrow_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("fate__in", ["new", "unchanged", "refused", "written"])),
                                name="statussheetrow_fate_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("fate", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="statussheetrow_refusal_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Encumbrance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "proof",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                        ("source", models.CharField(max_length=100)),
                        ("as_of", models.DateField()),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("traded", models.BooleanField(db_default=False, default=False)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "patent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="encumbrances",
                                to="patents.patent",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pledge", "质押"),
                                    ("preservation", "保全"),
                                    ("suspension", "中止"),
                                    ("open_declaration", "开放许可声明"),
                                    ("assignment_signed", "转让已签约、未登记"),
                                    ("option", "期权或优先受让权"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("holder", models.CharField(blank=True, max_length=200)),
                        ("start", models.DateField()),
                        ("end", models.DateField(blank=True, null=True)),
                        (
                            "consents",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        ("co_owners_agree", models.BooleanField(default=False)),
                        ("pledgee_agrees", models.BooleanField(default=False)),
                        ("number", models.CharField(blank=True, max_length=60)),
                        ("fee_terms", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "ordering": ["start", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "pledge",
                                            "preservation",
                                            "suspension",
                                            "open_declaration",
                                            "assignment_signed",
                                            "option",
                                        ],
                                    )
                                ),
                                name="encumbrance_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("end", None), ("end__gte", models.F("start")), _connector="OR"),
                                name="encumbrance_lasts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Title",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "proof",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                        ("source", models.CharField(max_length=100)),
                        ("as_of", models.DateField()),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("traded", models.BooleanField(db_default=False, default=False)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "price_method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agreement", "协议定价"),
                                    ("market", "在技术交易市场挂牌交易"),
                                    ("auction", "拍卖"),
                                ],
                                db_default="",
                                default="",
                                max_length=20,
                            ),
                        ),
                        ("price_posted_on", models.DateField(blank=True, null=True)),
                        ("price_posted_where", models.CharField(blank=True, db_default="", default="", max_length=200)),
                        (
                            "patent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="titles", to="patents.patent"
                            ),
                        ),
                        ("owners", models.CharField(max_length=400)),
                        ("start", models.DateField()),
                        ("end", models.DateField(blank=True, null=True)),
                        ("registration_number", models.CharField(blank=True, max_length=60)),
                        (
                            "completes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="completed_by",
                                to="patents.encumbrance",
                            ),
                        ),
                        ("co_owners_agree", models.BooleanField(default=False)),
                        ("pledgee_agrees", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["start", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("end", None)), fields=("patent",), name="title_one_open"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("end", None), ("end__gt", models.F("start")), _connector="OR"),
                                name="title_lasts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Grant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "proof",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                        ("source", models.CharField(max_length=100)),
                        ("as_of", models.DateField()),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("traded", models.BooleanField(db_default=False, default=False)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "price_method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agreement", "协议定价"),
                                    ("market", "在技术交易市场挂牌交易"),
                                    ("auction", "拍卖"),
                                ],
                                db_default="",
                                default="",
                                max_length=20,
                            ),
                        ),
                        ("price_posted_on", models.DateField(blank=True, null=True)),
                        ("price_posted_where", models.CharField(blank=True, db_default="", default="", max_length=200)),
                        (
                            "patent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="patents.patent"
                            ),
                        ),
                        (
                            "title",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="patents.title"
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("exclusive", "独占许可"),
                                    ("sole", "排他许可"),
                                    ("ordinary", "普通许可"),
                                    ("open", "开放许可"),
                                    ("compulsory", "强制许可"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "provinces",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=6), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "field",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        ("licensee", models.CharField(max_length=200)),
                        ("signed_on", models.DateField()),
                        ("start", models.DateField()),
                        ("end", models.DateField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("reserved", "已预留"), ("active", "有效"), ("ended", "已终止")], max_length=20
                            ),
                        ),
                        ("reserved_until", models.DateTimeField(blank=True, null=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sublicences",
                                to="patents.grant",
                            ),
                        ),
                        ("sublicensable", models.BooleanField(default=False)),
                        (
                            "beside",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="companions",
                                to="patents.grant",
                            ),
                        ),
                        ("co_owners_agree", models.BooleanField(default=False)),
                        ("pledgee_agrees", models.BooleanField(default=False)),
                        ("recordal_number", models.CharField(blank=True, max_length=60)),
                        ("recordal_on", models.DateField(blank=True, null=True)),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="patents.grant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["start", "id"],
                        "indexes": [models.Index(fields=["state", "reserved_until"], name="grant_by_expiry")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("form__in", ["exclusive", "sole", "ordinary", "open", "compulsory"])
                                ),
                                name="grant_form_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["reserved", "active", "ended"])),
                                name="grant_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("end", None), ("end__gt", models.F("start")), _connector="OR"),
                                name="grant_lasts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on", None), ("ended_on__gte", models.F("start")), _connector="OR"
                                ),
                                name="grant_ends_after",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on__isnull", False), ("state", "ended")),
                                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_on", None)),
                                    _connector="OR",
                                ),
                                name="grant_ended_has_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reserved_until__isnull", False), ("state", "reserved")),
                                    models.Q(("state", "reserved"), _negated=True),
                                    _connector="OR",
                                ),
                                name="grant_reserved_expires",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("beside", None), ("parent", None)), ("form", "ordinary"), _connector="OR"
                                ),
                                name="grant_below_is_ordinary",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parent", None), ("beside", None), _connector="OR"),
                                name="grant_one_relation",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Listing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="listings",
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
                        (
                            "province",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.province",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("submitted", "审核中"),
                                    ("changes_requested", "待修改"),
                                    ("rejected", "未通过"),
                                    ("published", "在架"),
                                    ("suspended", "暂停展示"),
                                    ("withdrawn", "已下架"),
                                    ("concluded", "已成交"),
                                    ("lapsed", "已失效"),
                                ],
                                default="draft",
                                max_length=20,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("updated_at", models.DateTimeField()),
                        ("closing_reason", models.TextField(blank=True)),
                        (
                            "suspended_by",
                            models.CharField(
                                blank=True,
                                choices=[("owner", "权利人"), ("office", "省知识产权局"), ("status", "专利法律状态")],
                                db_default="",
                                default="",
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-updated_at", "-id"],
                        "indexes": [
                            models.Index(fields=["owner", "-updated_at"], name="listing_by_owner"),
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["province"],
                                name="listing_on_market",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "submitted",
                                            "changes_requested",
                                            "rejected",
                                            "published",
                                            "suspended",
                                            "withdrawn",
                                            "concluded",
                                            "lapsed",
                                        ],
                                    )
                                ),
                                name="listing_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__regex", "^CN6-\\d{4}-\\d{6,}$")),
                                name="listing_number_form",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "suspended"), ("suspended_by__in", ["owner", "office", "status"])
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["suspended", "published"]), _negated=True),
                                        ("suspended_by__in", ["", "owner", "office", "status"]),
                                    ),
                                    models.Q(("state", "published"), ("suspended_by", "")),
                                    _connector="OR",
                                ),
                                name="listing_suspended_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListingPatent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "listing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="listing_patents",
                                to="patents.listing",
                            ),
                        ),
                        (
                            "patent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="listing_patents",
                                to="patents.patent",
                            ),
                        ),
                        ("is_open", models.BooleanField(default=True)),
                        ("place", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["place", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_open", True)),
                                fields=("patent",),
                                name="patent_in_one_open_listing",
                            ),
                            models.UniqueConstraint(fields=("listing", "patent"), name="patent_once_per_listing"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListingVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "listing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="patents.listing",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("editing", "编辑中"),
                                    ("submitted", "审核中"),
                                    ("changes_requested", "退回修改"),
                                    ("rejected", "未通过"),
                                    ("approved", "已通过"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="editing",
                                max_length=20,
                            ),
                        ),
                        ("title_zh", models.CharField(blank=True, max_length=120)),
                        ("title_en", models.CharField(blank=True, max_length=240)),
                        ("problem_zh", models.TextField(blank=True)),
                        ("problem_en", models.TextField(blank=True)),
                        ("solution_zh", models.TextField(blank=True)),
                        ("solution_en", models.TextField(blank=True)),
                        ("effect_zh", models.TextField(blank=True)),
                        ("effect_en", models.TextField(blank=True)),
                        ("uses_zh", models.TextField(blank=True)),
                        ("uses_en", models.TextField(blank=True)),
                        ("support_zh", models.TextField(blank=True)),
                        ("support_en", models.TextField(blank=True)),
                        ("trl", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "consents",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        ("declared_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "steps_done",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("saved_at", models.DateTimeField()),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("listing", "number"), name="version_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["editing", "submitted"])),
                                fields=("listing",),
                                name="version_one_in_work",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("trl", None), ("trl__range", (1, 9)), _connector="OR"),
                                name="version_trl_1_to_9",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consents__contained_by", ["assignment", "exclusive", "sole", "open"])
                                ),
                                name="version_consents_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "editing",
                                            "submitted",
                                            "changes_requested",
                                            "rejected",
                                            "approved",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="version_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftInput",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="inputs",
                                to="patents.listingversion",
                            ),
                        ),
                        ("step", models.CharField(max_length=20)),
                        ("part", models.CharField(blank=True, max_length=20)),
                        ("typed", models.JSONField(null=True)),
                        ("edition", models.PositiveIntegerField(default=1)),
                        ("window", models.CharField(blank=True, max_length=36)),
                        ("saved_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "step", "part"), name="input_once_per_page"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("step__in", ("patent", "ownership", "description", "forms", "requirements"))
                                ),
                                name="input_step_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("part__gt", ""), ("step", "patent")),
                                    models.Q(models.Q(("step", "patent"), _negated=True), ("part", "")),
                                    _connector="OR",
                                ),
                                name="input_parts_are_patents",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferedForm",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="offered_forms",
                                to="patents.listingversion",
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("assignment", "专利权转让"),
                                    ("exclusive", "独占许可"),
                                    ("sole", "排他许可"),
                                    ("ordinary", "普通许可"),
                                    ("open", "开放许可"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "provinces",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=6), blank=True, default=list, size=None
                            ),
                        ),
                        ("price_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        (
                            "price_basis",
                            models.CharField(
                                choices=[
                                    ("lump", "一次总付"),
                                    ("yearly", "每年"),
                                    ("per_unit", "按件提成"),
                                    ("entry", "入门费，另收提成"),
                                    ("negotiable", "面议"),
                                ],
                                default="negotiable",
                                max_length=20,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "form"), name="form_once_per_version"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("form__in", ["assignment", "exclusive", "sole", "ordinary", "open"])
                                ),
                                name="form_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("price_basis", "negotiable"), ("price_cny", None)),
                                    models.Q(
                                        models.Q(("price_basis", "negotiable"), _negated=True),
                                        ("price_cny__gte", 0),
                                        ("price_cny__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="form_price_or_negotiable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("form", "assignment"), _negated=True), ("provinces", []), _connector="OR"
                                ),
                                name="assignment_is_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PricePosting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "listing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="postings",
                                to="patents.listing",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="patents.listingversion",
                            ),
                        ),
                        ("body", models.CharField(max_length=120)),
                        ("name_zh", models.CharField(max_length=120)),
                        ("name_en", models.CharField(blank=True, max_length=240)),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("assignment", "专利权转让"),
                                    ("exclusive", "独占许可"),
                                    ("sole", "排他许可"),
                                    ("ordinary", "普通许可"),
                                    ("open", "开放许可"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("price_cny", models.DecimalField(decimal_places=2, max_digits=14)),
                        (
                            "price_basis",
                            models.CharField(
                                choices=[
                                    ("lump", "一次总付"),
                                    ("yearly", "每年"),
                                    ("per_unit", "按件提成"),
                                    ("entry", "入门费，另收提成"),
                                    ("negotiable", "面议"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("agreement", "协议定价"),
                                    ("market", "在技术交易市场挂牌交易"),
                                    ("auction", "拍卖"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "posted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("posted_on", models.DateField()),
                        ("until", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("posted", "公示"), ("withdrawn", "已撤回")], default="posted", max_length=20
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closing_reason", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "ordering": ["-posted_on", "-id"],
                        "indexes": [models.Index(fields=["-posted_on", "-id"], name="posting_newest_first")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("form__in", ["assignment", "exclusive", "sole", "ordinary", "open"])
                                ),
                                name="posting_form_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("method__in", ["agreement", "market", "auction"])),
                                name="posting_method_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["posted", "withdrawn"])), name="posting_state_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("price_cny__gte", 0), models.Q(("price_basis", "negotiable"), _negated=True)
                                ),
                                name="posting_has_price",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("posted_on"))), name="posting_lasts"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("state", "posted")),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                        ("state", "withdrawn"),
                                    ),
                                    _connector="OR",
                                ),
                                name="posting_closed_by_somebody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "posted")),
                                fields=("listing", "form"),
                                name="posting_one_per_form",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PriceObjection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "posting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="patents.priceposting",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("text", models.TextField(max_length=2000)),
                        ("filed_at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True, max_length=2000)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["filed_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None)),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="objection_answered_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="objection_says_something"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("answer", "")),
                                fields=("posting", "author"),
                                name="objection_one_open_each",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Requirement",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requirements",
                                to="patents.listingversion",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("equipment", "设备"),
                                    ("area", "场地面积"),
                                    ("power", "用电容量"),
                                    ("permit", "许可与资质"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("text_zh", models.CharField(blank=True, max_length=120)),
                        ("text_en", models.CharField(blank=True, max_length=160)),
                        ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                    ],
                    options={
                        "ordering": ["kind", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["equipment", "area", "power", "permit"])),
                                name="requirement_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount", None), ("amount__gt", 0), _connector="OR"),
                                name="requirement_amount_positive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
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
                                related_name="reviews",
                                to="patents.listingversion",
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        ("calendar_known", models.BooleanField(default=True)),
                        (
                            "taken_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        ("checklist", models.JSONField(default=dict)),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("approved", "通过"),
                                    ("changes_requested", "退回修改"),
                                    ("rejected", "不予通过"),
                                    ("handed_over", "转办"),
                                    ("withdrawn", "权利人撤回"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
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
                    ],
                    options={
                        "ordering": ["-opened_at", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("decision", "")), fields=["province", "due_on"], name="review_queue"
                            ),
                            models.Index(
                                condition=models.Q(("decision", ""), _negated=True),
                                fields=["decided_at"],
                                name="review_by_decision",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "")), fields=("version",), name="review_one_open"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["", "approved"]),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="review_refusal_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("decision", "")),
                                    models.Q(models.Q(("decision", ""), _negated=True), ("decided_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="review_decided_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "listing",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="search_row",
                                to="patents.listing",
                            ),
                        ),
                        ("province_code", models.CharField(max_length=6)),
                        ("kinds", models.SmallIntegerField()),
                        ("sections", models.SmallIntegerField()),
                        ("forms", models.SmallIntegerField()),
                        ("offers", models.IntegerField(default=0)),
                        ("trl", models.SmallIntegerField(null=True)),
                        ("price_cny", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                        ("published_at", models.DateTimeField()),
                        (
                            "ipc",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), default=list, size=None
                            ),
                        ),
                        ("doc", django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["doc"], name="search_doc"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["ipc"], name="search_ipc"
                            ),
                            models.Index(fields=["-published_at", "-id"], name="search_newest"),
                            models.Index(fields=["province_code", "-published_at", "-id"], name="search_by_province"),
                            models.Index(fields=["price_cny", "id"], name="search_by_price"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ViewCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "listing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="patents.listing"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("views", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("listing", "day"), name="views_once_a_day")],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="patents.listingversion",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("for_office_only", models.BooleanField(default=False)),
                        ("place", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["place", "id"],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="title",
            name="price_posting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="patents.priceposting",
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="price_posting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="patents.priceposting",
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="public_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="patents.listingversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["published", "suspended", "concluded", "lapsed"]), _negated=True),
                    models.Q(
                        ("province__isnull", False), ("public_version__isnull", False), ("published_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="listing_public_has_version",
            ),
        ),
        platform_site.triggers.AddTriggers(
            triggers=[
                (
                    "listingversion",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{editing:submitted,editing:withdrawn,submitted:approved,submitted:changes_requested,submitted:rejected,submitted:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="ef3c06057800958506730f9623e19f2f2d1aa1c5",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_3bbf6",
                            table="patents_listingversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "listingversion",
                    pgtrigger.compiler.Trigger(
                        name="frozen_text",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" IS DISTINCT FROM 'editing')",
                            func="IF to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' THEN RAISE EXCEPTION 'a submitted version is not changed'; END IF; RETURN NEW;",
                            hash="bacb5b60fedb25e74e010b60f5405a937683f96e",
                            operation="UPDATE",
                            pgid="pgtrigger_frozen_text_301c9",
                            table="patents_listingversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "listing",
                    pgtrigger.compiler.Trigger(
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
                (
                    "listing",
                    pgtrigger.compiler.Trigger(
                        name="published_needs",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'published')",
                            func="\n    IF TG_OP = 'UPDATE' THEN\n        IF OLD.state = 'published' AND OLD.public_version_id IS NOT DISTINCT FROM NEW.public_version_id THEN\n            RETURN NEW;\n        END IF;\n        IF NOT EXISTS (SELECT 1 FROM patents_listingpatent WHERE listing_id = NEW.id AND is_open) THEN\n            RAISE EXCEPTION 'a published listing has a patent';\n        END IF;\n    END IF;\n    IF NOT EXISTS (SELECT 1 FROM accounts_verification WHERE user_id = NEW.owner_id AND state = 'verified') THEN\n        RAISE EXCEPTION 'the owner of a published listing is verified';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM patents_listingpatent bundled JOIN patents_patent patent ON patent.id = bundled.patent_id\n        WHERE bundled.listing_id = NEW.id AND bundled.is_open\n        AND patent.legal_status NOT IN ('in_force', 'late_fee', 'pending')\n    ) THEN\n        RAISE EXCEPTION 'the patents of a published listing are alive';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM patents_offeredform offered JOIN patents_listingversion text ON text.id = offered.version_id\n        WHERE text.id = NEW.public_version_id AND offered.form <> 'ordinary' AND NOT offered.form = ANY (text.consents)\n        AND EXISTS (\n            SELECT 1 FROM patents_listingpatent bundled JOIN patents_patent patent ON patent.id = bundled.patent_id\n            WHERE bundled.listing_id = NEW.id AND bundled.is_open AND patent.co_owned\n        )\n    ) THEN\n        RAISE EXCEPTION 'the co-owners of a published patent agree to every form offered';\n    END IF;\n    -- Only a new text is held to today's ledger; one that is public shrinks with it and stays.\n    IF TG_OP = 'UPDATE' AND OLD.public_version_id IS NOT DISTINCT FROM NEW.public_version_id THEN\n        RETURN NEW;\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM patents_listingpatent bundled\n        JOIN patents_grant held ON held.patent_id = bundled.patent_id\n        JOIN patents_offeredform offered ON offered.version_id = NEW.public_version_id\n        WHERE bundled.listing_id = NEW.id AND bundled.is_open\n        AND held.parent_id IS NULL AND held.form <> 'compulsory'\n        AND held.period @> (now() AT TIME ZONE 'Asia/Shanghai')::date\n        AND (held.state <> 'reserved' OR held.reserved_until > now())\n        AND (offered.form IN ('exclusive', 'sole') AND held.territory && patents_territory(offered.provinces::text[])\n            OR offered.form = 'ordinary' AND held.form IN ('exclusive', 'sole')\n                AND held.territory && patents_territory(offered.provinces::text[])\n            OR offered.form = 'open' AND held.form IN ('exclusive', 'sole'))\n    ) OR EXISTS (\n        SELECT 1 FROM patents_listingpatent bundled\n        JOIN patents_encumbrance declared ON declared.patent_id = bundled.patent_id\n        JOIN patents_offeredform offered ON offered.version_id = NEW.public_version_id\n        WHERE bundled.listing_id = NEW.id AND bundled.is_open AND declared.kind = 'open_declaration'\n        AND declared.period @> (now() AT TIME ZONE 'Asia/Shanghai')::date AND offered.form IN ('exclusive', 'sole')\n    ) THEN\n        RAISE EXCEPTION 'a published listing offers what the ledger has not given away';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM patents_listingpatent bundled JOIN patents_patent patent ON patent.id = bundled.patent_id\n        JOIN patents_offeredform offered ON offered.version_id = NEW.public_version_id AND offered.form = 'open'\n        WHERE bundled.listing_id = NEW.id AND bundled.is_open AND patent.legal_status <> 'in_force'\n    ) THEN\n        RAISE EXCEPTION 'an open licence is of a granted patent whose annuity is paid';\n    END IF;\n    RETURN NEW;\n",
                            hash="5d9e9e819e022820397d8703d3055721003a8d0c",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_published_needs_9900e",
                            table="patents_listing",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "attachment",
                    pgtrigger.compiler.Trigger(
                        name="frozen_attachment",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE version_state TEXT;",
                            func="SELECT state INTO version_state FROM patents_listingversion WHERE id = COALESCE(NEW.version_id, OLD.version_id); IF version_state IS DISTINCT FROM 'editing' AND version_state IS NOT NULL THEN RAISE EXCEPTION 'a submitted version is not changed'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                            hash="2ef06456092688d24120b0fcf6b6c2e7e75f5549",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_frozen_attachment_90ddf",
                            table="patents_attachment",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "offeredform",
                    pgtrigger.compiler.Trigger(
                        name="frozen_form",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE version_state TEXT;",
                            func="SELECT state INTO version_state FROM patents_listingversion WHERE id = COALESCE(NEW.version_id, OLD.version_id); IF version_state IS DISTINCT FROM 'editing' AND version_state IS NOT NULL THEN RAISE EXCEPTION 'a submitted version is not changed'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                            hash="2787bbed19eb44c92cab7d7b966c6a0e285fa287",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_frozen_form_44acb",
                            table="patents_offeredform",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "patent",
                    pgtrigger.compiler.Trigger(
                        name="twin_same_day",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (NEW.\"twin_number\" = ''))",
                            func="IF EXISTS (SELECT 1 FROM patents_patent other WHERE other.application_number = NEW.twin_number AND other.filing_date <> NEW.filing_date) THEN RAISE EXCEPTION 'a twin is filed the same day'; END IF; RETURN NEW;",
                            hash="c76ad219a70b83e8e1c9b889f56de397dea8f2bd",
                            operation='INSERT OR UPDATE OF "twin_number"',
                            pgid="pgtrigger_twin_same_day_9169a",
                            table="patents_patent",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "patent",
                    pgtrigger.compiler.Trigger(
                        name="shown_is_alive",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (NEW.\"legal_status\" IN ('in_force', 'late_fee', 'pending')))",
                            func="IF EXISTS (SELECT 1 FROM patents_listingpatent bundled JOIN patents_listing listing ON listing.id = bundled.listing_id WHERE bundled.patent_id = NEW.id AND bundled.is_open AND listing.state = 'published') THEN RAISE EXCEPTION 'the patents of a published listing are alive'; END IF; RETURN NEW;",
                            hash="86ba446be5e1e37f4e4eaaa7a04137660a21c2e1",
                            operation='UPDATE OF "legal_status"',
                            pgid="pgtrigger_shown_is_alive_3ead1",
                            table="patents_patent",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "listingpatent",
                    pgtrigger.compiler.Trigger(
                        name="bundled_is_alive",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."is_open")',
                            func="\n    IF EXISTS (\n        SELECT 1 FROM patents_listing listing JOIN patents_patent patent ON patent.id = NEW.patent_id\n        WHERE listing.id = NEW.listing_id AND listing.state = 'published'\n        AND patent.legal_status NOT IN ('in_force', 'late_fee', 'pending')\n    ) THEN\n        RAISE EXCEPTION 'the patents of a published listing are alive';\n    END IF;\n    RETURN NEW;\n",
                            hash="7403ac63f6a0b9d4e39623ea7cd6599a987c62a8",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_bundled_is_alive_5fe45",
                            table="patents_listingpatent",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "encumbrance",
                    pgtrigger.compiler.Trigger(
                        name="encumbrance_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'ledger:kept'; END IF; IF to_jsonb(NEW) - ARRAY['end', 'consents', 'territory', 'ipc_span', 'industry_span', 'slot', 'period'] <> to_jsonb(OLD) - ARRAY['end', 'consents', 'territory', 'ipc_span', 'industry_span', 'slot', 'period'] THEN RAISE EXCEPTION 'ledger:kept'; END IF; RETURN NEW;",
                            hash="96e30a3e3deab5b28114f3bc7aecf78d4ed1fd55",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_encumbrance_kept_b9666",
                            table="patents_encumbrance",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "encumbrance",
                    pgtrigger.compiler.Trigger(
                        name="encumbrance_guard",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="PERFORM patents_encumbrance_guard(NEW); RETURN NEW;",
                            hash="e697afe9bc4e7a64bacf2fde8be23c9ca114abe8",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_encumbrance_guard_e3e8c",
                            table="patents_encumbrance",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "priceposting",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{posted:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="e8acd64c7f8c86974c8a6df689013b9b6c5d223d",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_05633",
                            table="patents_priceposting",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "priceposting",
                    pgtrigger.compiler.Trigger(
                        name="posting_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a posting is kept'; END IF; IF to_jsonb(NEW) - ARRAY['state', 'closed_by_id', 'closed_at', 'closing_reason'] <> to_jsonb(OLD) - ARRAY['state', 'closed_by_id', 'closed_at', 'closing_reason'] THEN RAISE EXCEPTION 'a posting is kept'; END IF; RETURN NEW;",
                            hash="aab7a80e19bf86474a61d8d568862d9ddfe513b9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_posting_kept_50ac5",
                            table="patents_priceposting",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "priceobjection",
                    pgtrigger.compiler.Trigger(
                        name="objection_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a posting is kept'; END IF; IF to_jsonb(NEW) - ARRAY['answer', 'answered_by_id', 'answered_at'] <> to_jsonb(OLD) - ARRAY['answer', 'answered_by_id', 'answered_at'] THEN RAISE EXCEPTION 'a posting is kept'; END IF; RETURN NEW;",
                            hash="2ba15b9c085a8a6695e497298bec158c45d63c04",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_objection_kept_f34c0",
                            table="patents_priceobjection",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "priceobjection",
                    pgtrigger.compiler.Trigger(
                        name="answered_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (OLD.\"answer\" = ''))",
                            func="RAISE EXCEPTION 'an objection is answered once';",
                            hash="1ded18f4840bf51788e3222b525a0b1f62afd03d",
                            operation='UPDATE OF "answer"',
                            pgid="pgtrigger_answered_once_1a2ad",
                            table="patents_priceobjection",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "requirement",
                    pgtrigger.compiler.Trigger(
                        name="frozen_requirement",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE version_state TEXT;",
                            func="SELECT state INTO version_state FROM patents_listingversion WHERE id = COALESCE(NEW.version_id, OLD.version_id); IF version_state IS DISTINCT FROM 'editing' AND version_state IS NOT NULL THEN RAISE EXCEPTION 'a submitted version is not changed'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                            hash="f56fc3725dc191d0a7a0e5b444bcc3ff889d9af9",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_frozen_requirement_4b222",
                            table="patents_requirement",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "searchrow",
                    pgtrigger.compiler.Trigger(
                        name="count_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF TG_OP <> 'INSERT' THEN\n                        UPDATE patents_searchsummary SET total = total - 1\n                        WHERE (province_code, kinds, sections, forms) = (OLD.province_code, OLD.kinds, OLD.sections, OLD.forms);\n                    END IF;\n                    IF TG_OP <> 'DELETE' THEN\n                        INSERT INTO patents_searchsummary (province_code, kinds, sections, forms, total)\n                        VALUES (NEW.province_code, NEW.kinds, NEW.sections, NEW.forms, 1)\n                        ON CONFLICT (province_code, kinds, sections, forms)\n                        DO UPDATE SET total = patents_searchsummary.total + 1;\n                    END IF;\n                    RETURN NULL;\n                ",
                            hash="bc083ff3b7730902e71c8765c4605a89b7466844",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_count_rows_aa59c",
                            table="patents_searchrow",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "statusevent",
                    pgtrigger.compiler.Trigger(
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
                (
                    "statusevent",
                    pgtrigger.compiler.Trigger(
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
                (
                    "statussheet",
                    pgtrigger.compiler.Trigger(
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
                (
                    "title",
                    pgtrigger.compiler.Trigger(
                        name="title_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'ledger:kept'; END IF; IF to_jsonb(NEW) - ARRAY['end', 'territory', 'ipc_span', 'industry_span', 'slot', 'period'] <> to_jsonb(OLD) - ARRAY['end', 'territory', 'ipc_span', 'industry_span', 'slot', 'period'] THEN RAISE EXCEPTION 'ledger:kept'; END IF; RETURN NEW;",
                            hash="6959fa9e1ed6b776e79f8b0baf75071b77519bbe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_title_kept_5d702",
                            table="patents_title",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "title",
                    pgtrigger.compiler.Trigger(
                        name="title_guard",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="PERFORM patents_title_guard(NEW); RETURN NEW;",
                            hash="cd72acb0d9dcb7fbe05b74a972f0704d3c9cb0eb",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_title_guard_20083",
                            table="patents_title",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "grant",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{reserved:active,reserved:ended,active:ended}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="e2818674a5bea2dbcf09b62ca673510c5fb8c37f",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_1936f",
                            table="patents_grant",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "grant",
                    pgtrigger.compiler.Trigger(
                        name="grant_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'ledger:kept'; END IF; IF to_jsonb(NEW) - ARRAY['state', 'ended_on', 'reserved_until', 'recordal_number', 'recordal_on', 'territory', 'ipc_span', 'industry_span', 'slot', 'period'] <> to_jsonb(OLD) - ARRAY['state', 'ended_on', 'reserved_until', 'recordal_number', 'recordal_on', 'territory', 'ipc_span', 'industry_span', 'slot', 'period'] THEN RAISE EXCEPTION 'ledger:kept'; END IF; RETURN NEW;",
                            hash="021198923712410e855175a70a83d9cd532c2900",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_grant_kept_ab690",
                            table="patents_grant",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "grant",
                    pgtrigger.compiler.Trigger(
                        name="grant_guard",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="PERFORM patents_grant_guard(NEW); RETURN NEW;",
                            hash="17c061f2f0b0db4e8aca95631a47471b879b7f53",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_grant_guard_f5256",
                            table="patents_grant",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "grant",
                    pgtrigger.compiler.Trigger(
                        name="recordal_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (OLD.\"recordal_number\" = ''))",
                            func="IF ROW(NEW.recordal_number, NEW.recordal_on) IS DISTINCT FROM ROW(OLD.recordal_number, OLD.recordal_on) THEN RAISE EXCEPTION 'ledger:kept'; END IF; RETURN NEW;",
                            hash="0f0b26bd2b71cd11e739d1870e1c0e1d3f3a1a23",
                            operation='UPDATE OF "recordal_number", "recordal_on"',
                            pgid="pgtrigger_recordal_once_1408e",
                            table="patents_grant",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "grant",
                    pgtrigger.compiler.Trigger(
                        name="sublicences_end",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'ended')",
                            func="UPDATE patents_grant SET state = 'ended', ended_on = GREATEST(start, NEW.ended_on) WHERE (parent_id = NEW.id OR beside_id = NEW.id) AND state <> 'ended'; RETURN NULL;",
                            hash="a35f3759f965bb173de45f65c4d7d8b9b227dccc",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_sublicences_end_dfa83",
                            table="patents_grant",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
