"""The note of an order: to read, to send, to print."""

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from setia.customers import queries as customers
from setia.orders import queries
from setia.orders.access import get_order
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right

PAPERS = ("58", "80", "a4")


@require_safe
@door(Right.SEE, section="orders")
def note(request: ShopRequest, pk: int) -> HttpResponse:
    """The note as text for WhatsApp, and as a page for a narrow printer or A4."""
    order = get_order(request, pk)
    paper = request.GET.get("paper", "80")
    phones = customers.phones_of([order.customer_id]) if order.customer_id else {}
    number = phones.get(order.customer_id, "").removeprefix("+")
    text = queries.note_text(order)
    context = {
        "order": order,
        "text": text,
        "send_link": f"https://wa.me/{number}?text={quote(text)}" if number else "",
        "paper": paper if paper in PAPERS else "80",
        "papers": PAPERS,
        "lines": queries.lines_of(order),
        "adjustments": queries.adjustments_of(order),
        "sentences": queries.terms_sentences(order),
        "due": queries.due_text(order),
        "foot": queries.terms().note_foot,
    }
    return render(request, "orders/note.html", context)
