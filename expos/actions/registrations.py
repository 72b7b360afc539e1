"""Who comes: registered once an edition, with a code for the badge. Read next: ../models/registration.py."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import queries, rules
from expos.models import Expo, Registration
from expos.states import EXPO_OVER, ExpoState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict

CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that is read as another


@transaction.atomic
def registration_make(*, expo_id: int, actor: User, values: Mapping[str, Any]) -> Registration:
    """Register oneself: kind, name, unit, job, email. Raises: NotAllowed; Conflict (registered already, not announced, or over)."""
    expo = queries.lock_expo(expo_id)  # lock
    require(rules.registration_make, actor, expo)  # may
    _require_open(expo)
    try:
        with transaction.atomic():  # move, write
            made = Registration.objects.create(
                expo=expo, user=actor, from_province_id=actor.province_id, code=new_code(), made_by=actor,
                made_at=clock.now(), **values,
            )  # fmt: skip
    except IntegrityError as taken:
        raise Conflict(_("您已经登记过这届展会。")) from taken
    record(  # record; tell: the page that follows is the badge
        actor=actor, verb="expos.registration_make", target=made, province_code=expo.host_id, kind=str(made.kind)
    )
    return made


def new_code() -> str:
    """Ten signs of thirty-two: fifty bits, which nobody guesses."""
    return "".join(secrets.choice(CODE_SIGNS) for _place in range(10))


def _require_open(expo: Expo) -> None:
    if expo.state == ExpoState.PLANNED:
        raise Conflict(_("这届展会还没有公布，暂不接受登记。"))
    if expo.state in EXPO_OVER:
        raise Conflict(_("这届展会已经结束。"))
