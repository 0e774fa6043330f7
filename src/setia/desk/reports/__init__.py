"""The reports: the four objectives, what came of it, the funnel, the owner's letter, the month on paper.

Every figure is counted at night (`nightly`) and kept by `segments` as plain values; a page only lays them out. Where a
figure is about people it opens the list of them.
"""
