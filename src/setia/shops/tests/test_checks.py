"""What `setia run` refuses, each with a remedy."""

import os
from types import SimpleNamespace

import pytest
from django.conf import settings as real_settings

from setia.shops.checks import unsafe_settings

KEY = "Zk3_vX9-qLw8RtY2uNb5Hc7Js1Pd4Mf6Ga0Ee"


@pytest.fixture
def good(tmp_path) -> SimpleNamespace:
    """A safe installation."""
    return SimpleNamespace(
        MODE="production",
        DEBUG=False,
        SECRET_KEY=KEY + KEY,
        INSECURE_KEY=real_settings.INSECURE_KEY,
        BASE_URL="https://toko.example",
        ALLOWED_HOSTS=["toko.example"],
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "setia.sqlite3"}},
        HOME=tmp_path,
        MEDIA_ROOT=tmp_path / "media",
        WHATSAPP_GRAPH_URL="https://graph.facebook.com/v25.0",
        WHATSAPP_APP_SECRETS=[],
        WHATSAPP_VERIFY_TOKEN="",
    )


def test_a_safe_installation_has_nothing_to_mend(good):
    assert unsafe_settings(good) == []


def test_at_home_on_ones_own_machine_plain_http_is_fine(good):
    good.BASE_URL, good.ALLOWED_HOSTS, good.SECURE_PROXY_SSL_HEADER = "http://127.0.0.1:8000", ["127.0.0.1"], None
    assert unsafe_settings(good) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"MODE": "demo"}, "SETIA_MODE"),
        ({"DEBUG": True}, "DEBUG"),
        ({"SECRET_KEY": ""}, "SETIA_SECRET_KEY"),
        ({"SECRET_KEY": "a" * 80}, "SETIA_SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SETIA_SECRET_KEY"),
        ({"SECRET_KEY": real_settings.INSECURE_KEY}, "SETIA_SECRET_KEY"),
        ({"ALLOWED_HOSTS": ["*"]}, "SETIA_ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ["lain.example"]}, "SETIA_ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": []}, "SETIA_ALLOWED_HOSTS"),
        ({"BASE_URL": "http://toko.example"}, "SETIA_BASE_URL"),
        ({"BASE_URL": "toko.example"}, "SETIA_BASE_URL"),
        ({"BASE_URL": "https://toko.example/setia"}, "SETIA_BASE_URL"),
        ({"SECURE_PROXY_SSL_HEADER": None}, "SETIA_BEHIND_PROXY"),
        ({"WHATSAPP_GRAPH_URL": "http://graph.example"}, "SETIA_WHATSAPP_GRAPH_URL"),
        ({"WHATSAPP_VERIFY_TOKEN": "word"}, "SETIA_WHATSAPP_APP_SECRETS"),
        ({"DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": ""}}}, "SETIA_DATABASE_URL"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value)),
)
def test_each_danger_is_named_with_its_setting(good, change, named):
    for name, value in change.items():
        setattr(good, name, value)
    problems = unsafe_settings(good)
    assert [named in problem.remedy for problem in problems] == [True]
    assert all(problem.what and problem.remedy for problem in problems)


@pytest.mark.parametrize("host", [".example", "toko.example"])
def test_a_host_may_be_allowed_with_all_below_it(good, host):
    good.ALLOWED_HOSTS = [host]
    assert unsafe_settings(good) == []


@pytest.mark.parametrize("what", ["database", "folder"])
def test_what_cannot_be_written_is_found(good, tmp_path, monkeypatch, what):
    """Asked of the machine, so here the machine is made to say no (the tests may run as root)."""
    database = tmp_path / "setia.sqlite3"
    database.touch()
    refused = database if what == "database" else tmp_path
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != refused and allowed(path, mode))
    assert [str(refused) in problem.what for problem in unsafe_settings(good)][0]


def test_a_home_that_is_a_file_is_found(good, tmp_path):
    (tmp_path / "file").touch()
    good.HOME = tmp_path / "file" / "home"
    assert "SETIA_HOME" in unsafe_settings(good)[0].remedy
