"""The rhythm strip: every mark lies on the strip, in the order of the days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from setia.web import charts
from setia.web.charts import MARGIN, WIDTH, rhythm_strip

TODAY = date(2026, 11, 23)
days = st.lists(st.integers(0, 2000).map(lambda ago: TODAY - timedelta(days=ago)), min_size=1, max_size=40)
gap = st.floats(0, 900)


@given(days, st.one_of(st.none(), st.tuples(gap, gap).map(sorted)))
def test_every_mark_is_on_the_strip(bought, window):
    low, high = window or (None, None)
    strip = rhythm_strip(bought, TODAY, low, high)
    marks = [*strip.buys, strip.today]
    assert marks == sorted(marks), "nobody bought after today"
    assert all(MARGIN <= x <= WIDTH - MARGIN for x in marks)
    assert len(strip.buys) == min(14, len(bought)) and strip.first_day == sorted(bought)[-14:][0]
    if window is None:
        assert strip.due_from is strip.due_width is None
    else:
        assert strip.due_width >= 6 and strip.buys[-1] - 0.1 <= strip.due_from <= WIDTH - MARGIN


def test_a_month_of_weeks():
    strip = rhythm_strip([TODAY - timedelta(days=ago) for ago in (28, 21, 14, 7)], TODAY, 5, 9)
    gaps = [round(after - before) for before, after in zip(strip.buys, strip.buys[1:], strict=False)]
    assert len(set(gaps)) == 1, "a week is as wide as a week"
    assert strip.due_from < strip.today < strip.due_from + strip.due_width, "the next is due about now"


def test_one_purchase_today():
    strip = rhythm_strip([TODAY], TODAY, None, None)
    assert strip.buys == [MARGIN] == [strip.today]


amounts = st.lists(st.floats(0, 1e9), max_size=24)


@given(amounts)
def test_columns_stand_side_by_side_on_the_ground(values):
    drawn = charts.bars([(str(n), value, f"{value:.0f}", "") for n, value in enumerate(values)])
    assert len(drawn) == len(values)
    for bar in drawn:
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH + 0.2
        assert bar.y >= charts.HEAD - 0.1 and abs(bar.y + bar.height - (charts.HEIGHT - charts.FOOT)) < 0.2
    assert all(a.x + a.width <= b.x + 0.2 for a, b in zip(drawn, drawn[1:], strict=False))


@given(st.lists(st.tuples(st.just("x"), *[st.floats(-1e6, 1e6)] * 3), max_size=30))
def test_a_line_stays_in_its_frame(points):
    drawn = charts.line([(label, *sorted(numbers)) for label, *numbers in points])
    numbers = [float(part) for part in drawn.path.replace("M", "").replace("L", "").split()]
    assert all(0 <= number <= WIDTH for number in numbers) and drawn.least <= 0 < drawn.most


@given(amounts)
def test_the_longest_of_a_ranking_fills_it(values):
    rows = charts.ranks([("a", value, "", "", "") for value in values])
    assert all(0 <= row.width <= 100 for row in rows)
    assert not values or max(values) < 1e-6 or max(row.width for row in rows) == 100


def test_shades():
    assert [charts.shade(share) for share in (None, 0, 0.01, 0.2, 0.59, 0.99, 1)] == [-1, 0, 1, 2, 3, 5, 5]
