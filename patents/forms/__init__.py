"""Cleaning of what people type. Read next: fields.py, patent.py, listing.py."""
