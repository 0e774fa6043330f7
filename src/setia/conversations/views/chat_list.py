"""The list of chats: filters, labels, search; what is new comes by itself."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from setia.conversations import queries, showing, threads
from setia.conversations.models import Message
from setia.conversations.notices import notice_words
from setia.conversations.views import sorting
from setia.core import clock
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may

FOUND_MESSAGES: Final = 20


@require_GET
@door(Right.CHAT, section="chat")
def chat_list(request: ShopRequest) -> HttpResponse:
    """All chats, newest first. Asked with the stamp it showed last, the answer is 204 while nothing is new."""
    stamp = queries.stamp()
    if request.GET.get("stamp") == stamp:
        return HttpResponse(status=204)
    context = _list(request) | {"stamp": stamp, "unread_chats": queries.unread_count()}
    if request.htmx:
        return render(request, "conversations/_list.html", context)
    return render(request, "conversations/chats.html", context)


def _list(request: ShopRequest) -> dict[str, Any]:
    show, wanted = request.GET.get("show", "all"), request.GET.get("label", "")
    show, query = show if show in queries.SHOWS else "all", request.GET.get("q", "").strip()[:80]
    labels = queries.labels()
    label = next((one for one in labels if str(one.pk) == wanted), None)
    rows = queries.chat_list(
        show=show,
        query=query,
        label=label.pk if label else None,
        member_id=request.member.pk,
        before=_moment(request.GET.get("before")),
    )
    marks = queries.labels_of([chat.pk for chat in rows]) if labels and rows else {}
    open_chat = request.GET.get("open", "")
    return {
        "chats": [
            (
                chat,
                showing.line(chat.last_kind, chat.last_text),
                showing.icon_of(chat.last_kind),
                marks.get(chat.pk, ()),
                sorting.moment(chat.snoozed_until) if chat.snoozed_until and chat.snoozed_until > clock.now() else "",
            )
            for chat in rows
        ],
        "found": _found(query),
        "show": show,
        "query": query,
        "label": label,
        "labels": labels,
        "counts": queries.counts(request.member.pk),
        "more": rows[-1].sorted_at if len(rows) == queries.PAGE and show not in ("waiting", "snoozed") else None,
        "open_chat": int(open_chat) if open_chat.isdecimal() else None,
        "notices": [(notice, notice_words(notice)) for notice in queries.notices()],
        "by_hand": queries.by_hand_count(),
        "connected": queries.channels().exists(),
        "manages": may(request.member.role, Right.MANAGE),
    }


def _found(query: str) -> list[tuple[Message, list[tuple[str, bool]]]]:
    """Messages with the words that are looked for, each with an excerpt in which they are marked."""
    if not query:
        return []
    return [(row, showing.excerpt(row.text, query)) for row in threads.find_messages(query, limit=FOUND_MESSAGES)]


def _moment(text: str | None) -> datetime | None:
    try:
        found = parse_datetime(text or "")
    except ValueError:
        return None
    return found if found and found.tzinfo else None
