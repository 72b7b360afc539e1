"""A contract names its parties, and who signed, as an office has verified them; wherever it is shown, by one function."""

import pytest

from platform_site.accounts.models import Verification
from tests.clients import browser
from tests.factories import agreements, opens
from trading import archives, contract_queries, verification

pytestmark = pytest.mark.django_db
AGREEMENTS = "/zh-hans/trading/agreements/"
LEGAL = {"shen": "沈国强", "bai": "白玉兰"}


@pytest.fixture(autouse=True)
def named(shen, bai):
    """Both are shown under another name than the one on their identity card."""
    for person, name in zip((shen, bai), LEGAL.values(), strict=True):
        Verification.objects.filter(user=person).update(real_name=name)


def page(person, address):
    return browser(person).get(address).content.decode().split("<main")[1]


def test_the_contract_its_page_and_its_signatures_bear_the_verified_names(shen, bai, guo):
    agreement = agreements.papers(agreements.signed(shen, bai))
    text = contract_queries.text_of(agreement)
    assert [party["name"] for party in text["parties"]] == list(LEGAL.values())
    assert set(agreement.signatures.values_list("name", flat=True)) == set(LEGAL.values())
    assert [row["name"] for row in archives._signatures(agreement)["signatures"]] == ["白玉兰", "沈国强"]
    said = page(bai, f"{AGREEMENTS}{agreement.pk}/")
    for name in LEGAL.values():
        assert f"{name} 于" in said
    assert agreement.rights.get().grant.licensee == "白玉兰"


def test_the_verification_page_names_them_once_recorded(shen, bai, guo):
    agreement = agreements.signed(shen, bai, listing=agreements.market(shen, applicants="沈国强"))
    for step in (lambda: agreements.file(agreement, shen), lambda: agreements.examine(agreement, guo)):
        step()
    agreements.record(agreement, guo)
    facts = dict(verification.seal_of(agreement.code).facts)
    assert (facts["许可人"], facts["被许可人"]) == tuple(LEGAL.values())


def test_a_taking_and_its_receipt_bear_them_too(shen, bai):
    agreement = opens.taken(opens.in_force(shen), bai)
    assert agreement.signatures.get().name == "白玉兰"
    for address in (f"{AGREEMENTS}{agreement.pk}/", f"/zh-hans/trading/open/receipts/{agreement.pk}/"):
        assert all(name in page(shen, address) for name in LEGAL.values())


def test_who_stands_for_an_organisation_signs_in_its_name(shen, bai):
    body = agreements.as_organisation(bai)
    agreement = agreements.signed(shen, bai)
    assert agreement.signatures.get(side="buyer").name == body.name_zh
    assert f"{body.name_zh} 于" in page(shen, f"{AGREEMENTS}{agreement.pk}/")
