"""What is said about something new: where it stands, and who took it up."""

from django.utils.translation import gettext as _

from setia.promotions.queries.launches import Part


def step_words(step: str) -> str:
    """Where it stands, in a word or two."""
    return {
        "idea": _("An idea"),
        "tasting": _("To be tasted"),
        "announce": _("Ready to be announced"),
        "counting": _("Announced"),
        "over": _("30 days are over"),
    }[step]


def part_words(part: Part) -> tuple[str, str]:
    """Of whom, and how many bought it; a share only where there are enough people."""
    label = {
        "asked": _("Who asked for it"),
        "liked": _("Who likes its like"),
        "tasted": _("Who tasted it"),
        "others": _("Others by name"),
    }[part.kind]
    if part.kind == "others":
        return label, str(part.bought)
    said = _("%(n)s of %(of)s") % {"n": part.bought, "of": part.of}
    return label, f"{said} ({part.percent}%)" if part.percent is not None else said
