"""Message templates: written here, judged by WhatsApp, sent by name of their variables."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from setia.conversations import events as verbs
from setia.conversations import templating
from setia.conversations.models import (
    MessageTemplate,
    TemplateCategory,
    TemplateStatus,
)
from setia.conversations.templating import Wrong
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop

# WhatsApp's many words for the state of a template, in ours.
STATES: Final = {
    "APPROVED": TemplateStatus.APPROVED,
    "REINSTATED": TemplateStatus.APPROVED,
    "FLAGGED": TemplateStatus.APPROVED,
    "UNARCHIVED": TemplateStatus.APPROVED,
    "PENDING": TemplateStatus.PENDING,
    "IN_APPEAL": TemplateStatus.PENDING,
    "REJECTED": TemplateStatus.REJECTED,
    "PAUSED": TemplateStatus.PAUSED,
    "DISABLED": TemplateStatus.DISABLED,
    "LOCKED": TemplateStatus.DISABLED,
    "ARCHIVED": TemplateStatus.DISABLED,
    "LIMIT_EXCEEDED": TemplateStatus.REJECTED,
    "PENDING_DELETION": TemplateStatus.DELETED,
    "DELETED": TemplateStatus.DELETED,
}

# WhatsApp keeps files for thirty days.
PICTURE_KEPT: Final = timedelta(days=25)


@transaction.atomic
def save_template(
    *,
    template: MessageTemplate | None,
    title: str,
    language: str,
    category: str,
    header: str = "",
    body: str,
    footer: str = "",
    buttons: Sequence[Mapping[str, str]] = (),
    picture: str | None = None,
) -> MessageTemplate:
    """Write a template, or change one that WhatsApp may still be asked about. Nothing is submitted yet.

    `buttons`: each with `type` (reply, url, phone), `text`, `value`, and perhaps `row` for where to say what is wrong;
    `picture`: the path of a kept file that stands above the text, empty for none, None for the one it has.

    Raises DomainError with the field for everything WhatsApp would refuse.
    """
    parts: dict[str, Any] = {"header": header.strip(), "body": body.strip(), "footer": footer.strip()}
    picture = (template.picture if template else "") if picture is None else picture
    for wrong in templating.check(**parts, buttons=buttons, pictured=bool(picture)):
        raise DomainError(_words(wrong), code=wrong.code, field=_field(wrong))
    if category not in TemplateCategory.values or category == TemplateCategory.AUTHENTICATION:
        raise DomainError(_("Choose one of the list."), code="category", field="category")
    if template is None:
        name = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:60]
        if not name:
            raise DomainError(_("Give it a name."), code="name", field="title")
        if MessageTemplate.objects.filter(name=name, language=language).exclude(status=TemplateStatus.DELETED).exists():
            raise DomainError(_("There is a template of this name already."), code="known", field="title")
        MessageTemplate.objects.filter(name=name, language=language).delete()
        template = MessageTemplate(name=name, language=language)
    template.category = category
    template.buttons = [{name: one.get(name, "") for name in ("type", "text", "value")} for one in buttons]
    if template.picture != picture:
        template.picture, template.picture_id, template.picture_until = picture, "", None
    for name, text in parts.items():
        setattr(template, name, text)
    template.examples = {one: example(one) for one in templating.variables(f"{template.header} {template.body}")}
    template.save()
    _record(template, "written")
    return template


def _field(wrong: Wrong) -> str | None:
    """Which field of the form says it."""
    if wrong.field == "buttons":
        return None
    return f"{wrong.field}_value" if wrong.code in ("address", "whatsapp", "phone") else wrong.field


def _words(wrong: Wrong) -> str:
    words = {
        "long": _("At most %(about)s characters."),
        "empty": _("Write something first."),
        "edge": _("Do not begin or end with a name in braces: put a word before and after it."),
        "adjacent": _("Put words between two names in braces."),
        "name": _("Names in braces have small letters only, like {name}: look at %(about)s."),
        "several": _("Only one name in braces fits here."),
        "variable": _("No names in braces here."),
        "both": _("Either a heading in words or a picture, not both."),
        "many": _("At most %(about)s buttons."),
        "many_reply": _("At most %(about)s buttons to answer with."),
        "many_url": _("At most %(about)s buttons that open a page."),
        "many_phone": _("Only one button may call a number."),
        "mixed": _("Put the buttons to answer with next to each other, before or after the others."),
        "twice": _("Each button needs other words."),
        "address": _("Write the whole address of the page, beginning with https://. No names in braces."),
        "whatsapp": _("WhatsApp takes no links to WhatsApp on buttons. Use a button to answer with."),
        "phone": _("Write a phone number, with the country's in front: +62…"),
    }
    return words[wrong.code] % {"about": wrong.about}


def example(name: str) -> str:
    """What WhatsApp's reviewers read in place of a variable."""
    known = {
        "name": "Bu Ratna",
        "shop": current_shop().name,
        "order": "#128",
        "items": "2 Keju isi 10",
        "day": "Sabtu, 5 Desember",
        "time": "09.00",
        "total": "Rp48.000",
        "balance": "Rp28.000",
    }
    return known.get(name, name.replace("_", " "))


