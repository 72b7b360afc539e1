"""What the specimen page shows: each component with plausible, invented values. Read next: templates/ui_pages/specimen.html."""

import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import widgets
from .diff import DiffRow
from .formats import cny
from .pagination import page_links, page_url

HENAN = "410000"
COUNTS = {"140000": 812, "340000": 1468, "360000": 734, "410000": 1295, "420000": 1907, "430000": 1421}
CELLS = {"140000": "free", "340000": "free", "360000": "part", "410000": "free", "420000": "gone", "430000": "free"}


class SpecimenForm(forms.Form):
    """One field of each kind."""

    number = forms.CharField(label=gettext_lazy("专利号"), help_text=gettext_lazy("共 12 位数字，加小数点后一位校验位"))
    day = forms.DateField(label=gettext_lazy("申请日"), widget=widgets.DateInput, required=False)
    form = forms.ChoiceField(
        label=gettext_lazy("许可方式"),
        choices=[("ordinary", gettext_lazy("普通许可")), ("sole", gettext_lazy("排他许可"))],
        widget=forms.RadioSelect,
    )
    sort = forms.ChoiceField(
        label=gettext_lazy("排序"), choices=[("newest", gettext_lazy("最新上架"))], required=False
    )  # fmt: skip
    effect = forms.CharField(label=gettext_lazy("实测效果"), widget=forms.Textarea, required=False)
    paper = forms.FileField(label=gettext_lazy("材料"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("我已核对以上内容"))


def specimen_context(request: HttpRequest) -> dict[str, Any]:
    """Values for every row of the page."""
    return {
        "plain_form": SpecimenForm(),
        "bad_form": SpecimenForm({"number": ""}, prefix="bad"),
        "counts": COUNTS,
        "host": HENAN,
        "cells": CELLS,
        "window": page_links(7, 42, page_url(request)),
        "today": datetime.date(2026, 11, 24),
        **_records(request.path),
        **_lists(request.path),
    }


def _records(here: str) -> dict[str, Any]:
    """Facts, histories and papers of one invented record."""
    title = _("低温氨分解制氢用钌基蜂窝催化剂")
    return {
        "title": title,
        "amount": 360000,
        "tags": [(_("普通许可"), "jade"), (_("新材料"), "")],
        "meta": ["ZL 2023 1 1042871.5", _("示例研究院（鄂）")],
        "key_facts": [(_("成熟度"), "8 / 9", _("小批量试产")), (_("法律状态"), _("有效")), (_("申请日"), "2023-08-17")],
        "events": [
            {"when": datetime.date(2023, 8, 17), "title": _("申请日")},
            {"when": datetime.date(2025, 1, 10), "title": _("授权公告"), "state": "now"},
            {"when": datetime.date(2043, 8, 17), "title": _("期限届满"), "state": "next"},
        ],
        "papers": [
            {"name": _("专利登记簿副本"), "url": here, "meta": "PDF 1.2 MB"},
            {"name": _("工艺包"), "url": "", "meta": _("签署保密承诺后可看")},
        ],
        "terms": [
            DiffRow(_("入门费"), cny(360000), cny(300000)),
            DiffRow(_("许可地域"), _("河南"), _("河南")),
        ],
    }


def _lists(here: str) -> dict[str, Any]:
    """Filters, views, tasks and a queue."""
    return {
        "scopes": [("listings", _("找技术")), ("needs", _("找需求"))],
        "options": [
            {"value": "140000", "label": _("山西"), "count": 96, "checked": False},
            {"value": "340000", "label": _("安徽"), "count": 12141, "checked": True},
        ],
        "views": [(_("列表"), here, True), (_("表格"), here, False)],
        "shares": [("green", 7), ("yellow", 2), ("red", 1)],
        "steps": [
            {"title": _("专利号"), "url": here, "status": _("已完成"), "done": True},
            {"title": _("技术说明"), "url": here, "hint": _("还缺“落地条件”"), "status": _("未写完"), "tone": "ochre"},
            {"title": _("价格"), "url": "", "hint": _("先填完上一项"), "status": _("暂不能开始")},
        ],
        "waiting": [
            {"left": left, "total": 5, "title": _("煤矿瓦斯抽采钻孔自动封孔装置"), "url": here, "applicant": _("示例研究所"), "kind": _("新提交"), "checks": "6/6"}
            for left in (-1, 0, 1, 3, None)
        ],
    }  # fmt: skip
