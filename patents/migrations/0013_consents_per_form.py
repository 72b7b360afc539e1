"""A co-owners' consent is of named forms of transfer: whoever stated it for all of them keeps it for all four.

The column changes its type in place: submitted texts are frozen, and a change of type runs no trigger.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

ALL_FOUR = "ARRAY['assignment', 'exclusive', 'sole', 'open']::varchar(20)[]"


class Migration(migrations.Migration):
    dependencies = [("patents", "0012_draft_input_and_views")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    sql=f"""
                    ALTER TABLE patents_listingversion RENAME COLUMN consent_stated TO consents;
                    ALTER TABLE patents_listingversion ALTER COLUMN consents TYPE varchar(20)[]
                        USING CASE WHEN consents THEN {ALL_FOUR} ELSE '{{}}'::varchar(20)[] END;
                    """,
                    reverse_sql="""
                    ALTER TABLE patents_listingversion RENAME COLUMN consents TO consent_stated;
                    ALTER TABLE patents_listingversion ALTER COLUMN consent_stated TYPE boolean
                        USING cardinality(consent_stated) > 0;
                    """,
                ),
            ],
            state_operations=[
                migrations.RenameField("listingversion", "consent_stated", "consents"),
                migrations.AlterField(
                    "listingversion",
                    "consents",
                    ArrayField(models.CharField(max_length=20), blank=True, default=list, size=None),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="listingversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("consents__contained_by", ["assignment", "exclusive", "sole", "open"])),
                name="version_consents_known",
            ),
        ),
    ]
