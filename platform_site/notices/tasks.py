"""The clock of the mails, and the notices about verifications: accounts lie below this app, so they are told here.

Read next: actions.py.
"""

from celery import shared_task

from platform_site.accounts.models import Verification
from platform_site.accounts.queries import officers_of
from platform_site.accounts.states import VerificationState

from . import actions

_KINDS = {
    VerificationState.VERIFIED: "verification_verified",
    VerificationState.REFUSED: "verification_refused",
    VerificationState.REVOKED: "verification_revoked",
}


@shared_task(name="notices.mail_send")
def mail_send() -> None:
    actions.mail_send()


@shared_task(name="accounts.verification_submit_notify")
def verification_submit_notify(verification_id: int) -> None:
    """Tell the officers of the office that was asked; never the person's own self."""
    verification = Verification.objects.select_related("province").get(pk=verification_id)
    officers = [
        person for person in officers_of(verification.province, "member_verify") if person.pk != verification.user_id
    ]
    actions.notice_tell(
        recipients=officers,
        kind="verification_submitted",
        key=f"verification-submitted-{verification.pk}",
        path=f"/accounts/verifications/{verification.pk}/",
        name=verification.real_name,
        due=verification.due_on.isoformat(),
    )


@shared_task(name="accounts.verification_decide_notify")
def verification_decide_notify(verification_id: int) -> None:
    """Tell the person what the office decided, and why."""
    verification = Verification.objects.select_related("user").get(pk=verification_id)
    kind = _KINDS[VerificationState(verification.state)]
    actions.notice_tell(
        recipients=[verification.user],
        kind=kind,
        key=f"{kind}-{verification.pk}",
        path="/accounts/verification/",
        office=verification.province_id,
        reason=verification.reason,
    )
