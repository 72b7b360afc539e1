"""Every cell of the conflict matrix (domain.md 5): PostgreSQL refuses by itself, the rules refuse with the article.

Rows are written without the portal's own checks, so that what the database lets stand is what the test sees.
"""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from patents import ledger, ledger_queries, ledger_words
from tests.factories import ledger as rows
from tests.factories.ledger import TODAY

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def patent(shen):
    return rows.patent_alone(shen)


def write(row):
    """In a transaction of its own, as a rival would."""
    with transaction.atomic():
        row.save(force_insert=True)
    return row


def _assigned(patent):
    write(rows.assignment(patent, start=YESTERDAY))


def _open_taken(patent):
    """Somebody took the open licence; then the declaration was withdrawn."""
    declared = write(rows.encumbrance(patent, "open_declaration", start=YESTERDAY))
    write(rows.grant(patent, "open", signed_on=YESTERDAY, start=YESTERDAY))
    declared.end = TODAY
    declared.save(update_fields=["end"])


EXISTING = {
    "nothing": lambda patent: None,
    "assignment registered": _assigned,
    "assignment signed": lambda patent: write(rows.encumbrance(patent, "assignment_signed")),
    "exclusive": lambda patent: write(rows.grant(patent, "exclusive")),
    "sole": lambda patent: write(rows.grant(patent, "sole")),
    "ordinary": lambda patent: write(rows.grant(patent, "ordinary")),
    "declaration": lambda patent: write(rows.encumbrance(patent, "open_declaration")),
    "open taken": _open_taken,
    "pledge": lambda patent: write(rows.encumbrance(patent, "pledge")),
    "compulsory": lambda patent: write(rows.grant(patent, "compulsory")),
    "preservation": lambda patent: write(rows.encumbrance(patent, "preservation")),
    "suspension": lambda patent: write(rows.encumbrance(patent, "suspension")),
    "option": lambda patent: write(rows.encumbrance(patent, "option")),
}
NEW = {
    "assign": lambda patent, title: rows.assignment(patent, owners="又一权利人"),
    "exclusive": lambda patent, title: rows.grant(patent, "exclusive", title=title),
    "sole": lambda patent, title: rows.grant(patent, "sole", title=title),
    "ordinary": lambda patent, title: rows.grant(patent, "ordinary", title=title),
    "declare": lambda patent, title: rows.encumbrance(patent, "open_declaration"),
    "pledge": lambda patent, title: rows.encumbrance(patent, "pledge"),
}
# existing -> what is refused, with the code of the refusal; whatever is not named goes through.
REFUSED = {
    "nothing": {},
    # The former owner has nothing left to give; the new owner's own acts are another test.
    "assignment registered": {"exclusive": "not_owner", "sole": "not_owner", "ordinary": "not_owner"},
    "assignment signed": dict.fromkeys(NEW, "assignment_signed"),
    "exclusive": {
        "exclusive": "exclusive", "sole": "exclusive", "ordinary": "exclusive", "declare": "open_over_exclusive",
    },
    "sole": {"exclusive": "sole", "sole": "sole", "ordinary": "sole", "declare": "open_over_exclusive"},
    "ordinary": {"exclusive": "ordinary", "sole": "ordinary"},
    "declaration": {
        "exclusive": "open_declaration", "sole": "open_declaration", "declare": "open_declaration_twice",
    },
    "open taken": {"exclusive": "open", "sole": "open"},
    "pledge": {**dict.fromkeys(NEW, "pledge"), "pledge": "pledge_twice"},
    "compulsory": {},
    "preservation": dict.fromkeys(NEW, "preservation"),
    "suspension": dict.fromkeys(NEW, "suspension"),
    "option": {"assign": "option", "exclusive": "option", "sole": "option"},
}  # fmt: skip
CELLS = [(existing, new) for existing in EXISTING for new in NEW]


def refusals(new, row, book):
    rules = {
        "assign": ledger.title_refusals,
        "declare": ledger.encumbrance_refusals,
        "pledge": ledger.encumbrance_refusals,
    }
    return list(rules.get(new, ledger.grant_refusals)(row, book))


@pytest.mark.parametrize(("existing", "new"), CELLS)
def test_cell(patent, existing, new):
    title = patent.titles.get()
    EXISTING[existing](patent)
    book = ledger_queries.book_of(patent)
    wanted = NEW[new](patent, title)
    found = refusals(new, wanted, book)
    expected = REFUSED[existing].get(new)
    assert [refused.code for refused in found][:1] == ([expected] if expected else [])
    if not expected:
        write(wanted)
        return
    with pytest.raises(IntegrityError):
        write(wanted)
    for language, law in (("zh-hans", r"《.+》"), ("en", r"\b(Law|Code|Rules?|Interpretation|Measures|ledger)\b")):
        with translation.override(language):
            sentence = ledger_words.sentence(found[0])
        assert re.search(law, sentence), sentence
        if found[0].existing is not None:
            assert found[0].existing.start.isoformat() in sentence


