"""The form of each step of the wizard, what is typed into it as plain names and values, and how two of them differ.

Read next: ../unsaved.py, ../views/steps.py.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from patents import checks
from patents.models import Listing, Patent
from platform_site.accounts.held import as_typed
from platform_site.accounts.queries import organisation_of
from platform_site.ui.diff import DiffRow

from .listing import DescriptionForm, OffersForm, OwnershipForm, requirement_forms, requirement_rows
from .patent import PatentForm

Typed = dict[str, list[str]]


@dataclass(frozen=True)
class Ground:
    """What the form of a step stands on; `patent` is the one that the step of the patents is about, None for a new one."""

    listing: Listing
    draft: checks.Draft
    patent: Patent | None = None


def step_form(step: str, ground: Ground, data: Any = None) -> Any:
    """A form, a set of forms or the five offers: each has `is_valid`, and its forms are `parts_of` it."""
    return _BUILDERS[step](ground, data)


def step_values(step: str, form: Any) -> Mapping[str, Any]:
    """What the action version_save wants of a valid form; the step of the patents has an action of its own."""
    return _VALUES[step](form)


def _ownership(ground: Ground, data: Any) -> OwnershipForm:
    draft, organisation = ground.draft, organisation_of(ground.listing.owner)
    initial = {
        "on_behalf": "organisation" if ground.listing.organisation_id and organisation else "self",
        "co_owned": [str(patent.pk) for patent in draft.patents if patent.co_owned],
        "consents": draft.version.consents,
    }
    return OwnershipForm(
        data, patents=draft.patents, organisation=organisation, initial=initial,
        fixed=ground.listing.public_version_id is not None,
    )  # fmt: skip


_BUILDERS: dict[str, Callable[[Ground, Any], Any]] = {
    "patent": lambda ground, data: PatentForm(data, patent=ground.patent),
    "ownership": _ownership,
    "description": lambda ground, data: DescriptionForm.of(ground.draft.version, ground.draft.patents, data),
    "forms": lambda ground, data: OffersForm(ground.draft, data),
    "requirements": lambda ground, data: requirement_forms(ground.draft.requirements, data),
}
_VALUES: dict[str, Callable[[Any], Mapping[str, Any]]] = {
    "ownership": lambda form: form.values(),
    "description": lambda form: form.cleaned_data,
    "forms": lambda form: {"rows": form.rows},
    "requirements": lambda form: {"rows": requirement_rows(form)},
}


# ---- what is typed


def parts_of(form: Any) -> list[forms.BaseForm]:
    return list(form.forms) if hasattr(form, "forms") else [form]


def typed_in(form: Any, data: QueryDict) -> Typed:
    """What was sent for the boxes of this form, as it was typed; nothing else of what was sent."""
    counted = [form.management_form] if hasattr(form, "management_form") else []
    names = {part.add_prefix(name) for part in (*parts_of(form), *counted) for name in part.fields}
    return {name: data.getlist(name) for name in data if name in names}


def differs_from_saved(form: Any) -> bool:
    return any(part.has_changed() for part in parts_of(form))


def without_errors(form: Any) -> Any:
    """The form as it was typed, before anybody asks whether it is right: judged when it is saved, not when it is opened."""
    for part in parts_of(form):
        as_typed(part)
    return form


# ---- two windows


def differences(theirs: Any, mine: Any) -> list[DiffRow]:
    """Box by box what stands elsewhere (old) and what was typed here (new), in the words of the page; equal ones left out."""
    before, now = _boxes(theirs), _boxes(mine)
    rows = []
    for name in dict.fromkeys([*now, *before]):
        old, new = before.get(name), now.get(name)
        if old is None or new is None:
            alike = not (old or new or _NOTHING).words
        else:
            alike = old.meaning == new.meaning
        if not alike:
            rows.append(DiffRow((new or old or _NOTHING).term, (old or _NOTHING).words, (new or _NOTHING).words))
    return rows


def filled_in(form: Any) -> list[tuple[str, str]]:
    """What stands in the boxes that are not empty: (what the box is called, the value in words)."""
    return [(box.term, box.words) for box in _boxes(form).values() if box.words]


@dataclass(frozen=True)
class _Box:
    """One box: what it is called, what its value means (so that 36万 is 360,000), and the value in words."""

    term: str
    meaning: Any
    words: str


_NOTHING = _Box("", None, "")


def _boxes(form: Any) -> dict[str, _Box]:
    found = {}
    for row, part in enumerate(parts_of(form), start=1):
        for bound in part:
            found[bound.html_name] = _Box(_term(form, part, bound, row), _meaning(bound), _words(bound))
    return found


def _term(form: Any, part: forms.BaseForm, bound: forms.BoundField, row: int) -> str:
    if hasattr(part, "kind"):  # one of the five offers
        return str(bound.label) if bound.name == "offered" else f"{part.kind.label} {bound.label}"
    if hasattr(form, "management_form"):
        return _("第 %(row)s 行 %(field)s") % {"row": row, "field": bound.label}
    return str(bound.label)


def _meaning(bound: forms.BoundField) -> Any:
    try:
        value = bound.field.to_python(bound.value())
    except ValidationError:
        return str(bound.value())
    return (sorted(value) if isinstance(value, list) else value) or None


def _words(bound: forms.BoundField) -> str:
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return _("是") if bound.field.to_python(value) else ""
    labels = _labels(getattr(bound.field, "choices", ()))
    if isinstance(value, list | tuple):
        return checks.listed(labels.get(str(one), str(one)) for one in value)
    return "" if value is None else labels.get(str(value), str(value)) if value != "" else ""


def _labels(choices: Iterable[Any]) -> dict[str, str]:
    """Value -> what the page calls it; groups of choices are opened."""
    found: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, Sequence) and not isinstance(label, str):
            found.update(_labels(label))
        else:
            found[str(value)] = str(label)
    return found
