"""Who may be one person: side by side, made one, taken back, or remembered as two."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.core.errors import DomainError
from setia.customers import merging, queries
from setia.customers.access import get_customer, get_merge, get_pair
from setia.customers.merging import queries as same
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right


@require_safe
@door(Right.MANAGE, section="customers")
def pairs(request: ShopRequest) -> HttpResponse:
    """Everybody who may be one, what was put together lately, and who was said to be two."""
    context = {"pairs": same.open_pairs(), "merges": same.recent(), "apart": same.told_apart()}
    return render(request, "customers/same.html", context)


@require_safe
@door(Right.MANAGE, section="customers")
def compare(request: ShopRequest, pk: int) -> HttpResponse:
    """Two side by side; who the other is, is found by typing."""
    customer = get_customer(request, pk)
    number, query = request.GET.get("other", ""), request.GET.get("q", "").strip()[:80]
    context = {"customer": customer, "query": query, "found": [], "other": None}
    if number.isdecimal() and int(number) != pk:
        other = get_customer(request, int(number))
        if request.GET.get("keep") == number:
            customer, other = other, customer
        ours, theirs = same.sides(customer, other)
        context |= {"customer": customer, "other": other, "ours": ours, "theirs": theirs}
        context |= {"choices": same.choices(customer, other)}
    elif query:
        context["found"] = [person for person in queries.find(query, limit=10) if person.pk != pk]
    else:
        pairs = same.pairs_of(pk)
        context["found"] = [pair.second if pair.first_id == pk else pair.first for pair in pairs]
    return render(request, "customers/same_two.html", context)


@require_POST
@door(Right.MANAGE, section="customers")
def merge(request: ShopRequest, pk: int) -> HttpResponse:
    """Make the other the same person as this one."""
    kept = get_customer(request, pk)
    number = request.POST.get("other", "")
    gone = get_customer(request, int(number) if number.isdecimal() and len(number) < 19 else 0)
    take = [name for name in merging.CHOICES if request.POST.get(name) == "theirs"]
    try:
        merging.merge(kept=kept, gone=gone, take=take, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("customers:same")
    text = _("%(name)s stands in the book once now. It can be taken back below.") % {"name": kept.display_name}
    messages.success(request, text)
    return redirect("customers:same")


@require_POST
@door(Right.MANAGE, section="customers")
def undo(request: ShopRequest, pk: int) -> HttpResponse:
    """They are two after all."""
    record = get_merge(request, pk)
    try:
        merging.undo(record=record, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("They are two again, each with what was theirs."))
    return redirect("customers:same")


@require_POST
@door(Right.MANAGE, section="customers")
def different(request: ShopRequest, pk: int) -> HttpResponse:
    """Two people; not asked again, or asked again after all."""
    pair = get_pair(request, pk)
    if request.POST.get("undo"):
        merging.ask_again(pair=pair)
        messages.success(request, _("It is asked again."))
    else:
        merging.mark_different(one=pair.first, other=pair.second, by=request.member)
        messages.success(request, _("Remembered: these are two people."))
    return redirect("customers:same")
