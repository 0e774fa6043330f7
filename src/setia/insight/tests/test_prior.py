"""A prior over shops: four numbers each, careful with few shops, right with many."""

from typing import Any

import numpy as np
import pytest

from setia.insight import buying, prior
from setia.insight.tests import logs


def test_without_shops_the_prior_is_the_weak_one() -> None:
    assert prior.learn([]) is buying.WEAK_PRIOR
    assert prior.learn(np.empty((0, 4))) is buying.WEAK_PRIOR


def test_with_many_shops_the_prior_is_theirs() -> None:
    dice = np.random.default_rng(1)
    centre = np.array([-0.5, -1.0, -1.5, 0.5])
    spread = np.array([[0.3, 0.1, 0, 0], [0.1, 0.4, 0, 0], [0, 0, 0.5, -0.1], [0, 0, -0.1, 0.2]])
    found = prior.learn(dice.multivariate_normal(centre, spread, 5000))
    assert found.centre == pytest.approx(centre, abs=0.03)
    assert np.array(found.covariance) == pytest.approx(spread, abs=0.05)


def test_one_shop_moves_it_a_little() -> None:
    weak = np.array(buying.WEAK_PRIOR.centre)
    found = np.array(prior.learn([weak + 0.7]).centre)
    assert found == pytest.approx(weak + 0.1)


def test_a_strange_shop_cannot_spoil_it() -> None:
    weak = np.array(buying.WEAK_PRIOR.centre)
    found = prior.learn([weak] * 20 + [weak + 1e6])
    assert np.abs(np.array(found.centre) - weak).max() < 0.3
    assert (np.linalg.eigvalsh(found.covariance) > 0).all()


def test_the_learned_prior_helps_the_next_small_shop() -> None:
    true = (0.9, 32.0, 0.2, 4.0)  # a bakery, in days
    weeks = []
    for seed in range(12):
        x, t_x, T = logs.simulate(400, *true, seed, True, (60, 400))
        weeks.append(buying.fit(x, t_x / 7, T / 7, prior=buying.WEAK_PRIOR).numbers)
    learned = prior.learn(weeks)
    errors: dict[str, list[float]] = {"weak": [], "learned": []}
    for seed in range(100, 130):
        x, t_x, T = logs.simulate(40, *true, seed, True, (20, 80))
        for name, belief in (("weak", buying.WEAK_PRIOR), ("learned", learned)):
            fit = buying.fit(x, t_x / 7, T / 7, prior=belief)
            errors[name].append(np.square(np.log(fit.params) - np.log([0.9, 32 / 7, 0.2, 4.0])).sum())
    assert np.mean(errors["learned"]) < 0.7 * np.mean(errors["weak"])


@pytest.mark.parametrize("numbers", [[[1, 2, 3]], [1, 2, 3, 4], [[1, 2, 3, np.nan]]])
def test_anything_but_four_numbers_is_refused(numbers: Any) -> None:
    with pytest.raises(ValueError, match="four finite numbers"):
        prior.learn(numbers)
