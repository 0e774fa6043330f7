"""The text index of `core.search`: FTS5 trigrams kept by triggers on SQLite, a pg_trgm GIN index on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE core_searchtext_fts USING fts5(text, content='core_searchtext', content_rowid='id', tokenize='trigram')",
    """CREATE TRIGGER core_searchtext_added AFTER INSERT ON core_searchtext BEGIN
         INSERT INTO core_searchtext_fts(rowid, text) VALUES (new.id, new.text); END""",
    """CREATE TRIGGER core_searchtext_removed AFTER DELETE ON core_searchtext BEGIN
         INSERT INTO core_searchtext_fts(core_searchtext_fts, rowid, text) VALUES ('delete', old.id, old.text); END""",
    """CREATE TRIGGER core_searchtext_changed AFTER UPDATE OF text ON core_searchtext BEGIN
         INSERT INTO core_searchtext_fts(core_searchtext_fts, rowid, text) VALUES ('delete', old.id, old.text);
         INSERT INTO core_searchtext_fts(rowid, text) VALUES (new.id, new.text); END""",
]
POSTGRES = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX core_searchtext_trigrams ON core_searchtext USING gin (text gin_trgm_ops)",
]


def build(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
