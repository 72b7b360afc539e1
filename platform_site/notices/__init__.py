"""Telling people: an inbox row and an e-mail in the reader's language, each exactly once. Read next: models.py, actions.py."""
