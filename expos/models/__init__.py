"""What an expo keeps. Read next: edition.py."""

from .edition import Delegation, Expo, ExpoStep, Hall, Room, Venue
from .exhibit import Exhibit
from .programme import ProgrammePage, ProgrammeVersion, ScheduleImport
from .registration import Registration
from .session import Session, SessionFavourite, SessionSpeaker, Speaker

__all__ = [
    "Delegation", "Exhibit", "Expo", "ExpoStep", "Hall", "ProgrammePage", "ProgrammeVersion", "Registration", "Room",
    "ScheduleImport", "Session", "SessionFavourite", "SessionSpeaker", "Speaker", "Venue",
]  # fmt: skip
