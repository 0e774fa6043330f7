"""Reading a file of messages, a JSON object per line, and writing a record per line."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from .catalogue import BAKPIA, Catalogue
from .reader import read
from .scoring import score

_FULL, _ENOUGH = 100, 90


def read_file(path: str | Path, out: TextIO, *, catalogue: Catalogue = BAKPIA) -> int:
    """Read lines with `sent_at`, `text` and optionally `sender`; write one JSON line each, in order.

    A line that cannot be read gives {"error": …, "line": number} and the rest goes on. Returns 0 when every line was
    read, 1 when some were not, 2 when the file itself cannot be opened.
    """
    try:
        with Path(path).open(encoding="utf-8", errors="replace") as lines:
            failed = False
            for record in records(lines, catalogue=catalogue):
                failed = failed or "error" in record
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    except OSError as error:
        out.write(json.dumps({"error": f"The file cannot be read: {error.strerror or error}."}) + "\n")
        return 2
    return int(failed)


def score_file(path: str | Path, out: TextIO, *, catalogue: Catalogue = BAKPIA) -> int:
    """Score a file whose lines also have `expected`: what is not right, then the average and what was invented.

    Returns 0 when the average is at least 90 points and nothing was invented, else 1; 2 when the file cannot be read.
    """
    try:
        text = Path(path).read_text("utf-8", errors="replace")
    except OSError as error:
        out.write(f"The file cannot be read: {error.strerror or error}.\n")
        return 2
    lines = [line for line in text.split("\n") if line.strip()]
    found = []
    for line, record in zip(lines, records(lines, catalogue=catalogue), strict=True):
        message = json.loads(line) if "error" not in record else {}
        if not isinstance(message.get("expected"), dict):
            out.write(f"left out, it has no label: {line[:80]}\n")
            continue
        made = score(message["expected"], record)
        found.append(made)
        if made.points < _FULL or made.severe:
            invented = f" invented: {', '.join(made.severe)}" if made.severe else ""
            out.write(f"{made.points:5.1f}  {message.get('id', '')}  {message['text']!r}{invented}\n")
    severe = sum(len(made.severe) for made in found)
    mean = sum(made.points for made in found) / len(found) if found else 0.0
    right = sum(made.points >= _FULL for made in found)
    out.write(f"{len(found)} messages, {mean:.1f} points of 100 on average, {right} fully right, {severe} invented.\n")
    return int(mean < _ENOUGH or severe > 0)


def records(lines: Iterable[str], *, catalogue: Catalogue = BAKPIA) -> Iterator[dict[str, Any]]:
    """A record for each line that is not blank; an error object for one that is not a message."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _record(line, catalogue)
            except ValueError as error:
                yield {"error": str(error), "line": number}


def _record(line: str, catalogue: Catalogue) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError("This line is not JSON.") from error
    if not isinstance(message, dict) or not isinstance(message.get("text"), str):
        raise ValueError('A message needs a "text".')
    sender = message.get("sender")
    if sender is not None and not isinstance(sender, str):
        raise ValueError('"sender" must be a text.')
    try:
        sent_at = datetime.fromisoformat(message["sent_at"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError('"sent_at" must be a time like 2026-11-23T09:00:00+07:00.') from error
    return read(message["text"], sent_at=sent_at, catalogue=catalogue, sender=sender).as_record()
