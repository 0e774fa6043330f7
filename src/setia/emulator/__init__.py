"""A faithful local WhatsApp Cloud API for development, the demo and tests.

What it is for: the product talks to it exactly as it would talk to Meta (same addresses below a base URL, same
payloads, same error codes, same signed webhooks), without a network, an account or a bill.
What it owns: invented users and their phones, one or more business numbers, templates, a virtual clock, the log of
everything that was sent, delivered and charged, and a list of what the client did wrong.
It stands beside the product: it imports nothing of it.

    with Emulator(Settings(webhook_url="http://127.0.0.1:8000/hook")).serve() as url: ...
"""

from setia.emulator.emulator import Emulator
from setia.emulator.settings import Behaviour, Settings

__all__ = ["Behaviour", "Emulator", "Settings"]
