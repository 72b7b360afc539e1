"""Checking, storing and serving uploads. Read next: models.py.

The type is told from the content and must agree with the name's ending (security.md 1.3, rules 20 to 24). Images are
measured, decoded, re-encoded and so stripped of everything but pixels, in a child process (images.py).
"""

import hashlib
import logging
import os
import re
import unicodedata
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _

from platform_site import clock

from . import images as pictures
from . import marks
from .models import StoredFile

IMAGE_TYPES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MAX_PIXELS = 40_000_000
DOCUMENT_ENDINGS = {"pdf": "application/pdf"}
IMAGE_ENDINGS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, direction marks and joiners, halves of characters, line separators
SEPARATORS = "/\\:"
LONGEST_NAME = 120
log = logging.getLogger(__name__)


def check(upload: UploadedFile, *, images: bool = True, documents: bool = True) -> str:
    """Return the content type found in the bytes, or raise ValidationError with a sentence. Leaves the file rewound.

    What has passed can be stored: a picture has been written anew by then, and is kept with the upload.
    """
    if upload.size > settings.MAX_UPLOAD_BYTES:
        limit = settings.MAX_UPLOAD_BYTES // 1024 // 1024
        raise ValidationError(_("文件超过 %(limit)s MB，请压缩或拆分后再上传。") % {"limit": limit}, code="too_large")
    allowed = {**(IMAGE_ENDINGS if images else {}), **(DOCUMENT_ENDINGS if documents else {})}
    _stem, dot, ending = upload.name.rpartition(".")
    upload.seek(0)
    found = filetype.guess(upload.read(8192))
    upload.seek(0)
    kind = found.mime if found else ""
    if not dot or kind != allowed.get(ending.lower()):
        endings = "、".join(sorted(allowed))
        raise ValidationError(
            _("“%(name)s”的内容不是可接受的文件。可上传的类型：%(endings)s。")
            % {"name": clean_name(upload.name), "endings": endings},
            code="type",
        )
    if kind in IMAGE_TYPES:
        _renewed(upload, IMAGE_TYPES[kind])
    return kind


def _renewed(upload: UploadedFile, form: str) -> bytes:
    """The pixels alone. Once for each upload: a form checks it, and the action that stores it takes what was made then."""
    made: bytes | None = getattr(upload, "renewed", None)
    if made is None:
        upload.seek(0)
        content = upload.read()
        upload.seek(0)
        made = pictures.renewed(content, form, MAX_PIXELS)
        upload.renewed = made  # type: ignore[attr-defined]
    return made


def require_markable(upload: UploadedFile, kind: str) -> None:
    """Raise ValidationError with a sentence for a PDF that could never be shown with a mark; once for each upload.

    A picture that `check` has let through can always be marked.
    """
    if kind in IMAGE_TYPES or getattr(upload, "markable", False):
        return
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    marks.require_markable(content, kind)
    upload.markable = True  # type: ignore[attr-defined]


def store(*, upload: UploadedFile, owner: Any) -> StoredFile:
    """Check and keep an upload: bytes first (written, synced, renamed), then the row, so no row lacks its file."""
    kind = check(upload)
    content = _renewed(upload, IMAGE_TYPES[kind]) if kind in IMAGE_TYPES else upload.read()
    return keep(content=content, name=upload.name, kind=kind, owner=owner)


def keep(*, content: bytes, name: str, kind: str, owner: Any) -> StoredFile:
    """Keep bytes of a known type: those of a checked upload, or a document that the portal has made itself."""
    row = StoredFile(
        owner=owner,
        name=clean_name(name),
        content_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_image=kind in IMAGE_TYPES,
        created_at=clock.now(),
    )
    _write(settings.MEDIA_ROOT / row.path, content)
    row.save(force_insert=True)
    return row


def read(row: StoredFile) -> bytes:
    """The bytes of a stored file. Raises: FileNotFoundError where they are lost."""
    content: bytes = (settings.MEDIA_ROOT / row.path).read_bytes()
    return content


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


def clean_name(name: str) -> str:
    """A display name without controls, invisible marks, halves of characters or separators, NFC, at most 120 characters."""
    kept = "".join(
        letter for letter in name or "" if letter not in SEPARATORS and unicodedata.category(letter) not in HIDDEN
    )
    cleaned = unicodedata.normalize("NFC", kept).strip(" .") or "file"
    stem, dot, ending = cleaned.rpartition(".")
    if len(cleaned) <= LONGEST_NAME or len(ending) > 10:
        return cleaned[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"


def serve(row: StoredFile, *, public: bool = False) -> HttpResponse:
    """Answer with the file; the calling view has already decided that this reader may have it. Lost bytes are a 404."""
    return _answer(row, FileResponse(_open(row)), public)


def serve_copy(row: StoredFile, content: bytes) -> HttpResponse:
    """Answer with a copy that was made for this reader (marks.marked), under the name and kind of the file."""
    return _answer(row, HttpResponse(content), public=False)


def content_of(row: StoredFile) -> bytes:
    """The bytes that are kept. Lost ones are a 404."""
    with _open(row) as file:
        return file.read()


def _open(row: StoredFile) -> BinaryIO:
    try:
        return (settings.MEDIA_ROOT / row.path).open("rb")
    except FileNotFoundError as error:
        log.error("file %s has a row and no bytes", row.pk)
        raise Http404 from error


def _answer(row: StoredFile, response: HttpResponse, public: bool) -> HttpResponse:
    response["Content-Type"] = row.content_type
    ascii_name = re.sub(r"[^A-Za-z0-9._-]", "_", row.name)
    place = "inline" if row.is_image else "attachment"
    response["Content-Disposition"] = f"{place}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(row.name)}"
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
