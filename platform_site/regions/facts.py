"""The six provinces as the agreement and GB/T 2260 know them. Read next: models.py."""

from typing import NamedTuple


class Fact(NamedTuple):
    code: str  # GB/T 2260
    slug: str  # used in the demonstration accounts
    name_zh: str
    name_en: str
    short: str  # the one-character name
    place: int  # place in the agreement's order of rotation, from 1
    office_zh: str
    office_en: str


# In code order, the order in which the six are always shown (ux.md 1.4).
PROVINCES = (
    Fact("140000", "shanxi", "山西", "Shanxi", "晋", 1, "山西省知识产权局", "Shanxi Intellectual Property Office"),
    Fact("340000", "anhui", "安徽", "Anhui", "皖", 5, "安徽省知识产权局", "Anhui Intellectual Property Office"),
    Fact("360000", "jiangxi", "江西", "Jiangxi", "赣", 6, "江西省知识产权局", "Jiangxi Intellectual Property Office"),
    Fact("410000", "henan", "河南", "Henan", "豫", 2, "河南省知识产权局", "Henan Intellectual Property Office"),
    Fact("420000", "hubei", "湖北", "Hubei", "鄂", 3, "湖北省知识产权局", "Hubei Intellectual Property Office"),
    Fact("430000", "hunan", "湖南", "Hunan", "湘", 4, "湖南省知识产权局", "Hunan Intellectual Property Office"),
)
CODES = tuple(fact.code for fact in PROVINCES)
BY_CODE = {fact.code: fact for fact in PROVINCES}
ROTATION_ORDER = tuple(fact.code for fact in sorted(PROVINCES, key=lambda fact: fact.place))
