"""Everything of my shop, to take along; and the customer book as a table."""

import csv
import tempfile
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.core import events
from setia.core.scope import open_shop
from setia.customers import events as verbs
from setia.desk import archive, customers_list
from setia.desk.archive import tables
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right


@require_safe
@door(Right.OWN, section="menu")
def everything(request: ShopRequest) -> HttpResponse:
    """What is in it, and the button."""
    return render(request, "desk/everything.html", {"tables": len(tables.models_of_a_shop())})


@require_POST
@door(Right.OWN, section="menu")
def download(request: ShopRequest) -> HttpResponse:
    """The file: written to the disk of the server first, so that it is of one moment; it is gone with the answer."""
    events.record(verbs.EXPORTED, data={"what": "everything"})
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    archive.write(file)
    file.seek(0)
    name = f"{request.shop.slug}-{request.shop.today():%Y%m%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


class _Echo:
    """A file that hands on what is written to it."""

    def write(self, text: str) -> str:
        return text


@require_POST
@door(Right.MANAGE, section="customers")
def book(request: ShopRequest) -> StreamingHttpResponse:
    """A list of the customer book as CSV."""
    show = request.POST.get("show", "")
    events.record(verbs.EXPORTED, data={"what": "customers"})
    answer = StreamingHttpResponse(_book(request.shop, show), content_type="text/csv; charset=utf-8")
    name = f"{request.shop.slug}-{_('customers')}-{request.shop.today():%Y%m%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _book(shop: Any, show: str) -> Iterator[str]:
    table: Any = csv.writer(_Echo())
    # The mark at the start tells spreadsheets that this is UTF-8.
    with open_shop(shop):
        yield "\ufeff" + table.writerow([str(label) for label in customers_list.COLUMNS])
    number = 0
    while True:
        with open_shop(shop):
            rows = customers_list.whole(show, number)
        for row in rows:
            yield table.writerow([tables.neutral(text) for text in row])
        if not rows:
            return
        number += 1
