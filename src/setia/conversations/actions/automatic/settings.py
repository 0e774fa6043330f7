"""Automatic messages as the owner wants them: on or off, their words, their hours."""

from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from setia.conversations import events as verbs
from setia.conversations import rules, texts
from setia.conversations.channels.whatsapp_cloud.bodies import LONGEST_TEXT
from setia.conversations.models import CARRIES_AT_FIRST, OFF_AT_FIRST, AutoReply, Carries
from setia.core import events
from setia.core.errors import DomainError


def enabled(trigger: str) -> tuple[bool, AutoReply | None]:
    """Whether an automatic message is on, and the owner's words for it if there are any."""
    row = AutoReply.objects.filter(trigger=trigger).first()
    return (row.enabled if row else trigger not in OFF_AT_FIRST), row


@transaction.atomic
def change_auto_reply(
    *,
    trigger: str,
    enabled: bool,
    text: str,
    text_english: str,
    hours_from: time | None = None,
    hours_until: time | None = None,
    carries: str = "",
) -> AutoReply:
    """Change an automatic message; an empty text means the built-in one, no hours means at any time. `carries`: how an
    answer about prices shows them, one of `Carries`.

    Raises DomainError for unknown braces, words too long, and hours of which only one is given.
    """
    wording = {"text": text.strip(), "text_english": text_english.strip()}
    for field, words in wording.items():
        _check(trigger, field, words)
        language = "en" if field == "text_english" else "id"
        if words.replace("\r\n", "\n") == texts.built_in(trigger, language):
            # Unchanged words follow the built-in ones when those get better.
            wording[field] = ""
    if (hours_from is None) != (hours_until is None) or (hours_from is not None and hours_from == hours_until):
        problem = _("Give both hours, from and until, or none.")
        raise DomainError(problem, code="hours", field="hours_until")
    if carries and (carries not in Carries.values or trigger not in CARRIES_AT_FIRST):
        raise DomainError(_("Choose one of the list."), code="carries", field="carries")
    more = {"hours_from": hours_from, "hours_until": hours_until, "carries": carries}
    row, _new = AutoReply.objects.update_or_create(trigger=trigger, defaults={"enabled": enabled, **wording, **more})
    events.record(
        verbs.AUTO_REPLY_CHANGED, subject=row, data={"trigger": trigger, "enabled": enabled, "own": bool(row.text)}
    )
    return row


@transaction.atomic
def reset_auto_reply(*, trigger: str) -> bool:
    """Back to Setia's own words and hours. False when nothing was the owner's."""
    gone, _rows = AutoReply.objects.filter(trigger=trigger).delete()
    if gone:
        events.record(verbs.AUTO_REPLY_CHANGED, data={"trigger": trigger, "reset": True})
    return bool(gone)


def _check(trigger: str, field: str, words: str) -> None:
    unknown = rules.placeholders(words) - set(texts.known(trigger))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in texts.known(trigger))
        problem = _("Setia does not know {%(name)s} here. You can use: %(known)s.")
        raise DomainError(problem % {"name": sorted(unknown)[0], "known": known}, code="placeholder", field=field)
    if len(words) > LONGEST_TEXT // 2:
        problem = _("Keep it under %(most)s characters: long automatic messages are not read.")
        raise DomainError(problem % {"most": LONGEST_TEXT // 2}, code="too_long", field=field)
