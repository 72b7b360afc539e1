"""The six provinces, their cities, working days, and the rotation between them. Read next: models.py, rotation.py."""
