"""What PostgreSQL itself refuses in the rights ledger (domain.md 5, decision 0012).

Codes become ranges of numbers, so that "within" and "overlaps" are operators of the database: a province of GB/T 2260
holds its cities, a prefix of the IPC or of GB/T 4754 what lies below it, an empty list everything. A licence takes a
slot: an exclusive one the whole line, a sole one all but the place of its one companion (Interpretation art. 27), each
ordinary or open one a place of its own, a compulsory one none. Two licences that overlap in all of these cannot stand.
The guards lock the patent before they look, because a constraint inserts first and waits afterwards.
"""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

SPANS = """
CREATE FUNCTION patents_territory(codes text[]) RETURNS int4multirange LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN cardinality(codes) = 0 THEN '{(,)}'::int4multirange ELSE (
        SELECT range_agg(int4range(code::int, code::int
            + CASE WHEN code LIKE '__0000' THEN 10000 WHEN code LIKE '____00' THEN 100 ELSE 1 END))
        FROM unnest(codes) AS code) END
$$;

CREATE FUNCTION patents_ipc_span(prefixes text[]) RETURNS int4multirange LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE((
        SELECT range_agg(int4range(low, low + width)) FROM (
            SELECT (ascii(symbol) - 65) * 26000000
                + COALESCE(NULLIF(substr(symbol, 2, 2), '')::int, 0) * 260000
                + COALESCE(ascii(NULLIF(substr(symbol, 4, 1), '')) - 65, 0) * 10000
                + COALESCE(NULLIF(split_part(substr(symbol, 5), '/', 1), '')::int, 0) AS low,
                CASE length(symbol) WHEN 1 THEN 26000000 WHEN 3 THEN 260000 WHEN 4 THEN 10000 ELSE 1 END AS width
            FROM unnest(prefixes) AS symbol WHERE symbol NOT LIKE 'GB/T4754-%'
        ) AS numbered
    ), '{(,)}'::int4multirange)
$$;

CREATE FUNCTION patents_industry_span(prefixes text[]) RETURNS int4multirange LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE((
        SELECT range_agg(CASE length(code)
            WHEN 1 THEN int4range(split_part(divisions, '-', 1)::int * 100, (split_part(divisions, '-', 2)::int + 1) * 100)
            ELSE int4range(rpad(substr(code, 2), 4, '0')::int,
                rpad(substr(code, 2), 4, '0')::int + (10 ^ (5 - length(code)))::int) END)
        FROM (SELECT substr(prefix, 10) AS code FROM unnest(prefixes) AS prefix WHERE prefix LIKE 'GB/T4754-%') AS cut
        JOIN (VALUES ('A', '01-05'), ('B', '06-12'), ('C', '13-43'), ('D', '44-46'), ('E', '47-50'), ('F', '51-52'),
            ('G', '53-60'), ('H', '61-62'), ('I', '63-65'), ('J', '66-69'), ('K', '70-70'), ('L', '71-72'),
            ('M', '73-75'), ('N', '76-79'), ('O', '80-82'), ('P', '83-83'), ('Q', '84-85'), ('R', '86-90'),
            ('S', '91-96'), ('T', '97-97')) AS section (letter, divisions) ON letter = left(code, 1)
    ), '{(,)}'::int4multirange)
$$;

CREATE FUNCTION patents_field_known(prefixes text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(bool_and(prefix ~ '^[A-H]([0-9]{2}([A-Z]([0-9]{1,4}/00)?)?)?$'), true)
        OR bool_and(prefix ~ '^GB/T4754-[A-T]([0-9]{2,4})?$') FROM unnest(prefixes) AS prefix
$$;

CREATE FUNCTION patents_slot(form text, beside bigint, own bigint) RETURNS int8range LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN form = 'exclusive' THEN int8range(0, NULL)
        WHEN form = 'sole' THEN int8range(1, NULL)
        WHEN form = 'compulsory' THEN 'empty'::int8range
        WHEN beside IS NOT NULL THEN int8range(0, 1)
        ELSE int8range(own, own + 1) END
$$;
"""

