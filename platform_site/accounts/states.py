"""States of a verification and the legal moves between them. Read next: models/verification.py."""

from django.db import models
from django.utils.translation import pgettext_lazy


class VerificationState(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("verification", "待核验")
    VERIFIED = "verified", pgettext_lazy("verification", "已核验")
    REFUSED = "refused", pgettext_lazy("verification", "未通过")
    WITHDRAWN = "withdrawn", pgettext_lazy("verification", "已撤回")
    REVOKED = "revoked", pgettext_lazy("verification", "已撤销")


S = VerificationState
MOVES = {
    S.SUBMITTED: frozenset({S.VERIFIED, S.REFUSED, S.WITHDRAWN}),
    S.VERIFIED: frozenset({S.REVOKED}),
    S.REFUSED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.REVOKED: frozenset(),
}
