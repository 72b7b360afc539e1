"""Registration, badges, doors, leads and results in the browser. Read next: test_result_actions.py."""

import io
import json
import uuid

import pytest
from pypdf import PdfReader

from expos.actions import registrations, results
from expos.models import ExpoResult, Lead, Passage, Registration, ScanBatch
from expos.states import ExpoState
from platform_site import clock
from tests import shared
from tests.factories import expo_door as make
from tests.factories import expos, patents
from tests.factories.patents import clerk

pytestmark = pytest.mark.django_db
mo, shen, bai = shared.once("mo", "shen", "bai")


@pytest.fixture(scope="module")
def expo(mo, shen, bai):
    return make.running()


@pytest.fixture(scope="module")
def host(expo):
    return make.host(expo)


def text_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def words_of(answer):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


# ---- registration


def test_a_visitor_is_nobody_and_not_everybody_without_an_account(client, expo, mo):
    made = make.visitors(expo, mo)[0]
    assert made.user is None
    page = text_of(client, expo.get_absolute_url())
    assert made.code not in page and "您已登记参观" not in page


def test_a_member_registers_and_has_a_badge(client, expo, mo, bai):
    client.force_login(mo)
    front = expo.get_absolute_url()
    assert "登记参观" in text_of(client, front)
    wrong = client.post(f"{front}register/", {"kind": "general", "name": "", "unit": "某大学"})
    assert wrong.status_code == 200 and "某大学" in wrong.content.decode()
    answer = client.post(f"{front}register/", {"kind": "general", "name": "莫先生", "unit": "某大学"})
    row = Registration.objects.get(user=mo)
    assert answer.headers["Location"] == row.get_absolute_url()
    assert client.get(f"{front}register/").headers["Location"] == row.get_absolute_url()
    assert client.post(f"{front}register/", {"kind": "general", "name": "再来"}).status_code == 409
    text = text_of(client, row.get_absolute_url())
    assert f"{row.code[:5]} {row.code[5:]}" in text and "手机证件" in text and "看不到姓名和单位" in text
    assert "您已登记参观" in text_of(client, front)
    client.force_login(bai)
    for part in ("", "pass/", "cancel/", "?format=pdf"):
        assert client.get(row.get_absolute_url() + part).status_code == 404


def test_a_badge_prints_with_a_large_code(client, expo, mo):
    row = expos.registered(expo, mo)
    client.force_login(mo)
    answer = client.get(f"{row.get_absolute_url()}?format=pdf")
    pdf = PdfReader(io.BytesIO(answer.content))
    assert answer["Content-Type"] == "application/pdf" and len(pdf.pages) == 1
    assert round(float(pdf.pages[0].mediabox.width) / 72 * 25.4) == 90
    for words in ("莫先生", "某单位", "专业观众", f"{row.code[:5]} {row.code[5:]}"):
        assert words in words_of(answer)


def test_the_phone_keeps_its_pass_and_nothing_else(client, expo, mo):
    row = expos.registered(expo, mo)
    client.force_login(mo)
    text = text_of(client, f"{row.get_absolute_url()}pass/")
    worker = f"{expo.get_absolute_url()}registrations/worker/"
    scope = f"{expo.get_absolute_url()}registrations/"
    assert worker in text and f'data-pass-scope="{scope}"' in text and row.code[:5] in text
    answer = client.get(worker)
    assert answer["Service-Worker-Allowed"] == scope and answer["Content-Type"].startswith("text/javascript")
    assert "/pass/" in answer.content.decode()


def test_colleagues_are_registered_in_rows_and_pasted_with_errors_at_their_rows(client, expo, mo):
    client.force_login(mo)
    address = f"{expo.get_absolute_url()}register/group/"
    assert "第 5 人" in text_of(client, address)
    sent = {
        "rows-TOTAL_FORMS": "2", "rows-INITIAL_FORMS": "0", "rows-0-name": "张一", "rows-0-unit": "甲厂",
        "rows-0-kind": "general", "rows-1-name": "", "rows-1-unit": "乙厂", "rows-1-kind": "general",
        "pasted": "姓名,单位,职务,邮箱,类别\n李二,甲厂,工程师,li@example.org,媒体\n王三,甲厂,,wrong,",
    }  # fmt: skip
    answer = client.post(address, sent)
    text = answer.content.decode()
    assert "第 3 行：邮箱" in text and "李二" in text and "张一" in text and not Registration.objects.exists()
    good = {**sent, "rows-1-unit": "", "pasted": sent["pasted"].replace("wrong", "w@example.org")}
    assert client.post(address, {**good, "rows-0-name": "李二"}).status_code == 409
    assert client.post(address, good).status_code == 302
    assert set(Registration.objects.values_list("name", "kind")) == {
        ("张一", "general"), ("李二", "media"), ("王三", "professional"),
    }  # fmt: skip
    mine = f"{expo.get_absolute_url()}registrations/mine/"
    assert "李二" in text_of(client, mine)
    assert len(PdfReader(io.BytesIO(client.get(f"{mine}?format=pdf").content)).pages) == 3


