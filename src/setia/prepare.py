"""What must be in place before the service starts: folders, tables, the texts of both languages, static files."""

import logging
import os
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)


def compile_texts() -> None:
    """Compile the translations that are newer than what was compiled from them.

    Before `django.setup()`, which reads them and keeps what it found.
    """
    for source in Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        # Put in place as a whole: another process may be reading it.
        fresh = target.with_suffix(f".{os.getpid()}")
        with source.open("rb") as texts, fresh.open("wb") as compiled:
            write_mo(compiled, read_po(texts))
        fresh.replace(target)


def is_new() -> bool:
    """Whether nothing is installed yet: no database, or one without our tables. Changes nothing."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3") and not Path(database["NAME"]).exists():
        return True
    from django.db import connection

    return "shops_shop" not in connection.introspection.table_names()


def all_of_it() -> None:
    """Bring this installation up to the code: idempotent, a second or two when nothing changed."""
    from django.core.management import call_command

    from setia.web import assets

    for folder in (settings.HOME, settings.MEDIA_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    assets.bundle()
    logging.getLogger("whitenoise").setLevel(logging.WARNING)
    # the parts are in the bundle; only what pages name is served
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["django_htmx", "css", "js"])
