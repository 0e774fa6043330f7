"""WhatsApp's webhook: check the signature over the bytes as they came, store them, answer. All else is a worker's."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from setia.conversations.actions import accept_delivery
from setia.conversations.channels.whatsapp_cloud.payload import signature_is_good
from setia.core import faults

log = logging.getLogger(__name__)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest) -> HttpResponse:
    """GET: the handshake, 200 with the challenge or 403. POST: 200 once the body is stored, 403 for a bad signature.

    A signed body that is no JSON is stored too: it is WhatsApp's, and anything but 200 would have it repeated for days.
    """
    if request.method == "GET":
        return _handshake(request)
    body = request.body
    if not signature_is_good(body, request.headers.get("X-Hub-Signature-256"), settings.WHATSAPP_APP_SECRETS):
        log.warning("Refused: a webhook whose signature is wrong (%s bytes).", len(body))
        return HttpResponseForbidden("The signature is wrong.", content_type="text/plain")
    accept_delivery(body=body)
    faults.point("delivery.stored")
    return HttpResponse("ok", content_type="text/plain")


def _handshake(request: HttpRequest) -> HttpResponse:
    asked, expected = request.GET.get("hub.verify_token", ""), settings.WHATSAPP_VERIFY_TOKEN
    if request.GET.get("hub.mode") == "subscribe" and expected and constant_time_compare(asked, expected):
        return HttpResponse(request.GET.get("hub.challenge", ""), content_type="text/plain")
    return HttpResponseForbidden("The verify token is wrong.", content_type="text/plain")
