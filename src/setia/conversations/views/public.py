"""A short link to the shop's WhatsApp: what will be written, and one tap. Opening it is counted by the tap, not by
the robots that look at links."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from setia.conversations import actions, entries
from setia.conversations.access import get_entry_link
from setia.shops import public


@require_http_methods(["GET", "HEAD", "POST"])
@public.door(entries.ENTRY_LINK)
def entry_link(request: public.PublicRequest, token: str) -> HttpResponse:
    """Show the way, or go it."""
    link = get_entry_link(request, request.object_id or 0)
    target = entries.direct(link)
    if not target:
        raise Http404
    if request.method == "POST":
        actions.count_opening(link=link)
        return HttpResponseRedirect(target)
    context = {"shop": request.shop, "words": entries.words(link), "number": entries.shop_number()}
    return render(request, "conversations/entry_public.html", context)
