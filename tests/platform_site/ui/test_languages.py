"""Chinese inside an English page is marked, and what people wrote stays escaped."""

import pytest
from django.utils.html import conditional_escape
from django.utils.translation import override

from platform_site.ui.languages import han_marked
from tests.factories import accounts, patents
from tests.platform_site.portal.test_desk_inbox import tell


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("CN6-2026-000001 低温制氢", 'CN6-2026-000001 <span lang="zh-CN">低温制氢</span>'),
        ("Plain words", "Plain words"),
        ("", ""),
        ("“低温、制氢”用 Ru 催化剂", '“<span lang="zh-CN">低温、制氢”用</span> Ru <span lang="zh-CN">催化剂</span>'),
        ("<b>氢</b>", '&lt;b&gt;<span lang="zh-CN">氢</span>&lt;/b&gt;'),
        ("\U00020bb7野家", '<span lang="zh-CN">\U00020bb7野家</span>'),
    ],
)
def test_each_chinese_part_is_marked(text, marked):
    with override("en"):
        assert conditional_escape(han_marked(text)) == marked
    with override("zh-hans"):
        assert han_marked(text) is text


@pytest.mark.django_db
def test_titles_on_the_english_desk_and_in_the_inbox(client):
    shen = accounts.member("shen2@example.org", name="沈工", verified=True)
    patents.draft(shen, title="低温氨分解<i>")
    tell(shen, kind="listing_approved", title="低温氨分解<i>")
    client.force_login(shen)
    for address in ("/en/desk/", "/en/desk/inbox/"):
        page = client.get(address).content.decode()
        assert '<span lang="zh-CN">低温氨分解</span>&lt;i&gt;' in page, address
        assert "<i>" not in page
    assert 'lang="zh-CN"' not in client.get("/zh-hans/desk/inbox/").content.decode()
