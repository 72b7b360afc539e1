"""Cleaning of what is typed in for the Leading Group. Read next: ../views/."""
