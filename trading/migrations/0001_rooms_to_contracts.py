from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import platform_site.triggers


class Migration(migrations.Migration):
    replaces = [
        ("trading", "0001_initial"),
        ("trading", "0002_offers_and_agreements"),
        ("trading", "0004_party_comes_and_goes"),
        ("trading", "0005_disclosure_in_stages"),
        ("trading", "0006_mediation_on_request"),
        ("trading", "0007_technology_needs"),
        ("trading", "0008_contract_texts_and_recordals"),
        ("trading", "0009_performance"),
        ("trading", "0011_open_licences"),
        ("trading", "0012_counted_for_indicators"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0002_organisations"),
        ("accounts", "__first__"),
        ("files", "0001_initial"),
        ("patents", "0001_patents_and_listings"),
        ("regions", "0001_six_provinces"),
    ]

    operations = [
        platform_site.triggers.CreateModels(
            models=[
                migrations.CreateModel(
                    name="AgreementYear",
                    fields=[
                        ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="NeedNumber",
                    fields=[
                        ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Negotiation",
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
                                related_name="negotiations",
                                to="patents.listing",
                            ),
                        ),
                        (
                            "buyer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "洽谈中"), ("closed", "已结束")], default="open", max_length=20
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("last_message_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-last_message_at", "-id"],
                        "indexes": [models.Index(fields=["opened_at"], name="negotiation_by_opening")],
                        "constraints": [
                            models.UniqueConstraint(fields=("listing", "buyer"), name="negotiation_one_room"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "closed"])), name="negotiation_state_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mediation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "negotiation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mediations",
                                to="trading.negotiation",
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "待受理"),
                                    ("accepted", "调解中"),
                                    ("closed", "已办结"),
                                    ("declined", "不予受理"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="asked",
                                max_length=20,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "officer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("outcome", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["province", "state", "asked_at"], name="mediation_by_office")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["asked", "accepted", "closed", "declined", "withdrawn"])
                                ),
                                name="mediation_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["asked", "accepted"])),
                                fields=("negotiation",),
                                name="mediation_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("outcome", ""), ("state__in", ["asked", "accepted"])),
                                    models.Q(("ended_at__isnull", False), ("outcome", ""), ("state", "withdrawn")),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("officer__isnull", False),
                                        ("state__in", ["closed", "declined"]),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mediation_ends_with_a_word",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MediationNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mediation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="trading.mediation",
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
                        ("body", models.TextField()),
                        ("written_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "negotiation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="trading.negotiation",
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
                        ("body", models.TextField()),
                        ("sent_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["sent_at", "id"],
                        "indexes": [models.Index(fields=["negotiation", "id"], name="message_by_room")],
                    },
                ),
                migrations.CreateModel(
                    name="MediationRelease",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mediation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="trading.mediation",
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trading.message"
                            ),
                        ),
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
                        "constraints": [
                            models.UniqueConstraint(fields=("mediation", "message"), name="mediation_released_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MessageFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="trading.message"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                        ("is_confidential", models.BooleanField(default=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="FileOpening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="trading.messagefile",
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
                        ("opened_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Enquiry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "negotiation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enquiry",
                                to="trading.negotiation",
                            ),
                        ),
                        (
                            "forms",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), default=list, size=None
                            ),
                        ),
                        (
                            "provinces",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=6), blank=True, default=list, size=None
                            ),
                        ),
                        ("intended_use", models.CharField(blank=True, max_length=200)),
                        ("created_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="OpenDeclaration",
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
                                related_name="open_declarations",
                                to="patents.patent",
                            ),
                        ),
                        (
                            "title",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patents.title"
                            ),
                        ),
                        (
                            "listing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="open_declarations",
                                to="patents.listing",
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
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
                        ("filed_on", models.DateField()),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("fixed", "固定费用，一次付清"),
                                    ("yearly", "固定费用，按年支付"),
                                    ("royalty", "提成"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("amount_cny", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("percent", models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True)),
                        (
                            "base",
                            models.CharField(
                                blank=True,
                                choices=[("net_sales", "净销售额"), ("output_value", "产值"), ("profit", "利润")],
                                max_length=20,
                            ),
                        ),
                        ("years", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("conditions", models.TextField(blank=True)),
                        ("co_owners_agree", models.BooleanField(default=False)),
                        ("pledgee_agrees", models.BooleanField(default=False)),
                        (
                            "report",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("declared", "待公告"),
                                    ("in_force", "公告有效"),
                                    ("returned", "已退回"),
                                    ("withdrawn", "已撤回"),
                                    ("lapsed", "专利权已失效"),
                                ],
                                default="declared",
                                max_length=20,
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=60)),
                        ("announced_on", models.DateField(blank=True, null=True)),
                        (
                            "announced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("announced_at", models.DateTimeField(blank=True, null=True)),
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
                        (
                            "encumbrance",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="open_declaration",
                                to="patents.encumbrance",
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
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
                    ],
                    options={
                        "ordering": ["-announced_on", "-id"],
                        "indexes": [
                            models.Index(fields=["province", "state"], name="declaration_queue"),
                            models.Index(fields=["announced_on"], name="declaration_by_announcement"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["declared", "in_force", "returned", "withdrawn", "lapsed"])
                                ),
                                name="declaration_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["declared", "in_force"])),
                                fields=("patent",),
                                name="declaration_one_per_patent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_cny__gte", 0)), name="declaration_amount_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("years", None), ("years__gt", 0), _connector="OR"),
                                name="declaration_lasts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("base__in", ["net_sales", "profit"]),
                                        ("method", "royalty"),
                                        ("percent__gt", 0),
                                        ("percent__lte", 100),
                                    ),
                                    models.Q(("base", ""), ("method__in", ["fixed", "yearly"]), ("percent", None)),
                                    _connector="OR",
                                ),
                                name="declaration_fee_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("announced_by", None),
                                        ("announced_on", None),
                                        ("encumbrance", None),
                                        ("number", ""),
                                        ("proof", None),
                                    ),
                                    models.Q(
                                        models.Q(("number", ""), _negated=True),
                                        ("announced_by__isnull", False),
                                        ("announced_on__gte", models.F("filed_on")),
                                        ("announced_on__isnull", False),
                                        ("encumbrance__isnull", False),
                                        ("proof__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="declaration_announced_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("announced_on", None), ("state__in", ["declared", "returned"])),
                                    models.Q(("announced_on__isnull", False), ("state", "in_force")),
                                    ("state__in", ["withdrawn", "lapsed"]),
                                    _connector="OR",
                                ),
                                name="declaration_in_force_is_announced",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("state__in", ["declared", "in_force"])),
                                    models.Q(
                                        models.Q(("state__in", ["declared", "in_force"]), _negated=True),
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="declaration_closed_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Party",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "negotiation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parties",
                                to="trading.negotiation",
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
                        ("side", models.CharField(choices=[("owner", "权利人"), ("buyer", "需求方")], max_length=10)),
                        ("joined_at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("negotiation", "user"),
                                name="party_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("side__in", ["owner", "buyer"])), name="party_side_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TechnologyNeed",
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
                                related_name="needs",
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
                                blank=True,
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
                                    ("published", "征集中"),
                                    ("withdrawn", "已撤回"),
                                    ("met", "已解决"),
                                    ("expired", "已到期"),
                                ],
                                default="draft",
                                max_length=20,
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=120)),
                        ("title_en", models.CharField(blank=True, max_length=240)),
                        ("problem_zh", models.TextField()),
                        ("problem_en", models.TextField(blank=True)),
                        ("effect_zh", models.TextField()),
                        ("effect_en", models.TextField(blank=True)),
                        ("present_zh", models.TextField(blank=True)),
                        ("present_en", models.TextField(blank=True)),
                        (
                            "keywords",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30), size=None
                            ),
                        ),
                        (
                            "ipc",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), size=None
                            ),
                        ),
                        (
                            "kinds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "forms",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), size=None
                            ),
                        ),
                        (
                            "places",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=6), size=None
                            ),
                        ),
                        ("budget_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        (
                            "budget_basis",
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
                        ("trl_min", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("deadline", models.DateField()),
                        ("created_at", models.DateTimeField()),
                        ("updated_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closing_reason", models.TextField(blank=True)),
                        (
                            "grounds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "tokens",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=64), blank=True, default=list, size=None
                            ),
                        ),
                        ("doc", django.contrib.postgres.search.SearchVectorField(null=True)),
                    ],
                    options={
                        "ordering": ["-updated_at", "-id"],
                        "indexes": [
                            models.Index(fields=["owner", "-updated_at"], name="need_by_owner"),
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["-published_at", "-id"],
                                name="need_newest",
                            ),
                            models.Index(fields=["published_at"], name="need_by_publication"),
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["deadline", "id"],
                                name="need_by_deadline",
                            ),
                            django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["doc"], name="need_doc"),
                            django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["ipc"], name="need_ipc"),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["grounds"], name="need_grounds"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["tokens"], name="need_tokens"
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
                                            "withdrawn",
                                            "met",
                                            "expired",
                                        ],
                                    )
                                ),
                                name="need_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__regex", "^XQ6-\\d{4}-\\d{6,}$")), name="need_number_form"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("forms__len__gt", 0),
                                    ("ipc__len__gt", 0),
                                    ("keywords__len__gt", 0),
                                    ("places__len__gt", 0),
                                ),
                                name="need_says_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("forms__contained_by", ["assignment", "exclusive", "sole", "ordinary", "open"]),
                                    ("kinds__contained_by", ["invention", "utility_model", "design"]),
                                    (
                                        "places__contained_by",
                                        ["140000", "340000", "360000", "410000", "420000", "430000"],
                                    ),
                                ),
                                name="need_criteria_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("budget_basis", "negotiable"), ("budget_cny", None)),
                                    models.Q(
                                        ("budget_basis__in", ["lump", "yearly", "per_unit", "entry"]),
                                        ("budget_cny__gt", 0),
                                        ("budget_cny__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="need_budget_or_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("trl_min", None), ("trl_min__range", (1, 9)), _connector="OR"),
                                name="need_trl_1_to_9",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            [
                                                "submitted",
                                                "changes_requested",
                                                "rejected",
                                                "published",
                                                "met",
                                                "expired",
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(("doc__isnull", False), ("province__isnull", False)),
                                    _connector="OR",
                                ),
                                name="need_submitted_has_office",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["published", "met", "expired"]), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="need_public_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False), ("state__in", ["withdrawn", "met", "expired"])
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["withdrawn", "met", "expired"]), _negated=True),
                                        ("closed_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="need_closed_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="trading.technologyneed",
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
                        ("checked", models.JSONField(default=list)),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("approved", "通过"),
                                    ("changes_requested", "退回修改"),
                                    ("rejected", "不予通过"),
                                    ("withdrawn", "需求方撤回"),
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
                                condition=models.Q(("decision", "")),
                                fields=["province", "due_on"],
                                name="need_review_queue",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "")), fields=("need",), name="need_review_one_open"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["", "approved", "withdrawn"]),
                                    models.Q(
                                        ("decision__in", ["approved", "changes_requested", "rejected", "withdrawn"]),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="need_review_refusal_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("decision", "")),
                                    models.Q(models.Q(("decision", ""), _negated=True), ("decided_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="need_review_decided_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="trading.technologyneed",
                            ),
                        ),
                        (
                            "listing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patents.listing"
                            ),
                        ),
                        ("text", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "待答复"),
                                    ("accepted", "已接受"),
                                    ("declined", "已谢绝"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="open",
                                max_length=20,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
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
                        ("created_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("need", "listing"), name="proposal_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "accepted", "declined", "withdrawn"])),
                                name="proposal_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("negotiation__isnull", False), ("state", "accepted")),
                                    models.Q(models.Q(("state", "accepted"), _negated=True), ("negotiation", None)),
                                    _connector="OR",
                                ),
                                name="proposal_accepted_has_room",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="proposal_declined_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("state", "open")),
                                    models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="proposal_decided_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedCondition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conditions",
                                to="trading.technologyneed",
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
                                name="condition_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount", None), ("amount__gt", 0), _connector="OR"),
                                name="condition_amount_positive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Undertaking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "negotiation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undertakings",
                                to="trading.negotiation",
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
                        ("version", models.CharField(max_length=20)),
                        ("digest", models.CharField(max_length=64)),
                        ("accepted_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("negotiation", "user", "version"), name="undertaking_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True)),
                        ("code", models.CharField(max_length=20, unique=True)),
                        (
                            "negotiation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="trading.negotiation",
                            ),
                        ),
                        (
                            "declaration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="trading.opendeclaration",
                            ),
                        ),
                        (
                            "listing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="patents.listing",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "buyer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "province",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.province"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("drafted", "待签署"),
                                    ("signed", "已签署"),
                                    ("filed", "已申请备案"),
                                    ("correction_requested", "待补正"),
                                    ("pre_examined", "预审通过"),
                                    ("recorded", "已备案"),
                                    ("completed", "已履行完毕"),
                                    ("terminated", "已解除"),
                                    ("expired", "已到期"),
                                ],
                                default="drafted",
                                max_length=30,
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        ("sign_by", models.DateTimeField()),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
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
                        (
                            "form_paper",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
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
                        ("closing_reason", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "drafted")), fields=["sign_by"], name="agreement_unsigned"
                            ),
                            models.Index(
                                condition=models.Q(("signed_at__isnull", False)),
                                fields=["signed_at"],
                                name="agreement_by_signature",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "drafted",
                                            "signed",
                                            "filed",
                                            "correction_requested",
                                            "pre_examined",
                                            "recorded",
                                            "completed",
                                            "terminated",
                                            "expired",
                                        ],
                                    )
                                ),
                                name="agreement_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sign_by__gt", models.F("made_at"))), name="agreement_can_be_signed"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "drafted")),
                                fields=("negotiation",),
                                name="agreement_one_unsigned",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("declaration__isnull", False),
                                    models.Q(("state__in", ["completed", "expired", "terminated"]), _negated=True),
                                ),
                                fields=("declaration", "buyer"),
                                name="taking_one_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContractText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agreement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="text", to="trading.agreement"
                            ),
                        ),
                        ("data", models.JSONField()),
                        ("made_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="ConversionReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="trading.agreement",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("version", models.PositiveSmallIntegerField()),
                        ("side", models.CharField(choices=[("owner", "权利人"), ("buyer", "需求方")], max_length=10)),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        ("in_production", models.BooleanField()),
                        ("since", models.DateField(blank=True, null=True)),
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
                        ("output_cny", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("jobs", models.PositiveIntegerField(default=0)),
                        ("tax_cny", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                        ("note", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["agreement", "-year", "-version"],
                        "indexes": [models.Index(fields=["year"], name="conversion_by_year")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "year", "version"), name="report_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("output_cny__gte", 0), ("tax_cny__gte", 0)),
                                name="report_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("in_production", True), ("since__isnull", False)),
                                    models.Q(
                                        ("in_production", False),
                                        ("jobs", 0),
                                        ("output_cny", 0),
                                        ("province", None),
                                        ("since", None),
                                        ("tax_cny", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="report_of_production_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ending",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="endings",
                                to="trading.agreement",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("completion", "确认履行完毕"),
                                    ("termination", "协商解除"),
                                    ("breach", "催告后解除"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("side", models.CharField(choices=[("owner", "权利人"), ("buyer", "需求方")], max_length=10)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("reason", models.TextField(blank=True)),
                        ("on_day", models.DateField(blank=True, null=True)),
                        ("cure_until", models.DateTimeField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "待答复"),
                                    ("agreed", "已商定"),
                                    ("declined", "未同意"),
                                    ("withdrawn", "已收回"),
                                    ("done", "已生效"),
                                ],
                                default="open",
                                max_length=20,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["agreement", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["open", "agreed"]), models.Q(("kind", "breach"), _negated=True)
                                ),
                                fields=("agreement", "kind"),
                                name="ending_one_open",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "breach"), ("state", "open")),
                                fields=("agreement", "side"),
                                name="ending_one_notice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "agreed", "declined", "withdrawn", "done"])),
                                name="ending_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cure_until", None), ("kind", "completion"), ("on_day", None)),
                                    models.Q(
                                        ("cure_until", None),
                                        ("kind", "termination"),
                                        ("on_day__isnull", False),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("cure_until__gt", models.F("made_at")),
                                        ("kind", "breach"),
                                        ("on_day", None),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ending_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Offer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "negotiation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="trading.negotiation",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("side", models.CharField(choices=[("owner", "权利人"), ("buyer", "需求方")], max_length=10)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("valid_until", models.DateTimeField()),
                        ("note", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "待答复"),
                                    ("countered", "已还价"),
                                    ("accepted", "已接受"),
                                    ("declined", "已谢绝"),
                                    ("withdrawn", "已撤回"),
                                    ("expired", "已过期"),
                                ],
                                default="open",
                                max_length=20,
                            ),
                        ),
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
                        (
                            "made_impossible_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="trading.agreement",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
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
                        (
                            "field",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        ("start", models.DateField()),
                        ("end", models.DateField(blank=True, null=True)),
                        ("sublicensable", models.BooleanField(default=False)),
                        (
                            "consideration",
                            models.CharField(
                                choices=[
                                    ("lump_sum", "一次总付"),
                                    ("instalments", "分期支付"),
                                    ("royalty", "入门费加提成"),
                                    ("equity", "作价入股"),
                                    ("trial", "先试用后付费"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("amount_cny", models.DecimalField(decimal_places=2, max_digits=14)),
                        (
                            "instalments",
                            models.JSONField(
                                blank=True, default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        ("royalty_percent", models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True)),
                        (
                            "royalty_base",
                            models.CharField(
                                blank=True,
                                choices=[("net_sales", "净销售额"), ("output_value", "产值"), ("profit", "利润")],
                                max_length=20,
                            ),
                        ),
                        ("minimum_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("cap_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("trial_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("equity_percent", models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True)),
                        ("equity_company", models.CharField(blank=True, max_length=200)),
                        ("delivery", models.TextField(blank=True)),
                        ("service", models.TextField(blank=True)),
                        ("acceptance", models.TextField(blank=True)),
                        ("confidentiality_years", models.PositiveSmallIntegerField(default=0)),
                        (
                            "improvements",
                            models.CharField(
                                choices=[
                                    ("maker", "归完成改进的一方"),
                                    ("shared", "归双方共有"),
                                    ("paid_back", "归完成方，另一方可有偿优先使用"),
                                    ("free_back", "被许可人的改进无偿归权利人"),
                                ],
                                default="maker",
                                max_length=20,
                            ),
                        ),
                        (
                            "dispute",
                            models.CharField(
                                choices=[
                                    ("court_owner", "权利人所在地人民法院"),
                                    ("court_buyer", "受让人或被许可人所在地人民法院"),
                                    ("arbitration", "仲裁"),
                                ],
                                default="court_owner",
                                max_length=20,
                            ),
                        ),
                        ("dispute_body", models.CharField(blank=True, max_length=120)),
                        ("other", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["negotiation", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("negotiation", "number"), name="offer_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")), fields=("negotiation",), name="offer_one_open"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["open", "countered", "accepted", "declined", "withdrawn", "expired"])
                                ),
                                name="offer_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("form__in", ["assignment", "exclusive", "sole", "ordinary"])),
                                name="offer_form_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_until__gt", models.F("made_at"))), name="offer_lasts"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_cny__gte", 0)), name="offer_amount_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("end", None), ("end__gt", models.F("start")), _connector="OR"),
                                name="offer_period_lasts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("form", "assignment"), _negated=True),
                                    models.Q(("end", None), ("field", []), ("provinces", []), ("sublicensable", False)),
                                    _connector="OR",
                                ),
                                name="offer_assignment_is_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("royalty_base__in", ["net_sales", "output_value", "profit"]),
                                        ("royalty_percent__gt", 0),
                                        ("royalty_percent__lte", 100),
                                        ("consideration", "royalty"),
                                    ),
                                    models.Q(
                                        ("cap_cny", None),
                                        ("minimum_cny", None),
                                        ("royalty_base", ""),
                                        ("royalty_percent", None),
                                        models.Q(("consideration", "royalty"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="offer_royalty_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("consideration", "trial"), ("trial_months__gt", 0)),
                                    models.Q(
                                        models.Q(("consideration", "trial"), _negated=True), ("trial_months", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="offer_trial_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("consideration", "equity"),
                                        ("equity_percent__gt", 0),
                                        ("equity_percent__lte", 100),
                                    ),
                                    models.Q(
                                        models.Q(("consideration", "equity"), _negated=True),
                                        ("equity_company", ""),
                                        ("equity_percent", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="offer_equity_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("consideration", "instalments"), models.Q(("instalments", []), _negated=True)
                                    ),
                                    models.Q(
                                        models.Q(("consideration", "instalments"), _negated=True), ("instalments", [])
                                    ),
                                    _connector="OR",
                                ),
                                name="offer_instalments_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferPatent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "offer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offer_patents",
                                to="trading.offer",
                            ),
                        ),
                        (
                            "patent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patents.patent"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["place", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("offer", "patent"), name="patent_once_per_offer")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaymentMilestone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestones",
                                to="trading.agreement",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("lump_sum", "总价款"),
                                    ("instalment", "分期款"),
                                    ("entry_fee", "入门费"),
                                    ("royalty", "年度提成"),
                                    ("trial_price", "试用后的价款"),
                                    ("shares", "办理股权登记"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("amount_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "待履行"),
                                    ("claimed", "待确认"),
                                    ("disputed", "有争议"),
                                    ("confirmed", "已确认"),
                                    ("waived", "无需履行"),
                                ],
                                default="planned",
                                max_length=20,
                            ),
                        ),
                        ("paid_on", models.DateField(blank=True, null=True)),
                        ("paid_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["agreement", "due_on", "number"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["planned", "disputed"])),
                                fields=["due_on"],
                                name="milestone_unsettled",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("agreement", "number"), name="milestone_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("year__isnull", False)),
                                fields=("agreement", "year"),
                                name="milestone_year_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["planned", "claimed", "disputed", "confirmed", "waived"])
                                ),
                                name="milestone_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["lump_sum", "instalment", "entry_fee", "royalty", "trial_price", "shares"],
                                    )
                                ),
                                name="milestone_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "royalty"), ("year__isnull", False)),
                                    models.Q(models.Q(("kind", "royalty"), _negated=True), ("year", None)),
                                    _connector="OR",
                                ),
                                name="milestone_royalty_has_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "royalty"),
                                    models.Q(("amount_cny", None), ("kind", "shares")),
                                    models.Q(
                                        models.Q(("kind__in", ["royalty", "shares"]), _negated=True),
                                        ("amount_cny__gt", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="milestone_amount_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["claimed", "disputed", "confirmed"]), _negated=True),
                                    models.Q(
                                        ("paid_on__isnull", False),
                                        models.Q(
                                            models.Q(("kind", "shares"), ("paid_cny", None)),
                                            models.Q(("amount_cny__gt", 0), ("paid_cny__gt", 0)),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="milestone_claim_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at__isnull", False), ("state__in", ["confirmed", "waived"])),
                                    models.Q(
                                        models.Q(("state__in", ["confirmed", "waived"]), _negated=True),
                                        ("settled_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="milestone_settled_has_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recordal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agreement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recordal",
                                to="trading.agreement",
                            ),
                        ),
                        ("filed_at", models.DateTimeField()),
                        (
                            "filed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answer", models.TextField(blank=True)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("examined_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "examined_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("number", models.CharField(blank=True, max_length=60)),
                        ("recorded_on", models.DateField(blank=True, null=True)),
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
                        ("entered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "entered_by",
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
                        "indexes": [
                            models.Index(fields=["filed_at"], name="recordal_by_filing"),
                            models.Index(
                                condition=models.Q(("recorded_on__isnull", False)),
                                fields=["recorded_on"],
                                name="recordal_by_day",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("entered_at", None),
                                        ("entered_by", None),
                                        ("number", ""),
                                        ("proof", None),
                                        ("recorded_on", None),
                                    ),
                                    models.Q(
                                        models.Q(("number", ""), _negated=True),
                                        ("entered_at__isnull", False),
                                        ("entered_by__isnull", False),
                                        ("proof__isnull", False),
                                        ("recorded_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="recordal_whole",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("number",),
                                name="recordal_number_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoyaltyStatement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="trading.agreement",
                            ),
                        ),
                        (
                            "milestone",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statement",
                                to="trading.paymentmilestone",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("start", models.DateField()),
                        ("end", models.DateField()),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("due", "待申报"),
                                    ("made", "已申报"),
                                    ("questioned", "被质询"),
                                    ("accepted", "已认可"),
                                    ("lapsed", "无需申报"),
                                ],
                                default="due",
                                max_length=20,
                            ),
                        ),
                        ("base_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("percent", models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True)),
                        ("reckoned_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("minimum_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("left_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("amount_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("books_asked", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["agreement", "year"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["due", "questioned"])),
                                fields=["due_on"],
                                name="statement_awaited",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("agreement", "year"), name="statement_once_a_year"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["due", "made", "questioned", "accepted", "lapsed"])),
                                name="statement_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("end__gt", models.F("start"))), name="statement_period_lasts"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("amount_cny", None), ("base_cny", None), ("state__in", ["due", "lapsed"])
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["due", "lapsed"]), _negated=True),
                                        ("amount_cny__gte", 0),
                                        ("base_cny__isnull", False),
                                        ("percent__isnull", False),
                                        ("reckoned_cny__gte", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="statement_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PerformanceDeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deeds",
                                to="trading.agreement",
                            ),
                        ),
                        (
                            "deed",
                            models.CharField(
                                choices=[
                                    ("claimed", "声明已履行"),
                                    ("confirmed", "确认收讫"),
                                    ("disputed", "提出异议"),
                                    ("waived", "免除"),
                                    ("stated", "提交提成申报"),
                                    ("accepted", "认可提成申报"),
                                    ("questioned", "质询提成申报"),
                                    ("proposed", "提议"),
                                    ("agreed", "同意"),
                                    ("declined", "不同意"),
                                    ("withdrawn", "收回"),
                                    ("ended", "合同终结"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "milestone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deeds",
                                to="trading.paymentmilestone",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deeds",
                                to="trading.royaltystatement",
                            ),
                        ),
                        (
                            "ending",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deeds",
                                to="trading.ending",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                blank=True, choices=[("owner", "权利人"), ("buyer", "需求方")], max_length=10
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("day", models.DateField(blank=True, null=True)),
                        ("amount_cny", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("words", models.TextField(blank=True)),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "deed__in",
                                        [
                                            "claimed",
                                            "confirmed",
                                            "disputed",
                                            "waived",
                                            "stated",
                                            "accepted",
                                            "questioned",
                                            "proposed",
                                            "agreed",
                                            "declined",
                                            "withdrawn",
                                            "ended",
                                        ],
                                    )
                                ),
                                name="deed_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="trading.agreement",
                            ),
                        ),
                        ("side", models.CharField(choices=[("owner", "权利人"), ("buyer", "需求方")], max_length=10)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("signed_at", models.DateTimeField()),
                        ("digest", models.CharField(max_length=64)),
                    ],
                    options={
                        "ordering": ["signed_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("agreement", "side"), name="signature_once_per_side")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementRight",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rights",
                                to="trading.agreement",
                            ),
                        ),
                        (
                            "grant",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_right",
                                to="patents.grant",
                            ),
                        ),
                        (
                            "encumbrance",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_right",
                                to="patents.encumbrance",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("encumbrance__isnull", False), ("grant", None)),
                                    models.Q(("encumbrance", None), ("grant__isnull", False)),
                                    _connector="OR",
                                ),
                                name="right_is_one",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="agreement",
            name="offer",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreement",
                to="trading.offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declaration", None), ("negotiation__isnull", False), ("offer__isnull", False)),
                    models.Q(("declaration__isnull", False), ("negotiation", None), ("offer", None)),
                    _connector="OR",
                ),
                name="agreement_of_offer_or_declaration",
            ),
        ),
        platform_site.triggers.AddTriggers(
            triggers=[
                (
                    "agreementright",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b99a4b5401f761e267647c192eb8b641b025b967",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_6c819",
                            table="trading_agreementright",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "contracttext",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c06a0a8f430aca1ed140a41379a28500f8bb1e3c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_b1cb5",
                            table="trading_contracttext",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "conversionreport",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6c3aa1155027a0d3f97aee06c744ff6df983e21c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_b09f6",
                            table="trading_conversionreport",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "ending",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:agreed,open:declined,open:done,open:withdrawn,agreed:done,agreed:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="d6206d783b0dfbaafa1886dd910ea24e8d431add",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_64d7e",
                            table="trading_ending",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "ending",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.agreement_id, NEW.kind, NEW.side, NEW.made_by_id, NEW.made_at, NEW.reason, NEW.on_day,\n        NEW.cure_until) IS DISTINCT FROM ROW(OLD.agreement_id, OLD.kind, OLD.side, OLD.made_by_id, OLD.made_at, OLD.reason,\n        OLD.on_day, OLD.cure_until) THEN\n        RAISE EXCEPTION 'a proposal is not changed';\n    END IF;\n    IF OLD.kind = 'breach' AND OLD.state = 'open' AND NEW.state = 'done' AND clock_timestamp() < OLD.cure_until THEN\n        RAISE EXCEPTION 'the time to cure has not passed';\n    END IF;\n    RETURN NEW;\n",
                            hash="0cb775d5e6ab4bc0fcc1e3aa783af389c95dedf4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_175c8",
                            table="trading_ending",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "mediationnote",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6a226a1bb45fb400951dac3e6bab78fdfc211c76",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_087f6",
                            table="trading_mediationnote",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "mediationrelease",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="666ca2c7db7be7686ed0dd89a09f8862206c7490",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_40caa",
                            table="trading_mediationrelease",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "mediationrelease",
                    pgtrigger.compiler.Trigger(
                        name="own_words",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM trading_mediation asked\n        JOIN trading_message said ON said.id = NEW.message_id AND said.negotiation_id = asked.negotiation_id\n        JOIN trading_party author ON author.negotiation_id = asked.negotiation_id AND author.user_id = said.author_id\n        JOIN trading_party releasing ON releasing.negotiation_id = asked.negotiation_id\n            AND releasing.user_id = NEW.released_by_id AND releasing.left_at IS NULL AND releasing.side = author.side\n        WHERE asked.id = NEW.mediation_id AND asked.state IN ('asked', 'accepted')\n    ) THEN\n        RAISE EXCEPTION 'a party releases what its own side wrote, while the office is asked';\n    END IF;\n    RETURN NEW;\n",
                            hash="b106d26631983a2f825679c9c63bd4e03bbf412d",
                            operation="INSERT",
                            pgid="pgtrigger_own_words_bc5d6",
                            table="trading_mediationrelease",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "messagefile",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fb488b6c689b4d08e62b88d3bbffd47d889845e1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_8fdd9",
                            table="trading_messagefile",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "fileopening",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6e74b4c1a7e1ad6ead9e64de55e253091f08cafe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_0282c",
                            table="trading_fileopening",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "fileopening",
                    pgtrigger.compiler.Trigger(
                        name="opened_by_right",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM trading_messagefile held\n        JOIN trading_message said ON said.id = held.message_id\n        JOIN trading_party reader ON reader.negotiation_id = said.negotiation_id\n            AND reader.user_id = NEW.user_id AND reader.left_at IS NULL\n        WHERE held.id = NEW.file_id AND held.is_confidential\n        AND (\n            EXISTS (\n                SELECT 1 FROM trading_party author\n                WHERE author.negotiation_id = said.negotiation_id AND author.user_id = said.author_id\n                AND author.side = reader.side\n            )\n            OR EXISTS (\n                SELECT 1 FROM trading_undertaking given\n                WHERE given.negotiation_id = said.negotiation_id AND given.user_id = NEW.user_id\n            )\n        )\n    ) THEN\n        RAISE EXCEPTION 'a confidential file is opened under an undertaking';\n    END IF;\n    RETURN NEW;\n",
                            hash="9cab3db4290dcae243c7dba4d2088f380b0c784b",
                            operation="INSERT",
                            pgid="pgtrigger_opened_by_right_f9a66",
                            table="trading_fileopening",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "negotiation",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:closed,closed:open}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="b8be819b6c018d51c260294529a0d8ead6068e7b",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_9b93a",
                            table="trading_negotiation",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "message",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1000e0e0cab371fd1f7dc79f8684f75fe38eccd5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_6ff38",
                            table="trading_message",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "mediation",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:accepted,asked:declined,asked:withdrawn,accepted:closed,accepted:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="c37b531bf91c49f504b6d1cd52a6cbbc92ddd1bd",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_b8a4e",
                            table="trading_mediation",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "mediation",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR (OLD.negotiation_id, OLD.province_id, OLD.asked_by_id, OLD.reason, OLD.asked_at)\n        IS DISTINCT FROM (NEW.negotiation_id, NEW.province_id, NEW.asked_by_id, NEW.reason, NEW.asked_at)\n        OR (OLD.ended_at IS NOT NULL AND (OLD.outcome, OLD.ended_at, OLD.officer_id)\n            IS DISTINCT FROM (NEW.outcome, NEW.ended_at, NEW.officer_id))\n    THEN\n        RAISE EXCEPTION 'what was asked of an office and what became of it is on record';\n    END IF;\n    RETURN NEW;\n",
                            hash="76bdc29530ab75795a02511369158980a0f4a0c5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_7df50",
                            table="trading_mediation",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "offer",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:accepted,open:countered,open:declined,open:expired,open:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="9e40156c7db6fee0d39a0d8a3fd8f2120b1b0934",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_d5a69",
                            table="trading_offer",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "offer",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - ARRAY['state', 'decided_by_id', 'decided_at', 'reason', 'made_impossible_by_id'] <> to_jsonb(OLD) - ARRAY['state', 'decided_by_id', 'decided_at', 'reason', 'made_impossible_by_id'] THEN\n        RAISE EXCEPTION 'an offer is not changed';\n    END IF;\n    IF OLD.state = 'open' AND NEW.state = 'accepted' AND OLD.valid_until <= NEW.decided_at THEN\n        RAISE EXCEPTION 'an offer is not accepted after its time';\n    END IF;\n    IF NEW.state = 'accepted' AND OLD.state <> 'accepted' AND (\n        SELECT count(DISTINCT user_id) FROM accounts_verification\n        WHERE state = 'verified' AND user_id IN (OLD.made_by_id, NEW.decided_by_id)\n    ) < 2 THEN\n        RAISE EXCEPTION 'an offer is made and accepted by verified parties';\n    END IF;\n    RETURN NEW;\n",
                            hash="24cc84604895751e677de6c4dadef6e486441af2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_2cd77",
                            table="trading_offer",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "offerpatent",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5b0a587e3454c2ad1af9a2934435e8a22693c81a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_25c1f",
                            table="trading_offerpatent",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "opendeclaration",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{declared:in_force,declared:lapsed,declared:returned,declared:withdrawn,in_force:lapsed,in_force:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="3af9f2be4bd487eebcf2a0ef53ada1f1ad78d263",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_3af3c",
                            table="trading_opendeclaration",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "opendeclaration",
                    pgtrigger.compiler.Trigger(
                        name="begins_filed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (NEW.\"state\" = 'declared'))",
                            func="RAISE EXCEPTION 'a declaration begins filed';",
                            hash="5c3e53804a23d0c72cc475e919202a429c909944",
                            operation="INSERT",
                            pgid="pgtrigger_begins_filed_62b13",
                            table="trading_opendeclaration",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "opendeclaration",
                    pgtrigger.compiler.Trigger(
                        name="needs_report",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NEW.report_id IS NULL AND (SELECT kind FROM patents_patent WHERE id = NEW.patent_id) IN ('utility_model', 'design') THEN\n        RAISE EXCEPTION 'a declaration of a utility model or design has its evaluation report';\n    END IF;\n    RETURN NEW;\n",
                            hash="d694eff0e67d9d857d72d35c48f6577ff61c8c28",
                            operation="INSERT",
                            pgid="pgtrigger_needs_report_9d8bb",
                            table="trading_opendeclaration",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "opendeclaration",
                    pgtrigger.compiler.Trigger(
                        name="announced_needs",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'in_force' AND OLD.\"state\" = 'declared')",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM patents_encumbrance lying WHERE lying.id = NEW.encumbrance_id AND lying.patent_id = NEW.patent_id\n        AND lying.kind = 'open_declaration'\n    ) THEN\n        RAISE EXCEPTION 'a declaration in force stands in the ledger';\n    END IF;\n    RETURN NEW;\n",
                            hash="10ca170e684133529e1f64d889da663f5c1d36a1",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_announced_needs_23037",
                            table="trading_opendeclaration",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "opendeclaration",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - ARRAY['state', 'announced_on', 'number', 'announced_by_id', 'announced_at', 'proof_id', 'encumbrance_id', 'reason', 'closed_by_id', 'closed_at'] <> to_jsonb(OLD) - ARRAY['state', 'announced_on', 'number', 'announced_by_id', 'announced_at', 'proof_id', 'encumbrance_id', 'reason', 'closed_by_id', 'closed_at'] THEN\n        RAISE EXCEPTION 'a declaration is not changed';\n    END IF;\n    IF OLD.announced_on IS NOT NULL AND ROW(NEW.announced_on, NEW.number, NEW.announced_by_id, NEW.proof_id, NEW.encumbrance_id)\n        IS DISTINCT FROM ROW(OLD.announced_on, OLD.number, OLD.announced_by_id, OLD.proof_id, OLD.encumbrance_id) THEN\n        RAISE EXCEPTION 'an announcement is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="a234919e89a92caeeda448d54b8a3b4beaa7f369",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_421d8",
                            table="trading_opendeclaration",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "agreement",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{drafted:expired,drafted:signed,drafted:terminated,signed:completed,signed:expired,signed:filed,signed:terminated,filed:completed,filed:correction_requested,filed:expired,filed:pre_examined,filed:terminated,correction_requested:completed,correction_requested:expired,correction_requested:filed,correction_requested:terminated,pre_examined:completed,pre_examined:expired,pre_examined:recorded,pre_examined:terminated,recorded:completed,recorded:expired,recorded:terminated}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="9ef237aba32800e4947224c4f606f32368064258",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_59038",
                            table="trading_agreement",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "agreement",
                    pgtrigger.compiler.Trigger(
                        name="begins_unsigned",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (NEW.\"state\" = 'drafted'))",
                            func="RAISE EXCEPTION 'an agreement begins unsigned';",
                            hash="17ce91ae9b8d4576dd4fd95f0a6f80219b5f7ff5",
                            operation="INSERT",
                            pgid="pgtrigger_begins_unsigned_8449c",
                            table="trading_agreement",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "agreement",
                    pgtrigger.compiler.Trigger(
                        name="signed_needs",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'signed' AND OLD.\"state\" = 'drafted')",
                            func="\n    IF NEW.declaration_id IS NULL THEN\n        IF (SELECT count(*) FROM trading_signature s WHERE s.agreement_id = NEW.id AND s.digest = NEW.digest) < 2 THEN\n            RAISE EXCEPTION 'both sides sign the same terms';\n        END IF;\n    ELSE\n        IF (SELECT array_agg(s.user_id) FROM trading_signature s WHERE s.agreement_id = NEW.id AND s.side = 'buyer'\n            AND s.digest = NEW.digest) IS DISTINCT FROM ARRAY[NEW.buyer_id]\n            OR EXISTS (SELECT 1 FROM trading_signature s WHERE s.agreement_id = NEW.id AND s.side <> 'buyer') THEN\n            RAISE EXCEPTION 'a taking is signed by the taker alone';\n        END IF;\n        IF NOT EXISTS (SELECT 1 FROM accounts_verification v WHERE v.user_id = NEW.buyer_id AND v.state = 'verified') THEN\n            RAISE EXCEPTION 'an open licence is taken by a verified member';\n        END IF;\n        IF NOT EXISTS (\n            SELECT 1 FROM trading_opendeclaration d WHERE d.id = NEW.declaration_id AND d.state = 'in_force'\n            AND d.made_by_id = NEW.owner_id AND d.made_by_id <> NEW.buyer_id\n        ) THEN\n            RAISE EXCEPTION 'a taking has a standing declaration of the owner';\n        END IF;\n        IF NOT EXISTS (\n            SELECT 1 FROM trading_agreementright r JOIN patents_grant g ON g.id = r.grant_id\n            JOIN trading_opendeclaration d ON d.id = NEW.declaration_id AND d.patent_id = g.patent_id\n            WHERE r.agreement_id = NEW.id AND g.form = 'open'\n        ) THEN\n            RAISE EXCEPTION 'a taking has its open licence';\n        END IF;\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM trading_agreementright r JOIN patents_grant g ON g.id = r.grant_id\n        WHERE r.agreement_id = NEW.id AND g.state <> 'active'\n    ) THEN\n        RAISE EXCEPTION 'the rights of a signed agreement are active';\n    END IF;\n    RETURN NEW;\n",
                            hash="f6e1b484eda9fd724ee37dab4214e0b68bec9aef",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_signed_needs_8e383",
                            table="trading_agreement",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "agreement",
                    pgtrigger.compiler.Trigger(
                        name="recorded_needs",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'recorded')",
                            func="\n    IF NOT EXISTS (SELECT 1 FROM trading_recordal r WHERE r.agreement_id = NEW.id AND r.number <> '') THEN\n        RAISE EXCEPTION 'a recorded agreement has its number';\n    END IF;\n    RETURN NEW;\n",
                            hash="4d1a7985afcd853cde93160cc8a1501df10c0da8",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_recorded_needs_a5de9",
                            table="trading_agreement",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "agreement",
                    pgtrigger.compiler.Trigger(
                        name="parties_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF ROW(NEW.number, NEW.offer_id, NEW.negotiation_id, NEW.declaration_id, NEW.listing_id, NEW.owner_id, NEW.buyer_id,\n        NEW.code, NEW.digest, NEW.made_at, NEW.sign_by) IS DISTINCT FROM ROW(OLD.number, OLD.offer_id, OLD.negotiation_id,\n        OLD.declaration_id, OLD.listing_id, OLD.owner_id, OLD.buyer_id, OLD.code, OLD.digest, OLD.made_at, OLD.sign_by) THEN\n        RAISE EXCEPTION 'an agreement is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="80777d581416a836b2b9a054e1747ffbfe7b9ddf",
                            operation="UPDATE",
                            pgid="pgtrigger_parties_kept_675ec",
                            table="trading_agreement",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "agreement",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="de6a4ccd9d6e1640101dff276a11a715c15ab8de",
                            operation="DELETE",
                            pgid="pgtrigger_keep_rows_7e0eb",
                            table="trading_agreement",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "party",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' THEN\n        RAISE EXCEPTION 'who was in a room is on record';\n    END IF;\n    IF TG_OP = 'INSERT' THEN\n        IF EXISTS (\n            SELECT 1 FROM trading_party\n            WHERE negotiation_id = NEW.negotiation_id AND user_id = NEW.user_id AND side <> NEW.side\n        ) THEN\n            RAISE EXCEPTION 'a person stands on one side of a room';\n        END IF;\n        RETURN NEW;\n    END IF;\n    IF (OLD.negotiation_id, OLD.user_id, OLD.side, OLD.joined_at) IS DISTINCT FROM\n        (NEW.negotiation_id, NEW.user_id, NEW.side, NEW.joined_at)\n        OR (OLD.left_at IS NOT NULL AND NEW.left_at IS DISTINCT FROM OLD.left_at)\n    THEN\n        RAISE EXCEPTION 'who was in a room is on record';\n    END IF;\n    IF OLD.left_at IS NULL AND NEW.left_at IS NOT NULL THEN\n        PERFORM 1 FROM trading_negotiation WHERE id = NEW.negotiation_id FOR NO KEY UPDATE;\n        IF NOT EXISTS (\n            SELECT 1 FROM trading_party\n            WHERE negotiation_id = NEW.negotiation_id AND side = NEW.side AND left_at IS NULL AND id <> NEW.id\n        ) THEN\n            RAISE EXCEPTION 'somebody of each side stays in a room';\n        END IF;\n    END IF;\n    RETURN NEW;\n",
                            hash="0b3851de0eece7b4f0a4118ffefb600fc2ed04c1",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_kept_be53b",
                            table="trading_party",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "paymentmilestone",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{planned:claimed,planned:waived,claimed:confirmed,claimed:disputed,disputed:claimed,disputed:waived}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="02e89da38fd9f8069789ee2cf09edf00169c50e7",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_c290b",
                            table="trading_paymentmilestone",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "paymentmilestone",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.agreement_id, NEW.kind, NEW.number, NEW.year) IS DISTINCT FROM\n        ROW(OLD.agreement_id, OLD.kind, OLD.number, OLD.year) THEN\n        RAISE EXCEPTION 'a milestone is not changed';\n    END IF;\n    IF OLD.kind <> 'royalty' AND ROW(NEW.amount_cny, NEW.due_on) IS DISTINCT FROM ROW(OLD.amount_cny, OLD.due_on) THEN\n        RAISE EXCEPTION 'what the terms make due is not changed';\n    END IF;\n    IF OLD.amount_cny IS NOT NULL AND NEW.amount_cny IS DISTINCT FROM OLD.amount_cny THEN\n        RAISE EXCEPTION 'a royalty that was accepted is not changed';\n    END IF;\n    IF OLD.state IN ('confirmed', 'waived') AND NEW IS DISTINCT FROM OLD THEN\n        RAISE EXCEPTION 'what is settled is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="aae55447930fdb7aa6bf0f4ff1e9a82519636eac",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_68217",
                            table="trading_paymentmilestone",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "recordal",
                    pgtrigger.compiler.Trigger(
                        name="facts_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF OLD.number <> '' AND ROW(NEW.number, NEW.recorded_on, NEW.proof_id, NEW.entered_by_id, NEW.entered_at)\n        IS DISTINCT FROM ROW(OLD.number, OLD.recorded_on, OLD.proof_id, OLD.entered_by_id, OLD.entered_at) THEN\n        RAISE EXCEPTION 'what the national office has recorded is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="3f9c5ef3bdc889d3b3bb146ab7c4086fadda61b9",
                            operation="UPDATE",
                            pgid="pgtrigger_facts_kept_19ae9",
                            table="trading_recordal",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "recordal",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="1608be8822049f2ac12347aabfb3659e8f0136bc",
                            operation="DELETE",
                            pgid="pgtrigger_keep_rows_f6ef3",
                            table="trading_recordal",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "royaltystatement",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{due:lapsed,due:made,made:accepted,made:questioned,questioned:made}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="8ff847d259ffb57f5a5fe1a5cb08bdf6f278afef",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_203ff",
                            table="trading_royaltystatement",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "royaltystatement",
                    pgtrigger.compiler.Trigger(
                        name="kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'DELETE' OR ROW(NEW.agreement_id, NEW.milestone_id, NEW.year) IS DISTINCT FROM\n        ROW(OLD.agreement_id, OLD.milestone_id, OLD.year) THEN\n        RAISE EXCEPTION 'a statement is not changed';\n    END IF;\n    IF OLD.state IN ('accepted', 'lapsed') AND NEW IS DISTINCT FROM OLD THEN\n        RAISE EXCEPTION 'an accepted statement is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="7fb02aa12428755897f4ee24e6c728b284e6b276",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_kept_800c4",
                            table="trading_royaltystatement",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "performancedeed",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a4867c0260fa1eb0752f926b6f354e35ddff3bea",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_f408d",
                            table="trading_performancedeed",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "signature",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="21d08e874e449bbae6e3caca714b0725ab427e93",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_4b62d",
                            table="trading_signature",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "technologyneed",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:submitted,draft:withdrawn,submitted:changes_requested,submitted:published,submitted:rejected,submitted:withdrawn,changes_requested:submitted,changes_requested:withdrawn,published:expired,published:met,published:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="999ffe34d3fb238f2e185f51b9ea7df222c3d01c",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_06d5b",
                            table="trading_technologyneed",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "technologyneed",
                    pgtrigger.compiler.Trigger(
                        name="frozen_need",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (OLD.\"state\" IN ('changes_requested', 'draft')))",
                            func="\n    IF (NEW.title_zh, NEW.title_en, NEW.problem_zh, NEW.problem_en, NEW.effect_zh, NEW.effect_en, NEW.present_zh, NEW.present_en, NEW.keywords, NEW.ipc, NEW.kinds, NEW.forms, NEW.places, NEW.budget_cny, NEW.budget_basis, NEW.trl_min, NEW.deadline, NEW.number, NEW.owner_id)\n        IS DISTINCT FROM (OLD.title_zh, OLD.title_en, OLD.problem_zh, OLD.problem_en, OLD.effect_zh, OLD.effect_en, OLD.present_zh, OLD.present_en, OLD.keywords, OLD.ipc, OLD.kinds, OLD.forms, OLD.places, OLD.budget_cny, OLD.budget_basis, OLD.trl_min, OLD.deadline, OLD.number, OLD.owner_id)\n    THEN\n        RAISE EXCEPTION 'a submitted need is not changed';\n    END IF;\n    RETURN NEW;\n",
                            hash="3150e05edf5285ba8034d1996ba982dfcf64b660",
                            operation="UPDATE",
                            pgid="pgtrigger_frozen_need_d58f8",
                            table="trading_technologyneed",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "technologyneed",
                    pgtrigger.compiler.Trigger(
                        name="published_needs",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" = 'published')",
                            func="\n    IF NOT EXISTS (SELECT 1 FROM accounts_verification WHERE user_id = NEW.owner_id AND state = 'verified') THEN\n        RAISE EXCEPTION 'the owner of a published need is verified';\n    END IF;\n    RETURN NEW;\n",
                            hash="6082be440a2c4c495ac39302b8701652d58c44d9",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_published_needs_71cbb",
                            table="trading_technologyneed",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "technologyneed",
                    pgtrigger.compiler.Trigger(
                        name="kept_need",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="de9a76653916a9de5bf04bd5a5f6523460879aab",
                            operation="DELETE",
                            pgid="pgtrigger_kept_need_242b4",
                            table="trading_technologyneed",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "needreview",
                    pgtrigger.compiler.Trigger(
                        name="decided_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (OLD.\"decision\" = ''))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="62c8e1029c4faf003de81f31e6db9fa82f40064a",
                            operation="UPDATE",
                            pgid="pgtrigger_decided_once_22ad6",
                            table="trading_needreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "needreview",
                    pgtrigger.compiler.Trigger(
                        name="kept_review",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="25d710fcf01d31c1173b6c61316cd22dcd7fde24",
                            operation="DELETE",
                            pgid="pgtrigger_kept_review_73b4f",
                            table="trading_needreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "needproposal",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:accepted,open:declined,open:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="d947ce449b86a6319f2887c6d86324d3727411c8",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_5e519",
                            table="trading_needproposal",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "needproposal",
                    pgtrigger.compiler.Trigger(
                        name="said_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF (NEW.need_id, NEW.listing_id, NEW.text) IS DISTINCT FROM (OLD.need_id, OLD.listing_id, OLD.text) THEN RAISE EXCEPTION 'a proposal is not changed'; END IF; RETURN NEW;",
                            hash="8e3731c53ebd82f652ef7d56e3886f3b3723a5ae",
                            operation="UPDATE",
                            pgid="pgtrigger_said_once_d8877",
                            table="trading_needproposal",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "needproposal",
                    pgtrigger.compiler.Trigger(
                        name="kept_proposal",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c863ebd7dc4cdb65db0927d1283a7b49962790d6",
                            operation="DELETE",
                            pgid="pgtrigger_kept_proposal_d132b",
                            table="trading_needproposal",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "needcondition",
                    pgtrigger.compiler.Trigger(
                        name="frozen_condition",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE need_state TEXT;",
                            func="\n    SELECT state INTO need_state FROM trading_technologyneed WHERE id = COALESCE(NEW.need_id, OLD.need_id);\n    IF need_state IS NOT NULL AND need_state NOT IN ('draft', 'changes_requested') THEN\n        RAISE EXCEPTION 'a submitted need is not changed';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="d12543a1c8c0da5332145ff2e78b363ffdcc2583",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_frozen_condition_2ceec",
                            table="trading_needcondition",
                            when="BEFORE",
                        ),
                    ),
                ),
                (
                    "undertaking",
                    pgtrigger.compiler.Trigger(
                        name="keep_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8328bffca3ba8d8d1f5bec7e59d4ea81a89b3570",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_rows_5043c",
                            table="trading_undertaking",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
