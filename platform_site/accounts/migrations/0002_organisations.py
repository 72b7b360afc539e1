import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import platform_site.accounts.fields
import platform_site.triggers


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("accounts", "0002_people_and_places"),
        ("accounts", "0003_sessions_of_people"),
    ]

    dependencies = [
        ("accounts", "0001_people"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("files", "0001_initial"),
        ("regions", "0001_six_provinces"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("credit_code", models.CharField(max_length=18, unique=True)),
                ("name_zh", models.CharField(max_length=120)),
                ("name_en", models.CharField(blank=True, max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "企业"),
                            ("university", "高等院校"),
                            ("institute", "科研院所"),
                            ("other", "其他单位"),
                        ],
                        default="enterprise",
                        max_length=20,
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
                ("city_code", models.CharField(blank=True, max_length=6)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["enterprise", "university", "institute", "other"])),
                        name="organisation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credit_code__regex", "^[0-9A-HJ-NPQRTUWXY]{18}$")),
                        name="organisation_credit_code_form",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.organisation",
                    ),
                ),
                ("joined_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)), fields=("user",), name="membership_one_at_a_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("device", models.CharField(blank=True, max_length=40)),
                ("network", models.CharField(blank=True, max_length=50)),
            ],
            options={
                "indexes": [models.Index(fields=["user", "-seen_at"], name="session_by_user")],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                ("real_name", models.CharField(max_length=60)),
                (
                    "identity_kind",
                    models.CharField(
                        choices=[("resident", "居民身份证"), ("passport", "护照或其他证件")],
                        default="resident",
                        max_length=20,
                    ),
                ),
                ("identity_number", platform_site.accounts.fields.EncryptedTextField()),
                ("identity_hash", models.CharField(max_length=64)),
                ("identity_tail", models.CharField(max_length=4)),
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
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "待核验"),
                            ("verified", "已核验"),
                            ("refused", "未通过"),
                            ("withdrawn", "已撤回"),
                            ("revoked", "已撤销"),
                        ],
                        default="submitted",
                        max_length=20,
                    ),
                ),
                ("submitted_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-submitted_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["submitted", "verified", "refused", "withdrawn", "revoked"])),
                        name="verification_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["submitted", "verified"])),
                        fields=("user",),
                        name="verification_one_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "verified")),
                        fields=("identity_hash",),
                        name="verification_one_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="verification_refusal_has_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="office",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.province",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="province",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.province",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("province", None), ("office", None), ("office", models.F("province")), _connector="OR"
                ),
                name="user_office_is_own_province",
            ),
        ),
        platform_site.triggers.AddTriggers(
            triggers=[
                (
                    "verification",
                    pgtrigger.compiler.Trigger(
                        name="legal_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{submitted:refused,submitted:verified,submitted:withdrawn,verified:revoked}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="62b58d6a3089e9ad2d2cea3e6c5f7d2677aa5d7f",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_moves_7e821",
                            table="accounts_verification",
                            when="BEFORE",
                        ),
                    ),
                )
            ],
        ),
    ]
