"""What customers may ask about their data, done in few taps; the papers the law wants; how long whom is remembered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.core.errors import DomainError
from setia.customers import privacy
from setia.customers.access import get_breach, get_customer, get_wish
from setia.customers.models import Purpose
from setia.customers.privacy import queries, sheet
from setia.customers.privacy.forms import BreachForm, RulesForm, WishForm
from setia.customers.views.links import absolute
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals


@require_safe
@door(Right.MANAGE, section="menu")
def overview(request: ShopRequest) -> HttpResponse:
    """What waits with its clock, what was answered, and the papers."""
    context = {
        "wishes": queries.open_wishes(),
        "answered": queries.answered(),
        "breaches": queries.breaches(),
        "restricted": queries.restricted(),
        "rules": queries.book_rules(),
        "tab": "wishes",
    }
    return render(request, "customers/privacy.html", context)


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="customers")
def data(request: ShopRequest, pk: int) -> HttpResponse:
    """Everything kept about a person on one sheet, to print; and what they may ask."""
    customer = get_customer(request, pk)
    form = WishForm(request.POST or None, initial={"kind": request.GET.get("kind", "show")})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            privacy.ask(customer=customer, **form.cleaned_data, by=request.member)
            messages.success(request, _("Written down. It is to be done within 72 hours; Today reminds you."))
            return redirect("customers:data", pk)
    context = {
        "customer": customer,
        "sections": sheet.sections(customer),
        "wishes": queries.open_wishes_of(pk),
        "form": form,
        "rules": queries.book_rules(),
        "link": absolute(privacy.open_link(customer)) if privacy.open_link(customer) else "",
    }
    return render(request, "customers/data.html", context, status=422 if form.errors else 200)


@require_POST
@door(Right.MANAGE, section="customers")
def given(request: ShopRequest, pk: int) -> HttpResponse:
    """They got the sheet."""
    privacy.shown(customer=get_customer(request, pk), how="print", by=request.member)
    messages.success(request, _("Written down: they have seen what is kept."))
    return redirect("customers:data", pk)


@require_POST
@door(Right.MANAGE, section="customers")
def link(request: ShopRequest, pk: int) -> HttpResponse:
    """Make the page they may open themselves, or close it."""
    customer = get_customer(request, pk)
    if request.POST.get("close"):
        privacy.close_link(customer)
        messages.success(request, _("The link opens nothing any more."))
    else:
        privacy.link_to(customer)
        messages.success(request, _("The link is ready. Send it to nobody but them."))
    return redirect("customers:data", pk)


@require_POST
@door(Right.MANAGE, section="customers")
def answer(request: ShopRequest, pk: int) -> HttpResponse:
    """A wish is met, or refused with a reason."""
    wish = get_wish(request, pk)
    try:
        privacy.answer(
            wish=wish, outcome=request.POST.get("outcome", ""), refused="refused" in request.POST, by=request.member
        )
        messages.success(request, _("Written down."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("customers:privacy")


@require_POST
@door(Right.MANAGE, section="customers")
def restriction(request: ShopRequest, pk: int) -> HttpResponse:
    """Only keep their data, or use it again."""
    customer = get_customer(request, pk)
    if request.POST.get("lift"):
        privacy.lift(customer=customer)
        messages.success(request, _("Their data may be used again."))
    else:
        privacy.restrict(customer=customer, by=request.member)
        messages.success(request, _("Their data is only kept from now on."))
    return redirect("desk:customer", pk)


@require_http_methods(["GET", "POST"])
@door(Right.OWN, section="customers")
def erasure(request: ShopRequest, pk: int) -> HttpResponse:
    """Erase a person for good: what goes and what stays is said before, and asked for once more."""
    customer = get_customer(request, pk)
    error = ""
    if request.method == "POST":
        if request.POST.get("sure") != "yes":
            error = _("Tick the box: this cannot be taken back.")
        else:
            try:
                privacy.erase(customer=customer, by=request.member)
                messages.success(request, _("Erased. Their orders keep days and amounts."))
                return redirect("customers:privacy")
            except DomainError as refused:
                error = str(refused)
    context = {"customer": customer, "error": error}
    return render(request, "customers/erasure.html", context, status=422 if error else 200)


@require_safe
@door(Right.MANAGE, section="menu")
def record(request: ShopRequest) -> HttpResponse:
    """The record of processing (article 31), to print."""
    context = {"rules": queries.book_rules(), "purposes": Purpose.choices, "tab": "record"}
    return render(request, "customers/record.html", context)


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def new_breach(request: ShopRequest) -> HttpResponse:
    """Write down a loss of data."""
    form = BreachForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        breach = privacy.note_breach(**form.cleaned_data, by=request.member)
        return redirect("customers:breach", breach.pk)
    return render(request, "customers/breach_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def breach(request: ShopRequest, pk: int) -> HttpResponse:
    """The sheet of a loss of data: what is known, whom to tell until when, the letter."""
    found = get_breach(request, pk)
    form = BreachForm(request.POST or None, initial={name: getattr(found, name) for name in BreachForm.base_fields})
    if request.method == "POST":
        if whom := request.POST.get("told"):
            if whom in ("agency", "people"):
                privacy.tell(breach=found, whom=whom, told=not request.POST.get("undo"))
            return redirect("customers:breach", pk)
        if form.is_valid():
            privacy.change_breach(breach=found, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("customers:breach", pk)
    context = {"breach": found, "form": form, "rules": queries.book_rules()}
    return render(request, "customers/breach.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@door(Right.OWN, section="menu")
def rules(request: ShopRequest) -> HttpResponse:
    """Districts, retention, whom to ask."""
    form = RulesForm.of(queries.book_rules(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        privacy.change_rules(**form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("customers:book_rules")
    context = {"form": form, "tab": "rules", "going": privacy.would_forget(limit=20)}
    return render(request, "customers/book_rules.html", context, status=422 if form.errors else 200)
