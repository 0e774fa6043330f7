"""A play for two: Setia with its worker on one side, the emulated WhatsApp on the other, one clock for both."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest import mock

from django.test import Client, override_settings

from setia.conversations import actions
from setia.conversations.channels.whatsapp_cloud import client
from setia.conversations.models import Channel, Conversation, Message
from setia.conversations.tests import webhooks
from setia.core import clock, tasks
from setia.emulator import Emulator, Settings
from setia.emulator.api import Request

TOKEN = "access-token"


QUEUES = ("deliveries", "reactions", "outbox", "receipts", "media", "templates")
# What one queue does may wake an earlier one; nothing here goes round more often.
LOOKS = 3


class Play:
    """One shop and one emulator. `work()` is the worker, `wait(seconds=…)` lets time pass on both sides."""

    def __init__(self) -> None:
        self.emulator = Emulator(
            Settings(
                webhook_url="http://shop.test/webhooks/whatsapp/",
                token=TOKEN,
                phone_number_id=webhooks.NUMBER_ID,
                waba_id=webhooks.WABA,
                display_phone_number=webhooks.SHOP_NUMBER[1:],
                start=clock.now().timestamp(),
            ),
            transport=self._deliver,
        )
        self.channel: Channel = webhooks.connect()
        # What the web side answers instead of doing its work (500: it is down).
        self.down = 0

    def _deliver(
        self, method: str, url: str, body: bytes, headers: dict[str, str], timeout_s: float
    ) -> tuple[int, bytes]:
        if self.down:
            return self.down, b""
        signature = {"X-Hub-Signature-256": headers.get("X-Hub-Signature-256", "")}
        answer = Client().generic(method, "/webhooks/whatsapp/", body, "application/json", headers=signature)
        return answer.status_code, answer.content

    # the customers' side ------------------------------------------------------------------------------------------

    def control(self, call: str, data: Any = None) -> Any:
        """Use the emulator's control interface: `control("POST users", {...})`."""
        method, _, path = call.partition(" ")
        body = b"" if data is None else json.dumps(data).encode()
        answer = self.emulator.handle(Request(method=method, path=f"/_emu/{path}", body=body))
        assert answer.status == 200, (call, answer.raw())
        return json.loads(answer.raw())

    def user(self, phone: str = "6281230009001", name: str = "Bu Tetangga", **more: Any) -> dict[str, Any]:
        """Somebody with a phone."""
        return self.control("POST users", {"phone": phone, "name": name, **more})

    def writes(self, words: str, user: str = "6281230009001", **more: Any) -> str:
        """A customer writes; the shop's worker does what follows. Returns the wamid."""
        said = self.control("POST inbound", {"user": user, "type": "text", "text": {"body": words}, **more})
        self.work()
        return said["id"]

    def phone(self, user: str = "6281230009001") -> list[dict[str, Any]]:
        """What the shop's messages look like on the customer's phone: those that arrived or are on their way."""
        key = self.emulator.engine.users.get(user).key
        return [
            message
            for message in self.control("GET messages")
            if message["user"] == key and message["direction"] == "out"
        ]

    def words(self, user: str = "6281230009001") -> list[str]:
        """The words of the texts a customer was sent."""
        return [message["content"].get("body", "") for message in self.phone(user)]

    def violations(self) -> list[str]:
        """What we did that a decent client never does."""
        return [found["kind"] for found in self.control("GET violations")["violations"]]

    # the shop's side ----------------------------------------------------------------------------------------------

    def work(self) -> None:
        """One look of the worker at every queue, until nothing is due."""
        with webhooks.no_shop():
            for _ in range(LOOKS):
                if not sum(tasks.drain(queue) for queue in QUEUES):
                    break

    def wait(self, **by: float) -> None:
        """Let time pass on both sides, the worker looking at the start and the end."""
        self.work()
        clock._frozen.set(clock.now() + timedelta(**by))
        self.emulator.advance(clock.now().timestamp() - self.emulator.engine.clock.now())
        self.work()

    def chat(self, user: str = "6281230009001") -> Conversation:
        """The chat with a customer."""
        return Conversation.objects.get(customer__identities__value=f"+{user}", channel=self.channel)

    def reply(self, words: str, by: Any, *, user: str = "6281230009001", key: str = "") -> Message:
        """A member answers; nothing is sent before the worker looks."""
        return actions.reply(conversation=self.chat(user), text=words, sent_by=by, key=key or words)


@contextmanager
def playing(graph: str = "http://graph.test") -> Iterator[Play]:
    """The play with its wires: our client's calls go to the emulator, one at a time.

    A test that wants another wire patches it within its own `with`: `monkeypatch` is undone after the play has ended,
    and would leave this emulator to the tests that follow.
    """
    assert client.transport is None
    play = Play()
    with (
        override_settings(WHATSAPP_GRAPH_URL=f"{graph}/v25.0"),
        mock.patch.object(client, "transport", play.emulator.httpx_transport()),
    ):
        yield play
    play.emulator.close()
