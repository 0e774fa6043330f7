"""The text index of `core.search`: FTS5 trigrams kept by triggers on SQLite, a pg_trgm GIN index on PostgreSQL."""

from django.db import migrations

# Only which rows have a trigram is kept (no texts, no places). The shop leads a row's number in the index: the rows of a
# shop lie together, and a search reads nothing of the others.
SQLITE = [
    """CREATE VIRTUAL TABLE core_searchtext_fts
         USING fts5(text, content='', detail=none, columnsize=0, tokenize='trigram')""",
    """CREATE TRIGGER core_searchtext_added AFTER INSERT ON core_searchtext BEGIN
         INSERT INTO core_searchtext_fts(rowid, text) VALUES ((new.shop_id << 40) + new.id, new.text); END""",
    """CREATE TRIGGER core_searchtext_removed AFTER DELETE ON core_searchtext BEGIN
         INSERT INTO core_searchtext_fts(core_searchtext_fts, rowid, text)
         VALUES ('delete', (old.shop_id << 40) + old.id, old.text); END""",
    """CREATE TRIGGER core_searchtext_changed AFTER UPDATE OF text ON core_searchtext WHEN old.text <> new.text BEGIN
         INSERT INTO core_searchtext_fts(core_searchtext_fts, rowid, text)
         VALUES ('delete', (old.shop_id << 40) + old.id, old.text);
         INSERT INTO core_searchtext_fts(rowid, text) VALUES ((new.shop_id << 40) + new.id, new.text); END""",
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
