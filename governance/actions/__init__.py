"""What the Leading Group does, one file a noun. Read next: ../queries.py."""
