"""The portal of the drill: as `make run` has it, but two people write without pause, as no person does. Read next: portal.py."""

from platform_site.settings.dev import *  # noqa: F403
from platform_site.settings.dev import RATE_LIMITS

RATE_LIMITS = {**RATE_LIMITS, "trading:message_send": "1000000/h/user"}
