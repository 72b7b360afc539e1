"""The pager offers ends and neighbours, whatever the size of the table."""

from django.test import RequestFactory

from platform_site.ui.pagination import page_links, page_url


def shown(page: int, last: int | None, **more: bool) -> str:
    window = page_links(page, last, str, **more)
    return " ".join(f"[{c.number}]" if c.current else str(c.number or "…") for c in window.links)


def test_cells() -> None:
    assert shown(1, 1) == "[1]"
    assert shown(1, 2) == "[1] 2"
    assert shown(1, 50000) == "[1] 2 … 50000"
    assert shown(3, 50000) == "1 2 [3] 4 … 50000"
    assert shown(4, 7) == "1 2 3 [4] 5 6 7"
    assert shown(25, 50000) == "1 … 24 [25] 26 … 50000"
    assert shown(50000, 50000) == "1 … 49999 [50000]"


def test_an_unknown_end_offers_only_what_exists() -> None:
    assert shown(9, None, following=True) == "1 … 8 [9] 10"
    assert shown(9, None) == "1 … 8 [9]"
    assert page_links(9, None, str, following=True).next_url == "10"


def test_previous_and_next() -> None:
    assert (page_links(1, 3, str).previous_url, page_links(1, 3, str).next_url) == ("", "2")
    assert (page_links(3, 3, str).previous_url, page_links(3, 3, str).next_url) == ("2", "")
    assert not page_links(1, 1, str).is_needed
    assert page_links(2, 2, str).is_needed


def test_addresses_keep_the_filters_and_the_first_page_has_one_address() -> None:
    url = page_url(
        RequestFactory().get("/zh-hans/patents/", {"q": "制氢", "province": ["410000", "420000"], "page": "3"})
    )
    assert url(2) == "/zh-hans/patents/?q=%E5%88%B6%E6%B0%A2&province=410000&province=420000&page=2"
    assert "page" not in url(1)
    assert page_url(RequestFactory().get("/en/patents/?page=2"))(1) == "/en/patents/"
