"""Everything of a shop in one file, and the same shop again from it.

A zip of one CSV per table, the shop's pictures and files, and a manifest. Tables are found by the models: a new area is
in it by itself. Ids stay as they are in an empty installation; elsewhere all are moved by one number.
"""

from setia.desk.archive.reading import bring_in
from setia.desk.archive.writing import write

__all__ = ["bring_in", "write"]
