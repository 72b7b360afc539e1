"""No right that was traded here without its agreement, no accepted offer without one: looked at when a transaction ends.

The ledger lies below trading and knows no agreement; the link lies in trading_agreementright (design.md 3.3).
"""

from django.db import migrations

FORWARD = """
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

BACK = """
DROP TRIGGER accepted_has_agreement ON trading_offer;
DROP FUNCTION trading_offer_has_agreement;
DROP TRIGGER encumbrance_has_agreement ON patents_encumbrance;
DROP TRIGGER grant_has_agreement ON patents_grant;
DROP FUNCTION trading_entry_has_agreement;
"""


class Migration(migrations.Migration):
    dependencies = [("trading", "0002_offers_and_agreements"), ("patents", "0019_traded_entries")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
