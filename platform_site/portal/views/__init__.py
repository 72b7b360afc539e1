"""Views of the portal. Read next: home.py, refusals.py."""
