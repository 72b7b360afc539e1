"""Crafted uploads are refused with a sentence or come out clean. Read next: platform_site/files/store.py."""

import hashlib
import io
import os
import random
import re
import struct
import time
import zlib
from urllib.parse import unquote

import pytest
from csp.middleware import CSPMiddleware
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image, ImageCms, PngImagePlugin

from platform_site.files import image_child, images
from platform_site.files import store as files
from platform_site.files.models import StoredFile
from platform_site.files.tasks import orphans_remove

HTML = b"<html><script>alert(document.cookie)</script></html>"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """As it reaches a form; the name is set behind the back of Django's own cleaning, as a careless caller might."""
    made = SimpleUploadedFile("x", content)
    made._name = name
    return made


def picture(form: str = "PNG", size=(40, 30), **extra) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, form, **extra)
    return out.getvalue()


def kept(row: StoredFile, settings) -> bytes:
    return (settings.MEDIA_ROOT / row.path).read_bytes()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds a few bytes: the bomb is in the claim."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    line = zlib.compress(bytes(9_000))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", line) + chunk(b"IEND", b"")


def animation(form: str, frames: int) -> bytes:
    out = io.BytesIO()
    pages = [Image.new("RGB", (200, 200), (number * 6 % 256, number * 90 % 256, 0)) for number in range(frames)]
    pages[0].save(out, form, save_all=True, append_images=pages[1:], duration=10)
    return out.getvalue()


GOOD = [
    ("p.png", picture("PNG"), "image/png"),
    ("p.PNG", picture("PNG"), "image/png"),
    ("照片.jpg", picture("JPEG"), "image/jpeg"),
    ("p.jpeg", picture("JPEG"), "image/jpeg"),
    ("p.webp", picture("WEBP"), "image/webp"),
    ("说明书.v2.pdf", PDF, "application/pdf"),
]


@pytest.mark.parametrize(("name", "content", "kind"), GOOD)
def test_good_files_are_kept(shen, settings, name, content, kind):
    row = files.store(upload=upload(name, content), owner=shen)
    assert (row.name, row.content_type, row.is_image) == (name, kind, kind.startswith("image/"))
    stored = kept(row, settings)
    assert (row.size, row.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())
    assert row.owner == shen
    assert name not in row.path


