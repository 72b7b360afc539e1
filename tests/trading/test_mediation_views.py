"""What an office sees of a room: before anybody asks nothing, afterwards what was released, and no more of it once it has ended."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from platform_site.portal import desk
from tests import shared
from tests.factories import accounts, patents, trading
from trading.actions import mediation as actions
from trading.models import Mediation, MediationNote, MediationRelease

CANARY = "暗语石榴七号"
QUEUE = "/zh-hans/trading/mediations/"

pytestmark = pytest.mark.django_db
shen, bai, guo, he, mo = shared.once("shen", "bai", "guo", "he", "mo")


@pytest.fixture(scope="module")
def room(shen, bai):
    return trading.room(shen, bai, body=f"{CANARY}，请介绍一下这项技术。", use=f"{CANARY}用途")


@pytest.fixture(scope="module", autouse=True)
def _before_the_first_test(shen, bai, guo, he, mo, room):
    """All of it is there for every test."""


@pytest.fixture
def said(room, shen, bai):
    """Released by its author; around it stands what was not."""
    trading.say(room, bai, f"{CANARY}一", uploads=[patents.document(f"{CANARY}一.pdf")])
    open_file, secret = patents.picture("流程图.png"), patents.picture(f"{CANARY}机密.png")
    message = trading.say(room, bai, "可以公开的一句话。", uploads=[open_file])
    trading.say(room, shen, f"{CANARY}二")
    trading.say(room, bai, f"{CANARY}三", uploads=[secret], confidential=True)
    return message


@pytest.fixture
def asked(room, bai, said):
    return trading.asked(room, bai, said)


def of(name, row, *more):
    return reverse(f"trading:{name}", args=[row.pk, *more])


def see(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200, url
    return response.content.decode()


def contents():
    return [list(model.objects.order_by("pk").values()) for model in (Mediation, MediationRelease, MediationNote)]


# ---- before anybody asks


def test_before_a_party_asks_an_officer_sees_nothing(client, room, said, guo):
    client.force_login(guo)
    assert "没有等待办理的调解" in see(client, QUEUE)
    assert client.get(room.get_absolute_url()).status_code == 404
    assert client.get(of("negotiation_mediation", room)).status_code == 404
    assert client.get(f"{QUEUE}1/").status_code == 404


# ---- what the office sees


def test_the_office_reads_what_was_released_and_nothing_else(client, room, asked, guo):
    client.force_login(guo)
    pages = [see(client, QUEUE), see(client, of("mediation_detail", asked)), see(client, "/zh-hans/desk/")]
    assert "可以公开的一句话。" in pages[1]
    assert "流程图.png" in pages[1]
    assert asked.reason in pages[1]
    assert all(name in pages[1] for name in ("沈工", "白经理"))
    assert room.listing.number in pages[0]
    assert not [page for page in pages if CANARY in page or room.get_absolute_url() in page]
    assert "可以公开的一句话。" not in pages[0] + pages[2]


def test_a_confidential_attachment_of_a_released_message_stays_where_it_is(client, room, bai, guo):
    secret = trading.secret(room, bai, patents.picture("机密.png"))
    found = trading.asked(room, bai, secret.message)
    client.force_login(guo)
    assert "机密.png" not in see(client, of("mediation_detail", found))
    assert client.get(of("mediation_file", found, secret.pk)).status_code == 404
    client.force_login(bai)
    assert "机密.png" not in see(client, of("negotiation_mediation", room))


def test_an_attachment_is_read_as_far_as_it_was_released(client, room, asked, said, guo, he, shen):
    released, kept = said.files.get(), room.messages.order_by("id")[1].files.get()
    for user, file, status in ((guo, released, 200), (guo, kept, 404), (he, released, 404), (shen, released, 404)):
        client.force_login(user)
        assert client.get(of("mediation_file", asked, file.pk)).status_code == status
    client.force_login(guo)
    assert client.get(reverse("trading:message_file", args=[room.pk, released.pk])).status_code == 404


@pytest.mark.parametrize("verb", ["detail", "accept", "answer", "close", "decline"])
@pytest.mark.parametrize("who", ["he", "shen", "bai", "mo", "ad"])
def test_for_everybody_else_it_does_not_exist(client, asked, request, who, verb):
    client.force_login(request.getfixturevalue(who))
    before, url = contents(), of(f"mediation_{verb}", asked)
    assert client.get(url).status_code == 404
    if verb != "detail":
        assert client.post(url, {"body": "外人写的一段话。", "outcome": "外人写的一段话。"}).status_code == 404
    assert contents() == before


def test_the_queue_is_for_officers(client, asked, he, bai):
    client.force_login(he)
    assert asked.get_absolute_url() not in see(client, QUEUE)
    client.force_login(bai)
    assert client.get(QUEUE).status_code == 403


def test_an_officer_who_is_in_the_room_does_not_find_it_in_the_queue(client, shen, guo):
    room = trading.room(shen, guo)
    found = trading.asked(room, shen)
    client.force_login(guo)
    assert found.get_absolute_url() not in see(client, QUEUE)
    assert client.get(found.get_absolute_url()).status_code == 404


def test_withdrawing_ends_the_reading_at_once(client, asked, said, bai, guo):
    client.force_login(guo)
    urls = [of("mediation_detail", asked), of("mediation_file", asked, said.files.get().pk)]
    assert {client.get(url).status_code for url in urls} == {200}
    actions.mediation_withdraw(mediation_id=asked.pk, actor=bai)
    assert {client.get(url).status_code for url in urls} == {404}
    assert client.post(of("mediation_accept", asked)).status_code == 404
    for segment in ("open", "ended"):
        assert asked.get_absolute_url() not in see(client, QUEUE, show=segment)


def test_after_the_end_the_office_reads_its_own_words_alone(client, room, bai, guo, said):
    found = trading.accepted(room, bai, guo, said)
    actions.mediation_answer(mediation_id=found.pk, actor=guo, body="请双方各提一个方案。")
    actions.mediation_close(mediation_id=found.pk, actor=guo, outcome="双方同意另行委托评估。")
    client.force_login(guo)
    html = see(client, of("mediation_detail", found))
    assert "可以公开的一句话。" not in html
    assert "双方同意另行委托评估。" in html
    assert "请双方各提一个方案。" in html
    assert client.get(of("mediation_file", found, said.files.get().pk)).status_code == 404
    assert found.get_absolute_url() in see(client, QUEUE, show="ended")
    assert client.get(QUEUE, {"show": "all"}).status_code == 404


# ---- what the office does


def test_the_office_accepts_answers_and_closes_by_its_forms(client, room, asked, shen, bai, guo):
    client.force_login(guo)
    assert "受理</button>" in see(client, of("mediation_detail", asked))
    assert client.get(of("mediation_accept", asked))["Location"] == asked.get_absolute_url()
    assert client.post(of("mediation_accept", asked)).status_code == 302
    short = client.post(of("mediation_answer", asked), {"body": "短"}).content.decode()
    assert "请至少写 10 个字" in short
    assert client.post(of("mediation_answer", asked), {"body": "请双方各提出一个计算方案。"}).status_code == 302
    assert "请写明调解结果。" in client.post(of("mediation_close", asked), {"outcome": ""}).content.decode()
    sent = {"outcome": "双方同意先评估，再谈提成比例。"}
    assert client.post(of("mediation_close", asked), sent).status_code == 302
    assert client.post(of("mediation_close", asked), sent).status_code == 409
    for user in (shen, bai):
        client.force_login(user)
        html = see(client, of("negotiation_mediation", room))
        for words in ("已办结", "请双方各提出一个计算方案。", sent["outcome"], "可以公开的一句话。", asked.reason):
            assert words in html


def test_the_office_declines_by_its_form(client, room, asked, shen, guo):
    client.force_login(guo)
    assert "不予受理的理由" in see(client, of("mediation_decline", asked))
    sent = {"outcome": "双方已约定由仲裁机构处理。"}
    assert client.post(of("mediation_decline", asked), sent).status_code == 302
    client.force_login(shen)
    assert sent["outcome"] in see(client, of("negotiation_mediation", room))


def test_it_waits_on_the_desk_until_a_colleague_takes_it(room, asked, guo, he):
    colleague = accounts.officer("guo2@example.org", name="同局审核员", province="420000")
    url = asked.get_absolute_url()

    def waits(user):
        return [str(item.verb) for item in desk.desk_of(user).mine if item.url == url]

    assert (waits(guo), waits(colleague), waits(he)) == (["受理调解"], ["受理调解"], [])
    actions.mediation_accept(mediation_id=asked.pk, actor=guo)
    assert (waits(guo), waits(colleague)) == (["调解"], [])


# ---- what the parties see and do


def test_both_parties_see_exactly_what_was_released(client, room, asked, shen, bai):
    for user in (shen, bai):
        client.force_login(user)
        html = see(client, of("negotiation_mediation", room))
        assert "可以公开的一句话。" in html
        assert asked.reason in html
        assert CANARY not in html
        assert "查看调解和公开的留言" in see(client, room.get_absolute_url())


def test_a_party_asks_by_the_form_and_chooses_among_its_own_words(client, room, said, shen, bai, guo):
    client.force_login(bai)
    assert "没有请求过调解" in see(client, of("negotiation_mediation", room))
    url = of("mediation_ask", room)
    html = see(client, url)
    assert "可以公开的一句话。" in html
    assert "（含 1 个附件）" in html
    assert f"{CANARY}二" not in html
    wrong = client.post(url, {"reason": "短", "message_ids": [said.pk]}).content.decode()
    assert "请至少写 10 个字" in wrong
    assert f'value="{said.pk}" ' in wrong
    theirs = room.messages.filter(author=shen).get()
    sent = {"reason": "双方对许可费的计算有分歧。"}
    assert "不能公开" in client.post(url, {**sent, "message_ids": [theirs.pk]}).content.decode()
    assert not Mediation.objects.exists()
    assert client.post(url, {**sent, "message_ids": [said.pk]})["Location"] == of("negotiation_mediation", room)
    assert client.get(url)["Location"] == of("negotiation_mediation", room)
    assert client.post(url, sent).status_code == 409


def test_more_is_released_and_taken_back_by_the_forms(client, room, asked, shen, bai, mo):
    url = of("mediation_release", asked)
    client.force_login(shen)
    html = see(client, url)
    assert f"{CANARY}二" in html
    assert "可以公开的一句话。" not in html
    assert "请至少选择一条留言。" in client.post(url, {}).content.decode()
    theirs = room.messages.filter(author=shen).get()
    assert client.post(url, {"message_ids": [theirs.pk]}).status_code == 302
    assert "本方写的留言都已公开" in see(client, url)
    withdraw = of("mediation_withdraw", asked)
    assert client.post(withdraw).status_code == 403
    assert "撤回调解请求</button>" not in see(client, of("negotiation_mediation", room))
    client.force_login(mo)
    assert [client.get(address).status_code for address in (url, withdraw)] == [404, 404]
    client.force_login(bai)
    assert "撤回调解请求</button>" in see(client, of("negotiation_mediation", room))
    assert client.post(withdraw).status_code == 302
    assert "已撤回" in see(client, of("negotiation_mediation", room))
    assert "调解已经结束" in see(client, url)
    assert client.post(withdraw).status_code == 409


def test_what_is_written_is_not_read_as_markup(client, room, bai, guo):
    words = "<script>alert(1)</script> 的问题谈不拢。"
    found = trading.asked(room, bai, trading.say(room, bai, words), reason=words)
    for user, url in ((guo, of("mediation_detail", found)), (bai, of("negotiation_mediation", room))):
        client.force_login(user)
        html = see(client, url)
        assert words not in html
        assert html.count(escape("<script>alert(1)")) == 2


# ---- costs and pages


def open_ones(shen, count, start=0):
    for number in range(start, start + count):
        buyer = accounts.member(f"buyer{number}@example.org", name=f"买家{number}")
        room = trading.room(shen, buyer, listing=trading.market(shen))
        trading.asked(room, buyer, room.messages.get())


def test_the_queue_costs_the_same_for_one_and_three_and_turns_pages(
    client, shen, guo, django_assert_max_num_queries, monkeypatch
):
    client.force_login(guo)
    open_ones(shen, 1)
    see(client, QUEUE)
    costs = []
    for more in (2, 0):
        with django_assert_max_num_queries(15) as done:
            see(client, QUEUE)
        costs.append(len(done))
        open_ones(shen, more, start=1)
    assert costs[0] == costs[1]
    monkeypatch.setattr("platform_site.ui.pagination.paged.__defaults__", (2,))
    assert "买家2" in see(client, QUEUE, page=2)
    assert client.get(QUEUE, {"page": 3}).status_code == 404


def test_a_mediation_costs_the_same_for_one_and_three_messages(
    client, room, shen, bai, guo, django_assert_max_num_queries
):
    found = trading.accepted(room, bai, guo, trading.say(room, bai, uploads=[patents.picture()]))
    pages = ((guo, of("mediation_detail", found)), (shen, of("negotiation_mediation", room)))
    costs = []
    for _ in range(2):
        for user, url in pages:
            client.force_login(user)
            see(client, url)
            with django_assert_max_num_queries(15) as done:
                see(client, url)
            costs.append(len(done))
        more = [trading.say(room, bai, uploads=[patents.picture()]) for _ in range(2)]
        actions.mediation_release(mediation_id=found.pk, actor=bai, message_ids=[row.pk for row in more])
        actions.mediation_answer(mediation_id=found.pk, actor=guo, body="请双方各提一个方案。")
    assert costs[:2] == costs[2:]


def test_earlier_mediations_are_on_the_next_page(client, room, bai):
    for number in range(4):
        found = trading.asked(room, bai, reason=f"第{number}次请求调解的理由。")
        actions.mediation_withdraw(mediation_id=found.pk, actor=bai)
    client.force_login(bai)
    first, second = (see(client, of("negotiation_mediation", room), page=page) for page in (1, 2))
    assert "第3次" in first
    assert "第0次" not in first
    assert "第0次" in second
