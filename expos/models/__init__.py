"""What an expo keeps. Read next: edition.py."""

from .edition import Delegation, Expo, ExpoStep, Hall, Room, Venue
from .exhibit import Exhibit
from .matchmaking import MeetingAbsence, MeetingPlan, MeetingProfile, MeetingTable, MeetingWindow, MeetingWish
from .meeting import ExpoMeeting, MatchRun, MeetingPerson, MeetingRequest, UnmetWish
from .registration import Registration

__all__ = [
    "Delegation", "Exhibit", "Expo", "ExpoMeeting", "ExpoStep", "Hall", "MatchRun", "MeetingAbsence", "MeetingPerson",
    "MeetingPlan", "MeetingProfile", "MeetingRequest", "MeetingTable", "MeetingWindow", "MeetingWish", "Registration", "Room",
    "UnmetWish", "Venue",
]  # fmt: skip
