"""The only writer of imports: take a file, look at it, bring it in slice by slice, take it out again."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from setia.core import clock, events, faults, work
from setia.core.errors import DomainError
from setia.core.scope import current_shop, open_shop
from setia.core.tasks import wake
from setia.customers import events as verbs
from setia.customers.importing import checking, staging
from setia.customers.importing.importer import IMPORTERS, Brought, RowProblem, Session
from setia.customers.models import ImportRow, ImportRun, ImportState
from setia.shops.models import Member

log = logging.getLogger(__name__)

QUEUE = "imports"
# A slice holds the one write lock of SQLite: short enough that nobody at the counter notices.
SLICE = 1_000
LEASE = timedelta(minutes=2)
GIVE_UP_AFTER = 5
AT_WORK = (ImportState.RUNNING, ImportState.UNDOING)

Progress = Callable[[int, int], None]


def nobody_watches(done: int, total: int) -> None:
    """Nobody watches."""


@transaction.atomic
def take_file(*, kind: str, filename: str, table: str, survey: staging.Survey, by: Member | None = None) -> ImportRun:
    """Keep a file that was read into a table, to be looked at. The columns are guessed from their headings."""
    columns = checking.guess(kind, survey)
    return ImportRun.objects.create(
        kind=kind,
        filename=filename[:200],
        table=table,
        survey=survey.as_dict(),
        columns=columns,
        day_first=checking.day_first(kind, survey, columns),
        total=survey.rows,
        language=translation.get_language() or "",
        by=by,
    )


@transaction.atomic
def map_columns(*, run: ImportRun, columns: Sequence[str], day_first: bool | None) -> ImportRun:
    """Say what each column holds and how dates are written, while the file is only looked at."""
    changed = ImportRun.objects.filter(pk=run.pk, state=ImportState.PREVIEW).update(
        columns=list(columns), day_first=day_first
    )
    if not changed:
        raise DomainError(_("This file is already being brought in."), code="started")
    run.columns, run.day_first = list(columns), day_first
    return run


@transaction.atomic
def begin(*, run: ImportRun) -> ImportRun:
    """Start bringing in; a worker does it. Raises DomainError when columns are missing or the dates are not clear."""
    checking.require_clear(run)
    started = ImportRun.objects.filter(pk=run.pk, state=ImportState.PREVIEW).update(
        state=ImportState.RUNNING, due_at=clock.now(), started_at=clock.now()
    )
    if started:
        events.record(verbs.IMPORT_STARTED, subject=run, data={"kind": run.kind, "rows": run.total})
        wake(QUEUE)
    run.refresh_from_db()
    return run


@transaction.atomic
def undo(*, run: ImportRun) -> ImportRun:
    """Take out again what a file brought in; a worker does it. Raises DomainError while it is still running."""
    changed = ImportRun.objects.filter(pk=run.pk, state__in=(ImportState.DONE, ImportState.FAILED)).update(
        state=ImportState.UNDOING, work_state=work.WorkState.WAITING, due_at=clock.now(), attempts=0
    )
    run.refresh_from_db()
    if not changed and run.state not in (ImportState.UNDOING, ImportState.UNDONE):
        raise DomainError(_("Wait until the file is brought in, then it can be taken out again."), code="running")
    wake(QUEUE)
    return run


@transaction.atomic
def discard(*, run: ImportRun) -> str:
    """Forget a file that was only looked at; returns the table that can be deleted, empty when it is too late."""
    deleted, _rows = ImportRun.objects.filter(pk=run.pk, state=ImportState.PREVIEW).delete()
    return run.table if deleted else ""


def settle_imports(limit: int = 1) -> int:
    """Work on due imports of every shop until they are done. Returns how many were taken.

    A worker that dies leaves its lease to run out; the next begins after the last slice that was written.
    """
    rows = ImportRun.across_shops.filter(state__in=AT_WORK).select_related("shop", "by")
    taken = work.claim(rows, limit=limit, lease=LEASE)
    for run in taken:
        with open_shop(run.shop, actor=f"member:{run.by_id}" if run.by_id else "system"):
            settle(run)
    return len(taken)


def settle(run: ImportRun, progress: Progress = nobody_watches) -> None:
    """Finish a claimed import of the open shop, whatever it takes; an error is kept and tried again, or given up."""
    with translation.override(run.language or current_shop().language):
        try:
            if run.state == ImportState.RUNNING:
                _bring_in(run, progress)
            else:
                _take_out(run, progress)
        except work.LeaseLost:
            log.warning("Import %s was taken by another worker.", run.pk)
        except FileNotFoundError:
            _fail(run, _("The file is not here any more. Choose it again: what is there already is recognised."))
        except Exception as error:  # the other imports go on
            log.exception("Import %s failed.", run.pk)
            if run.attempts < GIVE_UP_AFTER:
                work.retry(run, repr(error), after=work.backoff(run.attempts))
            else:
                _fail(run, _("Something went wrong. What was brought in so far is kept and can be taken out again."))


@transaction.atomic
def _fail(run: ImportRun, text: str) -> None:
    if work.give_up(run, text):
        ImportRun.objects.filter(pk=run.pk).update(state=ImportState.FAILED, finished_at=clock.now())


# --- In ---------------------------------------------------------------------------------------------------------------


def _bring_in(run: ImportRun, progress: Progress) -> None:
    session = IMPORTERS[run.kind].open(run.total)
    rows = staging.read_table(run.table)
    for part in _slices(islice(rows, run.read)):
        session.skip(_read(run, part)[0])
    for part in _slices(rows):
        with transaction.atomic():
            _slice(run, session, part)
            faults.point("import.slice.written")
        faults.point("import.slice")
        run.read += len(part)
        progress(run.read, run.total)
    with transaction.atomic():
        if not work.finish(run):
            raise work.LeaseLost
        ImportRun.objects.filter(pk=run.pk).update(state=ImportState.DONE, finished_at=clock.now())
        done = ImportRun.objects.get(pk=run.pk)
        data = {"kind": run.kind, "created": done.created, "matched": done.matched, "rejected": done.rejected}
        events.record(verbs.IMPORT_FINISHED, subject=run, data=data)
    faults.point("import.finished")
    # What was refused is kept with its row; the rest is in the book.
    staging.forget(run.table)
    ImportRun.objects.filter(pk=run.pk).update(table="")


def _slices(rows: Iterator[staging.Row]) -> Iterator[list[staging.Row]]:
    while part := list(islice(rows, SLICE)):
        yield part


def _slice(run: ImportRun, session: Session, part: list[staging.Row]) -> None:
    """Write one slice, what became of it, and how far we are; all or nothing."""
    good, problems = _read(run, part)
    brought = session.bring_in(good) if good else Brought()
    cells = {number: row for number, row, _problem in part}
    problems += brought.problems
    kept = [
        ImportRow(run=run, number=number, problem=problem[:300], raw=cells[number])
        for number, problem in sorted(problems)
    ]
    kept += [ImportRow(run=run, number=part[0][0], model=model, raw=ids) for model, ids in brought.made.items() if ids]
    ImportRow.objects.bulk_create(kept)
    _advance(run, read=len(part), created=brought.created, matched=brought.matched, rejected=len(problems))


def _read(run: ImportRun, part: list[staging.Row]) -> tuple[list[tuple[int, Any]], list[tuple[int, str]]]:
    """The rows of a slice that can be read, and what is wrong with the others."""
    importer, how = IMPORTERS[run.kind], checking.how(run)
    good: list[tuple[int, Any]] = []
    problems: list[tuple[int, str]] = []
    for number, cells, problem in part:
        try:
            if problem:
                raise RowProblem(problem)
            good.append((number, importer.read(checking.by_column(cells, run.columns), how)))
        except RowProblem as refused:
            problems.append((number, str(refused)))
    return good, problems


def _advance(run: ImportRun, **counts: int) -> None:
    """Add to the counters and prolong the lease; raises LeaseLost when the run is another worker's by now."""
    mine = ImportRun.objects.filter(pk=run.pk, lease=run.lease, work_state=work.WorkState.WAITING)
    changes = {name: F(name) + count for name, count in counts.items() if count}
    if not mine.update(leased_until=clock.now() + LEASE, **changes):
        raise work.LeaseLost


