"""Components as their tags write them."""

import datetime
import re

import pytest
from django.template import Context, Template
from django.utils import translation

from platform_site.ui.pagination import page_links


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


def draw(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("state", "word"), [("done", "完成"), ("green", "按期"), ("yellow", "预警"), ("red", "逾期"), ("grey", "未启动")]
)
def test_light_has_a_shape_and_a_word(state: str, word: str) -> None:
    html = draw("{% light state %}", state=state)
    assert f"<span>{word}</span>" in html
    assert 'aria-hidden="true"' in html


def test_lights_differ_in_shape_not_only_in_colour() -> None:
    shapes = {
        re.search(r"<(circle|path)[^>]*>", draw("{% light state %}", state=s)).group()
        for s in ("done", "green", "yellow", "red", "grey")
    }
    assert len(shapes) == 5


def test_icons_are_never_read_out() -> None:
    assert 'aria-hidden="true"' in draw("{% icon 'search' %}")


def test_when_writes_a_machine_readable_time() -> None:
    assert (
        draw("{% when day %}", day=datetime.date(2026, 11, 24))
        == '<time class="n" datetime="2026-11-24">2026-11-24</time>'
    )
    assert "2026年11月24日" in draw("{% when day 'official' %}", day=datetime.date(2026, 11, 24))
    assert draw("{% when None %}") == "—"


def test_rights_always_six_cells_in_code_order() -> None:
    html = draw("{% rights cells %}", cells={"420000": "gone", "140000": "free"})
    assert re.findall(r'<li class="(\w+)"[^>]*>(.)<', html) == [
        ("free", "晋"), ("none", "皖"), ("none", "赣"), ("none", "豫"), ("gone", "鄂"), ("none", "湘"),
    ]  # fmt: skip
    assert '<span class="vh">已被占用</span>' in html


def test_mosaic_is_a_group_of_labelled_links_without_style() -> None:
    html = draw("{% mosaic counts=counts host='410000' href='?province=' caption='六省' %}", counts={"410000": 12})
    assert 'role="group"' in html
    assert html.count("<a ") == 6
    assert 'aria-label="河南：12"' in html
    assert "style" not in html


def test_pager() -> None:
    html = draw("{% pages window %}", window=page_links(2, 9, lambda n: f"?page={n}"))
    assert '<span class="n" aria-current="page">2</span>' in html
    assert 'aria-label="第 9 页"' in html
    assert draw("{% pages window %}", window=page_links(1, 1, str)) == ""


def test_tasks_link_only_what_can_begin() -> None:
    rows = [
        {"title": "专利号", "url": "/a/", "status": "已完成", "done": True},
        {"title": "价格", "url": "", "status": "暂不能开始"},
    ]
    html = draw("{% tasks rows %}", rows=rows)
    assert '<a href="/a/" aria-describedby="task-1">专利号</a>' in html
    assert '<span class="mute">价格</span>' in html
    assert 'id="task-1">已完成<' in html


def test_files_that_are_closed_have_no_link() -> None:
    html = draw("{% files rows %}", rows=[{"name": "工艺包", "url": "", "meta": "签署后可看"}])
    assert "<a" not in html


def test_facet_keeps_what_is_checked() -> None:
    option = {"value": "410000", "label": "河南", "count": 12141, "checked": True}
    html = draw("{% facet 'province' '省份' options %}", options=[option])
    assert 'name="province" value="410000" checked' in html
    assert "12\u2009141" in html


def test_search_box_keeps_parameters_and_words() -> None:
    html = draw("{% search_box '/s/' q=words keep=keep %}", words='"><b>', keep=[("kind", "invention")])
    assert 'role="search"' in html
    assert "<b>" not in html
    assert '<input type="hidden" name="kind" value="invention">' in html


def test_trl_says_nothing_when_not_stated() -> None:
    assert draw("{% trl None %}") == ""
    assert '<b class="n">8</b>/9' in draw("{% trl 8 %}")


@pytest.mark.parametrize("kind", ["first", "none", "done", "denied"])
def test_blank_says_which_kind_it_is(kind: str) -> None:
    html = draw("{% blank title='没有' kind=kind level=3 %}<p>为什么</p>{% endblank %}", kind=kind)
    assert html.startswith(f'<div class="blank {kind}"><h3 class="h3">没有</h3>')
    assert "<p>为什么</p>" in html


def test_notes_are_read_out() -> None:
    assert draw("{% note tone='warn' %}即将到期{% endnote %}") == '<div class="note warn" role="status">即将到期</div>'


def test_hit_without_compare_or_price() -> None:
    html = draw("{% hit '标题' '/x/' %}")
    assert "checkbox" not in html
    assert "price" not in html
    assert '<h3><a href="/x/">标题</a></h3>' in html
