"""The price that a public research body or university means to ask, posted before it concludes. Read next: ../actions/postings.py.

S&T Transformation Law art. 18: whoever sets the price by agreement posts the name of the technology and the price first.
Once posted it is not changed: a posting ends by time, or is withdrawn with a reason; an objection is answered once.
"""

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language

from patents.states import POSTING_MOVES, Form, PostingState, PriceBasis, PriceMethod
from platform_site.states import transitions


def _kept(name: str, changeable: str) -> pgtrigger.Trigger:
    """What the public has read stays: nothing but the end may be written, and nothing is erased."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=(
            "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a posting is kept'; END IF; "
            f"IF to_jsonb(NEW) - ARRAY[{changeable}] <> to_jsonb(OLD) - ARRAY[{changeable}] THEN "
            "RAISE EXCEPTION 'a posting is kept'; END IF; RETURN NEW;"
        ),
    )


class PricePosting(models.Model):
    """One form of transfer of one listing, at a price; open to objections from the day of posting through `until`."""

    listing = models.ForeignKey("patents.Listing", on_delete=models.PROTECT, related_name="postings")
    version = models.ForeignKey("patents.ListingVersion", on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=120)  # the unit whose technology it is, as it was named that day
    name_zh = models.CharField(max_length=120)  # of the technology
    name_en = models.CharField(max_length=240, blank=True)
    form = models.CharField(max_length=20, choices=Form)
    price_cny = models.DecimalField(max_digits=14, decimal_places=2)
    price_basis = models.CharField(max_length=20, choices=PriceBasis)
    method = models.CharField(max_length=20, choices=PriceMethod)
    note = models.CharField(max_length=500, blank=True)  # how the price was found, who the other side is
    posted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    posted_on = models.DateField()
    until = models.DateField()  # last day for objections
    state = models.CharField(max_length=20, choices=PostingState, default=PostingState.POSTED)
    closed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-posted_on", "-id"]
        indexes = [models.Index(fields=["-posted_on", "-id"], name="posting_newest_first")]
        constraints = [
            models.CheckConstraint(condition=models.Q(form__in=Form.values), name="posting_form_known"),
            models.CheckConstraint(condition=models.Q(method__in=PriceMethod.values), name="posting_method_known"),
            models.CheckConstraint(condition=models.Q(state__in=PostingState.values), name="posting_state_known"),
            models.CheckConstraint(
                condition=models.Q(price_cny__gte=0) & ~models.Q(price_basis="negotiable"), name="posting_has_price"
            ),
            models.CheckConstraint(condition=models.Q(until__gt=models.F("posted_on")), name="posting_lasts"),
            models.CheckConstraint(
                condition=models.Q(state="posted", closed_at=None)
                | models.Q(state="withdrawn", closed_at__isnull=False, closed_by__isnull=False),
                name="posting_closed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["listing", "form"], condition=models.Q(state="posted"), name="posting_one_per_form"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(POSTING_MOVES)),
            _kept("posting_kept", "'state', 'closed_by_id', 'closed_at', 'closing_reason'"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.form} {self.price_cny}"

    def get_absolute_url(self) -> str:
        return reverse("patents:posting_detail", args=[self.pk])

    @property
    def name(self) -> str:
        """The technology in the language of the page, in Chinese where there is no other."""
        return self.name_en if get_language() == "en" and self.name_en else self.name_zh


class PriceObjection(models.Model):
    """What somebody has against a posted price, and the owner's answer; both are public."""

    posting = models.ForeignKey(PricePosting, on_delete=models.PROTECT, related_name="objections")
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    filed_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["filed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="objection_answered_by_somebody",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="objection_says_something"),
            models.UniqueConstraint(
                fields=["posting", "author"], condition=models.Q(answer=""), name="objection_one_open_each"
            ),
        ]
        triggers = [
            _kept("objection_kept", "'answer', 'answered_by_id', 'answered_at'"),
            pgtrigger.Trigger(
                name="answered_once",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("answer"),
                condition=~pgtrigger.Q(old__answer=""),
                func="RAISE EXCEPTION 'an objection is answered once';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id}: {self.text[:40]}"
