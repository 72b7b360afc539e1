"""Plain functions that make rows with no surprises. Read next: accounts.py."""
