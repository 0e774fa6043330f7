"""An area's first migration, fast.

Django makes one table after the other and works out all models anew for each: with 170 tables, every one of which
belongs to a shop, that is twenty seconds of a minute's first start and of each new database of the tests.
"""

from typing import Any, Final

from django.db import migrations
from django.db.migrations.operations.models import AddConstraint, AddIndex
from django.db.migrations.state import ProjectState

# What only completes the tables of the same migration.
COMPLETING: Final = (migrations.AddField, AddConstraint, AddIndex)


class Initial(migrations.Migration):
    """Makes each table as it is at the end of this migration, so that the models are worked out once.

    Only for a migration that makes tables and completes them; anything else raises TypeError. Later migrations are
    Django's own.
    """

    initial = True

    def apply(self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False) -> ProjectState:
        """See Django's; `collect_sql` makes no difference here."""
        tables = [operation for operation in self.operations if isinstance(operation, migrations.CreateModel)]
        made = {table.name_lower for table in tables}
        for operation in self.operations:
            completes = isinstance(operation, COMPLETING) and operation.model_name.lower() in made
            if operation not in tables and not completes:
                raise TypeError(f"{operation!r} belongs into a migration of its own, after the first.")
        after = project_state.clone()
        # Rendered models would be rendered again at every step; without them the steps are plain bookkeeping.
        after.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, after)
        for table in tables:
            table.database_forwards(self.app_label, schema_editor, project_state, after)
        return after
