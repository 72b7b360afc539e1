"""Checking, storing and serving uploads. Read next: models.py.

The type is told from the content and must agree with the name's ending (security.md 1.3, rules 20 to 24). Images are
measured before they are decoded, re-encoded and so stripped of everything but pixels.
"""

import hashlib
import io
import os
import re
import unicodedata
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import quote

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from platform_site import clock

from .models import StoredFile

IMAGE_TYPES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MAX_PIXELS = 40_000_000
DOCUMENT_ENDINGS = {"pdf": "application/pdf"}
IMAGE_ENDINGS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\:]")


def check(upload: UploadedFile, *, images: bool = True, documents: bool = True) -> str:
    """Return the content type found in the bytes, or raise ValidationError with a sentence. Leaves the file rewound."""
    if upload.size > settings.MAX_UPLOAD_BYTES:
        limit = settings.MAX_UPLOAD_BYTES // 1024 // 1024
        raise ValidationError(_("文件超过 %(limit)s MB，请压缩或拆分后再上传。") % {"limit": limit}, code="too_large")
    allowed = {**(IMAGE_ENDINGS if images else {}), **(DOCUMENT_ENDINGS if documents else {})}
    ending = upload.name.rpartition(".")[2].lower()
    upload.seek(0)
    found = filetype.guess(upload.read(8192))
    upload.seek(0)
    kind = found.mime if found else ""
    if ending not in allowed or kind != allowed[ending]:
        endings = "、".join(sorted(allowed))
        raise ValidationError(
            _("“%(name)s”的内容不是可接受的文件。可上传的类型：%(endings)s。") % {"name": clean_name(upload.name), "endings": endings},
            code="type",
        )
    if kind in IMAGE_TYPES:
        _measure(upload)
    return kind


def _measure(upload: UploadedFile) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload) as image:
                width, height, frames = *image.size, getattr(image, "n_frames", 1)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError) as error:
        raise ValidationError(_("这张图片打不开或过大，请换一张。"), code="image") from error
    finally:
        upload.seek(0)
    if width * height * frames > MAX_PIXELS:
        raise ValidationError(_("图片超过 4000 万像素，请缩小后再上传。"), code="pixels")


def store(*, upload: UploadedFile, owner: Any) -> StoredFile:
    """Check and keep an upload: bytes first (written, synced, renamed), then the row, so no row lacks its file."""
    kind = check(upload)
    content = _reencode(upload, IMAGE_TYPES[kind]) if kind in IMAGE_TYPES else upload.read()
    row = StoredFile(
        owner=owner,
        name=clean_name(upload.name),
        content_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_image=kind in IMAGE_TYPES,
        created_at=clock.now(),
    )
    _write(settings.MEDIA_ROOT / row.path, content)
    row.save(force_insert=True)
    return row


def _reencode(upload: UploadedFile, form: str) -> bytes:
    try:
        with Image.open(upload) as image:
            image.load()
            image.thumbnail((2400, 2400))
            plain = image.convert("RGB" if form == "JPEG" else "RGBA" if "A" in image.getbands() else "RGB")
            out = io.BytesIO()
            plain.save(out, form)
    except (OSError, ValueError, SyntaxError) as error:
        raise ValidationError(_("这张图片打不开，可能已损坏。请换一张。"), code="image") from error
    return out.getvalue()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


def clean_name(name: str) -> str:
    """A display name without controls, direction marks or separators, NFC, at most 120 characters."""
    cleaned = _HIDDEN.sub("", unicodedata.normalize("NFC", name or "")).strip(" .") or "file"
    stem, dot, ending = cleaned.rpartition(".")
    return cleaned if len(cleaned) <= 120 else f"{stem[: 118 - len(ending)]}{dot}{ending}"


def serve(row: StoredFile, *, public: bool = False) -> HttpResponse:
    """Answer with the file; the calling view has already decided that this reader may have it."""
    response = FileResponse((settings.MEDIA_ROOT / row.path).open("rb"), content_type=row.content_type)
    ascii_name = re.sub(r"[^A-Za-z0-9._-]", "_", row.name)
    place = "inline" if row.is_image else "attachment"
    response["Content-Disposition"] = f"{place}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(row.name)}"
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
