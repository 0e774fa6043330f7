"""One card: what is on it, what it is enough for, who collects on it; and paper cards that move in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.core import ids
from setia.core.errors import DomainError
from setia.customers import queries as customers
from setia.customers.access import get_customer
from setia.customers.models import Customer
from setia.loyalty import actions, queries
from setia.loyalty.access import get_holder, get_redemption, get_reward
from setia.loyalty.forms import CorrectionForm, OpeningForm
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import refusals
from setia.web.links import site_url

MOST_FOUND = 6


@require_safe
@door(Right.SEE, section="customers")
def card(request: ShopRequest, pk: int) -> HttpResponse:
    """A customer's card."""
    return _page(request, get_customer(request, pk))


def _page(request: ShopRequest, customer: Customer, *, status: int = 200, **forms: Any) -> HttpResponse:
    programme, account = queries.programme(), queries.account_of(customer.pk)
    who = request.GET.get("who", "").strip()[:60]
    members = queries.members_of(account.pk) if account else []
    token = queries.card_token(customer.pk)
    day = request.shop.today()
    context = {
        "customer": customer,
        "programme": programme,
        "account": account,
        "balance": queries.balance_words(account, programme),
        "members": members,
        "others": [person for person in members if person.pk != customer.pk],
        "reaches": queries.reaches(account, customer.pk),
        "lapsing": queries.lapsing(day, programme.warn_days, customer_id=customer.pk),
        "history": queries.history(account) if account else [],
        "redemptions": queries.redemptions_of(account) if account else [],
        "standing": queries.standing_of(customer.pk),
        "games": queries.games_of(customer.pk, day) if programme.games else None,
        "household": queries.household_of(customer),
        "who": who,
        "found": [one for one in customers.find(who, MOST_FOUND) if one not in members] if who else [],
        "public_url": request.build_absolute_uri(site_url("loyalty_public:card", token)) if token else "",
        "opening_form": OpeningForm(programme=programme),
        "correction_form": CorrectionForm(programme=programme),
        "key": ids.public_token(),
        "may_sell": may(request.member.role, Right.SELL),
    }
    return render(request, "loyalty/card.html", context | forms, status=status)


@require_POST
@door(Right.SELL, section="customers")
def opening(request: ShopRequest, pk: int) -> HttpResponse:
    """What stood on the paper card."""
    customer = get_customer(request, pk)
    form = OpeningForm(request.POST, programme=queries.programme())
    if form.is_valid():
        key = f"form:{form.cleaned_data['key']}"
        with refusals(form):
            actions.open_balance(customer=customer, key=key, by=request.member, **form.balance())
            messages.success(request, _("It is on the card of %(name)s.") % {"name": customer.display_name})
            back = "loyalty:paper" if "paper" in request.POST else None
            return redirect(back) if back else redirect("loyalty:card", pk)
    return _page(request, customer, status=422, opening_form=form)


@require_POST
@door(Right.MANAGE, section="customers")
def correction(request: ShopRequest, pk: int) -> HttpResponse:
    """A slip put right by hand."""
    customer = get_customer(request, pk)
    account = queries.account_of(customer.pk)
    form = CorrectionForm(request.POST, programme=queries.programme())
    if account is None:
        messages.error(request, _("There is no card yet. Write down the paper card, or wait for the first purchase."))
        return redirect("loyalty:card", pk)
    if form.is_valid():
        with refusals(form):
            actions.correct(account=account, by=request.member, **form.cleaned_data)
            messages.success(request, _("The card is corrected."))
            return redirect("loyalty:card", pk)
    return _page(request, customer, status=422, correction_form=form)


@require_POST
@door(Right.SELL, section="customers")
def redemption(request: ShopRequest, pk: int) -> HttpResponse:
    """A reward handed over without a sale."""
    customer = get_customer(request, pk)
    chosen = request.POST.get("reward", "")
    reward = get_reward(request, int(chosen) if chosen.isdigit() and len(chosen) < 19 else 0)
    try:
        actions.redeem(
            customer=customer, reward=reward, key=f"form:{request.POST.get('key', '')}"[:80], by=request.member
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Handed over: %(reward)s.") % {"reward": reward.name})
    return redirect("loyalty:card", pk)


@require_POST
@door(Right.SELL, section="customers")
def undone(request: ShopRequest, pk: int) -> HttpResponse:
    """A reward that was handed over by mistake; one that is a part of an order is taken out there."""
    row = get_redemption(request, pk)
    if row.order_id:
        messages.error(request, _("This reward is a part of an order. Take it out there, or call the order off."))
    else:
        actions.undo(redemption=row, by=request.member)
        messages.success(request, _("Taken back: %(reward)s is on the card again.") % {"reward": row.name})
    return redirect("loyalty:card", row.customer_id) if row.customer_id else redirect("loyalty:home")


@require_POST
@door(Right.SELL, section="customers")
def sharing(request: ShopRequest, pk: int) -> HttpResponse:
    """Somebody of the household collects on this card from now on."""
    customer = get_customer(request, pk)
    chosen = request.POST.get("with", "")
    other = get_customer(request, int(chosen) if chosen.isdigit() and len(chosen) < 19 else 0)
    try:
        actions.share(customer=other, card_of=customer, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        names = {"name": other.display_name, "other": customer.display_name}
        messages.success(request, _("%(name)s and %(other)s collect together now.") % names)
    return redirect("loyalty:card", pk)


@require_POST
@door(Right.SELL, section="customers")
def own_card(request: ShopRequest, pk: int) -> HttpResponse:
    """A card of one's own again."""
    customer = get_customer(request, pk)
    try:
        actions.collect_alone(customer=customer, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("%(name)s has a card of their own now. What was collected together stays with the others.")
            % {"name": customer.display_name},
        )
    return redirect("loyalty:card", pk)


@require_http_methods(["GET", "HEAD"])
@door(Right.SELL, section="menu")
def paper(request: ShopRequest) -> HttpResponse:
    """Paper cards that move in, one after the other: find the person, type how many."""
    who, programme = request.GET.get("who", "").strip()[:60], queries.programme()
    found = customers.find(who, MOST_FOUND) if who else []
    context = {
        "programme": programme,
        "who": who,
        "rows": [
            (person, queries.balance_words(queries.account_of(person.pk), programme), OpeningForm(programme=programme))
            for person in found
        ],
    }
    return render(request, "loyalty/paper.html", context)


@require_safe
@door(Right.SEE, section="customers")
def scanned(request: ShopRequest, token: str) -> HttpResponse:
    """The code on a card, read at the counter: the sale begins with its holder; who may not sell sees the card."""
    customer = get_holder(request, token)
    if may(request.member.role, Right.SELL):
        return redirect(f"{reverse('orders:counter')}?customer={customer.pk}")
    return redirect("loyalty:card", customer.pk)