@pytest.mark.parametrize("new", ["assign", "exclusive", "sole", "ordinary", "declare"])
def test_the_pledgee_may_let_it_pass(patent, new):
    write(rows.encumbrance(patent, "pledge"))
    wanted = NEW[new](patent, patent.titles.get())
    wanted.pledgee_agrees = True
    assert not refusals(new, wanted, ledger_queries.book_of(patent))
    write(wanted)


def test_a_general_consent_opens_what_it_names(patent):
    write(rows.encumbrance(patent, "pledge", consents=["ordinary"]))
    write(rows.grant(patent, "ordinary"))
    with pytest.raises(IntegrityError, match="ledger:pledge"):
        write(rows.grant(patent, "exclusive", start=date(2027, 1, 1), provinces=["430000"]))


def test_the_new_owner_disposes_and_the_old_licences_stay(patent):
    old = patent.titles.get()
    licence = write(rows.grant(patent, "exclusive", provinces=["420000"], signed_on=YESTERDAY, start=YESTERDAY))
    new = write(rows.assignment(patent))
    with pytest.raises(IntegrityError, match="ledger:not_owner"):
        write(rows.grant(patent, "ordinary", title=old, provinces=["430000"]))
    write(rows.grant(patent, "ordinary", title=new, provinces=["430000"]))
    with pytest.raises(IntegrityError, match="grant_no_conflict"):
        write(rows.grant(patent, "ordinary", title=new, provinces=["420000"]))
    licence.refresh_from_db()
    assert licence.state == "active"


def test_title_is_sold_once(patent):
    write(rows.assignment(patent))
    with pytest.raises(IntegrityError), transaction.atomic():
        # A second buyer, in the name of the first owner, from the same day.
        rows.Title(**vars_of(rows.assignment(patent, start=TODAY))).save(force_insert=True)


def vars_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname != "id"}


def test_co_owners_decide_together_but_for_an_ordinary_licence(patent):
    type(patent).objects.filter(pk=patent.pk).update(co_owned=True)
    patent.refresh_from_db()
    write(rows.grant(patent, "ordinary", provinces=["420000"]))
    for wanted in (
        rows.grant(patent, "exclusive", provinces=["430000"]),
        rows.grant(patent, "sole", provinces=["430000"]),
        rows.encumbrance(patent, "pledge"),
        rows.encumbrance(patent, "open_declaration"),
    ):
        with pytest.raises(IntegrityError, match="ledger:co_owners"):
            write(wanted)
        wanted.pk, wanted.co_owners_agree = None, True
    write(rows.grant(patent, "exclusive", provinces=["430000"], co_owners_agree=True))
    with pytest.raises(IntegrityError, match="ledger:co_owners"):
        write(rows.assignment(patent))


# ---- place, field, time

PLACES = [
    (["420000"], ["430000"], True), (["420000"], ["420000"], False), (["420000"], [], False), ([], [], False),
    (["420100"], ["420000"], False), (["420100"], ["420200"], True), (["440000"], ["420000", "430000"], True),
]  # fmt: skip
FIELDS = [
    (["H01M"], ["H02J"], True), (["H01M"], ["H01M10/00"], False), (["H"], ["H01M"], False), (["H01M"], [], False),
    (["H01M4/00"], ["H01M10/00"], True), (["GB/T4754-C38"], ["GB/T4754-C39"], True), (["A01"], ["A01B"], False),
    (["GB/T4754-C38"], ["GB/T4754-C3841"], False), (["GB/T4754-C"], ["GB/T4754-C43"], False),
    (["GB/T4754-C"], ["GB/T4754-D44"], True),
    (["H01M"], ["GB/T4754-C38"], False),  # two classifications: nothing shows that they are apart
]  # fmt: skip
PERIODS = [
    ((TODAY, date(2027, 1, 1)), (date(2027, 1, 1), None), True),  # half-open: the next begins where one ends
    ((TODAY, date(2027, 1, 2)), (date(2027, 1, 1), None), False),
    ((date(2027, 1, 1), None), (TODAY, date(2027, 1, 1)), True),
    ((TODAY, None), (date(2040, 1, 1), None), False),
]


def _both(patent, one, other, stands):
    write(one)
    assert bool(list(ledger.grant_refusals(other, ledger_queries.book_of(patent)))) is not stands
    if stands:
        write(other)
    else:
        with pytest.raises(IntegrityError, match="grant_no_conflict"):
            write(other)


@pytest.mark.parametrize(("one", "other", "stands"), PLACES)
def test_places(patent, one, other, stands):
    _both(patent, rows.grant(patent, "exclusive", provinces=one), rows.grant(patent, "sole", provinces=other), stands)


@pytest.mark.parametrize(("one", "other", "stands"), FIELDS)
def test_fields_of_use(patent, one, other, stands):
    _both(patent, rows.grant(patent, "exclusive", field=one), rows.grant(patent, "exclusive", field=other), stands)


