"""`python -m setia.emulator` as others start it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from setia.emulator.tests.world import PHONE

SOURCE = Path(__file__).parents[3]


def test_it_says_its_address_serves_and_saves_on_sigterm(tmp_path: Path) -> None:
    state = tmp_path / "world.json"
    command = [
        sys.executable,
        "-m",
        "setia.emulator",
        "--port",
        "0",
        "--state",
        str(state),
        "--token",
        "T",
        "--auto-users",
    ]
    with subprocess.Popen(command, cwd=SOURCE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().rpartition(" ")[2].strip()
        body = {"messaging_product": "whatsapp", "to": f"+{PHONE}", "type": "text", "text": {"body": "x"}}
        path = f"{url}/v26.0/106500000000001/messages"
        assert httpx.post(path, json=body, headers={"Authorization": "Bearer T"}).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    kept = json.loads(state.read_text())
    assert [message["content"] for message in kept["messages"]] == [{"body": "x"}]
    assert [user["phone"] for user in kept["users"]] == [PHONE]


def test_it_needs_nothing_but_the_standard_library() -> None:
    program = (
        "import sys, setia.emulator.__main__, setia.emulator.http; "
        "print([name for name in ('django', 'httpx', 'msgspec') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=SOURCE, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
