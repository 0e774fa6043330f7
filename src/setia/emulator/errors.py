"""The platform's error codes: one table, three ways to say it (exception, answer body, item in a webhook)."""

from __future__ import annotations

from typing import Any

HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"

# code -> (HTTP status, title, details)
TABLE: dict[int, tuple[int, str, str]] = {
    0: (401, "Authentication failed", "The access token could not be authenticated."),
    1: (400, "Unknown API error", "Something about the request was not understood."),
    2: (503, "Service temporarily unavailable", "The service is overloaded or down for a moment."),
    3: (500, "Capability or permission missing", "The app lacks a capability or permission."),
    4: (400, "Application request limit reached", "The app made too many calls."),
    10: (403, "Permission denied", "The permission was not granted or was removed."),
    33: (400, "Invalid object", "The object does not exist."),
    100: (400, "Invalid parameter", "A parameter is missing, unknown or wrong."),
    190: (401, "Access token expired", "The access token is invalid or has expired."),
    368: (403, "Temporarily blocked", "The account is blocked for violating a policy."),
    2200: (400, "Callback verification failed", "The callback did not answer the challenge."),
    80007: (400, "Rate limit issues", "The business account made too many management calls."),
    130403: (400, "User blocked by the business", "The business has blocked this user."),
    130429: (400, "Rate limit hit", "Too many messages were sent from this number in a short time."),
    130472: (400, "User part of an experiment", "The message was not sent as part of an experiment."),
    130497: (403, "Country restricted", "The account may not message users in this country."),
    131000: (500, "Something went wrong", "The message failed for an unknown reason."),
    131005: (403, "Access denied", "The permission was not granted or was removed."),
    131008: (400, "Required parameter is missing", "A required parameter is missing."),
    131009: (400, "Parameter value is not valid", "A parameter has a value that is not allowed."),
    131016: (500, "Service unavailable", "A service is temporarily unavailable."),
    131021: (400, "Recipient cannot be sender", "Sender and recipient are the same number."),
    131026: (400, "Message undeliverable", "The message cannot be delivered to this user."),
    131031: (403, "Business account locked", "The account is restricted or disabled."),
    131037: (400, "Display name not approved", "The number needs an approved display name."),
    131042: (400, "Business eligibility payment issue", "There is a problem with the payment method."),
    131045: (500, "Incorrect certificate", "The number failed to register."),
    131047: (400, "Re-engagement message", "More than 24 hours have passed since the customer last wrote."),
    131048: (400, "Spam rate limit hit", "There are restrictions on how many messages this number may send."),
    131049: (
        400,
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "The message was held back to maintain healthy engagement.",
    ),
    131050: (400, "User has stopped marketing messages", "The user does not want marketing from this business."),
    131051: (400, "Unsupported message type", "The message type is not supported."),
    131052: (400, "Media download error", "The media could not be downloaded."),
    131053: (400, "Media upload error", "The media could not be uploaded."),
    131056: (400, "Pair rate limit hit", "Too many messages from this number to the same user in a short time."),
    131057: (500, "Account in maintenance mode", "The account is being upgraded."),
    131060: (400, "Message unavailable", "Look at the message in the phone app."),
    131062: (400, "Business-scoped id not allowed", "This kind of message needs a phone number."),
    131063: (400, "Marketing disabled", "This number may not send marketing messages through this interface."),
    131064: (400, "Template classification violation", "Templates of the wrong category were sent."),
    132000: (400, "Template parameter count mismatch", "The number of parameters differs from the template."),
    132001: (404, "Template does not exist", "The template does not exist in this language or is not approved."),
    132005: (400, "Template text too long", "The text with its parameters is too long."),
    132007: (400, "Template content policy violated", "The content violates a policy."),
    132012: (400, "Template parameter format mismatch", "A parameter has another format than in the template."),
    132015: (400, "Template is paused", "The template is paused because of low quality."),
    132016: (400, "Template is disabled", "The template was paused too often and is disabled."),
    132068: (400, "Flow is blocked", "The flow is blocked."),
    132069: (400, "Flow is throttled", "The flow is throttled."),
    133000: (500, "Incomplete deregistration", "An earlier deregistration failed."),
    133004: (503, "Server temporarily unavailable", "The server is temporarily unavailable."),
    133010: (400, "Phone number not registered", "The number is not registered."),
    135000: (400, "Generic user error", "The request failed for an unknown reason."),
    2388023: (400, "Template language is being deleted", "The same name and language is being deleted."),
    2388024: (400, "Template already exists", "There is already content in this language for this name."),
    2388040: (400, "Character limit exceeded", "A field of the template is too long."),
    2388299: (400, "Variables at the edge", "A template may not begin or end with a variable."),
    2593107: (400, "Sync already requested", "This synchronisation was already requested."),
    2593108: (400, "Sync requested too late", "Synchronisation must be requested soon after onboarding."),
    2593109: (
        400,
        "History sync is turned off by the business from the WhatsApp Business App",
        "History sharing is turned off by the business",
    ),
}


class GraphError(Exception):
    """A refusal with the platform's code. `headers` go out with the answer (for example Retry-After)."""

    def __init__(
        self,
        code: int,
        details: str = "",
        *,
        subcode: int | None = None,
        http: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        status, title, default = TABLE.get(code, (400, "Unknown error", "Unknown error"))
        self.code, self.title, self.details = code, title, details or default
        self.subcode, self.http, self.headers = subcode, http or status, headers or {}
        super().__init__(f"(#{code}) {title}: {self.details}")

    def body(self, trace: str) -> dict[str, Any]:
        """The JSON answer to a refused call."""
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {self.title}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": trace,
        }
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error}

    def item(self) -> dict[str, Any]:
        """The same error inside a webhook (failed status, unsupported message, value-level error)."""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details},
            "href": HREF,
        }
