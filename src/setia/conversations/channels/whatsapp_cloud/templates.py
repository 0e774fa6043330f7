"""Templates at WhatsApp: submit, change, list, delete."""

from typing import Any, Final

import httpx
import msgspec

from setia.conversations.channels.whatsapp_cloud import client
from setia.conversations.channels.whatsapp_cloud.client import NotSent, Refused, Unclear
from setia.conversations.channels.whatsapp_cloud.numbers import PATIENCE

FIELDS: Final = "name,language,status,category,components,quality_score,parameter_format,rejected_reason"
MOST_PAGES: Final = 60

Trouble = Refused | NotSent | Unclear


def create(*, base: str, account_id: str, token: str, body: dict[str, Any]) -> dict[str, Any] | Trouble:
    """Submit a new template: `{"id", "status", "category"}`."""
    return _call("POST", base, f"{account_id}/message_templates", token, body=body)


def change(*, base: str, template_id: str, token: str, body: dict[str, Any]) -> dict[str, Any] | Trouble:
    """Submit other words for a template; it is looked at again."""
    return _call("POST", base, template_id, token, body=body)


def delete(*, base: str, account_id: str, token: str, name: str, template_id: str) -> dict[str, Any] | Trouble:
    """Delete one language of a template."""
    return _call("DELETE", base, f"{account_id}/message_templates", token, params={"name": name, "hsm_id": template_id})


def listing(*, base: str, account_id: str, token: str) -> list[dict[str, Any]] | Trouble:
    """Every template of an account."""
    found: list[dict[str, Any]] = []
    params = {"fields": FIELDS, "limit": "100"}
    for _page in range(MOST_PAGES):
        answer = _call("GET", base, f"{account_id}/message_templates", token, params=params)
        if not isinstance(answer, dict):
            return answer
        rows, paging = answer.get("data"), answer.get("paging")
        found += [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        after = (paging.get("cursors") or {}).get("after") if isinstance(paging, dict) and paging.get("next") else None
        if not after:
            break
        params = params | {"after": str(after)}
    return found


def handle(*, base: str, token: str, body: bytes, mime_type: str) -> str | Trouble:
    """Hand over an example of a picture and get the name by which a template speaks of it (resumable upload: a session
    of the token's own app, then the bytes)."""
    params = {"file_length": str(len(body)), "file_type": mime_type}
    begun = _call("POST", base, "app/uploads", token, params=params)
    if not isinstance(begun, dict):
        return begun
    headers = {"Authorization": f"OAuth {token}", "file_offset": "0", "Content-Type": "application/octet-stream"}
    try:
        address = f"{base}/{begun.get('id')}"
        response = client.session(base).post(address, headers=headers, content=body, timeout=PATIENCE)
    except client.BEFORE as error:
        return NotSent(repr(error))
    except httpx.HTTPError as error:
        return Unclear(repr(error))
    answer = client.read_answer(response.status_code, response.content, response.headers)
    if isinstance(answer, Refused | NotSent):
        return answer
    try:
        return str(msgspec.json.decode(response.content)["h"])
    except (msgspec.MsgspecError, KeyError, TypeError):
        return Unclear("no handle in the answer")


def _call(
    method: str, base: str, path: str, token: str, *, params: dict[str, str] | None = None, body: Any = None
) -> dict[str, Any] | Trouble:
    headers = {"Authorization": f"Bearer {token}"} | ({"Content-Type": "application/json"} if body else {})
    content = msgspec.json.encode(body) if body else None
    try:
        response = client.session(base).request(
            method, f"{base}/{path}", params=params, headers=headers, content=content, timeout=PATIENCE
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
