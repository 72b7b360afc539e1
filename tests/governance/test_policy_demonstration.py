"""The demonstration's policies: forty in force over six provinces, with history and reservations, applications in every state."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from governance import parity_queries, policy_queries, rule_checks
from governance.models import PolicyApplication, PolicyVersion
from governance.states import PolicyKind, SupportState
from platform_site import clock
from platform_site.outbox import queue
from platform_site.portal.demonstration.people import Cast
from platform_site.portal.demonstration.policies import STORIES, Policies
from platform_site.regions.facts import CODES
from tests.factories import accounts, agreements

pytestmark = pytest.mark.django_db


def test_policies_and_applications_of_every_kind():
    today = clock.today()

    def moment(days):
        return datetime.now(clock.SHANGHAI) - timedelta(days=days, minutes=5)

    with clock.at(moment(560)):
        cast = Cast().make()
    owner = accounts.member("shen@example.org", name="沈工", verified=True)
    for code in CODES:
        for _one in range(2):
            agreements.recorded(owner, cast.buyers[code], cast.officers["420000"], number=f"X{PolicyVersion.objects.count()}{code}{_one}")  # fmt: skip
    Policies(cast, moment, queue.drain, today).fill()
    in_force = list(policy_queries.in_force(today))
    assert len(in_force) >= 40 and {one.policy.province_id for one in in_force} == set(CODES)
    assert {one.policy.kind for one in in_force} >= set(PolicyKind) - {PolicyKind.FEE}
    assert not [
        one for one in in_force if rule_checks.rule_faults(one.criteria) or rule_checks.formula_faults(one.formula)
    ]
    assert PolicyVersion.objects.filter(state="ended").exists() and PolicyVersion.objects.filter(state="draft").exists()
    assert set(PolicyApplication.objects.values_list("state", flat=True)) == set(SupportState), STORIES
    data = parity_queries.as_data(today)["provinces"]
    assert data["420000"]["clauses"] and data["420000"]["index"] < 1 and data["360000"]["index"] == 1
    earlier = parity_queries.as_data(today - timedelta(days=300))["provinces"]
    assert earlier["340000"]["index"] < data["340000"]["index"], "a reservation was lifted"
    paid = PolicyApplication.objects.filter(state="paid").first()
    assert sum(one.amount_cny for one in paid.payments.all()) == paid.amount_cny > Decimal(0)
