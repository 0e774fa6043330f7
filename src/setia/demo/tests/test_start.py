"""Starting the demo: once it is made, later it is kept, and a real shop is never touched."""

import json
import os
import socket
import stat

import django
import pytest

from setia import prepare, service
from setia.demo import build, start


@pytest.fixture
def stage(monkeypatch, tmp_path):
    """Everything but the forking: what would be started is written down."""
    home, told = tmp_path / "home", []
    monkeypatch.setenv("SETIA_HOME", str(home))
    monkeypatch.delenv("SETIA_DATABASE_URL", raising=False)
    for name in [key for key in os.environ if key.startswith("SETIA_")]:
        monkeypatch.setenv(name, os.environ[name])  # put back afterwards what the demo sets
    for name in ("SECRET_KEY", "BASE_URL", "WHATSAPP_APP_SECRETS", "WHATSAPP_VERIFY_TOKEN", "LOG_LEVEL"):
        monkeypatch.setenv(f"SETIA_{name}", "x")
        monkeypatch.delenv(f"SETIA_{name}")
    for name in ("WHATSAPP_GRAPH_URL", "WHATSAPP_MEDIA_HOSTS"):
        monkeypatch.setenv(f"SETIA_{name}", "x")
    monkeypatch.setattr(start, "_free", lambda host, port: True)
    monkeypatch.setattr(start, "_welcome", lambda host, port: "open")
    monkeypatch.setattr(service, "apart", lambda job: job())
    monkeypatch.setattr(service, "run", lambda parts: told.append([part.name for part in parts]))
    monkeypatch.setattr(prepare, "all_of_it", lambda: None)
    monkeypatch.setattr(build, "needed", lambda: not (home / "made").exists())

    def make(**options):
        told.append("made")
        (home / "made").touch()

    monkeypatch.setattr(build, "build", make)
    return home, told


def play(**options):
    return start.demo(**{"host": "127.0.0.1", "port": 8000, "reset": False} | options)


PARTS = ["web", "worker", "emulator", "visitors"]


def test_the_first_start_makes_the_second_keeps(stage):
    home, told = stage
    assert play() == 0 and told == ["made", PARTS]
    keys = (home / "demo.json").read_text()
    assert play() == 0 and told == ["made", PARTS, PARTS]
    assert (home / "demo.json").read_text() == keys


def test_texts_are_compiled_before_django_reads_them(stage, monkeypatch):
    """Else the first start on a fresh machine would speak English: Django reads them once, at its own start."""
    _home, told = stage
    monkeypatch.setattr(prepare, "compile_texts", lambda: told.append("texts"))
    monkeypatch.setattr(django, "setup", lambda: told.append("django"))
    play()
    assert told[:2] == ["texts", "django"]


def test_reset_makes_it_new(stage):
    home, told = stage
    play()
    keys = (home / "demo.json").read_text()
    assert play(reset=True) == 0 and told == ["made", PARTS, "made", PARTS]
    assert (home / "demo.json").read_text() != keys


def test_secrets_are_long_all_different_and_ours_alone(stage):
    home, _told = stage
    play()
    path = home / "demo.json"
    keys = json.loads(path.read_text())
    assert len(set(keys.values())) == 4 and all(len(key) > 30 for key in keys.values())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("reset", [False, True])
def test_a_real_shop_is_not_played_with(stage, capsys, reset):
    home, told = stage
    home.mkdir()
    (home / "setia.sqlite3").write_text("three years of work")
    assert play(reset=reset) == 1
    assert "holds a shop that is no demo" in capsys.readouterr().err
    assert told == [] and (home / "setia.sqlite3").read_text() == "three years of work"


def test_nor_is_another_database(stage, monkeypatch, capsys):
    monkeypatch.setenv("SETIA_DATABASE_URL", "postgresql://shop@127.0.0.1/real")
    assert play(reset=True) == 1
    assert "unset it" in capsys.readouterr().err


def test_a_port_in_use_is_said_before_anything_is_done(stage, monkeypatch, capsys):
    home, told = stage
    monkeypatch.undo()
    monkeypatch.setenv("SETIA_HOME", str(home))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert play(port=port) == 1
        assert play(port=port - 1) == 1, "the emulator's"
    assert "is in use" in capsys.readouterr().err and not home.exists() and told == []


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),
        ("", "127.0.0.1"),
        ("192.168.1.7", "192.168.1.7"),
        ("toko.local", "toko.local"),
        ("::", "[::1]"),
        ("::1", "[::1]"),
    ],
)
def test_how_this_machine_is_reached(host, reached):
    assert start._reachable(host) == reached
