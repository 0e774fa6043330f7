"""Reads what a customer wants from one chat message, and says what has to be asked. Pure: no database, no clock.

    reading.read(text, sent_at=…)   -> Reading: intent, items, date, fulfilment …, `must_ask`
    Reading.as_record()             the shape of a labelled message's `expected`
    Reading.question("id"|"en")     the open points as one message ready to send
    Reading.summary("id"|"en")      the order said back for confirmation
    reading.Catalogue.from_rows(…)  a shop's own products; `BAKPIA` is built in
    reading.read_file(path, out)    a file of messages, one JSON line each
    reading.score(expected, got)    agreement with a labelled record

The one promise: a quantity, a date or a flavour is never made up. What is not clear is None and a question.
How it reads, and in which order: docs/algorithms/reading-orders.md.
"""

from .catalogue import BAKPIA, Catalogue, Product, Variant
from .files import read_file, records, score_file
from .reader import read
from .record import Item, Reading, Saved
from .scoring import Score, score

__all__ = [
    "BAKPIA",
    "Catalogue",
    "Item",
    "Product",
    "Reading",
    "Saved",
    "Score",
    "Variant",
    "read",
    "read_file",
    "records",
    "score",
    "score_file",
]
