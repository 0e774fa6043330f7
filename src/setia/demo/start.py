"""`setia demo`: the whole product on a fresh machine, with an invented shop and a WhatsApp that is played here."""

import json
import os
import secrets
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

# What marks a folder as a demo's.
KEYS = "demo.json"
PHONE_NUMBER_ID, WABA_ID = "106500000000001", "204600000000001"


def demo(*, host: str, port: int, reset: bool) -> int:
    """Set up what is missing, start web, worker and emulator, print the way in. Returns the exit code."""
    home = Path(os.environ.get("SETIA_HOME") or Path(__file__).parent.parent.parent.parent / "var" / "demo")
    if not _free(host, port) or not _free(host, port + 1):
        print(
            f"Port {port} or {port + 1} is in use. Is the demo running already? Another one: setia demo --port 8100",
            file=sys.stderr,
        )
        return 1
    if problem := _not_ours(home):
        print(problem, file=sys.stderr)
        return 1
    if reset:
        shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    keys = _keys(home)
    _environment(home, host, port, keys)

    import django

    from setia import prepare

    prepare.compile_texts()
    django.setup()
    from setia import service, worker
    from setia.demo import build, chats

    def furnish() -> None:
        prepare.all_of_it()
        if build.needed():
            print("Inventing a bakery with two years of history (once, half a minute) …", flush=True)
            build.build(access_token=keys["token"], phone_number_id=PHONE_NUMBER_ID, waba_id=WABA_ID)

    print("Preparing …", flush=True)
    service.apart(furnish)
    print(_welcome(host, port), flush=True)
    service.run(
        [
            service.Part("web", lambda: service.web(host, port)),
            service.Part("worker", lambda: worker.run(renewed=True)),
            service.Part("emulator", lambda: _emulator(home, host, port, keys)),
            service.Part("visitors", lambda: chats.introduce(f"http://{_reachable(host)}:{port + 1}", home), once=True),
        ]
    )
    return 0


def _not_ours(home: Path) -> str:
    """Why the demo must not be played here: there is a real shop; empty when it may."""
    if os.environ.get("SETIA_DATABASE_URL"):
        return "SETIA_DATABASE_URL names a database that may hold a real shop. The demo makes its own: unset it."
    if (home / "setia.sqlite3").exists() and not (home / KEYS).exists():
        return f"{home} holds a shop that is no demo. Set SETIA_HOME to another folder, or leave it out."
    return ""


def _keys(home: Path) -> dict[str, str]:
    """Secrets of this demo, made once."""
    path = home / KEYS
    if not path.exists():
        made = {name: secrets.token_urlsafe(32) for name in ("secret_key", "app_secret", "verify_token", "token")}
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(made))
        fresh.replace(path)
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


def _reachable(host: str) -> str:
    """How this machine is reached from itself when it listens on `host`, as it stands in an address."""
    if host in ("0.0.0.0", ""):  # noqa: S104 - a comparison, nothing is bound
        return "127.0.0.1"
    return f"[{'::1' if host == '::' else host}]" if ":" in host else host


def _environment(home: Path, host: str, port: int, keys: dict[str, str]) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "setia.settings",
        "SETIA_HOME": str(home),
        "SETIA_MODE": "demo",
        "SETIA_SECRET_KEY": keys["secret_key"],
        "SETIA_WHATSAPP_APP_SECRETS": keys["app_secret"],
        "SETIA_WHATSAPP_VERIFY_TOKEN": keys["verify_token"],
        "SETIA_WHATSAPP_GRAPH_URL": f"http://{_reachable(host)}:{port + 1}/v25.0",
        "SETIA_WHATSAPP_MEDIA_HOSTS": f"{_reachable(host)}:{port + 1}",
        "SETIA_LOG_LEVEL": os.environ.get("SETIA_LOG_LEVEL", "WARNING"),
    }
    os.environ.setdefault("SETIA_BASE_URL", f"http://{_reachable(host)}:{port}")


def _emulator(home: Path, host: str, port: int, keys: dict[str, str]) -> None:
    from setia.demo import cast
    from setia.emulator.__main__ import main

    options: dict[str, Any] = {
        "host": host,
        "port": port + 1,
        "state": home / "emulator.json",
        "webhook-url": f"http://{_reachable(host)}:{port}/webhooks/whatsapp/",
        "app-secret": keys["app_secret"],
        "verify-token": keys["verify_token"],
        "token": keys["token"],
        "phone-number-id": PHONE_NUMBER_ID,
        "waba-id": WABA_ID,
        "display-phone-number": cast.SHOP_NUMBER.lstrip("+"),
        "name": cast.SHOP_NAME,
    }
    main([f"--{name}={value}" for name, value in options.items()] + ["--realtime"])


def _free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _welcome(host: str, port: int) -> str:
    from django.contrib.auth import get_user_model

    from setia.demo import cast
    from setia.shops import actions
    from setia.web.links import site_url

    base = f"http://{_reachable(host)}:{port}"
    owner = get_user_model().objects.get(username=cast.OWNER.username)
    link = base + site_url("sign_in_link", actions.make_login_link(user_id=owner.pk))
    return (
        f"\n  {cast.SHOP_NAME} is open.\n\n"
        f"  Sign in as the owner (works once):  {link}\n"
        f"  A customer's phone:                 http://{_reachable(host)}:{port + 1}/\n\n"
        f"  Ctrl-C stops everything; the data stay in {os.path.relpath(os.environ['SETIA_HOME'])}."
        "  --reset makes the shop new.\n"
    )
