"""Pictures of what the demo shop bakes, drawn here: bakpia on a plate, one cut open to show what is inside."""

import random
from functools import cache
from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFilter

from setia.catalog import queries
from setia.web import photos

SIDE: Final = 720
# What a flavour looks like when it is cut open.
FILLINGS: Final = {
    "Kacang hijau": "#b9a64b",
    "Kumbu hitam": "#4a2c25",
    "Keju": "#f2c84b",
    "Cokelat": "#5a3320",
    "Ubi ungu": "#6f4a93",
}
TABLES: Final = ("#d9c3a0", "#c9d3bd", "#dcc9c0", "#cfd3da")


def product_photo(flavour: str, pieces: int | None) -> str:
    """Keep a drawn picture of a flavour (of all of them when it is not known) as the shop's; returns its token."""
    body = _drawn(flavour, pieces or 10)
    return photos.store(ContentFile(body, name="bakpia.jpg"), folder=queries.PHOTOS)


@cache
def _drawn(flavour: str, pieces: int) -> bytes:
    dice = random.Random(f"{flavour} {pieces}")  # noqa: S311 - where cakes lie is no secret
    picture = Image.new("RGB", (SIDE, SIDE), dice.choice(TABLES))
    _round(picture, (SIDE / 2, SIDE / 2), 330, "#f7f1e6", "#e2d6c0")
    known = FILLINGS.get(flavour)
    for number, (x, y) in enumerate(_places(pieces)):
        at = x + dice.uniform(-6, 6), y + dice.uniform(-6, 6)
        if number % (5 if known else 2) == 1:
            _cut(picture, at, known or list(FILLINGS.values())[number // 2 % len(FILLINGS)])
        else:
            _whole(picture, at)
    body = BytesIO()
    picture.save(body, "JPEG", quality=88)
    return body.getvalue()


def _places(pieces: int) -> list[tuple[float, float]]:
    """Where each lies, row by row: ten, or a dozen for larger boxes."""
    rows = (3, 4, 3) if pieces <= 10 else (4, 4, 4)
    return [
        (SIDE / 2 + 122 * (column - (count - 1) / 2), SIDE / 2 + 122 * (row - 1))
        for row, count in enumerate(rows)
        for column in range(count)
    ]


def _whole(picture: Image.Image, at: tuple[float, float]) -> None:
    _round(picture, at, 58, "#e7c283", "#c3924d")
    _soft(picture, at, 30, "#a96a2c", 16)
    _soft(picture, (at[0] - 16, at[1] - 20), 12, "#f8e3b4", 10)


def _cut(picture: Image.Image, at: tuple[float, float], filling: str) -> None:
    _round(picture, at, 58, "#f0d9a8", "#c3924d")
    pen = ImageDraw.Draw(picture)
    x, y = at
    pen.ellipse((x - 44, y - 44, x + 44, y + 44), fill=filling)
    _soft(picture, (x - 12, y - 14), 16, "#ffffff", 14, strength=60)


def _round(picture: Image.Image, at: tuple[float, float], radius: float, fill: str, rim: str) -> None:
    """A round thing with its shadow."""
    x, y = at
    _soft(picture, (x + 5, y + 12), radius, "#3b2a1a", 10, strength=90)
    pen = ImageDraw.Draw(picture)
    box = (x - radius, y - radius, x + radius, y + radius)
    pen.ellipse(box, fill=fill, outline=rim, width=max(3, int(radius / 16)))


def _soft(
    picture: Image.Image, at: tuple[float, float], radius: float, colour: str, blur: int, *, strength: int = 200
) -> None:
    """A spot of colour without an edge."""
    x, y = at
    reach = int(radius + 3 * blur)
    mask = Image.new("L", (2 * reach, 2 * reach))
    ImageDraw.Draw(mask).ellipse((reach - radius, reach - radius, reach + radius, reach + radius), fill=strength)
    picture.paste(colour, (int(x) - reach, int(y) - reach), mask.filter(ImageFilter.GaussianBlur(blur)))
