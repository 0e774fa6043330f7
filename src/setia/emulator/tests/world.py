"""A shop on the emulated platform, without sockets: its client, its webhook address, one customer."""

from __future__ import annotations

import json
from typing import Any

import httpx

from setia.emulator import Emulator, Settings
from setia.emulator.api import Request
from setia.emulator.webhooks.transport import Recorder

PHONE, BSUID = "6281234567890", "ID.1349"
TEMPLATE: dict[str, Any] = {
    "name": "pesanan_siap",
    "language": "id",
    "category": "UTILITY",
    "components": [
        {"type": "BODY", "text": "Halo {{1}}, pesanan {{2}} sudah siap.", "example": {"body_text": [["Sari", "1"]]}},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Pesan lagi"}]},
    ],
}
PROMO: dict[str, Any] = {
    "name": "promo",
    "language": "id",
    "category": "MARKETING",
    "components": [{"type": "BODY", "text": "Ada rasa baru minggu ini."}],
}


class Shop:
    """One business and its view of the platform."""

    def __init__(self, **settings: Any) -> None:
        self.hook = Recorder()
        self.emulator = Emulator(Settings(webhook_url="http://shop.test/hook", **settings), self.hook)
        self.engine = self.emulator.engine
        self.number = self.engine.number()
        self.api = httpx.Client(
            base_url="http://graph.test/v26.0/",
            headers={"Authorization": f"Bearer {self.engine.settings.token}"},
            transport=self.emulator.httpx_transport(),
        )
        self.user = self.engine.users.add({"phone": PHONE, "bsuid": BSUID, "name": "Bu Sari"})

    # the business ---------------------------------------------------------------------------------------------

    def post(self, body: Any, **headers: str) -> httpx.Response:
        """POST to `/messages`."""
        return self.api.post(f"{self.number.id}/messages", json=body, headers=headers)

    def send(self, kind: str = "text", content: Any = None, **more: Any) -> httpx.Response:
        """Send one message to the customer (or `to=`, `recipient=`)."""
        target = {} if "recipient" in more else {"to": f"+{PHONE}"}
        body = {"messaging_product": "whatsapp", **target, "type": kind, kind: content or {"body": "Siap"}, **more}
        return self.post(body)

    def sent(self, kind: str = "text", content: Any = None, **more: Any) -> str:
        """Send and give the wamid."""
        answer = self.send(kind, content, **more)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["messages"][0]["id"])

    def template(self, name: str = "promo", **more: Any) -> httpx.Response:
        """Send a template without parameters."""
        return self.send("template", {"name": name, "language": {"code": "id"}}, **more)

    # the world ------------------------------------------------------------------------------------------------

    def control(self, path: str, body: Any = None, method: str = "POST", **query: str) -> Any:
        """A `/_emu/` call; the answer's JSON."""
        response = self.emulator.handle(Request(method, f"/_emu/{path}", query, {}, json.dumps(body or {}).encode()))
        assert response.status == 200, response.body
        return json.loads(response.raw())

    def get(self, path: str, **query: str) -> Any:
        """A `/_emu/` question."""
        return self.control(path, method="GET", **query)

    def inbound(self, text: str = "Halo", user: str = PHONE, **more: Any) -> dict[str, Any]:
        """The customer writes."""
        return self.control("inbound", {"user": user, "type": "text", "text": {"body": text}, **more})

    def advance(self, seconds: float = 60.0) -> None:
        """Time passes."""
        self.emulator.advance(seconds)

    # what the webhook address received ------------------------------------------------------------------------

    def bodies(self) -> list[dict[str, Any]]:
        """All requests, parsed."""
        return [json.loads(body) for _, _, body in self.hook.requests]

    def values(self, field: str = "messages") -> list[dict[str, Any]]:
        """All `value` objects of a field."""
        changes = [c for body in self.bodies() for entry in body["entry"] for c in entry["changes"]]
        return [change["value"] for change in changes if change["field"] == field]

    def items(self, listing: str, field: str = "messages") -> list[dict[str, Any]]:
        """All items of a list inside the values of a field."""
        return [item for value in self.values(field) for item in value.get(listing, [])]

    def statuses(self, wamid: str) -> list[str]:
        """The statuses told of one message, in order of arrival."""
        return [item["status"] for item in self.items("statuses") if item["id"] == wamid]

    def violations(self) -> list[str]:
        """Kinds of what the client did wrong."""
        return [item["kind"] for item in self.get("violations")["violations"]]


def code(answer: httpx.Response) -> int:
    """The error code of a refused call."""
    return int(answer.json()["error"]["code"])
