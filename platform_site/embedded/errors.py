"""The one error of the embedded services: a sentence for the operator."""


class ServicesFailed(Exception):
    """An embedded service cannot be made ready. The text is a sentence to print, with what to do about it."""
