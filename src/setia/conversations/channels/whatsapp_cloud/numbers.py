"""A number at WhatsApp: what it is called, and asking WhatsApp to tell us what happens on it."""

from dataclasses import dataclass
from typing import Final

import httpx
import msgspec

from setia.conversations.channels.whatsapp_cloud import client
from setia.conversations.channels.whatsapp_cloud.client import Done, NotSent, Refused, Unclear

FIELDS: Final = "display_phone_number,verified_name,quality_rating,status,platform_type,is_on_biz_app"
# Somebody waits in front of the page.
PATIENCE: Final = httpx.Timeout(8.0, connect=3.0)


@dataclass(frozen=True)
class NumberInfo:
    """What WhatsApp says about a number."""

    display: str
    name: str
    quality: str
    on_phone_too: bool


def look_up(*, base: str, number_id: str, token: str) -> NumberInfo | Refused | NotSent | Unclear:
    """Whether the key opens this number."""
    answer = _call("GET", base, number_id, token, params={"fields": FIELDS})
    if not isinstance(answer, dict):
        return answer
    display = "+" + "".join(filter(str.isdigit, str(answer.get("display_phone_number", ""))))
    return NumberInfo(
        display=display if len(display) > 1 else "",
        name=str(answer.get("verified_name") or ""),
        quality=str(answer.get("quality_rating") or ""),
        on_phone_too=bool(answer.get("is_on_biz_app")),
    )


def belongs_to(*, base: str, account_id: str, number_id: str, token: str) -> bool | Refused | NotSent | Unclear:
    """Whether the number is one of the account's."""
    answer = _call("GET", base, f"{account_id}/phone_numbers", token, params={"fields": "id", "limit": "100"})
    if not isinstance(answer, dict):
        return answer
    rows = answer.get("data")
    return any(str(row.get("id")) == number_id for row in rows) if isinstance(rows, list) else True


def subscribe(*, base: str, account_id: str, token: str) -> Done | Refused | NotSent | Unclear:
    """Ask WhatsApp to send us what happens on the account."""
    answer = _call("POST", base, f"{account_id}/subscribed_apps", token)
    return Done() if isinstance(answer, dict) else answer


def _call(
    method: str, base: str, path: str, token: str, params: dict[str, str] | None = None
) -> dict[str, object] | Refused | NotSent | Unclear:
    try:
        response = client.session(base).request(
            method,
            f"{base}/{path}",
            params=params,
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE,
        )
    except client.BEFORE as error:
        return NotSent(repr(error))
    except httpx.HTTPError as error:
        return Unclear(repr(error))
    answer = client.read_answer(response.status_code, response.content, response.headers)
    if isinstance(answer, Refused | NotSent):
        return answer
    try:
        data = msgspec.json.decode(response.content)
    except msgspec.MsgspecError:
        return Unclear(f"answered {response.status_code} without JSON")
    return data if isinstance(data, dict) else Unclear("no object in the answer")
