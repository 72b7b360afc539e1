"""Agreements on their way through the office, through the portal's own actions. Read next: offers.py."""

from platform_site import clock
from platform_site.accounts.models import Membership, Organisation
from tests.factories import offers, patents, trading
from trading import tasks
from trading.actions import recordals

NUMBER = "X2026420000123"


def market(owner, **what):
    """A listing of an owner who stands in the register under their verified name."""
    forms = what.pop("forms", ["ordinary", "exclusive", "assignment"])
    return trading.market(owner, **{"applicants": owner.display_name, "forms": forms, "consent": True, **what})


def drafted(owner, buyer, *, listing=None, **changes):
    return offers.drafted(owner, buyer, listing=listing or market(owner), **_whole(changes))


def signed(owner, buyer, *, listing=None, **changes):
    return offers.signed(owner, buyer, listing=listing or market(owner), **_whole(changes))


def _whole(changes):
    return {"provinces": (), "end": None, **changes} if changes.get("form") == "assignment" else changes


def filed(owner, buyer, **what):
    return file(signed(owner, buyer, **what), owner)


def file(agreement, actor, answer=""):
    return recordals.agreement_file(agreement_id=agreement.pk, actor=actor, answer=answer)


def examined(owner, buyer, officer, **what):
    return examine(filed(owner, buyer, **what), officer)


def examine(agreement, officer):
    return recordals.agreement_examine(agreement_id=agreement.pk, actor=officer)


def send_back(agreement, officer, note="请补正许可期限的起止日。"):
    return recordals.agreement_correction_request(agreement_id=agreement.pk, actor=officer, note=note)


def recorded(owner, buyer, officer, *, number=NUMBER, on=None, **what):
    return record(examined(owner, buyer, officer, **what), officer, number=number, on=on)


def record(agreement, officer, *, number=NUMBER, on=None):
    return recordals.agreement_record(
        agreement_id=agreement.pk, actor=officer, number=number, recorded_on=on or clock.today(),
        proof=patents.document("备案证明.pdf"),
    )  # fmt: skip


def papers(agreement):
    """What the worker does after each step."""
    tasks.agreement_paper_make(agreement.pk)
    agreement.refresh_from_db()
    return agreement


def as_organisation(person, *, name="江城先进材料研究院有限公司", credit_code="91350100M000100Y43"):
    """Let a person stand for an organisation."""
    body = Organisation.objects.create(credit_code=credit_code, name_zh=name, kind="enterprise", created_at=clock.now())
    Membership.objects.create(user=person, organisation=body, joined_at=clock.now())
    return body
