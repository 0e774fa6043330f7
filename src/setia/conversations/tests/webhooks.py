"""Webhooks as WhatsApp sends them: bodies from the payload files, signed, posted, settled."""

import hashlib
import hmac
import itertools
import json
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client

from setia.conversations import actions
from setia.conversations.models import Channel
from setia.core import tasks

PAYLOADS = Path(__file__).parent / "payloads"
SECRET = "s3cret-app"
NUMBER_ID, WABA, SHOP_NUMBER = "106500000000001", "206500000000001", "+6281230004000"
_count = itertools.count(1)


def payload(name: str) -> dict[str, Any]:
    """A payload file, with this shop's ids in it."""
    text = (PAYLOADS / f"{name}.json").read_text()
    return json.loads(text.replace("PHONE_ID", NUMBER_ID).replace("WABA_ID", WABA))


def names(folder: str) -> list[str]:
    """The payload files of a folder."""
    return sorted(f"{folder}/{path.stem}" for path in (PAYLOADS / folder).glob("*.json"))


def connect(**changes: Any) -> Channel:
    """Connect a Cloud API number to the open shop."""
    options = {
        "phone_number_id": NUMBER_ID,
        "waba_id": WABA,
        "access_token": "access-token",
        "display_number": SHOP_NUMBER,
    }
    return actions.connect_number(**(options | changes))


def value(*, number: str = NUMBER_ID, contacts: Any = None, **lists: Any) -> dict[str, Any]:
    """A `value` with the given lists (`messages=[…]`)."""
    made = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": SHOP_NUMBER.lstrip("+"), "phone_number_id": number},
        **lists,
    }
    return made if contacts is None else {**made, "contacts": contacts}


def body(*changes: dict[str, Any], account: str = WABA, time: int | None = None) -> bytes:
    """One envelope around changes (`{"field": …, "value": …}`), as bytes, non-ASCII escaped as WhatsApp does."""
    entry: dict[str, Any] = {"id": account, "changes": list(changes)}
    if time is not None:
        entry["time"] = time
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}, separators=(",", ":")).encode()


def messages(*items: dict[str, Any], **options: Any) -> dict[str, Any]:
    """A change with messages."""
    return {"field": "messages", "value": value(messages=list(items), **options)}


def statuses(*items: dict[str, Any], **options: Any) -> dict[str, Any]:
    """A change with statuses."""
    return {"field": "messages", "value": value(statuses=list(items), **options)}


def text(
    words: str, *, sender: str = "6281230009001", wamid: str = "", at: int | None = None, **more: Any
) -> dict[str, Any]:
    """A text message of a customer, written now."""
    from setia.core import clock

    return {
        "from": sender,
        "id": wamid or f"wamid.IN{next(_count)}",
        "timestamp": str(at if at is not None else int(clock.now().timestamp())),
        "type": "text",
        "text": {"body": words},
        **more,
    }


def contact(name: str, number: str = "6281230009001", **more: Any) -> dict[str, Any]:
    """A contact as it accompanies messages."""
    return {"profile": {"name": name}, "wa_id": number, **more}


def sign(raw: bytes, secret: str = SECRET) -> str:
    """The signature header."""
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def post(raw: bytes, signature: str | None = None) -> HttpResponse:
    """Post a body to the webhook, signed unless told otherwise."""
    return Client().post(
        "/webhooks/whatsapp/",
        raw,
        content_type="application/json",
        headers={"X-Hub-Signature-256": sign(raw) if signature is None else signature},
    )


def deliver(*changes: dict[str, Any], **options: Any) -> None:
    """Post one body and let the worker do all that follows from it, but sending."""
    assert post(body(*changes, **options)).status_code == 200
    settle()


def settle() -> None:
    """What a worker does with deliveries and reactions."""
    with no_shop():
        tasks.drain("deliveries")
        tasks.drain("reactions")


class no_shop:
    """As in a worker: no shop is open until the code opens one."""

    def __enter__(self) -> None:
        from setia.core import scope

        self._token = scope._scope.set(None)

    def __exit__(self, *_: object) -> None:
        from setia.core import scope

        scope._scope.reset(self._token)
