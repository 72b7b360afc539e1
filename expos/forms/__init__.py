"""Cleaning of what is typed in for an expo. Read next: ../views/."""
