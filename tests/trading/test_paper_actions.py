"""The worker makes the papers after drafting and after each signature, once, and never an out-of-date one."""

import io
from time import perf_counter

import pypdf
import pytest
from django.db import IntegrityError, InternalError, transaction

from platform_site.accounts.queries import system_user
from platform_site.audit.models import AuditEntry
from platform_site.errors import NotAllowed
from platform_site.files import store
from platform_site.files.models import StoredFile
from platform_site.outbox import queue
from tests.factories import agreements, ledger, offers, patents
from trading import contract, contract_papers, contract_queries, tasks
from trading.actions import papers
from trading.models import ContractText

pytestmark = pytest.mark.django_db


def kept(agreement):
    return AuditEntry.objects.filter(verb="trading.agreement_paper_keep", target_id=str(agreement.pk))


def keep(agreement, *, actor=None, signatures=0, content=b"%PDF-1.7 a"):
    text = contract_queries.text_of(contract_queries.agreement_whole(agreement.pk))
    return papers.agreement_paper_keep(
        agreement_id=agreement.pk,
        actor=actor or system_user(),
        contract=papers.Drawn(text, content),
        signatures=signatures,
    )


def test_drafting_and_signing_bring_papers_through_the_outbox(shen, bai):
    agreement = agreements.drafted(shen, bai)
    queue.drain()
    agreement.refresh_from_db()
    draft = agreement.paper
    assert draft.content_type == "application/pdf" and draft.name == f"{agreement.number} 专利实施许可合同.pdf"
    assert agreement.form_paper is None
    offers.sign(agreement, bai)
    offers.sign(agreement, shen)
    queue.drain()
    agreement.refresh_from_db()
    assert agreement.paper_id != draft.pk and agreement.form_paper is not None
    assert StoredFile.objects.filter(pk=draft.pk).exists(), "what was shown before stays"
    assert kept(agreement).count() == 2  # both signatures were there when the worker came


def test_making_it_again_keeps_one(shen, bai):
    agreement = agreements.papers(agreements.signed(shen, bai))
    files, first = StoredFile.objects.count(), agreement.paper_id
    agreements.papers(agreement)
    assert (agreement.paper_id, StoredFile.objects.count()) == (first, files)
    assert kept(agreement).count() == 1


def test_the_text_is_that_of_the_first_paper_whatever_happens_later(shen, bai, guo):
    listing = agreements.market(shen)
    agreement = agreements.papers(agreements.drafted(shen, bai, listing=listing))
    ledger.recorded(patents.patent_of(listing), guo, provinces=["140000"], licensee="后来者")
    offers.sign(agreement, bai)
    agreements.papers(agreement)
    text = ContractText.objects.get(agreement=agreement)
    assert text.data["schedules"][1]["entries"] == []
    assert contract_queries.about(contract_queries.agreement_whole(agreement.pk)).grants, (
        "the ledger itself has moved on"
    )


def test_the_text_that_was_drafted_is_never_changed(shen, bai):
    agreement = agreements.papers(agreements.drafted(shen, bai))
    for change in ({"data": {}}, {"made_at": agreement.sign_by}):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            ContractText.objects.filter(agreement=agreement).update(**change)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        ContractText.objects.filter(agreement=agreement).delete()


def test_a_paper_that_somebody_has_signed_past_is_not_kept(shen, bai):
    agreement = agreements.drafted(shen, bai)
    offers.sign(agreement, bai)
    assert keep(agreement, signatures=0).paper is None
    assert keep(agreement, signatures=1).paper is not None


def test_a_paper_of_another_text_is_not_kept(shen, bai):
    agreement = agreements.papers(agreements.drafted(shen, bai))
    first = agreement.paper_id
    other = papers.agreement_paper_keep(
        agreement_id=agreement.pk,
        actor=system_user(),
        contract=papers.Drawn({"title": {"zh": "别的"}}, b"%PDF-1.7 b"),
        signatures=0,
    )
    assert other.paper_id == first


@pytest.mark.parametrize("who", ["shen", "bai", "guo", "ad"])
def test_nobody_but_the_portal_keeps_papers(shen, bai, who, request):
    agreement = agreements.drafted(shen, bai)
    with pytest.raises(NotAllowed):
        keep(agreement, actor=request.getfixturevalue(who))
    agreement.refresh_from_db()
    assert agreement.paper is None


def test_the_record_says_nothing_of_the_terms(shen, bai):
    agreement = agreements.papers(agreements.signed(shen, bai, amount_cny="987654.00", delivery="绝密的交付约定"))
    said = str(kept(agreement).values_list("data", flat=True)[0])
    assert "987654" not in said and "绝密" not in said
    assert agreement.paper.sha256 in said


def test_bytes_that_are_kept_can_be_read_back(shen):
    row = store.keep(content=b"%PDF-1.7", name="a/b.pdf", kind="application/pdf", owner=shen)
    assert store.read(row) == b"%PDF-1.7" and row.name == "ab.pdf" and row.size == 8


def test_the_tasks_are_registered():
    assert tasks.agreement_paper_make.name == "trading.agreement_paper_make"


def test_thirty_pages_take_less_than_a_second(shen, bai):
    """Or little more than the short contract takes in the same breath: a busy machine slows both."""
    agreement = contract_queries.agreement_whole(agreements.drafted(shen, bai).pk)
    text = contract_queries.text_of(agreement)
    rows = [[contract.row_of(contract.Two(f"事项{n}", f"Item {n}"), "说明" * 20) for n in range(12)] for _ in range(80)]
    long = {**text, "schedules": [{**text["schedules"][0], "entries": rows}]}

    def made(data):
        begun = perf_counter()
        content = contract_papers.contract_pdf(
            data, code=agreement.code, made=agreement.made_at, signatures=[], demonstration=False
        )
        return perf_counter() - begun, content

    short = min(made(text)[0] for _ in range(3))
    seconds, content = min(made(long) for _ in range(3))
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) >= 30
    assert seconds < max(1.0, 15 * short)
