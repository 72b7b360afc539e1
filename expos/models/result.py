"""What came of an expo: results on a ladder, their follow-up, the signing ceremony. Read next: ../actions/results.py."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from expos.states import CEREMONY_MOVES, CeremonyState, FollowWord, Party, Rung
from platform_site.states import transitions

FOLLOW_MONTHS = (1, 3, 6, 9, 12)
_RANK = "array_position(ARRAY['intention', 'framework', 'contract', 'paid', 'industrialised'], {})"
_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.expo_id, NEW.listing_id, NEW.need_id, NEW.province_id, NEW.owner_id, NEW.owner_name,
        NEW.taker_id, NEW.taker_name, NEW.amount_cny, NEW.signed_on, NEW.made_by_id, NEW.made_at) IS DISTINCT FROM
        ROW(OLD.expo_id, OLD.listing_id, OLD.need_id, OLD.province_id, OLD.owner_id, OLD.owner_name, OLD.taker_id,
        OLD.taker_name, OLD.amount_cny, OLD.signed_on, OLD.made_by_id, OLD.made_at)
        OR OLD.owner_at IS NOT NULL AND NEW.owner_at IS DISTINCT FROM OLD.owner_at
        OR OLD.taker_at IS NOT NULL AND NEW.taker_at IS DISTINCT FROM OLD.taker_at
        OR OLD.disputed_at IS NOT NULL AND ROW(NEW.disputed_at, NEW.dispute) IS DISTINCT FROM ROW(OLD.disputed_at, OLD.dispute) THEN
        RAISE EXCEPTION 'a result stays as it was recorded, a word once given stays given';
    END IF;
    RETURN NEW;
"""
# The result is locked, so that two steps at once are ranked one after the other.
_CLIMBS = f"""
    PERFORM 1 FROM expos_exporesult WHERE id = NEW.result_id FOR NO KEY UPDATE;
    SELECT max({_RANK.format("rung")}) INTO reached FROM expos_resultstep WHERE result_id = NEW.result_id;
    IF {_RANK.format("NEW.rung::text")} <= coalesce(reached, 0) THEN
        RAISE EXCEPTION 'a result only climbs' USING ERRCODE = 'check_violation', CONSTRAINT = 'result_climbs';
    END IF;
    RETURN NEW;
"""


class ExpoResult(models.Model):
    """Two sides and what they have come to. On which rung it stands follows from its steps, whether it counts from the confirmations."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="results")
    listing = models.ForeignKey("patents.Listing", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey(
        "trading.TechnologyNeed", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    province = models.ForeignKey("regions.Province", on_delete=models.PROTECT, related_name="+")  # whose delegation
    owner = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=120)
    taker = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taker_name = models.CharField(max_length=120)
    amount_cny = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # yuan, as it was signed
    signed_on = models.DateField()
    agreement = models.ForeignKey(
        "trading.Agreement", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    owner_at = models.DateTimeField(null=True, blank=True)  # when that side confirmed
    taker_at = models.DateTimeField(null=True, blank=True)
    dispute = models.TextField(blank=True)  # why a side says that it is not so
    disputed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["expo", "-signed_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cny=None) | Q(amount_cny__gt=0), name="result_amount"),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(taker=None) | ~Q(owner=F("taker")), name="result_of_two_sides"
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(owner_at=None), name="result_owner_has_account"
            ),
            models.CheckConstraint(
                condition=Q(taker__isnull=False) | Q(taker_at=None), name="result_taker_has_account"
            ),
            models.CheckConstraint(
                condition=Q(disputed_at=None, dispute="") | Q(disputed_at__isnull=False) & ~Q(dispute=""),
                name="result_disputed_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["signed_on"], name="result_by_day")]
        triggers = [
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_KEPT)
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.owner_name} — {self.taker_name}"

    def get_absolute_url(self) -> str:
        return reverse("expos:result_detail", args=[self.expo.year, self.pk])

    @property
    def lacks(self) -> list[str]:
        """The sides with an account that have not confirmed."""
        given = {Party.OWNER: (self.owner_id, self.owner_at), Party.TAKER: (self.taker_id, self.taker_at)}
        return [side.value for side, (account, at) in given.items() if account and at is None]

    @property
    def counts(self) -> bool:
        """Neither waited for nor disputed."""
        return not self.lacks and self.disputed_at is None


class ResultStep(models.Model):
    """A rung that a result has reached; never changed, and never a lower one after a higher."""

    result = models.ForeignKey(ExpoResult, on_delete=models.PROTECT, related_name="steps")
    rung = models.CharField(max_length=16, choices=Rung)
    reached_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["result", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(rung__in=Rung.values), name="result_rung_known"),
            models.UniqueConstraint(fields=["result", "rung"], name="result_rung_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="climbs", when=pgtrigger.Before, operation=pgtrigger.Insert, declare=[("reached", "int")], func=_CLIMBS
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.result_id} {self.rung}"


class FollowAnswer(models.Model):
    """What a side says of an intention after so many months; the month and the side are asked once."""

    result = models.ForeignKey(ExpoResult, on_delete=models.PROTECT, related_name="answers")
    months = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=6, choices=Party)
    word = models.CharField(max_length=10, choices=FollowWord)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["result", "months", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(months__in=FOLLOW_MONTHS), name="follow_months"),
            models.CheckConstraint(
                condition=Q(side__in=Party.values, word__in=FollowWord.values), name="follow_words_known"
            ),
            models.CheckConstraint(condition=~Q(word="ended") | ~Q(reason=""), name="follow_ended_with_reason"),
            models.UniqueConstraint(fields=["result", "months", "side"], name="follow_answered_once"),
        ]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.result_id} {self.months} {self.side}"


class CeremonyPlace(models.Model):
    """A result in the queue of the signing ceremony; one at a time is called to the stage."""

    expo = models.ForeignKey("expos.Expo", on_delete=models.PROTECT, related_name="ceremony")
    result = models.OneToOneField(ExpoResult, on_delete=models.PROTECT, related_name="ceremony")
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=CeremonyState, default=CeremonyState.QUEUED)
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["expo", "place"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CeremonyState.values), name="ceremony_state_known"),
            models.UniqueConstraint(fields=["expo", "place"], name="ceremony_place_once"),
            models.UniqueConstraint(fields=["expo"], condition=Q(state="called"), name="ceremony_one_on_stage"),
        ]
        triggers = [pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(CEREMONY_MOVES))]

    def __str__(self) -> str:
        return f"{self.expo_id} {self.place}"
