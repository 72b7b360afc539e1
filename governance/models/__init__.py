"""The Leading Group, its meetings and ballots, the annual work plan. Read next: group.py."""

from .ballot import Ballot, BallotRule, Resolution, Vote
from .directing import DirectorTerm, RotationException, RotationRule
from .group import NATIONAL, Deputy, LeadingGroup, LiaisonOfficer, Seat, SeatHolder, UnderMandate
from .indicator import IndicatorSnapshot, IndicatorTarget
from .meeting import AgendaItem, Meeting
from .plan import AnnualWorkPlan, Duty, PlanTask, PlanVersion, Section, TaskText
from .progress import ProgressReport, ProgressSubscription, RemindedDuty, Reminder, ReportFile

__all__ = [
    "NATIONAL",
    "AgendaItem",
    "AnnualWorkPlan",
    "Ballot",
    "BallotRule",
    "Deputy",
    "DirectorTerm",
    "Duty",
    "IndicatorSnapshot",
    "IndicatorTarget",
    "LeadingGroup",
    "LiaisonOfficer",
    "Meeting",
    "PlanTask",
    "PlanVersion",
    "ProgressReport",
    "ProgressSubscription",
    "RemindedDuty",
    "Reminder",
    "ReportFile",
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
