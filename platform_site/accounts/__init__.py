"""People, organisations and their verification by an office. Read next: models/__init__.py, actions.py."""
