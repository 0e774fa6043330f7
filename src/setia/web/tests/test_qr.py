"""What a phone reads off the screen is what was meant."""

from io import BytesIO

import segno
import zxingcpp
from PIL import Image

from setia.web import qr


def test_the_drawing_is_the_code():
    text = "https://wa.me/6281230004000?text=Halo"
    assert qr.svg(text).startswith("<svg ") and "style=" not in qr.svg(text)
    body = BytesIO()
    segno.make(text, error="m", micro=False).save(body, kind="png", scale=4, border=4)
    assert zxingcpp.read_barcodes(Image.open(body))[0].text == text
