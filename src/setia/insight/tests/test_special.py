"""Special functions against SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special as scipy_special
from scipy import stats

from setia.insight import special

POSITIVE = st.floats(1e-8, 1e8)


@given(POSITIVE)
def test_gamma_function_and_derivatives(z: float) -> None:
    assert special.log_gamma(z) == pytest.approx(scipy_special.gammaln(z), rel=1e-12, abs=1e-13)
    assert special.digamma(z) == pytest.approx(scipy_special.digamma(z), rel=1e-12, abs=1e-13)
    assert special.trigamma(z) == pytest.approx(scipy_special.polygamma(1, z), rel=1e-12)


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_log_beta(a: float, b: float) -> None:
    assert special.log_beta(a, b) == pytest.approx(scipy_special.betaln(a, b), rel=1e-10, abs=1e-10)


@given(st.floats(1e-12, 1 - 1e-12))
def test_normal_quantile(share: float) -> None:
    assert special.normal_quantile(share) == pytest.approx(scipy_special.ndtri(share), rel=1e-9, abs=1e-9)


def test_shapes_and_ends() -> None:
    assert special.log_gamma(np.ones((2, 3))).shape == (2, 3)
    assert special.normal_quantile([0, 0.5, 1]).tolist() == [-np.inf, 0, np.inf]
    assert special.gamma_quantile([0, 0.9], [5, 0], [2, 0]).tolist() == [0, 0]


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_log_normal_quantile(share: float) -> None:
    other = stats.lognorm(s=0.7, scale=4.0)
    assert special.log_normal_quantile(share, other.mean(), other.var()) == pytest.approx(other.ppf(share), rel=1e-9)


@pytest.mark.parametrize("shape", [2, 5, 30, 1000])
@pytest.mark.parametrize("share", [0.05, 0.1, 0.5, 0.9, 0.95])
def test_gamma_quantile_is_close(shape: float, share: float) -> None:
    mean, variance = 3.0 * shape, 9.0 * shape
    assert special.gamma_quantile(share, mean, variance) == pytest.approx(
        stats.gamma.ppf(share, shape, scale=3), rel=0.06
    )
