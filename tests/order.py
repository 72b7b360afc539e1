"""The longest tests first, dealt out over the workers, so that no worker ends with a long one alone. Read next: conftest.py.

With `--dist worksteal` each worker begins with its equal part of the list, in order, and takes over from the others
when its own is done. Whatever shares a dear fixture stays together.
"""

import pytest

# By the beginnings of their names, with the seconds that they take on a quiet machine; what is missing here is merely last.
LONGEST = (
    ("tests/test_permission_matrix.py::test_writing", 130),
    ("tests/test_permission_matrix.py::test_reading", 90),
    ("tests/drills/test_kill.py::test_nothing_acknowledged", 75),
    ("tests/test_fuzz.py::test_every_value_in_the_fields", 45),
    ("tests/platform_site/portal/test_bench.py", 40),
    ("tests/journeys/test_axe.py::test_every_page_is_accessible[zh-hans", 30),
    ("tests/test_fuzz.py::test_every_value_in_the_query", 30),
    ("tests/journeys/test_axe.py::test_every_page_is_accessible[en", 25),
    ("tests/platform_site/embedded/", 25),
    ("tests/platform_site/ui/test_browser.py", 25),
    ("tests/journeys/test_journey_trade", 90),
    ("tests/trading/test_offer_races.py", 60),
    ("tests/journeys/test_journey", 40),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers > 1:
        items[:] = dealt(items, workers)


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """As many parts of equal length as there are workers, each with its share of the longest in front."""
    shares: list[list[pytest.Item]] = [[] for _worker in range(workers)]
    seconds = [0] * workers
    long: set[str] = set()
    for beginning, needed in LONGEST:
        found = [item for item in items if item.nodeid.startswith(beginning) and item.nodeid not in long]
        least = seconds.index(min(seconds))
        shares[least] += found
        seconds[least] += needed if found else 0
        long |= {item.nodeid for item in found}
    rest = iter([item for item in items if item.nodeid not in long])
    size = -(-len(items) // workers)
    for share in shares:
        share += [item for _place, item in zip(range(len(share), size), rest, strict=False)]
    return [item for share in shares for item in share] + list(rest)
