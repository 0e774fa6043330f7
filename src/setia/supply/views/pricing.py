"""The cost sheet, recipes, and what to do when a material becomes dearer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.catalog.access import get_variant
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.supply import actions, forms, queries, rules, wording
from setia.supply.access import get_review
from setia.supply.models import PriceReview, Recipe, ReviewOption
from setia.web.forms import refusals


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def costs(request: ShopRequest) -> HttpResponse:
    """Cost per box and margin per product and price list; the wanted margin."""
    form = forms.SettingsForm(request.POST or None, initial={"target_margin": round(100 * queries.target_margin())})
    if request.method == "POST" and form.is_valid():
        actions.change_settings(**form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("supply:costs")
    rows = queries.costings()
    context = {"rows": rows, "form": form, "below": [row for row in rows if row.below], "tab": "costs"}
    return render(request, "supply/costs.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def recipe(request: ShopRequest, pk: int) -> HttpResponse:
    """The recipe of one product, and what a box of it costs."""
    variant = get_variant(request, pk)
    known: Recipe | None = next((row.recipe for row in queries.costings() if row.variant.pk == pk), None)
    initial = {"boxes": known.boxes, "labour": known.labour, "energy": known.energy} if known else None
    form = forms.RecipeForm(
        request.POST or None,
        initial=initial,
        materials=queries.materials(),
        known=queries.recipe_lines([pk]).get(pk, {}),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refusals(form):
            actions.set_recipe(
                variant=variant,
                boxes=data["boxes"],
                labour=data["labour"] or 0,
                energy=data["energy"] or 0,
                lines=form.lines,
            )
            messages.success(request, _("Saved."))
            return redirect("supply:costs")
    context = {"form": form, "variant": variant, "tab": "costs"}
    return render(request, "supply/recipe.html", context, status=422 if form.errors else 200)


@require_safe
@door(Right.MANAGE, section="menu")
def reviews(request: ShopRequest) -> HttpResponse:
    """Dearer materials: what waits for a decision, and what was decided."""
    rows = list(queries.reviews()[:60])
    context = {
        "open": [row for row in rows if row.decided_at is None],
        "decided": [row for row in rows if row.decided_at is not None],
        "tab": "reviews",
    }
    return render(request, "supply/reviews.html", context)


def _form(request: ShopRequest, review: PriceReview, rows: list[queries.Affected]) -> forms.DecisionForm:
    proposals = {row.variant.pk: rules.price_for(row.after.cost or 0, row.after.target) for row in rows}
    return forms.DecisionForm(
        request.POST or None,
        affected=rows,
        proposals=proposals,
        suppliers=queries.suppliers().exclude(pk=review.material.supplier_id),
        initial={"effective_on": request.shop.today(), "option": ReviewOption.PRICE},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def review(request: ShopRequest, pk: int) -> HttpResponse:
    """One dearer material: the ways out side by side, whom they touch, the decision."""
    row = get_review(request, pk)
    if row.decided_at is not None:
        return _decided(
            request, row, forms.AnnouncementForm(initial={"text": row.announcement or _words(row, request)})
        )
    rows = queries.affected(row)
    form = _form(request, row, rows)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refusals(form):
            actions.decide(
                review=row,
                option=data["option"],
                by=request.member,
                effective_on=data["effective_on"],
                prices=form.prices,
                supplier=data["supplier"],
            )
            messages.success(request, _("Decided. List, picture, page and counter change together on that day."))
            return redirect("supply:review", pk)
    context = {
        "review": row,
        "rows": [(one, queries.options(one, row), queries.demand_kept(one.variant)) for one in rows],
        "regulars": queries.regulars([one.variant.pk for one in rows]),
        "form": form,
        "tab": "reviews",
    }
    return render(request, "supply/review.html", context, status=422 if form.errors else 200)


def _words(review: PriceReview, request: ShopRequest) -> str:
    from django.utils import translation

    with translation.override(request.shop.language):
        return wording.announcement(review)


def _decided(
    request: ShopRequest, review: PriceReview, form: forms.AnnouncementForm, status: int = 200
) -> HttpResponse:
    changed = list(review.prices.select_related("variant__product"))
    context: dict[str, Any] = {
        "review": review,
        "changed": changed,
        "regulars": queries.regulars([row.variant_id for row in changed]),
        "form": form,
        "tab": "reviews",
    }
    return render(request, "supply/review_decided.html", context, status=status)


@require_POST
@door(Right.MANAGE, section="menu")
def announcement(request: ShopRequest, pk: int) -> HttpResponse:
    """Prepare the announcement for the regulars."""
    row, form = get_review(request, pk), forms.AnnouncementForm(request.POST)
    changed = list(row.prices.values_list("variant_id", flat=True))
    if row.decided_at is None or not changed:
        raise Http404
    if not form.is_valid():
        return _decided(request, row, form, 422)
    told = actions.announce(
        review=row, text=form.cleaned_data["text"], people=queries.regulars(changed), by=request.member
    )
    text = ngettext("Prepared for %(n)d regular customer.", "Prepared for %(n)d regular customers.", told)
    messages.success(request, text % {"n": told})
    return redirect("supply:review", pk)
