"""The one migration operation of our own: many triggers of one app at once. Read next: patents/migrations/0001_patents_and_listings.py.

`pgtrigger.migrations.AddTrigger` renders the model and all its relatives again for every trigger, which no trigger
needs; over the hundred and forty of a new database that is most of a minute. What `makemigrations` writes later may
use `AddTrigger` as it is.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger


class AddTriggers(Operation):
    """Install `triggers`, pairs of a model's name in lower case and its compiled trigger, in their order."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, triggers: Sequence[tuple[str, Trigger]]) -> None:
        self.triggers = triggers

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Each trigger stands among the options of its model, where `makemigrations` looks for it."""
        for model, trigger in self.triggers:
            options = state.models[app_label, model].options
            options["triggers"] = [*options.get("triggers", []), trigger]

    def database_forwards(self, _app_label: str, schema_editor: BaseDatabaseSchemaEditor, *_states: Any) -> None:
        """The SQL of pgtrigger as it was compiled; it holds no parameters."""
        for _model, trigger in self.triggers:
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(self, _app_label: str, schema_editor: BaseDatabaseSchemaEditor, *_states: Any) -> None:
        for _model, trigger in reversed(self.triggers):
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        return f"Install {len(self.triggers)} triggers"
