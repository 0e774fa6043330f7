"""The house keeps its order: imports and foreign keys point downward, areas look alike, core stays a closed list."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src/setia"
LAYERS = [
    [name.strip() for name in layer.split("|")]
    for layer in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
]
HEIGHT = {name: -index for index, layer in enumerate(LAYERS) for name in layer}
OURS = [model for model in apps.get_models() if model.__module__.startswith("setia.")]
# Tables of the installation, not of a shop. Each says why in its docstring.
SYSTEM_TABLES = {"Shop", "Route", "Heartbeat", "LoginLink", "WebhookDelivery", "SharedPrior"}
CORE = {
    "__init__",
    "calendars",
    "clock",
    "crypto",
    "errors",
    "events",
    "faults",
    "ids",
    "migrating",
    "models",
    "money",
    "names",
    "phone",
    "places",
    "prepared",
    "qris",
    "scope",
    "search",
    "tasks",
    "turns",
    "work",
    "migrations",
    "tests",
    "__pycache__",
}


def area_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def python_files(*, tests: bool = False) -> list[Path]:
    return [
        path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts and (tests or "tests" not in path.parts)
    ]


def test_imports_point_downward():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_foreign_keys_point_downward(model):
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.name != "shop":
            target = area_of(field.related_model)
            assert field.related_model.__module__.startswith("setia."), (
                f"{model.__name__}.{field.name} leaves the house"
            )
            assert HEIGHT[target] <= HEIGHT[area_of(model)], f"{model.__name__}.{field.name} points upward"
            assert target == area_of(model) or HEIGHT[target] < HEIGHT[area_of(model)]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_table_belongs_to_a_shop(model):
    """The rules that keep one code base right on SQLite, PostgreSQL and Citus."""
    if model.__name__ in SYSTEM_TABLES:
        return
    shop = model._meta.get_field("shop")
    assert not shop.null
    assert not model._meta.ordering
    assert not model._meta.many_to_many, "many-to-many tables are written out, with a shop"
    for field in model._meta.local_fields:
        assert not field.unique or field.primary_key, f"{model.__name__}.{field.name} is unique across shops"
        assert not isinstance(field, models.OneToOneField)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert constraint.fields[0] == "shop", f"{constraint.name} does not begin with the shop"
    assert model._meta.default_manager.name == "objects"


def test_core_is_a_closed_list():
    assert {path.stem for path in (SOURCE / "core").iterdir()} <= CORE


def test_pages_that_show_several_areas_own_no_tables():
    assert not list(apps.get_app_config("desk").get_models())


FORBIDDEN = {
    r"\bdatetime\.now\(|\bdate\.today\(|timezone\.now\(|\bdatetime\.utcnow\(": {"core/clock.py"},
    r"from django\.db\.models\.signals|from django\.dispatch|@receiver": set(),
    r"def save\(self": set(),
    r"ATOMIC_REQUESTS": set(),
    # texts under another name are not collected, and so never translated
    r"gettext\w* as (?!_$)": set(),
}


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_forbidden_in_code(pattern):
    allowed = FORBIDDEN[pattern]
    guilty = [
        str(path.relative_to(SOURCE))
        for path in python_files()
        if path.relative_to(SOURCE).as_posix() not in allowed
        and path.relative_to(SOURCE).parts[0] not in ("insight", "emulator")
        and re.search(pattern, path.read_text(), re.MULTILINE)
    ]
    assert not guilty


def test_views_ask_queries_and_actions():
    guilty = [
        str(path.relative_to(SOURCE))
        for path in python_files()
        if (path.stem == "views" or path.parent.name == "views")
        and path.relative_to(SOURCE).parts[0] not in ("emulator",)
        and re.search(r"\.objects\b|\.across_shops\b", path.read_text())
    ]
    assert not guilty


def test_templates_hold_no_inline_script_or_style():
    guilty = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.html")
        if re.search(
            r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")|\sstyle=|\son\w+=|<style",
            path.read_text(),
        )
    ]
    assert not guilty
