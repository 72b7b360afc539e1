"""Test clients that are signed in, or are not."""

from django.test import Client

from tests.factories import accounts


def browser(person=None):
    """Signed in as `person`; a visitor without."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def fresh(person):
    """Signed in, and the password given once more just now."""
    return accounts.confirmed(browser(person), person)
