"""What an installation needs before people rely on it: `setia run` refuses what is unsafe, `setia doctor` lists it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SHORTEST_KEY = 40


@dataclass(frozen=True)
class Problem:
    """Something that is wrong, and what to do about it. Both are sentences for whoever runs the installation."""

    what: str
    remedy: str


def unsafe_settings(settings: Any) -> list[Problem]:
    """What must be mended before `setia run` starts; nothing when all is well. Reads and tries, changes nothing.

    `settings`: Django's, or anything with the same names.
    """
    checks = (_mode, _secret_key, _base_url, _allowed_hosts, _proxy, _database, _folders, _whatsapp, _time_zones)
    return [problem for check in checks for problem in check(settings)]


def _mode(settings: Any) -> Iterator[Problem]:
    if settings.MODE != "production":
        yield Problem(
            f"Setia runs with the settings of {settings.MODE!r}, which are made for one's own machine.",
            "Set SETIA_MODE=production.",
        )
    if settings.DEBUG:
        yield Problem("DEBUG is on: errors would show the inside of the shop to strangers.", "Set DEBUG to False.")


def _secret_key(settings: Any) -> Iterator[Problem]:
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # how Django says that it is empty
        key = ""
    remedy = (
        "Run `setia secret` once and put what it prints into SETIA_SECRET_KEY. Keep it: tokens are encrypted with it."
    )
    if not key:
        yield Problem("There is no secret key.", remedy)
    elif key == settings.INSECURE_KEY:
        yield Problem("The secret key is the one of the demo, which everybody knows.", remedy)
    elif len(key) < _SHORTEST_KEY or len(set(key)) < 10:
        yield Problem(f"The secret key is easy to guess: it needs {_SHORTEST_KEY} characters or more.", remedy)


def _base_url(settings: Any) -> Iterator[Problem]:
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        yield Problem(
            f"The address {settings.BASE_URL!r} is not one that people can open.",
            "Set SETIA_BASE_URL to the address people use, such as https://toko.example.",
        )
    elif parts.scheme == "http" and parts.hostname not in LOOPBACK:
        yield Problem(
            f"{settings.BASE_URL} is not encrypted: passwords and customers' names would travel in the open.",
            "Put a proxy with a certificate in front (docs/operations.md) and set SETIA_BASE_URL to https://…",
        )


def _allowed_hosts(settings: Any) -> Iterator[Problem]:
    hosts, own = settings.ALLOWED_HOSTS, urlsplit(settings.BASE_URL).hostname
    if "*" in hosts:
        yield Problem(
            "Every host name is allowed, so a forged one could send people elsewhere.",
            "Set SETIA_ALLOWED_HOSTS to your own host names, or leave it out: the one of SETIA_BASE_URL is enough.",
        )
    elif own and not any(own == host or (host.startswith(".") and f".{own}".endswith(host)) for host in hosts):
        yield Problem(
            f"{own} is not among the allowed host names, so nobody could open {settings.BASE_URL}.",
            f"Add {own} to SETIA_ALLOWED_HOSTS.",
        )


def _proxy(settings: Any) -> Iterator[Problem]:
    if settings.BASE_URL.startswith("https://") and not settings.SECURE_PROXY_SSL_HEADER:
        yield Problem(
            "The address is encrypted by a proxy in front, but Setia is not told about the proxy: it would take all"
            " people for one and lock all of them out when one mistypes a password.",
            "Set SETIA_BEHIND_PROXY=1, and let the proxy set X-Forwarded-Proto and X-Forwarded-For.",
        )


def _database(settings: Any) -> Iterator[Problem]:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        path = Path(database["NAME"])
        if path.exists() and not os.access(path, os.R_OK | os.W_OK):
            yield Problem(
                f"The database {path} cannot be written by this user.",
                f"Give it to the user that runs Setia: chown {_user()} {path}*",
            )
    elif not database["NAME"]:
        yield Problem(
            "The address of the database does not name a database.",
            "Set SETIA_DATABASE_URL to postgresql://user:password@host/name.",
        )


def _folders(settings: Any) -> Iterator[Problem]:
    for folder in dict.fromkeys((Path(settings.HOME), Path(settings.MEDIA_ROOT))):
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
            yield Problem(
                f"Nothing can be written to {folder}, where database, photos and everything else are kept.",
                f"Make the folder and give it to the user that runs Setia (chown -R {_user()} {folder}),"
                " or set SETIA_HOME to another one.",
            )


def _user() -> str:
    return os.environ.get("USER") or str(os.getuid())


def _whatsapp(settings: Any) -> Iterator[Problem]:
    graph = urlsplit(settings.WHATSAPP_GRAPH_URL)
    if graph.scheme != "https" and graph.hostname not in LOOPBACK:
        yield Problem(
            f"Messages would go to {settings.WHATSAPP_GRAPH_URL} without encryption, and the access token with them.",
            "Leave SETIA_WHATSAPP_GRAPH_URL out for Meta's own address, or give one that begins with https://.",
        )
    if settings.WHATSAPP_VERIFY_TOKEN and not settings.WHATSAPP_APP_SECRETS:
        yield Problem(
            "WhatsApp's webhook is set up by half: without the app's secret every message would be refused.",
            "Set SETIA_WHATSAPP_APP_SECRETS to the secret of the Meta app (App settings, Basic).",
        )


def _time_zones(settings: Any) -> Iterator[Problem]:
    if "Asia/Jakarta" not in available_timezones():
        yield Problem(
            "This machine does not know the time zones of the world, so no shop could tell its day.",
            "Install them: apt install tzdata, or pip install tzdata.",
        )
