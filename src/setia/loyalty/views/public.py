"""A customer's own page: no login, for whoever has the link."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from setia.core.names import greeting_name
from setia.loyalty import queries
from setia.shops.public import PublicRequest, door
from setia.web.links import shop_url


@require_safe
@door(queries.LINK)
def card(request: PublicRequest, token: str) -> HttpResponse:
    """Balance, rewards within reach, history, badges, the code for the counter. Nothing of what was bought."""
    customer = queries.holder(token)
    programme = queries.programme()
    if customer is None or not programme.is_on:
        raise Http404
    account, day = queries.account_of(customer.pk), request.shop.today()
    context = {
        "shop": request.shop,
        "name": greeting_name(customer.display_name),
        "programme": programme,
        "account": account,
        "balance": queries.balance_words(account, programme),
        "reaches": queries.reaches(account, customer.pk),
        "stamp": _stamp_card(account.stamps if account else 0, programme.stamps_on),
        "lapsing": queries.lapsing(day, programme.warn_days, customer_id=customer.pk),
        "history": queries.history(account, 15) if account else [],
        "shared": account is not None and len(queries.members_of(account.pk)) > 1,
        "tier": queries.tier_of(customer.pk),
        "games": queries.games_of(customer.pk, day) if programme.games else None,
        "code": request.build_absolute_uri(shop_url(request.shop.slug, "loyalty:scanned", token)),
    }
    return render(request, "loyalty/public_card.html", context)


def _stamp_card(stamps: int, on: bool) -> list[bool]:
    """The places of the paper card: as many as the cheapest reward of stamps costs, the first ones stamped."""
    costs = [one.cost for one in queries.rewards() if one.unit == "stamps"]
    places = min(costs, default=0)
    if not on or not 0 < places <= 30:
        return []
    full = max(0, stamps)
    shown = places if full and full % places == 0 else full % places
    return [place < shown for place in range(places)]
