"""One renderer for every form: our field template, and attributes that a screen reader needs. Read next: templates/django/forms/."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

# Widgets that draw their own boxes; everything else is one box and takes the class of a box.
UNBOXED = frozenset({"checkbox", "radioselect", "checkboxselectmultiple", "hidden", "multiplehidden"})


class PortalBoundField(BoundField):
    """A field on the page: gives its box the class `in` and marks it in words when it must be filled in."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        """Add the class to the attributes that Django computes (describedby, invalid, required, disabled)."""
        built = super().build_widget_attrs(attrs, widget)
        drawn = widget or self.field.widget
        if self.widget_type not in UNBOXED and not drawn.is_hidden:
            own = built.get("class") or drawn.attrs.get("class", "")
            built["class"] = f"in {own}".strip()
        return built

    @property
    def error_target(self) -> str:
        """The id that a link of the error summary jumps to: the box itself, or the first of a group."""
        if self.id_for_label:
            return self.id_for_label
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id


class PortalRenderer(TemplatesSetting):
    """Set as FORM_RENDERER; the templates override Django's because templates/ comes first in DIRS."""

    bound_field_class = PortalBoundField


def problems_of(form: BaseForm | Sequence[BaseForm]) -> list[tuple[str, str]]:
    """(id to jump to or empty, words) for each error of a form, or of several on one page; the field's name comes first,

    so that two fields left empty can be told apart.
    """
    found: list[tuple[str, str]] = []
    for one in [form] if isinstance(form, BaseForm) else list(form):
        if not one.is_bound or not one.errors:
            continue
        found += [("", words) for words in one.non_field_errors()]
        for field in one:
            target = "" if field.is_hidden else getattr(field, "error_target", field.id_for_label)
            found += [
                (target, _("%(field)s：%(words)s") % {"field": field.label, "words": words}) for words in field.errors
            ]
    return found
