"""Whether a declaration stood on the day of signing is asked of an open licence when it is written, not when it is recorded later.

A declaration that is withdrawn on the day of a taking leaves the taker untouched (Patent Law art. 50): its day has no
declaration any more, and the number of its recordal must still find its way into the row.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("patents.migrations.0020_grant_of_a_living_right").AFTER
ASKED = "    IF new.form = 'open' AND NOT EXISTS (\n"
AFTER = BEFORE.replace(
    ASKED,
    "    IF new.form = 'open' AND NOT EXISTS (SELECT 1 FROM patents_grant WHERE id = new.id) AND NOT EXISTS (\n",
    1,
)


class Migration(migrations.Migration):
    dependencies = [("patents", "0021_recordal_once")]

    operations = [migrations.RunSQL(sql=AFTER, reverse_sql=BEFORE)]
