"""Who owns a patent: the first title, and an assignment on its registration. Read next: rights.py.

An assignment is of the whole patent, takes effect on the day of its registration and passes subject to the licences
(Patent Law art. 10; domain.md 5). Lock order: Patent, Listing.
"""

from datetime import date
from typing import Any

from django.db import transaction

from patents import ledger, ledger_queries, queries, rules
from patents.actions import following, postings
from patents.models import Patent, Title
from patents.states import Form
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.audit.record import record

__all__ = ["title_of", "title_register"]


def title_of(patent: Patent, actor: User) -> Title:
    """The title in force, entered from the facts of the patent where the ledger has none. Inner function: patent locked."""
    held = patent.titles.filter(end=None).first()
    if held is not None:
        return held
    return Title.objects.create(
        patent=patent, owners=patent.applicants, start=patent.filing_date, source=patent.status_source or "—",
        as_of=patent.status_as_of, recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def title_register(*, patent_id: int, actor: User, owners: str, start: date, **facts: Any) -> Title:
    """Enter a registered assignment: the old title ends, the new one begins that day, the listing of the old owner concludes.

    `facts`: registration_number, completes, co_owners_agree, pledgee_agrees, proof, source, as_of, note, price_method,
    price_posting, price_posted_on, price_posted_where.
    Raises: NotAllowed; Conflict (a public body's agreed price not posted before, frozen, pledged without consent, sold to another, a day before the present title).
    """
    patent = queries.lock_patent(patent_id)
    rules.require(rules.right_record, actor, ledger_queries.offices_of(patent))
    before = title_of(patent, actor)
    title = Title(patent=patent, owners=owners, start=start, recorded_by=actor, recorded_at=clock.now(), **facts)
    following.refuse_first(_refusals(title, before, ledger_queries.book_of(patent)))
    signed_on = title.completes.start if title.completes is not None else start
    postings.require_posted(patent=patent, form=Form.ASSIGNMENT, on=signed_on, entry=title)
    before.end = start
    before.save(update_fields=["end"])
    title.save()
    if title.completes is not None:  # the signed assignment is carried out: it binds the new owner no more
        title.completes.end = start
        title.completes.save(update_fields=["end"])
    patent.applicants, patent.co_owned = owners, "、" in owners
    patent.save(update_fields=["applicants", "co_owned"])
    record(
        actor=actor, verb="patents.title_register", target=patent, province_code=patent.province_code,
        start=start.isoformat(), number=title.registration_number,
    )  # fmt: skip
    following.market_follows(patent, actor, assigned=True)
    return title


def _refusals(title: Title, before: Title, book: ledger.Book) -> list[ledger.Refused]:
    if title.start <= before.start or title.start > clock.today():
        return [ledger.Refused("not_owner", before)]
    return list(ledger.title_refusals(title, book))
