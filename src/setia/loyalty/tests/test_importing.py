"""Paper cards from a file: known people only, once each, and out again while nothing was spent."""

import pytest

from setia.loyalty import actions
from setia.loyalty.importing import CARDS, CardRow

pytestmark = pytest.mark.django_db


def rows(*cards):
    return list(enumerate((CardRow(*card) for card in cards), start=2))


def test_known_people_get_their_stamps_once(loyal):
    number = next(row.value for row in loyal.who("siti").identities.all())
    cards = rows(("Bu Ratna Wulandari", "", 7, 0), ("", number, 3, 20), ("Nobody At All", "", 5, 0))
    brought = CARDS.open(3).bring_in(cards)
    assert (brought.created, brought.matched, [row for row, _said in brought.problems]) == (2, 0, [4])
    assert loyal.balance("ratna") == (0, 7) and loyal.balance("siti") == (20, 3)
    again = CARDS.open(3).bring_in(cards)
    assert (again.created, again.matched) == (0, 2)
    assert loyal.balance("ratna") == (0, 7)


def test_a_file_is_taken_out_while_nothing_was_spent(loyal):
    [entries] = (
        CARDS.open(2).bring_in(rows(("Bu Ratna Wulandari", "", 7, 0), ("Bu Siti Pogalan", "", 12, 0))).made.values()
    )
    actions.redeem(customer=loyal.who("siti"), reward=loyal.box, key="r")
    kept = CARDS.take_out("loyalty.ledgerentry", entries)
    assert len(kept) == 1
    assert loyal.balance("ratna") == (0, 0) and loyal.balance("siti") == (0, 2)
    CARDS.open(1).bring_in(rows(("Bu Ratna Wulandari", "", 7, 0)))
    assert loyal.balance("ratna") == (0, 7), "and it may be brought in again"


def test_cells_are_read_or_refused():
    from setia.customers.importing import How, RowProblem

    how = How(today=None)  # type: ignore[arg-type]
    row = CARDS.read({"customer": ["Bu Siti"], "stamps": ["7"], "points": ["1.200"]}, how)
    assert (row.name, row.stamps, row.points) == ("Bu Siti", 7, 1_200)
    for cells in ({"customer": ["Bu Siti"], "stamps": ["lots"]}, {"customer": ["Bu Siti"]}, {"stamps": ["3"]}):
        with pytest.raises(RowProblem):
            CARDS.read(cells, how)
