"""An invention and a utility model filed the same day by the same applicant know of each other."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patents", "0015_price_postings")]

    operations = [
        migrations.AddField(
            model_name="patent",
            name="twin_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patent",
            trigger=pgtrigger.compiler.Trigger(
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
        migrations.AddConstraint(
            model_name="patent",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="patent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("twin_number", ""), _negated=True),
                fields=("twin_number",),
                name="patent_twin_of_one",
            ),
        ),
    ]
