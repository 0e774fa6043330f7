"""A point on the map, from what people paste: `-8.05, 111.71`, a link of Google Maps, `geo:`."""

import re
from typing import Final

_PAIR: Final = r"(-?\d{1,3}(?:\.\d+)?)\s*(?:,|%2C)\s*\+?(-?\d{1,3}(?:\.\d+)?)"
# The place itself comes before the middle of the screen in a link.
_FORMS: Final = (
    re.compile(r"!3d(-?\d{1,3}\.\d+)!4d(-?\d{1,3}\.\d+)"),
    re.compile(rf"[?&](?:q|query|ll|destination|daddr|center)=(?:loc:)?{_PAIR}", re.IGNORECASE),
    re.compile(rf"(?:/search/|/place/|geo:){_PAIR}", re.IGNORECASE),
    re.compile(rf"@{_PAIR}"),
    re.compile(rf"^\s*\(?{_PAIR}\)?\s*$"),
)
_DECIMAL_COMMA: Final = re.compile(r"^\s*(-?\d{1,3}),(\d{3,})\s*[;, ]\s*(-?\d{1,3}),(\d{3,})\s*$")


def read(text: str) -> tuple[float, float] | None:
    """Latitude and longitude, six digits each (a hand's breadth); None when there is no point in the text."""
    if found := _DECIMAL_COMMA.match(text):
        text = f"{found[1]}.{found[2]},{found[3]}.{found[4]}"
    for form in _FORMS:
        if found := form.search(text):
            latitude, longitude = round(float(found[1]), 6), round(float(found[2]), 6)
            if -90 <= latitude <= 90 and -180 <= longitude <= 180:
                return latitude, longitude
    return None


def link(latitude: float, longitude: float) -> str:
    """Where a phone shows the way to it."""
    return f"https://www.google.com/maps/search/?api=1&query={latitude},{longitude}"
