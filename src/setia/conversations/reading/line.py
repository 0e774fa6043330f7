"""The message as the readers share it: tokens, one searchable line of symbols, and a note of what is used up."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .text import Amount, Token


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of the line: tokens `start` up to `end`, and the groups of the pattern that found it."""

    start: int
    end: int
    match: re.Match[str]

    def __getitem__(self, group: str | int) -> str:
        """The text of a group, "" when it took no part."""
        return self.match[group] or ""


@lru_cache(maxsize=512)
def pattern(text: str) -> re.Pattern[str]:
    """A pattern over whole symbols: spaces separate them, and it can neither start nor end inside one."""
    return re.compile(f"(?<= )(?:{text})(?= )")


def either(*expressions: str) -> str:
    """One pattern for several."""
    return "|".join(expressions)


@dataclass(slots=True)
class Line:
    """Tokens of one message. Readers look at what is still free and claim what they understood, so nothing is read
    twice and a number that belongs to a date or an address can never become a quantity."""

    text: str
    tokens: list[Token]
    _views: dict[bool, tuple[str, list[int]]] = field(default_factory=dict)

    def view(self, *, claimed: bool = False) -> str:
        """All symbols with single spaces; used-up ones appear as "~role" unless `claimed` asks for everything."""
        return self._view(claimed)[0]

    def find(
        self, expression: str, *, claimed: bool = False, start: int = 0, end: int | None = None
    ) -> Iterator[Found]:
        """Where the pattern fits, from left to right, within the given tokens."""
        view, starts = self._view(claimed)
        low = starts[start] - 1 if start < len(starts) else len(view)
        high = len(view) if end is None or end >= len(starts) else starts[end]
        for match in pattern(expression).finditer(view, max(low, 0), high):
            first = bisect_right(starts, match.start()) - 1
            last = bisect_right(starts, max(match.start(), match.end() - 1)) - 1
            yield Found(first, last + 1, match)

    def first(self, expression: str, *, claimed: bool = False, start: int = 0, end: int | None = None) -> Found | None:
        """The first place where the pattern fits, or None."""
        return next(self.find(expression, claimed=claimed, start=start, end=end), None)

    def has(self, expression: str) -> bool:
        """Whether the pattern fits anywhere, used up or not."""
        return self.first(expression, claimed=True) is not None

    def claim(self, start: int, end: int, role: str) -> None:
        """Mark tokens as used; what is already used keeps its first role."""
        for token in self.tokens[start:end]:
            token.role = token.role or role
        self._views.pop(False, None)

    def join(self, start: int, end: int, symbol: str, amount: Amount | None) -> None:
        """Let the first of these tokens stand for all of them."""
        self.tokens[start].sym, self.tokens[start].amount = symbol, amount
        self._views.clear()
        self.claim(start + 1, end, "joined")

    def release(self, token: Token) -> None:
        """Give a used token back to the later readers."""
        token.role = ""
        self._views.pop(False, None)

    def claim_all(self, expression: str, role: str) -> None:
        """Claim every free place where the pattern fits."""
        for found in list(self.find(expression)):
            self.claim(found.start, found.end, role)

    def is_free(self, start: int, end: int) -> bool:
        """Whether none of these tokens is used up."""
        return not any(token.role for token in self.tokens[start:end])

    def raw(self, start: int, end: int) -> str:
        """The clean text of these tokens."""
        if start >= end:
            return ""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def layout(self) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
        """Positions of line ends, and the spans of sentences that end in a question mark."""
        ends = [at for at, token in enumerate(self.tokens) if token.sym in ("¶", ".", "?", "!", ";")]
        starts = [0, *(at + 1 for at in ends)]
        asked = tuple((s, e) for s, e in zip(starts, ends, strict=False) if self.tokens[e].sym == "?")
        return tuple(at for at in ends if self.tokens[at].sym == "¶"), asked

    def _view(self, claimed: bool) -> tuple[str, list[int]]:
        if claimed not in self._views:
            symbols = [token.sym if claimed or not token.role else f"~{token.role}" for token in self.tokens]
            starts, position = [], 1
            for symbol in symbols:
                starts.append(position)
                position += len(symbol) + 1
            self._views[claimed] = (f" {' '.join(symbols)} ", starts)
        return self._views[claimed]
