"""The tables are those of the models, and a new database is quick to make."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from setia.core.migrating import Initial

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("setia.")}


@pytest.mark.django_db
def test_the_migrations_make_the_models():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_first_migrations_make_their_tables_at_once():
    loader = MigrationLoader(None)
    first = [loader.disk_migrations[label, name] for label, name in loader.disk_migrations if label in OURS]
    assert {row.app_label for row in first if isinstance(row, Initial)} == {row.app_label for row in first}
    assert all(isinstance(row, Initial) == row.name.startswith("0001_") for row in first)


def test_a_first_migration_does_nothing_else():
    wrong = Initial("0001_initial", "shops")
    wrong.operations = [migrations.RunPython(migrations.RunPython.noop)]
    with pytest.raises(TypeError, match="a migration of its own"):
        wrong.apply(ProjectState(), connection.schema_editor())
