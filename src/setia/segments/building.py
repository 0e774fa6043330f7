"""A rule as one edits it: rows of small forms in an address, no more than the shop has to choose from.

Everything is in the parameters (`k0=bought&k0-what=f:Keju&k0-days=90&k1=town…`), so a page can be reloaded, sent on,
and works without JavaScript. A row that is not filled in yet is no condition, and says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from setia.segments import phrases, rules
from setia.segments.conditions import FORMS, Choices, ConditionForm, ManyField


@dataclass
class Row:
    """One condition as it is edited: its form, and the condition once everything needed is filled in."""

    number: int
    kind: str
    form: ConditionForm
    negated: bool
    joined: bool
    condition: rules.Condition | None = None


@dataclass(frozen=True)
class Draft:
    """All rows, and the rule of those that are complete."""

    rows: list[Row]
    rule: rules.Rule
    choices: Choices

    @property
    def complete(self) -> bool:
        return all(row.condition for row in self.rows)

    @property
    def sentence(self) -> str:
        tiers = self.choices.tiers if any(one.kind == "tier" for one in self.rule.conditions) else {}
        return phrases.sentence(self.rule, self.choices.variants, self.choices.products, tiers)

    @property
    def query(self) -> str:
        """The rule as an address's parameters."""
        return query_string(self.rule)


def draft(data: QueryDict, choices: Choices) -> Draft:
    """Read the rows out of the parameters; `add`: the kind of one more row, `drop`: the number of one to leave out."""
    rows = list(_rows(_numbered(data), choices))
    added = data.get("add", "")
    if added in FORMS and len(rows) < rules.MOST_CONDITIONS:
        rows.append(_new(added, len(rows), choices))
    kept = [(row.condition, row.joined) for row in rows if row.condition]
    return Draft(rows, rules.from_rows(kept), choices)


def of_rule(rule: rules.Rule, choices: Choices) -> Draft:
    """The rows of a rule that is there already."""
    return draft(QueryDict(query_string(rule)), choices)


def query_string(rule: rules.Rule) -> str:
    query = QueryDict(mutable=True)
    for name, value in rules.to_query(rule):
        query.appendlist(name, value)
    return query.urlencode()


def _numbered(data: QueryDict) -> QueryDict:
    """The same rows, numbered from 0 on without gaps; the one to drop is left out."""
    numbers = [n for n in range(rules.MOST_CONDITIONS) if data.get(f"k{n}") in FORMS and str(n) != data.get("drop")]
    kept = QueryDict(mutable=True)
    for place, number in enumerate(numbers):
        for name in data:
            if name == f"k{number}" or name.startswith(f"k{number}-"):
                kept.setlist(f"k{place}{name.removeprefix(f'k{number}')}", data.getlist(name))
    return kept


def _rows(data: QueryDict, choices: Choices) -> Iterator[Row]:
    for number in range(rules.MOST_CONDITIONS):
        kind = data.get(f"k{number}", "")
        if kind not in FORMS:
            continue
        form = FORMS[kind](data, prefix=f"k{number}", choices=choices)
        row = Row(number, kind, form, data.get(f"k{number}-not") == "1", data.get(f"k{number}-or") == "1")
        if form.is_valid():
            row.condition = _condition(kind, form.values(), row.negated)
        yield row


def _new(kind: str, number: int, choices: Choices) -> Row:
    """A row just added: what its form proposes is a condition already, where that is enough."""
    form = FORMS[kind](prefix=f"k{number}", choices=choices)
    proposed = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    for name, given in form.fields.items():
        if proposed[name] is None and isinstance(given, forms.ChoiceField) and not isinstance(given, ManyField):
            proposed[name] = next((value for value, _label in given.choices), None)
    values = {name: value for name, value in proposed.items() if value not in (None, "", [])}
    return Row(number, kind, form, False, False, _condition(kind, values, negated=False))


def _condition(kind: str, values: Mapping[str, Any], negated: bool) -> rules.Condition | None:
    plain = {name: [str(one) for one in value] if isinstance(value, list) else value for name, value in values.items()}
    try:
        return rules.condition(kind, plain, negated=negated)
    except rules.RuleError:
        return None
