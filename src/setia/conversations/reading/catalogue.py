"""What a shop sells, as far as reading needs to know: names, other names, pack sizes and units. Prices are not here."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from . import tastes
from .lexicon import BOXES, HONORIFICS, REAL_WORDS, SPELLINGS
from .spelling import Vocabulary
from .text import Token


@dataclass(frozen=True)
class Variant:
    """One flavour. `code` is what a record carries; `words` are further names customers use ("kumbu", "item")."""

    code: str
    name: str
    words: tuple[str, ...] = ()
    pack_sizes: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """The flavour behind the name, the same in every product: "Coklat" and "Cokelat" are both "cokelat"."""
        return taste_of(self.name) or slug(self.name)


@dataclass(frozen=True)
class Product:
    """One product with its variants. `units` are how it is sold; a single unit is understood when none is said."""

    code: str
    name: str
    words: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    pack_sizes: tuple[int, ...] = ()
    units: tuple[str, ...] = ()

    def variant(self, key: str | None) -> Variant | None:
        """The variant with that flavour, or None when this product does not come in it."""
        return next((variant for variant in self.variants if variant.key == key), None)

    def sizes(self, variant: Variant | None) -> tuple[int, ...]:
        """Pack sizes to offer in a question, smallest first."""
        return tuple(sorted((variant and variant.pack_sizes) or self.pack_sizes))


@dataclass(frozen=True)
class Catalogue:
    """All products of a shop; the first is meant when a customer names none."""

    products: tuple[Product, ...]

    def __post_init__(self) -> None:
        if not self.products:
            raise ValueError("A catalogue needs at least one product.")

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> "Catalogue":
        """Build from a shop's product rows: mappings with `product` and, where there are any, `variant`, `code`,
        `product_code`, `words` (other names of the variant), `product_words`, `pack_size`, `unit`.

        Rows of one product belong together by its name; rows that repeat a variant add their pack size and words.
        """
        grouped: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for row in rows:
            grouped[str(row["product"]).strip()].append(row)
        return cls(tuple(_product(name, group) for name, group in grouped.items()))

    def product(self, code: str | None) -> Product | None:
        """The product with that code."""
        return next((product for product in self.products if product.code == code), None)

    @cached_property
    def pack_sizes(self) -> frozenset[int]:
        """Every pack size anything is sold in, for telling "@10" (pieces) from "@35" (price)."""
        sizes = {size for product in self.products for size in product.pack_sizes}
        return frozenset(sizes | {size for p in self.products for v in p.variants for size in v.pack_sizes})

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Spelling for this shop: everyday words and the words of its products and flavours."""
        own = {word for phrase in self._phrases for word in phrase}
        return Vocabulary({**{word: word for word in own if word not in SPELLINGS}, **tastes.WORDS}, own)

    @cached_property
    def _phrases(self) -> dict[tuple[str, ...], str]:
        """Canonical words to a typed symbol: "P:code", "V:flavour", or "A:a|b" where a phrase fits several flavours."""
        products = {phrase: f"P:{p.code}" for p in self.products for phrase in _spellings((p.name, *p.words))}
        meant: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for variant in (variant for product in self.products for variant in product.variants):
            for phrase in (*_spellings((variant.name, *variant.words)), *tastes.PHRASES.get(variant.key, ())):
                meant[phrase].add(variant.key)
        for word, keys in _telling_words(self.products).items():
            meant.setdefault((word,), keys)
        for taste in tastes.ANY_SHOP:
            for phrase in tastes.PHRASES[taste]:
                meant.setdefault(phrase, {taste})
        for taste, phrases in tastes.PHRASES.items():
            for phrase in phrases:
                meant.setdefault(phrase, {f"!{taste}"})
        named = {phrase: _symbol(keys) for phrase, keys in meant.items()}
        return {**named, **products}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._phrases))

    def label(self, found: list[Token]) -> list[Token]:
        """The tokens with names of products and flavours joined and typed, the longest name first."""
        labelled: list[Token] = []
        at = 0
        while at < len(found):
            length, symbol = self._match(found, at)
            if not length:
                labelled.append(found[at])
                at += 1
                continue
            first, last = found[at], found[at + length - 1]
            text = " ".join(token.text for token in found[at : at + length])
            doubled = length == 1 and first.doubled
            labelled.append(Token(text, first.start, last.end, symbol, first.glued, doubled=doubled))
            at += length
        return labelled

    def _match(self, found: list[Token], at: int) -> tuple[int, str]:
        for length in range(min(self._longest, len(found) - at), 0, -1):
            symbol = self._phrases.get(tuple(token.sym for token in found[at : at + length]))
            if symbol:
                return length, symbol
        return 0, ""


