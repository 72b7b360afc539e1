"""A province's officers keep its policies: draft, publish, follow with a new version, end. Read next: ../policy_queries.py.

Lock order: policy, then its versions. What is published is never changed; what was in force stays to be seen by date.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance import policy_queries as queries
from governance import policy_rules as rules
from governance import rule_checks
from governance.models import Policy, PolicyVersion
from governance.states import POLICY_MOVES, PolicyKind, PolicyState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move

# What a form may set; the rest follows from the acts.
FIELDS = (
    "title_zh", "title_en", "summary_zh", "summary_en", "criteria", "formula", "cap_cny", "stacking", "starts_on",
    "ends_on", "quota", "budget_cny", "documents", "basis_zh", "basis_en", "notice_days",
)  # fmt: skip
FEES_END = date(2026, 1, 1)  # support for filing and keeping patents ended nationally by the end of 2025


@transaction.atomic
def policy_create(*, actor: User, code: str, kind: str, values: Mapping[str, Any]) -> PolicyVersion:
    """Begin a policy of a province with its first draft.

    Raises: NotAllowed (not an officer of that province); Conflict (the rule or the formula cannot be read, with the place).
    """
    require(rules.policy_create, actor, code, *_own_province())  # lock: nothing yet; may
    _require_readable(values)
    policy = Policy.objects.create(  # move, write
        province_id=code, kind=PolicyKind(kind), made_by=actor, made_at=clock.now()
    )
    version = PolicyVersion.objects.create(
        policy=policy, number=1, made_by=actor, made_at=clock.now(), **_fields(values)
    )
    _recorded(version, actor, "governance.policy_create")  # record; tell: nobody waits for a draft
    return version


@transaction.atomic
def version_save(*, version_id: int, actor: User, values: Mapping[str, Any]) -> PolicyVersion:
    """Write a draft anew. Raises: NotAllowed; Conflict (published already, or as policy_create)."""
    version = queries.lock_version(version_id)  # lock
    require(rules.version_save, actor, version, *_own_province())  # may
    _require_draft(version)
    _require_readable(values)
    for name, value in _fields(values).items():  # move, write
        setattr(version, name, value)
    version.save()
    _recorded(version, actor, "governance.version_save")  # record; tell: nobody waits for a draft
    return version


@transaction.atomic
def version_begin(*, policy_id: int, actor: User) -> PolicyVersion:
    """Draft the next version of a policy, as a copy of the last one, beginning today. Raises: NotAllowed; Conflict (one is drafted)."""
    policy, versions = queries.lock_policy(policy_id)  # lock
    last = versions[-1]
    require(rules.version_begin, actor, last, *_own_province())  # may
    if last.state == PolicyState.DRAFT:
        raise Conflict(_("这项政策已有一份草稿。"), _("请在那份草稿上修改。"))
    values = {name: getattr(last, name) for name in FIELDS} | {"starts_on": clock.today(), "ends_on": None}
    version = PolicyVersion.objects.create(  # move, write
        policy=policy, number=last.number + 1, made_by=actor, made_at=clock.now(), **values
    )
    _recorded(version, actor, "governance.version_begin")  # record; tell: nobody waits for a draft
    return version


@transaction.atomic
def policy_publish(*, version_id: int, actor: User) -> PolicyVersion:
    """Put a draft in force from its first day on; the version before it ends on that day.

    Raises: NotAllowed; MoveRefused (published already); Conflict (cannot be read, begins in the past, meets a later
    version, or is a fee subsidy after the end of 2025).
    """
    version = queries.lock_version(version_id)  # lock
    require(rules.policy_publish, actor, version, *_own_province())  # may
    _require_readable({"criteria": version.criteria, "formula": version.formula})
    _require_period(version)
    move(version, PolicyState.PUBLISHED, POLICY_MOVES)  # move
    followed = _follow(version, actor)
    version.published_by, version.published_at = actor, clock.now()  # write
    version.save(update_fields=["state", "published_by", "published_at"])
    _recorded(version, actor, "governance.policy_publish", followed=followed)  # record
    after_commit("governance.policy_publish_notify", version_id=version.pk)  # tell
    return version


@transaction.atomic
def policy_end(*, version_id: int, actor: User, ends_on: date, because: str) -> PolicyVersion:
    """End a version early: from `ends_on` on it is no longer in force; applications made before go on.

    Raises: NotAllowed; MoveRefused (ended already, or a draft); Conflict (a day that has passed or is no earlier, no reason).
    """
    version = queries.lock_version(version_id)  # lock
    require(rules.policy_end, actor, version, *_own_province())  # may
    if not because.strip():
        raise Conflict(_("请写明终止的理由。"))
    earliest = max(clock.today(), version.starts_on)
    if ends_on <= earliest or (version.ends_on is not None and ends_on > version.ends_on):
        raise Conflict(_("终止日期应晚于今天和施行之日，并且不晚于原定期限。"))
    _end(version, actor, ends_on, because.strip())  # move, write
    _recorded(version, actor, "governance.policy_end", ends_on=ends_on.isoformat())  # record
    after_commit("governance.policy_end_notify", version_id=version.pk)  # tell
    return version


# ---- helpers; the rows are locked


def _own_province() -> tuple[str, str]:
    """Why somebody may not, and what then."""
    return _("政策由本省知识产权局的工作人员维护。"), _("其他省的政策请与该省知识产权局联系。")


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS if name in values}


def _require_draft(version: PolicyVersion) -> None:
    if version.state != PolicyState.DRAFT:
        raise Conflict(_("这一版已经公布，不能再改。"), _("要调整的，请起草新版。"))


def _require_readable(values: Mapping[str, Any]) -> None:
    faults = rule_checks.rule_faults(values.get("criteria")) + rule_checks.formula_faults(values.get("formula"))
    if faults:
        raise Conflict(
            " ".join(_("%(place)s：%(fault)s") % {"place": place, "fault": fault} for place, fault in faults)
        )


def _require_period(version: PolicyVersion) -> None:
    if version.starts_on < clock.today():
        raise Conflict(_("施行日期不能早于公布之日。"), _("请把施行日期改为今天或者以后。"))
    late = version.ends_on is None or version.ends_on > FEES_END
    if version.policy.kind == PolicyKind.FEE and late:
        raise Conflict(
            _("专利申请和授权环节的资助已于 2025 年底前全部取消，不能再设年费资助。"),
            _("请改为支持转化、许可转让等环节的政策。"),
        )


def _follow(version: PolicyVersion, actor: User) -> int:
    """End the version in force on the first day of this one; answers its number, 0 where there is none."""
    others = (
        PolicyVersion.objects.filter(policy=version.policy_id).exclude(state=PolicyState.DRAFT).exclude(pk=version.pk)
    )
    before = None
    for other in others.order_by("starts_on"):
        if other.ends_on is not None and other.ends_on <= version.starts_on:
            continue
        if other.starts_on >= version.starts_on:
            raise Conflict(
                _("第 %(number)d 版的施行期限与这一版重叠。") % {"number": other.number}, _("请调整施行日期。")
            )
        before = other
    if before is None:
        return 0
    because = _("由第 %(number)d 版接替") % {"number": version.number}
    if before.state == PolicyState.ENDED:  # an end was set already: only the day moves forward
        before.ends_on = version.starts_on
        before.save(update_fields=["ends_on"])
    else:
        _end(before, actor, version.starts_on, because)
    return before.number


def _end(version: PolicyVersion, actor: User, ends_on: date, because: str) -> None:
    move(version, PolicyState.ENDED, POLICY_MOVES)
    version.ends_on, version.ended_by, version.ended_at = ends_on, actor, clock.now()
    version.ended_because = because
    version.save(update_fields=["state", "ends_on", "ended_by", "ended_at", "ended_because"])


def _recorded(version: PolicyVersion, actor: User, verb: str, **more: Any) -> None:
    policy = version.policy
    record(
        actor=actor, verb=verb, target=policy, province_code=policy.province_id, kind=policy.kind, version=version.number,
        **more,
    )  # fmt: skip
