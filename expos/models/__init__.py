"""What an expo keeps. Read next: edition.py."""

from .application import AllocationPlace, AllocationRun, BoothApplication, BoothWish
from .booth import Booth, BoothAllotment, BoothHold
from .complaint import Complaint, ExhibitCheck
from .door import DoorKeeper, Passage, ScanBatch
from .edition import Delegation, Expo, ExpoStep, Hall, Room, Venue
from .exhibit import Exhibit
from .lead import Lead
from .matchmaking import MeetingAbsence, MeetingPlan, MeetingProfile, MeetingTable, MeetingWindow, MeetingWish
from .meeting import ExpoMeeting, MatchRun, MeetingPerson, MeetingRequest, UnmetWish
from .programme import ProgrammePage, ProgrammeVersion, ScheduleImport
from .registration import Registration
from .result import CeremonyPlace, ExpoResult, FollowAnswer, ResultStep
from .session import Session, SessionFavourite, SessionSpeaker, Speaker

__all__ = [
    "AllocationPlace",
    "AllocationRun",
    "Booth",
    "BoothAllotment",
    "BoothApplication",
    "BoothHold",
    "BoothWish",
    "CeremonyPlace",
    "Complaint",
    "Delegation",
    "DoorKeeper",
    "Exhibit",
    "ExhibitCheck",
    "Expo",
    "ExpoMeeting",
    "ExpoResult",
    "ExpoStep",
    "FollowAnswer",
    "Hall",
    "Lead",
    "MatchRun",
    "MeetingAbsence",
    "MeetingPerson",
    "MeetingPlan",
    "MeetingProfile",
    "MeetingRequest",
    "MeetingTable",
    "MeetingWindow",
    "MeetingWish",
    "Passage",
    "ProgrammePage",
    "ProgrammeVersion",
    "Registration",
    "ResultStep",
    "Room",
    "ScanBatch",
    "ScheduleImport",
    "Session",
    "SessionFavourite",
    "SessionSpeaker",
    "Speaker",
    "UnmetWish",
    "Venue",
]
