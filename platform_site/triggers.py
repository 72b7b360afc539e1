"""The migration operations of our own: many tables, and many triggers, of one app at once. Read next: patents/migrations/0001_patents_and_listings.py.

Django renders a model and all its relatives again for every table and every trigger that is added; over the two hundred
tables of a new database that is minutes (docs/decisions/0020-migrations-folded.md). What `makemigrations` writes later may
use `CreateModel` and `AddTrigger` as they are.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger


class CreateModels(Operation):
    """Create `models` in their order; the state is rendered once for all of them."""

    reduces_to_sql = True
    reversible = True
    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """What was rendered before is forgotten, so that adding renders nothing; it is rendered anew when next asked for."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.models)} models"


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
