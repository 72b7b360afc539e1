"""A file with its reader's name over every page, made in a child process with little memory and time. Read next: mark_child.py.

What is kept is not touched: the marked copy is made anew for each reader and is kept nowhere.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore

import pylopdf_fonts_zh_cn
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import mark_child

CHILD = Path(mark_child.__file__)
FONT = Path(pylopdf_fonts_zh_cn.__file__).with_name("NotoSansSC-Regular.otf")
WAIT = 30  # seconds by the wall's clock, for a child or for one's turn
TURNS = BoundedSemaphore(2)  # children at once of one web process
# One thread and one pool of memory: a limit of address space counts what a library only sets aside for others.
ENVIRONMENT = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
TRIAL = ("试", "2026-01-01 00:00")
log = logging.getLogger(__name__)


def marked(content: bytes, kind: str, lines: Sequence[str]) -> bytes:
    """A copy of a PDF or picture (`kind` is its content type) with `lines` over every page.

    Raises ValidationError with a sentence where it cannot be made.
    """
    if not TURNS.acquire(timeout=WAIT):
        raise ValidationError(_("现在打开文件的人太多，请稍后再试。"), code="busy")
    try:
        how, made = _child(content, kind, lines)
    finally:
        TURNS.release()
    if how == mark_child.ENCRYPTED:
        raise ValidationError(_("这个 PDF 设有密码，无法加水印。请去掉密码后再上传。"), code="encrypted")
    if how != mark_child.GOOD or not made:
        raise ValidationError(
            _("这个文件打不开或过于复杂，无法加水印。请重新导出为普通 PDF 后再上传。"), code="unmarkable"
        )
    return made


def require_markable(content: bytes, kind: str) -> None:
    """Try it. Raises ValidationError with a sentence for a file that could never be shown with a mark."""
    marked(content, kind, TRIAL)


def _child(content: bytes, kind: str, lines: Sequence[str]) -> tuple[int, bytes]:
    """How the child ended, with what it wrote. It gets no environment of ours: no key, no address of the database."""
    head = json.dumps({"kind": kind, "font": str(FONT), "lines": list(lines)}).encode() + b"\n"
    command = [sys.executable, "-I", str(CHILD)]
    try:
        done = subprocess.run(
            command, input=head + content, capture_output=True, timeout=WAIT, env=ENVIRONMENT, check=False
        )
    except subprocess.TimeoutExpired:
        log.warning("marking a file of %d bytes took too long", len(content))
        return mark_child.BROKEN, b""
    if done.returncode not in (mark_child.GOOD, mark_child.ENCRYPTED):
        log.warning("the child of a mark ended with %d: %s", done.returncode, done.stderr[-300:])
    return done.returncode, done.stdout
