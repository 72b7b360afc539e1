"""A licence is of a right that lives: PostgreSQL itself refuses one that outlasts the patent, or is of a dead one.

The same as `_refusals` of actions/rights.py, asked when the licence is written: what comes upon the patent later takes
nothing back. The day without protection is that of patents/annuities.py; here it is counted by PostgreSQL.
"""

from importlib import import_module

from django.db import migrations

END_OF_TERM = """
CREATE FUNCTION patents_end_of_term(kind text, filed date, compensation integer) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (filed + make_interval(years => CASE
        WHEN kind = 'invention' THEN 20
        WHEN kind = 'design' AND filed >= '2021-06-01' THEN 15
        ELSE 10 END))::date + compensation
$$;
"""

LIVING = """
CREATE FUNCTION patents_grant_of_living(new patents_grant) RETURNS void LANGUAGE plpgsql AS $$
DECLARE held record;
BEGIN
    IF EXISTS (SELECT 1 FROM patents_grant WHERE id = new.id) THEN
        RETURN;  -- neither its end nor the day of signature can change
    END IF;
    SELECT legal_status, status_as_of, patents_end_of_term(kind, filing_date, term_compensation_days) AS ends
    INTO held FROM patents_patent WHERE id = new.patent_id;
    IF new."end" > held.ends THEN  -- neither holds on that day any more
        RAISE EXCEPTION 'ledger:term:patent:%', new.patent_id USING ERRCODE = 'exclusion_violation';
    END IF;
    IF new.signed_on >= held.status_as_of AND held.legal_status NOT IN ('in_force', 'late_fee', 'pending') THEN
        RAISE EXCEPTION 'ledger:not_alive:patent:%', new.patent_id USING ERRCODE = 'exclusion_violation';
    END IF;
END $$;
"""

BEFORE = import_module("patents.migrations.0008_ledger_guards").GRANT_GUARD.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
# The patent is locked and an end has been let through; the rest of the guard stays as it is.
FIRST = "    IF NOT EXISTS (\n        SELECT 1 FROM patents_title held"
AFTER = BEFORE.replace(FIRST, f"    PERFORM patents_grant_of_living(new);\n{FIRST}", 1)


class Migration(migrations.Migration):
    dependencies = [("patents", "0019_traded_entries")]

    operations = [
        migrations.RunSQL(
            sql=END_OF_TERM + LIVING + AFTER,
            reverse_sql=BEFORE + "DROP FUNCTION patents_grant_of_living, patents_end_of_term;",
        ),
    ]
