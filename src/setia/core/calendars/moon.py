"""When the moon is new: the astronomy behind an estimated month start.

Formula: Jean Meeus, Astronomical Algorithms, chapter 49, with the periodic terms above 20 seconds. Good to a few
minutes between 1900 and 2100, far finer than the human decision it stands in for.
"""

from datetime import datetime, timedelta
from math import radians, sin

_J2000 = datetime(2000, 1, 1, 12)  # noqa: DTZ001 - plain universal time, no zone arithmetic is done here
_J2000_DAY = 2451545.0


def new_moon(lunation: int) -> datetime:
    """The conjunction of `lunation` (0 is the new moon of 6 January 2000) as naive universal time."""
    century = lunation / 1236.85
    eccentricity = 1 - 0.002516 * century - 0.0000074 * century**2
    sun = radians(2.5534 + 29.10535670 * lunation - 0.0000014 * century**2)
    moon = radians(201.5643 + 385.81693528 * lunation + 0.0107582 * century**2)
    latitude = radians(160.7108 + 390.67050284 * lunation - 0.0016118 * century**2)
    node = radians(124.7746 - 1.56375588 * lunation + 0.0020672 * century**2)
    mean = _J2000_DAY + 5.09766 + 29.530588861 * lunation + 0.00015437 * century**2
    correction = (
        -0.40720 * sin(moon)
        + 0.17241 * eccentricity * sin(sun)
        + 0.01608 * sin(2 * moon)
        + 0.01039 * sin(2 * latitude)
        + 0.00739 * eccentricity * sin(moon - sun)
        - 0.00514 * eccentricity * sin(moon + sun)
        + 0.00208 * eccentricity**2 * sin(2 * sun)
        - 0.00111 * sin(moon - 2 * latitude)
        - 0.00057 * sin(moon + 2 * latitude)
        + 0.00056 * eccentricity * sin(2 * moon + sun)
        - 0.00042 * sin(3 * moon)
        + 0.00042 * eccentricity * sin(sun + 2 * latitude)
        + 0.00038 * eccentricity * sin(sun - 2 * latitude)
        - 0.00024 * eccentricity * sin(2 * moon - sun)
        - 0.00017 * sin(node)
    )
    return _J2000 + timedelta(days=mean + correction - _J2000_DAY)
