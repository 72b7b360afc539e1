"""Pictures are decoded in a child process with little memory and time (security.md 1.3, rule 22). Read next: image_child.py.

A picture that eats memory, loops or breaks the decoder ends its child; the person reads a sentence, and the web process
has not even seen the pixels. A child lives for one picture: what one picture may have done to it reaches no other.
"""

import logging
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import image_child

CHILD = Path(image_child.__file__)
WAIT = 20  # seconds by the wall's clock, for a child or for one's turn
TURNS = BoundedSemaphore(2)  # children at once of one web process: the memory of two, not of every thread
log = logging.getLogger(__name__)


def renewed(content: bytes, form: str, most_pixels: int) -> bytes:
    """The picture written anew by a child. Raises ValidationError with a sentence where it cannot be."""
    if not TURNS.acquire(timeout=WAIT):
        raise ValidationError(_("现在处理的图片太多，请稍后再上传。"), code="busy")
    try:
        how, written = _child(content, form, most_pixels)
    finally:
        TURNS.release()
    if how == image_child.TOO_MANY_PIXELS:
        raise ValidationError(_("图片超过 4000 万像素，请缩小后再上传。"), code="pixels")
    if how != image_child.GOOD or not written:
        raise ValidationError(_("这张图片打不开或过大，请换一张。"), code="image")
    return written


def _child(content: bytes, form: str, most_pixels: int) -> tuple[int, bytes]:
    """How the child ended, with what it wrote. It gets no environment: no key, no address of the database."""
    command = [sys.executable, "-I", str(CHILD), form, str(most_pixels)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=WAIT, env={}, check=False)
    except subprocess.TimeoutExpired:
        log.warning("a picture of %d bytes took too long", len(content))
        return image_child.BROKEN, b""
    if done.returncode not in (image_child.GOOD, image_child.BROKEN, image_child.TOO_MANY_PIXELS):
        log.warning("the child of a picture ended with %d: %s", done.returncode, done.stderr[-300:])
    return done.returncode, done.stdout
