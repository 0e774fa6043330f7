"""Order lines while they are put together, before they become items of a record."""

from dataclasses import dataclass, field

from .text import Amount


@dataclass(slots=True)
class Draft:
    """An order line while it is put together. `loose` means that only a product was named, nothing to order yet."""

    start: int
    count_at: int = 0
    taste: str = ""
    parts: tuple[str, ...] = ()
    amount: Amount | None = None
    word: str = ""
    unit: str = ""
    unit_inferred: bool = False
    product: str = ""
    snack: str = ""
    pack: int = 0
    pack_open: bool = False
    price: int = 0
    each: bool = False
    asked: bool = False
    unit_last: bool = False
    rest: bool = False
    everything: bool = False
    taste_first: bool = False
    gap: float = 0.0
    person: str = ""
    computed: str = ""
    replaces: str | None = None
    unshared: bool = False
    emptied: bool = False

    @property
    def counted(self) -> bool:
        """Whether anything is said about how many."""
        return self.amount is not None or bool(self.word)

    @property
    def loose(self) -> bool:
        """Only a product, or a flavour nobody sells that no count belongs to."""
        return not self.counted and not self.pack and (not self.taste or (self.taste[0] == "X" and not self.product))


@dataclass(frozen=True, slots=True)
class Layout:
    """The form of the message as token positions: line ends, sentences that end in "?", where people's parts begin.

    `even`: the message says that one count is split evenly ("masing-masing separo")."""

    newlines: tuple[int, ...]
    questions: tuple[tuple[int, int], ...]
    shares: dict[int, str] = field(default_factory=dict)
    even: bool = False

    def asked_at(self, at: int) -> bool:
        """Whether the token stands in a question."""
        return any(start <= at < end for start, end in self.questions)

    def person_at(self, at: int) -> str:
        """Whose part of a shared order this is, "" for nobody's."""
        begun = max((start for start in self.shares if start < at), default=-1)
        return "" if begun < 0 or any(begun < end < at for end in self.newlines) else self.shares[begun]


@dataclass(slots=True)
class Basket:
    """All lines of a message, and the total it names ("75 kotak: …")."""

    drafts: list[Draft] = field(default_factory=list)
    total: Amount | None = None
    mismatch: bool = False

    @property
    def real(self) -> list[Draft]:
        """The lines that ask for something in particular."""
        return [draft for draft in self.drafts if not draft.loose]
