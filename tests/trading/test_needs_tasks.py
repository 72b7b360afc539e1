"""Who is told what of needs, once each; what the clock ends; the letter of the week."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from platform_site import clock
from platform_site.errors import Conflict
from platform_site.notices import wording
from platform_site.notices.actions import preferences_set
from platform_site.notices.kinds import KINDS
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests.factories import accounts, needs, patents, trading
from trading import need_tasks
from trading.actions import need_proposals
from trading.actions import needs as actions
from trading.models import TechnologyNeed

WORDS = "这项技术在四百二十摄氏度即可达到所求的转化率。"


def told(person, kind=None):
    rows = Notice.objects.filter(recipient=person)
    return list((rows.filter(kind=kind) if kind else rows).order_by("pk"))


def one(person, kind):
    (notice,) = told(person, kind)
    return notice


# ---- what happened


def test_the_office_hears_of_a_submission(bai, he, guo):
    need = needs.submitted(bai, province="430000")
    queue.drain()
    notice = one(he, "need_submitted")
    assert notice.path == f"/trading/needs/review/{need.reviews.get().pk}/"
    assert need.number in wording.worded(notice)[0]
    assert told(guo) == []


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        ("published", "need_published", "已公开征集"),
        ("changes_requested", "need_changes_requested", "湖南省知识产权局 的意见：请写明工况和指标。"),
        ("rejected", "need_rejected", "请写明工况和指标。"),
    ],
)
def test_the_owner_hears_the_decision(bai, he, state, kind, words):
    need = needs.submitted(bai, province="430000")
    needs.approve(need, he) if state == "published" else needs.refused(need, state, officer=he)
    queue.drain()
    notice = one(bai, kind)
    assert words in " ".join(wording.worded(notice))
    assert notice.path == f"/trading/needs/{need.number}/"


def test_a_proposal_and_its_answers_are_told_without_a_word_of_them(bai, shen):
    need, listing = needs.published(bai), trading.market(shen)
    proposal = needs.proposal(need, listing, text=WORDS)
    queue.drain()
    notice = one(bai, "need_proposal_received")
    assert notice.path == f"/trading/needs/{need.number}/proposals/"
    need_proposals.proposal_accept(proposal_id=proposal.pk, actor=bai, body="能否先寄样品看看？", forms=["ordinary"])
    queue.drain()
    proposal.refresh_from_db()
    assert one(shen, "need_proposal_accepted").path == f"/trading/negotiations/{proposal.negotiation_id}/"
    said = " ".join(" ".join(wording.worded(row)) + str(row.data) for row in Notice.objects.all())
    assert "四百二十" not in said
    assert "寄样品" not in said


def test_a_declined_proposal_is_told(bai, shen):
    proposal = needs.proposal(needs.published(bai), trading.market(shen))
    need_proposals.proposal_decline(proposal_id=proposal.pk, actor=bai, reason="温度偏高。")
    queue.drain()
    notice = one(shen, "need_proposal_declined")
    assert notice.path == "/trading/needs/proposals/"
    assert "温度" not in str(notice.data)


def test_the_end_is_told_to_who_waits_for_an_answer(bai, shen, mo):
    need = needs.published(bai)
    needs.proposal(need, trading.market(shen))
    actions.need_meet(need_id=need.pk, actor=bai)
    queue.drain()
    assert "已解决" in wording.worded(one(shen, "need_closed"))[0]
    assert told(bai, "need_expired") == []
    assert told(mo) == []


def test_a_task_that_runs_twice_tells_once(bai, shen, he):
    need = needs.submitted(bai, province="430000")
    for _twice in range(2):
        need_tasks.need_submit_notify(need.reviews.get().pk)
    assert len(told(he, "need_submitted")) == 1


# ---- the calendar


def test_the_clock_ends_what_has_run_out(bai, shen):
    ending = needs.published(bai, deadline=clock.today() + timedelta(days=1))
    staying = needs.published(bai)
    needs.proposal(ending, trading.market(shen))
    with clock.at(clock.now() + timedelta(days=2)):
        for _twice in range(2):
            need_tasks.needs_expire()
        queue.drain()
    assert [TechnologyNeed.objects.get(pk=need.pk).state for need in (ending, staying)] == ["expired", "published"]
    assert one(bai, "need_expired")
    assert "已到期" in wording.worded(one(shen, "need_closed"))[0]


def test_what_cannot_be_ended_does_not_keep_the_clock_busy(bai, monkeypatch):
    def refuse(**_what):
        raise Conflict("忙")

    needs.published(bai, deadline=clock.today() + timedelta(days=1))
    monkeypatch.setattr(actions, "need_expire", refuse)
    with clock.at(clock.now() + timedelta(days=2)):
        need_tasks.needs_expire()


# ---- the letter of the week


def test_it_is_written_on_monday_at_eight_in_china():
    entry = settings.CELERY_BEAT_SCHEDULE["digest"]
    assert entry["task"] == "trading.needs_digest"
    assert (entry["schedule"].hour, entry["schedule"].minute, entry["schedule"].day_of_week) == ({8}, {0}, {1})
    assert settings.CELERY_TIMEZONE == "Asia/Shanghai"


def monday():
    """The Monday morning after the present week."""
    day = clock.today() + timedelta(days=7 - clock.today().weekday())
    return datetime(day.year, day.month, day.day, 8, tzinfo=ZoneInfo("Asia/Shanghai"))


def letter(at=None):
    with clock.at(at or monday()):
        need_tasks.needs_digest()


def test_buyer_and_patentee_each_get_one_letter(bai, shen):
    listing, need = patents.published(shen, title="低温氨分解催化剂"), needs.published(bai)
    letter()
    week = "{}-W{:02d}".format(*monday().isocalendar()[:2])
    to_buyer, to_patentee = one(bai, "digest_listings"), one(shen, "digest_needs")
    assert (to_buyer.key, to_patentee.key) == (f"digest-listings-{week}", f"digest-needs-{week}")
    assert wording.worded(to_buyer) == (
        "本周与您的需求相符的新技术：1 项",
        f"其中有：{listing.public_version.title_zh}",
    )
    assert need.title_zh in wording.worded(to_patentee)[1]
    assert to_buyer.path == "/trading/needs/mine/"
    assert to_patentee.path == "/trading/needs/for-listings/"
    assert to_buyer.mail_due


def test_twice_in_a_week_is_once_and_the_next_week_is_another(bai, shen):
    needs.published(bai)
    patents.published(shen)
    letter()
    letter()
    letter(monday() + timedelta(days=3))
    assert len(told(bai, "digest_listings")) == 1
    with clock.at(monday() + timedelta(days=2)):
        patents.published(shen, title="又一项氨分解催化剂")
    letter(monday() + timedelta(days=7))
    assert len(told(bai, "digest_listings")) == 2


def test_nothing_new_is_no_letter(bai, shen):
    needs.published(bai)
    patents.published(shen)
    letter(monday() + timedelta(days=14))
    assert Notice.objects.filter(kind__startswith="digest").count() == 0


def test_a_poor_match_is_no_news(bai, shen):
    needs.published(bai, ipc=["G06F"], keywords=["氨分解", "数据库", "网络", "芯片"], forms=["sole"])
    patents.published(shen)
    letter()
    assert Notice.objects.filter(kind__startswith="digest").count() == 0


def test_several_of_one_owner_are_one_letter_with_five_titles(bai, shen):
    for n in range(7):
        patents.published(shen, title=f"第 {n} 种氨分解催化剂")
    needs.published(bai)
    needs.published(bai)
    letter()
    subject, text = wording.worded(one(bai, "digest_listings"))
    assert "7 项" in subject
    assert text.count("种氨分解催化剂") == 5
    assert "2 项" in wording.worded(one(shen, "digest_needs"))[0]


def test_the_letter_is_in_the_readers_language(shen):
    reader = accounts.member("ann@example.org", name="Ann", province="430000", verified=True, language="en")
    patents.published(shen, title_en="Ammonia cracking catalyst")
    needs.published(reader)
    letter()
    assert one(reader, "digest_listings").data["titles"] == "Ammonia cracking catalyst"


def test_who_wants_no_mail_of_this_kind_gets_the_notice_alone(bai, shen):
    preferences_set(actor=bai, by_mail=set(KINDS) - {"digest_listings"})
    patents.published(shen)
    needs.published(bai)
    letter()
    assert one(bai, "digest_listings").mail_due is False


def test_closed_needs_are_not_written_about(bai, shen):
    patents.published(shen)
    need = needs.published(bai)
    actions.need_withdraw(need_id=need.pk, actor=bai, reason="不再需要。")
    letter()
    assert Notice.objects.filter(kind__startswith="digest").count() == 0
