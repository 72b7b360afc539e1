"""Minutes: assembled from the acts, frozen, signed by who was there, amended by an annex, kept as a paper."""

import io

import pytest
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from governance import meeting_tasks, minutes_queries, minutes_text
from governance.actions import minutes as acts
from governance.models import Minutes, MinutesSignature
from platform_site import clock
from platform_site.errors import Conflict, NotAllowed
from platform_site.files import store
from platform_site.notices.models import Notice
from platform_site.outbox.queue import drain
from tests.factories import group
from tests.factories import meetings as make

pytestmark = pytest.mark.django_db
THERE = ("000000", "140000", "340000", "360000", "410000")


@pytest.fixture
def seats(db):
    found = group.all_seated()
    group.directing()
    return found


@pytest.fixture
def there(seats):
    return {code: seats[code] for code in THERE}


def refused(words, statement, *values):
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_they_hold_what_was_done(si, seats, there):
    votes = dict.fromkeys(there, "for") | {"410000": "against"}
    paper = make.assembled(si, there, choices=votes)
    data = paper.data
    assert [row["seat"]["zh"] for row in data["present"]][1:3] == ["山西省知识产权局", "安徽省知识产权局"]
    assert len(data["present"]) == 5 and len(data["absent"]) == 2
    item = data["items"][0]
    assert [vote["choice"]["zh"] for vote in item["ballot"]["votes"]] == ["赞成", "赞成", "赞成", "赞成", "反对"]
    assert "通过：赞成 4 票" in item["ballot"]["outcome"]["zh"] and "领导小组决议" in item["outcome"]["zh"]
    assert paper.digest == minutes_text.digest(data) and data["summary"]["zh"] == "会议顺利。"


def test_seats_that_were_there_sign_and_then_they_are_public(si, seats, there, mo):
    paper = make.assembled(si, there)
    group.deputy(there["140000"], mo)
    drain()
    told = set(Notice.objects.filter(kind="minutes_to_sign").values_list("recipient", flat=True))
    assert told == {user.pk for user in (*there.values(), mo)}
    for person, words in ((seats["420000"], "没有出席"), (si, "不担任")):
        with pytest.raises(NotAllowed, match=words):
            make.sign(paper, person)
    assert make.sign(paper, mo).deputy.user == mo
    with pytest.raises(Conflict, match="已经签署"):
        make.sign(paper, there["140000"])
    with pytest.raises(Conflict, match="重新整理"):
        acts.minutes_sign(meeting_id=paper.meeting_id, actor=there["000000"], digest="0" * 64)
    assert minutes_queries.signed_of(paper).lacking == set(THERE) - {"140000"}
    for code in set(THERE) - {"140000"}:
        make.sign(paper, there[code])
    assert minutes_queries.signed_of(paper).is_complete
    assert minutes_queries.to_sign("140000") == []


def test_before_the_first_signature_they_are_assembled_anew_and_then_never(si, there):
    first = make.assembled(si, there)
    second = acts.minutes_assemble(meeting_id=first.meeting_id, actor=si, summary_zh="更正后的概况。")
    assert second.version == 2 and minutes_queries.minutes_of(first.meeting) == second
    with pytest.raises(Conflict, match="可以重新整理"):
        acts.annex_add(meeting_id=first.meeting_id, actor=si, text_zh="更正。")
    make.sign(second, there["000000"])
    with pytest.raises(Conflict, match="已有席位签署"):
        acts.minutes_assemble(meeting_id=first.meeting_id, actor=si)
    with pytest.raises(NotAllowed):
        acts.annex_add(meeting_id=first.meeting_id, actor=there["000000"], text_zh="更正。")
    annex = acts.annex_add(meeting_id=first.meeting_id, actor=si, text_zh="第一项议题的数字更正为 12。")
    assert annex.number == 1 and annex.minutes == second


