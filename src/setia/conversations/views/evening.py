"""The evening check: chats that deserve a look, one by one; and how quickly customers were answered."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setia.conversations import actions, evening, queries, service, threads
from setia.conversations.access import get_conversation
from setia.conversations.inbox_forms import ReviewForm
from setia.conversations.models import Conversation, ServiceReview
from setia.conversations.views.chats import days
from setia.conversations.views.sorting import say_with_undo
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.charts import bars
from setia.web.forms import refusals

# The page looks back so far.
OLDEST = timedelta(days=60)


@require_GET
@door(Right.CHAT, section="chat")
def check(request: ShopRequest) -> HttpResponse:
    """The check of a day for whoever manages the shop; a member sees their own results only."""
    manages = may(request.member.role, Right.MANAGE)
    day, today = _day(request), request.shop.today()
    days_back = 30 if request.GET.get("days") == "30" else 7
    times = evening.times(days_back, member=None if manages else request.member)
    since = today - timedelta(days=days_back - 1)
    context = {
        "manages": manages,
        "day": day,
        "before": day - timedelta(days=1) if today - day < OLDEST else None,
        "after": day + timedelta(days=1) if day < today else None,
        "today": today,
        "days_back": days_back,
        "cases": evening.cases(day) if manages else [],
        "slow_after": queries.chat_tools().slow_after,
        "times": times,
        "hours": _bars((f"{hour:02d}", row) for hour, row in _hours(times)),
        "by_day": _bars((f"{when:%d}", row) for when, row in sorted(times.by_day.items())),
        "reviews": evening.reviews_for(None if manages else request.member, since=since),
    }
    return render(request, "conversations/evening.html", context)


def _bars(rows: Iterable[tuple[str, service.Typical]]) -> list[Any]:
    return bars([(label, row.minutes, str(row.minutes) if row.count else "", "") for label, row in rows])


def _hours(times: evening.Times) -> list[tuple[int, service.Typical]]:
    """Every hour from the first to the last in which somebody asked."""
    if not times.hours:
        return []
    none = service.Typical(0, 0)
    return [(hour, times.hours.get(hour, none)) for hour in range(min(times.hours), max(times.hours) + 1)]


def _day(request: ShopRequest) -> date:
    """The day asked for, within what the page shows; today without one. 404 for what is no day."""
    text, today = request.GET.get("day", ""), request.shop.today()
    if not text:
        return today
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or day > today or today - day > OLDEST:
        raise Http404
    return day


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="chat")
def case(request: ShopRequest, pk: int) -> HttpResponse:
    """One chat of a day: what was written, how long it took, and the judgement."""
    chat, day = get_conversation(request, pk), _day(request)
    found = evening.cases(day)
    index = next((number for number, one in enumerate(found) if one.conversation.pk == pk), None)
    one = found[index] if index is not None else evening.Case(chat, review=evening.review_of(chat, day))
    form = ReviewForm(request.POST or None, members=queries.writers(), initial=_initial(one))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.review_service(conversation=chat, day=day, by=request.member, **form.review())
            return _on(request, found, pk, day)
    context = {
        "conversation": chat,
        "case": one,
        "form": form,
        "day": day,
        "days": days(_of_day(request, chat, day)),
        "number": None if index is None else index + 1,
        "of": len(found),
        "before": found[index - 1].conversation.pk if index else None,
        "after": found[index + 1].conversation.pk if index is not None and index + 1 < len(found) else None,
    }
    return render(request, "conversations/evening_case.html", context, status=422 if form.errors else 200)


def _initial(one: evening.Case) -> dict[str, Any]:
    if one.review:
        row: ServiceReview = one.review
        return {"stars": row.stars, "verdict": row.verdict, "note": row.note, "member": row.member_id or ""}
    return {"member": one.members[0] if len(one.members) == 1 else ""}


def _of_day(request: ShopRequest, chat: Conversation, day: date) -> list[Any]:
    start, end = service.day_span(day, request.shop.zone)
    return threads.between(chat, start - timedelta(hours=12), end)


def _on(request: ShopRequest, found: list[evening.Case], pk: int, day: date) -> HttpResponse:
    """To the next chat that was not judged, else back to the check."""
    text = _("Judged.")
    say_with_undo(request, text, reverse("conversations:review_withdrawal", args=[pk]) + f"?day={day}")
    left = [one.conversation.pk for one in found if one.review is None and one.conversation.pk != pk]
    where = reverse("conversations:evening_case", args=[left[0]]) if left else reverse("conversations:evening")
    return redirect(f"{where}?day={day}")


@require_POST
@door(Right.MANAGE, section="chat")
def withdraw(request: ShopRequest, pk: int) -> HttpResponse:
    """Take a judgement back."""
    chat, day = get_conversation(request, pk), _day(request)
    if row := evening.review_of(chat, day):
        actions.withdraw_review(review=row)
        messages.success(request, _("The judgement is taken back."))
    return redirect(reverse("conversations:evening_case", args=[pk]) + f"?day={day}")
