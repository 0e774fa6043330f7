"""Pictures made from the table: the price list for a WhatsApp status, a card for an item, the icon of the page.

Drawn with Pillow and the letters it brings along; nothing here asks the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps

# A WhatsApp status in a phone's portrait; what is sent on stays below this many bytes.
WIDTH, HEIGHT = 1080, 1920
MOST_BYTES: Final = 100_000
MARGIN, HEAD, FOOT = 72, 330, 150
PAPER, INK, SOFT, BRAND, LINE = "#faf7f0", "#2b2520", "#6f6459", "#1f6b4a", "#e3dccf"
# So many items a picture: more would be too small to read on a phone.
MOST_ROWS: Final = 16

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One line of the picture; `photo` holds the bytes of a small picture, or nothing."""

    label: str
    price: str
    photo: bytes = b""


@dataclass(frozen=True, slots=True)
class PricePage:
    """What stands on one picture: the heading, the day, groups of rows under a product's name, the last line."""

    heading: str
    day: str
    groups: Sequence[tuple[str, Sequence[PriceRow]]]
    foot: str


@lru_cache(maxsize=32)
def _font(size: int) -> Font:
    return ImageFont.load_default(size)


def _fitting(draw: ImageDraw.ImageDraw, text: str, size: int, width: int) -> tuple[str, Font]:
    """The text in letters as large as fit in `width`, at least 60 % of `size`; what is longer still is cut."""
    for points in range(size, int(size * 0.6), -2):
        if draw.textlength(text, font=_font(points)) <= width:
            return text, _font(points)
    font = _font(int(size * 0.6))
    while text and draw.textlength(f"{text}…", font=font) > width:
        text = text[:-1]
    return f"{text}…", font


def pages(rows: Sequence[tuple[str, PriceRow]]) -> list[list[tuple[str, list[PriceRow]]]]:
    """`(product, row)` in their order, parted into pictures of at most `MOST_ROWS`, grouped by product."""
    made: list[list[tuple[str, list[PriceRow]]]] = []
    for start in range(0, len(rows), MOST_ROWS):
        groups: list[tuple[str, list[PriceRow]]] = []
        for product, row in rows[start : start + MOST_ROWS]:
            if not groups or groups[-1][0] != product:
                groups.append((product, []))
            groups[-1][1].append(row)
        made.append(groups)
    return made


def price_picture(page: PricePage) -> tuple[bytes, str]:
    """The picture and its media type: PNG without photos, JPEG with some; always below `MOST_BYTES`."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 24), fill=BRAND)
    heading, font = _fitting(draw, page.heading, 76, WIDTH - 2 * MARGIN)
    draw.text((MARGIN, 90), heading, font=font, fill=BRAND)
    draw.text((MARGIN, 200), page.day, font=_font(42), fill=SOFT)
    _rows(picture, draw, page)
    foot, font = _fitting(draw, page.foot, 40, WIDTH - 2 * MARGIN)
    draw.text((MARGIN, HEIGHT - 110), foot, font=font, fill=SOFT)
    if any(row.photo for _product, rows in page.groups for row in rows):
        return _jpeg(picture), "image/jpeg"
    return _png(picture), "image/png"


def _rows(picture: Image.Image, draw: ImageDraw.ImageDraw, page: PricePage) -> None:
    many = sum(len(rows) for _product, rows in page.groups) + len(page.groups)
    step = min(110, (HEIGHT - HEAD - FOOT) // max(1, many))
    size, y = int(step * 0.52), HEAD
    for product, rows in page.groups:
        text, font = _fitting(draw, product, size, WIDTH - 2 * MARGIN)
        draw.text((MARGIN, y + step // 2), text, font=font, fill=BRAND, anchor="lm")
        y += step
        for row in rows:
            draw.line((MARGIN, y, WIDTH - MARGIN, y), fill=LINE, width=2)
            left = MARGIN
            if row.photo:
                picture.paste(_square(row.photo, step - 14), (MARGIN, y + 7))
                left += step + 6
            draw.text((WIDTH - MARGIN, y + step // 2), row.price, font=_font(size), fill=INK, anchor="rm")
            room = WIDTH - MARGIN - left - int(draw.textlength(row.price, font=_font(size))) - 24
            text, font = _fitting(draw, row.label, size, room)
            draw.text((left, y + step // 2), text, font=font, fill=INK, anchor="lm")
            y += step


def _square(photo: bytes, size: int) -> Image.Image:
    with Image.open(BytesIO(photo)) as picture:
        return ImageOps.fit(picture.convert("RGB"), (size, size))


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    body = BytesIO()
    picture.save(body, kind, **options)
    return body.getvalue()


def _png(picture: Image.Image) -> bytes:
    return _saved(picture.quantize(24), "PNG", optimize=True)


def _jpeg(picture: Image.Image, most: int = MOST_BYTES) -> bytes:
    """As good as fits: less quality first, then fewer pixels."""
    while True:
        for quality in (85, 75, 65, 55, 45):
            body = _saved(picture, "JPEG", quality=quality, optimize=True, progressive=True)
            if len(body) < most:
                return body
        picture = picture.resize((picture.width * 4 // 5, picture.height * 4 // 5))


CARD: Final = 800


def card(title: str, words: str, photo: bytes = b"") -> bytes:
    """A square JPEG of an item, for WhatsApp's catalogue and for links: its photo, or its name on a coloured card."""
    if photo:
        with Image.open(BytesIO(photo)) as picture:
            return _jpeg(ImageOps.fit(picture.convert("RGB"), (CARD, CARD)), most=200_000)
    picture = Image.new("RGB", (CARD, CARD), BRAND)
    draw = ImageDraw.Draw(picture)
    for text, y, size in ((title, CARD // 2 - 40, 84), (words, CARD // 2 + 60, 48)):
        shown, font = _fitting(draw, text, size, CARD - 120)
        draw.text((CARD // 2, y), shown, font=font, fill=PAPER, anchor="mm")
    return _jpeg(picture)


def icon(letters: str, size: int) -> bytes:
    """The shop's initials on green, as a square PNG: safe to be cut round."""
    picture = Image.new("RGB", (size, size), BRAND)
    ImageDraw.Draw(picture).text((size // 2, size // 2), letters, font=_font(size * 2 // 5), fill=PAPER, anchor="mm")
    return _png(picture)
