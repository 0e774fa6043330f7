"""A customer's own page, by a link only they have: what is kept about them, and their say."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.core.errors import DomainError
from setia.customers import actions, privacy, queries
from setia.customers.access import get_own
from setia.customers.models import ConsentHow, ConsentState, Purpose, RequestKind
from setia.customers.privacy import queries as wishes
from setia.customers.privacy import sheet
from setia.shops.public import PublicRequest, door

# Asked here; taking a consent back is done at once.
ASKED = (RequestKind.CORRECT, RequestKind.RESTRICT, RequestKind.ERASE)


@require_safe
@door(privacy.LINK)
def page(request: PublicRequest, token: str) -> HttpResponse:
    """What the shop keeps, what they agreed to, what they may ask."""
    customer = get_own(request)
    context = {
        "shop": request.shop,
        "token": token,
        "customer": customer,
        "sections": sheet.sections(customer),
        "consents": queries.consents(customer.pk),
        "wishes": wishes.open_wishes_of(customer.pk),
        "rules": wishes.book_rules(),
        "kinds": [(kind.value, kind.label) for kind in ASKED],
    }
    return render(request, "customers/own.html", context)


@require_POST
@door(privacy.LINK)
def consent(request: PublicRequest, token: str) -> HttpResponse:
    """Agree, or take it back: at once."""
    customer, purpose, state = get_own(request), request.POST.get("purpose", ""), request.POST.get("state", "")
    if purpose in Purpose.values and state in (ConsentState.GIVEN, ConsentState.WITHDRAWN):
        words = _("Pressed the button on their own page.")
        actions.answer_consent(customer=customer, purpose=purpose, state=state, how=ConsentHow.FORM, evidence=words)
        messages.success(request, _("Thank you. It holds from now on."))
    return redirect("customer_data:page", token)


@require_POST
@door(privacy.LINK)
def wish(request: PublicRequest, token: str) -> HttpResponse:
    """Ask for a correction, for rest, or to be erased."""
    customer, kind = get_own(request), request.POST.get("kind", "")
    if kind in ASKED:
        try:
            privacy.ask_by_link(customer=customer, kind=kind, words=request.POST.get("words", ""))
            messages.success(request, _("Thank you. The shop answers within three days."))
        except DomainError as error:
            messages.error(request, str(error))
    return redirect("customer_data:page", token)