def _record(template: MessageTemplate, change: str) -> None:
    data = {"name": template.name, "change": change, "status": str(template.status)}
    events.record(verbs.TEMPLATE_CHANGED, subject=template, data=data)


@transaction.atomic
def note_submitted(*, template: MessageTemplate, waba_id: str, answer: Mapping[str, Any]) -> MessageTemplate:
    """WhatsApp has it and looks at it."""
    template.waba_id = waba_id
    template.meta_id = str(answer.get("id") or template.meta_id)
    template.status = STATES.get(str(answer.get("status") or "PENDING").upper(), TemplateStatus.PENDING)
    category = str(answer.get("category") or "").lower()
    template.category = category if category in TemplateCategory.values else template.category
    template.reason = template.advice = ""
    template.told_at = clock.now()
    template.save()
    _record(template, "submitted")
    return template


@transaction.atomic
def note_template_news(*, waba_id: str, data: Mapping[str, Any]) -> bool:
    """WhatsApp judged a template, its quality or its category (webhook). False for one that is not kept here."""
    rows = MessageTemplate.objects.select_for_update().filter(
        name=data.get("message_template_name"), language=data.get("message_template_language")
    )
    template = rows.filter(waba_id__in=("", waba_id)).first()
    if template is None:
        return False
    if event := str(data.get("event") or "").upper():
        template.status = STATES.get(event, template.status)
        reason = str(data.get("reason") or "")
        template.reason = "" if reason == "NONE" else reason[:60]
        info = data.get("rejection_info") or data.get("other_info") or {}
        template.advice = str(info.get("recommendation") or info.get("description") or "")[:300]
    template.quality = str(data.get("new_quality_score") or template.quality)[:10]
    category = str(data.get("new_category") or "").lower()
    if category in TemplateCategory.values and not data.get("correct_category"):
        template.category = category
    template.told_at = clock.now()
    template.save()
    _record(template, "judged")
    return True


@transaction.atomic
def sync_templates(*, waba_id: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Bring in what WhatsApp lists; templates of ours that it no longer has are gone. Returns how many there are."""
    seen = set()
    for row in rows:
        name, language = str(row.get("name") or "")[:60], str(row.get("language") or "")[:10]
        if not name:
            continue
        parts = templating.read(row)
        pictured = parts.pop("pictured")
        quality = (row.get("quality_score") or {}).get("score") if isinstance(row.get("quality_score"), dict) else ""
        category = str(row.get("category") or "").lower()
        reason = str(row.get("rejected_reason") or "")
        defaults = parts | {
            "waba_id": waba_id,
            "meta_id": str(row.get("id") or ""),
            "status": STATES.get(str(row.get("status") or "").upper(), TemplateStatus.PENDING),
            "category": category if category in TemplateCategory.values else TemplateCategory.UTILITY,
            "quality": "" if quality in ("UNKNOWN", None) else str(quality)[:10],
            "reason": "" if reason == "NONE" else reason[:60],
            "told_at": clock.now(),
            "header": parts["header"][:60],
            "footer": parts["footer"][:60],
        }
        template, _new = MessageTemplate.objects.update_or_create(name=name, language=language, defaults=defaults)
        _match_picture(template, pictured)
        seen.add(template.pk)
    gone = MessageTemplate.objects.filter(waba_id=waba_id).exclude(pk__in=seen).exclude(status=TemplateStatus.DRAFT)
    gone.update(status=TemplateStatus.DELETED)
    return len(seen)


def _match_picture(template: MessageTemplate, pictured: bool) -> None:
    """A template with a place for a picture can be sent only with one that is kept here; one without it takes none."""
    if pictured and not template.picture:
        MessageTemplate.objects.filter(pk=template.pk).update(foreign=True)
    elif template.picture and not pictured:
        MessageTemplate.objects.filter(pk=template.pk).update(picture="", picture_id="", picture_until=None)


@transaction.atomic
def note_picture(*, template_id: int, number: str, media_id: str) -> None:
    """A number of WhatsApp has the picture of a template now: it need not be handed over again for a while."""
    until = clock.now() + PICTURE_KEPT
    MessageTemplate.objects.filter(pk=template_id).update(picture_id=f"{number}:{media_id}"[:128], picture_until=until)


@transaction.atomic
def rest_template(*, template: MessageTemplate, resting: bool) -> bool:
    """The owner's own pause: it is not offered while it lasts."""
    changed = MessageTemplate.objects.filter(pk=template.pk, resting=not resting).update(resting=resting)
    if changed:
        _record(template, "paused" if resting else "offered again")
    return bool(changed)


@transaction.atomic
def note_template_deleted(*, template: MessageTemplate) -> None:
    """It is gone, here and at WhatsApp."""
    template.status = TemplateStatus.DELETED
    template.save(update_fields=["status"])
    _record(template, "deleted")
