"""The page behind the poster: somebody at the stall writes themselves down."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from setia.conversations import entries
from setia.promotions.access import get_bazaar
from setia.promotions.actions import bazaars as actions
from setia.promotions.forms.bazaars import JoinForm
from setia.promotions.queries import bazaars as queries
from setia.shops import public
from setia.web.forms import refusals


@require_http_methods(["GET", "HEAD", "POST"])
@public.door(actions.JOIN)
def join(request: public.PublicRequest, token: str) -> HttpResponse:
    """Name, number, and yes or no to messages. The answer never says whether a number was known."""
    row = get_bazaar(request, request.object_id or 0)
    if row.removed_at:
        raise Http404
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            if queries.may_still_join(row):
                actions.sign_up(bazaar=row, **form.cleaned_data)
            return redirect(f"{request.path}?done=1")
    direct = entries.direct(row.entry_link) if row.entry_link else ""
    context = {"shop": request.shop, "bazaar": row, "form": form, "direct": direct, "done": "done" in request.GET}
    return render(request, "promotions/bazaar_join.html", context, status=422 if form.errors else 200)
