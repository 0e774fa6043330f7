"""What a message was understood to say. A field that is None was not said, or not clearly enough."""

from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any, Literal

Intent = Literal[
    "order", "question", "cancel", "change_add", "change_replace", "change_remove", "complaint", "reorder", "restock"
]
Fulfilment = Literal["pickup", "delivery", "courier", "expedition"]
Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an order. `qty` counts `unit`; `pack_size` is pieces in one. Flags say what was not said outright."""

    product: str | None
    variant: str | None
    qty: int | float | None
    unit: str | None
    pack_size: int | None
    unit_inferred: bool = False
    product_inferred: bool = False
    qty_approx: bool = False
    qty_min: int | None = None
    qty_max: int | None = None
    components: tuple[str, ...] = ()
    unit_price: int | None = None
    replaces: str | None = None
    person: str | None = None
    computed: str | None = None
    asked_for: str | None = None
    candidates: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """The five main fields, then those that say something."""
        record: dict[str, Any] = {
            "product": self.product,
            "variant": self.variant,
            "qty": self.qty,
            "unit": self.unit,
            "pack_size": self.pack_size,
        }
        extra = {
            "unit_inferred": self.unit_inferred,
            "product_inferred": self.product_inferred,
            "qty_approx": self.qty_approx,
            "qty_min": self.qty_min,
            "qty_max": self.qty_max,
            "components": list(self.components),
            "unit_price": self.unit_price,
            "replaces": self.replaces,
            "for": self.person,
            "computed": self.computed,
            "asked_for": self.asked_for,
            "candidates": list(self.candidates),
        }
        return record | {name: value for name, value in extra.items() if value not in (None, False, [])}


@dataclass(frozen=True, slots=True)
class Saved:
    """What the shop already knows of the sender, to leave out questions that need not be asked."""

    address: str | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as understood. `must_ask` are codes of what has to be asked before anything may be booked;
    `questions` are what the customer wants to know. `intent` is None when the message asks for nothing. `more` holds
    the rare fields of a record; `names`, `pack_choices`, `honorific`, `last` (the order on file) are for texts."""

    text: str
    intent: Intent | None
    tentative: bool = False
    items: tuple[Item, ...] = ()
    day: date | None = None
    clock: time | None = None
    daypart: str | None = None
    fulfilment: Fulfilment | None = None
    address: dict[str, Any] | None = None
    recipient: dict[str, Any] | None = None
    payment: dict[str, Any] | None = None
    event: dict[str, Any] | None = None
    questions: tuple[str, ...] = ()
    must_ask: tuple[str, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)
    pack_choices: dict[str, tuple[int, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    honorific: str = ""
    last: tuple[Item, ...] = ()

    @property
    def bookable(self) -> bool:
        """Whether this is a definite order in which nothing is open; even then it is echoed before it counts."""
        return self.intent == "order" and not self.tentative and not self.must_ask and bool(self.items)

    def as_record(self) -> dict[str, Any]:
        """Exactly the shape of a labelled message's `expected`; rare fields appear only where they say something."""
        return {
            "intent": self.intent,
            "tentative": self.tentative,
            "items": [item.as_record() for item in self.items],
            "date": self.day.isoformat() if self.day else None,
            "time": self.clock.strftime("%H:%M") if self.clock else None,
            "daypart": self.daypart,
            "fulfilment": self.fulfilment,
            "address": self.address,
            "recipient": self.recipient,
            "payment": self.payment,
            "event": self.event,
            "questions": list(self.questions),
            "must_ask": list(self.must_ask),
            **{name: value for name, value in self.more.items() if value not in (None, False)},
        }

    def question(self, language: Language = "id") -> str:
        """The open points as one message ready to send, "" when nothing is open."""
        from .wording import question

        return question(self, language)

    def summary(self, language: Language = "id") -> str:
        """The order said back for confirmation, with what is still open left out."""
        from .wording import summary

        return summary(self, language)

    def with_asks(self, *codes: str) -> "Reading":
        """The same reading with further points to ask."""
        return replace(self, must_ask=tuple(dict.fromkeys((*self.must_ask, *codes))))
