"""What every database has of the Leading Group: the seven seats and the founding resolution with its two rules.

The agreement of 5 July 2007 names the six and says that the director rotates; it gives neither numbers for a ballot nor
the length of a term. The order, the first year, quorum, majority and notice are an assumption of ours, replaced by
resolution (docs/decisions/0016-leading-group.md). Idempotent; run after every migration. Read next: models/group.py.
"""

from datetime import date, datetime
from typing import Any

from platform_site.accounts.queries import system_user
from platform_site.clock import SHANGHAI
from platform_site.regions.facts import PROVINCES, ROTATION_ORDER

from .models import NATIONAL, BallotRule, LeadingGroup, Resolution, RotationRule, Seat
from .states import ItemKind, ResolutionState, SeatKind

FOUNDED = date(2007, 7, 5)
FIRST_YEAR = 2007
QUORUM, MAJORITY = (2, 3), (1, 2)
NOTICE_DAYS, NOTICE_DAYS_EXTRAORDINARY = 10, 3
RULE_ZH = (
    "表决席位的三分之二以上出席方可表决；赞成票超过全部表决席位的半数为通过。每席一票，国家局席位同样一票。"
    "表决公开记名，可以保留意见，投出后不得更改。例会提前十天、临时会议提前三天通知。"
)
RULE_EN = (
    "A ballot needs two thirds of the voting seats present; it is carried by votes for from more than half of all voting "
    "seats. One vote a seat, the national seat included. Votes are open, may carry a reservation and are final. Notice is "
    "ten days for a regular meeting, three for an extraordinary one."
)


def ensure(**kwargs: Any) -> None:
    """Create what is missing; change nothing that is there."""
    group, _ = LeadingGroup.objects.get_or_create(
        founded_on=FOUNDED,
        defaults={
            "name_zh": "中部六省专利技术转化服务平台领导小组",
            "name_en": "Leading Group of the Patent Technology Conversion Service Platform of the Six Central Provinces",
        },
    )
    Seat.objects.get_or_create(code=NATIONAL, defaults={"group": group, "kind": SeatKind.NATIONAL})
    for fact in PROVINCES:
        values = {"group": group, "kind": SeatKind.PROVINCIAL, "province_id": fact.code}
        Seat.objects.get_or_create(code=fact.code, defaults=values)
    founding = _founding_resolution()
    RotationRule.objects.get_or_create(
        first_year=FIRST_YEAR, defaults={"order": list(ROTATION_ORDER), "resolution": founding}
    )
    _first_ballot_rule(founding)


def _founding_resolution() -> Resolution:
    signed = datetime(FOUNDED.year, FOUNDED.month, FOUNDED.day, tzinfo=SHANGHAI)
    founding, _ = Resolution.objects.get_or_create(
        year=FIRST_YEAR,
        serial=1,
        defaults={
            "kind": ItemKind.ORDER,
            "title_zh": "关于轮值顺序和议事规则的决议",
            "title_en": "Resolution on the order of rotation and the rules of procedure",
            "text_zh": "轮值主任自2007年起按协议签署顺序逐年轮值：山西、河南、湖北、湖南、安徽、江西。" + RULE_ZH,
            "text_en": "From 2007 the director rotates each year in the order of signature: Shanxi, Henan, Hubei, Hunan, "
            "Anhui, Jiangxi. " + RULE_EN,
            "adopted_at": signed,
            "state": ResolutionState.CLOSED,
            "no_task_because": "规则自通过之日起施行，无须另列任务。",
            "closed_at": signed,
            "closed_by": system_user(),
        },
    )
    return founding


def _first_ballot_rule(founding: Resolution) -> None:
    BallotRule.objects.get_or_create(
        version=1,
        defaults={
            "quorum_numerator": QUORUM[0],
            "quorum_denominator": QUORUM[1],
            "majority_numerator": MAJORITY[0],
            "majority_denominator": MAJORITY[1],
            "majority_of": "seats",
            "national_votes": True,
            "notice_days": NOTICE_DAYS,
            "notice_days_extraordinary": NOTICE_DAYS_EXTRAORDINARY,
            "text_zh": RULE_ZH,
            "text_en": RULE_EN,
            "in_force_from": FOUNDED,
            "resolution": founding,
        },
    )
