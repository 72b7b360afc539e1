"""Random histories: PostgreSQL, the ledger's rules and a small model of cells agree on every step and on every day.

The model knows no ranges: a licence is the set of (place, field, day) that it covers, written out.
"""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patents import ledger, ledger_queries
from platform_site.regions.facts import CODES
from tests.factories import ledger as rows

pytestmark = pytest.mark.django_db
DAY_0 = date(2026, 2, 26)  # the days run over the end of February
DAYS = range(8)
PLACES = (*CODES, "440000")  # the six, and one that stands for the rest of the mainland
FIELDS = ("H01M", "H02J", "B60L")
FORMS = ("exclusive", "sole", "ordinary", "compulsory")

spans = st.tuples(st.integers(0, 7), st.integers(1, 8)).filter(lambda pair: pair[0] < pair[1])
grants = st.fixed_dictionaries(
    {
        "what": st.sampled_from(FORMS),
        "provinces": st.one_of(st.just([]), st.lists(st.sampled_from(PLACES), min_size=1, max_size=2, unique=True)),
        "field": st.one_of(st.just([]), st.lists(st.sampled_from(FIELDS), min_size=1, max_size=2, unique=True)),
        "signed": st.integers(0, 7),
        "days": spans,
    }
)
lying = st.fixed_dictionaries(
    {"what": st.sampled_from(("pledge", "preservation", "open_declaration", "assignment_signed")), "days": spans}
)
histories = st.lists(st.one_of(grants, grants, lying), min_size=1, max_size=8)


def cells(step):
    """What a licence covers; a field of its own stands for every field that nobody names."""
    places = step["provinces"] or PLACES
    fields = step["field"] or (*FIELDS, "any other")
    return set(product(places, fields, range(*step["days"])))


def narrow(step):
    return step["what"] in ("exclusive", "sole")


def stands(step, history):
    """Whether the law lets this step stand after what stands already (domain.md 5)."""
    first = step.get("signed", step["days"][0])
    if step["what"] in ("preservation", "compulsory"):
        return True
    for earlier in history:
        in_force = earlier["days"][0] <= first < earlier["days"][1]
        together = set(range(*earlier["days"])) & set(range(*step["days"]))
        if earlier["what"] in ("pledge", "preservation", "assignment_signed"):
            if in_force or (earlier["what"] == step["what"] and together):
                return False
        elif earlier["what"] == "open_declaration":
            if together and (narrow(step) or step["what"] == "open_declaration"):
                return False
        elif step["what"] == "open_declaration":
            if narrow(earlier) and together:
                return False
        elif earlier["what"] != "compulsory" and "provinces" in step and clash(step, earlier):
            return False
    return True


def clash(step, earlier):
    return (narrow(step) or narrow(earlier)) and bool(cells(earlier) & cells(step))


def free(form, place, day, history):
    """Whether a licence for that one day, in every field of that place, could stand."""
    wanted = {"what": form, "provinces": [place], "field": [], "signed": day, "days": (day, day + 1)}
    if form == "open":
        wanted["what"] = "ordinary"
        barred = any(narrow(one) and one["days"][0] <= day < one["days"][1] for one in history)
        return not barred and stands(wanted, history)
    return stands(wanted, history)


def row_of(step, patent, title):
    start, end = (DAY_0 + timedelta(days=day) for day in step["days"])
    if "provinces" not in step:
        return rows.encumbrance(patent, step["what"], start=start, end=end)
    return rows.grant(
        patent, step["what"], title=title, provinces=step["provinces"], field=step["field"],
        signed_on=DAY_0 + timedelta(days=step["signed"]), start=start, end=end,
    )  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_database_rules_and_model_agree(shen, history):
    patent = rows.patent_alone(shen)
    title = patent.titles.get()
    standing = []
    for step in history:
        row = row_of(step, patent, title)
        judge = ledger.grant_refusals if "provinces" in step else ledger.encumbrance_refusals
        refused = bool(list(judge(row, ledger_queries.book_of(patent))))
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            written = False
        else:
            written = True
        assert (written, refused) == ((True, False) if stands(step, standing) else (False, True)), step
        if written:
            standing.append(step)
    for day in DAYS:
        found = ledger_queries.availability_of([patent], DAY_0 + timedelta(days=day))[patent.pk]
        for code, form in product(CODES, ("exclusive", "sole", "ordinary", "open")):
            assert found.provinces[code][form] == free(form, code, day, standing), (code, form, day)
        assert found.assignment == stands({"what": "assign", "days": (day, day + 1)}, standing)
