"""Applications for support, their papers, steps and payments, and the one ledger of aid per patent over six provinces.

Lock order: PolicyVersion before PolicyApplication. Read next: ../actions/support.py.
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from governance.states import SUPPORT_MOVES, SupportState
from platform_site.states import transitions

from .policy import PolicyVersion

_KEPT_APPLICATION = """
    IF TG_OP = 'DELETE' OR ROW(NEW.version_id, NEW.applicant_id, NEW.organisation_id, NEW.role, NEW.agreement_id,
        NEW.listing_id, NEW.submitted_at) IS DISTINCT FROM ROW(OLD.version_id, OLD.applicant_id, OLD.organisation_id,
        OLD.role, OLD.agreement_id, OLD.listing_id, OLD.submitted_at) THEN
        RAISE EXCEPTION 'what is applied for is not changed';
    END IF;
    IF OLD.state IN ('notice', 'approved', 'paid') AND NEW.amount_cny IS DISTINCT FROM OLD.amount_cny
        AND NEW.state <> 'declined' THEN
        RAISE EXCEPTION 'a sum on public notice is not changed';
    END IF;
    IF OLD.state IN ('notice', 'approved', 'paid') AND NEW.notice_until IS DISTINCT FROM OLD.notice_until THEN
        RAISE EXCEPTION 'a public notice is not shortened';
    END IF;
    IF NEW.state = 'approved' AND OLD.state = 'notice'
        AND (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date <= NEW.notice_until THEN
        RAISE EXCEPTION 'the public notice has not ended';
    END IF;
    IF NEW.state = 'approved' AND OLD.state = 'notice' AND EXISTS (
        SELECT 1 FROM governance_supportobjection WHERE application_id = NEW.id AND answered_at IS NULL
    ) THEN
        RAISE EXCEPTION 'an objection waits for its answer';
    END IF;
    IF NEW.state = 'recovered' AND NEW.decided_by_id = OLD.decided_by_id THEN
        RAISE EXCEPTION 'who granted it does not take it back';
    END IF;
    IF NEW.state IN ('notice', 'approved', 'paid') AND NOT EXISTS (
        SELECT 1 FROM governance_aidentry held WHERE held.application_id = NEW.id AND held.released_at IS NULL
        HAVING sum(held.amount_cny) = NEW.amount_cny
    ) THEN
        RAISE EXCEPTION 'a support stands in the ledger of aid';
    END IF;
    RETURN NEW;
"""
_DURING_NOTICE = """
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (OLD.answered_at IS NOT NULL OR ROW(NEW.application_id, NEW.by_id, NEW.words,
        NEW.made_at) IS DISTINCT FROM ROW(OLD.application_id, OLD.by_id, OLD.words, OLD.made_at)) THEN
        RAISE EXCEPTION 'an objection and its answer are kept';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM governance_policyapplication asked WHERE asked.id = NEW.application_id AND asked.state = 'notice'
        AND asked.notice_until >= (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date
        AND asked.applicant_id <> NEW.by_id FOR NO KEY UPDATE OF asked
    ) THEN
        RAISE EXCEPTION 'objections are made by others while the notice runs';
    END IF;
    RETURN NEW;
"""
# The row of the version is the lock: whoever comes second counts what the first has taken.
_WITHIN_BUDGET = """
    SELECT version.budget_cny, version.quota, version.cap_cny INTO had
        FROM governance_policyversion version JOIN governance_policyapplication asked ON asked.version_id = version.id
        WHERE version.id = NEW.version_id AND asked.id = NEW.application_id FOR NO KEY UPDATE OF version;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aid is given under the version that was applied for';
    END IF;
    IF NEW.released_at IS NOT NULL THEN
        RAISE EXCEPTION 'aid begins held';
    END IF;
    IF had.budget_cny < NEW.amount_cny + (
        SELECT coalesce(sum(amount_cny), 0) FROM governance_aidentry WHERE version_id = NEW.version_id AND released_at IS NULL
    ) THEN
        RAISE EXCEPTION 'the budget is not overspent';
    END IF;
    IF had.quota <= (
        SELECT count(DISTINCT application_id) FROM governance_aidentry
        WHERE version_id = NEW.version_id AND released_at IS NULL AND application_id <> NEW.application_id
    ) THEN
        RAISE EXCEPTION 'the quota is not exceeded';
    END IF;
    IF had.cap_cny < NEW.amount_cny + (
        SELECT coalesce(sum(amount_cny), 0) FROM governance_aidentry
        WHERE application_id = NEW.application_id AND released_at IS NULL
    ) THEN
        RAISE EXCEPTION 'no aid above the cap';
    END IF;
    RETURN NEW;
"""
_KEPT_AID = """
    IF TG_OP = 'DELETE' OR OLD.released_at IS NOT NULL
        OR to_jsonb(NEW) - 'released_at' <> to_jsonb(OLD) - 'released_at' THEN
        RAISE EXCEPTION 'the ledger of aid is not rewritten';
    END IF;
    IF EXISTS (SELECT 1 FROM governance_policyapplication WHERE id = OLD.application_id AND state IN ('approved', 'paid')) THEN
        RAISE EXCEPTION 'granted aid is not released';
    END IF;
    RETURN NEW;
"""
_WITHIN_GRANT = """
    IF NOT EXISTS (
        SELECT 1 FROM governance_policyapplication asked WHERE asked.id = NEW.application_id AND asked.state = 'approved'
        AND asked.amount_cny >= NEW.amount_cny + (
            SELECT coalesce(sum(amount_cny), 0) FROM governance_disbursement WHERE application_id = NEW.application_id
        ) FOR NO KEY UPDATE OF asked
    ) THEN
        RAISE EXCEPTION 'no more is paid than was granted';
    END IF;
    RETURN NEW;
"""
_NOT_DRAFT = """
    IF NOT EXISTS (SELECT 1 FROM governance_policyversion WHERE id = NEW.version_id AND state <> 'draft') OR NEW.state <> 'submitted' THEN
        RAISE EXCEPTION 'an application is made under a published version';
    END IF;
    RETURN NEW;
"""
LIVE = [SupportState.NOTICE, SupportState.APPROVED, SupportState.PAID]


def _money(**more: object) -> models.DecimalField:
    return models.DecimalField(max_digits=14, decimal_places=2, **more)  # type: ignore[arg-type]


def _person(**more: object) -> models.ForeignKey:
    return models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", **more)  # type: ignore[arg-type]


class PolicyApplication(models.Model):
    """One person asks for one support under one version, for one agreement or listing of theirs."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="applications")
    applicant = _person()
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    applicant_name = models.CharField(max_length=200)  # as it is published on the notice
    role = models.CharField(max_length=10)  # rule_facts.ROLES
    agreement = models.ForeignKey(
        "trading.Agreement", null=True, blank=True, on_delete=models.PROTECT, related_name="support_applications"
    )
    listing = models.ForeignKey(
        "patents.Listing", null=True, blank=True, on_delete=models.PROTECT, related_name="support_applications"
    )
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # as they were: name -> [value, source]
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=SupportState, default=SupportState.SUBMITTED)
    submitted_at = models.DateTimeField()
    due_on = models.DateField()  # the office's clock of the present step, mainland working days
    amount_cny = _money(null=True, blank=True)  # as reviewed, later granted
    first_by = _person(null=True, blank=True)
    second_by = _person(null=True, blank=True)
    notice_until = models.DateField(null=True, blank=True)  # the last day of the public notice
    decided_by = _person(null=True, blank=True)  # of the approval or refusal
    decided_at = models.DateTimeField(null=True, blank=True)
    clause = models.CharField(max_length=200, blank=True)  # on which the decision stands
    reason = models.TextField(blank=True)  # of a correction, a refusal, or an appeal upheld

    class Meta:
        ordering = ["-submitted_at", "-id"]
        indexes = [
            models.Index(fields=["applicant", "-submitted_at"], name="support_by_applicant"),
            models.Index(fields=["state", "due_on"], name="support_queue"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SupportState.values), name="support_state_known"),
            models.CheckConstraint(condition=Q(role__in=["owner", "taker"]), name="support_role_known"),
            models.CheckConstraint(
                condition=Q(agreement=None, listing__isnull=False) | Q(agreement__isnull=False, listing=None),
                name="support_for_one_thing",
            ),
            models.UniqueConstraint(
                fields=["version", "applicant", "agreement", "listing"],
                condition=~Q(state__in=["withdrawn", "upheld", "declined"]),
                nulls_distinct=False,
                name="support_asked_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reviewed", *LIVE]) | Q(first_by__isnull=False, amount_cny__gt=0),
                name="support_first_review_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=LIVE) | Q(second_by__isnull=False, notice_until__isnull=False),
                name="support_second_review_whole",
            ),
            models.CheckConstraint(
                condition=Q(first_by=None) | Q(second_by=None) | ~Q(first_by=F("second_by")),
                name="support_two_reviewers",
            ),
            models.CheckConstraint(
                condition=(Q(first_by=None) | ~Q(first_by=F("applicant")))
                & (Q(second_by=None) | ~Q(second_by=F("applicant")))
                & (Q(decided_by=None) | ~Q(decided_by=F("applicant"))),
                name="support_not_by_its_applicant",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "paid", "recovered", "declined", "upheld"])
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(clause=""),
                name="support_decided_with_clause",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["correction", "recovered", "declined", "upheld"]) | ~Q(reason=""),
                name="support_refusal_has_reason",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(SUPPORT_MOVES)),
            pgtrigger.Trigger(name="begins", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_NOT_DRAFT),
            pgtrigger.Trigger(
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_KEPT_APPLICATION,
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("policies:support_detail", args=[self.pk])

    @property
    def number(self) -> str:
        return f"ZC6-{self.submitted_at.year}-{self.pk:06d}"


class SupportFile(models.Model):
    """A paper of an application: read by the applicant and the officers of that province."""

    application = models.ForeignKey(PolicyApplication, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["application", "id"]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.file_id}"


class SupportStep(models.Model):
    """One step of an application, as it was done; an appeal's words are kept here."""

    application = models.ForeignKey(PolicyApplication, on_delete=models.PROTECT, related_name="steps")
    became = models.CharField(max_length=12, choices=SupportState)  # the state into which it came
    by = _person()
    at = models.DateTimeField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["application", "id"]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.application_id} {self.became}"


