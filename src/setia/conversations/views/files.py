"""Files of customers: only for members of the shop, never run by the browser, played from any point."""

import re
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from setia.conversations.access import get_file
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right

# What a browser may show itself; everything else is saved to disk.
SHOWN: Final = re.compile(r"image/(jpeg|png|webp|gif)|audio/[\w.+-]+|video/(mp4|3gpp|webm)")
HEADERS: Final = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; media-src 'self'; img-src 'self'",
}
_RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)")


@require_GET
@door(Right.CHAT, section="chat")
def file(request: ShopRequest, pk: int) -> HttpResponseBase:
    """The file as it was sent."""
    row = get_file(request, pk)
    if SHOWN.fullmatch(row.mime_type):
        return _send(request, row.path, row.mime_type)
    answer = _send(request, row.path, "application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition_header(True, row.filename or f"whatsapp-{row.pk}")
    return answer


@require_GET
@door(Right.CHAT, section="chat")
def thumbnail(request: ShopRequest, pk: int) -> HttpResponseBase:
    """A small picture of it."""
    row = get_file(request, pk)
    if not row.thumbnail:
        raise Http404
    return _send(request, row.thumbnail, "image/webp")


def _send(request: ShopRequest, path: str, content_type: str) -> Any:
    """A file below MEDIA_ROOT, or the part of it that was asked for: players on phones ask for parts."""
    place = Path(settings.MEDIA_ROOT) / path
    if not path or not place.is_file():
        raise Http404
    size, asked = place.stat().st_size, _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked and (asked[1] or asked[2]):
        first = int(asked[1]) if asked[1] else max(0, size - int(asked[2]))
        last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        with place.open("rb") as source:
            source.seek(first)
            answer: Any = HttpResponse(source.read(last - first + 1), status=206, content_type=content_type)
        answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    else:
        answer = FileResponse(place.open("rb"), content_type=content_type)
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer
