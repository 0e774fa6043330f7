"""Files the shop sends: looked at, pictures made small, kept below MEDIA_ROOT for the worker."""

from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from setia.conversations.actions.attaching import Kept
from setia.core import ids
from setia.core.errors import DomainError
from setia.core.scope import current_shop_id

MB: Final = 1024 * 1024
PICTURE_SIDE: Final = 1600
THUMBNAIL: Final = (480, 480)
MOST_PIXELS: Final = 64_000_000
# WhatsApp's own limits; papers less than it allows, for the sake of prepaid data.
LIMITS: Final = {"image": 20 * MB, "video": 16 * MB, "audio": 16 * MB, "document": 20 * MB}
TYPES: Final = {
    ".mp4": ("video", "video/mp4"),
    ".3gp": ("video", "video/3gpp"),
    ".mp3": ("audio", "audio/mpeg"),
    ".m4a": ("audio", "audio/mp4"),
    ".aac": ("audio", "audio/aac"),
    ".amr": ("audio", "audio/amr"),
    ".ogg": ("audio", "audio/ogg"),
    ".opus": ("audio", "audio/ogg"),
    ".pdf": ("document", "application/pdf"),
    ".txt": ("document", "text/plain"),
    ".csv": ("document", "text/plain"),
    ".doc": ("document", "application/msword"),
    ".docx": ("document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xls": ("document", "application/vnd.ms-excel"),
    ".xlsx": ("document", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".ppt": ("document", "application/vnd.ms-powerpoint"),
    ".pptx": ("document", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp")
ACCEPTED: Final = ",".join(("image/jpeg", "image/png", "image/webp", *TYPES))


def keep(upload: Any) -> Kept:
    """Put an upload where the worker finds it. Raises DomainError (field `file`) for what WhatsApp won't take."""
    name = Path(str(upload.name)).name[:200]
    ending = Path(name).suffix.lower()
    kind, mime_type = ("image", "image/jpeg") if ending in PICTURES else TYPES.get(ending, ("", ""))
    if not kind:
        raise _refuse(_("WhatsApp does not take such files. Send a picture, a film, a sound, a PDF or an Office file."))
    if upload.size > LIMITS[kind]:
        raise _refuse(_("This file is too large. At most %(most)s MB.") % {"most": LIMITS[kind] // MB})
    if not upload.size:
        raise _refuse(_("This file is empty."))
    return _keep_picture(upload, name) if kind == "image" else _keep_as_it_is(upload, kind, mime_type, name)


def _refuse(text: str) -> DomainError:
    return DomainError(text, code="file", field="file")


def _place() -> tuple[str, Path]:
    path = f"chats/{current_shop_id()}/{ids.public_token()}"
    place = Path(settings.MEDIA_ROOT) / path
    place.parent.mkdir(parents=True, exist_ok=True)
    return path, place


def _keep_as_it_is(upload: Any, kind: str, mime_type: str, name: str) -> Kept:
    path, place = _place()
    with place.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return Kept(kind, path, mime_type, name, upload.size)


def _keep_picture(upload: Any, name: str) -> Kept:
    """As JPEG, upright, no larger than a phone shows, without the place it was taken at; and a small one."""
    try:
        with Image.open(upload, formats=("JPEG", "PNG", "WEBP")) as source:
            if source.width * source.height > MOST_PIXELS:
                raise _refuse(_("This picture has too many pixels. Take it again in a smaller size."))
            picture = ImageOps.exif_transpose(source)
            picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
            if picture.has_transparency_data:
                paper = Image.new("RGBA", picture.size, "white")
                picture = Image.alpha_composite(paper, picture.convert("RGBA"))
            picture = picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        text = _("This file is not a picture we can read. Use a photo from your phone (JPEG, PNG or WebP).")
        raise _refuse(text) from error
    body = BytesIO()
    picture.save(body, "JPEG", quality=82, optimize=True)
    return _write(picture, body.getvalue(), "image/jpeg", f"{Path(name).stem}.jpg")


def keep_picture(body: bytes, mime_type: str, name: str) -> Kept:
    """Put a picture that Setia made itself where the worker finds it, as it is, and a small one beside it."""
    with Image.open(BytesIO(body)) as picture:
        return _write(picture.convert("RGB"), body, mime_type, name)


def _write(picture: Image.Image, body: bytes, mime_type: str, name: str) -> Kept:
    path, place = _place()
    place.write_bytes(body)
    small = picture.copy()
    small.thumbnail(THUMBNAIL)
    small.save(place.with_suffix(".webp"), "WEBP", quality=70)
    return Kept("image", path, mime_type, name, len(body), f"{path}.webp", picture.width, picture.height)


def discard(file: Kept) -> None:
    """Remove a file that no message names."""
    for path in (file.path, file.thumbnail):
        if path:
            (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


def remove(path: str) -> None:
    """Remove a picture that is named by its path alone, with its small one."""
    for one in (path, f"{path}.webp"):
        (Path(settings.MEDIA_ROOT) / one).unlink(missing_ok=True)
