"""A text becomes public only with the consents that it needs and with what the ledger has left to give."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("patents", "0013_consents_per_form")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="listing",
            name="published_needs",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listing",
            trigger=pgtrigger.compiler.Trigger(
                name="published_needs",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" = 'published')",
                    func="\n    IF TG_OP = 'UPDATE' THEN\n        IF OLD.state = 'published' AND OLD.public_version_id IS NOT DISTINCT FROM NEW.public_version_id THEN\n            RETURN NEW;\n        END IF;\n        IF NOT EXISTS (SELECT 1 FROM patents_listingpatent WHERE listing_id = NEW.id AND is_open) THEN\n            RAISE EXCEPTION 'a published listing has a patent';\n        END IF;\n    END IF;\n    IF NOT EXISTS (SELECT 1 FROM accounts_verification WHERE user_id = NEW.owner_id AND state = 'verified') THEN\n        RAISE EXCEPTION 'the owner of a published listing is verified';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM patents_listingpatent bundled JOIN patents_patent patent ON patent.id = bundled.patent_id\n        WHERE bundled.listing_id = NEW.id AND bundled.is_open\n        AND patent.legal_status NOT IN ('in_force', 'late_fee', 'pending')\n    ) THEN\n        RAISE EXCEPTION 'the patents of a published listing are alive';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM patents_offeredform offered JOIN patents_listingversion text ON text.id = offered.version_id\n        WHERE text.id = NEW.public_version_id AND offered.form <> 'ordinary' AND NOT offered.form = ANY (text.consents)\n        AND EXISTS (\n            SELECT 1 FROM patents_listingpatent bundled JOIN patents_patent patent ON patent.id = bundled.patent_id\n            WHERE bundled.listing_id = NEW.id AND bundled.is_open AND patent.co_owned\n        )\n    ) THEN\n        RAISE EXCEPTION 'the co-owners of a published patent agree to every form offered';\n    END IF;\n    -- Only a new text is held to today's ledger; one that is public shrinks with it and stays.\n    IF TG_OP = 'UPDATE' AND OLD.public_version_id IS NOT DISTINCT FROM NEW.public_version_id THEN\n        RETURN NEW;\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM patents_listingpatent bundled\n        JOIN patents_grant held ON held.patent_id = bundled.patent_id\n        JOIN patents_offeredform offered ON offered.version_id = NEW.public_version_id\n        WHERE bundled.listing_id = NEW.id AND bundled.is_open\n        AND held.parent_id IS NULL AND held.form <> 'compulsory'\n        AND held.period @> (now() AT TIME ZONE 'Asia/Shanghai')::date\n        AND (held.state <> 'reserved' OR held.reserved_until > now())\n        AND (offered.form IN ('exclusive', 'sole') AND held.territory && patents_territory(offered.provinces::text[])\n            OR offered.form = 'ordinary' AND held.form IN ('exclusive', 'sole')\n                AND held.territory && patents_territory(offered.provinces::text[])\n            OR offered.form = 'open' AND held.form IN ('exclusive', 'sole'))\n    ) OR EXISTS (\n        SELECT 1 FROM patents_listingpatent bundled\n        JOIN patents_encumbrance declared ON declared.patent_id = bundled.patent_id\n        JOIN patents_offeredform offered ON offered.version_id = NEW.public_version_id\n        WHERE bundled.listing_id = NEW.id AND bundled.is_open AND declared.kind = 'open_declaration'\n        AND declared.period @> (now() AT TIME ZONE 'Asia/Shanghai')::date AND offered.form IN ('exclusive', 'sole')\n    ) THEN\n        RAISE EXCEPTION 'a published listing offers what the ledger has not given away';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM patents_listingpatent bundled JOIN patents_patent patent ON patent.id = bundled.patent_id\n        JOIN patents_offeredform offered ON offered.version_id = NEW.public_version_id AND offered.form = 'open'\n        WHERE bundled.listing_id = NEW.id AND bundled.is_open AND patent.legal_status <> 'in_force'\n    ) THEN\n        RAISE EXCEPTION 'an open licence is of a granted patent whose annuity is paid';\n    END IF;\n    RETURN NEW;\n",
                    hash="5d9e9e819e022820397d8703d3055721003a8d0c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_published_needs_9900e",
                    table="patents_listing",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listingpatent",
            trigger=pgtrigger.compiler.Trigger(
                name="bundled_is_alive",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."is_open")',
                    func="\n    IF EXISTS (\n        SELECT 1 FROM patents_listing listing JOIN patents_patent patent ON patent.id = NEW.patent_id\n        WHERE listing.id = NEW.listing_id AND listing.state = 'published'\n        AND patent.legal_status NOT IN ('in_force', 'late_fee', 'pending')\n    ) THEN\n        RAISE EXCEPTION 'the patents of a published listing are alive';\n    END IF;\n    RETURN NEW;\n",
                    hash="7403ac63f6a0b9d4e39623ea7cd6599a987c62a8",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_bundled_is_alive_5fe45",
                    table="patents_listingpatent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
