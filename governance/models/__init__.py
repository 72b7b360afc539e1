"""The Leading Group, its meetings and ballots, the annual work plan. Read next: group.py."""

from .ballot import Ballot, BallotRule, Resolution, Vote
from .directing import DirectorTerm, RotationException, RotationRule
from .group import NATIONAL, Deputy, LeadingGroup, LiaisonOfficer, Seat, SeatHolder, UnderMandate
from .meeting import AgendaItem, Meeting
from .plan import AnnualWorkPlan, Duty, PlanTask, PlanVersion, Section, TaskText
from .plan_acts import PlanComment, PlanSignature, PlanTabling

__all__ = [
    "NATIONAL",
    "AgendaItem",
    "AnnualWorkPlan",
    "Ballot",
    "BallotRule",
    "Deputy",
    "DirectorTerm",
    "Duty",
    "LeadingGroup",
    "LiaisonOfficer",
    "Meeting",
    "PlanComment",
    "PlanSignature",
    "PlanTabling",
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
