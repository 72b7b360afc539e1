"""One renderer for every form: our field template, and attributes that a screen reader needs. Read next: templates/django/forms/."""

from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting

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
