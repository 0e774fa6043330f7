"""What we post to `/messages`. Lengths are WhatsApp's."""

from typing import Any, Final

LONGEST_TEXT: Final = 4096


def message(
    *, kind: str, text: str, payload: dict[str, Any], address: dict[str, str], opaque: str, quotes: str = ""
) -> dict[str, Any]:
    """The JSON body of one message.

    `address`: from `to`; `payload[kind]`: the object of any kind but text; `opaque`: our own id, which comes back with
    every status; `quotes`: the wamid of the message this one answers.
    """
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **address,
        "type": kind,
        kind: {"body": text, "preview_url": False} if kind == "text" else payload[kind],
        "biz_opaque_callback_data": opaque,
    }
    if quotes and kind != "reaction":
        body["context"] = {"message_id": quotes}
    return body


def to(*, number: str = "", user_id: str = "") -> dict[str, str]:
    """How a recipient is named: the number (E.164, with its plus) when known, else the business-scoped id; or {}.

    The number is preferred: writing to it keeps it in later webhooks.
    """
    if number:
        return {"to": number}
    return {"recipient": user_id} if user_id else {}


def read(wamid: str, *, typing: bool = False) -> dict[str, Any]:
    """Tell the customer that this message and all before it were read, and perhaps that somebody is writing."""
    body: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
    return body | ({"typing_indicator": {"type": "text"}} if typing else {})
