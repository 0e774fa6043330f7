"""Words and signs WhatsApp itself puts into an export, in both languages."""

import re
from typing import Final

_BIDI: Final = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
_LEFT: Final = "\u200e"

_LEFT_OUT_ANDROID: Final = ("<media omitted>", "<media tidak disertakan>")
_LEFT_OUT_IOS: Final = re.compile(
    r"(?:image|video|audio|sticker|gif|document|contact card|video note|"
    r"gambar|stiker|dokumen|kartu kontak|catatan video) (?:omitted|tidak disertakan)",
    re.IGNORECASE,
)
_ATTACHED_ANDROID: Final = re.compile(r"^(.{1,200}\.\w{1,5}) \((?:file attached|file terlampir)\)$", re.IGNORECASE)
_ATTACHED_IOS: Final = re.compile(r"^<(?:attached|terlampir): (.{1,200})>$", re.IGNORECASE)
_EDITED: Final = re.compile(r"\s*\u200e?<(?:This message was edited|Pesan ini telah diedit)>\s*$", re.IGNORECASE)
_DELETED: Final = frozenset(
    {
        *("this message was deleted", "you deleted this message", "this message was deleted by admin"),
        *("pesan ini telah dihapus", "pesan ini dihapus", "anda menghapus pesan ini"),
    }
)
# iPhones give lines of WhatsApp itself an author. They begin with a mark nobody types.
_SYSTEM: Final = re.compile(
    r"(?:messages and calls are end-to-end encrypted|pesan dan panggilan (?:ter|di)enkripsi secara end-to-end|"
    r"(?:missed )?(?:voice|video) call|(?:panggilan (?:suara|video))|"
    r"this chat is with a business account|chat ini dengan akun bisnis|"
    r"this business (?:account )?(?:uses|is)|bisnis ini|your security code|kode keamanan|"
    r"you (?:blocked|unblocked)|anda (?:memblokir|membuka blokir)|"
    r"(?:you )?(?:changed|turned)|disappearing messages|pesan sementara)",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Without marks of direction; everything else, line breaks and emoji too, stays."""
    return text.translate(_BIDI)


def without_leading(line: str) -> str:
    """A line as it begins on the screen: iPhones put a mark before the bracket."""
    return line.lstrip("\u200e\u200f\ufeff\u202a\u202c\u2068\u2069")


def is_system(words: str) -> bool:
    """Whether WhatsApp said this under somebody's name."""
    return words.startswith(_LEFT) and _SYSTEM.match(clean(words)) is not None


def is_deleted(words: str) -> bool:
    """Whether the message was taken back."""
    return clean(words).strip().rstrip(".").lower() in _DELETED


def edited(words: str) -> tuple[str, bool]:
    """The words without the mark of an edit, and whether there was one."""
    found = _EDITED.search(words)
    return (words[: found.start()], True) if found else (words, False)


def attachment(words: str) -> tuple[str, str]:
    """(name of the attached file, the words beside it): "?" when the file was left out, "" when there is none."""
    first, _break, more = words.partition("\n")
    plain = clean(first).strip()
    if plain.lower() in _LEFT_OUT_ANDROID:
        return "?", more
    if first.lstrip().startswith(_LEFT) and _LEFT_OUT_IOS.fullmatch(plain):
        return "?", more
    for form in (_ATTACHED_ANDROID, _ATTACHED_IOS):
        if found := form.match(plain):
            return _name(found[1]), more
    return "", words


def _name(name: str) -> str:
    """A name without any path: the file may say what it likes."""
    return re.split(r"[/\\]", name)[-1].strip().strip(".")[:120] or "?"
