"""Reads about files that were brought in."""

from dataclasses import dataclass

from django.db.models import QuerySet

from setia.customers.importing.importer import IMPORTERS, Link
from setia.customers.models import Customer, ImportRow, ImportRun, ImportState

SHOWN = 20


@dataclass(frozen=True)
class Report:
    """What became of a file: the first refused rows, how many new customers came with it, what undo had to keep."""

    rejected: list[ImportRow]
    people: int
    kept: list[Link]
    # Whether there is anything to take out again.
    made: bool = False


def recent(limit: int = 10) -> list[ImportRun]:
    """Files of the open shop, the latest first."""
    return list(ImportRun.objects.select_related("by").order_by("-started_at", "-pk")[:limit])


def rejected(run: ImportRun) -> QuerySet[ImportRow]:
    """The refused rows in the order of the file."""
    return ImportRow.objects.filter(run=run, model="").order_by("number")


def report(run: ImportRun) -> Report:
    """What the run's page tells."""
    return Report(rejected=list(rejected(run)[:SHOWN]), people=_people(run), kept=_kept(run), made=_made(run))


def _made(run: ImportRun) -> bool:
    return ImportRow.objects.filter(run=run, undone=False).exclude(model="").exists()


def _people(run: ImportRun) -> int:
    slices = ImportRow.objects.filter(run=run, model=Customer._meta.label_lower, undone=False)
    return sum(len(ids) for ids in slices.values_list("raw", flat=True))


def _kept(run: ImportRun) -> list[Link]:
    if run.state != ImportState.UNDONE or not run.kept:
        return []
    importer, found = IMPORTERS[run.kind], []
    for model in importer.takes_out:
        slices = ImportRow.objects.filter(run=run, model=model, undone=True).order_by("number")
        ids = [pk for kept in slices.values_list("raw", flat=True) for pk in kept][:SHOWN]
        found += importer.links(model, ids)
    return found[:SHOWN]
