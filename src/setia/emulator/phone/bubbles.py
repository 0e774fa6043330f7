"""One message as the customer sees it."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from setia.emulator.inbound import replies
from setia.emulator.log import Message
from setia.emulator.phone.view import View

LINK = re.compile(r"https?://[^\s<]+[^\s<.,;:!?)\]}'\"]")
STYLES = ((r"\*(\S(?:[^*\n]*\S)?)\*", "b"), (r"(?<!\w)_(\S(?:[^_\n]*\S)?)_(?!\w)", "i"), (r"~(\S(?:[^~\n]*\S)?)~", "s"))
FACE = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8.5"/>'
    '<path d="M8.5 14c1.6 2.3 5.4 2.3 7 0M9.5 9.7v.1M14.5 9.7v.1"/></svg>'
)
EMOJI = ("👍", "❤️", "🙏", "😂")


def bubble(view: View, message: Message) -> str:
    """The list item of a message, with its day when it is the first of that day's."""
    side = "me" if message.direction == "in" else "shop"
    body = f'<p class="gone">{view.word("deleted")}</p>' if message.revoked else content(view, message)
    parts = (quote(view, message), body, foot(view, message, side), badges(message))
    inner = "".join(part for part in parts if part)
    more = react(view, message) if side == "shop" and not message.revoked else ""
    return (
        f'<li class="msg msg--{side}" id="m{message.seq}" data-day="{view.day(message.at)}">'
        f'<div class="bubble">{inner}</div>{more}</li>'
    )


def content(view: View, message: Message) -> str:
    """The inside, by type."""
    body = message.content
    if message.type == "template":
        return template(view, message)
    if message.type == "interactive":
        return interactive(view, message, body) if message.direction != "in" else text(chosen(body))
    if message.type in ("image", "sticker", "video", "audio", "document"):
        return medium(view, message.type, body)
    simple = {
        "text": lambda: text(body.get("body", "")),
        "button": lambda: text(body.get("text", "")),
        "location": lambda: place(view, body),
        "contacts": lambda: card(view.word("contact"), ", ".join(c["name"]["formatted_name"] for c in body)),
        "order": lambda: card(view.word("order"), order_lines(body)),
    }
    return simple.get(message.type, lambda: f'<p class="gone">{view.word("unsupported")}</p>')()


def text(value: str) -> str:
    """Escaped text with links and the chat's *bold*, _italic_, ~struck~."""
    done, last = [], 0
    for found in LINK.finditer(value):
        done += [styled(value[last : found.start()]), link(found[0], found[0])]
        last = found.end()
    return f'<p class="text">{"".join(done)}{styled(value[last:])}</p>'


def styled(value: str) -> str:
    """Inline styles of one stretch of text."""
    value = escape(value)
    for pattern, tag in STYLES:
        value = re.sub(pattern, rf"<{tag}>\1</{tag}>", value)
    return value


def link(url: str, label: str, kind: str = "") -> str:
    """A link that leaves the phone."""
    away = 'target="_blank" rel="noopener noreferrer"'
    return f'<a class="{kind or "link"}" href="{escape(url)}" {away}>{escape(label)}</a>'


def medium(view: View, kind: str, body: dict[str, Any]) -> str:
    """A picture, a sound or a paper, with its caption."""
    source = body.get("link") or f"/phone-media/{body.get('id', '')}"
    name = body.get("filename") or view.word({"audio": "sound", "video": "video"}.get(kind, "document"))
    shown = {
        "image": f'<img class="photo" src="{escape(source)}" alt="{view.word("picture")}">',
        "sticker": f'<img class="sticker" src="{escape(source)}" alt="">',
        "audio": f'<audio controls preload="none" src="{escape(source)}"></audio>',
        "video": f'<video controls preload="none" src="{escape(source)}"></video>',
    }.get(kind, link(source, name, "file"))
    return shown + (text(body["caption"]) if body.get("caption") else "")


def place(view: View, body: dict[str, Any]) -> str:
    """A spot on the map."""
    spot = f"{float(body['latitude']):.4f}, {float(body['longitude']):.4f}"
    lines = [body.get("name") or view.word("place"), body.get("address") or spot]
    return f'<p class="spot">{escape(lines[0])}<small>{escape(lines[1])}</small></p>'


