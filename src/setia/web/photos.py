"""Pictures: taken with any phone, kept small, turned upright, without the place they were taken at.

A picture is named by a token; `<token>.webp` is at most 1200 px wide or high, `<token>-small.webp` at most 320 px.
Files are written before the action that names them and removed after the one that forgets them: a picture that nobody
names is only a few kilobytes too many, a name without a picture would be a hole in a page. Each area keeps its pictures
in a folder of its own, and says who may see them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseBase
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from setia.core import ids
from setia.core.errors import DomainError
from setia.core.scope import current_shop_id

FULL, SMALL = 1200, 320
QUALITY = {FULL: 80, SMALL: 74}
LARGEST_FILE = 20 * 1024 * 1024
# What one picture may cost in memory while it is read. JPEG is read at a fraction of its size, the others in full.
MOST_PIXELS = {"JPEG": 64_000_000}
MOST_PIXELS_OTHERWISE = 24_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


def _path(folder: str, token: str, size: int) -> str:
    return f"{folder}/{current_shop_id()}/{token}{'-small' if size == SMALL else ''}.webp"


def _refuse(message: str, code: str) -> DomainError:
    return DomainError(message, code=code, field="photo")


def store(upload: Any, *, folder: str) -> str:
    """Shrink an uploaded picture (JPEG, PNG or WebP) to both sizes and keep it for the open shop; returns its token.

    `folder` is the area's (`catalog`).

    Raises DomainError (field `photo`) for files that are too large or are not such a picture.
    """
    if upload.size > LARGEST_FILE:
        raise _refuse(_("This picture is larger than 20 MB. Take it again in a smaller size."), "photo_too_large")
    token = ids.public_token().replace("_", "-")
    picture = _open(upload)
    for size in (FULL, SMALL):
        default_storage.save(_path(folder, token, size), ContentFile(_webp(picture, size)))
    return token


def _open(upload: Any) -> Image.Image:
    """The picture upright, in plain colours, at most `FULL` wide and high."""
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS.get(picture.format or "", MOST_PIXELS_OTHERWISE):
                raise _refuse(
                    _("This picture has too many pixels. Take it again in a smaller size."), "photo_too_large"
                )
            picture.draft("RGB", (FULL, FULL))  # JPEG: decode at the nearest fraction that is still large enough
            picture.thumbnail((FULL, FULL), Image.Resampling.LANCZOS, reducing_gap=3.0)
            return _plain(ImageOps.exif_transpose(picture))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        text = _("This file is not a picture we can read. Use a photo from your phone (JPEG, PNG or WebP).")
        raise _refuse(text, "photo_unreadable") from error


def _plain(picture: Image.Image) -> Image.Image:
    """Without transparency: see-through parts become white, as on paper."""
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, picture.convert("RGBA")).convert("RGB")
    return picture.convert("RGB")


def _webp(picture: Image.Image, size: int) -> bytes:
    copy = picture.copy()
    copy.thumbnail((size, size), Image.Resampling.LANCZOS)
    body = BytesIO()
    # EXIF (with the place it was taken at) and colour profiles stay behind
    copy.save(body, "WEBP", quality=QUALITY[size], method=4)
    return body.getvalue()


def read(token: str, *, folder: str, small: bool = False) -> File:
    """The picture as an open file. Raises FileNotFoundError."""
    return default_storage.open(_path(folder, token, SMALL if small else FULL))


def discard(token: str, *, folder: str) -> None:
    """Remove a picture that nobody names any more; nothing happens when it is gone already."""
    if token:
        for size in (FULL, SMALL):
            default_storage.delete(_path(folder, token, size))


def response(token: str, *, folder: str, small: bool, public: bool = False) -> HttpResponseBase:
    """The picture as an answer that browsers keep, or 404. Ask the area first whether it is one of this shop's."""
    try:
        file = read(token, folder=folder, small=small)
    except FileNotFoundError as error:
        raise Http404 from error
    # Another picture has another token.
    keep = f"{'public' if public else 'private'}, max-age=31536000, immutable"
    return FileResponse(
        file, content_type="image/webp", headers={"Cache-Control": keep, "X-Content-Type-Options": "nosniff"}
    )


@contextmanager
def replacing(data: dict[str, Any], before: str = "", *, folder: str) -> Iterator[dict[str, Any]]:
    """The cleaned data of a form with its uploaded `photo` kept and named by token; without an upload, without `photo`.

    When the block succeeds the picture `before` goes, when it fails the new one does. Raises DomainError for files
    that are no pictures.
    """
    upload = data.get("photo")
    rest = {name: value for name, value in data.items() if name != "photo"}
    if not upload:
        yield rest
        return
    token = store(upload, folder=folder)
    try:
        yield rest | {"photo": token}
    except Exception:
        discard(token, folder=folder)
        raise
    discard(before, folder=folder)
