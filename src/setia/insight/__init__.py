"""Arithmetic about customers: NumPy and nothing else. No Django, no clock, no dice without a seed.

Import the module you need; importing `setia.insight` itself loads nothing.

    from setia.insight import buying    fit, Fit, Params, Total, Prior, WEAK_PRIOR
                                        who will order again, how often, with which chance (BG/NBD, MBG/NBD)
    from setia.insight import rhythm    gaps, fit, comeback, open_days; Rhythm, Gaps, Reading, Comeback, Evidence
                                        each customer's usual gap, how unusual the wait is, who comes back anyway
    from setia.insight import summary   summarise, Summary: one line per customer from a purchase log
    from setia.insight import rfm       score, Scores, Group: recency, frequency, monetary value; named groups
    from setia.insight import cohorts   retention, Cohorts: who came back, by month of the first order
    from setia.insight import value     fit, Fit, Params, Value, WEAK_PRIOR: what an order and a customer is worth
    from setia.insight import occasion  repeat_rate, fit, Fit: who orders again for the same yearly occasion (BG/BB)

Each module says in its first lines what comes in, what goes out and in which units; docs/algorithms/ explains why.
"""