COLUMNS = """
ALTER TABLE patents_grant
    ADD COLUMN territory int4multirange GENERATED ALWAYS AS (patents_territory(provinces::text[])) STORED,
    ADD COLUMN ipc_span int4multirange GENERATED ALWAYS AS (patents_ipc_span(field::text[])) STORED,
    ADD COLUMN industry_span int4multirange GENERATED ALWAYS AS (patents_industry_span(field::text[])) STORED,
    ADD COLUMN slot int8range GENERATED ALWAYS AS (patents_slot(form, beside_id, id)) STORED,
    ADD COLUMN period daterange GENERATED ALWAYS AS (daterange(start, LEAST("end", ended_on))) STORED,
    ADD CONSTRAINT grant_field_known CHECK (patents_field_known(field::text[])),
    ADD CONSTRAINT grant_no_conflict EXCLUDE USING gist (
        patent_id WITH =, territory WITH &&, ipc_span WITH &&, industry_span WITH &&, slot WITH &&, period WITH &&
    ) WHERE (parent_id IS NULL);

ALTER TABLE patents_encumbrance
    ADD COLUMN period daterange GENERATED ALWAYS AS (daterange(start, "end")) STORED,
    ADD CONSTRAINT encumbrance_once EXCLUDE USING gist (patent_id WITH =, kind WITH =, period WITH &&)
        WHERE (kind IN ('pledge', 'open_declaration', 'assignment_signed'));

ALTER TABLE patents_title
    ADD COLUMN period daterange GENERATED ALWAYS AS (daterange(start, "end")) STORED,
    ADD CONSTRAINT title_one_at_a_time EXCLUDE USING gist (patent_id WITH =, period WITH &&);
"""

# Shared by the three guards: what lies on the patent on the day of the act and does not let this right pass.
STANDS_IN_THE_WAY = """
CREATE FUNCTION patents_way_is_clear(
    patent bigint, wanted text, act_on date, agreed boolean, besides bigint
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE obstacle record;
BEGIN
    SELECT * INTO obstacle FROM patents_encumbrance lying
    WHERE lying.patent_id = patent AND lying.id IS DISTINCT FROM besides
    AND act_on >= lying.start AND act_on < COALESCE(lying."end", 'infinity'::date)
    AND (lying.kind IN ('preservation', 'suspension', 'assignment_signed')
        OR (lying.kind = 'pledge' AND NOT agreed AND NOT wanted = ANY (lying.consents))
        OR (lying.kind = 'option' AND wanted IN ('assignment', 'exclusive', 'sole') AND NOT wanted = ANY (lying.consents)))
    ORDER BY lying.start, lying.id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger:%:encumbrance:%', obstacle.kind, obstacle.id USING ERRCODE = 'exclusion_violation';
    END IF;
END $$;
"""

END_OF_TERM = """
CREATE FUNCTION patents_end_of_term(kind text, filed date, compensation integer) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (filed + make_interval(years => CASE
        WHEN kind = 'invention' THEN 20
        WHEN kind = 'design' AND filed >= '2021-06-01' THEN 15
        ELSE 10 END))::date + compensation
$$;
"""

# A licence is of a right that lives, on the day it is written: what comes upon the patent later takes nothing back. The day
# without protection is that of patents/annuities.py; here it is counted by PostgreSQL.
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

