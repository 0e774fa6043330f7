"""The pages: the list of customers, and one customer's phone."""

from __future__ import annotations

from html import escape

from setia.emulator.phone.bubbles import bubble, form, snippet
from setia.emulator.phone.view import View, initials
from setia.emulator.users import User

SHOWN = 60
PLUS = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M5 12h14"/></svg>'
SEND = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 12 20 4l-5 16-3-6.500z"/></svg>'
BACK = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m14 5-7 7 7 7"/></svg>'
PLATE = (
    '<svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="14"/>'
    '<path d="M9 18c2.5 4 11.5 4 14 0"/><path d="M11.5 12v.1M20.5 12v.1"/></svg>'
)


def frame(view: View, title: str, body: str, kind: str) -> str:
    """A whole document."""
    return (
        f'<!doctype html><html lang="{view.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1,interactive-widget=resizes-content">'
        f"<title>{title}</title>"
        '<link rel="stylesheet" href="/static/phone.css"><link rel="icon" href="/static/icon.svg">'
        f'<script src="/static/phone.js" defer></script></head><body class="{kind}">{body}</body></html>'
    )


def people_page(view: View, query: str) -> str:
    """The picker alone; on a desk with an empty phone beside it."""
    empty = (
        f'<main class="phone phone--empty">{PLATE}<h2>{view.word("pick")}</h2><p>{view.word("pick_hint")}</p></main>'
    )
    return frame(view, view.word("title"), picker(view, query, None) + empty, "at-people")


def chat_page(view: View, user: User, query: str) -> str:
    """One customer's phone; on a desk with the picker beside it."""
    return frame(view, escape(user.name or user.key), picker(view, query, user) + chat(view, user), "at-chat")


def picker(view: View, query: str, active: User | None) -> str:
    """Search and list."""
    other = "en" if view.lang == "id" else "id"
    label, key = view.word("search"), escape(active.key if active else "")
    field = f'<input id="q" name="q" type="search" placeholder="{label}" value="{escape(query)}" autocomplete="off">'
    return (
        f'<nav class="picker" aria-label="{view.word("pick")}"><header><h1>{view.word("title")}</h1>'
        f'<a class="lang" href="?lang={other}" hreflang="{other}" lang="{other}">{view.word("other_language")}</a>'
        f'</header><form class="search" method="get" action="/" role="search">'
        f'<label class="hidden" for="q">{label}</label>{field}</form>'
        f'<ul class="people" data-active="{key}" data-number="{escape(view.number.id)}">'
        f"{people(view, query, active)}</ul></nav>"
    )


def people(view: View, query: str, active: User | None) -> str:
    """The rows: recent chats first, then by name; at most SHOWN of them."""
    found = [user for user in view.engine.users if matches(user, query)]
    if not found:
        return f'<li class="nobody">{view.word("nobody" if len(view.engine.users) else "empty_world")}</li>'
    last = {user.key: view.engine.log.chat(view.number.id, user.key)[-1:] for user in found}
    found.sort(key=lambda user: (-last[user.key][0].at if last[user.key] else 0.0, user.name.lower(), user.key))
    rows = [person(view, user, user is active) for user in found[:SHOWN]]
    if len(found) > SHOWN:
        rows.append(f'<li class="nobody">{view.word("more").format(count=len(found) - SHOWN)}</li>')
    return "".join(rows)


def matches(user: User, query: str) -> bool:
    """Part of the name, the phone or the username."""
    words = query.lower().split()
    hay = f"{user.name} {user.phone or ''} 0{(user.phone or '')[2:]} {user.username or ''} {user.note}".lower()
    return all(word in hay for word in words)


def person(view: View, user: User, active: bool) -> str:
    """One row: face, name, last words, time, how many unread."""
    chat = view.visible(user)
    last, unread = chat[-1:], sum(1 for m in chat if m.direction == "out" and "read" not in m.statuses)
    words = escape(snippet(view, last[0])) if last else escape(user.note or address(view, user))
    when = ""
    if last:
        today = view.day(last[0].at) == view.word("today")
        when = f"<time>{view.hour(last[0].at) if today else view.day(last[0].at)}</time>"
    count = f'<span class="unread">{unread}</span>' if unread else ""
    current = ' aria-current="page"' if active else ""
    face = f'<span class="face" data-hue="{hue(user)}">{escape(initials(user.name))}</span>'
    who = f'<span class="who"><b>{escape(user.name or address(view, user))}</b><small>{words}</small></span>'
    return (
        f'<li><a href="{escape(view.address(user))}"{current}>{face}{who}'
        f'<span class="when">{when}{count}</span></a></li>'
    )


