"""The ground of every test: a database with the six provinces, a named cast. Read next: factories/."""

import gc

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.test import TransactionTestCase
from django.utils import translation

from tests import sweeping
from tests.browsers import chromium  # noqa: F401 - a fixture is found by its name
from tests.factories import cast
from tests.order import pytest_collection_modifyitems  # noqa: F401 - a hook is found by its name


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    """A process reads its translations once: they are compiled before any worker begins, as `manage.py run` compiles them."""
    if not hasattr(config, "workerinput"):
        call_command("compile_po", verbosity=0)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What is loaded stays: it is not searched for garbage again at every turn, which took a fourteenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _empty_cache():
    """Limits on tries are counted in the cache: none of them counts over two tests."""
    for name in ("default", "pages"):
        caches[name].clear()


@pytest.fixture(autouse=True)
def _chinese_by_default():
    with translation.override("zh-hans"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The same database, whose ground is known, so that what a test commits can be swept away."""
    plain = TransactionTestCase._fixture_teardown
    with django_db_blocker.unblock():
        sweeping.remember()
    TransactionTestCase._fixture_teardown = lambda _self: sweeping.sweep()
    yield
    TransactionTestCase._fixture_teardown = plain


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """What is built on this is there for every test of the module, each of which takes back what it does itself."""
    with django_db_blocker.unblock(), translation.override("zh-hans"), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def shen(db):
    """The owner: a verified patentee of Hubei."""
    return cast.shen()


@pytest.fixture
def bai(db):
    """The buyer: a verified member of Hunan."""
    return cast.bai()


@pytest.fixture
def guo(db):
    """The clerk: an officer of Hubei."""
    return cast.guo()


@pytest.fixture
def he(db):
    """Another province's clerk: an officer of Hunan."""
    return cast.he()


@pytest.fixture
def mo(db):
    """The stranger: a registered member, not verified, party to nothing."""
    return cast.mo()


@pytest.fixture
def ad(db):
    """The administrator: accounts and settings, never a negotiation."""
    return cast.ad()


@pytest.fixture
def ju(db):
    """The rotating director: holds the seat whose turn this year is, and the running term."""
    return cast.ju()


@pytest.fixture
def wei(db):
    """Another director: holds the seat whose turn next year is."""
    return cast.wei()


@pytest.fixture
def si(db):
    """The office of the Leading Group: prepares, never votes."""
    return cast.si()
