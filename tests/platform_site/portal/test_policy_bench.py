"""What the benchmark reads of the rule engine: six provinces with 200 policies each, every rule believable."""

from governance.entitlements import Verdict, entitled
from governance.rule_checks import rule_faults
from platform_site.portal import policy_benchmark
from platform_site.regions.facts import CODES


def test_twelve_hundred_policies_for_one_deal():
    deal, policies = policy_benchmark.deal_make(), policy_benchmark.policies_make()
    assert len(policies) == 6 * policy_benchmark.EACH and {one.policy.province_id for one in policies} == set(CODES)
    assert not [one for one in policies[:50] if any("读" in fault for _place, fault in rule_faults(one.criteria))]
    verdicts = [one.verdict for one in entitled(deal, policies, {})]
    assert Verdict.NO in verdicts and len(set(verdicts)) >= 2, "not all come to the same"
    found = policy_benchmark.rules(1)
    assert found.large.value > found.small.value > 0 and found.small.goal == policy_benchmark.LINEAR
