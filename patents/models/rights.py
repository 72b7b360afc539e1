"""The rights ledger: who holds title, what was granted where and until when, and what stands in the way. Read next: ../ledger.py.

PostgreSQL refuses what the law cannot let stand together (domain.md 5, decision 0012): migration `ledger_guards` adds the
columns that it compares (territory, ipc_span, industry_span, slot, period), an exclusion constraint over them, and
`patents_*_guard`, which lock the patent first; `grant_of_a_living_right` adds what a licence asks of the patent itself.
Rows are facts of a day: they end, they are never changed or erased.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from patents.states import GRANT_MOVES, EncumbranceKind, GrantForm, GrantState, PriceMethod
from platform_site.states import transitions

# Computed by PostgreSQL after the trigger has run, so that a trigger sees them empty.
_COMPUTED = "'territory', 'ipc_span', 'industry_span', 'slot', 'period'"


def _kept(table: str, changeable: str) -> list[pgtrigger.Trigger]:
    """A row of the ledger is corrected by another row: nothing but its end may change, and it is not erased."""
    apart = f"ARRAY[{changeable}, {_COMPUTED}]"
    return [
        pgtrigger.Trigger(
            name=f"{table}_kept",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=(
                "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'ledger:kept'; END IF; "
                f"IF to_jsonb(NEW) - {apart} <> to_jsonb(OLD) - {apart} THEN "
                "RAISE EXCEPTION 'ledger:kept'; END IF; RETURN NEW;"
            ),
        ),
        pgtrigger.Trigger(
            name=f"{table}_guard",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            func=f"PERFORM patents_{table}_guard(NEW); RETURN NEW;",
        ),
    ]


class LedgerEntry(models.Model):
    """What every row of the ledger says about itself: no office feeds the portal, so each names its source and day."""

    proof = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=100)
    as_of = models.DateField()  # the day on which somebody looked it up
    note = models.CharField(max_length=300, blank=True)
    traded = models.BooleanField(default=False, db_default=False)  # through the portal: bound to its agreement there
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class PricedEntry(LedgerEntry):
    """An act with a price: how it was found, and where a public body posted it before (S&T Transformation Law art. 18)."""

    price_method = models.CharField(max_length=20, choices=PriceMethod, blank=True, default="", db_default="")
    price_posting = models.ForeignKey(
        "patents.PricePosting", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # A posting elsewhere, as in the body's own building.
    price_posted_on = models.DateField(null=True, blank=True)
    price_posted_where = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        abstract = True


class Title(PricedEntry):
    """Who owned the patent from a day on. An assignment takes effect on its registration (Patent Law art. 10)."""

    patent = models.ForeignKey("patents.Patent", on_delete=models.PROTECT, related_name="titles")
    owners = models.CharField(max_length=400)  # names as registered, separated by 、
    start = models.DateField()  # filing, or registration of the assignment
    end = models.DateField(null=True, blank=True)  # the day on which the next title begins
    registration_number = models.CharField(max_length=60, blank=True)  # of the national office, for an assignment
    completes = models.OneToOneField(
        "patents.Encumbrance", null=True, blank=True, on_delete=models.PROTECT, related_name="completed_by"
    )  # the signed assignment that this registration carries out
    co_owners_agree = models.BooleanField(default=False)
    pledgee_agrees = models.BooleanField(default=False)

    class Meta:
        ordering = ["start", "id"]
        constraints = [
            models.UniqueConstraint(fields=["patent"], condition=models.Q(end=None), name="title_one_open"),
            models.CheckConstraint(
                condition=models.Q(end=None) | models.Q(end__gt=models.F("start")), name="title_lasts"
            ),
        ]
        triggers = _kept("title", "'end'")

    def __str__(self) -> str:
        return f"{self.patent_id}: {self.owners}"


class Grant(PricedEntry):
    """One licence. `provinces` and `field` empty mean nationwide and every field; the period is half-open.

    `end` null: as long as the patent lives. `ended_on` is an earlier, real end; a grant that never took effect ended on
    the day on which it would have begun, so that its period is empty.
    """

    patent = models.ForeignKey("patents.Patent", on_delete=models.PROTECT, related_name="grants")
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="grants")  # the owners who granted it
    form = models.CharField(max_length=20, choices=GrantForm)
    provinces = ArrayField(models.CharField(max_length=6), default=list, blank=True)  # GB/T 2260
    field = ArrayField(models.CharField(max_length=20), default=list, blank=True)  # prefixes, see ../fields_of_use.py
    licensee = models.CharField(max_length=200)
    signed_on = models.DateField()
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=GrantState)
    reserved_until = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="sublicences")
    sublicensable = models.BooleanField(default=False)
    beside = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="companions"
    )  # the sole licence beside which the owner, unable to work it, lets one other in (Interpretation art. 27)
    co_owners_agree = models.BooleanField(default=False)
    pledgee_agrees = models.BooleanField(default=False)
    recordal_number = models.CharField(max_length=60, blank=True)  # of the national office
    recordal_on = models.DateField(null=True, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )

    class Meta:
        ordering = ["start", "id"]
        indexes = [models.Index(fields=["state", "reserved_until"], name="grant_by_expiry")]
        constraints = [
            models.CheckConstraint(condition=models.Q(form__in=GrantForm.values), name="grant_form_known"),
            models.CheckConstraint(condition=models.Q(state__in=GrantState.values), name="grant_state_known"),
            models.CheckConstraint(
                condition=models.Q(end=None) | models.Q(end__gt=models.F("start")), name="grant_lasts"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("start")), name="grant_ends_after"
            ),
            models.CheckConstraint(
                condition=models.Q(state="ended", ended_on__isnull=False)
                | (~models.Q(state="ended") & models.Q(ended_on=None)),
                name="grant_ended_has_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state="reserved", reserved_until__isnull=False) | ~models.Q(state="reserved"),
                name="grant_reserved_expires",
            ),
            # A sublicence is ordinary (Civil Code Interpretation, domain.md 4), and so is the companion of a sole one.
            models.CheckConstraint(
                condition=models.Q(parent=None, beside=None) | models.Q(form="ordinary"), name="grant_below_is_ordinary"
            ),
            models.CheckConstraint(condition=models.Q(parent=None) | models.Q(beside=None), name="grant_one_relation"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(GRANT_MOVES)),
            *_kept(
                "grant",
                "'state', 'ended_on', 'reserved_until', 'recordal_number', 'recordal_on'",
            ),
            pgtrigger.Trigger(
                name="recordal_once",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("recordal_number", "recordal_on"),
                condition=~pgtrigger.Q(old__recordal_number=""),
                func=(
                    "IF ROW(NEW.recordal_number, NEW.recordal_on) IS DISTINCT FROM "
                    "ROW(OLD.recordal_number, OLD.recordal_on) THEN RAISE EXCEPTION 'ledger:kept'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="sublicences_end",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="ended"),
                func=(
                    "UPDATE patents_grant SET state = 'ended', ended_on = GREATEST(start, NEW.ended_on) "
                    "WHERE (parent_id = NEW.id OR beside_id = NEW.id) AND state <> 'ended'; RETURN NULL;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patent_id}: {self.form} {self.state}"


class LedgerTurn(models.Model):
    """A day on which rights begin or end by the calendar, and how far the market has followed it (actions/turning.py)."""

    day = models.DateField(primary_key=True)
    since = models.DateField()  # the first day that was not followed before
    reached = models.BigIntegerField(default=0)  # the last patent that was followed
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.since} – {self.day}"


class Encumbrance(LedgerEntry):
    """What stands in the way of the whole patent: pledge, preservation, an open-licence declaration, a signed assignment."""

    patent = models.ForeignKey("patents.Patent", on_delete=models.PROTECT, related_name="encumbrances")
    kind = models.CharField(max_length=20, choices=EncumbranceKind)
    holder = models.CharField(max_length=200, blank=True)  # pledgee, court, buyer, holder of the option
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    consents = ArrayField(
        models.CharField(max_length=20), default=list, blank=True
    )  # rights that the holder allows in general: assignment, exclusive, sole, ordinary, open
    co_owners_agree = models.BooleanField(default=False)
    pledgee_agrees = models.BooleanField(default=False)
    number = models.CharField(max_length=60, blank=True)  # of the national office
    fee_terms = models.CharField(max_length=300, blank=True)  # of an open-licence declaration

    class Meta:
        ordering = ["start", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=EncumbranceKind.values), name="encumbrance_known"),
            models.CheckConstraint(
                condition=models.Q(end=None) | models.Q(end__gte=models.F("start")), name="encumbrance_lasts"
            ),
        ]
        triggers = _kept("encumbrance", "'end', 'consents'")

    def __str__(self) -> str:
        return f"{self.patent_id}: {self.kind}"
