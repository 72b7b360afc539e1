import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("regions", "0001_initial"),
        ("regions", "0002_right_record_permission"),
        ("regions", "0003_mediation_permission"),
        ("regions", "0004_agreement_examine_permission"),
        ("regions", "0005_plan_permissions"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayOverride",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("is_working", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Province",
            fields=[
                ("code", models.CharField(max_length=6, primary_key=True, serialize=False)),
                ("slug", models.SlugField(unique=True)),
                ("name_zh", models.CharField(max_length=20)),
                ("name_en", models.CharField(max_length=20)),
                ("short", models.CharField(max_length=1)),
                ("rotation_place", models.PositiveSmallIntegerField(unique=True)),
                ("office_zh", models.CharField(max_length=60)),
                ("office_en", models.CharField(max_length=80)),
                ("office_phone", models.CharField(blank=True, max_length=40)),
                ("office_email", models.EmailField(blank=True, max_length=254)),
            ],
            options={
                "ordering": ["code"],
                "permissions": [
                    ("listing_review", "Review listings filed with this province"),
                    ("right_record", "Keep the rights ledger of patents of this province"),
                    ("agreement_examine", "Examine agreements filed with this province"),
                    ("mediation_handle", "Mediate in rooms about listings of this province, where a party asks"),
                    ("member_verify", "Verify members who chose this province's office"),
                    ("plan_comment", "Comment on draft work plans for this province"),
                    ("task_report", "Report on work-plan tasks of this province"),
                    ("policy_keep", "Keep the preferential policies of this province"),
                    ("support_decide", "Decide on applications for support of this province"),
                    ("facility_keep", "Keep the shared facilities of this province"),
                    ("expo_run", "Run the expo in the year that this province hosts it"),
                    ("exhibit_review", "Review the exhibitors of this province's delegation to an expo"),
                ],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__in", ("140000", "340000", "360000", "410000", "420000", "430000"))),
                        name="province_one_of_the_six",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProvinceGroupObjectPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="regions.province"),
                ),
            ],
            options={
                "abstract": False,
                "unique_together": {("group", "permission", "content_object")},
            },
        ),
        migrations.CreateModel(
            name="ProvinceUserObjectPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="regions.province"),
                ),
            ],
            options={
                "abstract": False,
                "unique_together": {("user", "permission", "content_object")},
            },
        ),
    ]
