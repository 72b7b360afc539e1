"""No right that was traded here without its agreement, no accepted offer without one: looked at when a transaction ends.

The ledger lies below trading and knows no agreement; the link lies in trading_agreementright (design.md 3.3).
"""

from django.db import migrations

WITH_AGREEMENT = """
CREATE FUNCTION trading_entry_has_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM trading_agreementright bound
        WHERE (TG_TABLE_NAME = 'patents_grant' AND bound.grant_id = NEW.id)
        OR (TG_TABLE_NAME = 'patents_encumbrance' AND bound.encumbrance_id = NEW.id)
    ) THEN
        RAISE EXCEPTION 'a traded right has its agreement' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER grant_has_agreement AFTER INSERT ON patents_grant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.traded) EXECUTE FUNCTION trading_entry_has_agreement();
CREATE CONSTRAINT TRIGGER encumbrance_has_agreement AFTER INSERT ON patents_encumbrance
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.traded) EXECUTE FUNCTION trading_entry_has_agreement();

CREATE FUNCTION trading_offer_has_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM trading_agreement made WHERE made.offer_id = NEW.id AND made.digest = NEW.digest) THEN
        RAISE EXCEPTION 'an accepted offer has its agreement' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER accepted_has_agreement AFTER INSERT OR UPDATE OF state ON trading_offer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'accepted') EXECUTE FUNCTION trading_offer_has_agreement();
"""

AND_BACK = """
DROP TRIGGER accepted_has_agreement ON trading_offer;
DROP FUNCTION trading_offer_has_agreement;
DROP TRIGGER encumbrance_has_agreement ON patents_encumbrance;
DROP TRIGGER grant_has_agreement ON patents_grant;
DROP FUNCTION trading_entry_has_agreement;
"""

# No agreement completed with something unsettled, none terminated whose licences still hold (design.md 3.3).
ENDS = """
CREATE FUNCTION trading_end_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'completed' AND EXISTS (
        SELECT 1 FROM trading_paymentmilestone owed
        WHERE owed.agreement_id = NEW.id AND owed.state NOT IN ('confirmed', 'waived')
    ) THEN
        RAISE EXCEPTION 'what is completed is settled' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state = 'terminated' AND EXISTS (
        SELECT 1 FROM trading_agreementright bound JOIN patents_grant held ON held.id = bound.grant_id
        WHERE bound.agreement_id = NEW.id AND held.state <> 'ended' AND (held."end" IS NULL OR held."end" > NEW.closed_at::date)
    ) THEN
        RAISE EXCEPTION 'what is terminated holds no licence' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ends_guarded BEFORE UPDATE OF state ON trading_agreement
    FOR EACH ROW WHEN (NEW.state IN ('completed', 'terminated') AND OLD.state <> NEW.state)
    EXECUTE FUNCTION trading_end_guard();
"""

ENDS_BACK = """
DROP TRIGGER ends_guarded ON trading_agreement;
DROP FUNCTION trading_end_guard;
"""


class Migration(migrations.Migration):
    replaces = [("trading", "0003_traded_has_agreement"), ("trading", "0010_ends_guarded")]
    dependencies = [("trading", "0001_rooms_to_contracts")]

    operations = [migrations.RunSQL(WITH_AGREEMENT + ENDS, ENDS_BACK + AND_BACK)]
