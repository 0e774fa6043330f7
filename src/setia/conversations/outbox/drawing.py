"""Pictures that are drawn from the shop's table right before they leave: the price list, a product.

A message asks for one in its payload, beside what WhatsApp reads:

    {"image": {"caption": …}, "draw": {"what": "prices", "kind": "end", "language": "id", "number": 1}}
    {"image": {"caption": …}, "draw": {"what": "product", "variant_id": 7, "kind": "end"}}
"""

import logging
from typing import Any

from django.db import IntegrityError, transaction

from setia.catalog import pictures
from setia.catalog import queries as catalog
from setia.conversations import uploads
from setia.conversations.models import MediaFile, Message
from setia.core.scope import current_shop
from setia.core.work import WorkState

log = logging.getLogger(__name__)


def draw(message: Message) -> None:
    """Make the picture a message asks for and keep it beside the message, once; nothing when nothing is sold."""
    wanted = message.payload.get("draw") if isinstance(message.payload, dict) else None
    if not isinstance(wanted, dict) or MediaFile.objects.filter(message=message).exists():
        return
    try:
        made = _picture(wanted)
        kept = uploads.keep_picture(made.body, made.mime_type, made.filename) if made else None
    except (OSError, ValueError):
        # one broken photo must not hold up everybody's messages; this one is shown as not sent
        log.exception("picture for message %s", message.pk)
        return
    if kept is None:
        return
    try:
        with transaction.atomic():
            MediaFile.objects.create(
                message=message,
                kind="image",
                media_id="",
                mime_type=kept.mime_type,
                filename=kept.filename,
                path=kept.path,
                thumbnail=kept.thumbnail,
                width=kept.width,
                height=kept.height,
                size=kept.size,
                work_state=WorkState.DONE,
            )
    except IntegrityError:
        # another worker drew it a moment before
        uploads.discard(kept)


def _picture(wanted: dict[str, Any]) -> pictures.Picture | None:
    day, kind = current_shop().today(), str(wanted.get("kind") or "end")
    if wanted.get("what") == "prices":
        return pictures.price_picture(
            kind=kind,
            language=str(wanted.get("language") or current_shop().language),
            number=int(wanted.get("number") or 1),
            with_photos=True,
            day=day,
        )
    offers = catalog.sellable(kind=kind, day=day)
    offer = next((one for one in offers if one.variant_id == wanted.get("variant_id")), None)
    return pictures.item_picture(offer) if offer else None
