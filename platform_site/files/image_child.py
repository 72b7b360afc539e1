"""The child process that decodes pictures: nothing of ours but this file is in it, no secret, no connection.

Run as a script. It limits its own memory and time, reads a picture from standard input and writes it anew to standard
output: its pixels alone, the right way up. What it ends with tells how it went. Read next: images.py, the parent.
"""

import io
import resource
import struct
import sys
import warnings
import zlib

MEMORY = 1024 * 1024 * 1024  # bytes of address space: 40 million pixels of the dearest kind need about 700 MB
SECONDS = 15  # of processor time
LONGEST_SIDE = 2400
FORMS = ("JPEG", "PNG", "WEBP")
GOOD, BROKEN, TOO_MANY_PIXELS = 0, 3, 4


def limit() -> None:
    """For this process and for ever: before anything of the picture is read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # pipes are no files: it can write nowhere else
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def renew(content: bytes, form: str, most_pixels: int) -> tuple[int, bytes]:
    """How it went, and the new picture: no notes, no place, no profile, no second picture, nothing hung on behind."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - slow import: under the limits, as the picture itself

    # What Pillow's decoders raise on bytes that are not what they claim to be.
    broken = (
        *(OSError, ValueError, SyntaxError, LookupError, TypeError, ArithmeticError, EOFError, MemoryError),
        *(struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning),
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=[form])
        if image.width * image.height * getattr(image, "n_frames", 1) > most_pixels:
            return TOO_MANY_PIXELS, b""
        image.load()
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # before it is turned: a turned copy costs as much again
        upright = ImageOps.exif_transpose(image)
        plain = upright.convert("RGBA" if form != "JPEG" and upright.has_transparency_data else "RGB")
        plain.info.clear()
        out = io.BytesIO()
        plain.save(out, form)
    except broken:
        return BROKEN, b""
    return GOOD, out.getvalue()


def main() -> int:
    form, most_pixels = sys.argv[1], int(sys.argv[2])
    if form not in FORMS:
        return BROKEN
    limit()
    how, content = renew(sys.stdin.buffer.read(), form, most_pixels)
    sys.stdout.buffer.write(content)
    return how


if __name__ == "__main__":
    sys.exit(main())
