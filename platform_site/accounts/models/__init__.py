"""User, organisation, verification. Read next: user.py, organisation.py, verification.py."""

from .organisation import Membership, Organisation
from .user import User
from .verification import Verification

__all__ = ["Membership", "Organisation", "User", "Verification"]
