"""The child that decodes pictures: it dies, the web process lives, the person reads a sentence."""

import io
import re
import subprocess
import sys
import time
from threading import BoundedSemaphore

import psutil
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from platform_site.files import images

MOST = 40_000_000
SOURCE = images.CHILD.read_text()


def picture(form="PNG", size=(400, 300)):
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, form)
    return out.getvalue()


def child_that(tmp_path, monkeypatch, does, **constants):
    """In the child's place, with its limits, a script that does something worse than decoding."""
    source = SOURCE.replace("    how, content = renew(", f"    {does}\n    how, content = renew(")
    for name, value in constants.items():
        source = re.sub(rf"^{name} = .*", f"{name} = {value}", source, flags=re.M)
    script = tmp_path / "child.py"
    script.write_text(source)
    monkeypatch.setattr(images, "CHILD", script)


def refused():
    with pytest.raises(ValidationError) as error:
        images.renewed(picture(), "PNG", MOST)
    return error.value.messages[0]


SENTENCE = "这张图片打不开或过大，请换一张。"


@pytest.mark.parametrize(
    "does",
    [
        "x = [bytearray(1 << 20) for _ in range(10_000)]",  # all the memory there is
        "import os; os.kill(os.getpid(), 11)",  # as a decoder that writes where it must not
        "sys.exit(0)",  # says that it went well, and wrote nothing
        "raise RuntimeError('of a kind that nobody thought of')",
    ],
)
def test_a_child_that_dies_is_a_sentence(tmp_path, monkeypatch, does):
    child_that(tmp_path, monkeypatch, does)
    assert refused() == SENTENCE
    monkeypatch.undo()
    assert images.renewed(picture(), "PNG", MOST)  # and the next picture is a picture


def test_a_child_that_never_ends_is_ended(tmp_path, monkeypatch):
    child_that(tmp_path, monkeypatch, "import time; time.sleep(600)")
    monkeypatch.setattr(images, "WAIT", 0.5)
    began = time.monotonic()
    assert refused() == SENTENCE
    assert time.monotonic() - began < 5


def test_a_child_that_computes_for_ever_is_ended_by_the_system(tmp_path, monkeypatch):
    child_that(tmp_path, monkeypatch, "while True: pass", SECONDS=1)
    assert refused() == SENTENCE


def test_the_child_can_write_no_file_and_knows_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a-secret")
    found = tmp_path / "found"
    child_that(tmp_path, monkeypatch, f"open({str(found)!r}, 'w').write('x' * 9_000)")
    assert refused() == SENTENCE
    assert not found.exists() or not found.read_bytes()
    child_that(tmp_path, monkeypatch, "import os; sys.exit(0 if 'SECRET_KEY' in os.environ else TOO_MANY_PIXELS)")
    assert "像素" in refused()


def test_nothing_of_the_portal_is_in_the_child():
    command = f"exec(open({str(images.CHILD)!r}).read().split('if __name__')[0])"
    listed = command + "\nprint([name for name in sys.modules if name.startswith(('django', 'platform_site', 'PIL'))])"
    done = subprocess.run([sys.executable, "-I", "-c", listed], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("form", "mode", "extra"),
    [("JPEG", "RGB", {"progressive": True, "subsampling": 0}), ("PNG", "RGBA", {"compress_level": 1})],
)
def test_the_largest_picture_that_is_allowed_fits(form, mode, extra):
    out = io.BytesIO()
    Image.new(mode, (8_000, 5_000), 128).save(out, form, **extra)
    small = images.renewed(out.getvalue(), form, MOST)
    with Image.open(io.BytesIO(small)) as image:
        assert image.size == (2400, 1500)


def test_the_web_process_never_holds_the_pixels(monkeypatch):
    """Not one decoder is called in this process."""

    def called(*args, **kwargs):
        raise AssertionError("decoded in the web process")

    content = picture()
    monkeypatch.setattr(Image, "open", called)
    assert images.renewed(content, "PNG", MOST)


def test_it_is_quick_enough_for_a_form():
    content = picture("JPEG", (1200, 900))
    images.renewed(content, "JPEG", MOST)
    times = []
    for _time in range(3):
        began = time.monotonic()
        images.renewed(content, "JPEG", MOST)
        times.append(time.monotonic() - began)
    assert min(times) < 1.0, times  # 0.2 s on a machine that does nothing else


def test_who_gets_no_turn_is_told_so(monkeypatch):
    monkeypatch.setattr(images, "TURNS", BoundedSemaphore(1))
    monkeypatch.setattr(images, "WAIT", 0.05)
    with images.TURNS, pytest.raises(ValidationError, match="稍后再上传"):
        images.renewed(picture(), "PNG", MOST)


def test_no_child_is_left_behind():
    for _time in range(2):
        images.renewed(picture(), "PNG", MOST)
    # A browser or a server of another test may be a child of this process too.
    commands = [one.cmdline() for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE]
    assert not [command for command in commands if str(images.CHILD) in command]
