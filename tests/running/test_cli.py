"""The command line: what it understands, what it does, and what it says when it cannot."""

import argparse
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from setia import cli, prepare, service
from setia.cli import parsing, serving, shops, tools
from setia.core.errors import DomainError
from setia.core.scope import open_shop
from setia.customers.models import Customer
from setia.segments.models import Score
from setia.shops.models import Member, Shop
from setia.shops.rules import Right, may
from setia.today.models import Prompt

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def installed(monkeypatch):
    """Everything is in place already: the tests' own tables."""
    monkeypatch.setattr(prepare, "all_of_it", lambda: None)
    monkeypatch.setattr(prepare, "is_new", lambda: False)


def sub_parsers() -> dict[str, argparse.ArgumentParser]:
    [commands] = [item for item in parsing.parser()._actions if isinstance(item, argparse._SubParsersAction)]
    return dict(commands.choices)


# --- Understanding ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "function", "values"),
    [
        (["demo"], serving.demo, {"host": "127.0.0.1", "port": 8000, "reset": False}),
        (["demo", "--host", "0.0.0.0", "--port", "8100", "--reset"], serving.demo, {"port": 8100, "reset": True}),
        (["run", "--port", "80"], serving.run, {"port": 80, "host": "127.0.0.1"}),
        (["worker"], serving.run_worker, {}),
        (["new-shop", " Bakpia Sari ", "--owner", "sari"], shops.new_shop, {"name": "Bakpia Sari", "language": "id"}),
        (["new-shop", "Bakpia", "--owner", "sari", "--language", "en"], shops.new_shop, {"language": "en"}),
        (["login", "sari"], shops.login, {"user": "sari"}),
        (["import", "purchases", "a.csv"], shops.import_file, {"kind": "purchases", "shop": "", "dates": None}),
        (["import", "customers", "a.csv", "--shop", "s", "--dates", "day"], shops.import_file, {"dates": "day"}),
        (["score", "--shop", "s"], shops.score, {"shop": "s"}),
        (["export", "a.zip"], shops.export, {"file": "a.zip"}),
        (["doctor"], tools.doctor, {}),
        (["secret"], tools.secret, {}),
        (["read-orders", "a.jsonl"], tools.read_orders, {"file": "a.jsonl"}),
        (["check"], tools.check, {}),
        (["texts"], tools.texts, {}),
    ],
)
def test_every_command_is_understood(words, function, values):
    options = vars(parsing.parser().parse_args(words))
    assert options["command"] is function
    assert values.items() <= options.items()


def test_no_command_is_left_untried():
    tried = {
        mark.args[1][n][0][0] for mark in test_every_command_is_understood.pytestmark for n in range(len(mark.args[1]))
    }
    assert tried | parsing.PASS_ON == set(sub_parsers())


