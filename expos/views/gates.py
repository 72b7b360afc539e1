"""The gate that the host's pages share. Read next: editions.py."""

from django.http import HttpRequest

from expos import queries, rules
from expos.models import Expo
from platform_site.accounts.rules import require


def run_by(sent: HttpRequest, year: int) -> Expo:
    """The edition of a year, for an officer of its host: 404 where there is none, NotAllowed for everybody else."""
    expo = queries.expo_of(year)
    require(rules.expo_run, sent.user, expo)
    return expo
