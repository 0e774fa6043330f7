"""Arithmetic about customers: NumPy and nothing else. No Django, no clock, no dice without a seed.

Import the module you need; importing `setia.insight` itself loads nothing.

    from setia.insight import buying, summary

buying     fit, Fit, Params, Total, Prior, WEAK_PRIOR: who orders again, how often, with which chance (BG/NBD, MBG/NBD)
gaps       find_gaps, find_waits, open_days; Gaps, Waits: the days between each customer's orders
rhythm     fit, comeback, calibration; Rhythm, Reading, Comeback, Evidence: each customer's usual gap, how unusual the
           present wait is, who of the late comes back anyway
summary    summarise, Summary: one line per customer from a purchase log
rfm        score, Scores, Group: recency, frequency, monetary value; named groups
cohorts    retention, Cohorts: who came back, by period of the first order
value      fit, Fit, Params, Value, WEAK_PRIOR: what an order and a customer is worth (Gamma-Gamma)
occasion   repeat_rate, fit, Fit: who orders again for the same yearly occasion (Beta-binomial, BG/BB)
demand     forecast, backtest, Forecast, Backtest, Score: how much of each product the coming days ask for
uplift     holdout_share, assign, detectable_effect, compare, compare_rates, pool; Lift, Pooled: what a campaign did
choice     worth, learn, trust, place, in_a_day, held_back; Evidence, Learned, Worth: which prompt to choose, whom not
together   pairs, suggest, counts; Pairs: what is taken together more often than chance (shrunk lift)
boredom    signal, Boredom: whose variety narrows while their gaps widen, against their own past
prior      learn: a prior for `buying` from many shops, four numbers of each

Each module says in its first lines what comes in, what goes out and in which units; docs/algorithms/ explains why.
"""
