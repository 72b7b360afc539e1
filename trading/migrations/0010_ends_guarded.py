"""No agreement completed with something unsettled, none terminated whose licences still hold (design.md 3.3)."""

from django.db import migrations

FORWARD = """
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

BACK = """
DROP TRIGGER ends_guarded ON trading_agreement;
DROP FUNCTION trading_end_guard;
"""


class Migration(migrations.Migration):
    dependencies = [("trading", "0009_performance")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
