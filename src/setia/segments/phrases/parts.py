"""Pieces of phrases."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

Values = Mapping[str, Any]


def span(values: Values, shown: Callable[[int], str]) -> str:
    """`3 to 5`, `at least 3`, `at most 5`."""
    least, most = values.get("least"), values.get("most")
    if least is not None and most is not None:
        if least == most:
            return _("exactly %(n)s") % {"n": shown(least)}
        return _("%(low)s to %(high)s") % {"low": shown(least), "high": shown(most)}
    if least is not None:
        return _("at least %(n)s") % {"n": shown(least)}
    return _("at most %(n)s") % {"n": shown(most or 0)}


def one_of(choices: Mapping[Any, Any], chosen: list[str]) -> str:
    """`Keju or Cokelat`, by their names."""
    return _(" or ").join(str(choices.get(one, one)) for one in chosen)
