import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import governance.models.facility
import governance.models.visit
import platform_site.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("files", "0001_initial"),
        ("governance", "0003_policies_and_support"),
        ("patents", "0003_search_table_tuned"),
        ("regions", "0001_six_provinces"),
    ]

    operations = [
        platform_site.triggers.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Facility",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=80, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("base", "产业化基地"),
                                    ("incubator", "孵化器"),
                                    ("centre", "展示交易中心"),
                                    ("laboratory", "实验室"),
                                    ("pilot_line", "中试基地"),
                                    ("expert", "专家"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "开放"), ("closed", "已停止开放")], default="open", max_length=8
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
                            ),
                        ),
                        ("city_code", models.CharField(blank=True, max_length=6)),
                        ("name_zh", models.CharField(max_length=120)),
                        ("name_en", models.CharField(blank=True, max_length=200)),
                        ("address_zh", models.CharField(blank=True, max_length=160)),
                        ("address_en", models.CharField(blank=True, max_length=240)),
                        ("about_zh", models.TextField(blank=True)),
                        ("about_en", models.TextField(blank=True)),
                        ("services_zh", models.TextField(blank=True)),
                        ("services_en", models.TextField(blank=True)),
                        ("visitors", models.PositiveSmallIntegerField()),
                        ("places", models.PositiveSmallIntegerField(default=0)),
                        ("area_m2", models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                        ("power_kw", models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                        (
                            "permits",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), blank=True, default=list, size=None
                            ),
                        ),
                        ("contact", models.CharField(blank=True, max_length=60)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("slot_minutes", models.PositiveSmallIntegerField(default=120)),
                        ("keeps_holidays", models.BooleanField(default=True)),
                        ("facts", models.JSONField(blank=True, default=dict)),
                        ("doc", django.contrib.postgres.search.SearchVectorField(null=True)),
                        ("created_at", models.DateTimeField()),
                        ("updated_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closing_reason", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["province", "slug"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["doc"], name="facility_doc"
                            ),
                            models.Index(fields=["state", "province", "kind"], name="facility_facets"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "closed"])), name="facility_state_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["base", "incubator", "centre", "laboratory", "pilot_line", "expert"])
                                ),
                                name="facility_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name_zh", ""), _negated=True), name="facility_has_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("slot_minutes__range", (15, 600))), name="facility_slot_minutes"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("area_m2", None), ("area_m2__gt", 0), _connector="OR"),
                                name="facility_area_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("power_kw", None), ("power_kw__gt", 0), _connector="OR"),
                                name="facility_power_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("state", "open")),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("state", "closed"),
                                        models.Q(("closing_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="facility_closed_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Equipment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="equipment",
                                to="governance.facility",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120)),
                        ("name_en", models.CharField(blank=True, max_length=160)),
                        ("pieces", models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["facility", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("facility", "name_zh"), name="equipment_once"),
                            models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="equipment_pieces"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FacilityManager",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="managers",
                                to="governance.facility",
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
                        (
                            "named_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("named_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["facility", "named_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)), fields=("facility", "user"), name="manager_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at", None), ("ended_at__gte", models.F("named_at")), _connector="OR"
                                ),
                                name="manager_period",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FacilityPicture",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pictures",
                                to="governance.facility",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                    ],
                    options={
                        "ordering": ["facility", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="FacilitySheet",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
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
                        ("rows", models.JSONField()),
                        ("created_at", models.DateTimeField()),
                        ("written_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="OpeningException",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exceptions",
                                to="governance.facility",
                            ),
                        ),
                        ("day", models.DateField()),
                        ("opens", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("closes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("note", models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        "ordering": ["facility", "day"],
                        "constraints": [
                            models.UniqueConstraint(fields=("facility", "day"), name="exception_once_a_day"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closes", None), ("opens", None)),
                                    models.Q(
                                        ("closes__isnull", False),
                                        ("closes__lte", 1440),
                                        ("opens__isnull", False),
                                        ("opens__lt", models.F("closes")),
                                    ),
                                    _connector="OR",
                                ),
                                name="exception_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpeningHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hours",
                                to="governance.facility",
                            ),
                        ),
                        ("weekday", models.PositiveSmallIntegerField()),
                        ("opens", models.PositiveSmallIntegerField()),
                        ("closes", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ["facility", "weekday", "opens"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="hours_weekday"),
                            models.CheckConstraint(
                                condition=models.Q(("closes__lte", 1440), ("opens__lt", models.F("closes"))),
                                name="hours_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("facility", "="),
                                    ("weekday", "="),
                                    (governance.models.facility._Minutes(models.F("opens"), models.F("closes")), "&&"),
                                ],
                                name="hours_once_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Stationing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stationings",
                                to="governance.facility",
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
                            "listing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patents.listing"
                            ),
                        ),
                        (
                            "from_province",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.province",
                            ),
                        ),
                        ("places", models.PositiveSmallIntegerField()),
                        ("area_m2", models.DecimalField(decimal_places=2, default=0, max_digits=10)),
                        ("power_kw", models.DecimalField(decimal_places=2, default=0, max_digits=10)),
                        ("equipment", models.CharField(blank=True, max_length=300)),
                        ("purpose", models.TextField()),
                        ("asked_from", models.DateField()),
                        ("asked_until", models.DateField()),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("submitted", "待审批"),
                                    ("waiting_list", "排队候补"),
                                    ("accepted", "同意入驻"),
                                    ("declined", "未同意"),
                                    ("withdrawn", "已撤回"),
                                    ("stationed", "在驻"),
                                    ("graduated", "已毕业"),
                                    ("exited", "已退出"),
                                ],
                                default="submitted",
                                max_length=12,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
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
                        ("reason", models.TextField(blank=True)),
                        ("moved_up_at", models.DateTimeField(blank=True, null=True)),
                        ("contract", models.CharField(blank=True, max_length=60)),
                        ("signed_on", models.DateField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "indexes": [
                            models.Index(fields=["facility", "state"], name="stationing_by_facility"),
                            models.Index(fields=["applicant", "-made_at"], name="stationing_by_applicant"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "submitted",
                                            "waiting_list",
                                            "accepted",
                                            "declined",
                                            "withdrawn",
                                            "stationed",
                                            "graduated",
                                            "exited",
                                        ],
                                    )
                                ),
                                name="stationing_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("area_m2__gte", 0), ("places__gt", 0), ("power_kw__gte", 0)),
                                name="stationing_amounts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("asked_from__lt", models.F("asked_until")), ("starts_on__lte", models.F("ends_on"))
                                ),
                                name="stationing_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["submitted", "withdrawn"]),
                                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="stationing_decided_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(("decided_by", models.F("applicant")), _negated=True),
                                    _connector="OR",
                                ),
                                name="stationing_decided_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["declined", "waiting_list"]), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="stationing_refused_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["stationed", "graduated", "exited"]), _negated=True),
                                    models.Q(("signed_on__isnull", False), models.Q(("contract", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="stationing_signed_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("state__in", ["graduated", "exited"]),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["graduated", "exited"]), _negated=True),
                                        ("ended_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="stationing_ended_whole",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["submitted", "waiting_list", "accepted", "stationed"])
                                ),
                                fields=("facility", "listing"),
                                name="stationing_once_for_a_listing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StationingMilestone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "stationing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestones",
                                to="governance.stationing",
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        ("due_on", models.DateField()),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["due_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at", None), ("done_by", None)),
                                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="station_milestone_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StationingReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "stationing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="governance.stationing",
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
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="station_report_has_words"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitBundle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ),
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="governance.facility",
                            ),
                        ),
                        (
                            "visitor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "booked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "bundle",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="governance.visitbundle",
                            ),
                        ),
                        (
                            "listing",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="patents.listing",
                            ),
                        ),
                        (
                            "from_province",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.province",
                            ),
                        ),
                        ("people", models.PositiveSmallIntegerField()),
                        ("purpose", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "候补"),
                                    ("requested", "待确认"),
                                    ("countered", "建议改期"),
                                    ("confirmed", "已确认"),
                                    ("declined", "未接受"),
                                    ("cancelled", "已取消"),
                                    ("lapsed", "已过期"),
                                    ("used", "已到访"),
                                    ("not_used", "未到访"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("moved_up_at", models.DateTimeField(blank=True, null=True)),
                        ("changes", models.PositiveSmallIntegerField(default=0)),
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
                        "ordering": ["-starts_at", "-id"],
                        "indexes": [
                            models.Index(fields=["facility", "starts_at"], name="visit_by_time"),
                            models.Index(fields=["visitor", "-starts_at"], name="visit_by_visitor"),
                            models.Index(fields=["state", "starts_at"], name="visit_by_state"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "waiting",
                                            "requested",
                                            "countered",
                                            "confirmed",
                                            "declined",
                                            "cancelled",
                                            "lapsed",
                                            "used",
                                            "not_used",
                                        ],
                                    )
                                ),
                                name="visit_state_known",
                            ),
                            models.CheckConstraint(condition=models.Q(("people__gt", 0)), name="visit_people"),
                            models.CheckConstraint(
                                condition=models.Q(("starts_at__lt", models.F("ends_at"))), name="visit_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["declined", "countered"]), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="visit_refused_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["declined", "countered", "used", "not_used"]), _negated=True
                                    ),
                                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="visit_decided_whole",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("state__in", ("requested", "countered", "confirmed"))),
                                expressions=[
                                    ("visitor", "="),
                                    (
                                        governance.models.visit._Moments(models.F("starts_at"), models.F("ends_at")),
                                        "&&",
                                    ),
                                ],
                                name="visitor_one_place_at_a_time",
                            ),
                        ],
                    },
                ),
            ],
        ),
        platform_site.triggers.AddTriggers(
            triggers=[
                (
                    "facility",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:closed,closed:open}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="fc10709b0c6d37398591b6abdc8893e4ebddf08a",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_94279",
                            table="governance_facility",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "facility",
                    pgtrigger.compiler.Trigger(
                        name="holds_what_is_taken",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NEW.state = 'closed' AND OLD.state = 'open' AND (\n        EXISTS (SELECT 1 FROM governance_visit WHERE facility_id = NEW.id AND ends_at > clock_timestamp()\n            AND state IN ('waiting', 'requested', 'countered', 'confirmed'))\n        OR EXISTS (SELECT 1 FROM governance_stationing WHERE facility_id = NEW.id\n            AND state IN ('submitted', 'waiting_list', 'accepted', 'stationed'))\n    ) THEN\n        RAISE EXCEPTION 'a facility is not closed while somebody is there or expected';\n    END IF;\n    IF NEW.visitors < OLD.visitors AND EXISTS (\n        SELECT 1 FROM governance_visit AS edge WHERE edge.facility_id = NEW.id AND edge.ends_at > clock_timestamp()\n        AND edge.state IN ('requested', 'countered', 'confirmed', 'used', 'not_used') AND (\n            SELECT sum(other.people) FROM governance_visit AS other WHERE other.facility_id = NEW.id\n            AND other.state IN ('requested', 'countered', 'confirmed', 'used', 'not_used') AND other.starts_at <= edge.starts_at AND other.ends_at > edge.starts_at\n        ) > NEW.visitors\n    ) THEN\n        RAISE EXCEPTION 'more visitors are expected than that';\n    END IF;\n    IF (NEW.places < OLD.places OR NEW.area_m2 IS DISTINCT FROM OLD.area_m2 OR NEW.power_kw IS DISTINCT FROM OLD.power_kw)\n    AND EXISTS (\n        SELECT 1 FROM governance_stationing AS edge CROSS JOIN LATERAL (\n            SELECT sum(other.places) AS places, sum(other.area_m2) AS area, sum(other.power_kw) AS power\n            FROM governance_stationing AS other WHERE other.facility_id = NEW.id AND other.state IN ('accepted', 'stationed', 'graduated', 'exited')\n            AND other.starts_on <= edge.starts_on AND other.ends_on > edge.starts_on\n        ) AS taken\n        WHERE edge.facility_id = NEW.id AND edge.state IN ('accepted', 'stationed', 'graduated', 'exited')\n        AND edge.ends_on > (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date AND edge.ends_on > edge.starts_on\n        AND (taken.places > NEW.places OR taken.area > coalesce(NEW.area_m2, 0) OR taken.power > coalesce(NEW.power_kw, 0))\n    ) THEN\n        RAISE EXCEPTION 'more places are taken than that';\n    END IF;\n    RETURN NEW;\n",
                            hash="394c517adbe9899fc4721737327720d83970b749",
                            operation="UPDATE",
                            pgid="pgtrigger_holds_what_is_taken_45db6",
                            table="governance_facility",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "facilitymanager",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL OR ROW(NEW.facility_id, NEW.user_id, NEW.named_by_id,\n                    NEW.named_at) IS DISTINCT FROM ROW(OLD.facility_id, OLD.user_id, OLD.named_by_id, OLD.named_at) THEN\n                    RAISE EXCEPTION 'who kept a facility is on record';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="463f50ac3460926af083cdecc3732549fc5f4c4c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_d6da2",
                            table="governance_facilitymanager",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "facilitysheet",
                    pgtrigger.compiler.Trigger(
                        name="written_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF TG_OP = 'DELETE' OR OLD.written_at IS NOT NULL THEN\n                    RAISE EXCEPTION 'a sheet is written once';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="233bd1e5837730e01709edcb3e0d64126d8da9cb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_written_once_979e1",
                            table="governance_facilitysheet",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "stationing",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{submitted:accepted,submitted:declined,submitted:waiting_list,submitted:withdrawn,waiting_list:accepted,waiting_list:declined,waiting_list:withdrawn,accepted:declined,accepted:stationed,accepted:withdrawn,stationed:exited,stationed:graduated}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="7c8d3da1bdec9f572b4e49966d8d9c5c9f63f687",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_3383b",
                            table="governance_stationing",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "stationing",
                    pgtrigger.compiler.Trigger(
                        name="begins",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NEW.state <> 'submitted' THEN\n        RAISE EXCEPTION 'a stationing begins with an application';\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM patents_listing WHERE id = NEW.listing_id AND owner_id = NEW.applicant_id AND state = 'published'\n    ) THEN\n        RAISE EXCEPTION 'a stationing industrialises a patent of the applicant that is on the market';\n    END IF;\n    RETURN NEW;\n",
                            hash="9f3b26e06dd42a4a9380f3e670c07cac0d0cc2d2",
                            operation="INSERT",
                            pgid="pgtrigger_begins_6a282",
                            table="governance_stationing",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "stationing",
                    pgtrigger.compiler.Trigger(
                        name="fits",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE has record; held record;",
                            func="\n    IF NEW.state NOT IN ('accepted', 'stationed', 'graduated', 'exited') OR TG_OP = 'UPDATE' AND OLD.state IN ('accepted', 'stationed', 'graduated', 'exited')\n        AND NEW.starts_on >= OLD.starts_on AND NEW.ends_on <= OLD.ends_on AND NEW.places <= OLD.places\n        AND NEW.area_m2 <= OLD.area_m2 AND NEW.power_kw <= OLD.power_kw THEN\n        RETURN NEW;\n    END IF;\n    SELECT * INTO has FROM governance_facility WHERE id = NEW.facility_id FOR NO KEY UPDATE;\n    IF has.state <> 'open' THEN\n        RAISE EXCEPTION 'nobody moves into a closed facility';\n    END IF;\n    SELECT max(taken.places) AS places, max(taken.area) AS area, max(taken.power) AS power INTO held FROM (\n        SELECT NEW.starts_on AS day UNION SELECT starts_on FROM governance_stationing\n        WHERE facility_id = NEW.facility_id AND state IN ('accepted', 'stationed', 'graduated', 'exited')\n        AND starts_on > NEW.starts_on AND starts_on < NEW.ends_on\n    ) AS edge CROSS JOIN LATERAL (\n        SELECT coalesce(sum(other.places), 0) AS places, coalesce(sum(other.area_m2), 0) AS area,\n            coalesce(sum(other.power_kw), 0) AS power FROM governance_stationing AS other\n        WHERE other.facility_id = NEW.facility_id AND other.id <> NEW.id AND other.state IN ('accepted', 'stationed', 'graduated', 'exited')\n        AND other.starts_on <= edge.day AND other.ends_on > edge.day\n    ) AS taken;\n    IF held.places + NEW.places > has.places OR held.area + NEW.area_m2 > coalesce(has.area_m2, 0)\n        OR held.power + NEW.power_kw > coalesce(has.power_kw, 0) THEN\n        RAISE EXCEPTION 'more than the facility has' USING ERRCODE = 'exclusion_violation',\n            CONSTRAINT = 'stationing_fits', TABLE = 'governance_stationing';\n    END IF;\n    RETURN NEW;\n",
                            hash="49c91aadfc45bd4ab06c29cb45f22d477e27558e",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_fits_ae9a0",
                            table="governance_stationing",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "stationing",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.facility_id, NEW.applicant_id, NEW.listing_id, NEW.made_at, NEW.purpose, NEW.from_province_id,\n        NEW.asked_from, NEW.asked_until, NEW.places, NEW.area_m2, NEW.power_kw) IS DISTINCT FROM ROW(OLD.facility_id,\n        OLD.applicant_id, OLD.listing_id, OLD.made_at, OLD.purpose, OLD.from_province_id, OLD.asked_from, OLD.asked_until,\n        OLD.places, OLD.area_m2, OLD.power_kw) OR OLD.signed_on IS NOT NULL AND ROW(NEW.contract, NEW.signed_on, NEW.starts_on)\n        IS DISTINCT FROM ROW(OLD.contract, OLD.signed_on, OLD.starts_on) THEN\n        RAISE EXCEPTION 'what was applied for and signed is on record';\n    END IF;\n    RETURN NEW;\n",
                            hash="e7f228cbc17d05a2d44076df28647669a42df183",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_e9d2a",
                            table="governance_stationing",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "stationingmilestone",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF TG_OP = 'DELETE' OR OLD.done_at IS NOT NULL OR ROW(NEW.stationing_id, NEW.title, NEW.due_on)\n                    IS DISTINCT FROM ROW(OLD.stationing_id, OLD.title, OLD.due_on) THEN\n                    RAISE EXCEPTION 'a milestone is reached once';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="3fb124432a1bda6dbcc55154467a834da47a4522",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_d3f56",
                            table="governance_stationingmilestone",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "stationingreport",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e859fcd6826c4e2318d902fa999291859cefc07f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_89af5",
                            table="governance_stationingreport",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "visitbundle",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a831968d3b2065211395109e133dc90de1e1c588",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_65650",
                            table="governance_visitbundle",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "visit",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{waiting:cancelled,waiting:lapsed,waiting:requested,requested:cancelled,requested:confirmed,requested:countered,requested:declined,requested:lapsed,countered:cancelled,countered:confirmed,countered:lapsed,confirmed:cancelled,confirmed:not_used,confirmed:used}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="537f81770f152fb32c60d88b6ef02757f559c7a9",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_01835",
                            table="governance_visit",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "visit",
                    pgtrigger.compiler.Trigger(
                        name="begins",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF NEW.state NOT IN ('waiting', 'requested') THEN RAISE EXCEPTION 'a visit begins by being asked for'; END IF;\n                RETURN NEW;\n                ",
                            hash="7e143c1eba2f08af4db79fcd341deb84994a72ba",
                            operation="INSERT",
                            pgid="pgtrigger_begins_be11b",
                            table="governance_visit",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "visit",
                    pgtrigger.compiler.Trigger(
                        name="fits",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE room int; found text; held int;",
                            func="\n    IF NEW.state NOT IN ('requested', 'countered', 'confirmed', 'used', 'not_used') OR TG_OP = 'UPDATE' AND OLD.state IN ('requested', 'countered', 'confirmed', 'used', 'not_used')\n        AND ROW(NEW.starts_at, NEW.ends_at, NEW.people) IS NOT DISTINCT FROM ROW(OLD.starts_at, OLD.ends_at, OLD.people) THEN\n        RETURN NEW;\n    END IF;\n    SELECT visitors, state INTO room, found FROM governance_facility WHERE id = NEW.facility_id FOR NO KEY UPDATE;\n    IF found <> 'open' THEN\n        RAISE EXCEPTION 'a closed facility is not visited';\n    END IF;\n    SELECT max(taken.people) INTO held FROM (\n        SELECT NEW.starts_at AS moment UNION SELECT starts_at FROM governance_visit\n        WHERE facility_id = NEW.facility_id AND state IN ('requested', 'countered', 'confirmed', 'used', 'not_used')\n        AND starts_at > NEW.starts_at AND starts_at < NEW.ends_at\n    ) AS edge CROSS JOIN LATERAL (\n        SELECT coalesce(sum(other.people), 0) AS people FROM governance_visit AS other\n        WHERE other.facility_id = NEW.facility_id AND other.id <> NEW.id AND other.state IN ('requested', 'countered', 'confirmed', 'used', 'not_used')\n        AND other.starts_at <= edge.moment AND other.ends_at > edge.moment\n    ) AS taken;\n    IF held + NEW.people > room THEN\n        RAISE EXCEPTION 'more visitors than the facility takes' USING ERRCODE = 'exclusion_violation',\n            CONSTRAINT = 'visit_fits', TABLE = 'governance_visit';\n    END IF;\n    RETURN NEW;\n",
                            hash="b8f84cbdaa546f5f65d2cf5830b744e64e082ed7",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_fits_51c5a",
                            table="governance_visit",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "visit",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.facility_id, NEW.visitor_id, NEW.booked_by_id, NEW.bundle_id, NEW.made_at, NEW.people,\n        NEW.asked_at, NEW.purpose, NEW.from_province_id) IS DISTINCT FROM ROW(OLD.facility_id, OLD.visitor_id,\n        OLD.booked_by_id, OLD.bundle_id, OLD.made_at, OLD.people, OLD.asked_at, OLD.purpose, OLD.from_province_id) THEN\n        RAISE EXCEPTION 'what was booked is on record';\n    END IF;\n    IF ROW(NEW.starts_at, NEW.ends_at) IS DISTINCT FROM ROW(OLD.starts_at, OLD.ends_at) AND NEW.state <> 'countered' THEN\n        RAISE EXCEPTION 'a visit is moved by a counter-proposal';\n    END IF;\n    RETURN NEW;\n",
                            hash="4b1c6df3456c6d53fbad70aeb5409959dbd29933",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_36ca6",
                            table="governance_visit",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
