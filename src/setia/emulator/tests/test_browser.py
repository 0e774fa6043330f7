"""The phone page in a real browser: nothing reloads, nothing is blocked, nothing sticks out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from setia.emulator import Emulator
from setia.emulator.tests.world import PHONE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
ASK = {
    "type": "button",
    "body": {"text": "2 kotak keju. Benar?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "ok", "title": "Ya, benar"}}]},
}


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """A served emulator with one customer who has written."""
    headers = {"Authorization": "Bearer access-token"}
    with Emulator().serve() as url, httpx.Client(base_url=url, headers=headers) as made:
        made.post(
            "/_emu/users", json=[{"phone": PHONE, "name": "Bu Sari"}, {"phone": "6281300000000", "name": "Pak Min"}]
        )
        made.post("/_emu/inbound", json={"user": PHONE, "text": {"body": "Halo"}})
        yield made


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A browser page of the asked width; complaints of the console are kept on it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        made = browser.new_page(viewport={"width": request.param, "height": 844}, locale="id")
        made.complaints = []
        made.on("console", lambda message: made.complaints.append(message.text))
        made.on("pageerror", lambda problem: made.complaints.append(str(problem)))
        yield made
        browser.close()


@pytest.mark.parametrize("page", [390, 1280], indirect=True)
def test_a_conversation_without_reloading(client: httpx.Client, page: Any) -> None:
    from playwright.sync_api import expect

    page.goto(f"{client.base_url}/")
    page.fill("#q", "sari")
    expect(page.locator(".people a")).to_have_count(1)
    page.click(".people a")
    page.evaluate("window.untouched = true")
    body = {"messaging_product": "whatsapp", "to": f"+{PHONE}", "type": "interactive", "interactive": ASK}
    client.post("/v26.0/106500000000001/messages", json=body)
    client.post("/_emu/clock", json={"advance_s": 2})
    page.click("text=Ya, benar")
    page.wait_for_selector(".msg--me:has-text('Ya, benar')")
    page.fill("#text", "Terima kasih *Bu*")
    page.click(".send")
    page.wait_for_selector(".msg--me b:text('Bu')")
    page.click(".attach summary")
    page.click("text=Kirim foto contoh")
    page.wait_for_selector(".msg--me img")
    assert page.evaluate("window.untouched") is True
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.complaints == []
    told = client.get("/_emu/messages", params={"direction": "in"}).json()
    assert [message["type"] for message in told] == ["text", "interactive", "text", "image"]
    assert client.get("/_emu/messages", params={"direction": "out"}).json()[0]["state"] == "read"


@pytest.mark.parametrize("page", [390], indirect=True)
def test_every_target_is_big_enough_for_a_thumb(client: httpx.Client, page: Any) -> None:
    page.goto(f"{client.base_url}/phone/{PHONE}")
    page.click(".attach summary")
    small = page.evaluate(
        """[...document.querySelectorAll('button, summary, .back, input[type=search]')]
           .filter(item => item.offsetParent !== null)
           .map(item => [item.className || item.textContent, item.getBoundingClientRect().height])
           .filter(([, height]) => height < 44)"""
    )
    assert small == []
