"""Files brought in, for the tests of every kind of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation

from setia import recurring  # noqa: F401 - the kinds of files are installed there
from setia.customers import importing
from setia.shops.actions import change_shop


@pytest.fixture
def in_english(world, settings, tmp_path):
    """Our shop in English, with a folder of its own for the tables of imports."""
    settings.HOME = tmp_path
    change_shop(language="en")
    with translation.override("en"):
        yield


@pytest.fixture
def bring(in_english, tmp_path) -> Callable[..., importing.Summary]:
    """Bring in rows, or the content of a file: `bring("nama,no hp", "Bu Mira,0812…")`, `bring(content, name=…)`."""

    def bring(*rows: str | bytes, name: str = "pelanggan.csv", kind: str = "customers", **options) -> importing.Summary:
        path: Path = tmp_path / name
        path.write_bytes(rows[0] if isinstance(rows[0], bytes) else "\n".join(map(str, rows)).encode())
        return importing.bring_in(kind, path, **options)

    return bring
