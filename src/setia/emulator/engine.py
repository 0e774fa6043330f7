"""The emulated platform as one object: its parts, its lock, and the loop that lets time pass.

The verbs live in their own modules (`sending`, `inbound`, `statuses`, `coexistence`, `account_events`) and take the
engine as first argument; they expect the caller to hold `engine.lock` when there is more than one thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from setia.emulator import statuses
from setia.emulator.accounts import Accounts, Number, Token
from setia.emulator.clock import Clock
from setia.emulator.faults import Faults
from setia.emulator.ids import Ids, seeded
from setia.emulator.limits import Limits
from setia.emulator.log import Log
from setia.emulator.media import Media
from setia.emulator.pricing import Ledger
from setia.emulator.settings import Behaviour, Settings
from setia.emulator.templates import lifecycle
from setia.emulator.templates.registry import Registry
from setia.emulator.users import User, Users, contact, shows_phone
from setia.emulator.violations import Violations
from setia.emulator.webhooks.delivery import Webhooks
from setia.emulator.webhooks.transport import Inline, Pool, Transport, http_transport
from setia.emulator.webhooks.update import Update
from setia.emulator.windows import Windows


class Engine:
    """All state. With a `transport` of its own, webhooks are delivered in the caller's thread; otherwise by a pool."""

    def __init__(self, settings: Settings | None = None, transport: Transport | None = None) -> None:
        self.settings = settings or Settings()
        self.behaviour = Behaviour()
        self.lock = threading.RLock()
        self.clock = Clock(self.settings.start, realtime=self.settings.realtime)
        self.ids = Ids(self.settings.seed)
        self.random = seeded(self.settings.seed)
        self.accounts = Accounts()
        self.users = Users(self.ids)
        self.templates = Registry(self.ids)
        self.windows = Windows()
        self.limits = Limits()
        self.ledger = Ledger(self.settings.utc_offset_h)
        self.log = Log()
        self.media = Media(self.ids, self.settings.state)
        self.faults = Faults(self.settings.seed)
        self.violations = Violations()
        self.webhooks = Webhooks(self.settings, self.clock, self.accounts, self._acknowledged)
        self.transport = transport or http_transport
        self.dispatcher = Inline() if transport else Pool(lambda: self.webhooks.policy.concurrency)
        self.touched = False
        self._advancing = threading.RLock()
        self.handlers: dict[str, Callable[..., None]] = {
            "status": partial(statuses.happen, self),
            "template.review": partial(lifecycle.review, self),
            "template.resume": partial(lifecycle.resume, self),
            "webhooks.flush": self.webhooks.flush,
            "webhooks.push": self.webhooks.push_again,
            "webhooks.retry": self.webhooks.retry,
        }
        self._first_account()

    def _first_account(self) -> None:
        chosen = self.settings
        self.accounts.tokens[chosen.token] = Token(chosen.token)
        number = Number(chosen.phone_number_id, chosen.waba_id, chosen.display_phone_number, chosen.verified_name)
        number.onboarded_at = self.clock.now()
        self.accounts.add_number(number)

    # small questions everybody asks ---------------------------------------------------------------------------

    def number(self, number_id: str | None = None) -> Number:
        """A business number; without id the first one. Raises LookupError."""
        if number_id is None:
            return next(iter(self.accounts.numbers.values()))
        if number_id not in self.accounts.numbers:
            raise LookupError(f"no such number: {number_id}")
        return self.accounts.numbers[number_id]

    def shows_phone(self, user: User, number: Number) -> bool:
        """Whether this number's webhooks carry the user's phone now."""
        return shows_phone(user, number.id, self.clock.now(), self.behaviour.contact_rule_s)

    def contact(
        self, user: User, number: Number, *, username: bool = True, phone: bool | None = None
    ) -> dict[str, Any]:
        """The `contacts[]` item for a user as this number may see them."""
        return contact(user, phone=self.shows_phone(user, number) if phone is None else phone, username=username)

    def tell(
        self,
        number: Number,
        listing: str,
        item: dict[str, Any],
        contacts: list[dict[str, Any]] | None = None,
        field: str = "",
    ) -> None:
        """Push a list item to the business of `number`; `field` defaults to messages."""
        update = Update(number.waba_id, field or "messages", item, listing, number.id, contacts or [])
        self.webhooks.push(update)

    def tell_account(self, waba_id: str, field: str, value: dict[str, Any]) -> None:
        """Push a whole value (account and template events)."""
        self.webhooks.push(Update(waba_id, field, value))

    def _acknowledged(self, update: Update) -> None:
        message = self.log.get(str(update.item.get("id", ""))) if update.listing == "messages" else None
        if message is not None and "delivered" not in message.statuses:
            message.statuses["delivered"] = self.clock.now()
            self.log.touch(message)

    # time -----------------------------------------------------------------------------------------------------

    def run_due(self, *, inline: bool = False) -> None:
        """Let everything happen that is due now. Do not hold the lock: deliveries leave from here.

        With `inline` they are delivered by this thread, and answered when this returns.
        """
        while True:
            with self.lock:
                event = self.clock.pop_due()
                if event is not None:
                    self.touched = True
                    self.handlers[event.kind](**event.data)
            self.pump(inline=inline)
            if event is None:
                return

    def pump(self, *, inline: bool = False) -> None:
        """Hand the requests that are ready to the dispatcher, or deliver them in this thread."""
        submit = Inline().submit if inline else self.dispatcher.submit
        while True:
            with self.lock:
                post = self.webhooks.ready.popleft() if self.webhooks.ready else None
            if post is None:
                return
            submit(partial(self.webhooks.deliver, post, self.transport, self.lock))

    def settle(self) -> None:
        """Send what is ready and wait until it was answered."""
        self.pump()
        self.dispatcher.settle()

    def advance(self, seconds: float = 0.0) -> None:
        """Move time forward step by step, event by event, waiting for each moment's deliveries."""
        with self._advancing:
            target = self.clock.now() + seconds
            while True:
                self.run_due()
                self.dispatcher.settle()
                with self.lock:
                    due = self.clock.next_due()
                    if due is None or due > target:
                        break
                    self.clock.move_to(due)
            with self.lock:
                self.clock.move_to(target)

    def close(self) -> None:
        """Stop the workers."""
        self.dispatcher.close()
