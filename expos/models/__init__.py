"""What an expo keeps. Read next: edition.py."""

from .door import DoorKeeper, Passage, ScanBatch
from .edition import Delegation, Expo, ExpoStep, Hall, Room, Venue
from .exhibit import Exhibit
from .lead import Lead
from .registration import Registration
from .result import CeremonyPlace, ExpoResult, FollowAnswer, ResultStep

__all__ = [
    "CeremonyPlace", "Delegation", "DoorKeeper", "Exhibit", "Expo", "ExpoResult", "ExpoStep", "FollowAnswer", "Hall", "Lead",
    "Passage", "Registration", "ResultStep", "Room", "ScanBatch", "Venue",
]  # fmt: skip