def test_the_host_finds_counts_and_confirms(client, expo, host, mo):
    make.visitors(expo, mo, 2)
    media = make.visitors(expo, mo, kind="media", name="=记者")[0]
    client.force_login(host)
    address = f"{expo.get_absolute_url()}registrations/"
    assert "有效登记 3 人，其中 1 人等待确认" in text_of(client, address)
    assert "观众0" not in text_of(client, f"{address}?show=waiting")
    assert "没有这样的登记" in text_of(client, f"{address}?q=某某某&kind=guest")
    assert media.code in text_of(client, f"{address}?q={media.code.lower()}") + media.code
    text_of(client, f"{address}?kind=nothing", 404)
    table = client.get(f"{address}?format=csv").content.decode()
    assert "'=记者" in table and table.count("\n") == 4
    client.post(f"{address}{media.code}/confirm/")
    assert not Registration.objects.get(pk=media.pk).waits
    client.force_login(mo)
    text_of(client, address, 403)
    client.post(f"{address}{media.code}/permit/", {"permits": "on"})
    client.post(f"{address}{media.code}/cancel/", {})
    media.refresh_from_db()
    assert (media.permits, media.state) == (True, "cancelled")


# ---- doors


def test_the_code_box_works_without_script(client, expo, host, mo):
    row = make.visitors(expo, mo)[0]
    client.force_login(host)
    door = f"{expo.get_absolute_url()}doors/entrance/"
    page = client.get(door)
    assert "camera=(self)" in page["Permissions-Policy"]
    assert "camera=()" in client.get(expo.get_absolute_url())["Permissions-Policy"]
    sent = {"code": row.code, "direction": "in", "client": str(uuid.uuid4())}
    answer = client.post(f"{door}scan/", sent)
    text = text_of(client, answer.headers["Location"])
    assert "可以进入" in text and row.name in text and "撤销" in text
    again = client.post(f"{door}scan/", {**sent, "client": str(uuid.uuid4())})
    assert again.status_code == 409 and "已经在场内" in again.content.decode()
    client.post(f"{expo.get_absolute_url()}doors/passages/{Passage.objects.get().pk}/undo/")
    assert Passage.objects.count() == 2
    text_of(client, f"{expo.get_absolute_url()}doors/Z/", 404)


def test_the_script_is_answered_in_data(client, expo, host, mo):
    row = make.visitors(expo, mo)[0]
    client.force_login(host)
    address = f"{expo.get_absolute_url()}doors/A/scan/"
    sent = {"code": row.code, "direction": "in", "client": str(uuid.uuid4()), "format": "json"}
    said = client.post(address, sent).json()
    assert (said["tone"], said["name"], said["inside"], said["undo"]) == ("ok", row.name, 1, True)
    wrong = client.post(address, {**sent, "code": "NOSUCHC0DE", "client": str(uuid.uuid4())})
    assert wrong.status_code == 409 and (wrong.json()["tone"], wrong.json()["fate"]) == ("no", "unknown")
    back = client.post(f"{expo.get_absolute_url()}doors/passages/{said['pk']}/undo/", {"format": "json"}).json()
    assert (back["word"], back["inside"]) == ("已撤销", 0)
    assert client.get(f"{expo.get_absolute_url()}doors/?format=json").json()["places"][1]["inside"] == 0


