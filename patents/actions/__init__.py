"""Every change of a patent, a listing or a review. Read next: listings.py (the patentee), reviews.py (the office), searching.py."""
