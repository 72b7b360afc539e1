"""Rows of the rights ledger for tests, straight into the database: nothing but PostgreSQL judges them. Read next: patents.py."""

from datetime import date

from django.utils import timezone

from patents.actions import encumbrances, rights
from patents.models import Encumbrance, Grant, Patent, Title
from platform_site import clock
from platform_site.files import store
from tests.factories import patents

TODAY = date(2026, 6, 1)


def patent_alone(person, **changes):
    """A patent in force with its first title; nothing granted, no listing."""
    patent = Patent.objects.create(created_by=person, created_at=timezone.now(), **patents.facts(**changes))
    Title(**entry(patent, owners=patent.applicants, start=patent.filing_date)).save()
    return patent


def entry(patent, **facts):
    person = patent.created_by
    common = {"source": "合同原件", "as_of": TODAY, "recorded_by": person, "recorded_at": timezone.now()}
    return {**common, "patent": patent, **facts}


def grant(patent, form, **facts):
    """An unsaved licence of today's owner, from today on, nationwide."""
    given = {"signed_on": TODAY, "start": TODAY, "state": "active", "licensee": "某公司", **facts}
    if "title" not in given and "title_id" not in given:
        given["title"] = patent.titles.get(end=None)
    return Grant(**entry(patent, form=form, **given))


def encumbrance(patent, kind, **facts):
    """An unsaved encumbrance from today on."""
    return Encumbrance(**entry(patent, kind=kind, **{"start": TODAY, "holder": "某银行", **facts}))


def assignment(patent, *, start=TODAY, owners="新权利人", **facts):
    """An unsaved title that follows the present one, which is ended."""
    Title.objects.filter(patent=patent, end=None).update(end=start)
    return Title(**entry(patent, owners=owners, start=start, **facts))


# ---- through the portal's own actions


def terms(form="ordinary", **changes):
    """What a licence grants: nationwide, every field, from today on."""
    today = clock.today()
    return rights.Terms(**{"form": form, "licensee": "中原试验设备公司", "signed_on": today, "start": today, **changes})


def evidence(**changes):
    return rights.Evidence(**{"source": "合同原件", "as_of": clock.today(), **changes})


def recorded(patent, officer, form="ordinary", *, proof=None, recordal="", **what):
    """A licence that an officer enters today."""
    shown = evidence(proof=proof, recordal_number=recordal)
    return rights.grant_record(patent_id=patent.pk, actor=officer, terms=terms(form, **what), evidence=shown)


def licence_and_pledge(listing, officer):
    """An ordinary licence with its paper, then a pledge, on the one patent of a listing."""
    patent = listing.listing_patents.get().patent
    paper = store.store(upload=patents.document("合同.pdf"), owner=officer)
    licence = recorded(patent, officer, provinces=["420000"], proof=paper)
    pledge = encumbrances.encumbrance_record(
        patent_id=patent.pk, actor=officer, kind="pledge", start=clock.today(), holder="江城银行", number="Y2026980000001",
        source="质押登记公告", as_of=clock.today(),
    )  # fmt: skip
    return licence, pledge