# Whether a declaration stands is asked of an open licence when it is written, not when its recordal is entered: a
# withdrawal leaves earlier takers untouched (Patent Law art. 50).
GRANT_GUARD = """
CREATE FUNCTION patents_grant_guard(new patents_grant) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    co_owned_patent boolean;
    above patents_grant;
    existing bigint;
    wanted_period daterange := daterange(new.start, LEAST(new."end", new.ended_on));
    wanted_territory int4multirange := patents_territory(new.provinces::text[]);
    wanted_ipc int4multirange := patents_ipc_span(new.field::text[]);
    wanted_industry int4multirange := patents_industry_span(new.field::text[]);
BEGIN
    SELECT co_owned INTO co_owned_patent FROM patents_patent WHERE id = new.patent_id FOR NO KEY UPDATE;
    IF new.state = 'ended' AND EXISTS (SELECT 1 FROM patents_grant WHERE id = new.id) THEN
        RETURN;  -- an end only gives rights back
    END IF;
    PERFORM patents_grant_of_living(new);
    IF NOT EXISTS (
        SELECT 1 FROM patents_title held WHERE held.id = new.title_id AND held.patent_id = new.patent_id
        AND new.signed_on >= held.start AND new.signed_on < COALESCE(held."end", 'infinity'::date)
    ) THEN
        RAISE EXCEPTION 'ledger:not_owner:title:%', new.title_id USING ERRCODE = 'exclusion_violation';
    END IF;
    IF co_owned_patent AND new.form IN ('exclusive', 'sole') AND NOT new.co_owners_agree THEN
        RAISE EXCEPTION 'ledger:co_owners:patent:%', new.patent_id USING ERRCODE = 'exclusion_violation';
    END IF;
    IF new.form <> 'compulsory' THEN
        PERFORM patents_way_is_clear(new.patent_id, new.form, new.signed_on, new.pledgee_agrees, NULL);
    END IF;
    IF COALESCE(new.parent_id, new.beside_id) IS NOT NULL THEN
        SELECT * INTO above FROM patents_grant WHERE id = COALESCE(new.parent_id, new.beside_id);
        IF above.patent_id <> new.patent_id OR above.state <> 'active'
            OR (new.parent_id IS NOT NULL AND NOT above.sublicensable)
            OR (new.beside_id IS NOT NULL AND above.form <> 'sole')
            OR NOT (wanted_territory <@ above.territory AND wanted_ipc <@ above.ipc_span
                AND wanted_industry <@ above.industry_span AND wanted_period <@ above.period)
        THEN
            RAISE EXCEPTION 'ledger:outside_parent:grant:%', above.id USING ERRCODE = 'exclusion_violation';
        END IF;
    END IF;
    IF new.form = 'sole' THEN
        SELECT id INTO existing FROM patents_grant other WHERE other.patent_id = new.patent_id
        AND other.beside_id IS NOT NULL AND other.beside_id IS DISTINCT FROM new.id AND other.period && wanted_period
        AND other.territory && wanted_territory AND other.ipc_span && wanted_ipc AND other.industry_span && wanted_industry
        LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'ledger:ordinary:grant:%', existing USING ERRCODE = 'exclusion_violation';
        END IF;
    END IF;
    IF new.form IN ('exclusive', 'sole') THEN
        SELECT id INTO existing FROM patents_encumbrance WHERE patent_id = new.patent_id
        AND kind = 'open_declaration' AND daterange(start, "end") && wanted_period LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'ledger:open_declaration:encumbrance:%', existing USING ERRCODE = 'exclusion_violation';
        END IF;
    END IF;
    IF new.form = 'open' AND NOT EXISTS (SELECT 1 FROM patents_grant WHERE id = new.id) AND NOT EXISTS (
        SELECT 1 FROM patents_encumbrance WHERE patent_id = new.patent_id AND kind = 'open_declaration'
        AND new.signed_on >= start AND new.signed_on < COALESCE("end", 'infinity'::date)
    ) THEN
        RAISE EXCEPTION 'ledger:no_declaration:patent:%', new.patent_id USING ERRCODE = 'exclusion_violation';
    END IF;
END $$;
"""

