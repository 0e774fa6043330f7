"""Two written down for one person are made one; nothing is lost, and it can be taken back exactly.

Areas above own rows that point at customers and are not known here: they are found by the models' foreign keys
(`relations`), moved step by step (`steps`), and every step is kept in a `MergeRecord`. What cannot simply be moved says
so through `install`.
"""

from setia.customers.merging import queries
from setia.customers.merging.finding import find_pairs
from setia.customers.merging.folding import Special, install
from setia.customers.merging.merge import CHOICES, ask_again, mark_different, merge, undo

__all__ = ["CHOICES", "Special", "ask_again", "find_pairs", "install", "mark_different", "merge", "queries", "undo"]
