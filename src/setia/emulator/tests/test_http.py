"""The same over real connections on loopback, with worker threads and a receiver of its own."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from setia.emulator import Emulator, Settings
from setia.emulator.tests.world import PHONE
from setia.emulator.webhooks.update import sign


class Receiver:
    """A webhook address: keeps what it gets, answers the handshake."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.signed: list[bool] = []
        self.status = 200
        self.on_post: Callable[[], object] = lambda: None
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.signed.append(self.headers["X-Hub-Signature-256"] == sign(raw, "s3cret-app"))
                receiver.got.append(json.loads(raw))
                receiver.on_post()
                self.send_response(receiver.status)
                self.end_headers()

            def do_GET(self) -> None:
                self.send_response(200 if "hub.verify_token=verify-me" in self.path else 403)
                self.end_headers()
                self.wfile.write(self.path.split("hub.challenge=")[1].split("&")[0].encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)

    def items(self, listing: str) -> list[dict[str, Any]]:
        """All items of a list in all values."""
        changes = [c for body in self.got for entry in body["entry"] for c in entry["changes"]]
        return [item for change in changes for item in change["value"].get(listing, [])]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    made.thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def client(receiver: Receiver) -> Iterator[httpx.Client]:
    """A client of a served emulator with one customer."""
    emulator = Emulator(Settings(webhook_url=receiver.url))
    with emulator.serve() as url, httpx.Client(base_url=url, headers={"Authorization": "Bearer access-token"}) as made:
        made.post("/_emu/users", json={"phone": PHONE, "name": "Bu Sari"})
        yield made


def send(client: httpx.Client, **more: Any) -> httpx.Response:
    body = {"messaging_product": "whatsapp", "to": f"+{PHONE}", "type": "text", "text": {"body": "Siap"}, **more}
    return client.post("/v26.0/106500000000001/messages", json=body)


def test_the_whole_circle(client: httpx.Client, receiver: Receiver) -> None:
    client.post("/_emu/inbound", json={"user": PHONE, "text": {"body": "Halo ☕"}})
    assert receiver.items("messages")[0]["text"]["body"] == "Halo ☕"
    wamid = send(client).json()["messages"][0]["id"]
    client.post("/_emu/clock", json={"advance_s": 60})
    assert [(s["id"], s["status"]) for s in receiver.items("statuses")] == [
        (wamid, "sent"),
        (wamid, "delivered"),
        (wamid, "read"),
    ]
    assert receiver.signed == [True] * 4


def test_many_updates_through_several_workers(client: httpx.Client, receiver: Receiver) -> None:
    client.post("/_emu/inbound", json={"user": PHONE, "text": {"body": "x"}, "repeat": 100})
    assert len({item["id"] for item in receiver.items("messages")}) == 100
    assert client.get("/_emu/state").json()["deliveries"] == {"delivered": 100}


def test_retries_follow_the_virtual_clock(client: httpx.Client, receiver: Receiver) -> None:
    receiver.status = 500
    client.post("/_emu/inbound", json={"user": PHONE, "text": {"body": "x"}})
    client.post("/_emu/clock", json={"advance_s": 7_200})
    receiver.status = 200
    client.post("/_emu/clock", json={"advance_s": 86_400})
    states = [attempt["state"] for attempt in client.get("/_emu/deliveries").json()]
    assert states == ["pending"] * (len(states) - 1) + ["delivered"]
    assert len(receiver.got) == len(states) > 5


def test_an_address_where_nobody_listens_is_retried_too(client: httpx.Client, receiver: Receiver) -> None:
    receiver.server.server_close()
    client.post("/_emu/webhooks/policy", json={"retry_days": 0.0001})
    client.post("/_emu/inbound", json={"user": PHONE, "text": {"body": "x"}})
    client.post("/_emu/clock", json={"advance_s": 60})
    attempts = client.get("/_emu/deliveries").json()
    assert attempts[-1]["state"] == "dropped"
    assert "Refused" in attempts[-1]["error"]


def test_a_status_before_the_answer(client: httpx.Client, receiver: Receiver) -> None:
    client.post("/_emu/inbound", json={"user": PHONE, "text": {"body": "x"}})
    client.post("/_emu/webhooks/policy", json={"before_response": True})
    wamid = send(client).json()["messages"][0]["id"]
    assert [(s["id"], s["status"]) for s in receiver.items("statuses")] == [(wamid, "sent")]


