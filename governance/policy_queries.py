"""Policies in force on a day, their history, and what of budget and quota is used. Lock order: Policy, PolicyVersion. Read next: actions/policies.py."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404

from platform_site import clock
from platform_site.accounts.models import User

from .models import AidEntry, Policy, PolicyVersion
from .policy_rules import KEEP, policy_keep, provinces_of
from .rule_amounts import CUMULATIVE
from .states import PolicyState


@dataclass(frozen=True)
class PolicySearch:
    """What is asked of the list; empty is everything in force that day."""

    words: str = ""
    provinces: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    on: date | None = None

    @property
    def day(self) -> date:
        return self.on or clock.today()


@dataclass(frozen=True)
class Used:
    """What of a version is given away, held sums included."""

    amount_cny: Decimal = Decimal(0)
    count: int = 0


def in_force(day: date, rows: QuerySet[PolicyVersion] | None = None) -> QuerySet[PolicyVersion]:
    """Published versions that hold on a day, half-open; in code order."""
    rows = PolicyVersion.objects.all() if rows is None else rows
    rows = rows.exclude(state=PolicyState.DRAFT).filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)
    return rows.select_related("policy__province").order_by("policy__province", "policy__kind", "policy")


def found(search: PolicySearch) -> QuerySet[PolicyVersion]:
    """Versions in force on the day asked, that answer the words and filters."""
    rows = _with_words(in_force(search.day), search.words)
    if search.provinces:
        rows = rows.filter(policy__province__in=search.provinces)
    return rows.filter(policy__kind__in=search.kinds) if search.kinds else rows


def _with_words(rows: QuerySet[PolicyVersion], words: str) -> QuerySet[PolicyVersion]:
    for word in words.split():
        anywhere = Q()
        for field in ("title_zh", "title_en", "summary_zh", "summary_en", "basis_zh", "basis_en"):
            anywhere |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(anywhere)
    return rows


def facets(search: PolicySearch) -> dict[str, dict[str, int]]:
    """Counts by province and kind of what the words and the day answer: one query."""
    rows = _with_words(in_force(search.day), search.words).order_by()
    counted: dict[str, dict[str, int]] = {"province": {}, "kind": {}}
    for code, kind, n in rows.values_list("policy__province", "policy__kind").annotate(n=Count("id")):
        if not search.kinds or kind in search.kinds:
            counted["province"][code] = counted["province"].get(code, 0) + n
        if not search.provinces or code in search.provinces:
            counted["kind"][kind] = counted["kind"].get(kind, 0) + n
    return counted


def drafts_of(codes: Sequence[str]) -> list[PolicyVersion]:
    """What the offices of these provinces are drafting."""
    rows = PolicyVersion.objects.filter(state=PolicyState.DRAFT, policy__province__in=codes)
    return list(rows.select_related("policy__province").order_by("policy__province", "policy"))


def policy_for(user: User, pk: int) -> tuple[Policy, list[PolicyVersion]]:
    """A policy with the versions that the reader may see, latest first; 404 where there is none."""
    rows = PolicyVersion.objects.filter(policy=pk).select_related("policy__province").order_by("-number")
    versions = list(rows)
    if versions and versions[0].state == PolicyState.DRAFT and not policy_keep(user, versions[0].policy.province_id):
        versions = versions[1:]
    if not versions:
        raise Http404
    return versions[0].policy, versions


def version_for(user: User, pk: int) -> PolicyVersion:
    """A version: a draft for the officers of its province alone, 404 for everybody else."""
    row = PolicyVersion.objects.filter(pk=pk).select_related("policy__province").first()
    if row is None or row.state == PolicyState.DRAFT and not policy_keep(user, row.policy.province_id):
        raise Http404
    return row


def kept_by(user: User) -> list[str]:
    """Codes of the provinces whose policies the reader keeps."""
    return provinces_of(user)[KEEP]


def lock_policy(pk: int) -> tuple[Policy, list[PolicyVersion]]:
    """The policy, then its versions in the order of their numbers."""
    policy = Policy.objects.select_for_update(of=("self",), no_key=True).select_related("province").get(pk=pk)
    rows = policy.versions.select_for_update(of=("self",), no_key=True).select_related("policy").order_by("number")
    return policy, list(rows)


def lock_version(pk: int) -> PolicyVersion:
    """The policy and one of its versions."""
    policy_id = PolicyVersion.objects.values_list("policy_id", flat=True).get(pk=pk)
    _policy, versions = lock_policy(policy_id)
    return next(one for one in versions if one.pk == pk)


# ---- what is used, and what a patent has received


def item_of(version: PolicyVersion, role: str) -> str:
    """What an aid is given for: the kind and the side of the deal; a cumulative policy stands for itself alone."""
    own = f":{version.policy_id}" if version.stacking == CUMULATIVE else ""
    return f"{version.policy.kind}:{role}{own}"


def used_of(versions: Iterable[int]) -> dict[int, Used]:
    """Version -> what is given away or held of it: one query."""
    rows = AidEntry.objects.filter(version__in=list(versions), released_at=None).order_by()
    told = rows.values_list("version").annotate(Sum("amount_cny"), Count("application", distinct=True))
    return {pk: Used(amount, count) for pk, amount, count in told}


def is_exhausted(version: PolicyVersion, used: Mapping[int, Used]) -> bool:
    """Whether nothing is left of its budget or quota."""
    own = used.get(version.pk, Used())
    return (version.budget_cny is not None and own.amount_cny >= version.budget_cny) or (
        version.quota is not None and own.count >= version.quota
    )


def aided_items(patents: Iterable[int], deal: int | None) -> set[str]:
    """What these patents have received for that agreement or for themselves, over all six: one query."""
    rows = AidEntry.objects.filter(patent__in=list(patents), released_at=None)
    if deal is not None:
        rows = rows.filter(Q(deal=None) | Q(deal=deal))
    return set(rows.values_list("item", flat=True))
