"""A template's life after it was submitted: review, pause and resume, re-categorisation, quality; told by webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from setia.emulator.templates.creation import check_new
from setia.emulator.templates.registry import Template

if TYPE_CHECKING:
    from setia.emulator.engine import Engine

PAUSE_S = (3 * 3_600.0, 6 * 3_600.0)
STATUS_FIELD = "message_template_status_update"


def submit(engine: Engine, waba: str, data: dict[str, Any]) -> Template:
    """A new template enters review."""
    check_new(engine.templates, waba, data, engine.behaviour.template_limit)
    kept: dict[str, Any] = {
        name: data[name] for name in ("name", "language", "category", "components", "parameter_format") if name in data
    }
    kept |= {"status": "PENDING", "created_at": engine.clock.now()}
    template = engine.templates.put(waba, kept)
    engine.clock.after(engine.behaviour.approval_delay_s, "template.review", template=template.id)
    return template


def review(engine: Engine, template: str) -> None:
    """The reviewer decides (event handler): the next prepared verdict, or approval."""
    found = engine.templates.get(template)
    if found is None or found.status != "PENDING":
        return
    verdict = engine.templates.verdicts.pop(0) if engine.templates.verdicts else {}
    set_status(engine, found, verdict.get("status", "APPROVED"), reason=verdict.get("reason", "NONE"))


def set_status(engine: Engine, template: Template, status: str, *, reason: str = "NONE", hours: float = 0) -> None:
    """Change the status and tell the business. A pause ends by itself after 3, then 6 hours; the third disables."""
    template.reason = reason
    more: dict[str, Any] = {}
    if status == "PAUSED":
        template.pauses += 1
        if template.pauses > len(PAUSE_S):
            status = "DISABLED"
        else:
            length = hours * 3_600 or PAUSE_S[template.pauses - 1]
            engine.clock.after(length, "template.resume", template=template.id)
            title = ("FIRST_PAUSE", "SECOND_PAUSE")[template.pauses - 1]
            more["other_info"] = {"title": title, "description": f"Paused for {length / 3_600:g} hours"}
    if status == "REJECTED":
        more["rejection_info"] = {"reason": reason, "recommendation": "Change the text and submit it again."}
    template.status = status
    value = {
        "event": status,
        **identity(template, category=True),
        "reason": None if status == "PAUSED" else reason,
        **more,
    }
    engine.tell_account(template.waba, STATUS_FIELD, value)


def resume(engine: Engine, template: str) -> None:
    """A pause is over (event handler)."""
    found = engine.templates.get(template)
    if found is not None and found.status == "PAUSED":
        set_status(engine, found, "APPROVED")


def identity(template: Template, *, category: bool = False) -> dict[str, Any]:
    """The fields every template webhook shares; the id is a number here."""
    fields: dict[str, Any] = {
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }
    if category:
        fields["message_template_category"] = template.category
    return fields


def warn_category(engine: Engine, template: Template, correct: str, effective_at: float) -> None:
    """The platform announces that it will move the template to another category."""
    value = {
        **identity(template),
        "new_category": template.category,
        "correct_category": correct,
        "category_update_timestamp": int(effective_at),
    }
    engine.tell_account(template.waba, "template_category_update", value)


def set_category(engine: Engine, template: Template, category: str) -> None:
    """The template is moved now."""
    value = {**identity(template), "previous_category": template.category, "new_category": category}
    template.category = category
    engine.tell_account(template.waba, "template_category_update", value)


def set_quality(engine: Engine, template: Template, quality: str) -> None:
    """A new quality score."""
    value = {"previous_quality_score": template.quality, "new_quality_score": quality, **identity(template)}
    template.quality = quality
    engine.tell_account(template.waba, "message_template_quality_update", value)
