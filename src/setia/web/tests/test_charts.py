"""The rhythm strip: every mark lies on the strip, in the order of the days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

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
