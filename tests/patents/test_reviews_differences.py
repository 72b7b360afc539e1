"""Two versions side by side as data."""

from decimal import Decimal

import pytest
from django.utils import translation

from patents import differences
from patents.actions import reviews
from patents.models import OfferedForm, Requirement, Review
from tests.factories import patents


@pytest.fixture
def pair(shen, guo):
    """A text that was sent back, and its copy to edit."""
    listing = patents.submitted(shen, requirements=[{"kind": "area", "text_zh": "厂房", "amount": Decimal(200)}])
    review = Review.objects.get(version__listing=listing)
    reviews.review_take(review_id=review.pk, actor=guo)
    lines = {"wording": {"ok": False, "note": ""}}
    reviews.review_request_changes(review_id=review.pk, actor=guo, checklist=lines, reason="请改。")
    return listing.versions.get(number=1), listing.versions.get(number=2)


def changed(old, new):
    return {row.term: (row.old, row.new) for row in differences.version_differences(old, new) if row.changed}


def test_a_copy_differs_in_nothing(pair):
    assert changed(*pair) == {}


def test_each_kind_of_term(pair):
    old, new = pair
    new.title_zh, new.trl, new.consents = "另一个名称", 9, ["assignment"]
    new.save()
    new.offered_forms.update(provinces=["430000", "340000"], price_cny=Decimal(500000))
    OfferedForm.objects.create(version=new, form="assignment", note="含一年支持")
    Requirement.objects.create(version=new, kind="power", text_zh="", amount=Decimal(80))
    assert changed(old, new) == {
        "名称（中文）": ("低温氨分解制氢用钌基催化剂", "另一个名称"),
        "成熟度": ("8", "9"),
        "共有人同意": ("", "专利权转让"),
        "专利权转让": ("", "全国；面议；含一年支持"),
        "普通许可": ("全国；36 万元（每年）", "安徽、湖南；50 万元（每年）"),
        "落地条件": ("场地面积：厂房 200 m²", "场地面积：厂房 200 m²\n用电容量：80 kW"),
    }


def test_long_chinese_text_is_compared_by_character(pair):
    old, new = pair
    base = "在蜂窝载体上锚定亚纳米钌簇，低载量下保持分散，四百二十摄氏度下转化率达到百分之九十八。" * 2
    old.solution_zh, new.solution_zh = base, base.replace("锚定亚纳米钌簇", "锚定亚纳米铁簇", 1)
    row = next(row for row in differences.version_differences(old, new) if row.term == "技术方案（中文）")
    assert [(piece.kind, piece.text) for piece in row.pieces if piece.kind != "same"] == [("del", "钌"), ("ins", "铁")]
    assert "".join(piece.text for piece in row.pieces if piece.kind != "del") == new.solution_zh
    assert "".join(piece.text for piece in row.pieces if piece.kind != "ins") == old.solution_zh


def test_without_an_earlier_text_nothing_is_marked(pair):
    rows = differences.version_differences(None, pair[0])
    assert rows
    assert not any(row.changed for row in rows)
    assert "名称（英文）" not in [row.term for row in rows]


def test_terms_follow_the_language(pair):
    with translation.override("en"):
        terms = differences.version_terms(pair[0])
    assert any("CNY 360,000" in words for words in terms.values())
