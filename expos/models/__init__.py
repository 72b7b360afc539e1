"""What an expo keeps. Read next: edition.py."""

from .application import AllocationPlace, AllocationRun, BoothApplication, BoothWish
from .booth import Booth, BoothAllotment, BoothHold
from .complaint import Complaint, ExhibitCheck
from .edition import Delegation, Expo, ExpoStep, Hall, Room, Venue
from .exhibit import Exhibit
from .matchmaking import MeetingAbsence, MeetingPlan, MeetingProfile, MeetingTable, MeetingWindow, MeetingWish
from .meeting import ExpoMeeting, MatchRun, MeetingPerson, MeetingRequest, UnmetWish
from .registration import Registration

__all__ = [
    "AllocationPlace",
    "AllocationRun",
    "Booth",
    "BoothAllotment",
    "BoothApplication",
    "BoothHold",
    "BoothWish",
    "Complaint",
    "Delegation",
    "Exhibit",
    "ExhibitCheck",
    "Expo",
    "ExpoMeeting",
    "ExpoStep",
    "Hall",
    "MatchRun",
    "MeetingAbsence",
    "MeetingPerson",
    "MeetingPlan",
    "MeetingProfile",
    "MeetingRequest",
    "MeetingTable",
    "MeetingWindow",
    "MeetingWish",
    "Registration",
    "Room",
    "UnmetWish",
    "Venue",
]
