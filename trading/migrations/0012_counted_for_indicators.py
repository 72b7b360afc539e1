"""What the indicators of the annual plans count is found by its day, of a million."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("trading", "0011_open_licences")]

    operations = [
        AddIndexConcurrently(
            model_name="agreement",
            index=models.Index(
                condition=models.Q(("signed_at__isnull", False)), fields=["signed_at"], name="agreement_by_signature"
            ),
        ),
        AddIndexConcurrently(
            model_name="conversionreport",
            index=models.Index(fields=["year"], name="conversion_by_year"),
        ),
        AddIndexConcurrently(
            model_name="negotiation",
            index=models.Index(fields=["opened_at"], name="negotiation_by_opening"),
        ),
        AddIndexConcurrently(
            model_name="opendeclaration",
            index=models.Index(fields=["announced_on"], name="declaration_by_announcement"),
        ),
        AddIndexConcurrently(
            model_name="recordal",
            index=models.Index(
                condition=models.Q(("recorded_on__isnull", False)), fields=["recorded_on"], name="recordal_by_day"
            ),
        ),
        AddIndexConcurrently(
            model_name="technologyneed",
            index=models.Index(fields=["published_at"], name="need_by_publication"),
        ),
    ]
