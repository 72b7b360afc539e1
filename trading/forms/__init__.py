"""Cleaning of what people type in trading. Read next: fields.py, rooms.py."""