def card(title: str, body: str) -> str:
    """A small titled block."""
    return f'<p class="text"><b>{title}</b><br>{escape(body)}</p>'


def order_lines(body: dict[str, Any]) -> str:
    """The items of an order in one line."""
    return ", ".join(f"{item['quantity']} × {item['product_retailer_id']}" for item in body.get("product_items", []))


def chosen(body: dict[str, Any]) -> str:
    """The title of a tapped button or row."""
    reply = body.get(body.get("type", ""), {})
    return reply.get("title") or reply.get("body") or ""


def template(view: View, message: Message) -> str:
    """A template as it was filled in."""
    shown = message.shown or {}
    head, rows = shown.get("header", {}), []
    parts = [f"<h3>{escape(head['text'])}</h3>"] if head.get("text") else []
    parts += [medium(view, kind, head[kind]) for kind in ("image", "video", "document") if kind in head]
    parts.append(text(shown.get("body", "")))
    if shown.get("footer"):
        parts.append(f"<small>{escape(shown['footer'])}</small>")
    for button in shown.get("buttons", []):
        if button["type"] == "QUICK_REPLY":
            rows.append(tap(view, message, button["payload"], button["text"]))
        elif button["type"] == "REQUEST_CONTACT_INFO":
            rows.append(act(view, "share_phone", view.word("share_phone")))
        elif button.get("url"):
            rows.append(link(button["url"], button["text"], "choice"))
        elif button["type"] == "PHONE_NUMBER":
            rows.append(f'<span class="choice">{escape(button["text"])}</span>')
    return "".join(parts) + choices(rows)


def interactive(view: View, message: Message, body: dict[str, Any]) -> str:
    """Header, body, footer, and what can be tapped."""
    head, action, kind = body.get("header") or {}, body["action"], body["type"]
    parts = [f"<h3>{escape(head['text'])}</h3>"] if head.get("text") else []
    parts += [medium(view, form, head[form]) for form in ("image", "video", "document") if form in head]
    parts.append(text((body.get("body") or {}).get("text", "")))
    if body.get("footer"):
        parts.append(f"<small>{escape(body['footer']['text'])}</small>")
    if kind == "list":
        return "".join(parts) + listing(view, message, action)
    return "".join(parts) + choices(buttons(view, message, kind, action))


def buttons(view: View, message: Message, kind: str, action: dict[str, Any]) -> list[str]:
    """The buttons of an interactive message."""
    values = action.get("parameters", {})
    if kind == "button":
        return [tap(view, message, reply["id"], reply["title"]) for _, reply in replies(message)]
    if kind == "cta_url":
        return [link(values["url"], values["display_text"], "choice")]
    if kind == "location_request_message":
        return [act(view, "location", view.word("share_location"))]
    if kind == "request_contact_info":
        return [act(view, "share_phone", view.word("share_phone"))]
    if kind == "flow":
        return [f'<span class="choice">{escape(values["flow_cta"])}</span>']
    return [act(view, "order", f"{view.word('order_one')} {escape(sku)}", sku) for sku in products(action)]


def products(action: dict[str, Any]) -> list[str]:
    """Every product code a message offers."""
    found = [action["product_retailer_id"]] if "product_retailer_id" in action else []
    found += [item["product_retailer_id"] for s in action.get("sections", []) for item in s.get("product_items", [])]
    found += [sku for sku in [action.get("parameters", {}).get("thumbnail_product_retailer_id")] if sku]
    found += [c["action"]["product_retailer_id"] for c in action.get("cards", []) if "action" in c]
    return found


def listing(view: View, message: Message, action: dict[str, Any]) -> str:
    """A list opens in place; each row is a button."""
    rows = []
    for section in action["sections"]:
        if section.get("title"):
            rows.append(f"<h4>{escape(section['title'])}</h4>")
        for row in section["rows"]:
            more = f"<small>{escape(row['description'])}</small>" if row.get("description") else ""
            rows.append(tap(view, message, row["id"], row["title"], more))
    return (
        f'<details class="list"><summary class="choice">{escape(action["button"])}</summary>{"".join(rows)}</details>'
    )


