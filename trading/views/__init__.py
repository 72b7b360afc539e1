"""Pages of trading. Read next: enquiries.py, negotiations.py."""
