"""User, organisation, verification, session. Read next: user.py, organisation.py, verification.py, session.py."""

from .organisation import Membership, Organisation
from .session import Session
from .user import User
from .verification import Verification

__all__ = ["Membership", "Organisation", "Session", "User", "Verification"]