@pytest.mark.parametrize(("one", "other", "stands"), PERIODS)
def test_periods(patent, one, other, stands):
    first = rows.grant(patent, "exclusive", start=one[0], end=one[1])
    _both(patent, first, rows.grant(patent, "ordinary", start=other[0], end=other[1]), stands)


@pytest.mark.parametrize("field", [["Z99"], ["H01M10/05"], ["GB/T4754-C38", "H01M"], ["GB/T4754-U12"], ["h01m"]])
def test_a_field_is_of_one_known_classification(patent, field):
    with pytest.raises(IntegrityError, match="grant_field_known"):
        write(rows.grant(patent, "exclusive", field=field))


# ---- below another licence


def test_a_sublicence_lies_within_its_parent(patent):
    parent = write(rows.grant(patent, "exclusive", provinces=["420000"], field=["H01M"], sublicensable=True))
    write(rows.grant(patent, "ordinary", provinces=["420100"], field=["H01M10/00"], parent=parent))
    for outside in (
        {"provinces": ["430000"]},
        {"provinces": []},
        {"field": ["H02J"]},
        {"field": []},
        {"start": YESTERDAY},
    ):
        wanted = rows.grant(
            patent, "ordinary", **{"provinces": ["420000"], "field": ["H01M"], "parent": parent, **outside}
        )
        assert [one.code for one in ledger.grant_refusals(wanted, ledger_queries.book_of(patent))] == ["outside_parent"]
        with pytest.raises(IntegrityError, match="ledger:outside_parent"):
            write(wanted)


def test_a_sublicence_is_ordinary_and_needs_the_contract(patent):
    silent = write(rows.grant(patent, "exclusive", provinces=["420000"]))
    with pytest.raises(IntegrityError, match="ledger:outside_parent"):
        write(rows.grant(patent, "ordinary", parent=silent, provinces=["420000"]))
    parent = write(rows.grant(patent, "exclusive", provinces=["430000"], sublicensable=True))
    with pytest.raises(IntegrityError, match="grant_below_is_ordinary"):
        write(rows.grant(patent, "sole", parent=parent, provinces=["430000"]))


def test_a_sublicence_ends_with_its_parent(patent):
    parent = write(rows.grant(patent, "exclusive", sublicensable=True))
    child = write(rows.grant(patent, "ordinary", parent=parent))
    parent.state, parent.ended_on = "ended", date(2026, 9, 1)
    parent.save(update_fields=["state", "ended_on"])
    child.refresh_from_db()
    assert (child.state, child.ended_on) == ("ended", date(2026, 9, 1))
    with pytest.raises(IntegrityError, match="ledger:outside_parent"):
        write(rows.grant(patent, "ordinary", parent=parent))


def test_beside_a_sole_licence_one_ordinary_and_no_second(patent):
    sole = write(rows.grant(patent, "sole"))
    write(rows.grant(patent, "ordinary", beside=sole))
    with pytest.raises(IntegrityError, match="grant_no_conflict"):
        write(rows.grant(patent, "ordinary", beside=sole))
    with pytest.raises(IntegrityError, match="grant_no_conflict"):
        write(rows.grant(patent, "ordinary"))


def test_a_companion_keeps_another_sole_licence_out(patent):
    sole = write(rows.grant(patent, "sole", provinces=["420000"]))
    write(rows.grant(patent, "ordinary", beside=sole, provinces=["420000"]))
    with pytest.raises(IntegrityError):
        write(rows.grant(patent, "sole", provinces=["420000"]))


def test_an_open_licence_needs_a_declaration(patent):
    wanted = rows.grant(patent, "open")
    assert [one.code for one in ledger.grant_refusals(wanted, ledger_queries.book_of(patent))] == ["no_declaration"]
    with pytest.raises(IntegrityError, match="ledger:no_declaration"):
        write(wanted)


# ---- entries are kept


def test_an_entry_is_not_rewritten_or_erased(patent):
    licence = write(rows.grant(patent, "exclusive", provinces=["420000"]))
    for change in ("provinces = '{430000}'", "form = 'ordinary'", "licensee = 'x'", "start = start - 1", "source = ''"):
        with pytest.raises(Exception, match="ledger:kept"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE patents_grant SET {change} WHERE id = %s", [licence.pk])
    with pytest.raises(Exception, match="ledger:kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM patents_grant WHERE id = %s", [licence.pk])


def test_an_ended_entry_gives_back_what_it_no_longer_holds(patent):
    licence = write(rows.grant(patent, "exclusive"))
    licence.state, licence.ended_on = "ended", date(2026, 9, 1)
    licence.save(update_fields=["state", "ended_on"])
    write(rows.grant(patent, "exclusive", start=date(2026, 9, 1)))
    with pytest.raises(IntegrityError, match="grant_no_conflict"):
        write(rows.grant(patent, "ordinary", start=date(2026, 8, 31), end=date(2026, 9, 1)))
