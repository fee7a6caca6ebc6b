"""Pictures made anew: upright, of a size for a screen, without what the camera wrote into them."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

MAX_PIXELS = 50_000_000
LONGEST_SIDE = 2560
QUALITY = 85
_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # several JPEGs in one file, as many phones write them
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/png",
    "BMP": "image/png",
}
DRAWN = frozenset(_TYPES.values())
"""What `remake_picture` writes: the only files that may be shown inside a page."""
_READABLE = sorted(_TYPES.keys() - {"MPO"})


def remake_picture(name: str, raw: bytes) -> tuple[bytes, str] | None:
    """The picture drawn anew and its media type; None when `raw` is no picture of a known kind.

    Refused with its `name`: one that is broken, and one of more than `MAX_PIXELS`.
    """
    try:
        with Image.open(io.BytesIO(raw), formats=_READABLE) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise _too_large(name)
            media_type = _TYPES[picture.format or ""]
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _encode(ImageOps.exif_transpose(picture), media_type), media_type
    except UnidentifiedImageError:
        return None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(name) from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, OverflowError):
        words = Words(f"“{name}”打不开，可能已损坏。", f"“{name}” cannot be opened; it may be broken.")
        raise Refusal("picture-broken", words, field="files") from None


def _encode(picture: Image.Image, media_type: str) -> bytes:
    out = io.BytesIO()
    clear = "A" in picture.getbands() or "transparency" in picture.info
    drawn = picture.convert("RGBA" if clear and media_type != "image/jpeg" else "RGB")
    drawn.info = {}  # comments and profiles would be written along otherwise
    if media_type == "image/jpeg":
        drawn.save(out, "JPEG", quality=QUALITY, optimize=True)
    else:
        drawn.save(out, "PNG" if media_type == "image/png" else "WEBP")
    return out.getvalue()


def _too_large(name: str) -> Refusal:
    words = Words(f"“{name}”的像素太多。请缩小后再传。", f"“{name}” has too many pixels. Make it smaller.")
    return Refusal("picture-too-large", words, field="files")