def choices(rows: list[str]) -> str:
    """Buttons below a message."""
    return f'<div class="choices">{"".join(rows)}</div>' if rows else ""


def tap(view: View, message: Message, choice: str, label: str, more: str = "") -> str:
    """A button that answers this message."""
    fields = f'<input type="hidden" name="message" value="{escape(message.id)}">'
    return form(
        view,
        "tap",
        f'{fields}<button class="choice" name="choice" value="{escape(choice)}">{escape(label)}{more}</button>',
    )


def act(view: View, kind: str, label: str, value: str = "") -> str:
    """A button that does something of its own."""
    return form(view, kind, f'<button class="choice" name="value" value="{escape(value)}">{label}</button>')


def form(view: View, kind: str, inner: str) -> str:
    """A form posted to this phone."""
    target = escape(view.address(view.user, "messages")) if view.user else ""
    return f'<form method="post" action="{target}"><input type="hidden" name="kind" value="{kind}">{inner}</form>'


def react(view: View, message: Message) -> str:
    """The small emoji menu beside a message of the shop."""
    fields = f'<input type="hidden" name="message" value="{escape(message.id)}">'
    offered = "".join(f'<button name="emoji" value="{emoji}">{emoji}</button>' for emoji in EMOJI)
    if "in" in message.reactions:
        offered += f'<button name="emoji" value="" aria-label="{view.word("unreact")}">×</button>'
    inner = f'<summary aria-label="{view.word("react")}">{FACE}</summary>{form(view, "reaction", fields + offered)}'
    return f'<details class="react">{inner}</details>'


def quote(view: View, message: Message) -> str:
    """The message this one answers."""
    context = message.context or {}
    target = view.engine.log.get(context.get("id") or context.get("message_id") or "")
    if target is None or (message.type in ("interactive", "button") and message.direction == "in"):
        return ""
    words = snippet(view, target)
    return f'<p class="quote"><span class="hidden">{view.word("quoted")}: </span>{escape(words)}</p>'


def foot(view: View, message: Message, side: str) -> str:
    """Time, "edited", and the customer's ticks."""
    edited = f"{view.word('edited')} · " if message.edited else ""
    strokes = ticks(view, message) if side == "me" else ""
    return f'<p class="foot">{edited}<time>{view.hour(message.at)}</time>{strokes}</p>'


def ticks(view: View, message: Message) -> str:
    """One stroke: sent. Two: the shop's system has it. Coloured: the shop has read it."""
    state = "read" if "read" in message.statuses else "delivered" if "delivered" in message.statuses else "sent"
    second = "" if state == "sent" else '<path d="m9 10.5 1.2 1.200L17 4.5"/>'
    strokes = f'<path d="m3 8.5 3.2 3.2L12.5 4.5"/>{second}'
    label = f'role="img" aria-label="{view.word(state)}"'
    return f'<svg class="ticks ticks--{state}" viewBox="0 0 20 16" {label}>{strokes}</svg>'


def badges(message: Message) -> str:
    """Reactions of both sides."""
    if not message.reactions:
        return ""
    return f'<p class="badges">{"".join(f"<span>{escape(e)}</span>" for e in message.reactions.values())}</p>'


def snippet(view: View, message: Message) -> str:
    """A message in a few words, for the list and for quotes (not escaped)."""
    body = message.content
    if message.revoked:
        return view.word("deleted")
    if message.type == "template":
        return str((message.shown or {}).get("body", ""))
    if message.type == "interactive":
        return chosen(body) if message.direction == "in" else str((body.get("body") or {}).get("text", ""))
    if message.type in ("text", "button"):
        return re.sub(r"[*_~](\S[^*_~\n]*)[*_~]", r"\1", str(body.get("body") or body.get("text", "")))
    names = {"image": "picture", "audio": "sound", "video": "video", "location": "place", "contacts": "contact"}
    names |= {"document": "document", "order": "order", "sticker": "picture"}
    return view.word(names.get(message.type, "unsupported"))
