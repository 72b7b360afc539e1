"""The pages of policies, entitlements, parity and applications: no accessibility finding, no sideways scroll. Read next: axe.py."""

import pytest
from django.db import transaction

from tests.factories import accounts, policies
from tests.journeys.axe import in_both_looks, judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages():
    """Who opens which addresses below policies/; one record of each sort."""
    with transaction.atomic():
        return _pages()


def _pages():
    guo = accounts.officer("guo@example.org", name="郭审核员", province="420000")
    shen = accounts.member("shen@example.org", name="沈工", verified=True)
    bai = accounts.member("bai@example.org", name="白经理", province="430000", verified=True)
    made = policies.of_all_kinds(shen, bai, guo)
    local = {"all": [*policies.OPEN_RULE["all"], policies.LOCAL]}
    policies.published(policies.HUBEI, "talent", guo, criteria=local, title_en="Local talent")
    number = made["sp_deal"].listing.number
    draft, version, deal = made["pl_draft"].pk, made["pl_version"], made["sp_deal"].pk
    act = {name: f"applications/{made[name].pk}/" for name in ("sp_fresh", "sp_accepted", "sp_noticed", "sp_granted", "sp_appealed", "sp_refused")}  # fmt: skip
    return {
        None: ["", "?q=nothing", f"{version.policy_id}/", "parity/", "notices/", "entitlements/", f"entitlements/listings/{number}/"],
        bai: ["entitlements/", f"entitlements/agreements/{deal}/", "entitlements/profile/", f"applications/new/{version.pk}/?agreement={deal}", "applications/", act["sp_fresh"], f"{act['sp_refused']}appeal/"],
        guo: ["", "new/", f"versions/{draft}/edit/", f"versions/{draft}/publish/", f"versions/{version.pk}/end/", f"{version.policy_id}/", "applications/queue/", act["sp_granted"], f"{act['sp_accepted']}review/", f"{act['sp_noticed']}approve/", f"{act['sp_granted']}pay/", f"{act['sp_appealed']}uphold/"],
    }  # fmt: skip


@in_both_looks
def test_every_page_of_policies_is_accessible(browse, live_server, pages, look):
    judge(browse, live_server, pages, look, below="policies/")
