import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import governance.models.directing
import governance.models.group
import governance.models.progress
import governance.models.session
import platform_site.triggers


class Migration(migrations.Migration):
    replaces = [
        ("governance", "0001_group_and_plan"),
        ("governance", "0002_handover_and_ends"),
        ("governance", "0003_meetings_and_minutes"),
        ("governance", "0004_progress_and_indicators"),
        ("governance", "0005_plan_document"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("files", "0001_initial"),
        ("regions", "0001_six_provinces"),
    ]

    operations = [
        platform_site.triggers.CreateModels(
            models=[
                migrations.CreateModel(
                    name="LeadingGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=80)),
                        ("name_en", models.CharField(max_length=120)),
                        ("founded_on", models.DateField(unique=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        ("code", models.CharField(max_length=6, primary_key=True, serialize=False)),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="governance.leadinggroup",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("national", "国家局席位"), ("provincial", "省级席位")], max_length=20
                            ),
                        ),
                        (
                            "province",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seat",
                                to="regions.province",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code", "000000"), ("kind", "national"), ("province", None)),
                                    models.Q(("kind", "provincial"), ("province", models.F("code"))),
                                    _connector="OR",
                                ),
                                name="seat_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DirectorTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(unique=True)),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="governance.seat"
                            ),
                        ),
                        ("begins_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["year"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        governance.models.directing._MomentRange(
                                            models.F("begins_at"), models.F("ends_at")
                                        ),
                                        "&&",
                                    )
                                ],
                                name="one_director",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_at", None), ("ends_at__gt", models.F("begins_at")), _connector="OR"
                                ),
                                name="term_period",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outgoing",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handover",
                                to="governance.directorterm",
                            ),
                        ),
                        (
                            "incoming",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="takeover",
                                to="governance.directorterm",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "待双方签署"),
                                    ("half_signed", "一方已签署"),
                                    ("signed", "双方已签署"),
                                ],
                                default="open",
                                max_length=20,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("file", models.JSONField(blank=True, null=True)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "ordering": ["-outgoing__year"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "half_signed", "signed"])),
                                name="handover_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("digest__gt", ""),
                                        ("file__isnull", False),
                                        ("incoming__isnull", False),
                                        ("signed_at__isnull", False),
                                        ("state", "signed"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "signed"), _negated=True),
                                        ("digest", ""),
                                        ("file__isnull", True),
                                        ("incoming", None),
                                        ("signed_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="handover_signed_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LiaisonOfficer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("act", models.CharField(max_length=200)),
                        ("end_act", models.CharField(blank=True, max_length=200)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="liaisons",
                                to="governance.seat",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["seat", "-starts_on"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("user", "="),
                                    (
                                        governance.models.group._DateRange(models.F("starts_on"), models.F("ends_on")),
                                        "&&",
                                    ),
                                ],
                                name="liaison_one_seat",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="liaison_period",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatHolder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("act", models.CharField(max_length=200)),
                        ("end_act", models.CharField(blank=True, max_length=200)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holders",
                                to="governance.seat",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("post_zh", models.CharField(max_length=80)),
                        ("post_en", models.CharField(max_length=120)),
                    ],
                    options={
                        "ordering": ["seat", "-starts_on"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("seat", "="),
                                    (
                                        governance.models.group._DateRange(models.F("starts_on"), models.F("ends_on")),
                                        "&&",
                                    ),
                                ],
                                name="seat_one_holder",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("user__isnull", False)),
                                expressions=[
                                    ("user", "="),
                                    (
                                        governance.models.group._DateRange(models.F("starts_on"), models.F("ends_on")),
                                        "&&",
                                    ),
                                ],
                                name="holder_one_seat",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="holder_period",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("regular", "例会"), ("extraordinary", "临时会议"), ("written", "书面审议")],
                                default="regular",
                                max_length=20,
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=120)),
                        ("title_en", models.CharField(blank=True, max_length=200)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("place_zh", models.CharField(blank=True, max_length=120)),
                        ("place_en", models.CharField(blank=True, max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "筹备中"),
                                    ("called", "已通知"),
                                    ("in_session", "进行中"),
                                    ("closed", "已结束"),
                                    ("cancelled", "已取消"),
                                ],
                                default="preparing",
                                max_length=20,
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="governance.directorterm",
                            ),
                        ),
                        (
                            "called_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.seatholder",
                            ),
                        ),
                        ("called_at", models.DateTimeField(blank=True, null=True)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_because", models.CharField(blank=True, max_length=300)),
                        ("changes", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["-year", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("year", "number"), name="meeting_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["preparing", "called", "in_session", "closed", "cancelled"])
                                ),
                                name="meeting_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["preparing", "cancelled"]),
                                    models.Q(
                                        ("called_at__isnull", False),
                                        ("called_by__isnull", False),
                                        ("term__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="meeting_called_by_director",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ends_at__gt", models.F("starts_at")), ("kind", "written")),
                                    models.Q(models.Q(("kind", "written"), _negated=True), ("ends_at", None)),
                                    _connector="OR",
                                ),
                                name="meeting_written_has_last_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(("cancelled_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meeting_cancelled_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="governance.meeting",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField()),
                        ("data", models.JSONField()),
                        ("digest", models.CharField(max_length=64)),
                        ("assembled_at", models.DateTimeField()),
                        (
                            "assembled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                        ("paper_signatures", models.PositiveSmallIntegerField(default=0)),
                        ("paper_annexes", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["meeting", "-version"],
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "version"), name="minutes_version_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesAnnex",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "minutes",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annexes",
                                to="governance.minutes",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("text_zh", models.TextField()),
                        ("text_en", models.TextField(blank=True)),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["minutes", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("minutes", "number"), name="annex_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("text_zh", ""), _negated=True), name="annex_says_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnnualWorkPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "起草中"),
                                    ("consultation", "征求意见"),
                                    ("tabled", "提请审议"),
                                    ("adopted", "已通过"),
                                    ("published", "已发布"),
                                    ("closed", "已总结"),
                                ],
                                default="draft",
                                max_length=20,
                            ),
                        ),
                        ("document_number", models.CharField(blank=True, max_length=60)),
                        ("consultation_ends_on", models.DateField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                        "ordering": ["-year"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "consultation", "tabled", "adopted", "published", "closed"])
                                ),
                                name="plan_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["published", "closed"]), _negated=True),
                                    models.Q(
                                        ("published_at__isnull", False),
                                        models.Q(("document_number", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="plan_published_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "consultation"), _negated=True),
                                    ("consultation_ends_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="plan_consultation_ends",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("document_number", ""), _negated=True),
                                fields=("document_number",),
                                name="plan_document_number_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorSnapshot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.CharField(max_length=40)),
                        ("version", models.PositiveSmallIntegerField()),
                        (
                            "province",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.province",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="snapshots",
                                to="governance.annualworkplan",
                            ),
                        ),
                        ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=20, null=True)),
                        ("as_of", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["plan", "slug", "province"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "slug", "province"), name="snapshot_once", nulls_distinct=False
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorTarget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.CharField(max_length=40)),
                        ("version", models.PositiveSmallIntegerField()),
                        (
                            "province",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.province",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="governance.annualworkplan",
                            ),
                        ),
                        ("target", models.DecimalField(decimal_places=2, max_digits=18)),
                    ],
                    options={
                        "ordering": ["plan", "slug", "province"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "slug", "province"), name="target_once", nulls_distinct=False
                            ),
                            models.CheckConstraint(condition=models.Q(("target__gt", 0)), name="target_positive"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanTask",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="governance.annualworkplan",
                            ),
                        ),
                        (
                            "carried_from",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="carried_to",
                                to="governance.plantask",
                            ),
                        ),
                        ("carried_because", models.CharField(blank=True, max_length=300)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["plan", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("carried_from", None),
                                    models.Q(("carried_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="task_carried_with_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgressReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="governance.plantask",
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("interim", "阶段进展"), ("completion", "完成（申请销号）")], max_length=12
                            ),
                        ),
                        ("words", models.TextField()),
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("submitted", "待核验"),
                                    ("accepted", "核验通过"),
                                    ("returned", "已退回"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="submitted",
                                max_length=12,
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
                        (
                            "decided_for",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.province",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["submitted", "accepted", "returned", "withdrawn"])),
                                name="progress_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["interim", "completion"])), name="progress_kind_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="progress_has_words"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "submitted")),
                                fields=("task", "province"),
                                name="progress_one_waiting",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "completion"), ("state", "accepted")),
                                fields=("task", "province"),
                                name="progress_done_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at", None),
                                        ("decided_by", None),
                                        ("decided_for", None),
                                        ("state", "submitted"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "submitted"), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="progress_decided_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_for", None),
                                    models.Q(("decided_for", models.F("province")), _negated=True),
                                    _connector="OR",
                                ),
                                name="progress_verified_by_another_unit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["accepted", "returned"]), _negated=True),
                                    models.Q(("decided_by", models.F("made_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="progress_not_verified_by_its_author",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="progress_returned_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgressSubscription",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="subscriptions",
                                to="governance.annualworkplan",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["plan", "user"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "user"), name="progress_subscribed_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="governance.annualworkplan",
                            ),
                        ),
                        ("serial", models.PositiveSmallIntegerField()),
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
                        "ordering": ["-made_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "serial"), name="reminder_serial_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemindedDuty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reminder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="governance.reminder",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.plantask"
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
                            ),
                        ),
                        ("due_on", models.DateField()),
                        ("light", models.CharField(max_length=6)),
                        ("told_on", models.DateField()),
                        ("quiet_until", models.DateField()),
                    ],
                    options={
                        "ordering": ["due_on", "task", "province"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("task", "="),
                                    ("province", "="),
                                    (
                                        governance.models.progress._DateRange(
                                            models.F("told_on"), models.F("quiet_until")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="reminded_once_in_three_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("light__in", ["yellow", "red"])), name="reminded_is_late"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quiet_until__gt", models.F("told_on")), ("told_on__gt", models.F("due_on"))
                                ),
                                name="reminded_after_due_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="governance.progressreport",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["report", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Deputy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("act", models.CharField(max_length=200)),
                        ("end_act", models.CharField(blank=True, max_length=200)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deputies",
                                to="governance.seat",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["seat", "-starts_on"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("seat", "="),
                                    (
                                        governance.models.group._DateRange(models.F("starts_on"), models.F("ends_on")),
                                        "&&",
                                    ),
                                ],
                                name="seat_one_deputy",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("user", "="),
                                    (
                                        governance.models.group._DateRange(models.F("starts_on"), models.F("ends_on")),
                                        "&&",
                                    ),
                                ],
                                name="deputy_one_seat",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="deputy_has_an_end"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandoverSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.seatholder",
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.deputy",
                            ),
                        ),
                        (
                            "handover",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="governance.handover",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(choices=[("outgoing", "移交方"), ("incoming", "接任方")], max_length=10),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.seat"
                            ),
                        ),
                        ("signed_at", models.DateTimeField()),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["handover", "signed_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("handover", "side"), name="handover_side_once"),
                            models.CheckConstraint(
                                condition=models.Q(("side__in", ["outgoing", "incoming"])), name="handover_side_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.seatholder",
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.deputy",
                            ),
                        ),
                        (
                            "minutes",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="governance.minutes",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.seat"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("signed_at", models.DateTimeField()),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["minutes", "seat"],
                        "constraints": [
                            models.UniqueConstraint(fields=("minutes", "seat"), name="minutes_signed_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.seatholder",
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.deputy",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="presences",
                                to="governance.meeting",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.seat"
                            ),
                        ),
                        ("came_at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["meeting", "seat", "came_at"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("meeting", "="),
                                    ("seat", "="),
                                    (
                                        governance.models.session._MomentRange(
                                            models.F("came_at"), models.F("left_at")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="presence_once_at_a_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("meeting", "seat"),
                                name="presence_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_at", None), ("left_at__gte", models.F("came_at")), _connector="OR"
                                ),
                                name="presence_period",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="governance.annualworkplan",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("working", "编辑中"),
                                    ("tabled", "提请审议"),
                                    ("adopted", "已通过"),
                                    ("in_force", "现行"),
                                    ("superseded", "已被修订"),
                                    ("dropped", "未采用"),
                                ],
                                default="working",
                                max_length=20,
                            ),
                        ),
                        ("thought_zh", models.TextField(blank=True)),
                        ("thought_en", models.TextField(blank=True)),
                        ("safeguards_zh", models.TextField(blank=True)),
                        ("safeguards_en", models.TextField(blank=True)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("because_zh", models.CharField(blank=True, max_length=300)),
                        ("because_en", models.CharField(blank=True, max_length=300)),
                        ("in_force_at", models.DateTimeField(blank=True, null=True)),
                        ("digest", models.CharField(blank=True, max_length=64)),
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
                        "ordering": ["plan", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "number"), name="plan_version_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "in_force")), fields=("plan",), name="version_one_in_force"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["working", "tabled", "adopted"])),
                                fields=("plan",),
                                name="version_one_under_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["working", "tabled", "adopted", "in_force", "superseded", "dropped"])
                                ),
                                name="edition_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["tabled", "adopted", "in_force", "superseded"]), _negated=True
                                    ),
                                    models.Q(("digest", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="version_tabled_has_digest",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanComment",
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
                                related_name="comments",
                                to="governance.planversion",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="governance.plantask",
                            ),
                        ),
                        ("about", models.CharField(blank=True, max_length=200)),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.seat"
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.seatholder",
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.deputy",
                            ),
                        ),
                        ("body", models.TextField()),
                        ("revision", models.PositiveIntegerField()),
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "待答复"),
                                    ("accepted", "采纳"),
                                    ("partly", "部分采纳"),
                                    ("declined", "未采纳"),
                                ],
                                default="open",
                                max_length=20,
                            ),
                        ),
                        ("answer", models.TextField(blank=True)),
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
                        ("answered_revision", models.PositiveIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["version", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "accepted", "partly", "declined"])),
                                name="plan_comment_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""), ("answered_at", None), ("answered_by", None), ("state", "open")
                                    ),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="plan_comment_answer_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.seatholder",
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.deputy",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.directorterm",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "done_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("done_at", models.DateTimeField()),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signature",
                                to="governance.planversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version"],
                    },
                ),
                migrations.CreateModel(
                    name="Section",
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
                                related_name="sections",
                                to="governance.planversion",
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        ("title_zh", models.CharField(max_length=80)),
                        ("title_en", models.CharField(blank=True, max_length=120)),
                        ("revision", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["version", "place"],
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("version", "place"),
                                name="section_place_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskText",
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
                                related_name="texts",
                                to="governance.planversion",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="texts",
                                to="governance.section",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="texts",
                                to="governance.plantask",
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        ("title_zh", models.CharField(max_length=160)),
                        ("title_en", models.CharField(blank=True, max_length=240)),
                        ("measures_zh", models.TextField(blank=True)),
                        ("measures_en", models.TextField(blank=True)),
                        ("target_zh", models.CharField(blank=True, max_length=200)),
                        ("target_en", models.CharField(blank=True, max_length=300)),
                        ("output_zh", models.CharField(blank=True, max_length=120)),
                        ("output_en", models.CharField(blank=True, max_length=200)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("budget_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("revision", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["version", "section__place", "place"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "task"), name="task_text_once"),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("section", "place"),
                                name="task_place_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("budget_cny", None), ("budget_cny__gte", 0), _connector="OR"),
                                name="task_budget_positive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="duties",
                                to="governance.tasktext",
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
                            ),
                        ),
                        ("role", models.CharField(choices=[("lead", "牵头"), ("support", "配合")], max_length=10)),
                        ("what_zh", models.CharField(blank=True, max_length=200)),
                        ("what_en", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "ordering": ["text", "province"],
                        "constraints": [
                            models.UniqueConstraint(fields=("text", "province"), name="duty_province_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("role", "lead")), fields=("text",), name="duty_one_lead"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["lead", "support"])), name="duty_role_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="governance.meeting",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("general", "一般事项"),
                                    ("plan", "审议年度工作计划"),
                                    ("amendment", "修订年度工作计划"),
                                    ("rotation", "调整轮值"),
                                    ("order", "轮值顺序"),
                                    ("rule", "议事规则"),
                                ],
                                default="general",
                                max_length=20,
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=160)),
                        ("title_en", models.CharField(blank=True, max_length=240)),
                        ("text_zh", models.TextField(blank=True)),
                        ("text_en", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待列入"),
                                    ("listed", "已列入议程"),
                                    ("declined", "未列入"),
                                    ("done", "已审议"),
                                ],
                                default="proposed",
                                max_length=20,
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.seat",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField()),
                        ("declined_because", models.CharField(blank=True, max_length=300)),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="governance.planversion",
                            ),
                        ),
                        ("change", models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        "ordering": ["meeting", "number", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("number__isnull", False)),
                                fields=("meeting", "number"),
                                name="item_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["proposed", "listed", "declined", "done"])),
                                name="item_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["general", "plan", "amendment", "rotation", "order", "rule"])
                                ),
                                name="item_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["plan", "amendment"]), ("version__isnull", False)),
                                    models.Q(
                                        models.Q(("kind__in", ["plan", "amendment"]), _negated=True), ("version", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="item_of_plan_has_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("declined_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="item_declined_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemPaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="governance.agendaitem",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["item", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="PlanTabling",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.seatholder",
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.deputy",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.directorterm",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "done_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("done_at", models.DateTimeField()),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tablings",
                                to="governance.planversion",
                            ),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tabling",
                                to="governance.agendaitem",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Resolution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("serial", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("general", "一般事项"),
                                    ("plan", "审议年度工作计划"),
                                    ("amendment", "修订年度工作计划"),
                                    ("rotation", "调整轮值"),
                                    ("order", "轮值顺序"),
                                    ("rule", "议事规则"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=160)),
                        ("title_en", models.CharField(blank=True, max_length=240)),
                        ("text_zh", models.TextField(blank=True)),
                        ("text_en", models.TextField(blank=True)),
                        ("adopted_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("adopted", "待落实"), ("closed", "已办结")], default="adopted", max_length=20
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolutions",
                                to="governance.plantask",
                            ),
                        ),
                        ("no_task_because", models.CharField(blank=True, max_length=300)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                    ],
                    options={
                        "ordering": ["-year", "-serial"],
                        "constraints": [
                            models.UniqueConstraint(fields=("year", "serial"), name="resolution_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["adopted", "closed"])), name="resolution_state_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                        models.Q(
                                            ("task__isnull", False),
                                            models.Q(("no_task_because", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="resolution_closed_with_task_or_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BallotRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(unique=True)),
                        ("quorum_numerator", models.PositiveSmallIntegerField()),
                        ("quorum_denominator", models.PositiveSmallIntegerField()),
                        ("majority_numerator", models.PositiveSmallIntegerField()),
                        ("majority_denominator", models.PositiveSmallIntegerField()),
                        ("majority_of", models.CharField(max_length=10)),
                        ("national_votes", models.BooleanField()),
                        ("notice_days", models.PositiveSmallIntegerField()),
                        ("notice_days_extraordinary", models.PositiveSmallIntegerField()),
                        ("text_zh", models.TextField()),
                        ("text_en", models.TextField()),
                        ("in_force_from", models.DateField()),
                        (
                            "resolution",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballot_rule",
                                to="governance.resolution",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quorum_numerator__gt", 0),
                                    ("quorum_numerator__lte", models.F("quorum_denominator")),
                                    ("majority_numerator__gt", 0),
                                    ("majority_numerator__lt", models.F("majority_denominator")),
                                ),
                                name="rule_shares_between_0_and_1",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("majority_of__in", ["cast", "seats"])),
                                name="rule_majority_of_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RotationException",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
                            ),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exceptions",
                                to="governance.resolution",
                            ),
                        ),
                        ("reason_zh", models.CharField(max_length=300)),
                        ("reason_en", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "ordering": ["year", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("resolution", "year"), name="exception_year_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RotationRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("first_year", models.PositiveSmallIntegerField(unique=True)),
                        (
                            "order",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=6), size=6
                            ),
                        ),
                        (
                            "resolution",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rotation_rule",
                                to="governance.resolution",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["first_year"],
                    },
                ),
                migrations.CreateModel(
                    name="Ballot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballots",
                                to="governance.agendaitem",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.ballotrule",
                            ),
                        ),
                        ("quorum_of_seats", models.PositiveSmallIntegerField()),
                        ("majority_numerator", models.PositiveSmallIntegerField()),
                        ("majority_denominator", models.PositiveSmallIntegerField()),
                        ("majority_of", models.CharField(max_length=10)),
                        ("national_votes", models.BooleanField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "表决中"), ("closed", "表决结束")], default="open", max_length=20
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closes_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-opened_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")), fields=("item",), name="ballot_one_open"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "closed"])), name="ballot_state_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opened_at"))), name="ballot_period"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Vote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.seatholder",
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="governance.deputy",
                            ),
                        ),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes",
                                to="governance.ballot",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.seat"
                            ),
                        ),
                        (
                            "choice",
                            models.CharField(
                                choices=[("for", "赞成"), ("against", "反对"), ("abstain", "弃权")], max_length=10
                            ),
                        ),
                        ("reservation", models.TextField(blank=True)),
                        ("cast_at", models.DateTimeField()),
                        (
                            "cast_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["seat"],
                        "constraints": [
                            models.UniqueConstraint(fields=("ballot", "seat"), name="vote_one_per_seat"),
                            models.CheckConstraint(
                                condition=models.Q(("choice__in", ["for", "against", "abstain"])),
                                name="vote_choice_known",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="planversion",
            name="resolution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plan_versions",
                to="governance.resolution",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["adopted", "in_force", "superseded"]), _negated=True),
                    ("resolution__isnull", False),
                    _connector="OR",
                ),
                name="version_adopted_by_resolution",
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="ballot",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resolution",
                to="governance.ballot",
            ),
        ),
        platform_site.triggers.AddTriggers(
            triggers=[
                (
                    "annualworkplan",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:consultation,consultation:draft,consultation:tabled,tabled:adopted,tabled:draft,adopted:published,published:closed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="6457bc484b1d4f50105b7f117453ffd9d666d10a",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_6b9ba",
                            table="governance_annualworkplan",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "annualworkplan",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="9d023da71dcd70c7c8a3441a34f7edbd6a05a337",
                            operation="DELETE",
                            pgid="pgtrigger_keep_rows_a38c8",
                            table="governance_annualworkplan",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "annualworkplan",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NEW.year <> OLD.year OR OLD.document_number <> '' AND NEW.document_number <> OLD.document_number THEN\n        RAISE EXCEPTION 'the year and the number of a plan are not changed';\n    END IF;\n    IF NEW.state = 'published' AND OLD.state <> 'published' AND NOT EXISTS (\n        SELECT 1 FROM governance_plansignature AS signature\n        JOIN governance_planversion AS edition ON edition.id = signature.version_id\n        WHERE edition.plan_id = NEW.id\n    ) THEN\n        RAISE EXCEPTION 'a plan is published once the director has signed it';\n    END IF;\n    RETURN NEW;\n",
                            hash="36ca5ca7e7bc54d2d74f3d932a23cf88deea5ba4",
                            operation="UPDATE",
                            pgid="pgtrigger_kept_b7504",
                            table="governance_annualworkplan",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "ballot",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:closed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="daf8f3b15970bec1960fd6f79c092d05e897f955",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_53a3a",
                            table="governance_ballot",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "ballot",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.item_id, NEW.rule_id, NEW.quorum_of_seats, NEW.majority_numerator,\n        NEW.majority_denominator, NEW.majority_of, NEW.national_votes, NEW.opened_at, NEW.closes_at) IS DISTINCT FROM\n        ROW(OLD.item_id, OLD.rule_id, OLD.quorum_of_seats, OLD.majority_numerator,\n        OLD.majority_denominator, OLD.majority_of, OLD.national_votes, OLD.opened_at, OLD.closes_at) THEN\n        RAISE EXCEPTION 'a ballot and its rule are not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="7fae2fe9b349c28290878bc552f169ab6c0a32c0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_50519",
                            table="governance_ballot",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "handover",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:half_signed,open:signed,half_signed:signed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="0e535cc6dfcb44d7ccffb526fa24362a9d3bcf41",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_227e3",
                            table="governance_handover",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "handover",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR OLD.state = 'signed' OR ROW(NEW.outgoing_id, NEW.opened_by_id, NEW.opened_at) IS DISTINCT FROM\n        ROW(OLD.outgoing_id, OLD.opened_by_id, OLD.opened_at) THEN\n        RAISE EXCEPTION 'a handover is not changed';\n    END IF;\n    IF NEW.state = 'signed' AND (\n        (SELECT count(*) FROM governance_handoversignature WHERE handover_id = NEW.id) <> 2\n        OR NOT EXISTS (\n            SELECT 1 FROM governance_directorterm AS before, governance_directorterm AS after\n            WHERE before.id = NEW.outgoing_id AND after.id = NEW.incoming_id AND after.year = before.year + 1\n            AND after.begins_at = before.ends_at\n            AND after.begins_at = greatest(make_timestamptz(after.year, 1, 1, 0, 0, 0, 'Asia/Shanghai'), NEW.signed_at)\n        )\n    ) THEN\n        RAISE EXCEPTION 'powers pass with both signatures, at one instant';\n    END IF;\n    RETURN NEW;\n",
                            hash="99302700a13cdd4187c569f9f303c2cbfbe8c1df",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_72d3b",
                            table="governance_handover",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "indicatorsnapshot",
                    pgtrigger.compiler.Trigger(
                        name="at_the_close",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM governance_annualworkplan AS plan\n        WHERE plan.id = NEW.plan_id AND plan.state = 'closed' AND plan.closed_at = NEW.as_of\n    ) THEN\n        RAISE EXCEPTION 'figures are kept at the moment a plan is closed';\n    END IF;\n    RETURN NEW;\n",
                            hash="d4ca823e13087b85897b55a804b9ab93e5b783a0",
                            operation="INSERT",
                            pgid="pgtrigger_at_the_close_fef41",
                            table="governance_indicatorsnapshot",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "indicatorsnapshot",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3ff488fb225dcfd278e62889413a5af9a34d16e5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_bf13f",
                            table="governance_indicatorsnapshot",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "indicatortarget",
                    pgtrigger.compiler.Trigger(
                        name="frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE found text;",
                            func="\n    SELECT plan.state INTO found FROM governance_annualworkplan AS plan\n        WHERE plan.id = coalesce(NEW.plan_id, OLD.plan_id) FOR SHARE;\n    IF found NOT IN ('draft', 'consultation') THEN\n        RAISE EXCEPTION 'targets are fixed once the plan is tabled';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="ff2b8ac307f5cb7523e8ab14776093462e086219",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_frozen_6b1a5",
                            table="governance_indicatortarget",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "itempaper",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="42f87f4d0a352534d362ebf9c6070bbcc3f885f0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_0ad8a",
                            table="governance_itempaper",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "minutes",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' THEN\n        RAISE EXCEPTION 'minutes are kept';\n    ELSIF TG_OP = 'INSERT' THEN\n        IF EXISTS (\n            SELECT 1 FROM governance_minutessignature AS signed JOIN governance_minutes AS earlier\n            ON earlier.id = signed.minutes_id WHERE earlier.meeting_id = NEW.meeting_id\n        ) THEN\n            RAISE EXCEPTION 'minutes that were signed are amended by an annex';\n        END IF;\n    ELSIF ROW(NEW.meeting_id, NEW.version, NEW.data, NEW.digest, NEW.assembled_at, NEW.assembled_by_id)\n        IS DISTINCT FROM ROW(OLD.meeting_id, OLD.version, OLD.data, OLD.digest, OLD.assembled_at, OLD.assembled_by_id)\n    THEN\n        RAISE EXCEPTION 'minutes are frozen';\n    END IF;\n    RETURN NEW;\n",
                            hash="8bca3c7160ec477ab73bc45b9f03113bde25ac97",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_kept_a63bb",
                            table="governance_minutes",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "minutesannex",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4e22c1f29d1e99c61ecfba09ba9efa1ad320ff11",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_8a94a",
                            table="governance_minutesannex",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "plantask",
                    pgtrigger.compiler.Trigger(
                        name="stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF NEW.plan_id IS DISTINCT FROM OLD.plan_id OR NEW.carried_from_id IS DISTINCT FROM OLD.carried_from_id THEN RAISE EXCEPTION 'what it belongs to is not changed'; END IF; RETURN NEW;",
                            hash="c68503377107d18bc289c9eafdb7def0b7a73616",
                            operation="UPDATE",
                            pgid="pgtrigger_stays_6fe18",
                            table="governance_plantask",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "progressreport",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{submitted:accepted,submitted:returned,submitted:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="cf5e8ebe6a9cade433e47bf87df3b68854bb0947",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_ee813",
                            table="governance_progressreport",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "progressreport",
                    pgtrigger.compiler.Trigger(
                        name="own_duty",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NEW.state <> 'submitted' THEN\n        RAISE EXCEPTION 'a report begins submitted';\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM governance_duty AS duty JOIN governance_tasktext AS said ON said.id = duty.text_id\n        JOIN governance_planversion AS edition ON edition.id = said.version_id\n        JOIN governance_annualworkplan AS plan ON plan.id = edition.plan_id\n        WHERE said.task_id = NEW.task_id AND duty.province_id = NEW.province_id\n        AND edition.state = 'in_force' AND plan.state = 'published'\n    ) THEN\n        RAISE EXCEPTION 'a unit reports on its own duty in a plan in force';\n    END IF;\n    RETURN NEW;\n",
                            hash="bcad1c92e640143e480274065425238b6ef4eecb",
                            operation="INSERT",
                            pgid="pgtrigger_own_duty_a7f7a",
                            table="governance_progressreport",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "progressreport",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.task_id, NEW.province_id, NEW.kind, NEW.words, NEW.made_by_id, NEW.made_at)\n        IS DISTINCT FROM ROW(OLD.task_id, OLD.province_id, OLD.kind, OLD.words, OLD.made_by_id, OLD.made_at)\n        OR OLD.state <> 'submitted' THEN\n        RAISE EXCEPTION 'what was reported and decided is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="97f8209a6080789c371ab447abad96aecf2f824d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_6da23",
                            table="governance_progressreport",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "reminder",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c44eddaa2d53775abbb23e4cf2fb4909d49a468b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_9fc56",
                            table="governance_reminder",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "remindedduty",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="92a86467f50042e9525bc8dadf9cd3d77124481d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_de8a4",
                            table="governance_remindedduty",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "reportfile",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="369b055f8a29cb2607a8d28930b251bae2dc53a0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_439fc",
                            table="governance_reportfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "resolution",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{adopted:closed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="b67a9e789ce18481a5805ac686acc1c0639b9993",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_1f8ee",
                            table="governance_resolution",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "resolution",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="9a0646ef5506ba5a08dfa6f3089dcfa59c99a372",
                            operation="DELETE",
                            pgid="pgtrigger_keep_rows_55597",
                            table="governance_resolution",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "resolution",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF ROW(NEW.year, NEW.serial, NEW.kind, NEW.title_zh, NEW.title_en, NEW.text_zh, NEW.text_en, NEW.ballot_id,\n        NEW.adopted_at) IS DISTINCT FROM ROW(OLD.year, OLD.serial, OLD.kind, OLD.title_zh, OLD.title_en, OLD.text_zh,\n        OLD.text_en, OLD.ballot_id, OLD.adopted_at) THEN\n        RAISE EXCEPTION 'what was resolved is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="1ae2c89d13c45b17163015e688f5c2360082eb47",
                            operation="UPDATE",
                            pgid="pgtrigger_kept_ef2be",
                            table="governance_resolution",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "planversion",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{working:dropped,working:tabled,tabled:adopted,tabled:dropped,tabled:working,adopted:in_force,in_force:superseded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="cf6fb8179c09f97bcfc863a6b703edddef0578a9",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_9ef8f",
                            table="governance_planversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "planversion",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="2bbe393617494a581dfb910377b8c9d02a72446b",
                            operation="DELETE",
                            pgid="pgtrigger_keep_rows_bccd0",
                            table="governance_planversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "planversion",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF ROW(NEW.plan_id, NEW.number) IS DISTINCT FROM ROW(OLD.plan_id, OLD.number) OR OLD.state <> 'working' AND (\n        ROW(NEW.thought_zh, NEW.thought_en, NEW.safeguards_zh, NEW.safeguards_en, NEW.because_zh, NEW.because_en)\n        IS DISTINCT FROM\n        ROW(OLD.thought_zh, OLD.thought_en, OLD.safeguards_zh, OLD.safeguards_en, OLD.because_zh, OLD.because_en)\n        OR NEW.state <> 'working' AND NEW.digest <> OLD.digest\n    ) THEN\n        RAISE EXCEPTION 'a tabled version is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="dded3f92f501a8c125cd1b158fea3fc12c994564",
                            operation="UPDATE",
                            pgid="pgtrigger_kept_39c43",
                            table="governance_planversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "ballotrule",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d558fa266bf3547919fb302fabea95f8fb1dc0fd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_13829",
                            table="governance_ballotrule",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "rotationexception",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2ab03abef55a7bbff94a6e0b2463eb04635cdddd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_df6e5",
                            table="governance_rotationexception",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "rotationexception",
                    pgtrigger.compiler.Trigger(
                        name="year_to_come",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (SELECT 1 FROM governance_directorterm WHERE year >= NEW.year) THEN\n        RAISE EXCEPTION 'the term of that year has begun';\n    END IF;\n    RETURN NEW;\n",
                            hash="7b6e68b6361528cc8316f8795a84f8f9308e674a",
                            operation="INSERT",
                            pgid="pgtrigger_year_to_come_7ac58",
                            table="governance_rotationexception",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "rotationrule",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1ef52d6f8181cb7798fb15abcd531cf95741100f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_d4b66",
                            table="governance_rotationrule",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "rotationrule",
                    pgtrigger.compiler.Trigger(
                        name="year_to_come",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (SELECT 1 FROM governance_directorterm WHERE year >= NEW.first_year) THEN\n        RAISE EXCEPTION 'the term of that year has begun';\n    END IF;\n    RETURN NEW;\n",
                            hash="8b394d16584ae126ada187eb44daa8b7c5fef697",
                            operation="INSERT",
                            pgid="pgtrigger_year_to_come_47aaf",
                            table="governance_rotationrule",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "liaisonofficer",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' THEN\n        RAISE EXCEPTION 'who held a seat is on record';\n    END IF;\n    IF ROW(NEW.seat_id, NEW.user_id, NEW.starts_on, NEW.act) IS DISTINCT FROM\n        ROW(OLD.seat_id, OLD.user_id, OLD.starts_on, OLD.act)\n        OR OLD.ends_on IS NOT NULL AND NEW.ends_on > OLD.ends_on THEN\n        RAISE EXCEPTION 'a period is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="98bd5e65e61c1c9f3013974568240cefe67c0f95",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_b43e4",
                            table="governance_liaisonofficer",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "directorterm",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.year, NEW.seat_id, NEW.begins_at) IS DISTINCT FROM\n        ROW(OLD.year, OLD.seat_id, OLD.begins_at) OR OLD.ends_at <= clock_timestamp()\n        AND NEW.ends_at IS DISTINCT FROM OLD.ends_at THEN\n        RAISE EXCEPTION 'a term that was served is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="e5b2a537ec2c5ed27806cc92feceeb7df579a5e0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_53d44",
                            table="governance_directorterm",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "directorterm",
                    pgtrigger.compiler.Trigger(
                        name="no_gap",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF EXISTS (\n        SELECT 1 FROM governance_directorterm AS later\n        WHERE later.begins_at > (SELECT min(begins_at) FROM governance_directorterm)\n        AND NOT EXISTS (SELECT 1 FROM governance_directorterm AS before WHERE before.ends_at = later.begins_at)\n    ) OR EXISTS (SELECT 1 FROM governance_directorterm)\n        AND (SELECT count(*) FROM governance_directorterm WHERE ends_at IS NULL) <> 1 THEN\n        RAISE EXCEPTION 'there is exactly one director at any time';\n    END IF;\n    RETURN NULL;\n",
                            hash="bad8608192e8e763fc381166529d32fb26d9ebdd",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_no_gap_09a4e",
                            table="governance_directorterm",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "deputy",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' THEN\n        RAISE EXCEPTION 'who held a seat is on record';\n    END IF;\n    IF ROW(NEW.seat_id, NEW.user_id, NEW.starts_on, NEW.act) IS DISTINCT FROM\n        ROW(OLD.seat_id, OLD.user_id, OLD.starts_on, OLD.act)\n        OR OLD.ends_on IS NOT NULL AND NEW.ends_on > OLD.ends_on THEN\n        RAISE EXCEPTION 'a period is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="90f38fd3daf287f9de9cb15c09ec995a025828c7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_86ca0",
                            table="governance_deputy",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "agendaitem",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{proposed:declined,proposed:listed,listed:declined,listed:done}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="c1666dbee742d087dd62e4ed1a58607d02ba37af",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_18ea9",
                            table="governance_agendaitem",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "agendaitem",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="e23a37a7ab8ed99652cdb183487cc6d604fec261",
                            operation="DELETE",
                            pgid="pgtrigger_keep_rows_1563c",
                            table="governance_agendaitem",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "seatholder",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' THEN\n        RAISE EXCEPTION 'who held a seat is on record';\n    END IF;\n    IF ROW(NEW.seat_id, NEW.user_id, NEW.starts_on, NEW.act) IS DISTINCT FROM\n        ROW(OLD.seat_id, OLD.user_id, OLD.starts_on, OLD.act)\n        OR OLD.ends_on IS NOT NULL AND NEW.ends_on > OLD.ends_on THEN\n        RAISE EXCEPTION 'a period is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="5cdbaeec35d2cec21e876f6077aa7ca104470cad",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_856fc",
                            table="governance_seatholder",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "presence",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR OLD.left_at IS NOT NULL OR ROW(NEW.meeting_id, NEW.seat_id, NEW.holder_id, NEW.deputy_id,\n        NEW.came_at, NEW.entered_by_id) IS DISTINCT FROM ROW(OLD.meeting_id, OLD.seat_id, OLD.holder_id, OLD.deputy_id,\n        OLD.came_at, OLD.entered_by_id) THEN\n        RAISE EXCEPTION 'who was there is on record';\n    END IF;\n    RETURN NEW;\n",
                            hash="c205bd3c2bb260b7ad89b9aa092b376ca6d73e60",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_1990e",
                            table="governance_presence",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "plantabling",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="53988adc5119daa4c150d6115e34336c63370691",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_b5b67",
                            table="governance_plantabling",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "plansignature",
                    pgtrigger.compiler.Trigger(
                        name="as_adopted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM governance_planversion AS edition\n        WHERE edition.id = NEW.version_id AND edition.state = 'adopted' AND edition.digest = NEW.digest\n    ) THEN\n        RAISE EXCEPTION 'what is signed is the text that was adopted';\n    END IF;\n    RETURN NEW;\n",
                            hash="eef879284962bf283569e0fb170c8477ad626e32",
                            operation="INSERT",
                            pgid="pgtrigger_as_adopted_d04b3",
                            table="governance_plansignature",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "plansignature",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b221107fb07882e0d5d66d7948912c2e51e0567e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_64da5",
                            table="governance_plansignature",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "plancomment",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:accepted,open:declined,open:partly}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="398e0f7cd3b2a23ba68a2a2f77b20eb03302c832",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_031fc",
                            table="governance_plancomment",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "plancomment",
                    pgtrigger.compiler.Trigger(
                        name="by_right",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE asked governance_annualworkplan%ROWTYPE;",
                            func="\n    SELECT plan.* INTO asked FROM governance_annualworkplan AS plan\n    JOIN governance_planversion AS edition ON edition.plan_id = plan.id\n    WHERE edition.id = NEW.version_id FOR SHARE OF plan;\n    IF asked.state <> 'consultation'\n        OR (NEW.made_at AT TIME ZONE 'Asia/Shanghai')::date > asked.consultation_ends_on THEN\n        RAISE EXCEPTION 'the consultation is over';\n    END IF;\n    IF NEW.task_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM governance_plantask AS task WHERE task.id = NEW.task_id AND task.plan_id = asked.id\n    ) THEN\n        RAISE EXCEPTION 'an opinion is on a task of its own plan';\n    END IF;\n    RETURN NEW;\n",
                            hash="1a86416eb06ce43e5a7292360ac48b9b179c038f",
                            operation="INSERT",
                            pgid="pgtrigger_by_right_b24f3",
                            table="governance_plancomment",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "plancomment",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.version_id, NEW.task_id, NEW.about, NEW.seat_id, NEW.holder_id, NEW.deputy_id, NEW.body,\n        NEW.revision, NEW.made_by_id, NEW.made_at) IS DISTINCT FROM ROW(OLD.version_id, OLD.task_id, OLD.about, OLD.seat_id,\n        OLD.holder_id, OLD.deputy_id, OLD.body, OLD.revision, OLD.made_by_id, OLD.made_at) OR OLD.state <> 'open' AND\n        ROW(NEW.answer, NEW.answered_by_id, NEW.answered_at, NEW.answered_revision) IS DISTINCT FROM\n        ROW(OLD.answer, OLD.answered_by_id, OLD.answered_at, OLD.answered_revision) THEN\n        RAISE EXCEPTION 'an opinion and its answer are not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="6955750509c5adf199f9e258f5f7d10721635421",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_f4e1e",
                            table="governance_plancomment",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "minutessignature",
                    pgtrigger.compiler.Trigger(
                        name="by_right",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE paper governance_minutes%ROWTYPE; today date;",
                            func="today := (NEW.signed_at AT TIME ZONE 'Asia/Shanghai')::date;\n    SELECT * INTO paper FROM governance_minutes WHERE id = NEW.minutes_id FOR SHARE;\n    IF NEW.digest <> paper.digest OR EXISTS (\n        SELECT 1 FROM governance_minutes AS later WHERE later.meeting_id = paper.meeting_id AND later.version > paper.version\n    ) THEN\n        RAISE EXCEPTION 'what is signed is what was frozen last';\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM governance_presence AS there WHERE there.meeting_id = paper.meeting_id AND there.seat_id = NEW.seat_id\n    ) AND NOT EXISTS (\n        SELECT 1 FROM governance_vote AS cast_vote JOIN governance_ballot AS ballot ON ballot.id = cast_vote.ballot_id\n        JOIN governance_agendaitem AS item ON item.id = ballot.item_id\n        WHERE item.meeting_id = paper.meeting_id AND cast_vote.seat_id = NEW.seat_id\n    ) THEN\n        RAISE EXCEPTION 'the seat was not there';\n    END IF;\n\n    IF NOT EXISTS (\n        SELECT 1 FROM governance_seatholder AS held WHERE held.id = NEW.holder_id AND held.seat_id = NEW.seat_id\n        AND held.starts_on <= today AND (held.ends_on IS NULL OR today < held.ends_on)\n        AND (NEW.deputy_id IS NOT NULL OR held.user_id = NEW.signed_by_id)\n    ) OR NEW.deputy_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM governance_deputy AS acting WHERE acting.id = NEW.deputy_id AND acting.seat_id = NEW.seat_id\n        AND acting.starts_on <= today AND today < acting.ends_on AND acting.user_id = NEW.signed_by_id\n    ) THEN\n        RAISE EXCEPTION 'the mandate is over';\n    END IF;\n    RETURN NEW;\n",
                            hash="67ae4e63d17ce857fe8dc42c6701dea95efc7da3",
                            operation="INSERT",
                            pgid="pgtrigger_by_right_2db3d",
                            table="governance_minutessignature",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "minutessignature",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="155de4fbea86d3d1e811331c524d5f112dbecf32",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_09537",
                            table="governance_minutessignature",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "meeting",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{preparing:called,preparing:cancelled,called:cancelled,called:in_session,in_session:closed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="3fa7622fa16d3d0a16aa6828292b6641e1dc3b38",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_b528d",
                            table="governance_meeting",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "meeting",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c99258fdf51e5cbf84cc404cd2a57ee486bbcfc6",
                            operation="DELETE",
                            pgid="pgtrigger_keep_rows_6328e",
                            table="governance_meeting",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "handoversignature",
                    pgtrigger.compiler.Trigger(
                        name="by_right",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE today date;",
                            func="today := (NEW.signed_at AT TIME ZONE 'Asia/Shanghai')::date;\n    IF (SELECT state FROM governance_handover WHERE id = NEW.handover_id FOR SHARE) = 'signed' THEN\n        RAISE EXCEPTION 'the handover is signed by both';\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM governance_seatholder AS held WHERE held.id = NEW.holder_id AND held.seat_id = NEW.seat_id\n        AND held.starts_on <= today AND (held.ends_on IS NULL OR today < held.ends_on)\n    ) OR NEW.deputy_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM governance_deputy AS acting WHERE acting.id = NEW.deputy_id AND acting.seat_id = NEW.seat_id\n        AND acting.starts_on <= today AND today < acting.ends_on\n    ) THEN\n        RAISE EXCEPTION 'the mandate is over';\n    END IF;\n    RETURN NEW;\n",
                            hash="1a634a0514af0c3919ea0919de9709dd4cea232a",
                            operation="INSERT",
                            pgid="pgtrigger_by_right_77d28",
                            table="governance_handoversignature",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "handoversignature",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6e70ebfaae465b03ffa5346e18a1ac8599c44fa2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_5cdee",
                            table="governance_handoversignature",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "section",
                    pgtrigger.compiler.Trigger(
                        name="frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE found text;",
                            func="\n    SELECT edition.state INTO found FROM governance_planversion AS edition WHERE edition.id = coalesce(NEW.version_id, OLD.version_id) FOR SHARE;\n    IF found <> 'working' THEN\n        RAISE EXCEPTION 'a tabled version is not changed';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="e91bfead5d9fda17c67e547a10d826683298cbfb",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_frozen_73578",
                            table="governance_section",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "section",
                    pgtrigger.compiler.Trigger(
                        name="stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF NEW.version_id IS DISTINCT FROM OLD.version_id THEN RAISE EXCEPTION 'what it belongs to is not changed'; END IF; RETURN NEW;",
                            hash="755cdde35baca80ba750a83b089f49fd89bcd52d",
                            operation="UPDATE",
                            pgid="pgtrigger_stays_d8ee7",
                            table="governance_section",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "tasktext",
                    pgtrigger.compiler.Trigger(
                        name="frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE found text;",
                            func="\n    SELECT edition.state INTO found FROM governance_planversion AS edition WHERE edition.id = coalesce(NEW.version_id, OLD.version_id) FOR SHARE;\n    IF found <> 'working' THEN\n        RAISE EXCEPTION 'a tabled version is not changed';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="b5145fe18cedea5781dc64c47105592ed9420c70",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_frozen_ad238",
                            table="governance_tasktext",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "tasktext",
                    pgtrigger.compiler.Trigger(
                        name="belongs",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'UPDATE' AND ROW(NEW.version_id, NEW.task_id) IS DISTINCT FROM ROW(OLD.version_id, OLD.task_id)\n        OR NOT EXISTS (\n            SELECT 1 FROM governance_section AS chapter\n            JOIN governance_planversion AS edition ON edition.id = chapter.version_id\n            JOIN governance_plantask AS task ON task.plan_id = edition.plan_id\n            WHERE chapter.id = NEW.section_id AND edition.id = NEW.version_id AND task.id = NEW.task_id\n        ) THEN\n        RAISE EXCEPTION 'a text stands in a chapter of its own version and tells of a task of its own plan';\n    END IF;\n    RETURN NEW;\n",
                            hash="67826c9c3844fd5f55ef9220acb9c31df6a7a8ba",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_belongs_8e88e",
                            table="governance_tasktext",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "duty",
                    pgtrigger.compiler.Trigger(
                        name="frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE found text;",
                            func="\n    SELECT edition.state INTO found FROM governance_planversion AS edition WHERE edition.id = (SELECT version_id FROM governance_tasktext WHERE id = coalesce(NEW.text_id, OLD.text_id)) FOR SHARE;\n    IF found <> 'working' THEN\n        RAISE EXCEPTION 'a tabled version is not changed';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="52ac466bacb034ec3e558805e286730e015c96d4",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_frozen_b8dd2",
                            table="governance_duty",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "duty",
                    pgtrigger.compiler.Trigger(
                        name="stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF NEW.text_id IS DISTINCT FROM OLD.text_id THEN RAISE EXCEPTION 'what it belongs to is not changed'; END IF; RETURN NEW;",
                            hash="a3c3495e50c46666387ece21222f57739de5cef3",
                            operation="UPDATE",
                            pgid="pgtrigger_stays_118ec",
                            table="governance_duty",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "vote",
                    pgtrigger.compiler.Trigger(
                        name="by_right",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE ballot governance_ballot%ROWTYPE; today date;",
                            func="today := (NEW.cast_at AT TIME ZONE 'Asia/Shanghai')::date;\n    SELECT * INTO ballot FROM governance_ballot WHERE id = NEW.ballot_id FOR SHARE;\n    IF ballot.state <> 'open' OR NEW.cast_at NOT BETWEEN ballot.opened_at AND clock_timestamp()\n        OR NEW.cast_at >= ballot.closes_at THEN\n        RAISE EXCEPTION 'the ballot is closed';\n    END IF;\n    IF NOT ballot.national_votes AND NEW.seat_id = '000000' THEN\n        RAISE EXCEPTION 'the national seat has no vote by this rule';\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM governance_agendaitem AS item JOIN governance_meeting AS meeting ON meeting.id = item.meeting_id\n        WHERE item.id = ballot.item_id AND (meeting.kind = 'written' OR EXISTS (\n            SELECT 1 FROM governance_presence AS there WHERE there.meeting_id = meeting.id AND there.seat_id = NEW.seat_id\n            AND there.came_at <= NEW.cast_at AND (there.left_at IS NULL OR NEW.cast_at < there.left_at)))\n    ) THEN\n        RAISE EXCEPTION 'the seat is not present';\n    END IF;\n\n    IF NOT EXISTS (\n        SELECT 1 FROM governance_seatholder AS held WHERE held.id = NEW.holder_id AND held.seat_id = NEW.seat_id\n        AND held.starts_on <= today AND (held.ends_on IS NULL OR today < held.ends_on)\n        AND (NEW.deputy_id IS NOT NULL OR held.user_id = NEW.cast_by_id)\n    ) OR NEW.deputy_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM governance_deputy AS acting WHERE acting.id = NEW.deputy_id AND acting.seat_id = NEW.seat_id\n        AND acting.starts_on <= today AND today < acting.ends_on AND acting.user_id = NEW.cast_by_id\n    ) THEN\n        RAISE EXCEPTION 'the mandate is over';\n    END IF;\n    RETURN NEW;\n",
                            hash="bb2de75ffe85330247fd5fb8f6a5ee9039cbc73c",
                            operation="INSERT",
                            pgid="pgtrigger_by_right_7f84b",
                            table="governance_vote",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "vote",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b5e8255000e75783178f8f489a3d383bdd5533da",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_4ddc2",
                            table="governance_vote",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
