"""The parameters of the search page: what each may hold, and the query they make. Read next: search.py."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from platform_site.regions.facts import PROVINCES

from . import search
from .classification import ipc_normalise
from .models import SearchRow
from .states import Form, PatentKind

LONGEST_WORDS = 500
SORTS = (
    (search.RELEVANCE, _("相关度")),
    (search.NEWEST, _("最新发布")),
    (search.PRICE, _("报价由低到高")),
)
_GROUP_ALONE = re.compile(r"[A-H]\d{2}[A-Z]\d{1,4}/?", re.ASCII)
_CODES = [(fact.code, fact.name_zh) for fact in PROVINCES]


class IpcField(forms.MultipleChoiceField):
    """IPC symbols or the beginnings of them, in any spelling; several widen the search."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [ipc_prefix(typed) for typed in super().to_python(value)]

    def validate(self, value: list[str]) -> None:
        if "" in value:
            raise forms.ValidationError(
                _("这不是国际专利分类号；请填部、大类、小类或组，例如 H、H01、H01M 或 H01M 10/0525。")
            )


def ipc_prefix(typed: str) -> str:
    """The stored form of what was typed as a class, a main group without its stroke included; `""` for anything else."""
    symbol = ipc_normalise(typed)
    if symbol:
        return symbol
    compact = re.sub(r"\s+", "", unicodedata.normalize("NFKC", typed[:50])).upper()
    return ipc_normalise(compact.rstrip("/") + "/00") if _GROUP_ALONE.fullmatch(compact) else ""


class _IpcFilter(django_filters.MultipleChoiceFilter):
    field_class = IpcField


class _LevelFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField


class ListingFilter(django_filters.FilterSet):
    """Every parameter of /patents/ but `page` and `format`. An invalid one is named in `errors` and left out of the query."""

    q = django_filters.CharFilter(label=_("检索词"), max_length=LONGEST_WORDS)
    province = django_filters.MultipleChoiceFilter(label=_("发布省份"), choices=_CODES)
    ipc = _IpcFilter(label=_("国际专利分类"))
    kind = django_filters.MultipleChoiceFilter(label=_("专利类型"), choices=PatentKind.choices)
    form = django_filters.MultipleChoiceFilter(label=_("交易方式"), choices=Form.choices)
    free_in = django_filters.MultipleChoiceFilter(label=_("可实施省份"), choices=_CODES)
    free_form = django_filters.ChoiceFilter(label=_("可实施的方式"), choices=Form.choices)
    trl_min = _LevelFilter(label=_("成熟度不低于"), min_value=1, max_value=9)
    price_max = django_filters.NumberFilter(label=_("报价不高于（元）"), min_value=0, max_digits=14, decimal_places=2)
    sort = django_filters.ChoiceFilter(label=_("排序"), choices=SORTS)

    class Meta:
        model = SearchRow
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_without_blanks(data), *args, **kwargs)

    def filter_queryset(self, queryset: QuerySet[SearchRow]) -> QuerySet[SearchRow]:
        return search.narrow(queryset, self.query)

    @cached_property
    def query(self) -> search.Query:
        """What is asked for, from the values that are valid."""
        _invalid = self.errors
        clean = self.form.cleaned_data
        return search.Query(
            words=clean.get("q") or "",
            provinces=tuple(clean.get("province") or ()),
            ipc=tuple(dict.fromkeys(clean.get("ipc") or ())),
            kinds=tuple(clean.get("kind") or ()),
            forms=tuple(clean.get("form") or ()),
            free_in=tuple(clean.get("free_in") or ()),
            free_form=clean.get("free_form") or "",
            trl_min=clean.get("trl_min"),
            price_max=clean.get("price_max"),
            sort=clean.get("sort") or "",
        )

    @property
    def sentences(self) -> dict[str, str]:
        """Parameter -> what is wrong with it, its name first."""
        return {
            name: _("%(field)s：%(words)s") % {"field": self.form.fields[name].label, "words": " ".join(words)}
            for name, words in self.errors.items()
        }


def _without_blanks(data: Mapping[str, Any] | None) -> QueryDict:
    """The same parameters without the empty ones that a form sends along."""
    kept = QueryDict(mutable=True)
    if isinstance(data, QueryDict):
        for name, values in data.lists():
            filled = [value for value in values if value.strip()]
            if filled:
                kept.setlist(name, filled)
    return kept