def test_the_handshake(client: httpx.Client) -> None:
    assert client.post("/_emu/webhooks/verify", json={}).json() == {"verified": True, "problem": ""}
    wrong = client.post("/_emu/webhooks/verify", json={"verify_token": "wrong"}).json()
    assert wrong == {"verified": False, "problem": "answered 403"}


@pytest.mark.parametrize(
    ("do", "kept"),
    [
        ({"reset": True}, 0),
        ({"timeout_s": 0.01}, 0),
        ({"accept_then_reset": True}, 1),
        ({"accept_then_timeout_s": 0.01}, 1),
    ],
)
def test_an_answer_that_never_comes(client: httpx.Client, do: dict[str, Any], kept: int) -> None:
    client.post("/_emu/faults", json={"route": "messages.send", "do": do})
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        send(client)
    assert len(client.get("/_emu/messages", params={"direction": "out"}).json()) == kept


def test_a_cut_and_a_dripping_body(client: httpx.Client) -> None:
    medium = client.post("/_emu/inbound", json={"user": PHONE, "type": "image"}).json()["content"]["id"]
    url = client.get(f"/v26.0/{medium}").json()["url"]
    client.post("/_emu/faults", json={"route": "media.download", "do": {"truncate": True}})
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(url)
    client.post("/_emu/faults", json={"route": "media.download", "do": {"slow_body_s": 0.02}})
    assert client.get(url).content == client.get(url).content != b""


def test_too_many_calls_at_once_are_noted(client: httpx.Client, receiver: Receiver) -> None:
    client.post("/_emu/inbound", json={"user": PHONE, "text": {"body": "x"}})
    client.post("/_emu/behaviour", json={"parallel_limit": 1})
    client.post("/_emu/webhooks/policy", json={"before_response": True})
    send(client)
    assert client.get("/_emu/violations").json()["count"] == 0
    receiver.on_post = lambda: httpx.get(f"{client.base_url}/v26.0/106500000000001", headers=client.headers)
    send(client)
    kinds = [violation["kind"] for violation in client.get("/_emu/violations").json()["violations"]]
    assert kinds == ["too_parallel"]


def test_the_control_interface_says_what_is_wrong(client: httpx.Client) -> None:
    assert client.post("/_emu/behaviour", json={"gravity": 1}).status_code == 400
    assert "gravity" in client.post("/_emu/behaviour", json={"gravity": 1}).json()["error"]
    assert client.get("/_emu/users/nobody").status_code == 404
    assert client.get("/_emu/weather").status_code == 404
    assert client.post("/_emu/clock", json={"to": 5}).status_code == 400
    assert client.post("/_emu/users", content=b"{").status_code == 400


def test_reset_begins_again(client: httpx.Client) -> None:
    client.post("/_emu/inbound", json={"user": PHONE, "text": {"body": "x"}})
    client.post("/_emu/reset")
    state = client.get("/_emu/state").json()
    assert (state["users"], state["messages"]) == (0, {})


def test_other_sites_cannot_post(client: httpx.Client) -> None:
    answer = client.post("/_emu/reset", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_real_time_needs_no_pushing(receiver: Receiver) -> None:
    arrived = threading.Event()

    class Signalling(list[dict[str, Any]]):
        def append(self, body: dict[str, Any]) -> None:
            super().append(body)
            if len(self) == 4:
                arrived.set()

    receiver.got = Signalling()
    emulator = Emulator(Settings(webhook_url=receiver.url, realtime=True))
    emulator.engine.behaviour.delays_s = {"sent": 0, "delivered": 0.01, "read": 0.02}
    with emulator.serve() as url, httpx.Client(base_url=url, headers={"Authorization": "Bearer access-token"}) as made:
        made.post("/_emu/users", json={"phone": PHONE})
        made.post("/_emu/inbound", json={"user": PHONE, "text": {"body": "x"}})
        send(made)
        assert arrived.wait(10)
    assert {s["status"] for s in receiver.items("statuses")} == {"sent", "delivered", "read"}
