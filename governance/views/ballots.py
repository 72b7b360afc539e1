"""Ballots: the open record, voting with a fresh password, opening and closing. Read next: ballots_shown.py."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required as require_fresh_proof
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance import ballot_queries as reads
from governance import ballot_words, meeting_queries
from governance import meeting_rules as rules
from governance.actions import ballots as acts
from governance.forms.ballots import BallotForm, VoteForm
from platform_site import clock
from platform_site.accounts.rules import require
from platform_site.outbox.once import once
from platform_site.ui.acting import posted

from . import ballots_shown as shown
from .meeting_act import act_page

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def ballot_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The record: open to the group from the first vote on, to everybody once it is closed."""
    ballot, inside = reads.ballot_for(request.user, pk)
    return render(request, "governance/ballot_detail.html", shown.page(request.user, ballot, inside))


@read_or_post
@once
def ballot_open(request: HttpRequest, pk: int) -> HttpResponse:
    item = meeting_queries.item_for(request.user, pk)
    require(rules.office, request.user, item, _("表决由领导小组办公室按轮值主任的安排开始。"))
    form = BallotForm(*posted(request), meeting=item.meeting)
    return act_page(
        item.meeting, request, form,
        lambda _data: acts.ballot_open(
            item_id=pk, actor=request.user, closes_at=form.closes_at(clock.database_now())
        ),
        title=_("交付表决"), submit=_("开始表决"), facts=[(_("议题"), str(item))],
        done=_("表决已开始，已通知各席位。"), note=shown.rule_note(), leads_to=lambda made: made.get_absolute_url(),
    )  # fmt: skip


@read_or_post
@once
def vote_cast(request: HttpRequest, pk: int) -> HttpResponse:
    """The gate first, then the password once more, then the vote: it is final."""
    ballot, _inside = reads.ballot_for(request.user, pk)
    mandate = shown.require_vote(request.user, ballot)
    require_fresh_proof(request, app="governance")

    def cast(data: dict) -> None:
        vote = acts.vote_cast(
            ballot_id=pk, actor=request.user, choice=data["choice"], reservation=data["reservation"]
        )  # fmt: skip
        messages.info(request, _("投票回执 %(receipt)s") % {"receipt": ballot_words.receipt(vote)})

    return act_page(
        ballot, request, VoteForm(*posted(request)), cast, title=_("投票"), submit=_("投出这一票"),
        facts=shown.vote_facts(ballot, mandate), done=_("这一票已记录，不能更改。"),
    )  # fmt: skip


@require_POST
@once
def ballot_close(request: HttpRequest, pk: int) -> HttpResponse:
    ballot, _inside = reads.ballot_for(request.user, pk)
    acts.ballot_close(ballot_id=pk, actor=request.user)
    messages.success(request, _("表决已结束。"))
    return redirect(ballot)
