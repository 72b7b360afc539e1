"""Where can this be made: each gap named, ranked by the printed rule. Read next: governance/making.py."""

from decimal import Decimal

import pytest

from governance.making import NO, UNSURE, YES, Need, Offer, judge, ranked, same
from governance.stays import Amounts

D = Decimal


def offer(key=1, province="360000", *, area=500, power=100, places=3, equipment=(), permits=(), **more):
    return Offer(
        key, province, more.pop("name", f"基地{key}"), Amounts(places, D(area), D(power)),
        equipment=[((name,), pieces) for name, pieces in equipment], permits=permits, **more,
    )  # fmt: skip


NEEDS = (
    Need("equipment", "搅拌反应釜", D(2)), Need("area", "", D(600)), Need("power", "", D(80)), Need("permit", "危险化学品使用许可"),
)  # fmt: skip


def test_each_requirement_is_judged_and_its_gap_named():
    place = judge(NEEDS, offer(equipment=[("反应釜", 1)], permits=["危险化学品安全使用许可证"]))
    assert [one.verdict for one in place.criteria] == [NO, NO, YES, YES]
    reactor, area, _power, _permit = place.criteria
    assert reactor.gap == "有 1 台，还差 1 台" and area.gap == "今天空余 500 m²，还差 100 m²"
    assert (reactor.short, area.short.quantize(D("0.01"))) == (D("0.5"), D("0.17")) and place.met == 2
    bare = judge(NEEDS, offer(states_area=False, states_power=False))
    assert [one.verdict for one in bare.criteria] == [NO, UNSURE, UNSURE, NO]
    assert bare.criteria[0].gap == "没有这种设备" and bare.criteria[3].gap == "没有这项许可或资质"


def test_ranked_by_the_printed_rule():
    most = offer(1, "430000", equipment=[("搅拌反应釜", 2)], area=700, permits=["危险化学品使用许可"])
    near, far = offer(2, "420000", area=500), offer(3, "140000", area=100)
    silent = offer(4, "410000", states_area=False)
    twin = offer(5, "340000", area=500)
    found = [place.offer.key for place in ranked(NEEDS, [far, twin, near, silent, most])]
    assert found == [1, 4, 5, 2, 3], "met, then fewer failures, then smaller gaps, then the code"


@pytest.mark.parametrize(
    ("wanted", "there", "alike"),
    [
        ("搅拌反应釜", "反应釜", True), ("反应釜", "不锈钢搅拌反应釜", True), ("Spray dryer", "SPRAY-DRYER (pilot)", True),
        ("高速离心机", "台式离心机", True), ("反应釜", "离心机", False), ("", "反应釜", False), ("the dryer", "the mixer", False),
    ],
)  # fmt: skip
def test_names_that_mean_the_same(wanted, there, alike):
    assert same(wanted, there) is alike