# --- And out again ----------------------------------------------------------------------------------------------------


def _take_out(run: ImportRun, progress: Progress) -> None:
    importer = IMPORTERS[run.kind]
    done = run.removed + run.kept
    for model in importer.takes_out:
        for row in _made(run, model):
            with transaction.atomic():
                kept = importer.take_out(model, row.raw)
                ImportRow.objects.filter(pk=row.pk).update(raw=kept, undone=True)
                _advance(run, removed=len(row.raw) - len(kept), kept=len(kept))
                faults.point("import.undo.written")
            faults.point("import.undo")
            done += len(row.raw)
            progress(done, run.created)
    with transaction.atomic():
        if not work.finish(run):
            raise work.LeaseLost
        ImportRun.objects.filter(pk=run.pk).update(state=ImportState.UNDONE, finished_at=clock.now())
        counted = ImportRun.objects.get(pk=run.pk)
        data = {"kind": run.kind, "removed": counted.removed, "kept": counted.kept}
        events.record(verbs.IMPORT_UNDONE, subject=run, data=data)


def _made(run: ImportRun, model: str) -> Iterator[ImportRow]:
    """Slices that still stand, the last first: one after the other, for memory."""
    rows = ImportRow.objects.filter(run=run, model=model, undone=False).order_by("-number", "-pk")
    while (row := rows.first()) is not None:
        yield row


def forget_old_tables() -> int:
    """Delete files nobody came back to for a week: looked at only, or failed. Returns how many runs they were of."""
    before = clock.now() - timedelta(days=7)
    old = ImportRun.across_shops.filter(started_at__lt=before).exclude(table="").exclude(state__in=AT_WORK)
    for run in old:
        staging.forget(run.table)
    ImportRun.across_shops.filter(pk__in=[run.pk for run in old], state=ImportState.PREVIEW).delete()
    return ImportRun.across_shops.filter(pk__in=[run.pk for run in old]).update(table="")
