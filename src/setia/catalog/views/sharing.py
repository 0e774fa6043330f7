"""How the catalogue leaves the shop: the public page with its poster, the price picture, the feed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.catalog import actions, pictures, queries, rules, words
from setia.catalog.forms import PageForm
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals
from setia.web.links import site_url


def _address(request: ShopRequest, name: str, token: str) -> str:
    return request.build_absolute_uri(site_url(name, token))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="products")
def page(request: ShopRequest) -> HttpResponse:
    """Settings of the public page: open or closed, what it says, its address and code."""
    known = queries.storefront()
    initial = {name: getattr(known, name) for name in PageForm.base_fields}
    form = PageForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_page(**form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("catalog:page")
    token, feed = queries.page_token(), queries.feed_token()
    context = {
        "form": form,
        "address": _address(request, "public_catalog:page", token) if token else "",
        "feed": request.build_absolute_uri(site_url("public_catalog:feed", feed)) if feed else "",
    }
    return render(request, "catalog/page_settings.html", context, status=422 if form.errors else 200)


@require_POST
@door(Right.MANAGE, section="products")
def opening(request: ShopRequest) -> HttpResponse:
    """Let everybody see the page."""
    actions.open_page()
    messages.success(request, _("The price page is open. Share its link or hang up the poster."))
    return redirect("catalog:page")


@require_POST
@door(Right.MANAGE, section="products")
def closing(request: ShopRequest) -> HttpResponse:
    """Nobody sees it any more."""
    if actions.close_page():
        messages.success(request, _("The price page is closed. Its link opens nothing until you open it again."))
    return redirect("catalog:page")


@require_POST
@door(Right.MANAGE, section="products")
def new_feed(request: ShopRequest) -> HttpResponse:
    """An address for WhatsApp's catalogue; asked again, another one, and the old one opens nothing."""
    if queries.feed_token():
        actions.renew_feed()
    else:
        actions.open_feed()
    messages.success(request, _("Copy the address into your catalogue at Meta."))
    return redirect("catalog:page")


@require_safe
@door(Right.SEE, section="products")
def poster(request: ShopRequest) -> HttpResponse:
    """The page's code, large, to print and hang up."""
    token = queries.page_token()
    if not token:
        return redirect("catalog:page")
    address = _address(request, "public_catalog:page", token)
    context = {"address": address, "scanned": f"{address}?s=POSTER"}
    return render(request, "catalog/poster.html", context)


# --- The price list as a picture --------------------------------------------------------------------------------------


def _wanted(request: ShopRequest) -> dict[str, Any]:
    """For whom, in which language, with photos or not, which one of several."""
    kind = request.GET.get("for", "")
    number = request.GET.get("page", "1")
    return {
        "kind": kind if kind in rules.OWN_LIST else "",
        "language": request.GET["lang"] if request.GET.get("lang") in ("id", "en") else request.shop.language,
        "with_photos": request.GET.get("photos") == "1",
        "number": int(number) if number.isdigit() and 0 < int(number[:4]) < 1000 else 1,
    }


@require_safe
@door(Right.SEE, section="products")
def picture(request: ShopRequest) -> HttpResponse:
    """The picture to look at, to keep and to share."""
    wanted, day = _wanted(request), request.shop.today()
    offers = queries.sellable(kind=wanted["kind"] or "end", day=day)
    context = {
        **wanted,
        "kinds": list(words.KINDS.items()),
        "numbers": range(1, pictures.price_pictures(kind=wanted["kind"] or "end", day=day) + 1),
        "any_photo": any(offer.photo for offer in offers),
        "query": request.GET.urlencode(),
    }
    return render(request, "catalog/picture.html", context)


@require_safe
@door(Right.SEE, section="products")
def picture_file(request: ShopRequest) -> HttpResponse:
    """The picture itself, made from the table at this moment."""
    wanted = _wanted(request)
    made = pictures.price_picture(**wanted | {"kind": wanted["kind"] or "end"}, day=request.shop.today())
    if made is None:
        raise Http404
    headers = {"Cache-Control": "private, no-cache", "Content-Disposition": f'inline; filename="{made.filename}"'}
    return HttpResponse(made.body, content_type=made.mime_type, headers=headers)
