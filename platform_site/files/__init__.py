"""Uploads: private, checked from content, served only after the owner app's permission check. Read next: store.py."""
