"""Photos and scans from residents: type sniffed, size bound, everything but the picture removed."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import filetype
from PIL import Image, ImageOps

from api.casework.errors import UploadRefused

LARGEST = 10 * 1024 * 1024
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 3000
_PICTURES = {"image/jpeg", "image/png", "image/webp"}
_PDF = "application/pdf"


@dataclass(frozen=True)
class Scan:
    """A picture made anew, or a PDF as it came."""

    media_type: str
    data: bytes


def clean(data: bytes) -> Scan:
    """What may be stored of an uploaded file.

    A picture is decoded and written anew as JPEG: no EXIF (place, time, camera), nothing behind
    the end. A PDF is kept as it is.

    Raises:
        UploadRefused: empty, too large, of another type, or broken.
    """
    if not data:
        raise UploadRefused("文件是空的，请重新拍一张。")
    if len(data) > LARGEST:
        raise UploadRefused("文件超过10MB，请用手机“发送原图”以外的方式，或者分张拍。")
    kind = filetype.guess_mime(data)
    if kind == _PDF:
        return Scan(_PDF, data)
    if kind not in _PICTURES:
        raise UploadRefused("只收照片（JPG、PNG、WebP）和PDF。请拍照上传。")
    return Scan("image/jpeg", _redrawn(data))


def _redrawn(data: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise UploadRefused("照片的像素太大，请用普通清晰度再拍一张。")
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except UploadRefused:
        raise
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombWarning) as error:
        raise UploadRefused("照片打不开，可能没有传完整，请重新拍一张。") from error
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    out = io.BytesIO()
    # A new image carries no metadata of the old one, the palette and comments included.
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    plain.save(out, "JPEG", quality=85)
    return out.getvalue()
