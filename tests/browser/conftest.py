"""A real service with the demo shop, and Chromium in front of it at the sizes people use."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


@dataclass
class Service:
    """The running demo: its address, a way in, and the emulator's phone page."""

    url: str
    emulator: str
    home: Path
    environment: dict[str, str]

    def login_link(self, user: str) -> str:
        """A fresh one-time link for a member of the cast."""
        printed = subprocess.run(
            [sys.executable, "-m", "setia.cli", "login", user],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return printed.stdout.strip()


def _free_ports() -> int:
    """A port whose successor is free too (the emulator takes that one)."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """`setia demo` in a home of its own, ended with the session."""
    if CHROMIUM is None:
        pytest.skip("No Chromium on this machine; the CI script installs one.")
    home, port = tmp_path_factory.mktemp("demo"), _free_ports()
    ours = ("SETIA_", "DJANGO_")  # the service has settings of its own, not those of the tests
    environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)} | {
        "SETIA_HOME": str(home),
        "SETIA_MODE": "demo",
        "SETIA_BASE_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT / "src"),
    }
    log = (home / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "setia.cli", "demo", "--port", str(port)],
        env=environment,
        cwd=ROOT,
        stdout=log,
        stderr=log,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/healthz", process, home / "log")
        yield Service(url, f"http://127.0.0.1:{port + 1}", home, environment)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1500):  # a slow machine needs minutes to invent the shop
        if process.poll() is not None:
            raise RuntimeError(f"The demo ended: {log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if b'"status": "ok"' in answer.read():
                    return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"The demo did not come up: {log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def chromium(service: Service):
    """One browser for all journeys."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"],
        )  # fmt: skip
        yield browser
        browser.close()


def _is_fault(message) -> bool:
    """Whether a line of the console is one: Chromium also notes forms that were refused with their reasons."""
    return message.type == "error" and "status of 422" not in message.text


@pytest.fixture
def open_page(chromium, service):
    """`open_page(size, who, language=…, dark=…, script=…)` -> a page on which `who` is signed in; fails on any console
    error."""
    contexts = []

    def opened(
        size: str = "phone", who: str = "harti", *, language: str = "id", dark: bool = False, script: bool = True
    ):
        context = chromium.new_context(
            viewport=SIZES[size],
            locale={"id": "id-ID", "en": "en-GB"}[language],
            color_scheme="dark" if dark else "light",
            timezone_id="Asia/Jakarta",
            java_script_enabled=script,
        )
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if _is_fault(message) else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        contexts.append((context, errors))
        if who:
            page.goto(service.login_link(who))
            if "sign-in" in page.url:
                page.locator(".btn--go").first.click()
            page.wait_for_url(lambda url: "sign-in" not in url)
        return page

    yield opened
    for context, errors in contexts:
        context.close()
        assert not errors, errors
