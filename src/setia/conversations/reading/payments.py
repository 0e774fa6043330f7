"""How the customer means to pay. An intention only: money counts when it arrived, never because a message says so."""

from typing import Any, Final

from .line import Line

_BANKS: Final = "bca|bri|bni|bsi|mandiri|btn|jatim|jago|seabank|cimb|danamon|permata|muamalat"
_WALLETS: Final = "ovo|gopay|shopeepay|linkaja|spay"
_NAMES: Final = {"mandiri": "Mandiri", "jatim": "Jatim", "jago": "Jago", "seabank": "SeaBank", "danamon": "Danamon"}
_WALLET_NAMES: Final = {"gopay": "GoPay", "shopeepay": "ShopeePay", "spay": "ShopeePay", "linkaja": "LinkAja"}


def read_payment(line: Line) -> dict[str, Any] | None:
    """Method with its details, as a record; claims the words and amounts it is made of."""
    made = _deposit(line) or _method(line)
    if made is None:
        return None
    if made["method"] in ("transfer", "dp") and (bank := line.first(_BANKS, claimed=True)):
        made["bank"] = _NAMES.get(bank[0], bank[0].upper())
    if line.has(r"(?:sudah|barusan|tadi)(?: saya| tak)? (?:transfer|bayar|lunas)"):
        made["status"] = "claimed"
    line.claim_all(
        r"(?:via |pakai |lewat |bayar )?(?:transfer|tempo|qris|cod|tunai|bayar di ?tempat)"
        rf"(?: (?:{_BANKS}))?(?: seperti biasa)?",
        "payment",
    )
    line.claim_all(r"~payment #\d+ (?:hari|minggu|bulan)|(?:hari|minggu|bulan) ~payment", "payment")
    line.claim_all(r"#\d+ (?:minggu|bulan)(?! (?:lagi|depan))", "payment")
    return made


def _deposit(line: Line) -> dict[str, Any] | None:
    """ "DP sejuta dulu", "uang muka 50%": proposed unless already sent. "DP berapa?" is a question, not a payment."""
    word = r"(?:panjer|uang muka|tanda jadi)"
    if found := line.first(rf"(?:transfer |bayar )?Rp(?P<sum>\d+)(?: \S+){{0,4}} (?:untuk |sebagai )?{word}"):
        line.claim(found.start, found.end, "payment")
        return {"method": "dp", "dp_amount": int(found["sum"]), "status": "proposed"}
    if found := line.first(rf"{word}(?: (?:dulu|saya|nya|:|transfer|sebesar|tak))* Rp(?P<sum>\d+)"):
        line.claim(found.start, found.end, "payment")
        return {"method": "dp", "dp_amount": int(found["sum"]), "status": "proposed"}
    if found := line.first(rf"(?:transfer |bayar )?Rp(?P<sum>\d+)(?: \S+){{0,4}} (?:untuk |sebagai )?{word}"):
        line.claim(found.start, found.end, "payment")
        return {"method": "dp", "dp_amount": int(found["sum"]), "status": "proposed"}
    if found := line.first(rf"{word}(?: (?:dulu|saya|nya|:))* #(?P<n>\d{{1,3}}) (?:%|persen)"):
        line.claim(found.start, found.end, "payment")
        return {"method": "dp", "dp_percent": int(found["n"]), "status": "proposed"}
    return None


def _method(line: Line) -> dict[str, Any] | None:
    if line.first("tempo", claimed=True):
        return {"method": "tempo"}
    if line.first("qris|qr", claimed=True):
        return {"method": "qris"}
    if wallet := line.first(_WALLETS, claimed=True) or line.first(
        "(?:via|pakai|lewat|bayar|transfer|ke) (?P<w>dana)", claimed=True
    ):
        name = wallet["w"] if "w" in wallet.match.re.groupindex else wallet[0]
        return {"method": "ewallet", "provider": _WALLET_NAMES.get(name, name.upper())}
    if line.first("cod|bayar (?:di ?tempat|ditempat)|ditempat", claimed=True):
        return {"method": "cod"}
    if line.first("transfer", claimed=True):
        return {"method": "transfer"}
    return {"method": "tunai"} if line.first("tunai", claimed=True) else None
