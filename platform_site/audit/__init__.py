"""The append-only record of who did what, linked into a hash chain by one sealer. Read next: record.py, chain.py."""
