import datetime
import uuid

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import expos.models.booth
import expos.models.door
import expos.models.meeting
import expos.models.session
import platform_site.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("files", "0001_initial"),
        ("patents", "0003_search_table_tuned"),
        ("regions", "0001_six_provinces"),
        ("trading", "0002_agreements_guarded"),
    ]

    operations = [
        platform_site.triggers.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Venue",
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
                        ("city_code", models.CharField(max_length=6)),
                        ("name_zh", models.CharField(max_length=80)),
                        ("name_en", models.CharField(blank=True, max_length=160)),
                        ("address_zh", models.CharField(max_length=160)),
                        ("address_en", models.CharField(blank=True, max_length=240)),
                    ],
                    options={
                        "ordering": ["province", "name_zh"],
                        "constraints": [models.UniqueConstraint(fields=("province", "name_zh"), name="venue_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Expo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(unique=True)),
                        (
                            "host",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
                            ),
                        ),
                        ("theme_zh", models.CharField(blank=True, max_length=80)),
                        ("theme_en", models.CharField(blank=True, max_length=160)),
                        ("about_zh", models.TextField(blank=True)),
                        ("about_en", models.TextField(blank=True)),
                        (
                            "venue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="expos",
                                to="expos.venue",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True)),
                        ("last_on", models.DateField(blank=True, null=True)),
                        ("opens", models.PositiveSmallIntegerField(default=540)),
                        ("closes", models.PositiveSmallIntegerField(default=1020)),
                        ("apply_until", models.DateField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "筹备中"),
                                    ("applications_open", "招展中"),
                                    ("allocating", "排位中"),
                                    ("programme_published", "日程已公布"),
                                    ("running", "开展中"),
                                    ("closed", "已闭幕"),
                                    ("reported", "已总结"),
                                ],
                                default="planned",
                                max_length=20,
                            ),
                        ),
                        (
                            "copied_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="expos.expo",
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
                        "ordering": ["-year"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "planned",
                                            "applications_open",
                                            "allocating",
                                            "programme_published",
                                            "running",
                                            "closed",
                                            "reported",
                                        ],
                                    )
                                ),
                                name="expo_state_known",
                            ),
                            models.CheckConstraint(condition=models.Q(("year__gte", 2007)), name="expo_since_2007"),
                            models.CheckConstraint(
                                condition=models.Q(("closes__lte", 1440), ("opens__lt", models.F("closes"))),
                                name="expo_hours",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("last_on", None), ("starts_on", None)),
                                    models.Q(
                                        ("last_on__gte", models.F("starts_on")),
                                        ("last_on__isnull", False),
                                        ("starts_on__isnull", False),
                                        ("last_on__year", models.F("year")),
                                        ("starts_on__year", models.F("year")),
                                    ),
                                    _connector="OR",
                                ),
                                name="expo_days_of_its_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("apply_until", None), ("apply_until__lt", models.F("starts_on")), _connector="OR"
                                ),
                                name="expo_applications_before",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "planned"),
                                    models.Q(
                                        ("apply_until__isnull", False),
                                        ("starts_on__isnull", False),
                                        ("venue__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="expo_announced_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AllocationRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="allocations", to="expos.expo"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "排队中"),
                                    ("running", "计算中"),
                                    ("done", "方案待采用"),
                                    ("applied", "已采用"),
                                    ("cancelled", "已取消"),
                                    ("failed", "未完成"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        ("stage", models.PositiveSmallIntegerField(default=0)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["queued", "running", "done", "applied", "cancelled", "failed"])
                                ),
                                name="allocation_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["queued", "running"])),
                                fields=("expo",),
                                name="allocation_one_at_work",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delegation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="delegations", to="expos.expo"
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
                            ),
                        ),
                        ("head", models.CharField(blank=True, max_length=60)),
                        ("contact", models.CharField(blank=True, max_length=120)),
                        ("call_zh", models.TextField(blank=True)),
                        ("call_en", models.TextField(blank=True)),
                        ("booths", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["expo", "province"],
                        "constraints": [models.UniqueConstraint(fields=("expo", "province"), name="delegation_once")],
                    },
                ),
                migrations.CreateModel(
                    name="DoorKeeper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="keepers", to="expos.expo"
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
                        ("starts_on", models.DateField()),
                        ("last_on", models.DateField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["expo", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_on__gte", models.F("starts_on"))), name="keeper_days"
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("ended_at", None)),
                                expressions=[
                                    ("expo", "="),
                                    ("user", "="),
                                    (expos.models.door._Days(models.F("starts_on"), models.F("last_on")), "&&"),
                                ],
                                name="keeper_once_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpoResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="results", to="expos.expo"
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
                            "need",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="trading.technologyneed",
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("owner_name", models.CharField(max_length=120)),
                        (
                            "taker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("taker_name", models.CharField(max_length=120)),
                        ("amount_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("signed_on", models.DateField()),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="trading.agreement",
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
                        ("owner_at", models.DateTimeField(blank=True, null=True)),
                        ("taker_at", models.DateTimeField(blank=True, null=True)),
                        ("dispute", models.TextField(blank=True)),
                        ("disputed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["expo", "-signed_on", "-id"],
                        "indexes": [models.Index(fields=["signed_on"], name="result_by_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_cny", None), ("amount_cny__gt", 0), _connector="OR"),
                                name="result_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("owner", None),
                                    ("taker", None),
                                    models.Q(("owner", models.F("taker")), _negated=True),
                                    _connector="OR",
                                ),
                                name="result_of_two_sides",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("owner__isnull", False), ("owner_at", None), _connector="OR"),
                                name="result_owner_has_account",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("taker__isnull", False), ("taker_at", None), _connector="OR"),
                                name="result_taker_has_account",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("dispute", ""), ("disputed_at", None)),
                                    models.Q(("disputed_at__isnull", False), models.Q(("dispute", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="result_disputed_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CeremonyPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ceremony", to="expos.expo"
                            ),
                        ),
                        (
                            "result",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ceremony",
                                to="expos.exporesult",
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "候签"),
                                    ("called", "请上台"),
                                    ("signed", "已签约"),
                                    ("absent", "未到场"),
                                ],
                                default="queued",
                                max_length=8,
                            ),
                        ),
                        ("moved_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["expo", "place"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["queued", "called", "signed", "absent"])),
                                name="ceremony_state_known",
                            ),
                            models.UniqueConstraint(fields=("expo", "place"), name="ceremony_place_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "called")), fields=("expo",), name="ceremony_one_on_stage"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpoStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="expos.expo"
                            ),
                        ),
                        (
                            "reached",
                            models.CharField(
                                choices=[
                                    ("planned", "筹备中"),
                                    ("applications_open", "招展中"),
                                    ("allocating", "排位中"),
                                    ("programme_published", "日程已公布"),
                                    ("running", "开展中"),
                                    ("closed", "已闭幕"),
                                    ("reported", "已总结"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [models.UniqueConstraint(fields=("expo", "reached"), name="expo_step_once")],
                    },
                ),
                migrations.CreateModel(
                    name="FollowAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="expos.exporesult",
                            ),
                        ),
                        ("months", models.PositiveSmallIntegerField()),
                        ("side", models.CharField(choices=[("owner", "技术方"), ("taker", "需求方")], max_length=6)),
                        (
                            "word",
                            models.CharField(
                                choices=[("talking", "仍在洽谈"), ("climbed", "已有进展"), ("ended", "已经终止")],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
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
                        "ordering": ["result", "months", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("months__in", (1, 3, 6, 9, 12))), name="follow_months"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("side__in", ["owner", "taker"]), ("word__in", ["talking", "climbed", "ended"])
                                ),
                                name="follow_words_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("word", "ended"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="follow_ended_with_reason",
                            ),
                            models.UniqueConstraint(fields=("result", "months", "side"), name="follow_answered_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="halls", to="expos.expo"
                            ),
                        ),
                        ("code", models.CharField(max_length=4)),
                        ("name_zh", models.CharField(max_length=60)),
                        ("name_en", models.CharField(blank=True, max_length=120)),
                        ("width_m", models.PositiveSmallIntegerField()),
                        ("depth_m", models.PositiveSmallIntegerField()),
                        ("people", models.PositiveIntegerField()),
                    ],
                    options={
                        "ordering": ["expo", "code"],
                        "constraints": [
                            models.UniqueConstraint(fields=("expo", "code"), name="hall_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^[A-Z][A-Z0-9]{0,3}$")), name="hall_code"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("depth_m__range", (3, 400)), ("people__gt", 0), ("width_m__range", (3, 400))
                                ),
                                name="hall_size",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Booth",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="booths", to="expos.expo"
                            ),
                        ),
                        (
                            "hall",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="booths", to="expos.hall"
                            ),
                        ),
                        ("number", models.CharField(max_length=8)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("standard", "标准展位"), ("corner", "转角展位"), ("raw", "光地")],
                                max_length=10,
                            ),
                        ),
                        ("x", models.PositiveSmallIntegerField()),
                        ("y", models.PositiveSmallIntegerField()),
                        ("width", models.PositiveSmallIntegerField(default=3)),
                        ("depth", models.PositiveSmallIntegerField(default=3)),
                        ("open_sides", models.PositiveSmallIntegerField(default=1)),
                        ("power_kw", models.PositiveSmallIntegerField(default=0)),
                        ("price_cny", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                        (
                            "pavilion",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pavilion_booths",
                                to="expos.delegation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["expo", "hall", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("expo", "number"), name="booth_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["standard", "corner", "raw"])), name="booth_kind_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("depth__gt", 0), ("width__gt", 0)), name="booth_has_area"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "raw"), models.Q(("depth", 3), ("width", 3)), _connector="OR"
                                ),
                                name="booth_standard_3_by_3",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "raw"), _negated=True),
                                    django.db.models.lookups.GreaterThanOrEqual(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("width"), "*", models.F("depth")
                                        ),
                                        36,
                                    ),
                                    _connector="OR",
                                ),
                                name="booth_raw_from_36",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("open_sides__range", (1, 4)),
                                    models.Q(
                                        models.Q(("kind", "corner"), _negated=True),
                                        ("open_sides__gte", 2),
                                        _connector="OR",
                                    ),
                                ),
                                name="booth_open_sides",
                            ),
                            models.CheckConstraint(condition=models.Q(("price_cny__gte", 0)), name="booth_price"),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("hall", "="),
                                    (
                                        expos.models.booth._Metres(
                                            models.F("x"),
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("x"), "+", models.F("width")
                                            ),
                                        ),
                                        "&&",
                                    ),
                                    (
                                        expos.models.booth._Metres(
                                            models.F("y"),
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("y"), "+", models.F("depth")
                                            ),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="booth_no_overlap",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoothApplication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="expos.expo",
                            ),
                        ),
                        (
                            "exhibitor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "delegation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="expos.delegation",
                            ),
                        ),
                        ("fascia_zh", models.CharField(max_length=40)),
                        ("fascia_en", models.CharField(blank=True, max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("standard", "标准展位"), ("corner", "转角展位"), ("raw", "光地")],
                                default="standard",
                                max_length=10,
                            ),
                        ),
                        ("booths", models.PositiveSmallIntegerField(default=1)),
                        ("area_m2", models.PositiveSmallIntegerField(default=0)),
                        ("corner", models.BooleanField(default=False)),
                        (
                            "hall",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="expos.hall",
                            ),
                        ),
                        (
                            "near",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="expos.boothapplication",
                            ),
                        ),
                        ("power_kw", models.PositiveSmallIntegerField(default=0)),
                        ("note", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("submitted", "待预审"),
                                    ("pre_reviewed", "预审通过"),
                                    ("refused", "预审未通过"),
                                    ("allotted", "已分配，待确认"),
                                    ("waiting", "候补"),
                                    ("confirmed", "已确认"),
                                    ("declined", "已放弃"),
                                    ("expired", "逾期未确认"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="submitted",
                                max_length=14,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        ("confirm_by", models.DateField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["expo", "id"],
                        "indexes": [models.Index(fields=["expo", "state"], name="application_by_state")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "submitted",
                                            "pre_reviewed",
                                            "refused",
                                            "allotted",
                                            "waiting",
                                            "confirmed",
                                            "declined",
                                            "expired",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="application_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="application_refused_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("area_m2", 0), ("booths__range", (1, 6)), ("kind", "standard")),
                                    models.Q(("area_m2__gte", 36), ("booths", 1), ("kind", "raw")),
                                    _connector="OR",
                                ),
                                name="application_asks_for_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["allotted", "confirmed"]), _negated=True),
                                    ("confirm_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="application_confirmed_until",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ("submitted", "pre_reviewed", "allotted", "waiting", "confirmed"))
                                ),
                                fields=("expo", "exhibitor"),
                                name="application_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AllocationPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="expos.allocationrun",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="expos.boothapplication",
                            ),
                        ),
                        (
                            "booth",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="expos.booth"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["application", "booth__number"],
                        "constraints": [models.UniqueConstraint(fields=("run", "booth"), name="proposed_once")],
                    },
                ),
                migrations.CreateModel(
                    name="BoothWish",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wishes",
                                to="expos.boothapplication",
                            ),
                        ),
                        (
                            "booth",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="wishes", to="expos.booth"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ["application", "place"],
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "place"), name="wish_place_once"),
                            models.UniqueConstraint(fields=("application", "booth"), name="wish_booth_once"),
                            models.CheckConstraint(condition=models.Q(("place__range", (1, 5))), name="wish_place"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exhibit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="expos.expo"
                            ),
                        ),
                        (
                            "listing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exhibits",
                                to="patents.listing",
                            ),
                        ),
                        (
                            "exhibitor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "delegation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exhibits",
                                to="expos.delegation",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exhibits",
                                to="expos.boothapplication",
                            ),
                        ),
                        ("patented", models.BooleanField(default=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("applied", "待预审"),
                                    ("accepted", "准予参展"),
                                    ("refused", "未准参展"),
                                    ("withdrawn", "已撤回"),
                                    ("barred", "停止展出"),
                                ],
                                default="applied",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("made_at", models.DateTimeField()),
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
                        "ordering": ["expo", "delegation", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["applied", "accepted", "refused", "withdrawn", "barred"])
                                ),
                                name="exhibit_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["refused", "barred"]), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="exhibit_refused_with_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("applied", "accepted", "barred"))),
                                fields=("expo", "listing"),
                                name="exhibit_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Complaint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "exhibit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="complaints",
                                to="expos.exhibit",
                            ),
                        ),
                        (
                            "complainant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("basis", models.CharField(max_length=120)),
                        ("words", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "待受理"),
                                    ("accepted", "已受理"),
                                    ("refused", "不予受理"),
                                    ("handed_over", "已移交知识产权局"),
                                    ("settled", "已协商解决"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="received",
                                max_length=12,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("reason", models.TextField(blank=True)),
                        ("statement", models.TextField(blank=True)),
                        ("statement_at", models.DateTimeField(blank=True, null=True)),
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
                        ("handed_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["received", "accepted", "refused", "handed_over", "settled", "withdrawn"],
                                    )
                                ),
                                name="complaint_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="complaint_refused_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("handed_at__isnull", False), ("state", "handed_over")),
                                    models.Q(
                                        models.Q(("state", "handed_over"), _negated=True), ("handed_at__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="complaint_handed_over_on_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("received", "accepted"))),
                                fields=("exhibit", "complainant"),
                                name="complaint_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExhibitCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "exhibit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="expos.exhibit"
                            ),
                        ),
                        (
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("application", "报名"),
                                    ("review", "预审"),
                                    ("set_up", "布展"),
                                    ("opening", "开展当日"),
                                    ("change", "法律状态变化"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("passed", models.BooleanField()),
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
                        ("reason", models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("occasion__in", ["application", "review", "set_up", "opening", "change"])
                                ),
                                name="check_occasion_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("passed", True), ("reason", "")),
                                    models.Q(("passed", False), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="check_failed_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoothHold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="expos.expo"
                            ),
                        ),
                        (
                            "booth",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="holds", to="expos.booth"
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
                        ("held_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-held_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_at__gte", models.F("held_at")),
                                    (
                                        "ends_at__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("held_at"), "+", models.Value(datetime.timedelta(seconds=1200))
                                        ),
                                    ),
                                ),
                                name="hold_twenty_minutes",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("booth", "="),
                                    (expos.models.booth._Moments(models.F("held_at"), models.F("ends_at")), "&&"),
                                ],
                                name="booth_one_holder",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("expo", "="),
                                    ("user", "="),
                                    (expos.models.booth._Moments(models.F("held_at"), models.F("ends_at")), "&&"),
                                ],
                                name="holder_one_booth",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatchRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="match_runs", to="expos.expo"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "排队中"),
                                    ("running", "计算中"),
                                    ("done", "方案待采用"),
                                    ("applied", "已采用"),
                                    ("cancelled", "已取消"),
                                    ("failed", "未完成"),
                                ],
                                default="queued",
                                max_length=12,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("share", models.FloatField(default=0)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("seconds", models.FloatField(blank=True, null=True)),
                        ("people", models.PositiveIntegerField(default=0)),
                        ("wishes", models.PositiveIntegerField(default=0)),
                        ("met", models.PositiveIntegerField(default=0)),
                        ("served", models.PositiveIntegerField(default=0)),
                        ("value", models.PositiveIntegerField(default=0)),
                        ("greedy", models.PositiveIntegerField(default=0)),
                        ("bound", models.FloatField(default=0)),
                        ("placed", models.JSONField(blank=True, default=list)),
                        ("error", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["queued", "running", "done", "applied", "cancelled", "failed"])
                                ),
                                name="match_run_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share__range", (0, 1))), name="match_run_share"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("queued", "running"))),
                                fields=("expo",),
                                name="match_run_one_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meeting_plan",
                                to="expos.expo",
                            ),
                        ),
                        (
                            "slot_minutes",
                            models.PositiveSmallIntegerField(
                                default=25,
                                validators=[
                                    django.core.validators.MinValueValidator(20),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                            ),
                        ),
                        (
                            "break_minutes",
                            models.PositiveSmallIntegerField(
                                default=5, validators=[django.core.validators.MaxValueValidator(30)]
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("slot_minutes__range", (20, 30))),
                                name="meeting_slot_20_to_30_minutes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("break_minutes__lte", 30)), name="meeting_break_minutes"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingTable",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meeting_tables",
                                to="expos.expo",
                            ),
                        ),
                        (
                            "hall",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meeting_tables",
                                to="expos.hall",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ["expo", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("expo", "number"), name="meeting_table_once"),
                            models.CheckConstraint(
                                condition=models.Q(("number__range", (1, 999))), name="meeting_table_number"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpoMeeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="expos.expo"
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="expos.meetingtable",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("requested", "待对方答复"),
                                    ("proposed", "待双方确认"),
                                    ("half", "一方已确认"),
                                    ("confirmed", "双方已确认"),
                                    ("held", "已会面"),
                                    ("not_held", "未会面"),
                                    ("cancelled", "已取消"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="expos.matchrun",
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="expos.matchrun",
                            ),
                        ),
                        ("changes", models.PositiveSmallIntegerField(default=0)),
                        ("reason", models.TextField(blank=True)),
                        ("made_at", models.DateTimeField()),
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
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["starts_at", "table"],
                        "indexes": [models.Index(fields=["expo", "state", "starts_at"], name="expo_meeting_by_time")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["requested", "proposed", "half", "confirmed", "held", "not_held", "cancelled"],
                                    )
                                ),
                                name="expo_meeting_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("starts_at__lt", models.F("ends_at"))), name="expo_meeting_in_order"
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(
                                    ("state__in", ("requested", "proposed", "half", "confirmed", "held", "not_held"))
                                ),
                                expressions=[
                                    ("table", "="),
                                    (expos.models.meeting._Moments(models.F("starts_at"), models.F("ends_at")), "&&"),
                                ],
                                name="meeting_table_one_meeting_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingWindow",
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
                                related_name="windows",
                                to="expos.meetingplan",
                            ),
                        ),
                        ("day", models.DateField()),
                        ("begins", models.PositiveSmallIntegerField()),
                        ("ends", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ["day", "begins"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("begins__lt", models.F("ends")), ("ends__lte", 1440)),
                                name="meeting_window_in_order",
                            ),
                            models.UniqueConstraint(fields=("plan", "day", "begins"), name="meeting_window_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgrammeVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programme_versions",
                                to="expos.expo",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("note", models.TextField(blank=True)),
                        ("data", models.JSONField()),
                        ("acknowledged", models.JSONField(default=list)),
                        (
                            "released_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("released_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-expo", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("expo", "number"), name="programme_version_once"),
                            models.CheckConstraint(
                                condition=models.Q(("number__gt", 0)), name="programme_version_number"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgrammePage",
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
                                related_name="pages",
                                to="expos.programmeversion",
                            ),
                        ),
                        ("language", models.CharField(max_length=10)),
                        ("day", models.DateField()),
                        ("html", models.TextField()),
                    ],
                    options={
                        "ordering": ["version", "language", "day"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "language", "day"), name="programme_page_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Registration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
                                to="expos.expo",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("professional", "专业观众"),
                                    ("general", "普通观众"),
                                    ("media", "媒体"),
                                    ("guest", "嘉宾"),
                                    ("exhibitor", "参展商"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("unit", models.CharField(blank=True, max_length=120)),
                        ("job", models.CharField(blank=True, max_length=60)),
                        ("email", models.EmailField(blank=True, max_length=254)),
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
                        ("code", models.CharField(max_length=10, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("registered", "已登记"), ("cancelled", "已取消")],
                                default="registered",
                                max_length=12,
                            ),
                        ),
                        ("permits", models.BooleanField(default=False)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "ordering": ["-made_at", "-id"],
                        "indexes": [models.Index(fields=["expo", "kind", "state"], name="registration_by_kind")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["registered", "cancelled"])),
                                name="registration_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["professional", "general", "media", "guest", "exhibitor"])
                                ),
                                name="registration_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^[0-9A-HJKMNP-TV-Z]{10}$")),
                                name="registration_code",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "registered")),
                                fields=("expo", "user"),
                                name="registration_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingProfile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "registration",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meeting_profile",
                                to="expos.registration",
                            ),
                        ),
                        ("takes_part", models.BooleanField(default=True)),
                        ("offers", models.TextField(blank=True)),
                        ("seeks", models.TextField(blank=True)),
                        ("languages", models.CharField(blank=True, max_length=60)),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["registration"],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingPerson",
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
                                related_name="people",
                                to="expos.expomeeting",
                            ),
                        ),
                        (
                            "profile",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="expos.meetingprofile",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("takes", models.BooleanField(default=True)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("is_interested", models.BooleanField(null=True)),
                    ],
                    options={
                        "ordering": ["meeting", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "profile"), name="meeting_person_once"),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("takes", True)),
                                expressions=[
                                    ("profile", "="),
                                    (expos.models.meeting._Moments(models.F("starts_at"), models.F("ends_at")), "&&"),
                                ],
                                name="meeting_person_one_place_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingAbsence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "profile",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="absences",
                                to="expos.meetingprofile",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["starts_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("profile", "starts_at"), name="meeting_absence_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="request",
                                to="expos.expomeeting",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests_made",
                                to="expos.meetingprofile",
                            ),
                        ),
                        (
                            "whom",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests_had",
                                to="expos.meetingprofile",
                            ),
                        ),
                        ("message", models.TextField(blank=True)),
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "待答复"),
                                    ("accepted", "已接受"),
                                    ("declined", "已谢绝"),
                                    ("lapsed", "逾时失效"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="pending",
                                max_length=12,
                            ),
                        ),
                        ("holds_until", models.DateTimeField()),
                        ("made_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "indexes": [models.Index(fields=["state", "holds_until"], name="meeting_request_by_clock")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["pending", "accepted", "declined", "lapsed", "withdrawn"])
                                ),
                                name="meeting_request_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("by", models.F("whom")), _negated=True),
                                name="meeting_request_another",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "pending")),
                                fields=("by", "whom"),
                                name="meeting_request_one_open",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingWish",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wishes",
                                to="expos.meetingprofile",
                            ),
                        ),
                        (
                            "whom",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wished",
                                to="expos.meetingprofile",
                            ),
                        ),
                        ("weight", models.PositiveSmallIntegerField(default=2)),
                        ("why", models.CharField(blank=True, max_length=200)),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-weight", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("by", "whom"), name="meeting_wish_once"),
                            models.CheckConstraint(
                                condition=models.Q(("by", models.F("whom")), _negated=True), name="meeting_wish_another"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__range", (1, 3))), name="meeting_wish_weight"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Passage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="passages", to="expos.expo"
                            ),
                        ),
                        (
                            "hall",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passages",
                                to="expos.hall",
                            ),
                        ),
                        ("place", models.BigIntegerField()),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passages",
                                to="expos.registration",
                            ),
                        ),
                        ("direction", models.CharField(choices=[("in", "进入"), ("out", "离开")], max_length=3)),
                        ("nth", models.PositiveIntegerField()),
                        ("place_nth", models.PositiveIntegerField(default=0)),
                        ("inside", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("client", models.UUIDField(unique=True)),
                        (
                            "undoes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undone_by",
                                to="expos.passage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["expo", "place", "-place_nth"],
                        "indexes": [models.Index(fields=["expo", "place", "at"], name="passage_by_time")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("hall", None), ("place", 0)),
                                    models.Q(("hall__isnull", False), ("place", models.F("hall"))),
                                    _connector="OR",
                                ),
                                name="passage_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("direction__in", ["in", "out"])), name="passage_direction_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("direction", "in"),
                                        (
                                            "nth",
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.Value(2),
                                                    "*",
                                                    django.db.models.expressions.CombinedExpression(
                                                        models.F("nth"), "/", models.Value(2)
                                                    ),
                                                ),
                                                "+",
                                                models.Value(1),
                                            ),
                                        ),
                                    ),
                                    models.Q(
                                        ("direction", "out"),
                                        (
                                            "nth",
                                            django.db.models.expressions.CombinedExpression(
                                                models.Value(2),
                                                "*",
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("nth"), "/", models.Value(2)
                                                ),
                                            ),
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="passage_in_turn",
                            ),
                            models.UniqueConstraint(
                                fields=("registration", "place", "nth"), name="passage_inside_once"
                            ),
                            models.UniqueConstraint(fields=("expo", "place", "place_nth"), name="passage_counted_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="leads", to="expos.expo"
                            ),
                        ),
                        (
                            "exhibitor",
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
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leads",
                                to="expos.registration",
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "待观众答复"), ("agreed", "已同意"), ("declined", "未同意")],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "negotiation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="trading.negotiation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "agreed", "declined"])),
                                name="lead_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("negotiation__isnull", False), ("state", "agreed")),
                                    models.Q(("negotiation", None), ("state__in", ["asked", "declined"])),
                                    _connector="OR",
                                ),
                                name="lead_agreed_has_room",
                            ),
                            models.UniqueConstraint(fields=("registration", "listing"), name="lead_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResultStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="expos.exporesult"
                            ),
                        ),
                        (
                            "rung",
                            models.CharField(
                                choices=[
                                    ("intention", "意向"),
                                    ("framework", "框架协议"),
                                    ("contract", "合同"),
                                    ("paid", "到账"),
                                    ("industrialised", "落地投产"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("reached_on", models.DateField()),
                        ("note", models.CharField(blank=True, max_length=500)),
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
                        "ordering": ["result", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rung__in", ["intention", "framework", "contract", "paid", "industrialised"])
                                ),
                                name="result_rung_known",
                            ),
                            models.UniqueConstraint(fields=("result", "rung"), name="result_rung_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Room",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rooms", to="expos.expo"
                            ),
                        ),
                        (
                            "hall",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rooms",
                                to="expos.hall",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=60)),
                        ("name_en", models.CharField(blank=True, max_length=120)),
                        ("seats", models.PositiveIntegerField()),
                        ("place", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["expo", "place", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("expo", "name_zh"), name="room_once"),
                            models.CheckConstraint(condition=models.Q(("seats__gt", 0)), name="room_seats"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScanBatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scan_batches",
                                to="expos.expo",
                            ),
                        ),
                        (
                            "hall",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="expos.hall",
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
                        ("made_at", models.DateTimeField()),
                        ("rows", models.JSONField()),
                    ],
                    options={
                        "ordering": ["expo", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="ScheduleImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="schedule_imports",
                                to="expos.expo",
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
                        ("shift", models.BooleanField(default=False)),
                        ("entries", models.JSONField()),
                        ("ignored", models.JSONField(default=list)),
                        ("fates", models.JSONField(default=list)),
                        ("created_at", models.DateTimeField()),
                        ("written_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="expos.expo"
                            ),
                        ),
                        ("guid", models.UUIDField(default=uuid.uuid4)),
                        ("number", models.PositiveBigIntegerField()),
                        ("external_id", models.CharField(blank=True, max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ceremony", "仪式"),
                                    ("forum", "论坛"),
                                    ("roadshow", "路演"),
                                    ("auction", "拍卖"),
                                    ("award", "评奖"),
                                    ("break", "休息"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=300)),
                        ("title_en", models.CharField(blank=True, max_length=300)),
                        ("abstract_zh", models.TextField(blank=True)),
                        ("abstract_en", models.TextField(blank=True)),
                        ("language", models.CharField(blank=True, max_length=20)),
                        ("topic", models.CharField(blank=True, max_length=120)),
                        (
                            "room",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="expos.room",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("expected", models.PositiveIntegerField(blank=True, null=True)),
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
                            "exhibit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="expos.exhibit",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "照常举行"), ("cancelled", "已取消")],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("extra", models.JSONField(blank=True, default=dict)),
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
                        "ordering": ["expo", "starts_at", "room__place", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["planned", "cancelled"])), name="session_state_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["ceremony", "forum", "roadshow", "auction", "award", "break", "other"],
                                    )
                                ),
                                name="session_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ends_at", None), ("room", None), ("starts_at", None)),
                                    models.Q(
                                        ("ends_at__isnull", False),
                                        ("room__isnull", False),
                                        ("starts_at__isnull", False),
                                        ("starts_at__lt", models.F("ends_at")),
                                    ),
                                    _connector="OR",
                                ),
                                name="session_placed_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "planned"), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="session_cancelled_with_reason",
                            ),
                            models.UniqueConstraint(fields=("expo", "guid"), name="session_guid_once"),
                            models.UniqueConstraint(fields=("expo", "number"), name="session_number_once"),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("room__isnull", False), ("state", "planned")),
                                expressions=[
                                    ("room", "="),
                                    (expos.models.session._Moments(models.F("starts_at"), models.F("ends_at")), "&&"),
                                ],
                                name="room_one_session_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionFavourite",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="favourites",
                                to="expos.session",
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
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "user"), name="session_favourite_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Speaker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "expo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="speakers", to="expos.expo"
                            ),
                        ),
                        ("number", models.PositiveBigIntegerField()),
                        ("external_id", models.CharField(blank=True, max_length=80)),
                        ("name_zh", models.CharField(max_length=200)),
                        ("name_en", models.CharField(blank=True, max_length=200)),
                        ("unit_zh", models.CharField(blank=True, max_length=200)),
                        ("unit_en", models.CharField(blank=True, max_length=200)),
                        ("bio_zh", models.TextField(blank=True)),
                        ("bio_en", models.TextField(blank=True)),
                        (
                            "photo",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
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
                        ("extra", models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        "ordering": ["expo", "name_zh", "id"],
                        "indexes": [models.Index(fields=["expo", "external_id"], name="speaker_by_external")],
                        "constraints": [models.UniqueConstraint(fields=("expo", "number"), name="speaker_number_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SessionSpeaker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="speaker_rows",
                                to="expos.session",
                            ),
                        ),
                        (
                            "speaker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="session_rows",
                                to="expos.speaker",
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(default=0)),
                        (
                            "role",
                            models.CharField(
                                choices=[("speaker", "演讲"), ("host", "主持"), ("guest", "嘉宾")],
                                default="speaker",
                                max_length=12,
                            ),
                        ),
                        ("starts_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["session", "place", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["speaker", "host", "guest"])),
                                name="session_speaker_role_known",
                            ),
                            models.UniqueConstraint(fields=("session", "speaker"), name="session_speaker_once"),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("starts_at__isnull", False)),
                                expressions=[
                                    ("speaker", "="),
                                    (expos.models.session._Moments(models.F("starts_at"), models.F("ends_at")), "&&"),
                                ],
                                name="speaker_one_session_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnmetWish",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="unmet", to="expos.matchrun"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="unmet",
                                to="expos.meetingprofile",
                            ),
                        ),
                        (
                            "whom",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="expos.meetingprofile"
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("absent", "一方不参加对接"),
                                    ("declined", "双方的会面已被谢绝或取消过"),
                                    ("no_common", "双方没有共同的空闲时段"),
                                    ("fixed", "共同时段都被已确认的会面占用"),
                                    ("tables", "双方都空闲的时段，洽谈桌已满"),
                                    ("taken", "共同时段都已安排得分不低于它的会面"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("common", models.PositiveSmallIntegerField(default=0)),
                        ("by_taken", models.PositiveSmallIntegerField(default=0)),
                        ("whom_taken", models.PositiveSmallIntegerField(default=0)),
                        ("full", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["why", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "by", "whom"), name="unmet_wish_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("why__in", ["absent", "declined", "no_common", "fixed", "tables", "taken"])
                                ),
                                name="unmet_wish_why_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoothAllotment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "booth",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="allotments", to="expos.booth"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allotments",
                                to="expos.boothapplication",
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
                        ("released_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["booth__number"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("released_at", None)), fields=("booth",), name="booth_given_once"
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="session",
            name="speakers",
            field=models.ManyToManyField(related_name="sessions", through="expos.SessionSpeaker", to="expos.speaker"),
        ),
        platform_site.triggers.AddTriggers(
            triggers=[
                (
                    "boothallotment",
                    pgtrigger.compiler.Trigger(
                        name="given",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE booth expos_booth%ROWTYPE; wanted expos_boothapplication%ROWTYPE;",
                            func="\n    SELECT * INTO booth FROM expos_booth WHERE id = NEW.booth_id FOR NO KEY UPDATE;\n    SELECT * INTO wanted FROM expos_boothapplication WHERE id = NEW.application_id;\n    IF TG_OP = 'UPDATE' THEN\n        IF ROW(NEW.booth_id, NEW.application_id, NEW.made_at, NEW.made_by_id)\n            IS DISTINCT FROM ROW(OLD.booth_id, OLD.application_id, OLD.made_at, OLD.made_by_id)\n            OR OLD.released_at IS NOT NULL THEN\n            RAISE EXCEPTION 'what was given is on record';\n        END IF;\n        RETURN NEW;\n    END IF;\n    IF booth.expo_id <> wanted.expo_id OR booth.pavilion_id IS NOT NULL AND booth.pavilion_id <> wanted.delegation_id THEN\n        RAISE EXCEPTION 'a booth is given within its expo and its pavilion';\n    END IF;\n    IF wanted.state NOT IN ('allotted', 'confirmed') THEN\n        RAISE EXCEPTION 'a booth is given to an application that has passed its review';\n    END IF;\n    IF EXISTS (SELECT 1 FROM expos_boothhold WHERE booth_id = NEW.booth_id AND user_id <> wanted.exhibitor_id\n        AND held_at <= NEW.made_at AND ends_at > NEW.made_at) THEN\n        RAISE EXCEPTION 'a booth that somebody else holds is not given' USING ERRCODE = 'exclusion_violation',\n            CONSTRAINT = 'booth_held_free', TABLE = 'expos_boothallotment';\n    END IF;\n    RETURN NEW;\n",
                            hash="138da61d12a1cefb675f34a9def9575660b69bd3",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_given_7deea",
                            table="expos_boothallotment",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "boothallotment",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="0d134d353d3fe71ae7fe05b14bc1f2cdc3d22fae",
                            operation="DELETE",
                            pgid="pgtrigger_keep_rows_a6a30",
                            table="expos_boothallotment",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "complaint",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{received:accepted,received:refused,received:withdrawn,accepted:handed_over,accepted:settled,accepted:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="eef79f1348a15c7de8d837c4f5408da670c6f12a",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_461d7",
                            table="expos_complaint",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "complaint",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.exhibit_id, NEW.complainant_id, NEW.basis, NEW.words, NEW.made_at, NEW.due_at)\n        IS DISTINCT FROM ROW(OLD.exhibit_id, OLD.complainant_id, OLD.basis, OLD.words, OLD.made_at, OLD.due_at)\n        OR OLD.statement <> '' AND NEW.statement <> OLD.statement THEN\n        RAISE EXCEPTION 'what was complained of, and what was answered, is on record';\n    END IF;\n    RETURN NEW;\n",
                            hash="cdad66cf1cfe635697febc5d8d75f0670efbad0c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_58c7a",
                            table="expos_complaint",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "exhibitcheck",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9a5184b060ab71a069c84005b09254f7259d57bd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_f4101",
                            table="expos_exhibitcheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "exhibit",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{applied:accepted,applied:refused,applied:withdrawn,accepted:barred,accepted:withdrawn,barred:accepted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="e3cc870570b69467820d3924038caf13865bcbb1",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_fd81c",
                            table="expos_exhibit",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "exhibit",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.listing_id, NEW.exhibitor_id) IS DISTINCT FROM\n        ROW(OLD.expo_id, OLD.listing_id, OLD.exhibitor_id) THEN\n        RAISE EXCEPTION 'an exhibit keeps its expo, its listing and its exhibitor';\n    END IF;\n    RETURN NEW;\n",
                            hash="d27eecbad397947fe374fb395f62bdf97046b45e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_a4ebe",
                            table="expos_exhibit",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "exhibit",
                    pgtrigger.compiler.Trigger(
                        name="in_force",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'accepted')",
                            func="\n    PERFORM 1 FROM patents_patent patent JOIN patents_listingpatent bundled ON bundled.patent_id = patent.id\n        WHERE bundled.listing_id = NEW.listing_id AND bundled.is_open ORDER BY patent.id FOR SHARE OF patent;\n    PERFORM 1 FROM patents_listing WHERE id = NEW.listing_id AND state = 'published' FOR SHARE;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'an exhibit that stands accepted is on the market';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM patents_listingpatent bundled JOIN patents_patent patent ON patent.id = bundled.patent_id\n        WHERE bundled.listing_id = NEW.listing_id AND bundled.is_open AND (\n            patent.legal_status NOT IN ('pending', 'in_force', 'late_fee')\n            OR NEW.patented AND patent.legal_status NOT IN ('in_force', 'late_fee'))\n    ) THEN\n        RAISE EXCEPTION 'an exhibit marked patented has patents in force';\n    END IF;\n    RETURN NEW;\n",
                            hash="c0b85f57b5e593a838d733fe1026f45d54d142f4",
                            operation='INSERT OR UPDATE OF "state", "patented"',
                            pgid="pgtrigger_in_force_5ccc7",
                            table="expos_exhibit",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "doorkeeper",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL OR ROW(NEW.expo_id, NEW.user_id, NEW.starts_on, NEW.last_on)\n                    IS DISTINCT FROM ROW(OLD.expo_id, OLD.user_id, OLD.starts_on, OLD.last_on) THEN\n                    RAISE EXCEPTION 'who kept a door is on record';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="b116b2640d57cf993568e1b269fed1556bf9d072",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_162db",
                            table="expos_doorkeeper",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "boothhold",
                    pgtrigger.compiler.Trigger(
                        name="not_given",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM 1 FROM expos_booth WHERE id = NEW.booth_id AND expo_id = NEW.expo_id FOR NO KEY UPDATE;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'a booth is held at its own expo';\n    END IF;\n    IF EXISTS (SELECT 1 FROM expos_boothallotment WHERE booth_id = NEW.booth_id AND released_at IS NULL) THEN\n        RAISE EXCEPTION 'a booth that is given is not held' USING ERRCODE = 'exclusion_violation',\n            CONSTRAINT = 'booth_held_free', TABLE = 'expos_boothhold';\n    END IF;\n    RETURN NEW;\n",
                            hash="db84f387422e670263a23fea5bd772b3954780cb",
                            operation="INSERT",
                            pgid="pgtrigger_not_given_85950",
                            table="expos_boothhold",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "boothhold",
                    pgtrigger.compiler.Trigger(
                        name="shortened",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.booth_id, NEW.expo_id, NEW.user_id, NEW.held_at)\n        IS DISTINCT FROM ROW(OLD.booth_id, OLD.expo_id, OLD.user_id, OLD.held_at) OR NEW.ends_at > OLD.ends_at THEN\n        RAISE EXCEPTION 'a hold is only ever shortened';\n    END IF;\n    RETURN NEW;\n",
                            hash="79cfd6df25ca63031484cb3c67d6a53a8987f992",
                            operation="UPDATE",
                            pgid="pgtrigger_shortened_e339b",
                            table="expos_boothhold",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "allocationrun",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{queued:cancelled,queued:failed,queued:running,running:cancelled,running:done,running:failed,done:applied,done:cancelled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="a09eea66ee092a6f6068413471b6a76a018d9071",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_5b57c",
                            table="expos_allocationrun",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "exporesult",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.listing_id, NEW.need_id, NEW.province_id, NEW.owner_id, NEW.owner_name,\n        NEW.taker_id, NEW.taker_name, NEW.amount_cny, NEW.signed_on, NEW.made_by_id, NEW.made_at) IS DISTINCT FROM\n        ROW(OLD.expo_id, OLD.listing_id, OLD.need_id, OLD.province_id, OLD.owner_id, OLD.owner_name, OLD.taker_id,\n        OLD.taker_name, OLD.amount_cny, OLD.signed_on, OLD.made_by_id, OLD.made_at)\n        OR OLD.owner_at IS NOT NULL AND NEW.owner_at IS DISTINCT FROM OLD.owner_at\n        OR OLD.taker_at IS NOT NULL AND NEW.taker_at IS DISTINCT FROM OLD.taker_at\n        OR OLD.disputed_at IS NOT NULL AND ROW(NEW.disputed_at, NEW.dispute) IS DISTINCT FROM ROW(OLD.disputed_at, OLD.dispute) THEN\n        RAISE EXCEPTION 'a result stays as it was recorded, a word once given stays given';\n    END IF;\n    RETURN NEW;\n",
                            hash="20a33b433adeb9a06a3c901a0a2c787b892b983e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_ab098",
                            table="expos_exporesult",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "ceremonyplace",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{queued:absent,queued:called,called:absent,called:queued,called:signed,absent:queued}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="06674b510e6b24a91efe01198f3d8e0eab6c4901",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_7a20c",
                            table="expos_ceremonyplace",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "expostep",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d8cc6dfc10bddae68a4cb271ae0202c8466bbf35",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_83581",
                            table="expos_expostep",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "followanswer",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3b8f243271dc375dea01a27e2fdc483e06136e9c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_c0a88",
                            table="expos_followanswer",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "hall",
                    pgtrigger.compiler.Trigger(
                        name="holds_its_booths",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NEW.expo_id <> OLD.expo_id OR EXISTS (\n        SELECT 1 FROM expos_booth WHERE hall_id = NEW.id AND (x + width > NEW.width_m OR y + depth > NEW.depth_m\n        OR number !~ ('^' || NEW.code || '[0-9]{1,3}$'))\n    ) THEN\n        RAISE EXCEPTION 'a hall keeps room for its booths, and the letters of their numbers'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'hall_holds_its_booths';\n    END IF;\n    RETURN NEW;\n",
                            hash="a4e7d591a229d2077f954357a6aaa90205ef3d35",
                            operation="UPDATE",
                            pgid="pgtrigger_holds_its_booths_4b6d8",
                            table="expos_hall",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "boothapplication",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{submitted:pre_reviewed,submitted:refused,submitted:withdrawn,pre_reviewed:allotted,pre_reviewed:waiting,pre_reviewed:withdrawn,allotted:confirmed,allotted:declined,allotted:expired,allotted:waiting,waiting:allotted,waiting:withdrawn,confirmed:declined}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="741d99d53134a88c3b2611d4125cf74e6dd701e4",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_7a41c",
                            table="expos_boothapplication",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "boothapplication",
                    pgtrigger.compiler.Trigger(
                        name="begins",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NEW.state <> 'submitted' OR NOT EXISTS (\n        SELECT 1 FROM expos_delegation WHERE id = NEW.delegation_id AND expo_id = NEW.expo_id\n    ) OR NOT EXISTS (SELECT 1 FROM accounts_verification WHERE user_id = NEW.exhibitor_id AND state = 'verified') THEN\n        RAISE EXCEPTION 'an application begins submitted, by a verified member, with a delegation of the expo';\n    END IF;\n    RETURN NEW;\n",
                            hash="b4dabc85ca7c8e4648e222afcdbfc1eecfb4a9ae",
                            operation="INSERT",
                            pgid="pgtrigger_begins_7d729",
                            table="expos_boothapplication",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "boothapplication",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.exhibitor_id, NEW.delegation_id, NEW.made_at, NEW.kind, NEW.booths, NEW.area_m2)\n        IS DISTINCT FROM ROW(OLD.expo_id, OLD.exhibitor_id, OLD.delegation_id, OLD.made_at, OLD.kind, OLD.booths, OLD.area_m2)\n        THEN\n        RAISE EXCEPTION 'what was applied for is on record';\n    END IF;\n    IF NEW.state NOT IN ('allotted', 'confirmed') AND EXISTS (\n        SELECT 1 FROM expos_boothallotment WHERE application_id = NEW.id AND released_at IS NULL\n    ) THEN\n        RAISE EXCEPTION 'an application that is over, or waits, has no booth';\n    END IF;\n    RETURN NEW;\n",
                            hash="6a4e6349130fdba9a064e9c0939c7c37aa7baf11",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_9c5f7",
                            table="expos_boothapplication",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "booth",
                    pgtrigger.compiler.Trigger(
                        name="inside",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE hall record;",
                            func="\n    SELECT expo_id, width_m, depth_m, code INTO hall FROM expos_hall WHERE id = NEW.hall_id FOR SHARE;\n    IF hall.expo_id <> NEW.expo_id OR NEW.x + NEW.width > hall.width_m OR NEW.y + NEW.depth > hall.depth_m THEN\n        RAISE EXCEPTION 'a booth stands inside its hall' USING ERRCODE = 'check_violation', CONSTRAINT = 'booth_inside_hall';\n    END IF;\n    IF NEW.number !~ ('^' || hall.code || '[0-9]{1,3}$') THEN\n        RAISE EXCEPTION 'a booth is numbered by its hall' USING ERRCODE = 'check_violation', CONSTRAINT = 'booth_number';\n    END IF;\n    IF NEW.pavilion_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM expos_delegation WHERE id = NEW.pavilion_id AND expo_id = NEW.expo_id\n    ) THEN\n        RAISE EXCEPTION 'a pavilion is of a delegation of the same expo';\n    END IF;\n    IF TG_OP = 'UPDATE' AND NEW.expo_id <> OLD.expo_id THEN\n        RAISE EXCEPTION 'a booth keeps its expo';\n    END IF;\n    IF TG_OP = 'UPDATE' AND EXISTS (\n        SELECT 1 FROM expos_boothallotment WHERE booth_id = NEW.id AND released_at IS NULL\n    ) AND ROW(NEW.hall_id, NEW.number, NEW.kind, NEW.x, NEW.y, NEW.width, NEW.depth, NEW.pavilion_id, NEW.price_cny)\n        IS DISTINCT FROM ROW(OLD.hall_id, OLD.number, OLD.kind, OLD.x, OLD.y, OLD.width, OLD.depth, OLD.pavilion_id,\n        OLD.price_cny) THEN\n        RAISE EXCEPTION 'a booth that is given stays as it was given' USING ERRCODE = 'check_violation',\n            CONSTRAINT = 'booth_given_stays';\n    END IF;\n    RETURN NEW;\n",
                            hash="0a99c456de3e554173a581f9137be5da9534b351",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_inside_4624c",
                            table="expos_booth",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "matchrun",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{queued:cancelled,queued:failed,queued:running,running:cancelled,running:done,running:failed,done:applied,done:cancelled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="f1310e49179320b2be2a759483b25f8f07d888f5",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_1486e",
                            table="expos_matchrun",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "meetingperson",
                    pgtrigger.compiler.Trigger(
                        name="follows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    SELECT starts_at, ends_at, state <> 'cancelled' INTO NEW.starts_at, NEW.ends_at, NEW.takes\n        FROM expos_expomeeting WHERE id = NEW.meeting_id;\n    IF TG_OP = 'UPDATE' AND ROW(NEW.meeting_id, NEW.profile_id) IS DISTINCT FROM ROW(OLD.meeting_id, OLD.profile_id) THEN\n        RAISE EXCEPTION 'who meets does not change';\n    END IF;\n    RETURN NEW;\n",
                            hash="ba1e8cd820f36c6ba996947b1747301de191fcf5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_follows_dfd9a",
                            table="expos_meetingperson",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "meetingperson",
                    pgtrigger.compiler.Trigger(
                        name="two",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF (SELECT count(*) FROM expos_meetingperson WHERE meeting_id = NEW.meeting_id) > 2 THEN\n        RAISE EXCEPTION 'a meeting is of two people';\n    END IF;\n    IF EXISTS (SELECT 1 FROM expos_expomeeting m, expos_meetingprofile p, expos_registration r WHERE m.id = NEW.meeting_id\n        AND p.id = NEW.profile_id AND r.id = p.registration_id AND r.expo_id <> m.expo_id) THEN\n        RAISE EXCEPTION 'who meets is at the same expo';\n    END IF;\n    RETURN NULL;\n",
                            hash="a91a81d89c6e18369e5b68568dc6400f16ae4341",
                            operation="INSERT",
                            pgid="pgtrigger_two_d9f03",
                            table="expos_meetingperson",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "meetingperson",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="900eba61f54446ec087e10a04f03fab34728686a",
                            operation="DELETE",
                            pgid="pgtrigger_keep_rows_34fbf",
                            table="expos_meetingperson",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "meetingrequest",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{pending:accepted,pending:declined,pending:lapsed,pending:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="562ca96fd2838bf9081727c0aea5235741c6c466",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_c0105",
                            table="expos_meetingrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "expomeeting",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{requested:cancelled,requested:confirmed,proposed:cancelled,proposed:half,half:cancelled,half:confirmed,half:proposed,confirmed:cancelled,confirmed:held,confirmed:not_held}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="372140c0486c7e4516163215ba63c785adb26602",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_4f99f",
                            table="expos_expomeeting",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "expomeeting",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.table_id, NEW.starts_at, NEW.ends_at, NEW.made_at) IS DISTINCT FROM\n        ROW(OLD.expo_id, OLD.table_id, OLD.starts_at, OLD.ends_at, OLD.made_at) THEN\n        RAISE EXCEPTION 'a meeting is not moved: it is cancelled, and another made';\n    END IF;\n    IF NEW.replaced_by_id IS NOT NULL AND OLD.replaced_by_id IS NULL AND OLD.state <> 'proposed' THEN\n        RAISE EXCEPTION 'a plan replaces nothing that anybody has confirmed';\n    END IF;\n    RETURN NEW;\n",
                            hash="fefca85704d7225829e22b5060b2a95f6de31e62",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_040c4",
                            table="expos_expomeeting",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "expomeeting",
                    pgtrigger.compiler.Trigger(
                        name="releases",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    UPDATE expos_meetingperson SET takes = (NEW.state <> 'cancelled') WHERE meeting_id = NEW.id;\n    RETURN NULL;\n",
                            hash="25cb246b65b3a22c30e104a9176f0cb1a4f8245a",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_releases_bc900",
                            table="expos_expomeeting",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "meetingwish",
                    pgtrigger.compiler.Trigger(
                        name="same_expo",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF (SELECT r.expo_id FROM expos_meetingprofile p JOIN expos_registration r ON r.id = p.registration_id WHERE p.id = NEW.by_id)\n        <> (SELECT r.expo_id FROM expos_meetingprofile p JOIN expos_registration r ON r.id = p.registration_id WHERE p.id = NEW.whom_id)\n    THEN RAISE EXCEPTION 'a wish is about somebody at the same expo';\n    END IF;\n    RETURN NEW;\n",
                            hash="243f61805d4f565c213287b74ad36f0b02c852a4",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_same_expo_79eb6",
                            table="expos_meetingwish",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "programmeversion",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="587cfe241bb40516bd60cddf46cc52cff049f043",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_f6696",
                            table="expos_programmeversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "programmepage",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9f4f2c9a2ee5a87506b92bb1e1783449d2592232",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_89903",
                            table="expos_programmepage",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "registration",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{registered:cancelled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="1e8169bacc12c87cadccb2d3b3a2412ebc1002e2",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_f8c85",
                            table="expos_registration",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "registration",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.code, NEW.made_at) IS DISTINCT FROM ROW(OLD.expo_id, OLD.code, OLD.made_at) THEN\n        RAISE EXCEPTION 'a badge keeps its expo and its code';\n    END IF;\n    RETURN NEW;\n",
                            hash="09e0f5d6b8f92625871a1521428c51986cfe6e4d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_bd6c2",
                            table="expos_registration",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "passage",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5a0f88bb9637b9d048ab0d2fee09c1d6e85c44ee",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_272a0",
                            table="expos_passage",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "passage",
                    pgtrigger.compiler.Trigger(
                        name="counts",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE room int; other bigint; found text; sure boolean; last_nth int; now_inside int; last_id bigint;",
                            func="\n    IF NEW.hall_id IS NULL THEN\n        PERFORM pg_advisory_xact_lock(7040008, NEW.expo_id::int);\n        room := NULL;\n    ELSE\n        SELECT people, expo_id INTO room, other FROM expos_hall WHERE id = NEW.hall_id FOR NO KEY UPDATE;\n        IF other <> NEW.expo_id THEN RAISE EXCEPTION 'the hall is another expo''s'; END IF;\n    END IF;\n    SELECT expo_id, state, confirmed_at IS NOT NULL INTO other, found, sure FROM expos_registration\n        WHERE id = NEW.registration_id FOR NO KEY UPDATE;\n    IF other <> NEW.expo_id THEN RAISE EXCEPTION 'the badge is another expo''s'; END IF;\n    IF NEW.direction = 'in' AND NEW.undoes_id IS NULL AND (found <> 'registered' OR NOT sure) THEN\n        RAISE EXCEPTION 'the badge does not let in' USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_by_right';\n    END IF;\n    SELECT place_nth, inside INTO last_nth, now_inside FROM expos_passage\n        WHERE expo_id = NEW.expo_id AND place = NEW.place ORDER BY place_nth DESC LIMIT 1;\n    NEW.place_nth := coalesce(last_nth, 0) + 1;\n    NEW.inside := coalesce(now_inside, 0) + CASE WHEN NEW.direction = 'in' THEN 1 ELSE -1 END;\n    IF NEW.direction = 'in' AND NEW.inside > room THEN\n        RAISE EXCEPTION 'more people than the hall takes' USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_fits';\n    END IF;\n    SELECT id, nth INTO last_id, last_nth FROM expos_passage\n        WHERE registration_id = NEW.registration_id AND place = NEW.place ORDER BY nth DESC LIMIT 1;\n    IF NEW.nth <> coalesce(last_nth, 0) + 1 AND NEW.nth <> coalesce(last_nth, 0) THEN\n        RAISE EXCEPTION 'a passage follows the one before';\n    END IF;\n    IF NEW.undoes_id IS NOT NULL AND NEW.undoes_id IS DISTINCT FROM last_id THEN\n        RAISE EXCEPTION 'only the last passage can be undone';\n    END IF;\n    RETURN NEW;\n",
                            hash="ef97ae5b02668d4342a6f2ecc363f2d80af4b4a8",
                            operation="INSERT",
                            pgid="pgtrigger_counts_b5441",
                            table="expos_passage",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "lead",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:agreed,asked:declined}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="c6d17c9f0605fa1655dfeea35000872b911b393e",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_f9150",
                            table="expos_lead",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "lead",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.exhibitor_id, NEW.listing_id, NEW.registration_id, NEW.made_at) IS DISTINCT FROM\n        ROW(OLD.expo_id, OLD.exhibitor_id, OLD.listing_id, OLD.registration_id, OLD.made_at) THEN\n        RAISE EXCEPTION 'a scan keeps whom it was of';\n    END IF;\n    RETURN NEW;\n",
                            hash="96625aaa6787e8272bf5744cf49324114398ee10",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_807d1",
                            table="expos_lead",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "resultstep",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="26d29e3e26c3fb463f14613aac4543b37d56508e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_1686a",
                            table="expos_resultstep",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "resultstep",
                    pgtrigger.compiler.Trigger(
                        name="climbs",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE reached int;",
                            func="\n    PERFORM 1 FROM expos_exporesult WHERE id = NEW.result_id FOR NO KEY UPDATE;\n    SELECT max(array_position(ARRAY['intention', 'framework', 'contract', 'paid', 'industrialised'], rung)) INTO reached FROM expos_resultstep WHERE result_id = NEW.result_id;\n    IF array_position(ARRAY['intention', 'framework', 'contract', 'paid', 'industrialised'], NEW.rung::text) <= coalesce(reached, 0) THEN\n        RAISE EXCEPTION 'a result only climbs' USING ERRCODE = 'check_violation', CONSTRAINT = 'result_climbs';\n    END IF;\n    RETURN NEW;\n",
                            hash="96f6764646a9f8e3c63f62f556b052a137124296",
                            operation="INSERT",
                            pgid="pgtrigger_climbs_ff679",
                            table="expos_resultstep",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "scanbatch",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="70af0ad894a95c3ddc60add4674dd6fc055d21ca",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_8b140",
                            table="expos_scanbatch",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "scheduleimport",
                    pgtrigger.compiler.Trigger(
                        name="written_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF TG_OP = 'DELETE' OR OLD.written_at IS NOT NULL THEN\n                    RAISE EXCEPTION 'a file is written once';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="e70d5cc47afbc255c697d95e64f973974da7a947",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_written_once_31429",
                            table="expos_scheduleimport",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "sessionspeaker",
                    pgtrigger.compiler.Trigger(
                        name="as_the_session",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE at_expo bigint;",
                            func="\n    SELECT CASE WHEN state = 'planned' THEN starts_at END, CASE WHEN state = 'planned' THEN ends_at END, expo_id\n        INTO NEW.starts_at, NEW.ends_at, at_expo FROM expos_session WHERE id = NEW.session_id FOR SHARE;\n    IF NOT EXISTS (SELECT 1 FROM expos_speaker WHERE id = NEW.speaker_id AND expo_id = at_expo) THEN\n        RAISE EXCEPTION 'a speaker of another expo';\n    END IF;\n    RETURN NEW;\n",
                            hash="0d3b82287e91ed8b89250343591ebf9bce7b1deb",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_as_the_session_4cc59",
                            table="expos_sessionspeaker",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "session",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{planned:cancelled,cancelled:planned}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="68f23d04d8fe6ce1b5da3c791275ac8859b9a275",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_5d331",
                            table="expos_session",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "session",
                    pgtrigger.compiler.Trigger(
                        name="in_its_expo",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE first date; last date;",
                            func="\n    IF TG_OP = 'UPDATE' AND ROW(NEW.expo_id, NEW.guid) IS DISTINCT FROM ROW(OLD.expo_id, OLD.guid) THEN\n        RAISE EXCEPTION 'a session keeps its expo and its guid';\n    END IF;\n    IF NEW.room_id IS NULL THEN\n        RETURN NEW;\n    END IF;\n    IF NOT EXISTS (SELECT 1 FROM expos_room WHERE id = NEW.room_id AND expo_id = NEW.expo_id) THEN\n        RAISE EXCEPTION 'a room of another expo';\n    END IF;\n    SELECT starts_on, last_on INTO first, last FROM expos_expo WHERE id = NEW.expo_id FOR SHARE;\n    IF first IS NULL OR NEW.starts_at < (first::timestamp AT TIME ZONE 'Asia/Shanghai')\n        OR NEW.ends_at > ((last + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') THEN\n        RAISE EXCEPTION 'a session lies within the days of its expo' USING ERRCODE = 'check_violation',\n            CONSTRAINT = 'session_within_days', TABLE = 'expos_session';\n    END IF;\n    RETURN NEW;\n",
                            hash="55eb6e50dea3023f9e2194a9341ab55d97a9799b",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_in_its_expo_846d8",
                            table="expos_session",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "session",
                    pgtrigger.compiler.Trigger(
                        name="speakers_follow",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    UPDATE expos_sessionspeaker SET starts_at = NULL WHERE session_id = NEW.id;\n    RETURN NEW;\n",
                            hash="411866834c4b5ce80e93e29135de1390b73bfbad",
                            operation='UPDATE OF "starts_at", "ends_at", "state"',
                            pgid="pgtrigger_speakers_follow_8316f",
                            table="expos_session",
                            when="AFTER",
                        ),
                    ),
                ),
                (
                    "expo",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{planned:applications_open,applications_open:allocating,allocating:programme_published,programme_published:running,running:closed,closed:reported}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="0d2cea1488a240afd148f776971d0d40850a8ce1",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_fda3f",
                            table="expos_expo",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "expo",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR NEW.year <> OLD.year\n        OR NEW.host_id <> OLD.host_id AND OLD.state <> 'planned' THEN\n        RAISE EXCEPTION 'an expo keeps its year, and its host once it is announced';\n    END IF;\n    IF OLD.state IN ('running', 'closed', 'reported')\n        AND ROW(NEW.starts_on, NEW.last_on, NEW.venue_id) IS DISTINCT FROM ROW(OLD.starts_on, OLD.last_on, OLD.venue_id) THEN\n        RAISE EXCEPTION 'an expo that has opened keeps its dates and its venue';\n    END IF;\n    RETURN NEW;\n",
                            hash="cf93d62fc8c10c7d98bfc2a9c5d98e81c8de7fb3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_c9eec",
                            table="expos_expo",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "expo",
                    pgtrigger.compiler.Trigger(
                        name="holds_its_sessions",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (\n        SELECT 1 FROM expos_session WHERE expo_id = NEW.id AND room_id IS NOT NULL\n        AND (NEW.starts_on IS NULL OR starts_at < (NEW.starts_on::timestamp AT TIME ZONE 'Asia/Shanghai')\n            OR ends_at > ((NEW.last_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'))\n    ) THEN\n        RAISE EXCEPTION 'sessions are planned outside these days' USING ERRCODE = 'check_violation',\n            CONSTRAINT = 'session_within_days', TABLE = 'expos_session';\n    END IF;\n    RETURN NEW;\n",
                            hash="b75656933187c58fac981c0aa5f5e0f9e7576b89",
                            operation='UPDATE OF "starts_on", "last_on"',
                            pgid="pgtrigger_holds_its_sessions_ba5f0",
                            table="expos_expo",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