BAD = {
    "page": ("page.html", HTML),
    "page called picture": ("p.png", HTML),
    "page called document": ("d.pdf", HTML),
    "picture called document": ("d.pdf", picture()),
    "document called picture": ("p.jpg", PDF),
    "png called jpg": ("p.jpg", picture("PNG")),
    "program called document": ("d.pdf", b"MZ" + bytes(200)),
    "archive called document": ("d.pdf", b"PK\x03\x04" + bytes(200)),
    "double ending": ("report.pdf.exe", PDF),
    "double ending, script": ("p.png.html", picture()),
    "double ending, hidden by direction": ("p\u202egnp.exe", picture()),
    "no ending": ("png", picture()),
    "no name": ("", picture()),
    "dot only": (".png", b""),
    "empty": ("p.png", b""),
    "nul in ending": ("p.png\x00.html", picture()),
    "ending behind nul": ("p.html\x00.png ", picture()),
    "vector": ("p.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    "animated png": ("p.png", animation("PNG", 2)),
    "animated gif": ("p.gif", animation("GIF", 2)),
    "icon": ("p.ico", picture("ICO")),
    "gif called png": ("p.png", animation("GIF", 2)),
    "header only": ("p.png", b"\x89PNG\r\n\x1a\n"),
    "jpeg header only": ("p.jpg", b"\xff\xd8\xff\xe0" + bytes(20)),
    "webp header only": ("p.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
    "bomb by claim": ("p.png", png_header(12_000, 12_000)),
    "bomb below pillow's own limit": ("p.png", png_header(8_000, 8_000)),
    "bomb of one line": ("p.png", png_header(2_000_000_000, 1)),
    "truncated jpeg": ("p.jpg", picture("JPEG", (400, 300))[:2_000]),
    "truncated png": ("p.png", picture("PNG", (400, 300))[:-40]),
    "truncated webp": ("p.webp", picture("WEBP", (400, 300))[:300]),
    "too wide a name and no ending": ("a" * 300, picture()),
    "line breaks in the ending": ("p.png\r\nX-Evil: 1", picture()),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_refused_with_a_sentence_before_anything_is_kept(db, settings, case):
    name, content = BAD[case]
    began = time.monotonic()
    with pytest.raises(ValidationError) as refused:
        files.check(upload(name, content))
    assert re.search(r"[\u4e00-\u9fff].*。", refused.value.messages[0])
    assert not re.search(r"[\x00-\x1f\u202e]", refused.value.messages[0])
    assert len(refused.value.messages[0]) < 300
    assert time.monotonic() - began < 5
    assert not settings.MEDIA_ROOT.exists()


def test_pixels_are_counted_over_all_pictures_of_an_animation(monkeypatch):
    monkeypatch.setattr(files, "MAX_PIXELS", 40 * 200 * 200)
    assert files.check(upload("p.webp", animation("WEBP", 40)))
    with pytest.raises(ValidationError, match="像素"):
        files.check(upload("p.webp", animation("WEBP", 41)))


@pytest.mark.parametrize(("name", "content", "kind"), GOOD)
def test_check_leaves_the_file_rewound(name, content, kind):
    made = upload(name, content)
    assert files.check(made) == kind
    assert made.read() == content


def test_a_form_may_want_pictures_or_documents_alone():
    assert files.check(upload("p.png", picture()), documents=False) == "image/png"
    with pytest.raises(ValidationError, match="jpeg、jpg、png、webp"):
        files.check(upload("d.pdf", PDF), documents=False)
    with pytest.raises(ValidationError, match="：pdf。"):
        files.check(upload("p.png", picture()), images=False)


def test_a_file_over_the_limit_is_told_the_limit(settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    with pytest.raises(ValidationError, match="1 MB"):
        files.check(upload("d.pdf", PDF + bytes(1024 * 1024)))


def test_a_page_hung_onto_a_picture_is_cut_off(shen, settings):
    for form, name in (("PNG", "p.png"), ("JPEG", "p.jpg"), ("WEBP", "p.webp")):
        row = files.store(upload=upload(name, picture(form) + HTML), owner=shen)
        assert b"script" not in kept(row, settings), form


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-CANARY"
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 35.0, 0.0), 3: "E", 4: (114.0, 17.0, 0.0)})
    return picture("JPEG", exif=exif, comment=b"COMMENT-CANARY", xmp=b"<x>XMP-CANARY</x>")


def noted(form: str) -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + b"PROFILE-CANARY"
    extra = {"icc_profile": profile}
    if form == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", "TEXT-CANARY")
        text.add_itxt("XML:com.adobe.xmp", "XMP-CANARY")
        extra["pnginfo"] = text
    else:
        extra |= {"xmp": b"<x>XMP-CANARY</x>", "exif": Image.Exif().tobytes()}
    return picture(form, **extra)


@pytest.mark.parametrize(
    ("name", "content"),
    [("p.jpg", photo()), ("p.jpg", noted("JPEG")), ("p.png", noted("PNG")), ("p.webp", noted("WEBP"))],
)
def test_only_the_pixels_of_a_picture_are_kept(shen, settings, name, content):
    assert b"CANARY" in content
    row = files.store(upload=upload(name, content), owner=shen)
    stored = kept(row, settings)
    assert b"CANARY" not in stored
    with Image.open(io.BytesIO(stored)) as image:
        assert not image.getexif()
        assert image.size == (40, 30)


def test_a_photo_taken_upright_stays_upright(shen, settings):
    """The direction is in the data that is stripped, so it goes into the pixels first."""
    exif = Image.Exif()
    exif[0x0112] = 6
    row = files.store(upload=upload("p.jpg", picture("JPEG", (40, 30), exif=exif)), owner=shen)
    with Image.open(io.BytesIO(kept(row, settings))) as image:
        assert image.size == (30, 40)


def test_an_animation_becomes_its_first_picture(shen, settings):
    row = files.store(upload=upload("p.webp", animation("WEBP", 3)), owner=shen)
    with Image.open(io.BytesIO(kept(row, settings))) as image:
        assert getattr(image, "n_frames", 1) == 1


def test_large_pictures_are_made_smaller_and_glass_stays_glass(shen, settings):
    row = files.store(upload=upload("p.jpg", picture("JPEG", (3000, 1500))), owner=shen)
    with Image.open(io.BytesIO(kept(row, settings))) as image:
        assert image.size == (2400, 1200)
    for mode in ("RGBA", "LA", "P"):
        out = io.BytesIO()
        Image.new("RGBA", (8, 8), (0, 0, 0, 0)).convert(mode).save(
            out, "PNG", **({"transparency": 0} if mode == "P" else {})
        )
        row = files.store(upload=upload("p.png", out.getvalue()), owner=shen)
        with Image.open(io.BytesIO(kept(row, settings))) as image:
            assert image.convert("RGBA").getpixel((0, 0))[3] == 0, mode


def test_broken_bytes_never_end_in_anything_but_a_sentence(shen, monkeypatch):
    """Whatever passes `check` can be stored, and whatever cannot is told beside the field.

    The child's own code, here without a process for each of hundreds of pictures.
    """
    monkeypatch.setattr(images, "_child", image_child.renew)
    generator = random.Random(7)
    fates = {True: 0, False: 0}
    for form, name in (("PNG", "p.png"), ("JPEG", "p.jpg"), ("WEBP", "p.webp")):
        whole = picture(form, (64, 64))
        for _time in range(120):
            broken = bytearray(whole)
            for _byte in range(generator.choice((1, 3, 30))):
                broken[generator.randrange(len(broken))] = generator.randrange(256)
            made = upload(name, bytes(broken[: generator.choice((len(broken), generator.randrange(12, len(broken))))]))
            try:
                files.check(made)
            except ValidationError:
                fates[False] += 1
                continue
            files.store(upload=made, owner=shen)
            fates[True] += 1
    assert all(fates.values())


NAMES = {
    "plain": ("report.pdf", "report.pdf"),
    "path": ("../../etc/passwd.pdf", "etcpasswd.pdf"),
    "windows path": ("C:\\temp\\a.pdf", "Ctempa.pdf"),
    "nul": ("a\x00b.pdf", "ab.pdf"),
    "line breaks": ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
    "bidi": ("a\u202egpj.pdf", "agpj.pdf"),
    "isolates": ("\u2066a\u2069.pdf", "a.pdf"),
    "arabic mark and joiners": ("a\u061c\u200d\u2060\ufeff.pdf", "a.pdf"),
    "line separators": ("a\u2028b\u2029.pdf", "ab.pdf"),
    "soft hyphen": ("a\u00adb.pdf", "ab.pdf"),
    "tags": ("a\U000e0041.pdf", "a.pdf"),
    "half a character": ("a\ud800.pdf", "a.pdf"),
    "dots": ("...", "file"),
    "nothing": ("", "file"),
    "decomposed": ("e\u0301.pdf", "\u00e9.pdf"),
    "beyond the basic plane": ("\U00020bb7.pdf", "\U00020bb7.pdf"),
    "emoji": ("\U0001f600.pdf", "\U0001f600.pdf"),
    "quotes": ('a"b;c.pdf', 'a"b;c.pdf'),
    "long": ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    "long ending": ("a." + "x" * 300, ("a." + "x" * 300)[:120]),
}


@pytest.mark.parametrize("case", NAMES)
def test_names_are_cleaned(case):
    name, expected = NAMES[case]
    cleaned = files.clean_name(name)
    assert cleaned == expected
    assert len(cleaned) <= 120
    assert files.clean_name(cleaned) == cleaned


def answer(row, **options):
    """The answer with its file closed; `close` would end the test's connection to the database as well."""
    response = files.serve(row, **options)
    for closer in response._resource_closers:
        closer()
    return response


@pytest.mark.parametrize("case", [case for case in NAMES if case != "long ending"])
def test_the_name_comes_back_in_one_harmless_header(shen, case):
    row = files.store(upload=upload("x.pdf", PDF), owner=shen)
    row.name = files.clean_name(NAMES[case][0])
    header = answer(row)["Content-Disposition"]
    assert header.startswith('attachment; filename="')
    assert re.fullmatch(r"attachment; filename=\"[A-Za-z0-9._-]+\"; filename\*=UTF-8''[A-Za-z0-9._~%-]+", header)
    assert unquote(header.partition("''")[2]) == row.name


def test_files_are_served_as_what_they_are_and_to_one_reader(shen):
    document = answer(files.store(upload=upload("d.pdf", PDF), owner=shen))
    image = answer(files.store(upload=upload("p.png", picture()), owner=shen))
    assert (document["Content-Type"], image["Content-Type"]) == ("application/pdf", "image/png")
    assert document["Content-Disposition"].startswith("attachment;")
    assert image["Content-Disposition"].startswith("inline;")
    for response in (document, image):
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert int(response["Content-Length"]) > 0
        assert not response.cookies
    assert "public" in answer(files.store(upload=upload("p.png", picture()), owner=shen), public=True)["Cache-Control"]


def test_a_file_that_is_lost_is_not_found_rather_than_an_error(shen, settings):
    row = files.store(upload=upload("d.pdf", PDF), owner=shen)
    (settings.MEDIA_ROOT / row.path).unlink()
    with pytest.raises(Http404):
        files.serve(row)


def test_bytes_are_readable_by_the_portal_alone(shen, settings):
    row = files.store(upload=upload("d.pdf", PDF), owner=shen)
    path = settings.MEDIA_ROOT / row.path
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_crash_between_the_bytes_and_the_row_leaves_no_row_without_bytes(shen, settings, monkeypatch):
    def crash(*args, **kwargs):
        raise ConnectionError("the machine stops")

    monkeypatch.setattr(StoredFile, "save", crash)
    with pytest.raises(ConnectionError):
        files.store(upload=upload("d.pdf", PDF), owner=shen)
    left = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert len(left) == 1
    orphans_remove()
    assert left[0].exists()  # too young: its row may be about to be committed
    old = time.time() - 90_000
    os.utime(left[0], (old, old))
    orphans_remove()
    assert not left[0].exists()


def test_the_sweep_keeps_what_has_a_row_and_stumbles_over_nothing(shen, settings):
    row = files.store(upload=upload("d.pdf", PDF), owner=shen)
    folder = (settings.MEDIA_ROOT / row.path).parent
    (folder / "not-an-id").write_bytes(b"x")
    (folder / "deeper").mkdir()
    (folder / f"{row.id.hex}.part").write_bytes(b"half")
    old = time.time() - 90_000
    for path in folder.iterdir():
        os.utime(path, (old, old))
    orphans_remove()
    assert sorted(path.name for path in folder.iterdir()) == sorted([row.id.hex, "deeper"])


def test_the_sites_content_policy_does_not_replace_the_stricter_one_of_a_file(shen, rf):
    row = files.store(upload=upload("d.pdf", PDF), owner=shen)
    response = CSPMiddleware(lambda request: answer(row))(rf.get("/"))
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
