"""Home, the customers and everything else on one page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from setia.customers.access import get_customer
from setia.customers.survivors import survivor_of
from setia.desk import customer_page, customers_list, home_page, searching
from setia.desk import menu as pages
from setia.desk import people_report as report
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may


@require_safe
@door(Right.SEE, section="today")
def home(request: ShopRequest) -> HttpResponse:
    """Today: what to do now."""
    if request.shop.setup_done_at is None and may(request.member.role, Right.OWN):
        return redirect("desk:welcome")
    return render(request, "desk/home.html", home_page.context(request.shop, request.member))


@require_safe
@door(Right.SELL, section="add")
def add(request: ShopRequest) -> HttpResponse:
    """What can be written down."""
    return render(request, "desk/add.html", {"entries": pages.allowed(pages.ADD, request.member.role)})


@require_safe
@door(Right.SEE, section="menu")
def menu(request: ShopRequest) -> HttpResponse:
    """Everything else."""
    return render(request, "desk/menu.html", {"groups": pages.groups(request.member.role)})


@require_safe
@door(Right.SEE, section="customers")
def customers(request: ShopRequest) -> HttpResponse:
    """The customer book: found by part of a name, phone or district, else by latest purchase."""
    page = customers_list.page(
        query=request.GET.get("q", "").strip()[:80],
        show=request.GET.get("show", ""),
        number=request.GET.get("page", "1"),
    )
    part = request.htmx and not request.htmx.history_restore_request
    template = "desk/_customers.html" if part else "desk/customers.html"
    role = request.member.role
    context = {"page": page, "may_sell": may(role, Right.SELL), "manages": may(role, Right.MANAGE)}
    answer = render(request, template, context)
    # Going back, the browser must not show the part it fetched from the same address.
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@require_safe
@door(Right.SEE, section="customers")
def customer(request: ShopRequest, pk: int) -> HttpResponse:
    """One person: who they are, their rhythm, what was promised, what happened."""
    found = get_customer(request, pk)
    if found.merged_into_id is not None:
        return redirect("desk:customer", survivor_of(found).pk)
    return render(request, "desk/customer.html", customer_page.context(found, request.shop, request.member))


@require_safe
@door(Right.SEE, section="search")
def search(request: ShopRequest) -> HttpResponse:
    """Everything by one field: people, orders by their number, what was said with them."""
    found = searching.found(request.GET.get("q", "").strip()[:80], chats=may(request.member.role, Right.CHAT))
    part = request.htmx and not request.htmx.history_restore_request
    answer = render(request, "desk/_search.html" if part else "desk/search.html", {"found": found})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@require_safe
@door(Right.SEE, section="menu")
def people_report(request: ShopRequest) -> HttpResponse:
    """How the circle of customers does: every number opens the people behind it."""
    return render(request, "desk/people_report.html", report.context(request.shop))
