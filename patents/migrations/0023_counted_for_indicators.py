"""What the indicators of the annual plans count is found by its day, of a million."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("patents", "0022_open_grant_asked_once")]

    operations = [
        AddIndexConcurrently(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("state", "published")), fields=["province"], name="listing_on_market"
            ),
        ),
        AddIndexConcurrently(
            model_name="review",
            index=models.Index(
                condition=models.Q(("decision", ""), _negated=True), fields=["decided_at"], name="review_by_decision"
            ),
        ),
    ]
