"""Arithmetic about customers: NumPy and nothing else. No Django, no clock, no dice without a seed.

Import the module you need; importing `setia.insight` itself loads nothing.

    from setia.insight import buying    fit, Fit, Params, Total, Prior, WEAK_PRIOR
                                        who will order again, how often, with which chance (BG/NBD, MBG/NBD)

Each module says in its first lines what comes in, what goes out and in which units; docs/algorithms/ explains the ideas.
"""
