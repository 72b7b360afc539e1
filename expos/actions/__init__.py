"""What the people of an expo do, one file a noun. Read next: ../queries.py."""
