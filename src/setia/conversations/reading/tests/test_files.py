"""Reading a file of messages: one JSON line in, one out, and a broken line stops nothing."""

import io
import json
import os
import subprocess
import sys
from datetime import datetime

from setia.conversations import reading

GOOD = {"sent_at": "2026-11-23T09:00:00+07:00", "text": "keju 2 kotak ambil besok", "sender": "Bu Lastri", "id": "x"}


def run(tmp_path, *lines):
    file = tmp_path / "messages.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    out = io.StringIO()
    code = reading.read_file(file, out)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_record_per_line(tmp_path):
    code, records = run(tmp_path, GOOD, "", {**GOOD, "sender": None})
    assert code == 0 and len(records) == 2
    assert set(records[0]) == {
        *("intent", "tentative", "items", "date", "time", "daypart", "fulfilment", "address", "recipient"),
        *("payment", "event", "questions", "must_ask"),
    }
    assert records[0]["items"] == [
        {"product": "bakpia", "variant": "keju", "qty": 2, "unit": "kotak", "pack_size": None}
    ]


def test_broken_lines_are_reported_and_the_rest_goes_on(tmp_path):
    broken = [
        "{not json",
        "[]",
        {"sent_at": "2026-11-23T09:00:00+07:00"},
        {**GOOD, "text": 5},
        {**GOOD, "sent_at": "soon"},
        {"text": "keju"},
        {**GOOD, "sender": 7},
        "[" * 100_000,
    ]
    code, records = run(tmp_path, *broken, GOOD)
    assert code == 1
    assert [record["line"] for record in records[:-1]] == list(range(1, len(broken) + 1))
    assert all(record["error"] for record in records[:-1])
    assert records[-1]["date"] == "2026-11-24"


def test_a_file_that_is_not_there(tmp_path):
    out = io.StringIO()
    assert reading.read_file(tmp_path / "nothing.jsonl", out) == 2
    assert "cannot be read" in json.loads(out.getvalue())["error"]


def test_bytes_that_are_no_text_break_nothing(tmp_path):
    file = tmp_path / "messages.jsonl"
    file.write_bytes(b"\xff\xfe\x00garbage\n" + json.dumps(GOOD).encode())
    out = io.StringIO()
    assert reading.read_file(file, out) == 1
    assert len(out.getvalue().splitlines()) == 2


def test_from_the_command_line(tmp_path):
    file = tmp_path / "messages.jsonl"
    file.write_text(json.dumps(GOOD), "utf-8")
    command = [sys.executable, "-m", "setia.conversations.reading"]
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([*command, str(file)], env=paths, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and json.loads(done.stdout)["intent"] == "order"
    assert subprocess.run(command, env=paths, capture_output=True, check=False).returncode == 2


def test_scoring_a_file_says_what_is_wrong_and_fails_when_something_was_invented(tmp_path):
    label = {"intent": "order", "items": [], "date": None, "fulfilment": None, "must_ask": []}
    message = {"id": "x", "sent_at": "2026-11-23T09:00:00+07:00", "text": "keju 2 kotak besok", "expected": label}
    path = tmp_path / "labelled.jsonl"
    path.write_text(json.dumps(message) + "\nnonsense\n", "utf-8")
    out = io.StringIO()
    assert reading.score_file(path, out) == 1
    assert "invented" in out.getvalue() and "left out" in out.getvalue() and "1 messages" in out.getvalue()
    sent_at = datetime.fromisoformat(message["sent_at"])
    label["items"] = reading.read(message["text"], sent_at=sent_at).as_record()["items"]
    path.write_text(json.dumps(message | {"expected": label | {"date": "2026-11-24"}}), "utf-8")
    assert reading.score_file(path, io.StringIO()) == 0
    assert reading.score_file(tmp_path / "none", io.StringIO()) == 2
