"""`python -m setia.emulator`: the emulator as its own small process."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path

from setia.emulator.emulator import Emulator
from setia.emulator.settings import Settings


def parser() -> argparse.ArgumentParser:
    """The command line; defaults are those of `Settings`."""
    base = Settings()
    made = argparse.ArgumentParser(prog="python -m setia.emulator", description="A local WhatsApp Cloud API.")
    made.add_argument("--host", default="127.0.0.1")
    made.add_argument("--port", type=int, default=9000)
    made.add_argument("--state", type=Path, help="keep users and chats in this JSON file")
    made.add_argument("--webhook-url", default="", help="where signed webhooks go")
    made.add_argument("--app-secret", default=base.app_secret, help="signs webhooks")
    made.add_argument("--verify-token", default=base.verify_token)
    made.add_argument("--token", default=base.token, help="the access token clients must send")
    made.add_argument("--phone-number-id", default=base.phone_number_id)
    made.add_argument("--waba-id", default=base.waba_id)
    made.add_argument("--display-phone-number", default=base.display_phone_number, help="the shop's number, digits")
    made.add_argument("--name", default=base.verified_name, help="the shop's name on the phone page")
    made.add_argument("--realtime", action="store_true", help="time passes by itself")
    made.add_argument("--seed", type=int, default=base.seed)
    made.add_argument("--start", type=float, default=base.start, help="first moment of virtual time, unix seconds")
    made.add_argument("--auto-users", action="store_true", help="an unknown phone becomes a customer")
    return made


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or Ctrl-C, then save."""
    options = vars(parser().parse_args(arguments))
    host, port, auto = options.pop("host"), options.pop("port"), options.pop("auto_users")
    emulator = Emulator(Settings(verified_name=options.pop("name"), **options))
    emulator.engine.behaviour.auto_users = auto
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with emulator.serve(host, port) as url:
        print(f"emulator ready: {url}", flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
