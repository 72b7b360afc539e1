"""The named cast: who they are. As fixtures they stand in tests/conftest.py, made for each test, and in tests/shared.py, once a module."""

from governance.queries import province_of
from platform_site import clock
from platform_site.accounts.models import User
from tests.factories import accounts, group


def shen() -> User:
    """The owner: a verified patentee of Hubei."""
    return accounts.member("shen@example.org", name="沈工", province="420000", verified=True)


def bai() -> User:
    """The buyer: a verified member of Hunan."""
    return accounts.member("bai@example.org", name="白经理", province="430000", verified=True)


def guo() -> User:
    """The clerk: an officer of Hubei."""
    return accounts.officer("guo@example.org", name="郭审核员", province="420000")


def he() -> User:
    """Another province's clerk: an officer of Hunan."""
    return accounts.officer("he@example.org", name="何审核员", province="430000")


def mo() -> User:
    """The stranger: a registered member, not verified, party to nothing."""
    return accounts.member("mo@example.org", name="莫先生", province="410000")


def ad() -> User:
    """The administrator: accounts and settings, never a negotiation."""
    return accounts.administrator("ad@example.org", name="安管理员")


def ju() -> User:
    """The rotating director: holds the seat whose turn this year is, and the running term."""
    user = group.seated("ju@example.org", province_of(clock.today().year), name="轮值的局长")
    group.directing()
    return user


def wei() -> User:
    """Another director: holds the seat whose turn next year is."""
    return group.seated("wei@example.org", province_of(clock.today().year + 1), name="下一任的局长")


def si() -> User:
    """The office of the Leading Group: prepares, never votes."""
    return group.staff("si@example.org", name="办公室的人")
