"""Who comes to an expo: one row a person and edition, with the code of the badge. Read next: exhibit.py."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from expos.states import REGISTRATION_MOVES, RegistrationState, VisitorKind
from platform_site.states import transitions

_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.code, NEW.made_at) IS DISTINCT FROM ROW(OLD.expo_id, OLD.code, OLD.made_at) THEN
        RAISE EXCEPTION 'a badge keeps its expo and its code';
    END IF;
    RETURN NEW;
"""


class Registration(models.Model):
    """A person at an expo: with an account, or (registered by a group) by name alone. `code` is what the badge's QR says."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="registrations")
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=VisitorKind)
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120, blank=True)
    job = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    from_province = models.ForeignKey(  # none: from outside the six
        "regions.Province", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(max_length=10, unique=True)
    state = models.CharField(max_length=12, choices=RegistrationState, default=RegistrationState.REGISTERED)
    permits = models.BooleanField(default=False)  # an exhibitor who scans the badge reads name and unit at once
    confirmed_at = models.DateTimeField(null=True, blank=True)  # kinds that wait for the host: see KINDS_CONFIRMED
    confirmed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RegistrationState.values), name="registration_state_known"),
            models.CheckConstraint(condition=Q(kind__in=VisitorKind.values), name="registration_kind_known"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9A-HJKMNP-TV-Z]{10}$"), name="registration_code"),
            models.UniqueConstraint(fields=["expo", "user"], condition=Q(state="registered"), name="registration_once"),
        ]
        indexes = [models.Index(fields=["expo", "kind", "state"], name="registration_by_kind")]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(REGISTRATION_MOVES)),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("expos:registration_detail", args=[self.expo.year, self.code])

    @property
    def waits(self) -> bool:
        """Registered, but not let in before the host has confirmed."""
        return self.state == RegistrationState.REGISTERED and self.confirmed_at is None
