"""Files of messages: noted when the message comes, fetched at once by a worker, kept in the shop's own folder."""

import logging
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from PIL import Image, ImageOps, UnidentifiedImageError

from setia.conversations.actions.channels import stop_channel
from setia.conversations.channels.whatsapp_cloud import media
from setia.conversations.channels.whatsapp_cloud.client import NotSent, Refused
from setia.conversations.channels.whatsapp_cloud.content import MEDIA
from setia.conversations.channels.whatsapp_cloud.errors import Then, behaviour
from setia.conversations.models import ChannelKind, ChannelState, Conversation, MediaFile, Message
from setia.core import clock, faults, ids, work
from setia.core.scope import open_shop
from setia.core.tasks import wake

log = logging.getLogger(__name__)

# WhatsApp keeps what customers send for seven days.
KEPT_FOR: Final = timedelta(days=7)
LEASE: Final = timedelta(minutes=10)
THUMBNAIL: Final = (480, 480)
PICTURES: Final = ("image/jpeg", "image/png", "image/webp")
# Decoding is refused beyond this: a small file may claim to be enormous.
MOST_PIXELS: Final = 50_000_000
WAIT_AT_LEAST: Final = 5.0
LEFT_BEHIND_S: Final = 3600


def note_media(message: Message) -> MediaFile | None:
    """Ask for the file of a message, if it has one."""
    content = message.payload.get(message.kind) if message.kind in MEDIA else None
    if not isinstance(content, dict) or not content.get("id"):
        return None
    row, new = MediaFile.objects.get_or_create(
        message=message,
        media_id=str(content["id"])[:128],
        defaults={
            "kind": message.kind,
            "mime_type": str(content.get("mime_type") or "").partition(";")[0].strip()[:100],
            "filename": Path(str(content.get("filename") or "")).name[:200],
        },
    )
    if new:
        wake("media")
    return row


def settle_media(limit: int = 5) -> int:
    """Fetch what is due in every shop. Returns how many were taken."""
    rows = work.claim(MediaFile.across_shops.filter(pk__in=_next(limit)), limit=limit, lease=LEASE)
    faults.point("media.claimed")
    for row in MediaFile.across_shops.filter(pk__in=[row.pk for row in rows]).select_related("shop"):
        with open_shop(row.shop):
            _fetch(row)
        faults.point("media.settled")
    return len(rows)


def _next(limit: int) -> list[int]:
    waiting = MediaFile.across_shops.filter(
        work.open_for_work(clock.now()),
        message__conversation__channel__kind=ChannelKind.CLOUD,
        message__conversation__channel__state=ChannelState.ACTIVE,
    )
    return list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


def _fetch(row: MediaFile) -> None:
    """One file: address, bytes, picture; written down in one short transaction at the end."""
    channel = row.message.conversation.channel
    if channel.state != ChannelState.ACTIVE:
        # It stopped while this batch was fetched.
        work.retry(row, "the number is stopped", after=timedelta(seconds=WAIT_AT_LEAST))
        return
    address = media.resolve(
        base=settings.WHATSAPP_GRAPH_URL,
        media_id=row.media_id,
        number_id=channel.phone_number_id,
        token=channel.access_token,
    )
    if not isinstance(address, media.Address):
        _not_now(row, address)
        return
    folder = Path(settings.MEDIA_ROOT) / "chats" / str(row.shop_id)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="coming-", delete=False) as file:
        came = media.fetch(
            url=address.url,
            token=channel.access_token,
            hosts=settings.WHATSAPP_MEDIA_HOSTS,
            most=media.LIMITS.get(row.kind, media.LIMITS["document"]),
            into=_binary(file),
        )
    faults.point("media.fetched")
    temporary = Path(file.name)
    if isinstance(came, media.Fetched) and came.sha256 == address.sha256:
        _keep(row, address, temporary, came.size)
        return
    temporary.unlink(missing_ok=True)
    _not_now(row, "the bytes are not those announced" if isinstance(came, media.Fetched) else came)


def _binary(file: Any) -> BinaryIO:
    return file.file if hasattr(file, "file") else file


def _keep(row: MediaFile, address: media.Address, temporary: Path, size: int) -> None:
    name = ids.public_token()
    row.path, row.size = f"chats/{row.shop_id}/{name}", size
    row.mime_type = address.mime_type.partition(";")[0].strip().lower()[:100]
    place = Path(settings.MEDIA_ROOT) / row.path
    temporary.replace(place)
    if row.mime_type in PICTURES:
        _make_thumbnail(row, place)
    faults.point("media.kept")
    with transaction.atomic():
        changes = ("path", "thumbnail", "width", "height", "size", "mime_type")
        MediaFile.objects.filter(pk=row.pk).update(**{name: getattr(row, name) for name in changes})
        work.finish(row)
        _tell_thread(row)


def _make_thumbnail(row: MediaFile, place: Path) -> None:
    """A small picture for the thread. A file that is no picture after all simply has none."""
    try:
        with Image.open(place) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return
            upright = ImageOps.exif_transpose(picture)
            row.width, row.height = upright.size
            upright.thumbnail(THUMBNAIL)
            small = place.with_suffix(".webp")
            upright.convert("RGBA" if "A" in upright.getbands() else "RGB").save(small, "WEBP", quality=70)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        log.warning("Media file %s is not the picture it says it is.", row.pk)
        return
    row.thumbnail = f"{row.path}.webp"


def _not_now(row: MediaFile, answer: Any) -> None:
    """Try again while WhatsApp still has it; give up on what will not change."""
    if isinstance(answer, Refused) and behaviour(answer.code, answer.http).then is Then.STOP_CHANNEL:
        stop_channel(channel=row.message.conversation.channel, reason=f"error:{answer.code}")
    gone = isinstance(answer, Refused) and answer.code in (100, 33, 131052)
    final = gone or isinstance(answer, media.Unacceptable)
    if final or clock.now() - row.message.at > KEPT_FOR:
        log.warning("Media file %s cannot be fetched: %s", row.pk, answer)
        with transaction.atomic():
            work.give_up(row, repr(answer))
            _tell_thread(row)
        return
    after = work.backoff(row.attempts, first=WAIT_AT_LEAST)
    if isinstance(answer, NotSent):
        after = max(after, timedelta(seconds=WAIT_AT_LEAST))
    work.retry(row, repr(answer), after=after)


def forget_half_fetched() -> int:
    """Delete what a fetch that was killed left on the disk. Returns how many files went."""
    gone = 0
    for path in (Path(settings.MEDIA_ROOT) / "chats").glob("*/coming-*"):
        if time.time() - path.stat().st_mtime > LEFT_BEHIND_S:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _tell_thread(row: MediaFile) -> None:
    Conversation.objects.filter(messages=row.message_id).update(revision=F("revision") + 1)
