"""Cleaning of the texts of a plan. Each form carries the revision it was built on. Read next: ../views/plan_editor.py.

Every box also carries what it showed at first (show_hidden_initial): where two people have changed the same text, the
page can tell what each of them has touched.
"""

from collections.abc import Iterable
from typing import Any

from django.forms import BoundField, CharField, ChoiceField, DateField, Form, HiddenInput, IntegerField, Textarea
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.plan_text import LEAD, PREFACE, REASON, SECTION, SUPPORT, TASK, Assignment
from governance.plan_words import LABELS
from patents.forms.fields import Amount
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui.diff import DiffRow
from platform_site.ui.widgets import DateInput

KEEP = "keep-"  # what a conflict page sends for each box: mine or theirs
DUTY = ("role", "zh", "en")


class Lines(CharField):
    """Several lines; a line break counts as one character."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


def _field(name: str, most: int, rows: int = 0, required: bool = False, help_text: Any = "") -> CharField:
    kwargs: dict[str, Any] = {"label": LABELS[name], "max_length": most, "required": required, "help_text": help_text}
    return Lines(rows=rows, **kwargs) if rows else CharField(**kwargs)


class TextForm(Form):
    """One text: a preface, a chapter, a task."""

    names: tuple[str, ...] = ()
    revision = IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=HiddenInput, initial=0)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, initial=initial or {}, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "revision"

    def clean_revision(self) -> int:
        """A form that does not say what it was built on fits no text that is there."""
        revision: int | None = self.cleaned_data["revision"]
        return -1 if revision is None else revision

    @property
    def boxes(self) -> list[str]:
        return [name for name in self.fields if name != "revision"]

    @property
    def values(self) -> dict[str, Any]:
        """What the action writes."""
        return {name: self.cleaned_data[name] for name in self.names if name in self.cleaned_data}


class PrefaceForm(TextForm):
    names = (*PREFACE, *REASON)
    because_zh = _field("because_zh", 300, 2, True)
    because_en = _field("because_en", 300, 2)
    thought_zh = _field("thought_zh", 4000, 8, help_text=gettext_lazy("本年度工作的指导思想、总体要求和目标。"))
    thought_en = _field("thought_en", 8000, 8)
    safeguards_zh = _field("safeguards_zh", 4000, 6, help_text=gettext_lazy("组织、经费、考核等保障。"))
    safeguards_en = _field("safeguards_en", 8000, 6)

    def __init__(self, *args: Any, is_amendment: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_amendment:
            del self.fields["because_zh"], self.fields["because_en"]


class SectionForm(TextForm):
    names = SECTION
    title_zh = CharField(label=gettext_lazy("章名"), max_length=80)
    title_en = CharField(label=gettext_lazy("章名（英文）"), max_length=120, required=False)


def _roles() -> list[tuple[str, str]]:
    return [("", _("不承担")), (LEAD, _("牵头")), (SUPPORT, _("配合"))]


class TaskForm(TextForm):
    """A task in the field's own structure; below it one row for each of the six."""

    names = TASK
    title_zh = _field("title_zh", 160, required=True)
    title_en = _field("title_en", 240)
    measures_zh = _field("measures_zh", 4000, 5)
    measures_en = _field("measures_en", 8000, 5)
    target_zh = _field("target_zh", 200, help_text=gettext_lazy("写可以核对的数或结果。"))
    target_en = _field("target_en", 300)
    output_zh = _field("output_zh", 120, help_text=gettext_lazy("例如：文件、报告、系统、活动。"))
    output_en = _field("output_en", 200)
    due_on = DateField(label=LABELS["due_on"], required=False, widget=DateInput())
    budget_cny = Amount(label=LABELS["budget_cny"], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in CODES:
            name = province_name(code)
            role = ChoiceField(label=name, choices=lazy(_roles, list), required=False)
            chinese = CharField(label=_("%(name)s的分工") % {"name": name}, max_length=200, required=False)
            english = CharField(label=_("%(name)s的分工（英文）") % {"name": name}, max_length=300, required=False)
            for kind, field in zip(DUTY, (role, chinese, english), strict=True):
                field.show_hidden_initial = True
                self.fields[f"{kind}_{code}"] = field

    def text_fields(self) -> list[BoundField]:
        return [self[name] for name in TASK]

    def duty_rows(self) -> list[list[BoundField]]:
        return [[self[f"{kind}_{code}"] for kind in DUTY] for code in CODES]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        leads = [code for code in CODES if data.get(f"role_{code}") == LEAD]
        for code in leads[1:]:
            words = _("牵头单位只能有一个，已经选了%(name)s。") % {"name": province_name(leads[0])}
            self.add_error(f"role_{code}", words)
        for code in CODES:
            role, what = data.get(f"role_{code}"), data.get(f"zh_{code}")
            if role == SUPPORT and not what and f"zh_{code}" not in self.errors:
                self.add_error(f"zh_{code}", _("请写明配合单位的分工。"))
            if not role and (what or data.get(f"en_{code}")):
                self.add_error(f"role_{code}", _("写了分工，请选择牵头或配合；不承担的，请清空分工。"))
        return data

    @property
    def duties(self) -> list[Assignment]:
        data = self.cleaned_data
        return [
            Assignment(code, data[f"role_{code}"], data[f"zh_{code}"], data[f"en_{code}"])
            for code in CODES
            if data[f"role_{code}"]
        ]


def initial_of(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """What a saved text puts into the boxes, with its revision."""
    return {name: getattr(row, name) for name in names} | {"revision": row.revision}


def duties_initial(duties: Iterable[Assignment]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in duties:
        row = zip(DUTY, (one.role, one.what_zh, one.what_en), strict=True)
        found |= {f"{kind}_{one.province}": value for kind, value in row}
    return found


# ---- two people, one text


def as_sent(form: TextForm, name: str) -> str:
    """What a box of an unbound form would send."""
    value = form.get_initial_for_field(form.fields[name], name)
    return "" if value is None else str(form.fields[name].prepare_value(value))


def chosen(data: Any, theirs: TextForm) -> Any:
    """What the conflict page sends, with the other's text wherever it was preferred."""
    mixed = data.copy()
    for name in theirs.boxes:
        if mixed.get(KEEP + name) == "theirs":
            mixed[name] = as_sent(theirs, name)
    return mixed


def conflict(mine: TextForm, theirs: TextForm) -> list[dict[str, Any]]:
    """Box by box where the two differ; what the reader did not touch is the other's unless they say otherwise."""
    rows = []
    touched = set(mine.changed_data)  # against what the page showed at first
    for name in mine.boxes:
        field, typed = mine.fields[name], str(mine.data.get(name, ""))
        if not field.has_changed(theirs.get_initial_for_field(field, name), typed):
            continue
        words = dict(getattr(field, "choices", ()))
        old, new = (str(words.get(value, value)) for value in (as_sent(theirs, name), typed))
        rows.append({"name": KEEP + name, "row": DiffRow(str(field.label), old, new), "touched": name in touched})
    return rows


def typed_in(form: TextForm) -> list[tuple[str, str]]:
    """(label, words) of every box that is not empty, to be copied from a page that cannot save them any more."""
    rows = []
    for name in form.boxes:
        value = str(form.data.get(name, ""))
        words = dict(getattr(form.fields[name], "choices", ()))
        if value:
            rows.append((str(form.fields[name].label), str(words.get(value, value))))
    return rows
