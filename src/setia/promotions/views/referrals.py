"""Word of mouth: who brought whom, who is thanked, a person's own link."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.conversations import entries
from setia.promotions.access import get_code, get_person
from setia.promotions.actions import referrals as actions
from setia.promotions.queries import referrals as queries
from setia.promotions.queries.spending import rules_now
from setia.shops import public
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right

TREES = 8


@require_safe
@door(Right.SEE, section="menu")
def friends(request: ShopRequest) -> HttpResponse:
    """The best messengers, how far it reaches, the trees."""
    trees = queries.trees()
    context = {
        "messengers": queries.messengers(10),
        "reach": queries.reach(request.shop.today()),
        "trees": queries.lines(trees[:TREES], limit=60),
        "more_trees": max(0, len(trees) - TREES),
        "thanks": queries.referrals()[:15],
        "rules": rules_now(),
    }
    return render(request, "promotions/friends.html", context)


@require_safe
@door(Right.SEE, section="menu")
def friend(request: ShopRequest, pk: int) -> HttpResponse:
    """One person: the branch below them, thanks, code and link."""
    person = get_person(request, pk)
    code = queries.code_of(pk)
    branch = queries.branch_of(pk)
    context = {
        "person": person,
        "lines": queries.lines(branch.children),
        "branch": branch,
        "thanks": queries.thanks_of(pk),
        "code": code,
        "link": queries.short(code) if code else "",
    }
    return render(request, "promotions/friend.html", context)


@require_POST
@door(Right.SELL, section="menu")
def code(request: ShopRequest, pk: int) -> HttpResponse:
    """Make the code of a person."""
    actions.code_of(customer=get_person(request, pk))
    return redirect("promotions:friend", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@public.door(queries.FRIEND)
def told(request: public.PublicRequest, token: str) -> HttpResponse:
    """A friend opens the link: WhatsApp with the code in the words. The page names nobody."""
    row = get_code(request, request.object_id or 0)
    said = _("Hello, a friend told me about you")
    target = queries.direct(row, said)
    if not target:
        raise Http404
    if request.method == "POST":
        actions.count_opening(code=row)
        return HttpResponseRedirect(target)
    context = {"shop": request.shop, "words": queries.words(row, said), "number": entries.shop_number()}
    return render(request, "conversations/entry_public.html", context)
