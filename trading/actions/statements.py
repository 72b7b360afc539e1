"""A year's royalty: stated by the licensee, reckoned by the terms, accepted or questioned by the licensor. Read next: performing.py.

The figures stand in the statement and its deeds alone: never in an audit row, a notice or a mail.
"""

from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from trading import performance_queries as queries
from trading import royalties, rules
from trading.actions.performing import deed_write, paper
from trading.models import RoyaltyStatement
from trading.performance import PAY_DAYS, Part
from trading.states import MILESTONE_MOVES, STATEMENT_MOVES, Deed, MilestoneState, RoyaltyBase, StatementState

RECKONED = ("base_cny", "percent", "reckoned_cny", "minimum_cny", "left_cny", "amount_cny")


@transaction.atomic
def statement_make(
    *, statement_id: int, actor: User, base_cny: Decimal, words: str = "", upload: UploadedFile | None = None
) -> RoyaltyStatement:
    """State the year's net sales, output value or profit, CNY yuan; the royalty is reckoned by the terms and kept with it.

    A questioned statement is made anew in the same way. Raises: NotAllowed (not the licensee's side); Conflict (the year is
    not over, a cap and an earlier year open, a negative figure that is no profit); MoveRefused; ValidationError (the file).
    """
    file = paper(upload, actor)
    statement = queries.lock_statement(statement_id)  # lock
    require(rules.statement_make, actor, statement, _("提成由需求方申报。"))  # may
    _require_statable(statement, base_cny)
    move(statement, StatementState.MADE, STATEMENT_MOVES)  # move
    part = Part(statement.year, statement.start, statement.end)
    found = royalties.reckon(statement.agreement.terms, part, base_cny, queries.royalties_before(statement))
    for name in RECKONED:  # write
        setattr(statement, name, getattr(found, name))
    statement.books_asked = False
    statement.save(update_fields=["state", "books_asked", *RECKONED])
    deed = deed_write(statement.agreement, Deed.STATED, actor, statement=statement, amount_cny=base_cny, words=words,
                      file=file)  # fmt: skip
    _recorded(statement, actor, "trading.statement_make")  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return statement


@transaction.atomic
def statement_accept(*, statement_id: int, actor: User) -> RoyaltyStatement:
    """Accept the figures: the royalty is due in PAY_DAYS days; where nothing is owed, the year is settled.

    Raises: NotAllowed (not the licensor's side); MoveRefused (not stated, or accepted already).
    """
    statement = queries.lock_statement(statement_id)  # lock
    require(rules.statement_accept, actor, statement, _("提成申报由权利人认可。"))  # may
    move(statement, StatementState.ACCEPTED, STATEMENT_MOVES)  # move
    statement.save(update_fields=["state"])  # write
    milestone = statement.milestone
    milestone.amount_cny, milestone.due_on = statement.amount_cny, clock.today() + timedelta(days=PAY_DAYS)
    if not statement.amount_cny:
        move(milestone, MilestoneState.WAIVED, MILESTONE_MOVES)
        milestone.settled_at = clock.now()
    milestone.save(update_fields=["amount_cny", "due_on", "state", "settled_at"])
    deed = deed_write(statement.agreement, Deed.ACCEPTED, actor, statement=statement, amount_cny=statement.amount_cny)
    _recorded(statement, actor, "trading.statement_accept")  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return statement


@transaction.atomic
def statement_question(*, statement_id: int, actor: User, reason: str, books: bool = False) -> RoyaltyStatement:
    """Ask about the figures, and if `books` to see the accounts (Civil Code art. 846: the way of inspecting them).

    Raises: NotAllowed (not the licensor's side); Conflict (no reason); MoveRefused (nothing stated, or accepted already).
    """
    statement = queries.lock_statement(statement_id)  # lock
    require(rules.statement_question, actor, statement, _("提成申报由权利人质询。"))  # may
    if not reason.strip():
        raise Conflict(_("请写明疑问，对方会看到。"))
    move(statement, StatementState.QUESTIONED, STATEMENT_MOVES)  # move
    statement.books_asked = books
    statement.save(update_fields=["state", "books_asked"])  # write
    deed = deed_write(statement.agreement, Deed.QUESTIONED, actor, statement=statement, words=reason)
    _recorded(statement, actor, "trading.statement_question")  # record
    after_commit("trading.deed_notify", deed_id=deed.pk)  # tell
    return statement


# ---- helpers; the rows are locked


def _require_statable(statement: RoyaltyStatement, base_cny: Decimal) -> None:
    terms = statement.agreement.terms
    if statement.end > clock.today():
        raise Conflict(
            _("%(year)s 年的许可期还没有结束。") % {"year": statement.year},
            _("请在 %(day)s 及以后申报。") % {"day": statement.end.isoformat()},
        )
    if base_cny < 0 and terms.royalty_base != RoyaltyBase.PROFIT:
        raise Conflict(_("销售额和产值不能是负数。"))
    earlier = queries.earlier_unaccepted(statement) if terms.cap_cny is not None else []
    if earlier:
        raise Conflict(
            _("提成累计封顶，须按年份先后申报：%(year)s 年的还没有被认可。") % {"year": earlier[0]},
            _("请先办完那一年的申报。"),
        )


def _recorded(statement: RoyaltyStatement, actor: User, verb: str) -> None:
    agreement = statement.agreement
    record(actor=actor, verb=verb, target=agreement, number=agreement.number, year=statement.year)
