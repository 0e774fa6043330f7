"""The documented shapes, in the fewest words: what an item must have (`key`), may have (`key?`), and of what kind.

A kind is a type, a literal value, a nested shape, a list with one shape, or one of the checks below.
"""

from __future__ import annotations

import re
from typing import Any


def stamp(value: Any) -> bool:
    """Unix seconds as a string."""
    return isinstance(value, str) and value.isdigit() and len(value) == 10


def wamid(value: Any) -> bool:
    """A message id."""
    return isinstance(value, str) and value.startswith("wamid.") and len(value) <= 128


def bsuid(value: Any) -> bool:
    """A business-scoped user id."""
    return isinstance(value, str) and re.fullmatch(r"[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}", value) is not None


def phone(value: Any) -> bool:
    """Digits without a plus."""
    return isinstance(value, str) and value.isdigit()


def one(*values: Any) -> Any:
    """One of several literals."""
    return lambda value: value in values


METADATA = {"display_phone_number": phone, "phone_number_id": phone}
CONTACT = {"profile?": {"name?": str, "username?": str}, "wa_id?": phone, "user_id?": bsuid, "parent_user_id?": bsuid}
ERROR = {"code": int, "title": str, "message": str, "error_data": {"details": str}, "href?": str}
CONTEXT = {
    "from?": phone,
    "id?": wamid,
    "forwarded?": True,
    "referred_product?": {"catalog_id": str, "product_retailer_id": str},
}
REFERRAL = {
    "source_type": one("ad", "post"),
    "source_id": str,
    "source_url": str,
    "headline?": str,
    "body?": str,
    "media_type?": str,
    "image_url?": str,
    "ctwa_clid?": str,
    "welcome_message?": {"text": str},
}
COMMON = {
    "from?": phone,
    "from_user_id": bsuid,
    "from_parent_user_id?": bsuid,
    "id": wamid,
    "timestamp": stamp,
    "context?": CONTEXT,
    "referral?": REFERRAL,
}
MEDIUM = {"id": phone, "mime_type": str, "sha256": str, "caption?": str, "url?": str}
REPLY = {"id": str, "title": str, "description?": str}

MESSAGES: dict[str, dict[str, Any]] = {
    "text": {**COMMON, "type": "text", "text": {"body": str}},
    "image": {**COMMON, "type": "image", "image": MEDIUM},
    "video": {**COMMON, "type": "video", "video": MEDIUM},
    "audio": {**COMMON, "type": "audio", "audio": {**MEDIUM, "voice?": bool}},
    "document": {**COMMON, "type": "document", "document": {**MEDIUM, "filename?": str}},
    "sticker": {**COMMON, "type": "sticker", "sticker": {**MEDIUM, "animated?": bool}},
    "location": {
        **COMMON,
        "type": "location",
        "location": {"latitude": float, "longitude": float, "name?": str, "address?": str, "url?": str},
    },
    "contacts": {
        **COMMON,
        "type": "contacts",
        "contacts": [
            {
                "name": {"formatted_name": str, "first_name?": str},
                "phones?": [{"phone": str, "wa_id?": phone, "type?": str}],
                "origin?": one("other", "contact_request"),
            }
        ],
    },
    "button": {**COMMON, "type": "button", "button": {"payload": str, "text": str}, "context": CONTEXT},
    "button_reply": {
        **COMMON,
        "type": "interactive",
        "interactive": {"type": "button_reply", "button_reply": REPLY},
        "context": CONTEXT,
    },
    "list_reply": {
        **COMMON,
        "type": "interactive",
        "interactive": {"type": "list_reply", "list_reply": REPLY},
        "context": CONTEXT,
    },
    "nfm_reply": {
        **COMMON,
        "type": "interactive",
        "interactive": {"type": "nfm_reply", "nfm_reply": {"name": str, "body": str, "response_json": str}},
    },
    "order": {
        **COMMON,
        "type": "order",
        "order": {
            "catalog_id": str,
            "text?": str,
            "product_items": [{"product_retailer_id": str, "quantity": int, "item_price": int, "currency": str}],
        },
    },
    "reaction": {**COMMON, "type": "reaction", "reaction": {"message_id": wamid, "emoji?": str}},
    "unsupported": {**COMMON, "type": "unsupported", "errors": [ERROR], "unsupported": {"type": str}},
    "edit": {
        **COMMON,
        "type": "edit",
        "edit": {"original_message_id": wamid, "message": {"type": "text", "text": {"body": str}}},
    },
    "revoke": {**COMMON, "type": "revoke", "revoke": {"original_message_id": wamid}},
    "user_changed_number": {
        "from": phone,
        "id": wamid,
        "timestamp": stamp,
        "type": "system",
        "system": {
            "type": "user_changed_number",
            "body": str,
            "wa_id": phone,
            "user_id": bsuid,
            "previous_user_id": bsuid,
        },
    },
    "user_changed_user_id": {
        "id": wamid,
        "timestamp": stamp,
        "type": "system",
        "system": {"type": "user_changed_user_id", "body": str, "user_id": bsuid, "previous_user_id": bsuid},
    },
}

