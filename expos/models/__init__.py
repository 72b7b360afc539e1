"""What an expo keeps. Read next: edition.py."""

from .application import AllocationPlace, AllocationRun, BoothApplication, BoothWish
from .booth import Booth, BoothAllotment, BoothHold
from .complaint import Complaint, ExhibitCheck
from .edition import Delegation, Expo, ExpoStep, Hall, Room, Venue
from .exhibit import Exhibit
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
    "ExpoStep",
    "Hall",
    "Registration",
    "Room",
    "Venue",
]
