"""Pages of patents. Read next: listings.py (the patentee), detail.py (everybody), reviews.py (the office)."""
