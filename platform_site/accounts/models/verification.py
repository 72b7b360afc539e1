"""The real-name mark, given by an office of the six on papers it has seen. Read next: ../actions.py."""

import pgtrigger
from django.db import models
from django.utils.translation import pgettext_lazy

from platform_site.accounts.fields import EncryptedTextField
from platform_site.accounts.states import MOVES, VerificationState
from platform_site.states import transitions


class IdentityKind(models.TextChoices):
    RESIDENT = "resident", pgettext_lazy("identity", "居民身份证")
    PASSPORT = "passport", pgettext_lazy("identity", "护照或其他证件")


class Verification(models.Model):
    """One request to be verified. A refused person files a new one; a verified one stays until it is revoked."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="verifications")
    province = models.ForeignKey(
        "regions.Province", on_delete=models.PROTECT, related_name="+"
    )  # the office that decides
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    real_name = models.CharField(max_length=60)
    identity_kind = models.CharField(max_length=20, choices=IdentityKind, default=IdentityKind.RESIDENT)
    identity_number = EncryptedTextField()
    identity_hash = models.CharField(max_length=64)  # keyed, for uniqueness only
    identity_tail = models.CharField(max_length=4)  # last four, the only part ever shown
    proof = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=VerificationState, default=VerificationState.SUBMITTED)
    submitted_at = models.DateTimeField()
    due_on = models.DateField()  # the office's clock, mainland working days
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-submitted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=VerificationState.values), name="verification_state_known"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state__in=["submitted", "verified"]), name="verification_one_open"
            ),
            models.UniqueConstraint(
                fields=["identity_hash"], condition=models.Q(state="verified"), name="verification_one_person"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(reason=""), name="verification_refusal_has_reason"
            ),
        ]
        triggers = [pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(MOVES))]

    def __str__(self) -> str:
        return f"{self.user} {self.state}"
