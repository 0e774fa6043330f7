"""What is said, and that it is said in one language: a browser that refuses a page which speaks two.

The catalogue knows every text of the product in both languages. A page in one of them must not hold a text that only
the other one has; what people typed (bubbles, text areas, marked with another `lang`) is theirs.
"""

import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

from babel.messages.pofile import read_po
from django.test import Client
from django.utils import translation

from setia import development

LANGUAGES = ("id", "en")
# What is filled in, and what a tag cuts: between them stand the words that can be recognised.
_CUT = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|</?\w[^>]*>")
# Shorter pieces of a sentence may stand in both languages by chance.
LONG = 14
SPOKEN = re.compile(r"aria-label|title|placeholder|alt|data-(?:say|done|confirm|label)\b.*")
SILENT = {"script", "style", "textarea", "code"}
VOID = {"input", "img", "br", "hr", "meta", "link", "source", "option", "path", "use"}


def said(text: str, language: str, /, **values: Any) -> str:
    """A text of the catalogue in one of the languages, filled in. A text that is not there (any more) fails."""
    assert text in _catalogue(), f"no such text: {text!r}"
    forms = _catalogue()[text]
    with translation.override(language):
        found = translation.ngettext(*forms, values["n"]) if len(forms) > 1 else translation.gettext(text)
    return found % values if values else found


def foreign(words: str, language: str) -> list[str]:
    """Texts of the product in these words that belong to the other language."""
    whole, pieces = _others(language)
    lines = [_plain(line) for line in words.splitlines()]
    running = "\n".join(lines)
    return [line for line in lines if line in whole] + [piece for piece in pieces if piece in running]


def spoken(html: str) -> str:
    """What a page says, one text a line: also to those who hear it."""
    page = _Page()
    page.feed(html)
    return "\n".join(page.said)


def speaks(html: str, language: str, where: str = "") -> str:
    """The page as it is; fails when it says something in the other language."""
    wrong = foreign(spoken(html), language)
    assert not wrong, f"{where} speaks {language}, and says {wrong}"
    return html


class Reader(Client):
    """A browser whose owner reads one language, and looks at every page that comes."""

    def __init__(self, language: str, **options: Any) -> None:
        super().__init__(**options)
        self.language = language

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
            speaks(answer.content.decode(), self.language, request.get("PATH_INFO", ""))
        return answer


class _Page(HTMLParser):
    """Texts and spoken attributes, without what people typed themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.within: list[tuple[str, bool]] = []
        self.language = ""

    @property
    def theirs(self) -> bool:
        return any(silent for _tag, silent in self.within)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        values = dict(attrs)
        if tag == "html":
            self.language = values.get("lang") or ""
        other = self.language and values.get("lang") not in (None, self.language)
        bubble = "bubble" in (values.get("class") or "").split()
        silent = tag in SILENT or bool(other) or bubble
        if not (silent or self.theirs):
            self.said += [_plain(text) for name, text in attrs if text and SPOKEN.fullmatch(name)]
        if tag not in VOID:
            self.within.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        opened = [place for place, (name, _silent) in enumerate(self.within) if name == tag]
        if opened:
            del self.within[opened[-1] :]

    def handle_data(self, data: str) -> None:
        if not self.theirs and data.strip():
            self.said.append(_plain(data))


def _plain(text: str) -> str:
    return " ".join(text.split())


@cache
def _catalogue() -> dict[str, tuple[str, ...]]:
    """Every text, with its singular and plural."""
    with development.TEXTS.open("rb") as file:
        return {text: _forms(message.id) for message in read_po(file) for text in _forms(message.id)}


@cache
def _others(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole texts and pieces of texts that only the other language has."""
    with development.TEXTS.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    english = {_plain(text) for message in messages for text in _forms(message.id)}
    indonesian = {_plain(text) for message in messages for text in _forms(message.string)}
    own, other = (indonesian, english) if language == "id" else (english, indonesian)
    everything = "\n".join(own)
    whole = frozenset(text for text in other - own if not _CUT.search(text) and " " in text)
    pieces = {piece.strip() for text in other for piece in _CUT.split(text)}
    telling = (piece for piece in pieces if len(piece) >= LONG and " " in piece and piece not in everything)
    return whole, tuple(sorted(telling))


def _forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