class SupportObjection(models.Model):
    """What somebody objects to a support on public notice (异议), and what the office answers before it decides."""

    application = models.ForeignKey(PolicyApplication, on_delete=models.PROTECT, related_name="objections")
    by = _person()
    words = models.TextField()
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = _person(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["application", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "by"], name="support_objection_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="support_objection_answer_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("by")), name="support_objection_not_by_its_author"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="during_notice", when=pgtrigger.Before, func=_DURING_NOTICE,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.application_id}: {self.by_id}"

    def get_absolute_url(self) -> str:
        return reverse("policies:objection_detail", args=[self.pk])


class _DealRange(Func):
    """One agreement as a range of one number; none is the whole patent and meets every agreement."""

    template = "int8range(%(expressions)s, %(expressions)s, '[]')"
    output_field = BigIntegerRangeField()


class AidEntry(models.Model):
    """What a patent has received, or is about to: held from the public notice on, released when nothing comes of it.

    `item` is what is aided (kind and side of the deal; of a cumulative policy also its number): no two provinces, nor
    one twice, aid the same item of a patent for the same agreement, and aid for the patent itself meets all of them.
    """

    application = models.ForeignKey(PolicyApplication, on_delete=models.PROTECT, related_name="aid")
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="aid")
    patent = models.ForeignKey("patents.Patent", on_delete=models.PROTECT, related_name="aid")
    deal = models.ForeignKey("trading.Agreement", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=40)
    amount_cny = _money()  # of this patent
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name_plural = "aid entries"
        constraints = [
            models.CheckConstraint(condition=Q(amount_cny__gte=0), name="aid_not_negative"),
            models.UniqueConstraint(
                fields=["application", "patent"], condition=Q(released_at=None), name="aid_once_each"
            ),
            ExclusionConstraint(
                name="aid_never_twice",
                expressions=[
                    ("patent", RangeOperators.EQUAL),
                    ("item", RangeOperators.EQUAL),
                    (_DealRange(F("deal")), RangeOperators.OVERLAPS),
                ],
                condition=Q(released_at=None),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="within_budget", when=pgtrigger.Before, operation=pgtrigger.Insert, declare=[("had", "RECORD")],
                func=_WITHIN_BUDGET,
            ),
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT_AID
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.patent_id} {self.item} {self.amount_cny}"


class Disbursement(models.Model):
    """What was paid out (兑现): never more in sum than was granted."""

    application = models.ForeignKey(PolicyApplication, on_delete=models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    amount_cny = _money()
    reference = models.CharField(max_length=60)  # of the treasury's payment
    by = _person()
    at = models.DateTimeField()

    class Meta:
        ordering = ["application", "paid_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cny__gt=0) & ~Q(reference=""), name="disbursement_whole"),
            models.UniqueConstraint(fields=["application", "reference"], name="disbursement_reference_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="within_grant", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_WITHIN_GRANT
            ),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.paid_on} {self.amount_cny}"
