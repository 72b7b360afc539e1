"""The child process that draws a mark over every page of a PDF, or over a picture; nothing of ours but this file is in it.

Run as a script. It limits its own memory and time and reads from standard input one line of JSON, {"kind", "font",
"lines"}, and then the file. The marked file goes to standard output; what it ends with tells how it went. Read next:
marks.py, the parent.
"""

import io
import json
import math
import os
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY = 1536 * 1024 * 1024  # bytes of address space
SECONDS = 20  # of processor time
GOOD, BROKEN, ENCRYPTED = 0, 3, 4
SIDE = 1000  # points: the sheet of the mark is a square that is laid over the middle of each page, reaching its corners
NAME = "/PortalMark"
ANGLE = 30  # degrees
# Light letters with a dark edge, both see-through: over a picture they are read on white, on black and between.
LIGHT, DARK, CLEAR = (255, 255, 255, 130), (70, 70, 70, 130), (128, 128, 128, 0)
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
# The lines come as one value, never as source: nothing that a person calls themselves is run.
SHEET = """
#set page(width: 1000pt, height: 1000pt, margin: 0pt, fill: none)
#set text(font: ("Noto Sans SC",), size: 15pt, fill: rgb(128, 128, 128, 47%))
#let lines = sys.inputs.lines.split("\\n")
#let once = rotate(-30deg, reflow: false, block(width: 330pt, align(center, stack(spacing: 7pt, ..lines.map(one => text(one))))))
#for row in range(5) { for column in range(3) {
  place(top + left, dx: column * 335pt - calc.rem(row, 2) * 90pt + 45pt, dy: row * 200pt + 70pt, once)
} }
"""


def limit() -> None:
    """For this process and for ever: before anything of the file is read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # pipes are no files: it can write nowhere else
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def sheet(lines: list[str], font: str) -> bytes:
    """One page with the mark all over it, as a PDF with its font embedded."""
    import typst  # noqa: PLC0415 - slow import: under the limits

    said = {"lines": "\n".join(lines)}
    made: bytes = typst.compile(
        SHEET.encode(), font_paths=[str(Path(font).parent)], sys_inputs=said, ignore_system_fonts=True
    )
    return made


def mark_pdf(content: bytes, lines: list[str], font: str) -> tuple[int, bytes]:
    """The sheet is kept once in the file and drawn on each page over what the page shows; no page is taken apart for it."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - slow import: under the limits
    from pypdf.generic import NameObject  # noqa: PLC0415 - slow import

    laid = sheet(lines, font)
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        return ENCRYPTED, b""
    writer = PdfWriter(clone_from=reader)
    if not writer.pages:
        return BROKEN, b""
    form = _form(writer, PdfReader(io.BytesIO(laid)).pages[0])
    before = _stream(writer, b"q\n")
    for page in writer.pages:
        _resources(page)[NameObject(NAME)] = form
        _draw(writer, page, before)
    out = io.BytesIO()
    writer.write(out)
    return GOOD, out.getvalue()


def _stream(writer: Any, data: bytes) -> Any:
    from pypdf.generic import DecodedStreamObject  # noqa: PLC0415 - slow import

    made = DecodedStreamObject()
    made.set_data(data)
    return writer._add_object(made)


def _form(writer: Any, drawn: Any) -> Any:
    """The sheet as a form that pages refer to."""
    from pypdf.generic import ArrayObject, DecodedStreamObject, FloatObject, NameObject  # noqa: PLC0415 - slow import

    form = DecodedStreamObject()
    form.set_data(drawn.get_contents().get_data())
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject([FloatObject(number) for number in (0, 0, SIDE, SIDE)])
    form[NameObject("/Resources")] = drawn["/Resources"].clone(writer)
    return writer._add_object(form.flate_encode())


def _resources(page: Any) -> Any:
    """The dictionary of what the page may draw, its own or inherited; made where there is none."""
    from pypdf.generic import DictionaryObject, NameObject  # noqa: PLC0415 - slow import

    holder = page
    while "/Resources" not in holder and "/Parent" in holder:
        holder = holder["/Parent"]
    if "/Resources" not in holder:
        page[NameObject("/Resources")] = DictionaryObject()
        holder = page
    resources = holder["/Resources"]
    if "/XObject" not in resources:
        resources[NameObject("/XObject")] = DictionaryObject()
    return resources["/XObject"]


def _draw(writer: Any, page: Any, before: Any) -> None:
    """After what the page draws, upright to its reader however the page is turned."""
    from pypdf import Transformation  # noqa: PLC0415 - slow import
    from pypdf.generic import ArrayObject, NameObject  # noqa: PLC0415 - slow import

    box, half = page.cropbox, -SIDE / 2
    scale = math.hypot(float(box.width), float(box.height)) / SIDE
    centre = (float(box.left + box.right) / 2, float(box.bottom + box.top) / 2)
    placed = Transformation().translate(half, half).scale(scale).rotate(page.rotation).translate(*centre)
    numbers = " ".join(f"{number:.5f}" for number in placed.ctm)
    after = _stream(writer, f"\nQ q {numbers} cm {NAME} Do Q".encode())
    held = page.get("/Contents")
    held = held.get_object() if held is not None else ArrayObject()
    parts = list(held) if isinstance(held, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([before, *parts, after])


def mark_picture(content: bytes, form: str, lines: list[str], font: str) -> tuple[int, bytes]:
    """The same mark over a picture, its letters about as large as those over a page."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - slow import: under the limits

    image = Image.open(io.BytesIO(content), formats=[form])
    plain = image.convert("RGBA")
    letters = ImageFont.truetype(font, max(11, max(plain.size) // 55))
    across = max(letters.getlength(line) for line in lines)
    high = letters.size * 1.5
    tile = Image.new("RGBA", (int(across) + 8, int(high * len(lines)) + 8), CLEAR)
    pen = ImageDraw.Draw(tile)
    for number, line in enumerate(lines):
        left = (tile.width - letters.getlength(line)) / 2
        pen.text((left, number * high), line, LIGHT, letters, stroke_width=1, stroke_fill=DARK)
    turned = tile.rotate(ANGLE, expand=True)
    layer = Image.new("RGBA", plain.size, CLEAR)
    for row, top in enumerate(range(-turned.height // 3, plain.height, max(1, turned.height))):
        for left in range(-(row % 2) * turned.width // 2, plain.width, max(1, turned.width)):
            layer.paste(turned, (left, top), turned)
    marked = Image.alpha_composite(plain, layer)
    out = io.BytesIO()
    (marked.convert("RGB") if form == "JPEG" else marked).save(out, form)
    return GOOD, out.getvalue()


def main() -> int:
    limit()
    asked = json.loads(sys.stdin.buffer.readline())
    content, lines, font = sys.stdin.buffer.read(), asked["lines"], asked["font"]
    try:
        if asked["kind"] in PICTURES:
            how, marked = mark_picture(content, PICTURES[asked["kind"]], lines, font)
        else:
            how, marked = mark_pdf(content, lines, font)
    except Exception as error:  # whatever a reader raises on bytes that are not what they claim to be
        print(f"{type(error).__name__}: {error}"[:300], file=sys.stderr)  # noqa: T201 - the parent logs it
        return BROKEN
    sys.stdout.buffer.write(marked)
    sys.stdout.buffer.flush()
    return how


if __name__ == "__main__":
    os._exit(main())  # at once: the drawing library's threads are not waited for