def test_the_database_keeps_them(si, seats, there):
    paper = make.assembled(si, there)
    signature = make.sign(paper, there["000000"])
    refused("frozen", "UPDATE governance_minutes SET digest = repeat('0', 64)")
    refused("kept", "DELETE FROM governance_minutes")
    refused("amended by an annex", "INSERT INTO governance_minutes (meeting_id, version, data, digest, assembled_at, assembled_by_id, paper_signatures, paper_annexes) SELECT meeting_id, 2, data, digest, assembled_at, assembled_by_id, 0, 0 FROM governance_minutes")  # fmt: skip
    refused("Cannot", "DELETE FROM governance_minutessignature")
    insert = (
        "INSERT INTO governance_minutessignature (minutes_id, seat_id, digest, signed_at, signed_by_id, holder_id)"
        " VALUES (%s, %s, %s, %s, %s, %s)"
    )
    moment = clock.database_now()
    absent = seats["420000"].pk, holder_of("420000")
    refused("was not there", insert, paper.pk, "420000", paper.digest, moment, *absent)
    refused("frozen last", insert, paper.pk, "140000", "0" * 64, moment, there["140000"].pk, holder_of("140000"))
    refused(
        "mandate is over", insert, paper.pk, "140000", paper.digest, moment, there["000000"].pk, signature.holder_id
    )


def holder_of(code):
    return minutes_queries.seats()[0]._meta.model.objects.get(pk=code).holders.get().pk


def test_the_paper_bears_every_signature_and_annex(si, there):
    paper = make.assembled(si, there)
    meeting_tasks.minutes_paper_make(paper.pk)
    first = words_of(paper)
    assert "会议纪要" in first and "签署中" in first and "领导小组例会" in first
    for user in there.values():
        make.sign(paper, user)
    acts.annex_add(meeting_id=paper.meeting_id, actor=si, text_zh="数字更正为 12。")
    paper.refresh_from_db()
    assert not minutes_queries.paper_is_current(paper, 5, 1)
    meeting_tasks.minutes_paper_make(paper.pk)
    meeting_tasks.minutes_paper_make(paper.pk)
    last = words_of(paper)
    assert "签署中" not in last and "数字更正为" in last and paper.digest in last.replace("\n", "")
    assert minutes_queries.paper_is_current(Minutes.objects.get(), 5, 1)
    with pytest.raises(NotAllowed):
        acts.minutes_paper_keep(minutes_id=paper.pk, actor=si, content=b"", signatures=5, annexes=1)


def words_of(paper):
    paper.refresh_from_db()
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(store.read(paper.paper))).pages)


def test_of_a_written_procedure_those_sign_who_voted(si, seats):
    meeting = make.written(si)
    ballot = make.opened(meeting, si)
    voting = {code: seats[code] for code in THERE}
    for user in voting.values():
        make.vote(ballot, user)
    make.close(ballot, si)
    with clock.at(ballot.closes_at):
        make.meetings.meeting_close(meeting_id=meeting.pk, actor=si)
    paper = acts.minutes_assemble(meeting_id=meeting.pk, actor=si)
    assert paper.data["present"] == [] and len(paper.data["absent"]) == 2
    with pytest.raises(NotAllowed):
        make.sign(paper, seats["430000"])
    make.sign(paper, seats["140000"])
    assert MinutesSignature.objects.get().seat_id == "140000"


def test_minutes_need_a_meeting_that_is_over_and_somebody_who_was_there(si, seats):
    meeting = make.in_session(si)
    with pytest.raises(Conflict, match="会议结束后"):
        acts.minutes_assemble(meeting_id=meeting.pk, actor=si)
    make.meetings.meeting_close(meeting_id=meeting.pk, actor=si)
    with pytest.raises(Conflict, match="没有席位出席"):
        acts.minutes_assemble(meeting_id=meeting.pk, actor=si)
    with pytest.raises(NotAllowed):
        acts.minutes_assemble(meeting_id=meeting.pk, actor=seats["420000"])
