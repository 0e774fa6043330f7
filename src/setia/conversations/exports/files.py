"""An uploaded export: the text itself, or the archive an iPhone makes."""

import io
import re
import zipfile
from pathlib import PurePath
from typing import Final

from setia.conversations.exports.reader import ExportError

LARGEST: Final = 20 * 1024 * 1024
_NAMES: Final = re.compile(r"(?:WhatsApp Chat (?:with|-)|Chat WhatsApp dengan|Chat dengan) (.+)", re.IGNORECASE)


def unpack(data: bytes) -> str:
    """The text of a `.txt`, or of the one inside a `.zip`. Raises ExportError: `too_long`, `no_text`, `broken`."""
    if data[:4] == b"PK\x03\x04":
        data = _inside(data)
    if len(data) > LARGEST:
        raise ExportError("too_long")
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportError("broken") from error


def _inside(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            texts = [row for row in archive.infolist() if row.filename.lower().endswith(".txt") and not row.is_dir()]
            texts.sort(key=lambda row: (not row.filename.endswith("_chat.txt"), row.filename))
            if not texts:
                raise ExportError("no_text")
            with archive.open(texts[0]) as file:
                # what the archive says about its size is not believed
                return file.read(LARGEST + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise ExportError("broken") from error


def partner_of(filename: str) -> str:
    """Whose chat it is, when the file's name says so."""
    found = _NAMES.match(PurePath(filename.replace("\\", "/")).stem)
    return re.sub(r"\s*\(\d+\)$", "", found[1]).strip()[:100] if found else ""
