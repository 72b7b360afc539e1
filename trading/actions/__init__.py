"""Every change of state in trading. Read next: rooms.py, needs.py."""
