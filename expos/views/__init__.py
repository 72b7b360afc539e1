"""Pages of the expos. Read next: ../urls.py."""
