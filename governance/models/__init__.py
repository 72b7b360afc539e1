"""The Leading Group, its meetings and ballots, the annual work plan. Read next: group.py."""

from .ballot import Ballot, BallotRule, Resolution, Vote
from .directing import DirectorTerm, RotationException, RotationRule
from .facility import (
    Equipment,
    Facility,
    FacilityManager,
    FacilityPicture,
    FacilitySheet,
    OpeningException,
    OpeningHours,
)
from .group import NATIONAL, Deputy, LeadingGroup, LiaisonOfficer, Seat, SeatHolder, UnderMandate
from .handover import Handover, HandoverSignature
from .indicator import IndicatorSnapshot, IndicatorTarget
from .meeting import AgendaItem, Meeting
from .minutes import Minutes, MinutesAnnex, MinutesSignature
from .plan import AnnualWorkPlan, Duty, PlanTask, PlanVersion, Section, TaskText
from .plan_acts import PlanComment, PlanSignature, PlanTabling
from .policy import Policy, PolicyVersion
from .progress import ProgressReport, ProgressSubscription, RemindedDuty, Reminder, ReportFile
from .session import ItemPaper, Presence
from .stationing import Stationing, StationingMilestone, StationingReport
from .support import AidEntry, Disbursement, PolicyApplication, SupportFile, SupportObjection, SupportStep
from .visit import Visit, VisitBundle

__all__ = [
    "SupportObjection",
    "SupportStep",
    "SupportFile",
    "PolicyVersion",
    "PolicyApplication",
    "Policy",
    "Disbursement",
    "AidEntry",
    "NATIONAL",
    "AgendaItem",
    "AnnualWorkPlan",
    "Ballot",
    "BallotRule",
    "Deputy",
    "DirectorTerm",
    "Duty",
    "Equipment",
    "Facility",
    "FacilityManager",
    "FacilityPicture",
    "FacilitySheet",
    "OpeningException",
    "OpeningHours",
    "Stationing",
    "StationingMilestone",
    "StationingReport",
    "Visit",
    "VisitBundle",
    "Handover",
    "HandoverSignature",
    "ItemPaper",
    "IndicatorSnapshot",
    "IndicatorTarget",
    "LeadingGroup",
    "LiaisonOfficer",
    "Meeting",
    "Minutes",
    "MinutesAnnex",
    "MinutesSignature",
    "PlanComment",
    "PlanSignature",
    "PlanTabling",
    "PlanTask",
    "PlanVersion",
    "Presence",
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