OTHER_GUARDS = """
CREATE FUNCTION patents_encumbrance_guard(new patents_encumbrance) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    co_owned_patent boolean;
    existing bigint;
    wanted text := CASE new.kind WHEN 'open_declaration' THEN 'open' WHEN 'assignment_signed' THEN 'assignment' ELSE new.kind END;
BEGIN
    SELECT co_owned INTO co_owned_patent FROM patents_patent WHERE id = new.patent_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM patents_encumbrance WHERE id = new.id) THEN
        RETURN;  -- an end or one more consent only opens the way; a longer period is checked by encumbrance_once
    END IF;
    IF new.kind IN ('preservation', 'suspension') THEN
        RETURN;  -- ordered by a court or the office, whoever holds what
    END IF;
    IF co_owned_patent AND NOT new.co_owners_agree THEN
        RAISE EXCEPTION 'ledger:co_owners:patent:%', new.patent_id USING ERRCODE = 'exclusion_violation';
    END IF;
    PERFORM patents_way_is_clear(new.patent_id, wanted, new.start, new.pledgee_agrees AND new.kind <> 'pledge', NULL);
    IF new.kind = 'open_declaration' THEN
        SELECT id INTO existing FROM patents_grant WHERE patent_id = new.patent_id AND parent_id IS NULL
        AND form IN ('exclusive', 'sole') AND period && daterange(new.start, new."end") LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'ledger:open_over_exclusive:grant:%', existing USING ERRCODE = 'exclusion_violation';
        END IF;
    END IF;
END $$;

CREATE FUNCTION patents_title_guard(new patents_title) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    co_owned_patent boolean;
    before_id bigint;
BEGIN
    SELECT co_owned INTO co_owned_patent FROM patents_patent WHERE id = new.patent_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM patents_title WHERE id = new.id) THEN
        RETURN;
    END IF;
    SELECT id INTO before_id FROM patents_title WHERE patent_id = new.patent_id AND "end" = new.start;
    IF before_id IS NULL THEN
        IF EXISTS (SELECT 1 FROM patents_title WHERE patent_id = new.patent_id) THEN
            RAISE EXCEPTION 'ledger:not_owner:patent:%', new.patent_id USING ERRCODE = 'exclusion_violation';
        END IF;
        RETURN;  -- the first title: filing
    END IF;
    IF co_owned_patent AND NOT new.co_owners_agree THEN
        RAISE EXCEPTION 'ledger:co_owners:patent:%', new.patent_id USING ERRCODE = 'exclusion_violation';
    END IF;
    PERFORM patents_way_is_clear(new.patent_id, 'assignment', new.start, new.pledgee_agrees, new.completes_id);
END $$;
"""

UNDO = """
ALTER TABLE patents_grant DROP CONSTRAINT grant_no_conflict, DROP CONSTRAINT grant_field_known,
    DROP COLUMN territory, DROP COLUMN ipc_span, DROP COLUMN industry_span, DROP COLUMN slot, DROP COLUMN period;
ALTER TABLE patents_encumbrance DROP CONSTRAINT encumbrance_once, DROP COLUMN period;
ALTER TABLE patents_title DROP CONSTRAINT title_one_at_a_time, DROP COLUMN period;
DROP FUNCTION patents_title_guard, patents_encumbrance_guard, patents_grant_guard, patents_grant_of_living,
    patents_end_of_term, patents_way_is_clear,
    patents_slot, patents_field_known, patents_industry_span, patents_ipc_span, patents_territory;
"""


class Migration(migrations.Migration):
    replaces = [
        ("patents", "0008_ledger_guards"),
        ("patents", "0020_grant_of_a_living_right"),
        ("patents", "0022_open_grant_asked_once"),
    ]
    dependencies = [("patents", "0001_patents_and_listings")]

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(
            sql=SPANS + COLUMNS + STANDS_IN_THE_WAY + END_OF_TERM + LIVING + GRANT_GUARD + OTHER_GUARDS,
            reverse_sql=UNDO,
        ),
    ]