PRICING = {
    "billable": bool,
    "pricing_model": "PMP",
    "type": one("regular", "free_customer_service", "free_entry_point"),
    "category": one(
        "authentication", "authentication-international", "marketing", "utility", "service", "referral_conversion"
    ),
}
STATUS = {
    "id": wamid,
    "timestamp": stamp,
    "recipient_id?": phone,
    "recipient_user_id?": bsuid,
    "biz_opaque_callback_data?": str,
}
CONVERSATION = {"id": str, "expiration_timestamp": stamp, "origin": {"type": "referral_conversion"}}
STATUSES: dict[str, dict[str, Any]] = {
    "sent": {**STATUS, "status": "sent", "pricing?": PRICING, "conversation?": CONVERSATION},
    "delivered": {**STATUS, "status": "delivered", "pricing?": PRICING, "conversation?": CONVERSATION},
    "read": {**STATUS, "status": "read", "pricing?": PRICING, "conversation?": CONVERSATION},
    "played": {**STATUS, "status": "played"},
    "failed": {**STATUS, "status": "failed", "errors": [ERROR]},
}

HEAD = {"messaging_product": "whatsapp", "metadata": METADATA}
ECHO = {"from": phone, "to?": phone, "to_user_id?": bsuid, "id": wamid, "timestamp": stamp}
OLD = {
    "from": str,
    "to?": phone,
    "id": wamid,
    "timestamp": stamp,
    "type": one("text", "media_placeholder", "image"),
    "text?": {"body": str},
    "image?": MEDIUM,
    "history_context": {"status": one("READ", "DELIVERED", "SENT", "PENDING", "PLAYED", "ERROR")},
}
TEMPLATE_ID = {
    "message_template_id": int,
    "message_template_name": str,
    "message_template_language": str,
}
VALUES: dict[str, dict[str, Any]] = {
    "messages": {**HEAD, "contacts?": [CONTACT], "messages": list},
    "statuses": {**HEAD, "contacts?": [CONTACT], "statuses": list},
    "errors": {**HEAD, "errors": [ERROR]},
    "echo": {
        **HEAD,
        "contacts?": [CONTACT],
        "message_echoes": [{**ECHO, "type": "text", "text": {"body": str}}],
    },
    "echo_revoke": {
        **HEAD,
        "message_echoes": [{**ECHO, "type": "revoke", "revoke": {"original_message_id": wamid}}],
    },
    "history": {
        **HEAD,
        "history": [
            {
                "metadata": {"phase": one(0, 1, 2), "chunk_order": int, "progress": int},
                "threads": [
                    {
                        "id": str,
                        "context?": {"wa_id?": phone, "user_id?": bsuid, "username?": str},
                        "messages": [OLD],
                    }
                ],
            }
        ],
    },
    "history_media": {**HEAD, "messages": [{key: kind for key, kind in OLD.items() if key != "history_context"}]},
    "history_refused": {**HEAD, "history": [{"errors": [ERROR]}]},
    "state_sync": {
        **HEAD,
        "state_sync": [
            {
                "type": "contact",
                "contact": {"full_name?": str, "first_name?": str, "phone_number": phone, "user_id?": bsuid},
                "action": one("add", "remove"),
                "metadata": {"timestamp": stamp},
            }
        ],
    },
    "user_preferences": {
        **HEAD,
        "contacts?": [CONTACT],
        "user_preferences": [
            {
                "wa_id?": phone,
                "user_id": bsuid,
                "detail": str,
                "category": "marketing_messages",
                "value": one("stop", "resume"),
                "timestamp": int,
            }
        ],
    },
    "restriction": {
        "event": "ACCOUNT_RESTRICTION",
        "restriction_info": [{"restriction_type": str, "expiration": int}],
    },
    "violation": {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": str}},
    "partner_removed": {
        "event": "PARTNER_REMOVED",
        "phone_number": phone,
        "waba_info": {"waba_id": phone, "owner_business_id": phone},
        "disconnection_info": {"reason": str, "initiated_by": str},
    },
    "template_approved": {
        "event": "APPROVED",
        **TEMPLATE_ID,
        "reason": "NONE",
        "message_template_category": str,
    },
    "template_rejected": {
        "event": "REJECTED",
        **TEMPLATE_ID,
        "reason": str,
        "message_template_category": str,
        "rejection_info": {"reason": str, "recommendation": str},
    },
    "template_paused": {
        "event": "PAUSED",
        **TEMPLATE_ID,
        "reason": None,
        "message_template_category?": str,
        "other_info": {"title": str, "description": str},
    },
    "category_warning": {**TEMPLATE_ID, "new_category": str, "correct_category": str, "category_update_timestamp": int},
    "category_changed": {**TEMPLATE_ID, "previous_category": str, "new_category": str},
    "template_quality": {**TEMPLATE_ID, "previous_quality_score": str, "new_quality_score": str},
    "number_quality": {
        "display_phone_number": phone,
        "event": one("ONBOARDING", "THROUGHPUT_UPGRADE"),
        "max_daily_conversations_per_business": str,
    },
}


def differences(value: Any, shape: Any, path: str = "") -> list[str]:
    """Where `value` is not of `shape`; empty when it fits exactly."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{path}: not an object"]
        known = {key.removesuffix("?"): rest for key, rest in shape.items()}
        required = {key for key in shape if not key.endswith("?")}
        found = [f"{path}.{key}: missing" for key in sorted(required - set(value))]
        found += [f"{path}.{key}: not documented" for key in sorted(set(value) - set(known))]
        return found + [
            line for key in value if key in known for line in differences(value[key], known[key], f"{path}.{key}")
        ]
    if isinstance(shape, list):
        if not isinstance(value, list) or not value:
            return [f"{path}: not a filled list"]
        return [line for index, item in enumerate(value) for line in differences(item, shape[0], f"{path}[{index}]")]
    if isinstance(shape, type):
        fits = isinstance(value, (int, float) if shape is float else shape) and (shape is bool or value is not True)
    else:
        fits = shape(value) if callable(shape) else value == shape
    return [] if fits else [f"{path}: {value!r}"]
