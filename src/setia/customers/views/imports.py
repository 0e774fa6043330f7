"""Bring in a file: choose it, look at it, watch it come in, read what became of it, take it out again."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.core import ids
from setia.core.errors import DomainError
from setia.customers.access import get_run
from setia.customers.importing import actions, checking, queries, staging
from setia.customers.importing.forms import ColumnsForm, FileForm
from setia.customers.importing.importer import IMPORTERS
from setia.customers.models import ImportRun, ImportState
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import add_domain_error


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def choose(request: ShopRequest) -> HttpResponse:
    """Choose a file, or paste rows; what was brought in before stands below."""
    initial = {"kind": request.GET.get("kind", "customers")}
    form = FileForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("customers:import_run", _taken(request, form).pk)
        except DomainError as error:
            field = "file" if form.cleaned_data["file"] else "text"
            form.add_error(field, error.message)
    context = {"form": form, "runs": queries.recent(), "importers": IMPORTERS.values()}
    return render(request, "customers/import.html", context, status=422 if form.errors else 200)


def _taken(request: ShopRequest, form: FileForm) -> ImportRun:
    """Read what was sent into a table and keep it."""
    kind, upload = form.cleaned_data["kind"], form.cleaned_data["file"]
    source = staging.folder() / f"{ids.public_token()}.upload"
    try:
        with source.open("wb") as file:
            for chunk in upload.chunks() if upload else [form.cleaned_data["text"].encode()]:
                file.write(chunk)
        table, survey = staging.stage(source, IMPORTERS[kind].columns)
    finally:
        source.unlink(missing_ok=True)
    filename = Path(upload.name).name if upload else _("Pasted rows")
    return actions.take_file(kind=kind, filename=filename, table=table, survey=survey, by=request.member)


@require_safe
@door(Right.MANAGE, section="menu")
def run(request: ShopRequest, pk: int) -> HttpResponse:
    """The file as it stands: being looked at, on its way, done, taken out."""
    found = get_run(request, pk)
    if found.state == ImportState.PREVIEW:
        return _preview(request, found, _columns_form(found))
    context = {"run": found, "report": queries.report(found), "at_work": found.state in actions.AT_WORK}
    return render(request, "customers/_import_state.html" if request.htmx else "customers/import_run.html", context)


def _columns_form(found: ImportRun, data: Any = None) -> ColumnsForm:
    return ColumnsForm(data, run=found, samples=checking.samples(found))


def _preview(request: ShopRequest, found: ImportRun, form: ColumnsForm) -> HttpResponse:
    context = {"run": found, "form": form, "preview": checking.preview(found), "importer": IMPORTERS[found.kind]}
    return render(request, "customers/import_preview.html", context, status=422 if form.errors else 200)


@require_POST
@door(Right.MANAGE, section="menu")
def columns(request: ShopRequest, pk: int) -> HttpResponse:
    """Say what each column holds, and look again or begin."""
    found = get_run(request, pk)
    if found.state != ImportState.PREVIEW:
        return redirect("customers:import_run", pk)
    form = _columns_form(found, request.POST)
    if form.is_valid():
        try:
            actions.map_columns(run=found, columns=form.columns, day_first=form.day_first)
            if "begin" in request.POST:
                actions.begin(run=found)
            return redirect("customers:import_run", pk)
        except DomainError as error:
            if error.field == "day_first":
                form.add_error("dates", error.message)
            else:
                add_domain_error(form, error)
    return _preview(request, found, form)


@require_POST
@door(Right.MANAGE, section="menu")
def undo(request: ShopRequest, pk: int) -> HttpResponse:
    """Take out again what a file brought in."""
    try:
        actions.undo(run=get_run(request, pk))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("customers:import_run", pk)


@require_POST
@door(Right.MANAGE, section="menu")
def discard(request: ShopRequest, pk: int) -> HttpResponse:
    """Forget a file that was only looked at."""
    table = actions.discard(run=get_run(request, pk))
    if not table:
        return redirect("customers:import_run", pk)
    staging.forget(table)
    messages.success(request, _("The file is put aside. Nothing was brought in."))
    return redirect("customers:import")


@require_safe
@door(Right.MANAGE, section="menu")
def rejected(request: ShopRequest, pk: int) -> StreamingHttpResponse:
    """The rows that were left out, with why: to mend in a spreadsheet and bring in again."""
    found = get_run(request, pk)
    answer = StreamingHttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
    stem = "".join(letter if letter.isalnum() else "-" for letter in Path(found.filename).stem)[:60]
    answer["Content-Disposition"] = f'attachment; filename="{stem.encode("ascii", "ignore").decode()}-rows.csv"'
    return answer


class _Echo:
    """A file that hands on what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(found: ImportRun) -> Iterator[str]:
    table: Any = csv.writer(_Echo())
    header = found.survey["header"]
    # The mark at the start tells spreadsheets that this is UTF-8.
    yield "\ufeff" + table.writerow([*header, _("Why it was left out")])
    for row in queries.rejected(found).iterator(chunk_size=500):
        yield table.writerow([*row.raw, *[""] * (len(header) - len(row.raw)), row.problem])
