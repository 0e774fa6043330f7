"""A rule in plain words: «bought Keju in the last 90 days, lives outside town, may be written to»."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.customers.models import ConsentState, CustomerKind, OccasionKind, Purpose, Source
from setia.orders.models import OrderChannel
from setia.segments.names import FIFTHS, GROUPS, LEVELS, SEASON_NAMES, STANDINGS
from setia.segments.phrases import told
from setia.segments.phrases.parts import Values, one_of, span
from setia.segments.rules import Condition, Rule
from setia.web import amounts


def sentence(
    rule: Rule,
    variants: Mapping[int, str] | None = None,
    products: Mapping[int, str] | None = None,
    tiers: Mapping[int, str] | None = None,
) -> str:
    """The whole rule, beginning with a capital. `variants`, `products`, `tiers`: names by id."""
    if not rule.groups:
        return _("Everybody")
    names = (variants or {}, products or {}, tiers or {})
    parts = [_(" or ").join(phrase(one, *names) for one in group) for group in rule.groups]
    return capfirst(", ".join(parts))


def phrase(one: Condition, variants: Mapping[int, str], products: Mapping[int, str], tiers: Mapping[int, str]) -> str:
    """One condition: a verb and what follows, small letters first."""
    if one.kind == "bought":
        return _bought(one, variants, products)
    plain, turned = told.tier(one.values, tiers) if one.kind == "tier" else PHRASES[one.kind](one.values)
    return turned if one.negated else plain


def _bought(one: Condition, variants: Mapping[int, str], products: Mapping[int, str]) -> str:
    sort, _colon, name = str(one.values["what"]).partition(":")
    tables: Mapping[str, Mapping[int, str]] = {"v": variants, "p": products}
    what = name
    if sort == "any":
        what = _("something")
    elif sort in tables:
        what = tables[sort].get(int(name) if name.isdecimal() else 0, _("something no longer sold"))
    days = one.values.get("days")
    if days is None:
        text = _("never bought %(what)s") if one.negated else _("ever bought %(what)s")
        if sort == "any" and one.negated:
            text = _("never bought anything")
        return text % {"what": what}
    if one.negated:
        text = ngettext(
            "did not buy %(what)s in the last %(n)s day", "did not buy %(what)s in the last %(n)s days", days
        )
    else:
        text = ngettext("bought %(what)s in the last %(n)s day", "bought %(what)s in the last %(n)s days", days)
    return text % {"what": what, "n": days}


def _purchases(values: Values) -> tuple[str, str]:
    said = {"span": span(values, str)}
    return _("has %(span)s purchases") % said, _("has not %(span)s purchases") % said


def _spent(values: Values) -> tuple[str, str]:
    said = {"span": span(values, amounts.shown)}
    return _("spent %(span)s in all") % said, _("did not spend %(span)s in all") % said


def _away(values: Values) -> tuple[str, str]:
    said = {"span": span(values, str)}
    return _("bought last %(span)s days ago") % said, _("did not buy last %(span)s days ago") % said


def _dates(values: Values) -> str:
    since, until = (
        date_format(date.fromisoformat(values[n]), "j M Y") if n in values else "" for n in ("since", "until")
    )
    if since and until:
        return _("between %(since)s and %(until)s") % {"since": since, "until": until}
    return _("since %(since)s") % {"since": since} if since else _("until %(until)s") % {"until": until}


def _first(values: Values) -> tuple[str, str]:
    said = {"when": _dates(values)}
    return _("bought for the first time %(when)s") % said, _("did not buy for the first time %(when)s") % said


def _between(values: Values) -> tuple[str, str]:
    said = {"when": _dates(values)}
    return _("bought %(when)s") % said, _("did not buy %(when)s") % said


def _channel(values: Values) -> tuple[str, str]:
    said = {"channel": str(dict(OrderChannel.choices).get(values["channel"], values["channel"]))}
    return _("ever bought by this way: %(channel)s") % said, _("never bought by this way: %(channel)s") % said


def _kind(values: Values) -> tuple[str, str]:
    said = {"kinds": one_of(dict(CustomerKind.choices), values["kinds"])}
    return _("is %(kinds)s") % said, _("is not %(kinds)s") % said


def _source(values: Values) -> tuple[str, str]:
    said = {"sources": one_of(dict(Source.choices), values["sources"])}
    return _("heard of us by: %(sources)s") % said, _("did not hear of us by: %(sources)s") % said


def _known(values: Values) -> tuple[str, str]:
    said = {"n": values["days"]}
    return (
        ngettext("was written down in the last %(n)s day", "was written down in the last %(n)s days", said["n"]) % said,
        ngettext("was written down more than %(n)s day ago", "was written down more than %(n)s days ago", said["n"])
        % said,
    )


def _place(values: Values) -> tuple[str, str]:
    said = {"places": one_of({}, values["districts"])}
    return _("lives in %(places)s") % said, _("does not live in %(places)s") % said


def _town(values: Values) -> tuple[str, str]:
    texts = _("lives in town"), _("lives outside town")
    first, second = texts if values["where"] == "in" else reversed(texts)
    return first, second


def _reachable(values: Values) -> tuple[str, str]:
    return _("has a number to write to"), _("has no number to write to")


def _day(values: Values) -> tuple[str, str]:
    names = {"any": _("a day to celebrate")} | {kind.value: str(kind.label).lower() for kind in OccasionKind}
    said = {"day": names.get(values["which"], values["which"]), "n": values["days"]}
    return (
        ngettext("has %(day)s within %(n)s day", "has %(day)s within %(n)s days", said["n"]) % said,
        ngettext("has no %(day)s within %(n)s day", "has no %(day)s within %(n)s days", said["n"]) % said,
    )


def _season(values: Values) -> tuple[str, str]:
    said = {"season": str(SEASON_NAMES.get(values["season"], values["season"]))}
    return _("buys for %(season)s") % said, _("never bought for %(season)s") % said


def _consent(values: Values) -> tuple[str, str]:
    purpose, state = values["purpose"], values["state"]
    if (purpose, state) == (Purpose.PROMOTION, ConsentState.GIVEN):
        return _("may be written to about offers"), _("may not be written to about offers")
    if (purpose, state) == (Purpose.OCCASION, ConsentState.GIVEN):
        return _("may be greeted on celebrations"), _("may not be greeted on celebrations")
    said = {
        "purpose": str(dict(Purpose.choices).get(purpose, purpose)),
        "state": str(dict(ConsentState.choices).get(state, state)).lower(),
    }
    return _("%(purpose)s: %(state)s") % said, _("%(purpose)s: anything but “%(state)s”") % said


def _group(values: Values) -> tuple[str, str]:
    said = {"groups": one_of({str(int(group)): name for group, name in GROUPS.items()}, values["groups"])}
    return _("is in the group: %(groups)s") % said, _("is not in the group: %(groups)s") % said


def _late(values: Values) -> tuple[str, str]:
    return _("stays away longer than usual"), _("does not stay away longer than usual")


def _loyal(values: Values) -> tuple[str, str]:
    return _("bought at least 3 times and still comes"), _("is not a loyal customer yet, or not any more")


def _standing(values: Values) -> tuple[str, str]:
    said = {"which": str(STANDINGS.get(values["which"], values["which"]))}
    return said["which"], _("not: %(which)s") % said


def _messenger(values: Values) -> tuple[str, str]:
    return _("brought somebody"), _("never brought anybody")


def _began(values: Values) -> tuple[str, str]:
    said = {"what": values["what"]}
    return _("began with %(what)s") % said, _("did not begin with %(what)s") % said


def _chance(values: Values) -> tuple[str, str]:
    said = {"level": str(LEVELS.get(values["level"], values["level"]))}
    return _("will %(level)s order within 4 weeks") % said, _("will not “%(level)s” order within 4 weeks") % said


def _value(values: Values) -> tuple[str, str]:
    said = {"fifths": one_of(FIFTHS, values["fifths"])}
    return _("is by expected value in %(fifths)s") % said, _("is by expected value not in %(fifths)s") % said


PHRASES: Mapping[str, Callable[[Values], tuple[str, str]]] = {
    "purchases": _purchases,
    "spent": _spent,
    "away": _away,
    "first": _first,
    "between": _between,
    "channel": _channel,
    "kind": _kind,
    "source": _source,
    "known": _known,
    "place": _place,
    "town": _town,
    "reachable": _reachable,
    "day": _day,
    "season": _season,
    "consent": _consent,
    "group": _group,
    "late": _late,
    "loyal": _loyal,
    "standing": _standing,
    "messenger": _messenger,
    "began": _began,
    "chance": _chance,
    "value": _value,
    "language": told.language,
    "speech": told.speech,
    "honorific": told.honorific,
    "reach": told.reach,
    "hours": told.hours,
    "age": told.age,
    "home": told.home,
    "buys_for": told.buys_for,
    "expects": told.expects,
    "points": told.points,
    "stamps": told.stamps,
}
