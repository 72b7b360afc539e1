"""Same-day patents are found by their filing date, of a million."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("patents", "0016_patent_twin")]

    operations = [
        AddIndexConcurrently(
            model_name="patent",
            index=models.Index(fields=["filing_date"], name="patent_by_filing_date"),
        ),
    ]
