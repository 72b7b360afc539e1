"""What must happen after a commit, kept as rows so that a crash loses nothing. Read next: queue.py, once.py."""
