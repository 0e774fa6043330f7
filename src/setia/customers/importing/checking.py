"""Looking at a table before it is brought in: what its columns hold, how its dates are written, what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.utils.translation import gettext as _

from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.importing import headers, staging
from setia.customers.importing.cells import Order, date_order
from setia.customers.importing.importer import IMPORTERS, Cells, How, RowProblem
from setia.customers.importing.staging import Survey
from setia.customers.models import ImportRun

SHOWN = 10
LOOKED_AT = 500


@dataclass(frozen=True)
class Looked:
    """One row of the preview: its number, what would be taken in, or the problem."""

    number: int
    text: str
    problem: str


@dataclass(frozen=True)
class Preview:
    """The first rows, the first problems after them, and how many problems in the rows that were looked at."""

    rows: list[Looked]
    problems: list[Looked]
    looked_at: int
    refused: int


def guess(kind: str, survey: Survey) -> list[str]:
    """The column each heading stands for; all empty when the file does not name them."""
    if not survey.named:
        return [""] * len(survey.header)
    return headers.guess(survey.header, IMPORTERS[kind].columns)


def by_column(cells: Sequence[str], columns: Sequence[str]) -> Cells:
    """A row's cells by column name; a column that is not there is empty."""
    found: dict[str, list[str]] = {}
    for cell, name in zip(cells, columns, strict=False):
        if name:
            found.setdefault(name, []).append(cell)
    return found


def how(run: ImportRun) -> How:
    """How the run's cells are to be read."""
    shop = current_shop()
    return How(today=shop.today(), day_first=run.day_first, currency=shop.currency)


def dates_of(kind: str, survey: Survey, columns: Sequence[str]) -> tuple[Order, int, int]:
    """What the file's dates say, with the first rows that can only begin with the day, and with the month."""
    dated = {column.name for column in IMPORTERS[kind].columns if column.is_date}
    seen = [survey.dates.get(str(index), [0, 0, 0]) for index, name in enumerate(columns) if name in dated]
    day, month, either = (min((rows[which] for rows in seen if rows[which]), default=0) for which in range(3))
    return date_order(bool(day), bool(month), bool(either)), day, month


def day_first(kind: str, survey: Survey, columns: Sequence[str]) -> bool | None:
    """The order of day and month when the file tells; None when it has to be asked."""
    order = dates_of(kind, survey, columns)[0]
    return {"day": True, "month": False}.get(order)


def survey_of(run: ImportRun) -> Survey:
    """The survey of a run's table."""
    return Survey(**run.survey)


def require_clear(run: ImportRun) -> None:
    """Raise DomainError when it is not said what the file holds, or how its dates are written."""
    columns = IMPORTERS[run.kind].columns
    if absent := headers.missing(run.columns, columns):
        text = _("Say which column holds: %(names)s.") % {"names": ", ".join(str(column.label) for column in absent)}
        raise DomainError(text, code="column_missing")
    if twice := headers.doubled(run.columns, columns):
        text = _("More than one column is chosen for: %(names)s. Keep one.")
        raise DomainError(text % {"names": ", ".join(str(column.label) for column in twice)}, code="column_twice")
    order, day, month = dates_of(run.kind, survey_of(run), run.columns)
    if run.day_first is not None:
        return
    if order == "mixed":
        text = _(
            "Row %(day)s begins with the day, row %(month)s with the month. Say which is right; "
            "rows that do not fit will be left out for you to mend."
        )
        raise DomainError(text % {"day": day, "month": month}, code="dates_mixed", field="day_first")
    if order == "unknown":
        text = _("The dates of this file can be read in two ways. Say whether they begin with the day or the month.")
        raise DomainError(text, code="dates_unclear", field="day_first")


def preview(run: ImportRun) -> Preview:
    """Read the first rows as they would be brought in, and write nothing."""
    asking = run.day_first is None and dates_of(run.kind, survey_of(run), run.columns)[0] in ("mixed", "unknown")
    looked = []
    for number, cells, problem in islice(staging.read_table(run.table), LOOKED_AT):
        text = ""
        if not problem:
            text, problem = _would_be(run, cells, asking)
        looked.append(Looked(number, text or " · ".join(filter(None, cells))[:120], problem))
    refused_rows = [row for row in looked if row.problem]
    later = [row for row in refused_rows if row not in looked[:SHOWN]]
    return Preview(looked[:SHOWN], later[:SHOWN], len(looked), len(refused_rows))


def _would_be(run: ImportRun, cells: Sequence[str], asking: bool) -> tuple[str, str]:
    """What a row would be written down as, and what is wrong with it. While it is asked how dates are written, no date
    is shown as if it were known, and only what is wrong in either reading is told."""
    importer, reading, problem = IMPORTERS[run.kind], how(run), ""
    for day_first in (True, False) if asking else (reading.day_first,):
        try:
            row = importer.read(by_column(cells, run.columns), replace(reading, day_first=day_first))
        except RowProblem as refused:
            problem = str(refused)
        else:
            return "" if asking else importer.describe(row), ""
    return "", problem


def samples(run: ImportRun, count: int = 3) -> list[list[str]]:
    """For each column the first values in it, for choosing what it holds."""
    width = len(run.survey["header"])
    found: list[list[str]] = [[] for _column in range(width)]
    for _number, cells, _problem in islice(staging.read_table(run.table), 50):
        for index, cell in enumerate(cells[:width]):
            if cell and len(found[index]) < count:
                found[index].append(cell[:40])
    return found
