"""For everybody: a question by link, and the page behind the code at the counter."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.care import actions, forms, queries, wording
from setia.care.actions.asking import LINK
from setia.care.models import Ask, Form, Source
from setia.care.rules import surveys as rules
from setia.care.views.surveys import SAY
from setia.core.errors import DomainError
from setia.shops import public
from setia.supply import queries as supply

QUESTIONS: dict[str, tuple[int, ...]] = {
    Form.SHORT: rules.SHORT,
    Form.FULL: tuple(range(1, 23)),
    Form.PREMISES: rules.PREMISES,
}


def _number(text: str, most: int) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 3 and int(text) <= most else None


def _context(form: str, posted: Any, **more: Any) -> dict[str, Any]:
    return {
        "form": form,
        "faces": wording.FACES,
        "tens": range(11),
        "fives": range(1, 6),
        "twice": form == Form.FULL,
        "items": [
            (number, wording.ITEMS[number], posted.get(f"p{number}", ""), posted.get(f"e{number}", ""))
            for number in QUESTIONS.get(form, ())
        ],
        "dimensions": [(name, label, posted.get(f"w-{name}", "")) for name, label in wording.DIMENSIONS.items()],
        "text": posted.get("text", ""),
        "score": posted.get("score", ""),
        **more,
    }


def _save(form: str, posted: Any, *, source: str, ask: Ask | None = None) -> None:
    items = {
        str(number): [
            _number(posted.get(f"e{number}", ""), 5) or None,
            _number(posted.get(f"p{number}", ""), 5) or None,
        ]
        for number in QUESTIONS.get(form, ())
        if posted.get(f"p{number}") or posted.get(f"e{number}")
    }
    weights = {name: _number(posted.get(f"w-{name}", ""), 100) or 0 for name in wording.DIMENSIONS}
    actions.answer(
        form=form,
        source=source,
        ask=ask,
        score=_number(posted.get("score", ""), 10) if form in (Form.CSAT, Form.NPS) else None,
        items=items,
        weights=weights if any(weights.values()) and form == Form.FULL else {},
        text=posted.get("text", ""),
        anonymous=posted.get("anonymous") == "1",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@public.door(LINK)
def ask(request: public.PublicRequest, token: str) -> HttpResponse:
    """A question to one customer: answered once, with or without their name."""
    row = queries.ask_by_id(request.object_id)
    if row is None:
        raise Http404
    context = {"shop": request.shop, "token": token, "named": True}
    if row.answers.exists():
        return render(request, "care/public_thanks.html", context)
    if request.method == "POST":
        try:
            _save(row.form, request.POST, source=Source.SURVEY, ask=row)
            return render(request, "care/public_thanks.html", context)
        except DomainError as error:
            filled = _context(row.form, request.POST, problem=str(error), **context)
            return render(request, "care/public_ask.html", filled, status=422)
    return render(request, "care/public_ask.html", _context(row.form, request.GET, **context))


@require_safe
@public.door(SAY)
def say(request: public.PublicRequest, token: str) -> HttpResponse:
    """How was it? What is missing? What was wrong? Nobody has to say who they are."""
    context = {
        "shop": request.shop,
        "token": token,
        "faces": wording.FACES,
        "complaint": forms.PublicComplaintForm(initial={"code": request.GET.get("code", "")[:20]}, prefix="c"),
        "wish": forms.PublicWishForm(prefix="w"),
        "thanks": request.GET.get("thanks", ""),
    }
    return render(request, "care/public_say.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@public.door(SAY)
def questions(request: public.PublicRequest, token: str, form: str) -> HttpResponse:
    """One of the forms, answered without a name."""
    if form not in Form.values:
        raise Http404
    context = {"shop": request.shop, "token": token, "named": False}
    if request.method != "POST":
        return render(request, "care/public_ask.html", _context(form, request.GET, **context))
    try:
        if queries.crowded():
            raise DomainError(_("Too many answers just now. Please try again in an hour."), code="crowded")
        _save(form, request.POST, source=Source.PAGE)
    except DomainError as error:
        filled = _context(form, request.POST, problem=str(error), **context)
        return render(request, "care/public_ask.html", filled, status=422)
    return render(request, "care/public_thanks.html", context)


def _again(request: public.PublicRequest, token: str, **given: Any) -> HttpResponse:
    context = {
        "shop": request.shop,
        "token": token,
        "faces": wording.FACES,
        "complaint": forms.PublicComplaintForm(prefix="c"),
        "wish": forms.PublicWishForm(prefix="w"),
    }
    return render(request, "care/public_say.html", context | given, status=422)


@require_POST
@public.door(SAY)
def complaint(request: public.PublicRequest, token: str) -> HttpResponse:
    """Something was not right."""
    form = forms.PublicComplaintForm(request.POST, prefix="c")
    if not form.is_valid():
        return _again(request, token, complaint=form)
    if queries.crowded_with_complaints():
        form.add_error(None, _("Too many answers just now. Please try again in an hour."))
        return _again(request, token, complaint=form)
    data = form.cleaned_data
    actions.open_complaint(
        kind=data["kind"],
        source=Source.PAGE,
        text=data["text"],
        contact=data["contact"],
        batch=supply.batch_by_code(data["code"]) if data["code"] else None,
    )
    return render(request, "care/public_thanks.html", {"shop": request.shop, "token": token, "sorry": True})


@require_POST
@public.door(SAY)
def wish(request: public.PublicRequest, token: str) -> HttpResponse:
    """A suggestion."""
    form = forms.PublicWishForm(request.POST, prefix="w")
    if not form.is_valid():
        return _again(request, token, wish=form)
    if queries.crowded_with_wishes():
        form.add_error(None, _("Too many answers just now. Please try again in an hour."))
        return _again(request, token, wish=form)
    actions.suggest(text=form.cleaned_data["text"], source=Source.PAGE)
    return render(request, "care/public_thanks.html", {"shop": request.shop, "token": token})
