"""Pages of the Leading Group and its plans. Read next: ../urls.py."""
