"""Bringing in files: customers here, past purchases in orders; one engine for both.

A file is read once into a table of our own (`staging`), looked at (`checking`), and brought in by a worker slice by
slice (`actions`): a slice, its counters and what undo needs are one transaction, so a killed worker loses and doubles
nothing. What a row means is an `Importer`'s business.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.core import work
from setia.core.errors import DomainError
from setia.customers.importing import actions, queries, staging
from setia.customers.importing.actions import Progress, forget_old_tables, nobody_watches, settle_imports
from setia.customers.importing.importer import (
    IMPORTERS,
    Brought,
    Cells,
    Column,
    Extra,
    How,
    Importer,
    Link,
    RowProblem,
    install,
)
from setia.customers.importing.people import CUSTOMERS
from setia.customers.models import ImportRun, ImportState

__all__ = [
    "CUSTOMERS",
    "Brought",
    "Cells",
    "Column",
    "Extra",
    "How",
    "Importer",
    "Link",
    "Progress",
    "RowProblem",
    "Summary",
    "bring_in",
    "forget_old_tables",
    "import_file",
    "install",
    "nobody_watches",
    "settle_imports",
]


@dataclass(frozen=True)
class Summary:
    """What became of a file; `str` tells it in words. `problems`: the first refused rows."""

    run_id: int
    state: str
    read: int
    created: int
    matched: int
    rejected: int
    problems: tuple[tuple[int, str], ...]

    def __str__(self) -> str:
        lines = [
            ngettext("%(n)s row read.", "%(n)s rows read.", self.read) % {"n": f"{self.read:,}"},
            _("New: %(created)s. Known already: %(matched)s. Left out: %(rejected)s.")
            % {"created": f"{self.created:,}", "matched": f"{self.matched:,}", "rejected": f"{self.rejected:,}"},
        ]
        lines += [_("Row %(row)s: %(problem)s") % {"row": row, "problem": problem} for row, problem in self.problems]
        return "\n".join(lines)


def bring_in(kind: str, path: Path, *, progress: Progress = nobody_watches, day_first: bool | None = None) -> Summary:
    """Bring a file into the open shop here and now, without a worker. `progress` is told rows done and rows in all.

    Raises DomainError when the file cannot be read, its columns are not named, or it does not tell whether its dates
    begin with the day and `day_first` does not either.
    """
    table, survey = staging.stage(path, IMPORTERS[kind].columns)
    try:
        with transaction.atomic():
            run = actions.take_file(kind=kind, filename=path.name, table=table, survey=survey)
            if day_first is not None:
                actions.map_columns(run=run, columns=run.columns, day_first=day_first)
            actions.begin(run=run)
            # Ours from the start: no worker sees it unclaimed.
            claimed = work.claim(ImportRun.objects.filter(pk=run.pk), limit=1, lease=actions.LEASE)
    except DomainError:
        staging.forget(table)
        raise
    for mine in claimed:
        actions.settle(mine, progress)
    run.refresh_from_db()
    if run.state != ImportState.DONE:
        raise DomainError(_("The file could not be brought in: %(error)s") % {"error": run.error}, code="failed")
    problems = queries.rejected(run).values_list("number", "problem")[:10]
    return Summary(run.pk, run.state, run.read, run.created, run.matched, run.rejected, tuple(problems))


def import_file(path: Path, *, progress: Progress = nobody_watches, day_first: bool | None = None) -> Summary:
    """Bring a CSV or XLSX of customers into the open shop; see `bring_in`."""
    return bring_in("customers", path, progress=progress, day_first=day_first)
