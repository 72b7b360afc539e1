"""Views of accounts. Read next: profile.py, verification.py, verifications.py."""