def hue(user: User) -> int:
    """One of six colours, always the same for a person."""
    return sum(user.key.encode()) % 6


def address(view: View, user: User) -> str:
    """The phone with spaces, or the username, or that there is none (not escaped)."""
    if user.phone:
        digits = user.phone
        return f"+{digits[:2]} {digits[2:5]} {digits[5:9]} {digits[9:]}".strip()
    return f"@{user.username}" if user.username else view.word("no_phone")


def chat(view: View, user: User) -> str:
    """The phone: who is at the other end, the messages, the composer."""
    number, revision = view.number, view.engine.log.revision
    places = f'data-feed="{escape(view.address(user, "feed"))}" data-seen="{escape(view.address(user, "seen"))}"'
    return (
        f'<main class="phone" {places} data-revision="{revision}">'
        f'<header class="bar"><a class="back" href="/" aria-label="{view.word("back")}">{BACK}</a>'
        f'<span class="shop">{PLATE}</span><div class="peer"><b>{escape(number.verified_name or view.word("shop"))}</b>'
        f'<small class="presence">{presence(view, user)}</small></div>{shops(view, user)}'
        f'<div class="clock"><b class="now">{view.hour(view.engine.clock.now())}</b>{clock_note(view)}</div></header>'
        f'<ol class="chat" id="chat" aria-live="polite"><li class="hint">{view.word("hint")}</li>'
        f'{messages(view, user) or empty(view)}<li id="end"></li></ol>{composer(view, user)}</main>'
    )


def messages(view: View, user: User) -> str:
    """The conversation with a line for each new day."""
    rows, day = [], ""
    for message in view.visible(user):
        if view.day(message.at) != day:
            day = view.day(message.at)
            rows.append(f'<li class="day">{day}</li>')
        rows.append(bubble(view, message))
    return "".join(rows)


def empty(view: View) -> str:
    """A chat that has not begun."""
    return f'<li class="hint hint--empty">{view.word("empty_chat")}</li>'


def shops(view: View, user: User) -> str:
    """The other shops, when there are any."""
    others = [n for n in view.engine.accounts.numbers.values() if n.id != view.number.id]
    if not others:
        return ""
    links = "".join(
        f'<a href="/phone/{escape(user.key)}?number={n.id}">{escape(n.verified_name or n.display)}</a>' for n in others
    )
    summary = f'<summary aria-label="{view.word("shop")}">{BACK}</summary>'
    return f'<details class="menu shops">{summary}<div>{links}</div></details>'


def clock_note(view: View) -> str:
    """Whose time this is."""
    return f"<small>{view.word('virtual')}</small>" if not view.engine.clock.realtime else ""


def presence(view: View, user: User) -> str:
    """What stands under the shop's name."""
    window = view.engine.windows.of(view.number.id, user.key)
    if view.engine.clock.now() < window.typing_until:
        return f"<em>{view.word('typing')}</em>"
    note = f" · {view.word('marketing_off')}" if user.marketing_stopped else ""
    return view.word("business") + note


def composer(view: View, user: User) -> str:
    """Write, attach, send."""
    target = escape(view.address(user, "messages"))
    wish = "resume" if user.marketing_stopped else "stop"
    extras = "".join(
        form(view, kind, f'<button name="value" value="{value}">{view.word(label)}</button>')
        for kind, value, label in (
            ("image", "", "sample"),
            ("location", "", "location"),
            ("stop", "", "stop"),
            ("preference", wish, f"{wish}_marketing"),
        )
    )
    upload = (
        f'<form class="upload" method="post" enctype="multipart/form-data" action="{target}">'
        f'<input type="hidden" name="kind" value="upload"><label for="file">{view.word("upload")}</label>'
        f'<input id="file" type="file" name="file" required accept="image/*,application/pdf">'
        f"<button>{view.word('send')}</button></form>"
    )
    field = f'rows="1" required maxlength="4096" placeholder="{view.word("write")}"'
    return (
        f'<footer class="composer"><details class="menu attach">'
        f'<summary aria-label="{view.word("attach")}">{PLUS}</summary><div>{extras}{upload}</div></details>'
        f'<form class="write" method="post" action="{target}"><input type="hidden" name="kind" value="text">'
        f'<label class="hidden" for="text">{view.word("write")}</label>'
        f'<textarea id="text" name="text" {field}></textarea>'
        f'<button class="send" aria-label="{view.word("send")}">{SEND}</button></form></footer>'
    )
