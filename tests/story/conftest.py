"""A shop on the Cloud API with the emulator beside it, and a worker that looks when told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from setia.conversations import actions as conversations
from setia.core.tasks import drain_all
from setia.customers.actions.people import holder
from setia.emulator.emulator import Emulator
from setia.emulator.settings import Settings
from tests import words
from tests.world import World

SECRET = "s3cret-app"


@dataclass
class Street:
    """The shop, its customers' phones, and time that passes for both."""

    world: World
    emulator: Emulator
    clock: Any

    def writes(self, phone: str, text: str, **more: Any) -> None:
        """A customer writes on WhatsApp; the shop's worker looks."""
        self.ask("POST", "inbound", {"user": phone.lstrip("+"), "type": "text", "text": {"body": text}} | more)
        self.work()

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """A call to the emulator's control interface."""
        import json

        from setia.emulator.api import Request

        path, _, query = path.partition("?")
        answer = self.emulator.handle(
            Request(
                method=method,
                path=f"/_emu/{path}",
                query=dict(pair.split("=") for pair in query.split("&") if pair),
                headers={},
                body=json.dumps(body).encode() if body is not None else b"",
                base="http://graph.test",
            )
        )
        assert answer.status == 200, answer.raw()
        return json.loads(answer.raw())

    def work(self, seconds: float = 30) -> None:
        """Let the worker settle what is due, and time pass on both sides so that statuses arrive."""
        for _ in range(3):
            drain_all()
            self.emulator.advance(seconds / 3)
            self.clock.forward(seconds=seconds / 3)
        drain_all()

    def heard(self, phone: str) -> list[str]:
        """What the shop said to a phone, in order."""
        said = self.ask("GET", f"messages?user={phone.lstrip('+')}&direction=out")
        heard = [message["content"].get("body", "") for message in said]
        if self.world.language and (customer := holder(f"+{phone.lstrip('+')}")):
            wrong = words.foreign("\n".join(heard), customer.language)
            assert not wrong, f"{customer} is written to in {customer.language}, and reads {wrong}"
        return heard

    def said(self, text: str, **values: Any) -> str:
        """A text of the product in the language of the story."""
        return words.said(text, self.world.language, **values)

    def has_phone(self, number: str, name: str) -> None:
        """Somebody has WhatsApp, and looks at what comes."""
        self.ask("POST", "users", {"phone": number.lstrip("+"), "name": name, "reads": True})


@pytest.fixture(params=words.LANGUAGES)
def language(request: pytest.FixtureRequest, world: World) -> str:
    """The story is lived in this language: owner, helpers and customers read it, and no page speaks another."""
    world.speak(request.param)
    return request.param


@pytest.fixture
def street(world: World, clock: Any, settings: Any) -> Iterator[Street]:
    """Our shop connected to an emulated number; the cast have phones."""
    browser = Client()

    def deliver(method: str, url: str, body: bytes, headers: dict[str, str], timeout_s: float) -> tuple[int, bytes]:
        answer = browser.generic(
            method,
            "/webhooks/whatsapp/",
            body,
            "application/json",
            headers={"X-Hub-Signature-256": headers["X-Hub-Signature-256"]},
        )
        return answer.status_code, answer.content

    from setia.core import clock as house_clock

    emulator = Emulator(
        Settings(app_secret=SECRET, webhook_url="http://shop.test/", start=house_clock.now().timestamp()),
        transport=deliver,
    )
    with emulator.serve() as url:
        settings.WHATSAPP_GRAPH_URL = f"{url}/v25.0"
        conversations.connect_number(
            phone_number_id=emulator.settings.phone_number_id,
            waba_id=emulator.settings.waba_id,
            access_token=emulator.settings.token,
            display_number=world.shop.whatsapp_number,
        )
        yield Street(world, emulator, clock)
