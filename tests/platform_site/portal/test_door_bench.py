"""What the benchmark of the doors makes and reads, at a small size."""

import pytest

from expos import door_queries
from expos.models import Expo, Passage
from platform_site.portal import door_benchmark

pytestmark = pytest.mark.django_db


def test_an_entry_is_timed_with_few_and_with_more_inside(guo):
    found = door_benchmark.entries(guo, 1, few=5, many=40)
    expo = Expo.objects.get()
    assert Passage.objects.count() == 40 == door_queries.inside(expo, door_queries.VENUE)
    assert found.small.value > 0 and found.large.value > 0 and found.large.goal == door_benchmark.FLAT
