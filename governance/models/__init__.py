"""The Leading Group, its meetings and ballots, the annual work plan. Read next: group.py."""

from .ballot import Ballot, BallotRule, Resolution, Vote
from .directing import DirectorTerm, RotationException, RotationRule
from .group import NATIONAL, Deputy, LeadingGroup, LiaisonOfficer, Seat, SeatHolder, UnderMandate
from .handover import Handover, HandoverSignature
from .meeting import AgendaItem, Meeting
from .plan import AnnualWorkPlan, Duty, PlanTask, PlanVersion, Section, TaskText

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
    "LeadingGroup",
    "LiaisonOfficer",
    "Meeting",
    "PlanTask",
    "PlanVersion",
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
