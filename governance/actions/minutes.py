"""Minutes: assembled from the acts, signed by who was there, amended by an annex alone. Read next: ../minutes_text.py."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from governance import meeting_queries
from governance import meeting_rules as rules
from governance import minutes_queries as queries
from governance import minutes_text as texts
from governance.minutes_papers import file_name
from governance.models import Minutes, MinutesAnnex, MinutesSignature
from governance.queries import lock_mandate
from governance.states import MeetingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict, NotAllowed
from platform_site.files import store, typeset
from platform_site.outbox.queue import after_commit


@transaction.atomic
def minutes_assemble(*, meeting_id: int, actor: User, summary_zh: str = "", summary_en: str = "") -> Minutes:
    """Put the minutes together from what was done and freeze them; again, as a next version, while nobody has signed.

    Raises: NotAllowed (not the office); Conflict (the meeting is not over, nobody was there, signed already).
    """
    meeting = meeting_queries.lock_meeting(meeting_id)  # lock
    require(rules.office, actor, meeting, _("会议纪要由领导小组办公室整理。"))  # may
    if meeting.state != MeetingState.CLOSED:
        raise Conflict(_("会议结束后才能整理纪要。"))
    acts = queries.acts_of(meeting)
    if not texts.signers(acts):
        raise Conflict(_("没有席位出席或投票，没有可以签署纪要的席位。"))
    earlier = queries.minutes_of(meeting)
    if earlier is not None and earlier.signatures.exists():
        raise Conflict(_("纪要已有席位签署，不再改动。"), _("需要更正的，请添加补充记录。"))
    data = texts.minutes(acts, summary_zh=summary_zh.strip(), summary_en=summary_en.strip())
    minutes = Minutes.objects.create(  # write
        meeting=meeting, version=earlier.version + 1 if earlier else 1, data=data, digest=texts.digest(data),
        assembled_at=clock.now(), assembled_by=actor,
    )  # fmt: skip
    record(actor=actor, verb="governance.minutes_assemble", target=minutes, sha256=minutes.digest)  # record
    after_commit("governance.minutes_paper_make", minutes_id=minutes.pk)  # tell
    after_commit("governance.minutes_assemble_notify", minutes_id=minutes.pk)
    return minutes


@transaction.atomic
def minutes_sign(*, meeting_id: int, actor: User, digest: str) -> MinutesSignature:
    """Sign for one's seat what was shown: `digest` is of the text that was read.

    Raises: NotAllowed (no seat today, a seat that was not there); Conflict (another version meanwhile, signed already).
    """
    mandate = lock_mandate(actor)  # lock
    minutes = queries.lock_minutes(meeting_id)
    if mandate.seat.pk not in queries.signers_of(minutes.meeting):  # may
        raise NotAllowed(_("纪要由出席的席位签署，本席位没有出席这次会议。"))
    if digest != minutes.digest:
        raise Conflict(_("纪要已重新整理，您看到的不是现在的版本。"), _("请重新阅读后再签署。"))
    if minutes.signatures.filter(seat=mandate.seat).exists():
        raise Conflict(_("本席位已经签署。"))
    signature = MinutesSignature.objects.create(  # write
        minutes=minutes, seat=mandate.seat, digest=digest, signed_at=clock.database_now(), signed_by=actor, **mandate.by
    )
    record(actor=actor, verb="governance.minutes_sign", target=minutes, seat=mandate.seat.pk, sha256=digest)  # record
    after_commit("governance.minutes_paper_make", minutes_id=minutes.pk)  # tell
    return signature


@transaction.atomic
def annex_add(*, meeting_id: int, actor: User, text_zh: str, text_en: str = "") -> MinutesAnnex:
    """Say what was wrong or is missing; the minutes stay as they were signed, and nobody signs anew.

    Raises: NotAllowed (not the office); Conflict (nothing said, or nobody has signed: then it is assembled anew).
    """
    minutes = queries.lock_minutes(meeting_id)  # lock
    require(rules.office, actor, minutes.meeting, _("补充记录由领导小组办公室添加。"))  # may
    if not text_zh.strip():
        raise Conflict(_("请写明补充或更正的内容。"))
    if not minutes.signatures.exists():
        raise Conflict(_("纪要还没有席位签署，可以重新整理，不必另加补充记录。"))
    annex = MinutesAnnex.objects.create(  # write
        minutes=minutes, number=minutes.annexes.count() + 1, text_zh=text_zh.strip(), text_en=text_en.strip(),
        added_at=clock.now(), added_by=actor,
    )  # fmt: skip
    record(actor=actor, verb="governance.annex_add", target=minutes, number=annex.number)  # record
    after_commit("governance.minutes_paper_make", minutes_id=minutes.pk)  # tell
    return annex


@transaction.atomic
def minutes_paper_keep(*, minutes_id: int, actor: User, content: bytes, signatures: int, annexes: int) -> Minutes:
    """Keep the paper with how many signatures and annexes it bears; one that is out of date by now is not kept.

    Raises: NotAllowed (anybody but the portal itself).
    """
    found = queries.minutes_whole(minutes_id)
    minutes = queries.lock_minutes(found.meeting_id)  # lock
    if not actor.is_system:  # may
        raise NotAllowed(_("纪要文件由平台生成。"))
    if minutes.pk != minutes_id or (minutes.signatures.count(), minutes.annexes.count()) != (signatures, annexes):
        return minutes  # the act that came meanwhile has asked for another paper
    if minutes.paper is not None and minutes.paper.sha256 == hashlib.sha256(content).hexdigest():
        return minutes
    name = file_name(minutes.data["number"], minutes.data["title"]["zh"])
    minutes.paper = store.keep(content=content, name=name, kind=typeset.PDF, owner=actor)  # write
    minutes.paper_signatures, minutes.paper_annexes = signatures, annexes
    minutes.save(update_fields=["paper", "paper_signatures", "paper_annexes"])
    record(actor=actor, verb="governance.minutes_paper_keep", target=minutes, sha256=minutes.paper.sha256)  # record
    return minutes
