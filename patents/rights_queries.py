"""Gates of the rights page and of its forms, and the list of the officers who keep the ledger. Read next: ledger_queries.py."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.errors import NotAllowed
from platform_site.files.models import StoredFile
from platform_site.regions.models import Province
from platform_site.regions.queries import provinces_where

from . import queries, rules
from .ledger_queries import offices_of
from .models import Encumbrance, Grant, ListingPatent, Patent, Title
from .states import GrantState

ENTRIES: dict[str, Any] = {"grant": Grant, "title": Title, "encumbrance": Encumbrance}

# ---- gates


def patent_for(user: Any, number: str) -> Patent:
    """The patent of a canonical number whose ledger this reader may see; else 404.

    Anybody's: what a listing shows or has shown. Besides: whoever entered it, and the offices that have had it on their table.
    """
    patent = queries.patent_by_number(number)
    if patent is None or not _may_see(user, patent):
        raise Http404
    return patent


def patent_to_read(user: Any, number: str) -> tuple[Patent, bool]:
    """The same for its page, with whether the reader keeps the ledger: asked once, for the gate and for the page."""
    patent = queries.patent_by_number(number)
    keeps = patent is not None and may_keep(user, patent)
    if patent is None or not _may_see(user, patent, keeps):
        raise Http404
    return patent, keeps


def _may_see(user: Any, patent: Patent, keeps: bool | None = None) -> bool:
    """`keeps`: what may_keep says, where the caller knows it."""
    if queries.patent_is_shown(patent):
        return True
    if not user.is_authenticated:
        return False
    if patent.created_by_id == user.pk:
        return True
    submitted = ListingPatent.objects.filter(patent=patent, listing__versions__submitted_at__isnull=False)
    return (may_keep(user, patent) if keeps is None else keeps) and submitted.exists()


def may_keep(user: Any, patent: Patent) -> bool:
    """Whether the reader is an officer who keeps the ledger of this patent."""
    return bool(user.is_authenticated) and rules.right_record(user, offices_of(patent))


def grant_for(user: Any, pk: int) -> Grant:
    """A licence of a patent whose ledger this reader may see, with its patent; else 404."""
    return _seen(user, Grant.objects.select_related("patent", "proof").filter(pk=pk).first())


def encumbrance_for(user: Any, pk: int) -> Encumbrance:
    """The same for an encumbrance."""
    return _seen(user, Encumbrance.objects.select_related("patent", "proof").filter(pk=pk).first())


def proof_for(user: Any, entry: str, pk: int) -> StoredFile:
    """The paper behind an entry (grant, title, encumbrance), for the officers who keep that ledger; else 404."""
    model = ENTRIES.get(entry)
    row = model._default_manager.select_related("patent", "proof").filter(pk=pk).first() if model else None
    if row is None or row.proof is None or not (_may_see(user, row.patent) and may_keep(user, row.patent)):
        raise Http404
    return row.proof


def _seen(user: Any, row: Any) -> Any:
    if row is None or not _may_see(user, row.patent):
        raise Http404
    return row


# ---- the officers' list


def keeping_provinces(officer: Any) -> list[Province]:
    """Provinces whose ledger this officer keeps; NotAllowed for everybody else: the page exists, it is not theirs."""
    found = provinces_where(officer, "right_record")
    if not found:
        raise NotAllowed(_("权利台账的登记只对各省知识产权局的审核员开放。"), _("登记权限由平台管理员按省授予。"))
    return found


def patents_kept(provinces: Sequence[Province], number: str = "") -> QuerySet[Patent]:
    """Patents of these offices with something in their ledger, latest first; with a number that patent, taken or not."""
    codes = [province.code for province in provinces]
    submitted = ListingPatent.objects.filter(patent=OuterRef("pk"), listing__versions__submitted_at__isnull=False)
    here = Q(province_code__in=codes) | Exists(submitted.filter(listing__province__in=codes))
    found = Patent.objects.filter(Exists(submitted)).filter(here)
    licences = Grant.objects.filter(patent=OuterRef("pk"))
    lying = Encumbrance.objects.filter(patent=OuterRef("pk"))
    if number:
        found = found.filter(queries.numbered(number) or Q(application_number=number))
    else:
        sold = Title.objects.filter(patent=OuterRef("pk"), end__isnull=False)
        found = found.filter(Exists(licences) | Exists(lying) | Exists(sold))
    today = clock.today()
    return found.annotate(
        licences=_count(licences.exclude(state=GrantState.ENDED).filter(Q(end=None) | Q(end__gt=today))),
        lying=_count(lying.filter(Q(end=None) | Q(end__gt=today))),
    ).order_by("-pk")


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("patent").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
