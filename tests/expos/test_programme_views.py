"""The programme on the page: days, marks, files, signs, screen; the host's editor and its forms. Read next: test_programme_races.py."""

from datetime import timedelta
from io import BytesIO

import pytest
from icalendar import Calendar

from expos.models import Expo, ScheduleImport, Session, SessionFavourite, Speaker
from platform_site import clock
from tests import shared
from tests.factories import expo_programme as make
from tests.factories import expos, patents

pytestmark = pytest.mark.django_db
guo, he, mo, shen = shared.once("guo", "he", "mo", "shen")


@pytest.fixture(scope="module")
def ground(guo, shen):
    """A programme of two rooms and two days, released once, with a roadshow of a real listing; and a draft beside it."""
    expo = expos.opened(officer=guo)
    hall = expos.room(expo, "论坛厅", officer=guo, place=1, name_en="Forum hall")
    lu = make.speaker(expo, officer=guo, name_en="Lu Yanshi", unit_zh="某研究院", bio_zh="多年从事转化。")
    listing = patents.published(shen, title="路演的涂层")
    make.session(expo, "开幕式", officer=guo, kind="ceremony", title_en="Opening", hour=9)
    make.session(
        expo,
        "<b>涂层</b>路演",
        officer=guo,
        kind="roadshow",
        room=hall,
        hour=10,
        minutes=15,
        speakers=[lu],
        listing=listing,
    )
    make.session(expo, "次日论坛", officer=guo, day=1, hour=10)
    make.released(expo, officer=guo, note="首版")
    make.session(expo, "还在草稿里", officer=guo, day=1, hour=14)
    return expo


@pytest.fixture
def expo(ground, db):
    return Expo.objects.get(pk=ground.pk)


@pytest.fixture
def url(expo):
    return f"/zh-hans/expos/{expo.year}/programme/"


def text_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def guid(expo, title):
    return Session.objects.get(expo=expo, title_zh=title).guid


def test_readers_see_the_released_version_by_days_in_both_languages(client, expo, url):
    text = text_of(client, url)
    for words in ("开幕式", "&lt;b&gt;涂层&lt;/b&gt;路演", "论坛厅", "09:00—10:00", "陆演示", "第 1 版", "首版"):
        assert words in text, words
    assert "还在草稿里" not in text and "次日论坛" not in text and "<!--s|" not in text and "star" not in text
    assert "次日论坛" in text_of(client, f"{url}?day={expo.starts_on + timedelta(days=1)}")
    english = text_of(client, url.replace("zh-hans", "en"))
    assert "Opening" in english and "Lu Yanshi" in english and "Forum hall" in english and "/en/expos/" in english
    for wrong in ("?day=2001-01-01", "?day=x", "?format=pdf"):
        text_of(client, f"{url}{wrong}", 404)
    assert 'rowspan="' in text and 'scope="row"' in text


def test_before_a_version_the_page_says_so_and_has_no_files(client, expo):
    other = make.empty_after(expo)
    address = f"/zh-hans/expos/{other.year}/programme/"
    assert "日程还没有公布" in text_of(client, address)
    for path in ("?format=ics", "door/", "screen/", "changes/1/", f"{guid(expo, '开幕式')}/"):
        text_of(client, f"{address}{path}", 404)


def test_a_session_has_its_page_with_who_speaks_and_the_listing(client, expo, url):
    one = Session.objects.get(expo=expo, kind="roadshow")
    text = text_of(client, f"{url}{one.guid}/")
    for words in ("路演的涂层", one.listing.number, "某研究院", "多年从事转化。", "怎样定价。", "10:00—10:15"):
        assert words in text
    event = Calendar.from_ical(client.get(f"{url}{one.guid}/?format=ics").content).walk("VEVENT")
    assert [str(each["SUMMARY"]) for each in event] == ["<b>涂层</b>路演"]
    text_of(client, f"{url}{guid(expo, '还在草稿里')}/", 404)


