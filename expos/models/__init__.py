"""What an expo keeps. Read next: edition.py."""

from .edition import Delegation, Expo, ExpoStep, Hall, Room, Venue
from .exhibit import Exhibit
from .registration import Registration

__all__ = ["Delegation", "Exhibit", "Expo", "ExpoStep", "Hall", "Registration", "Room", "Venue"]
