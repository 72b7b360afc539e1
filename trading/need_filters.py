"""The parameters of the list of needs: what each may hold. Read next: need_queries.py."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from patents.filters import LONGEST_WORDS, IpcField
from patents.states import Form
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui.querying import QueryForm

from .need_queries import DEADLINE, NEWEST, NeedSearch

SORTS = ((NEWEST, gettext_lazy("最新发布")), (DEADLINE, gettext_lazy("最早截止")))


class NeedFilter(QueryForm):
    """Every parameter of /trading/needs/ but `page`. An invalid one is named and left out of the query."""

    q = forms.CharField(label=gettext_lazy("检索词"), required=False, max_length=LONGEST_WORDS)
    place = forms.MultipleChoiceField(
        label=gettext_lazy("拟实施省份"),
        required=False,
        choices=lazy(lambda: [(code, province_name(code)) for code in CODES], list),
    )
    form = forms.MultipleChoiceField(label=gettext_lazy("方式"), required=False, choices=Form.choices)
    ipc = IpcField(label=gettext_lazy("国际专利分类"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("排序"), required=False, choices=SORTS)

    @property
    def search(self) -> NeedSearch:
        """What is asked for, from the values that are valid."""
        values = self.valid
        return NeedSearch(
            words=values.get("q") or "",
            places=tuple(values.get("place") or ()),
            ipc=tuple(dict.fromkeys(values.get("ipc") or ())),
            forms=tuple(values.get("form") or ()),
            sort=values.get("sort") or NEWEST,
        )
