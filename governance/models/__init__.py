"""The Leading Group, its meetings and ballots, the annual work plan. Read next: group.py."""

from .ballot import Ballot, BallotRule, Resolution, Vote
from .directing import DirectorTerm, RotationException, RotationRule
from .group import NATIONAL, Deputy, LeadingGroup, LiaisonOfficer, Seat, SeatHolder, UnderMandate
from .handover import Handover, HandoverSignature
from .meeting import AgendaItem, Meeting
from .minutes import Minutes, MinutesAnnex, MinutesSignature
from .plan import AnnualWorkPlan, Duty, PlanTask, PlanVersion, Section, TaskText
from .session import ItemPaper, Presence

__all__ = [
    "NATIONAL",
    "AgendaItem",
    "AnnualWorkPlan",
    "Ballot",
    "BallotRule",
    "Deputy",
    "DirectorTerm",
    "Duty",
    "Handover",
    "HandoverSignature",
    "ItemPaper",
    "LeadingGroup",
    "LiaisonOfficer",
    "Meeting",
    "Minutes",
    "MinutesAnnex",
    "MinutesSignature",
    "PlanTask",
    "PlanVersion",
    "Presence",
    "Resolution",
    "RotationException",
    "RotationRule",
    "Seat",
    "SeatHolder",
    "Section",
    "TaskText",
    "UnderMandate",
    "Vote",
]
