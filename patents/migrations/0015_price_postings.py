"""Public research bodies post their price before they conclude; the ledger says how a price was found."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("patents", "0014_offers_follow_ledger")]

    operations = [
        migrations.CreateModel(
            name="PriceObjection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000)),
                ("filed_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, max_length=2000)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["filed_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="PricePosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        choices=[("agreement", "协议定价"), ("market", "在技术交易市场挂牌交易"), ("auction", "拍卖")],
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("posted_on", models.DateField()),
                ("until", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("posted", "公示"), ("withdrawn", "已撤回")], default="posted", max_length=20
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closing_reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["-posted_on", "-id"],
            },
        ),
        migrations.AddField(
            model_name="grant",
            name="price_method",
            field=models.CharField(
                blank=True,
                choices=[("agreement", "协议定价"), ("market", "在技术交易市场挂牌交易"), ("auction", "拍卖")],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="price_posted_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="grant",
            name="price_posted_where",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="title",
            name="price_method",
            field=models.CharField(
                blank=True,
                choices=[("agreement", "协议定价"), ("market", "在技术交易市场挂牌交易"), ("auction", "拍卖")],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="title",
            name="price_posted_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="title",
            name="price_posted_where",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="priceobjection",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="priceobjection",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="priceposting",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="priceposting",
            name="listing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="patents.listing"
            ),
        ),
        migrations.AddField(
            model_name="priceposting",
            name="posted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="priceposting",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patents.listingversion"
            ),
        ),
        migrations.AddField(
            model_name="priceobjection",
            name="posting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="patents.priceposting"
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
        migrations.AddIndex(
            model_name="priceposting",
            index=models.Index(fields=["-posted_on", "-id"], name="posting_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="priceposting",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["assignment", "exclusive", "sole", "ordinary", "open"])),
                name="posting_form_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceposting",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["agreement", "market", "auction"])), name="posting_method_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="priceposting",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["posted", "withdrawn"])), name="posting_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="priceposting",
            constraint=models.CheckConstraint(
                condition=models.Q(("price_cny__gte", 0), models.Q(("price_basis", "negotiable"), _negated=True)),
                name="posting_has_price",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceposting",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("posted_on"))), name="posting_lasts"
            ),
        ),
        migrations.AddConstraint(
            model_name="priceposting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("state", "posted")),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), ("state", "withdrawn")),
                    _connector="OR",
                ),
                name="posting_closed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceposting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "posted")), fields=("listing", "form"), name="posting_one_per_form"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceposting",
            trigger=pgtrigger.compiler.Trigger(
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
        pgtrigger.migrations.AddTrigger(
            model_name="priceposting",
            trigger=pgtrigger.compiler.Trigger(
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
        migrations.AddConstraint(
            model_name="priceobjection",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="priceobjection",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="objection_says_something"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="priceobjection",
            trigger=pgtrigger.compiler.Trigger(
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
        pgtrigger.migrations.AddTrigger(
            model_name="priceobjection",
            trigger=pgtrigger.compiler.Trigger(
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
        migrations.AddConstraint(
            model_name="priceobjection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "")), fields=("posting", "author"), name="objection_one_open_each"
            ),
        ),
    ]
