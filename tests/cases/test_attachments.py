"""Files given with a case: known kinds alone, pictures without what the camera wrote into them."""

from __future__ import annotations

import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from huiyin.cases import attachments
from huiyin.cases.api import (
    MAX_FILES,
    Upload,
    find_attachment,
    find_public_attachment,
    keep_files,
    path_of,
    record_files,
)
from huiyin.cases.pictures import LONGEST_SIDE, MAX_PIXELS
from huiyin.kernel.refusals import Refusal


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def keep(name, raw):
    return keep_files([Upload(name, io.BytesIO(raw))])[0]


def refuse(name, raw):
    with pytest.raises(Refusal) as caught:
        keep(name, raw)
    assert name[:5] in caught.value.words.zh or "“" in caught.value.words.zh
    assert caught.value.field == "files"
    return caught.value.code


def picture(kind="JPEG", size=(40, 20), mode="RGB", **more):
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode != "1" else 1).save(out, kind, **more)
    return out.getvalue()


def content(kept):
    return path_of(kept.sha256).read_bytes()


def exif():
    told = Image.Exif()
    told[0x010F], told[0x0112] = "Phone Maker", 6
    told.get_ifd(0x8825)[1] = "N"
    return told


def test_a_photo_loses_place_and_device_and_stands_upright():
    kept = keep("IMG.JPG", picture(exif=exif(), comment=b"home"))
    with Image.open(path_of(kept.sha256)) as found:
        assert dict(found.getexif()) == {}
        assert "comment" not in found.info
        assert found.size == (20, 40)
    assert b"Phone Maker" not in content(kept)
    assert b"home" not in content(kept)
    assert (kept.media_type, kept.name, kept.size) == ("image/jpeg", "IMG.JPG", len(content(kept)))


def test_a_drawing_loses_its_notes():
    told = PngInfo()
    told.add_text("Author", "Zhang")
    kept = keep("a.png", picture("PNG", pnginfo=told, exif=exif(), icc_profile=b"profile"))
    assert b"Zhang" not in content(kept)
    assert b"Phone Maker" not in content(kept)
    assert b"iCCP" not in content(kept)


def test_a_web_picture_loses_its_notes():
    assert b"Phone Maker" not in content(keep("a.webp", picture("WEBP", exif=exif())))


def test_several_pictures_in_one_as_phones_write_them_are_taken():
    out = io.BytesIO()
    first, second = Image.new("RGB", (40, 20), "red"), Image.new("RGB", (10, 5), "blue")
    first.save(out, "MPO", save_all=True, append_images=[second])
    assert keep("IMG.JPG", out.getvalue()).media_type == "image/jpeg"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_drawing_is_taken(mode):
    kept = keep("a.png", picture("PNG", mode=mode) if mode != "I;16" else picture_16())
    with Image.open(path_of(kept.sha256)) as found:
        assert found.mode == ("RGBA" if "A" in mode else "RGB")


def picture_16():
    out = io.BytesIO()
    Image.new("I;16", (4, 4)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "media_type"), [("GIF", "image/png"), ("BMP", "image/png"), ("WEBP", "image/webp")]
)
def test_pictures_of_other_kinds_are_made_anew(kind, media_type):
    assert keep("a", picture(kind)).media_type == media_type


def test_print_colours_become_screen_colours():
    kept = keep("a.jpg", picture(mode="CMYK"))
    with Image.open(path_of(kept.sha256)) as found:
        assert found.mode == "RGB"


def test_a_large_photo_is_made_as_large_as_a_screen():
    kept = keep("a.jpg", picture(size=(4000, 3000)))
    with Image.open(path_of(kept.sha256)) as found:
        assert max(found.size) == LONGEST_SIDE


def test_half_a_picture_is_broken():
    raw = picture(size=(400, 400))
    assert refuse("半张.jpg", raw[: len(raw) // 2]) == "picture-broken"
    png = picture("PNG", size=(400, 400))
    assert refuse("半张.png", png[: len(png) // 2]) == "picture-broken"


def png_of(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7100, 10_000, 60_000])
def test_a_picture_of_too_many_signs_is_refused_before_it_is_drawn(side):
    assert side * side > MAX_PIXELS
    assert refuse("大图.png", png_of(side, side)) == "picture-too-large"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("photo.jpg", b"PK\x03\x04rest"),
        ("run.exe", b"MZ\x90\x00"),
        ("page.html", b"<html>"),
        ("page.pdf", b"<script>"),
        ("draw.svg", b"<svg xmlns='x'/>"),
        ("run.pdf.exe", b"%PDF-1.7"),
        ("noname", b"%PDF-1.7"),
        ("page.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        ("a.mp4", b"\0\0\0\x18free"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(name, raw):
    assert refuse(name, raw) == "file-type"


@pytest.mark.parametrize(
    ("name", "raw", "media_type"),
    [
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.DOCX", b"PK\x03\x04", "application/zip"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "application/msword"),
        ("a.mp3", b"ID3x", "audio/mpeg"),
        ("a.mp3", b"\xff\xf3x", "audio/mpeg"),
        ("a.wav", b"RIFF\0\0\0\0WAVE", "audio/wav"),
        ("a.mp4", b"\0\0\0\x18ftypmp42", "video/mp4"),
    ],
)
def test_papers_sound_and_film_are_kept_as_they_are(name, raw, media_type):
    kept = keep(name, raw)
    assert (kept.media_type, content(kept)) == (media_type, raw)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/证明.pdf", "证明.pdf"),
        ("C:\\桌面\\证明.pdf", "证明.pdf"),
        ("证\x00明\r\n.pdf", "证明 .pdf"),
        ("/", "file"),
        ("..", "file"),
        ("", "file"),
        ("半\ud800个.pdf", "半个.pdf"),
    ],
)
def test_a_name_is_a_name_and_no_path(given, name):
    assert attachments._tidy_name(given) == name


def test_a_long_name_keeps_its_ending():
    name = keep("长" * 300 + ".pdf", b"%PDF-1.7").name
    assert (len(name), name[-4:]) == (120, ".pdf")


def test_nothing_too_large_empty_or_too_many(monkeypatch):
    assert refuse("空.pdf", b"") == "file-empty"
    monkeypatch.setattr(attachments, "MAX_BYTES", 10)
    assert refuse("大.pdf", b"%PDF-1.7...") == "file-too-large"
    with pytest.raises(Refusal) as caught:
        keep_files([Upload("a", io.BytesIO(b""))] * (MAX_FILES + 1))
    assert caught.value.code == "too-many-files"


def test_the_same_bytes_are_kept_once_even_at_the_same_moment(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda at: keep(f"{at}.pdf", b"%PDF-1.7 same"), range(16)))
    assert len({file.sha256 for file in kept}) == 1
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [kept[0].sha256]


def test_a_file_is_shown_to_those_who_see_its_case(desk):
    number = desk.dispatched()
    case = desk.case(number)
    kept = keep_files([Upload("证明.pdf", io.BytesIO(b"%PDF-1.7"))])
    private = record_files(case.pk, kept, "谭雪", desk.now, public=False)[0]
    public = record_files(case.pk, kept, "谭雪", desk.now, public=True)[0]
    assert find_attachment(private, desk.acting("tanxue")).name == "证明.pdf"
    assert find_attachment(private, desk.acting("shuliping")) is None
    assert find_attachment(10**9, desk.acting("hemin")) is None
    assert find_public_attachment(public, case.pk).pk == public
    assert find_public_attachment(private, case.pk) is None
    assert find_public_attachment(public, case.pk + 1) is None