def test_files_and_pages_answer_304_to_who_has_them(client, expo, url):
    for query, kind in (("?format=ics", "text/calendar"), ("?format=xml", "application/xml"), ("?format=json", "application/json"), ("", "text/html")):  # fmt: skip
        first = client.get(f"{url}{query}")
        assert first["Content-Type"].startswith(kind)
        again = client.get(f"{url}{query}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), query


def test_now_is_marked_while_it_runs_and_changes_for_a_day(client, expo, url, guo):
    with clock.at(make.at(expo, 0, 9, 30)):
        text = text_of(client, url)
        assert text.count("正在进行") == 1 and text.count('class="now"') == 1
        answer = client.get(f"{url}screen/")
        screen = answer.content.decode()
        assert "开幕式" in screen and "涂层" in screen and answer["Refresh"] == "60"
        front = text_of(client, expo.get_absolute_url())
        assert (
            front.index("开幕式") < front.index("涂层&lt;/b&gt;路演") < front.index("次日论坛") and "正在进行" in front
        )
    assert "正在进行" not in text_of(client, url)
    one = Session.objects.get(expo=expo, title_zh="开幕式")
    to = make.at(expo, 0, 11)
    make.sessions.session_move(
        session_id=one.pk, actor=guo, room_id=one.room_id, starts_at=to, ends_at=to + timedelta(hours=1)
    )
    version = make.released(expo, officer=guo)
    assert "改时间或会场" in text_of(client, url)
    with clock.at(version.released_at + timedelta(hours=25)):
        assert "改时间或会场" not in text_of(client, url)
    changes = text_of(client, f"{url}changes/2/")
    assert "09:00—10:00" in changes and "11:00—12:00" in changes and "还在草稿里" in changes
    text_of(client, f"{url}changes/9/", 404)


def test_a_member_marks_sessions_and_takes_them_along(client, expo, url, mo):
    one = guid(expo, "次日论坛")
    assert client.post(f"{url}favourite/", {"add": one}).status_code == 302 and not SessionFavourite.objects.exists()
    client.force_login(mo)
    assert "还没有收藏" in text_of(client, f"{url}?mine=1")
    answer = client.post(f"{url}favourite/", {"add": one, "back": f"{url}?mine=1"})
    assert answer["Location"] == f"{url}?mine=1"
    assert client.post(f"{url}favourite/", {"add": one, "back": "https://evil.example/"})["Location"] == url
    assert "★" in text_of(client, f"{url}?day={expo.starts_on + timedelta(days=1)}") and "★" not in text_of(client, url)
    assert "次日论坛" in text_of(client, f"{url}?mine=1")
    events = Calendar.from_ical(client.get(f"{url}?format=ics&mine=1").content).walk("VEVENT")
    assert [str(each["SUMMARY"]) for each in events] == ["次日论坛"]
    for wrong in ("x", "", str(guid(expo, "还在草稿里"))):
        assert client.post(f"{url}favourite/", {"add": wrong}).status_code == 404
    client.post(f"{url}favourite/", {"drop": one})
    assert not SessionFavourite.objects.exists()
    client.logout()
    text_of(client, f"{url}?mine=1", 403)


def test_signs_for_the_doors(client, expo, url):
    text = text_of(client, f"{url}door/")
    assert text.count('class="door"') == 3 and "还在草稿里" not in text
    hall = expo.rooms.get(name_zh="论坛厅")
    room = text_of(client, f"{url}door/?room={expo.rooms.get(name_zh='路演厅').pk}")
    assert room.index("开幕式") < room.index("次日论坛")
    assert text_of(client, f"{url}door/?room={hall.pk}").count('class="door"') == 1
    assert "没有可以打印的门牌" in text_of(client, f"{url}door/?room=999999")


def test_the_host_writes_a_session_and_a_refusal_keeps_what_was_typed(client, expo, url, guo, he):
    client.force_login(guo)
    text = text_of(client, f"{url}edit/?day={expo.starts_on + timedelta(days=1)}")
    for words in ("还在草稿里", "警告", "提示", "draggable", "programme.js", "发布下一版"):
        assert words in text
    assert "还在草稿里" in text_of(client, f"{url}edit/?show=list")
    room = expo.rooms.get(name_zh="路演厅")
    typed = {"kind": "forum", "title_zh": "新论坛", "room": room.pk, "day": expo.starts_on, "start": "09:30", "minutes": "30", "speakers": "主持：陆演示"}  # fmt: skip
    clash = client.post(f"{url}edit/sessions/new/", typed)
    assert clash.status_code == 409 and "已有“开幕式”" in clash.content.decode() and "新论坛" in clash.content.decode()
    half = client.post(f"{url}edit/sessions/new/", {**typed, "day": ""})
    assert half.status_code == 200 and "四项都留空" in half.content.decode()
    strange = client.post(
        f"{url}edit/sessions/new/", {**typed, "start": "15:00", "speakers": "没登记的人", "listing": "CN6-2026-999999"}
    )
    assert "没有登记过“没登记的人”" in strange.content.decode() and "没有编号为" in strange.content.decode()
    assert client.post(f"{url}edit/sessions/new/", {**typed, "start": "15:00"}).status_code == 302
    one = Session.objects.get(expo=expo, title_zh="新论坛")
    assert one.speaker_rows.get().role == "host" and one.starts_at == make.at(expo, 0, 15)
    page = text_of(client, f"{url}edit/sessions/{one.guid}/")
    assert f"主持：陆演示 #{one.speaker_rows.get().speaker.number}" in page
    moved = client.post(
        f"{url}edit/sessions/{one.guid}/move/",
        {"room": room.pk, "day": expo.starts_on, "start": "16:00", "minutes": "30"},
    )
    assert moved["Location"] == f"{url}edit/?day={expo.starts_on}"
    assert client.post(f"{url}edit/sessions/{one.guid}/move/", {"room": room.pk, "day": expo.starts_on, "start": "09:15", "minutes": "30"}).status_code == 409  # fmt: skip
    assert client.post(f"{url}edit/sessions/{one.guid}/move/", {}).status_code == 302
    assert not Session.objects.get(pk=one.pk).is_placed
    assert client.post(f"{url}edit/sessions/{one.guid}/cancel/", {"reason": "不办了"}).status_code == 302
    assert client.post(f"{url}edit/sessions/{one.guid}/restore/", {}).status_code == 302
    assert client.post(f"{url}edit/sessions/{guid(expo, '开幕式')}/remove/").status_code == 409
    assert client.post(f"{url}edit/sessions/{one.guid}/remove/").status_code == 302
    client.force_login(he)
    text_of(client, f"{url}edit/", 403)


def test_the_release_page_names_each_warning(client, expo, url, guo):
    make.session(expo, "挤不下", officer=guo, day=2, expected=900)
    client.force_login(guo)
    text = text_of(client, f"{url}edit/release/")
    assert "预计 900 人" in text and "第 2 版" in text and "新增" in text
    refused = client.post(f"{url}edit/release/", {"note": "补充一场"})
    assert refused.status_code == 409 and "补充一场" in refused.content.decode()
    key = f"seats:{guid(expo, '挤不下')}"
    assert (
        client.post(f"{url}edit/release/", {"note": "补充一场", "acknowledged": [key]})["Location"]
        == f"{url}changes/2/"
    )
    assert "挤不下" in text_of(client, f"{url}changes/2/")


def test_speakers_have_a_list_and_a_photo(client, expo, url, guo, mo):
    client.force_login(guo)
    sent = {"name_zh": "新讲者", "email": mo.email, "photo": patents.picture()}
    assert client.post(f"{url}edit/speakers/new/", sent).status_code == 302
    one = Speaker.objects.get(expo=expo, name_zh="新讲者")
    assert one.user == mo and client.get(f"{url}speakers/{one.pk}/photo/").status_code == 200
    assert (
        client.post(f"{url}edit/speakers/{one.pk}/", {"name_zh": "改名", "email": "nobody@example.org"}).status_code
        == 200
    )
    assert client.post(f"{url}edit/speakers/{one.pk}/", {"name_zh": "改名"}).status_code == 302
    text = text_of(client, f"{url}edit/speakers/")
    assert "改名" in text and "陆演示" in text
    assert client.post(f"{url}edit/speakers/{one.pk}/remove/").status_code == 302
    assert client.post(f"{url}edit/speakers/{Speaker.objects.get(expo=expo).pk}/remove/").status_code == 409


def test_a_file_is_judged_row_by_row_and_written_once(client, expo, url, guo):
    client.force_login(guo)

    def sent(content, name, **more):
        upload = BytesIO(content)
        upload.name = name
        return client.post(f"{url}edit/import/", {"upload": upload, **more})

    assert "还没有上传过文件" in text_of(client, f"{url}edit/import/")
    for content, name, said in (
        (b"<x/>", "a.xml", "schedule"),
        (b"a,b\n1,2\n", "stands.csv", "缺少列"),
        (b"", "a.json", "空"),
    ):
        assert said in sent(content, name).content.decode(), name
    far = sent(make.SCHEDULE.format(day="2001-02-03").encode(), "far.xml")
    assert "不在展期" in text_of(client, far["Location"]) and "没有可以写入的变化" in text_of(client, far["Location"])
    made = sent(make.SCHEDULE.format(day="2001-02-03").encode(), "shifted.xml", shift="on")["Location"]
    text = text_of(client, made)
    for words in ("别处的演讲", "新增", "新会场", "录制和许可", "写入 1 场"):
        assert words in text, words
    assert not Session.objects.filter(title_zh="别处的演讲").exists()
    assert client.post(f"{made}write/")["Location"] == made
    assert Session.objects.get(title_zh="别处的演讲").starts_at == make.at(expo, 0, 9, 30)
    assert "已写入于" in text_of(client, made) and client.post(f"{made}write/").status_code == 409
    assert ScheduleImport.objects.filter(expo=expo).count() == 2


def test_a_page_costs_the_same_for_few_and_for_three_hundred(client, guo, mo, expo, url, django_assert_num_queries, django_assert_max_num_queries):  # fmt: skip
    """At most twelve queries, signed in or not, in the reader's pages; the editor's do not grow either."""
    edit = f"{url}edit/"
    pages = [(None, url), (None, f"{url}{guid(expo, '开幕式')}/"), (mo, url), (mo, f"{url}?mine=1"), (None, f"{url}?format=json"), (None, f"{url}screen/"), (guo, edit), (guo, f"{edit}speakers/"), (guo, f"{edit}release/"), (None, expo.get_absolute_url())]  # fmt: skip

    def ask(user, address):
        client.logout() if user is None else client.force_login(user)
        client.get(address)
        with django_assert_max_num_queries(12 if user != guo else 15) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    before = [ask(*one) for one in pages]
    event = '<event id="{0}" guid="{0:08d}-1111-4111-8111-111111111111"><start>{1:02d}:{2:02d}</start><duration>00:05</duration><title>第{0}场</title><abstract/><persons><person id="{0}">讲者{0}</person></persons></event>'
    rooms = "".join(
        f'<room name="厅{room}">' + "".join(event.format(1000 + room * 100 + n, 9 + n // 12, n % 12 * 5) for n in range(50)) + "</room>"
        for room in range(6)
    )  # fmt: skip
    day = expo.starts_on
    content = f'<schedule><version>1</version><conference><title>t</title></conference><day index="1" date="{day}" start="{day}T09:00:00+08:00" end="{day}T18:00:00+08:00">{rooms}</day></schedule>'
    made = make.imported(expo, content.encode(), officer=guo)
    assert {row["fate"] for row in made.fates} == {"new"} and len(made.fates) == 300
    make.released(expo, officer=guo)
    assert [ask(*one) for one in pages] == before
    assert text_of(client, url).count("<td") >= 300
