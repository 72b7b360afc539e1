"""The three points that an office looks at in a need, and the usual words of a refusal. Read next: actions/need_reviews.py."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy


class Point(NamedTuple):
    label: str | Promise
    hint: str | Promise


POINTS: dict[str, Point] = {
    "real": Point(
        pgettext_lazy("need check", "真实"), gettext_lazy("写的是具体的技术难题，指标可以验证；不是广告、招聘或融资。")
    ),
    "criteria": Point(
        pgettext_lazy("need check", "条件"), gettext_lazy("分类、关键词、方式、省份与预算同说明一致，能用来匹配。")
    ),
    "disclosure": Point(
        pgettext_lazy("need check", "公开"),
        gettext_lazy("没有联系方式、商业秘密、个人信息，也没有不宜公开的内容。"),
    ),
}


class Canned(NamedTuple):
    token: str
    text: str | Promise


CANNED: tuple[Canned, ...] = (
    Canned("vague", gettext_lazy("难题写得太笼统，无法判断什么技术合用。请写明工况、现有水平和希望达到的指标。")),
    Canned("criteria_differ", gettext_lazy("分类或关键词与说明的内容不符。请核对国际专利分类，并换用说明中的术语。")),
    Canned("contact", gettext_lazy("文字中有联系方式。公开页面不显示联系方式，请删去；权利人会在平台内提出方案。")),
    Canned("secret", gettext_lazy("内容涉及不宜公开的配方、图纸或经营数据。请删去，需要时在洽谈室里提供。")),
    Canned("not_a_need", gettext_lazy("这不是技术需求。平台只公开寻求专利技术的需求，不发布广告、招聘和融资信息。")),
)