def test_a_device_sends_what_it_kept_and_reads_what_became_of_it(client, expo, host, mo):
    rows = make.visitors(expo, mo, 2)
    make.passed(rows[0], host)
    client.force_login(host)
    scans = [
        {"code": row.code, "direction": "in", "client": str(uuid.uuid4()), "at": clock.now().isoformat()}
        for row in rows
    ]
    address = f"{expo.get_absolute_url()}doors/entrance/sync/"
    answer = client.post(address, {"scans": json.dumps(scans)})
    text = text_of(client, answer.headers["Location"])
    assert "有 1 条与现有记录冲突" in text and "这张证件已经在场内" in text
    for broken in ("[1]", "{}", "no", json.dumps([{**scans[0], "at": "x"}])):
        assert client.post(address, {"scans": broken}).headers["Location"].endswith("doors/entrance/")
    assert ScanBatch.objects.count() == 1


def test_the_host_names_helpers_and_everybody_sees_how_full_it_is(client, expo, host, mo):
    hall = expo.halls.get()
    hall.people = 1
    hall.save()
    make.passed(make.visitors(expo, mo)[0], host, hall=hall)
    assert "已满" in text_of(client, expo.get_absolute_url())
    client.force_login(host)
    doors = f"{expo.get_absolute_url()}doors/"
    wrong = client.post(
        f"{doors}keepers/", {"user": "nobody@example.org", "starts_on": expo.starts_on, "last_on": expo.last_on}
    )
    assert "没有使用这个邮箱的账户" in wrong.content.decode()
    client.post(f"{doors}keepers/", {"user": mo.email, "starts_on": expo.starts_on, "last_on": expo.last_on})
    assert "莫先生" in text_of(client, doors)
    client.force_login(mo)
    assert "入口值守" in text_of(client, expo.get_absolute_url())
    text_of(client, doors)
    client.force_login(host)
    client.post(f"{doors}keepers/{expo.keepers.get().pk}/end/")
    client.force_login(mo)
    text_of(client, doors, 403)


# ---- leads


def test_an_exhibitor_knows_who_it_was_when_the_visitor_says_so(client, expo, shen, bai):
    listing = patents.published(shen, forms=["ordinary"], title="展出的技术")
    make.exhibit(expo, listing)
    badge = expos.registered(expo, bai, unit="买家公司")
    leads = f"{expo.get_absolute_url()}leads/"
    client.force_login(shen)
    assert "还没有扫过观众的证件" in text_of(client, leads)
    client.post(f"{leads}scan/", {"code": badge.code, "listing_id": listing.pk, "note": "要样机"})
    lead = Lead.objects.get()
    text = text_of(client, lead.get_absolute_url())
    assert "白经理" not in text and f"末四位 {badge.code[-4:]}" in text and "要样机" in text
    registrations.registration_permit(registration_id=badge.pk, actor=bai, permits=True)
    assert "买家公司" in text_of(client, leads) and badge.email not in text_of(client, lead.get_absolute_url())
    client.force_login(bai)
    text = text_of(client, lead.get_absolute_url())
    assert "要样机" not in text and "同意联系" in text and "等您答复的" in text_of(client, leads)
    answer = client.post(f"{lead.get_absolute_url()}agree/")
    assert "/trading/" in answer.headers["Location"]
    client.force_login(shen)
    assert badge.email in text_of(client, lead.get_absolute_url())


# ---- results


def test_a_result_from_the_office_to_the_public_page(client, expo, host, shen, bai):
    client.force_login(host)
    front = f"{expo.get_absolute_url()}results/"
    assert "还没有经确认的成果" in text_of(client, front)
    sent = {
        "province_id": expo.host_id, "rung": "intention", "signed_on": clock.today(), "owner_name": "某研究院",
        "owner": shen.email, "taker_name": "某公司", "taker": bai.email, "amount_cny": "36万", "listing": "CN6-1999-000001",
    }  # fmt: skip
    wrong = client.post(f"{front}new/", sent)
    assert "没有这个编号" in wrong.content.decode() and "某研究院" in wrong.content.decode()
    client.post(f"{front}new/", {**sent, "listing": ""})
    row = ExpoResult.objects.get()
    assert "待确认" in text_of(client, f"{front}keeping/")
    client.logout()
    text_of(client, row.get_absolute_url(), 404)
    for side in (shen, bai):
        client.force_login(side)
        assert "确认属实" in text_of(client, row.get_absolute_url())
        client.post(f"{row.get_absolute_url()}confirm/")
    climb = {"rung": "contract", "reached_on": clock.today(), "note": "合同"}
    client.post(f"{row.get_absolute_url()}climb/", climb)
    client.logout()
    text = text_of(client, front)
    for words in ("某研究院 — 某公司", "36 万元", "各级不相加", "意向转化率", "100%"):
        assert words in text
    data = client.get(f"{front}?format=json").json()
    assert data["editions"][0]["figures"]["contracts"] == 1 and "contracts" in data["definitions"]
    assert "意向" in client.get(f"{front}?format=csv").content.decode()