def slug(name: str) -> str:
    """A plain code for a name: "Ubi Ungu" is "ubi_ungu"."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "x"


def taste_of(name: str) -> str | None:
    """The known flavour a variant's name stands for, or None for a shop's own invention."""
    words = _canonical(name)
    return next((taste for taste, phrases in tastes.PHRASES.items() if words in phrases), None)


def _canonical(name: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W\d_]+", name.lower())
    return tuple(tastes.WORDS.get(word, word) for word in words)


def _spellings(names: Iterable[str]) -> list[tuple[str, ...]]:
    return [words for words in map(_canonical, names) if words]


def _telling_words(products: tuple[Product, ...]) -> dict[str, set[str]]:
    """Single words that point at few flavours of a shop's own naming: "lava" for "Choco Lava"."""
    found: dict[str, set[str]] = defaultdict(set)
    common = {word for product in products for word in _canonical(product.name)}
    for variant in (variant for product in products for variant in product.variants):
        for word in _canonical(variant.name):
            if len(word) >= 4 and word not in common and word not in SPELLINGS and word not in REAL_WORDS | HONORIFICS:
                found[word].add(variant.key)
    return found


def _symbol(keys: set[str]) -> str:
    """ "V:keju"; "X:durian" for a flavour this shop does not have; "A:…|…" when several fit."""
    only = next(iter(keys))
    if len(keys) > 1:
        return f"A:{'|'.join(sorted(keys))}"
    return f"X:{only[1:]}" if only.startswith("!") else f"V:{only}"


def _product(name: str, rows: list[Mapping[str, Any]]) -> Product:
    variants: dict[str, Variant] = {}
    for row in rows:
        if not row.get("variant"):
            continue
        title = str(row["variant"]).strip()
        known = variants.get(title, Variant(str(row.get("code") or slug(title)), title))
        words = tuple(dict.fromkeys((*known.words, *map(str, row.get("words") or ()))))
        variants[title] = Variant(known.code, title, words, _sizes(known.pack_sizes, row))
    code = next((str(row["product_code"]) for row in rows if row.get("product_code")), slug(name))
    words = tuple(dict.fromkeys(str(word) for row in rows for word in row.get("product_words") or ()))
    units = tuple(dict.fromkeys(str(row["unit"]) for row in rows if row.get("unit")))
    sizes: tuple[int, ...] = ()
    for row in rows:
        sizes = _sizes(sizes, row)
    return Product(code, name, words, tuple(variants.values()), sizes, units)


def _sizes(known: tuple[int, ...], row: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*known, *([int(row["pack_size"])] if row.get("pack_size") else []))))


def _variants(*names: str) -> tuple[Variant, ...]:
    return tuple(Variant(slug(name), name) for name in names)


_UNITS: Final = (*sorted(BOXES), "biji", "toples", "kg")
BAKPIA: Final = Catalogue(
    (
        Product(
            "bakpia",
            "Bakpia",
            ("pia", "bkpia", "bakpiya", "bapkia", "bakpya", "bakpiah"),
            _variants(
                *("Kacang Hijau", "Kumbu Hitam", "Keju", "Cokelat", "Susu", "Ubi Ungu", "Nanas", "Durian", "Green Tea"),
                "Original",
            ),
            (8, 10, 15, 20, 30),
            _UNITS,
        ),
        Product(
            "bakpia_kukus",
            "Bakpia Kukus",
            ("kukus", "pia kukus"),
            _variants("Kacang Hijau", "Keju", "Cokelat", "Susu", "Ubi Ungu", "Green Tea", "Original"),
            (8, 10),
            _UNITS,
        ),
    )
)
"""The built-in list of a bakpia bakery, used when no shop is named."""
