"""The portal keeps no rows of its own; the module is here so that `post_migrate` is sent for it (apps.py)."""