@pytest.mark.parametrize("name", sorted(parsing.PASS_ON))
def test_what_follows_is_handed_on_as_it_stands(name, monkeypatch):
    heard = []
    command = sub_parsers()[name].get_default("command")
    monkeypatch.setattr(sys.modules[command.__module__], command.__name__, lambda options: heard.append(options.rest))
    cli.main([name, "--port", "1", "-k", "x", "path", "--help"])
    assert heard == [["--port", "1", "-k", "x", "path", "--help"]]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["bake"],
        ["run", "--port", "x"],
        ["run", "--port", "0"],
        ["demo", "--port", "65535"],
        ["new-shop", "Bakpia"],
        ["new-shop", " ", "--owner", "sari"],
        ["new-shop", "Bakpia", "--owner", ""],
        ["import", "recipes", "a.csv"],
        ["import", "purchases"],
        ["import", "purchases", "a.csv", "--dates", "year"],
        ["login"],
    ],
)
def test_what_is_not_understood_is_explained(words, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2 and "usage: setia" in capsys.readouterr().err


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    said = capsys.readouterr().out
    for name, parser in sub_parsers().items():
        assert name in said and parser.get_default("command").__doc__


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (DomainError("This address is taken."), 1, "This address is taken.\n"),
        (service.PreparationFailed("It did not succeed."), 1, "It did not succeed.\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_a_refusal_is_told_in_words(monkeypatch, capsys, error, code, said):
    def refuse(options):
        raise error

    monkeypatch.setattr(tools, "doctor", refuse)
    assert cli.main(["doctor"]) == code
    assert capsys.readouterr().err == said


def test_secrets_are_long_and_never_the_same(capsys):
    assert cli.main(["secret"]) == cli.main(["secret"]) == 0
    first, second = capsys.readouterr().out.split()
    assert first != second and len(first) >= 50


# --- Shops and people -------------------------------------------------------------------------------------------------


def link_in(text: str) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/\S+?)[,\s]", text)[1]


@pytest.mark.django_db
def test_a_new_shop_and_its_owner_signs_in(installed, client, capsys):
    assert cli.main(["new-shop", "Bakpia Sari", "--owner", "sari", "--language", "en"]) == 0
    said = capsys.readouterr().out
    shop = Shop.objects.get()
    assert (shop.name, shop.slug, shop.language) == ("Bakpia Sari", "bakpia-sari", "en")
    with open_shop(shop):
        assert may(Member.objects.get().role, Right.OWN)
    client.post(link_in(said))
    assert client.get("/bakpia-sari/").status_code in (200, 302)
    assert client.get("/bakpia-sari/menu/").status_code == 200


@pytest.mark.django_db
def test_one_owner_of_two_shops(installed, capsys):
    assert cli.main(["new-shop", "Bakpia Sari", "--owner", "sari"]) == 0
    assert cli.main(["new-shop", "Bakpia Sari", "--owner", "Sari"]) == 0
    assert [shop.slug for shop in Shop.objects.order_by("pk")] == ["bakpia-sari", "bakpia-sari-2"]
    assert Member.across_shops.values("user_id").distinct().count() == 1


@pytest.mark.django_db
def test_a_login_link_works_once(installed, world, client, capsys):
    assert cli.main(["login", "HARTI"]) == 0
    link = link_in(capsys.readouterr().out)
    client.post(link)
    assert client.get(world.url("menu/")).status_code == 200
    client.logout()
    client.post(link)
    assert client.get(world.url("menu/")).status_code == 302


@pytest.mark.django_db
def test_nobody_of_that_name(installed, world, capsys):
    assert cli.main(["login", "nobody"]) == 1
    assert "Nobody signs in as 'nobody'." in capsys.readouterr().err


@pytest.mark.django_db
def test_which_shop_is_asked_when_there_are_several(installed, world):
    with pytest.raises(SystemExit, match="Say which shop with --shop. Shops here: sekar-pandan, lor-sawah."):
        cli.main(["score"])
    with pytest.raises(SystemExit, match="Shops here: sekar-pandan, lor-sawah."):
        cli.main(["score", "--shop", "sekar"])


@pytest.mark.django_db
def test_without_a_shop_it_says_how_to_make_one(installed):
    with pytest.raises(SystemExit, match="make one with `setia new-shop`"):
        cli.main(["score"])


@pytest.mark.parametrize("words", [["login", "sari"], ["score"], ["worker"], ["import", "customers", "a.csv"]])
def test_without_an_installation_it_says_how_to_begin(monkeypatch, words):
    monkeypatch.setattr(prepare, "is_new", lambda: True)
    with pytest.raises(SystemExit, match="Begin with: setia new-shop NAME --owner USER"):
        cli.main(words)


def databases(engine: str, name: object) -> SimpleNamespace:
    return SimpleNamespace(DATABASES={"default": {"ENGINE": engine, "NAME": name}})


def test_no_database_is_nothing_installed_and_stays_so(monkeypatch, tmp_path):
    path = tmp_path / "none" / "setia.sqlite3"
    monkeypatch.setattr(prepare, "settings", databases("django.db.backends.sqlite3", path))
    assert prepare.is_new() and not path.parent.exists()


@pytest.mark.django_db
def test_tables_are_an_installation(monkeypatch):
    monkeypatch.setattr(prepare, "settings", databases("wherever", "they are"))
    assert not prepare.is_new()


# --- Files and scores -------------------------------------------------------------------------------------------------


def purchases(folder: Path, today: date) -> Path:
    """Two households that buy every week, as a file with one bad row."""
    lines = [f"Bu Sumi,{(today - timedelta(days=20 + 7 * n)).isoformat()},38000" for n in range(30)]
    lines += [f"Bu Tini,{(today - timedelta(days=2 + 7 * n)).isoformat()},20000" for n in range(30)]
    path = folder / "purchases.csv"
    path.write_text("\n".join(["customer,date,amount", *lines, "Bu Salah,besok,1000"]))
    return path


@pytest.mark.django_db
def test_past_purchases_come_in_are_scored_and_fill_today(installed, world, tmp_path, capsys):
    path = purchases(tmp_path, world.shop.today())
    assert cli.main(["import", "purchases", str(path), "--shop", "sekar-pandan"]) == 0
    said = capsys.readouterr().out
    assert "61 rows read." in said and "New: 60." in said and "Left out: 1." in said and "Row 62:" in said
    sumi = Customer.objects.get(display_name="Bu Sumi")
    assert Score.objects.get(customer=sumi).purchases == 30
    assert Prompt.objects.filter(kind="rhythm", customer=sumi, state="open").exists()
    again = cli.main(["import", "purchases", str(path), "--shop", "sekar-pandan"])
    assert again == 0 and "New: 0. Known already: 60." in capsys.readouterr().out


@pytest.mark.django_db
def test_customers_come_in(installed, world, tmp_path, capsys):
    path = tmp_path / "customers.csv"
    path.write_text("nama,no hp\nBu Sumi,0812 9999 0001\nBu Ratna Wulandari,081230004001\n")
    assert cli.main(["import", "customers", str(path), "--shop", "sekar-pandan"]) == 0
    assert "New: 1. Known already: 1." in capsys.readouterr().out


@pytest.mark.django_db
def test_a_date_that_can_be_read_in_two_ways_is_asked_about(installed, world, tmp_path, capsys):
    path = tmp_path / "purchases.csv"
    path.write_text("customer,date,amount\nBu Sumi,03/04/2026,38000\nBu Sumi,05/06/2026,38000\n")
    words = ["import", "purchases", str(path), "--shop", "sekar-pandan"]
    assert cli.main(words) == 1
    assert capsys.readouterr().err.strip()
    assert cli.main([*words, "--dates", "day"]) == 0
    assert Score.objects.get().first_on.isoformat() == "2026-04-03"


@pytest.mark.django_db
def test_a_file_that_is_not_there_or_no_table(installed, world, tmp_path, capsys):
    assert cli.main(["import", "purchases", str(tmp_path / "none.csv"), "--shop", "sekar-pandan"]) == 1
    assert "There is no file" in capsys.readouterr().err
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    assert cli.main(["import", "purchases", str(path), "--shop", "sekar-pandan"]) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.django_db
def test_scoring_now(installed, world, capsys):
    assert cli.main(["score", "--shop", "sekar-pandan"]) == 0
    said = capsys.readouterr().out
    assert "scores: no purchases yet" in said and "0 chat, " in said and "0 promise, " in said


# --- Running for real -------------------------------------------------------------------------------------------------


def test_unsafe_settings_are_refused_with_a_remedy(tmp_path):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SETIA_")}
    environment |= {"SETIA_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "setia.cli", "run"]
    refused = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 2, refused.stderr
    assert "setia secret" in refused.stderr and "Traceback" not in refused.stderr
    assert not (tmp_path / "home").exists(), "nothing was touched"


def test_the_doctor_says_what_to_mend(settings, capsys):
    settings.BASE_URL = "http://toko.example"
    assert cli.main(["doctor"]) == 1
    assert "SETIA_BASE_URL" in capsys.readouterr().err


def test_what_runs_is_web_and_worker(monkeypatch, capsys):
    from setia.shops import checks

    ran = []
    monkeypatch.setattr(checks, "unsafe_settings", lambda settings: [])
    monkeypatch.setattr(service, "apart", lambda job: ran.append(job.__name__))
    monkeypatch.setattr(service, "run", lambda parts: ran.extend(part.name for part in parts))
    assert cli.main(["run", "--port", "8123"]) == 0
    assert ran == ["all_of_it", "web", "worker"]
    assert "127.0.0.1:8123" in capsys.readouterr().out
