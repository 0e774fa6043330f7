"""What is kept about a person, all of it, in words: for the sheet that is printed and the page they may open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setia.core import phone
from setia.customers import queries
from setia.customers.actions.indexing import NUMBERS
from setia.customers.merging.queries import ids_of
from setia.customers.models import Customer, Identity, Preference, PrivacyRequest, Profile, Relation
from setia.customers.words import LABELS, label_of, shown


@dataclass(frozen=True)
class Section:
    """One heading with its lines (what, the words); `note` says how much there is where it is too much to print."""

    title: str
    lines: list[tuple[str, str]]
    note: str = ""


Teller = Callable[[Sequence[int]], list[Section]]
_TELLERS: list[Teller] = []


def install(*tellers: Teller) -> None:
    """What areas above keep: functions from a customer's ids to sections (told once at start)."""
    _TELLERS[:] = tellers


def sections(customer: Customer) -> list[Section]:
    """Everything, by heading; headings with nothing below them are left out."""
    found = [
        Section(_("Who you are"), _who(customer)),
        Section(_("How you are reached"), _numbers(customer)),
        Section(_("Days to remember"), _days(customer)),
        Section(_("What you told us about yourself"), _profile(customer)),
        Section(_("Who belongs to whom"), _relations(customer)),
        Section(_("Notes"), [(_day(note.at), note.text) for note in queries.notes_of(customer.pk, limit=200)]),
        Section(_("What you agreed to"), _answers(customer)),
        Section(_("What you asked about your data"), _wishes(customer)),
    ]
    ids = ids_of(customer.pk)
    for teller in _TELLERS:
        found += teller(ids)
    return [section for section in found if section.lines or section.note]


def _day(moment: object) -> str:
    return date_format(moment, "j M Y")


def _who(customer: Customer) -> list[tuple[str, str]]:
    lines = [(label_of(name), shown(customer, name)) for name in LABELS if getattr(customer, name)]
    if customer.latitude is not None:
        lines.append((_("Point on the map"), f"{customer.latitude}, {customer.longitude}"))
    if customer.household:
        lines.append((_("Household"), " · ".join(filter(None, (customer.household.name, customer.household_role)))))
    if customer.referred_by:
        lines.append((_("Came through"), customer.referred_by.display_name))
    return [*lines, (_("In the book since"), _day(customer.created_at))]


def _numbers(customer: Customer) -> list[tuple[str, str]]:
    rows = Identity.objects.filter(customer=customer).order_by("superseded_at", "pk")
    return [
        (
            f"{row.get_kind_display()}{' (' + _('before') + ')' if row.superseded_at else ''}",
            phone.pretty(row.value) if row.kind in NUMBERS else row.value,
        )
        for row in rows
    ]


def _days(customer: Customer) -> list[tuple[str, str]]:
    return [(row.label or row.get_kind_display(), row.date_words) for row in queries.occasions_of(customer.pk)]


def _profile(customer: Customer) -> list[tuple[str, str]]:
    lines = []
    profile = Profile.objects.filter(customer=customer).first()
    if profile:
        lines = [
            (_("Age"), profile.get_age_band_display()),
            (_("People at home"), str(profile.household_size or "")),
            (_("Buys"), profile.get_buys_for_display()),
            (_("What matters most"), " · ".join(filter(None, (profile.get_expects_display(), profile.expects_words)))),
            (_("Sells on"), " · ".join(filter(None, (profile.resells_what, profile.resells_where)))),
            (_("Agreed thanks"), profile.agreed_thanks),
        ]
    wishes = Preference.objects.filter(customer=customer).order_by("kind", "pk")
    return [line for line in lines if line[1]] + [(row.get_kind_display(), row.text) for row in wishes]


def _relations(customer: Customer) -> list[tuple[str, str]]:
    rows = Relation.objects.filter(customer=customer).select_related("other").order_by("pk")
    return [(row.label or row.get_kind_display(), row.other.display_name) for row in rows]


def _answers(customer: Customer) -> list[tuple[str, str]]:
    return [
        (
            f"{row.get_purpose_display()}: {row.get_state_display()}",
            " · ".join(filter(None, (_day(row.at), row.how_words, row.evidence, row.by.name if row.by else ""))),
        )
        for row in queries.consent_history(customer.pk)
    ]


def _wishes(customer: Customer) -> list[tuple[str, str]]:
    rows = PrivacyRequest.objects.filter(customer=customer).order_by("pk")
    return [
        (row.get_kind_display(), " · ".join(filter(None, (_day(row.received_at), row.words, row.outcome))))
        for row in rows
    ]
