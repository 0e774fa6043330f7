"""Form widgets of our own."""

from typing import Any

from django import forms


class Described(str):
    """A choice's label with a sentence that explains it."""

    more: str

    def __new__(cls, label: Any, more: Any) -> "Described":
        made = super().__new__(cls, str(label))
        made.more = str(more)
        return made


class Options(forms.RadioSelect):
    """Radio buttons as rows with room for an explanation (`Described` labels)."""

    template_name = "web/widgets/options.html"


class Ticks(forms.CheckboxSelectMultiple):
    """Some of few: tick boxes drawn as pills."""

    template_name = "web/widgets/ticks.html"
