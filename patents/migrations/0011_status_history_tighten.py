"""Whoever suspended a listing is named now; the old yes-or-no goes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patents", "0010_status_history_fill")]

    operations = [
        migrations.RemoveField(
            model_name="listing",
            name="suspended_by_office",
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "suspended"), ("suspended_by__in", ["owner", "office", "status"])),
                    models.Q(
                        models.Q(("state__in", ["suspended", "published"]), _negated=True),
                        ("suspended_by__in", ["", "owner", "office", "status"]),
                    ),
                    models.Q(("state", "published"), ("suspended_by", "")),
                    _connector="OR",
                ),
                name="listing_suspended_by_somebody",
            ),
        ),
    ]
