"""Many triggers are installed by one operation, stand in the state where `makemigrations` looks, and go again."""

import pgtrigger
import pytest
from django.db import connection
from django.db.migrations.state import ModelState, ProjectState

from platform_site.regions.models import DayOverride
from platform_site.triggers import AddTriggers

TRIGGERS = [
    ("dayoverride", pgtrigger.Protect(name=name, operation=operation).compile(DayOverride))
    for name, operation in (("kept_day", pgtrigger.Delete), ("same_day", pgtrigger.Update))
]


def installed():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'regions_dayoverride'::regclass AND NOT tgisinternal"
        )
        return sorted(name.split("_")[1] for (name,) in cursor)


@pytest.mark.django_db
def test_they_are_installed_and_taken_back():
    operation = AddTriggers(triggers=TRIGGERS)
    with connection.schema_editor() as editor:
        operation.database_forwards("regions", editor)
        assert installed() == ["kept", "same"]
        operation.database_backwards("regions", editor)
    assert installed() == []


def test_the_state_names_them_beside_those_it_has():
    state = ProjectState()
    state.add_model(ModelState.from_model(DayOverride))
    AddTriggers(triggers=TRIGGERS[:1]).state_forwards("regions", state)
    AddTriggers(triggers=TRIGGERS[1:]).state_forwards("regions", state)
    names = [trigger.name for trigger in state.models["regions", "dayoverride"].options["triggers"]]
    assert names == ["kept_day", "same_day"]
