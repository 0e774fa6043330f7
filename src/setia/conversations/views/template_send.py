"""Send an approved template from a chat whose 24 hours are over."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from setia.conversations import actions, queries, templating, texts
from setia.conversations.access import get_conversation
from setia.core import ids
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right


@require_http_methods(["GET", "POST"])
@door(Right.CHAT, section="chat")
def send(request: ShopRequest, pk: int) -> HttpResponse:
    """From a chat whose 24 hours are over: choose a template, fill in what is open, send."""
    chat = get_conversation(request, pk)
    offered = [row for row in queries.templates() if row.sendable]
    wanted = request.POST.get("template") or request.GET.get("template") or ""
    chosen = next((row for row in offered if str(row.pk) == wanted), None)
    problem, values = "", {name: value for name, value in request.POST.items() if name not in ("template", "key")}
    if request.method == "POST" and chosen:
        try:
            actions.send_template(
                customer=chat.customer,
                template=chosen,
                values={
                    name: value
                    for name, value in values.items()
                    if name in templating.variables(chosen.header + chosen.body) and value
                },
                purpose="promotion" if chosen.category == "marketing" else "reply",
                reference=request.POST.get("key", ""),
                sent_by=request.member,
                conversation=chat,
            )
        except DomainError as error:
            problem = str(error)
        else:
            return redirect("conversations:thread", pk)
    known = texts.values_for(chat.customer)
    context = {
        "conversation": chat,
        "offered": offered,
        "chosen": chosen,
        "heading": templating.fill(chosen.header, known) if chosen else "",
        "words": templating.fill(chosen.body, known) if chosen else "",
        "open": [
            (name, values.get(name, ""))
            for name in templating.variables(f"{chosen.header} {chosen.body}")
            if name not in known
        ]
        if chosen
        else [],
        "problem": problem,
        "key": request.POST.get("key") or ids.public_token(),
    }
    return render(request, "conversations/template_send.html", context, status=422 if problem else 200)
