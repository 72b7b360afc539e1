"""What is said and done about a plan: opinions on its draft, its tabling and its signature by the director. Read next: ../actions/plans.py."""

import pgtrigger
from django.db import models
from django.db.models import Q

from governance.states import COMMENT_MOVES, CommentState
from platform_site.states import transitions

from .directing import DirectorTerm
from .group import Deputy, Seat, SeatHolder, UnderMandate
from .meeting import AgendaItem
from .plan import PlanTask, PlanVersion

# The plan's row is locked for share, so the end of a consultation waits for opinions under way and later ones find it over.
_COMMENT_BY_RIGHT = """
    SELECT plan.* INTO asked FROM governance_annualworkplan AS plan
    JOIN governance_planversion AS edition ON edition.plan_id = plan.id
    WHERE edition.id = NEW.version_id FOR SHARE OF plan;
    IF asked.state <> 'consultation'
        OR (NEW.made_at AT TIME ZONE 'Asia/Shanghai')::date > asked.consultation_ends_on THEN
        RAISE EXCEPTION 'the consultation is over';
    END IF;
    IF NEW.task_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM governance_plantask AS task WHERE task.id = NEW.task_id AND task.plan_id = asked.id
    ) THEN
        RAISE EXCEPTION 'an opinion is on a task of its own plan';
    END IF;
    RETURN NEW;
"""
_COMMENT_KEPT = """
    IF TG_OP = 'DELETE' OR ROW(NEW.version_id, NEW.task_id, NEW.about, NEW.seat_id, NEW.holder_id, NEW.deputy_id, NEW.body,
        NEW.revision, NEW.made_by_id, NEW.made_at) IS DISTINCT FROM ROW(OLD.version_id, OLD.task_id, OLD.about, OLD.seat_id,
        OLD.holder_id, OLD.deputy_id, OLD.body, OLD.revision, OLD.made_by_id, OLD.made_at) OR OLD.state <> 'open' AND
        ROW(NEW.answer, NEW.answered_by_id, NEW.answered_at, NEW.answered_revision) IS DISTINCT FROM
        ROW(OLD.answer, OLD.answered_by_id, OLD.answered_at, OLD.answered_revision) THEN
        RAISE EXCEPTION 'an opinion and its answer are not changed';
    END IF;
    RETURN NEW;
"""
_SIGNED_AS_ADOPTED = """
    IF NOT EXISTS (
        SELECT 1 FROM governance_planversion AS edition
        WHERE edition.id = NEW.version_id AND edition.state = 'adopted' AND edition.digest = NEW.digest
    ) THEN
        RAISE EXCEPTION 'what is signed is the text that was adopted';
    END IF;
    RETURN NEW;
"""


class PlanComment(models.Model):
    """An opinion of one seat on the draft, on one task or on the whole, and what the group's office answered."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="comments")
    task = models.ForeignKey(PlanTask, null=True, blank=True, on_delete=models.PROTECT, related_name="comments")
    about = models.CharField(max_length=200, blank=True)  # number and title then: the task may be moved or dropped
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    # by whose mandate, where it was not an officer or a liaison officer
    holder = models.ForeignKey(SeatHolder, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Deputy, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    revision = models.PositiveIntegerField()  # of the text it is about, as it was read
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=CommentState, default=CommentState.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_revision = models.PositiveIntegerField(null=True, blank=True)  # of the same text, when it was answered

    class Meta:
        ordering = ["version", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CommentState.values), name="plan_comment_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered_at=None, answered_by=None)
                | ~Q(state="open") & ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="plan_comment_answer_whole",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=transitions(COMMENT_MOVES)),
            pgtrigger.Trigger(
                name="by_right",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("asked", "governance_annualworkplan%ROWTYPE")],
                func=_COMMENT_BY_RIGHT,
            ),
            pgtrigger.Trigger(
                name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_COMMENT_KEPT
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} of {self.seat_id}"


class _ByDirector(UnderMandate):
    """What the rotating director does to a text: in which term, by whose mandate, to which text (its digest)."""

    term = models.ForeignKey(DirectorTerm, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        abstract = True


class PlanTabling(_ByDirector):
    """A version put on the agenda of a meeting; again after it came back."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="tablings")
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="tabling")

    class Meta:
        ordering = ["version", "id"]
        triggers = [pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"tabling of {self.version_id}"


class PlanSignature(_ByDirector):
    """The director's name under the adopted plan; without it nothing is published."""

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="signature")

    class Meta:
        ordering = ["version"]
        triggers = [
            pgtrigger.Trigger(
                name="as_adopted", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_SIGNED_AS_ADOPTED
            ),
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"signature under {self.version_id}"
