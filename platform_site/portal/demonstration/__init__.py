"""The demonstration region: real facts of patents, everything else plainly invented. Read next: build.py."""
