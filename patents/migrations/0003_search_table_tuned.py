"""The search table as measured (performance.md 4): its text lies apart from the narrow rows, and rare words are known as rare.

With the default statistics a word in 23 of a million rows is taken for one in 5,000, and the whole table is walked for it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    replaces = [("patents", "0005_search_table_tuning")]
    dependencies = [("patents", "0002_ledger_guarded")]

    operations = [
        migrations.RunSQL(
            sql=[
                "ALTER TABLE patents_searchrow ALTER COLUMN doc SET STATISTICS 2000",
                "ALTER TABLE patents_searchrow ALTER COLUMN doc SET STORAGE EXTERNAL",
                "ALTER TABLE patents_searchrow ALTER COLUMN ipc SET STATISTICS 1000",
                "ALTER TABLE patents_searchrow SET (toast_tuple_target = 128)",
            ],
            reverse_sql=[
                "ALTER TABLE patents_searchrow RESET (toast_tuple_target)",
                "ALTER TABLE patents_searchrow ALTER COLUMN ipc SET STATISTICS -1",
                "ALTER TABLE patents_searchrow ALTER COLUMN doc SET STORAGE EXTENDED",
                "ALTER TABLE patents_searchrow ALTER COLUMN doc SET STATISTICS -1",
            ],
        )
    ]
