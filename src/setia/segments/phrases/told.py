"""How people want to be spoken to, what they told about themselves, and their card: plain and turned round."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from setia.customers.models import AgeBand, BuysFor, Expects, ReachBy, ReachHours, Speech
from setia.segments.names import UNSAID_WORDS
from setia.segments.phrases.parts import Values, one_of, span
from setia.segments.rules import UNSAID
from setia.shops.models import Language


def language(values: Values) -> tuple[str, str]:
    """In which language."""
    told = {"languages": one_of(dict(Language.choices), values["languages"])}
    return _("is written to in %(languages)s") % told, _("is not written to in %(languages)s") % told


def speech(values: Values) -> tuple[str, str]:
    """How messages begin."""
    told = {"speech": one_of({UNSAID: UNSAID_WORDS} | dict(Speech.choices), values["speeches"])}
    return _("messages begin: %(speech)s") % told, _("messages do not begin: %(speech)s") % told


def honorific(values: Values) -> tuple[str, str]:
    """The word before the name."""
    told = {"words": one_of({}, values["honorifics"])}
    return _("is addressed as %(words)s") % told, _("is not addressed as %(words)s") % told


def reach(values: Values) -> tuple[str, str]:
    """By which way."""
    told = {"ways": one_of({UNSAID: UNSAID_WORDS} | dict(ReachBy.choices), values["ways"])}
    return _("wants to be reached by: %(ways)s") % told, _("does not want to be reached by: %(ways)s") % told


def hours(values: Values) -> tuple[str, str]:
    """When."""
    told = {"hours": one_of({UNSAID: UNSAID_WORDS} | dict(ReachHours.choices), values["hours"])}
    return _("is best reached: %(hours)s") % told, _("is not best reached: %(hours)s") % told


def age(values: Values) -> tuple[str, str]:
    """How old."""
    told = {"ages": one_of(dict(AgeBand.choices), values["bands"])}
    return _("told their age: %(ages)s") % told, _("did not tell this age: %(ages)s") % told


def home(values: Values) -> tuple[str, str]:
    """How many at home."""
    told = {"span": span(values, str)}
    return _("lives with %(span)s people at home") % told, _("does not live with %(span)s people at home") % told


def buys_for(values: Values) -> tuple[str, str]:
    """Why they buy."""
    told = {"reasons": one_of(dict(BuysFor.choices), values["reasons"])}
    return _("buys: %(reasons)s") % told, _("did not say that they buy: %(reasons)s") % told


def expects(values: Values) -> tuple[str, str]:
    """What matters most."""
    told = {"what": one_of(dict(Expects.choices), values["expectations"])}
    return _("what matters most to them: %(what)s") % told, _("did not say that this matters most: %(what)s") % told


def tier(values: Values, tiers: Mapping[int, str]) -> tuple[str, str]:
    """On which tier."""
    known = {str(pk): name for pk, name in tiers.items()}
    told = {"tiers": _(" or ").join(known.get(one, _("a tier that is gone")) for one in values["tiers"])}
    return _("stands on the tier %(tiers)s") % told, _("does not stand on the tier %(tiers)s") % told


def points(values: Values) -> tuple[str, str]:
    """Points."""
    told = {"span": span(values, str)}
    return _("has %(span)s points on the card") % told, _("has not %(span)s points on the card") % told


def stamps(values: Values) -> tuple[str, str]:
    """Stamps."""
    told = {"span": span(values, str)}
    return _("has %(span)s stamps on the card") % told, _("has not %(span)s stamps on the card") % told
