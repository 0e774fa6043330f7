"""What the demo's customers send besides words: a picture, a sound, a paper. All made here."""

import json
import math
import wave
from base64 import b64encode
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw


def pictures() -> list[tuple[int, str, str, dict[str, Any]]]:
    """What customers send when the emulator is up: seconds after the start, who, kind, content with its bytes."""
    return [
        (6, "guru", "image", _picture() | {"caption": "Seperti ini Bu, untuk 40 anak"}),
        (7, "guru", "audio", _voice()),
        (8, "guru", "document", _paper()),
    ]


def _picture() -> dict[str, Any]:
    """A box of bakpia, drawn."""
    picture = Image.new("RGB", (960, 720), "#c9a26b")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((60, 60, 900, 660), 40, fill="#f4ead7", outline="#8a5a2b", width=10)
    for row in range(3):
        for column in range(4):
            x, y = 110 + column * 190, 100 + row * 185
            pen.ellipse((x, y, x + 165, y + 150), fill="#e8c88a", outline="#a8743c", width=5)
            pen.ellipse((x + 35, y + 30, x + 130, y + 110), fill="#c58a45")
    body = BytesIO()
    picture.save(body, "JPEG", quality=80)
    return {"mime_type": "image/jpeg", "base64": b64encode(body.getvalue()).decode()}


def _voice() -> dict[str, Any]:
    """A few notes for a voice: enough to hear that it plays."""
    rate, body = 8000, BytesIO()
    tones = [(note, index / rate) for note in (392, 440, 523, 440) for index in range(rate // 2)]
    samples = bytes(128 + round(60 * math.sin(math.tau * note * at)) for note, at in tones)
    with wave.open(body, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes(samples)
    return {"mime_type": "audio/wav", "voice": True, "base64": b64encode(body.getvalue()).decode()}


def _paper() -> dict[str, Any]:
    words = json.dumps({"acara": "Wisuda TK Melati", "kotak": 40}, ensure_ascii=False).encode()
    return {"mime_type": "text/plain", "filename": "daftar anak.txt", "base64": b64encode(words).decode()}
