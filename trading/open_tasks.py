"""Notices of open licences: what is declared is public, so they may say it. Read next: open_queries.py."""

from celery import shared_task
from django.utils import translation

from platform_site.accounts.models import User
from platform_site.accounts.queries import officers_of
from platform_site.notices.actions import notice_tell

from . import open_queries, open_terms, open_words, queries
from .models import OpenDeclaration
from .states import DeclarationState


@shared_task(name="trading.open_declare_notify")
def open_declare_notify(declaration_id: int) -> None:
    """The officers of its province: there is a declaration whose announcement is to be entered."""
    declaration = open_queries.declaration_told(declaration_id)
    officers = [one for one in officers_of(declaration.province, "right_record") if one.pk != declaration.made_by_id]
    _tell_of_declaration(declaration, officers, "open_declared", path=f"/trading/open/{declaration.pk}/")


@shared_task(name="trading.open_decide_notify")
def open_decide_notify(declaration_id: int) -> None:
    """The owner: announced, returned, or lapsed with the patent."""
    declaration = open_queries.declaration_told(declaration_id)
    kinds = {
        DeclarationState.IN_FORCE: "open_announced",
        DeclarationState.RETURNED: "open_returned",
        DeclarationState.LAPSED: "open_lapsed",
    }
    kind = kinds.get(DeclarationState(declaration.state))
    if kind is not None:  # withdrawn since
        _tell_of_declaration(declaration, [declaration.made_by], kind, reason=declaration.reason)


@shared_task(name="trading.open_withdraw_notify")
def open_withdraw_notify(declaration_id: int) -> None:
    """Who has taken before: their licence is as it was."""
    declaration = open_queries.declaration_told(declaration_id)
    for agreement in open_queries.takings_of(declaration):
        _tell_of_declaration(
            declaration, [agreement.buyer], "open_withdrawn", path=f"/trading/agreements/{agreement.pk}/",
            agreement=agreement.number,
        )  # fmt: skip


@shared_task(name="trading.open_take_notify")
def open_take_notify(agreement_id: int) -> None:
    """Both: what is to be paid, and until when."""
    agreement = open_queries.taking_told(agreement_id)
    assert agreement.declaration is not None
    for person, kind in ((agreement.owner, "open_taken"), (agreement.buyer, "open_taking")):
        with translation.override(person.language):
            due = open_words.due(agreement.declaration.declared)
        _tell_of_declaration(
            agreement.declaration, [person], kind, path=f"/trading/open/receipts/{agreement.pk}/", due=due,
            agreement=agreement.number, taker=queries.shown_name(agreement.buyer),
            until=open_terms.pay_until(agreement.signed_at).isoformat(),
        )  # fmt: skip


def _tell_of_declaration(
    declaration: OpenDeclaration, people: list[User], kind: str, path: str = "", **data: object
) -> None:
    for person in people:
        with translation.override(person.language):
            notice_tell(
                recipients=[person], kind=kind, key=f"{kind}-{data.get('agreement', declaration.pk)}",
                path=path or f"/trading/open/{declaration.pk}/", patent=declaration.patent.shown_number,
                title=declaration.patent.title, **data,
            )  # fmt: skip