def test_a_side_answers_and_a_side_disputes(client, expo, host, shen, bai):
    rows = [make.result(expo, host, owner=shen, taker=bai) for _time in range(2)]
    for side in (shen, bai):
        results.result_confirm(result_id=rows[0].pk, actor=side)
    client.force_login(shen)
    with make.later(expo, 40):
        client.force_login(shen)
        assert "请答复这项意向现在的进展" in text_of(client, rows[0].get_absolute_url())
        address = f"{rows[0].get_absolute_url()}answer/"
        assert "请写明终止的原因" in client.post(address, {"word": "ended"}).content.decode()
        assert client.post(address, {"word": "talking", "reason": "在做小试"}).status_code == 302
        assert "技术方：仍在洽谈" in text_of(client, rows[0].get_absolute_url())
    client.post(f"{rows[1].get_absolute_url()}dispute/", {"reason": "没有签过。"})
    assert "当事人有异议：没有签过。" in text_of(client, rows[1].get_absolute_url())


def test_the_ceremony_is_led_by_the_host_and_seen_by_all(client, expo, host, mo):
    rows = [make.result(expo, host, owner_name=f"单位{n}") for n in range(2)]
    queue = f"{expo.get_absolute_url()}results/ceremony/"
    assert "还没有列入签约仪式的成果" in text_of(client, queue)
    client.force_login(host)
    for row in rows:
        client.post(f"{row.get_absolute_url()}ceremony/")
    first, second = expo.ceremony.order_by("place")
    client.post(f"{queue}{second.pk}/order/", {"place": "1"})
    client.post(f"{queue}{second.pk}/move/", {"to": "called"})
    assert client.post(f"{queue}{first.pk}/move/", {"to": "nowhere"}).status_code == 403
    assert client.post(f"{queue}{first.pk}/order/", {"place": "x"}).status_code == 403
    client.logout()
    text = text_of(client, f"{queue}?screen=1")
    assert "请上台签约" in text and text.index("单位1") < text.index("单位0")
    assert "请上台" in text_of(client, queue)


def test_the_report_is_the_host_s_until_it_is_published(client, expo, host):
    make.result(expo, host)
    address = f"{expo.get_absolute_url()}report/"
    text_of(client, address, 404)
    over = expos.moved(expo, ExpoState.CLOSED, officer=host)
    text_of(client, address, 404)
    assert address not in text_of(client, expo.get_absolute_url())
    client.force_login(host)
    assert "总结还没有公布" in text_of(client, address)
    assert "查看总结草稿" in text_of(client, expo.get_absolute_url())
    expos.moved(over, ExpoState.REPORTED, officer=host)
    client.logout()
    text = text_of(client, address)
    for words in ("总结报告", "参观人次", "意向转化率", "各级不相加", "登记的成果 1 项"):
        assert words in text
    words = words_of(client.get(f"{address}?format=pdf"))
    assert "与历届比较" in words and "指标口径" in words
    assert "总结" in text_of(client, expo.get_absolute_url())


def test_lists_cost_the_same_for_one_and_for_three(client, expo, host, mo, shen, django_assert_max_num_queries):
    other = clerk(next(one for one in ("420000", "430000") if one != expo.host_id))
    make.result(expo, other, province_id=other.province_id, owner=shen)
    make.passed(make.visitors(expo, mo)[0], host)
    client.force_login(host)
    client.post(f"{make.result(expo, host).get_absolute_url()}ceremony/")
    parts = ("", "registrations/", "doors/", "doors/A/", "results/", "results/keeping/", "results/ceremony/", "leads/")

    def cost(part):
        with django_assert_max_num_queries(15) as asked:
            client.get(expo.get_absolute_url() + part)
        return len(asked)

    for part in parts:
        client.get(expo.get_absolute_url() + part)  # what a process reads once
    before = {part: cost(part) for part in parts}
    for row in make.visitors(expo, mo, 2):
        make.passed(row, host)
    for _time in range(2):
        made = make.result(expo, host)
        client.post(f"{made.get_absolute_url()}ceremony/")
        make.result(expo, host, owner=shen)
    assert {part: cost(part) for part in parts} == before
