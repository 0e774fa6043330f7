"""QRIS: the worked example to the letter, and everything doubtful refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.qris import (
    LARGEST_AMOUNT,
    QrisError,
    check_static,
    checksum,
    make_dynamic,
    merchant,
    read,
    write,
)

STATIC = (
    "00020101021126690017ID.CO.EXAMPLE.WWW01189360000000000000010215TEST000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204546253033605802ID5913BAKPIA CONTOH"
    "6010TRENGGALEK61056631162070703A016304EED6"
)
DYNAMIC = (
    "00020101021226690017ID.CO.EXAMPLE.WWW01189360000000000000010215TEST000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204546253033605405575005802ID5913BAKPIA CONTOH"
    "6010TRENGGALEK61056631162200109NOTA-01230703A01630418B7"
)

bill_numbers = st.from_regex(r"[A-Z0-9]([A-Z0-9-]{0,23}[A-Z0-9])?", fullmatch=True)


def changed(**tags: str | None) -> str:
    """The static payload with some fields changed or removed, its checksum right again."""
    fields = read(STATIC) | {tag.removeprefix("t"): value for tag, value in tags.items() if value is not None}
    return write({tag: value for tag, value in fields.items() if tags.get(f"t{tag}", "") is not None})


def refusal(payload: str, amount: int = 57_500, bill_number: str = "") -> str:
    with pytest.raises(QrisError) as caught:
        make_dynamic(payload, amount, bill_number)
    assert caught.value.message.endswith(".")
    return caught.value.code


def test_published_checksums() -> None:
    assert checksum("123456789") == "29B1"
    assert checksum("") == "FFFF"
    assert STATIC.endswith(checksum(STATIC[:-4]))


def test_the_worked_example() -> None:
    assert make_dynamic(STATIC, 57_500, "NOTA-0123") == DYNAMIC
    assert make_dynamic(f" {STATIC}\n", 57_500, "NOTA-0123") == DYNAMIC


def test_the_buyer_can_see_whom_she_pays() -> None:
    assert merchant(check_static(STATIC)) == ("BAKPIA CONTOH", "TRENGGALEK")


def test_a_lower_case_checksum_is_accepted() -> None:
    assert read(STATIC[:-4] + STATIC[-4:].lower()) == read(STATIC)


def test_values_that_look_like_tags_are_left_alone() -> None:
    odd = changed(t59="TOKO 5802ID", t60="KOTA 010211")
    fields = read(make_dynamic(odd, 1_000))
    assert merchant(fields) == ("TOKO 5802ID", "KOTA 010211")
    assert (fields["01"], fields["54"], fields["58"]) == ("12", "1000", "ID")


def test_fees_for_the_buyer_are_dropped() -> None:
    fields = read(make_dynamic(changed(t55="02", t56="1000"), 1_000))
    assert not {"55", "56", "57"} & set(fields)


def test_additional_data_is_kept_and_made_when_missing() -> None:
    assert read(make_dynamic(STATIC, 1_000))["62"] == "0703A01"
    assert read(make_dynamic(changed(t62=None), 1_000, "N1"))["62"] == "0102N1"


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("", "unreadable"),
        ("hello", "unreadable"),
        ("https://example.com/pay", "unreadable"),
        (STATIC[:-1], "unreadable"),
        (STATIC[6:], "unreadable"),
        (STATIC.replace("5204", "5299"), "unreadable"),
        (STATIC[:-8] + "5802ID" + STATIC[-8:], "unreadable"),
        (STATIC + "0002", "unreadable"),
        (STATIC[:-1] + "7", "checksum"),
        (STATIC.replace("5303360", "5303840"), "checksum"),
        (STATIC.replace("BAKPIA CONTOH", "BAKPIA PALSU!"), "checksum"),
        (changed(t53="840"), "currency"),
        (changed(t58="MY"), "currency"),
        (changed(t53=None), "currency"),
        (changed(t54="1000"), "not_static"),
        (changed(t01="12"), "not_static"),
        (changed(t01=None), "not_static"),
        (changed(t59=None), "unreadable"),
        (changed(t62="07"), "unreadable"),
        (changed(t62="0796" + "A" * 95), "unreadable"),
        (DYNAMIC, "not_static"),
    ],
)
def test_doubtful_payloads_are_refused(payload: str, code: str) -> None:
    assert refusal(payload, bill_number="N1") == code


@pytest.mark.parametrize("amount", [0, -1, LARGEST_AMOUNT + 1])
def test_amounts_out_of_range_are_refused(amount: int) -> None:
    assert refusal(STATIC, amount) == "amount"


@pytest.mark.parametrize("bill_number", ["NOTA 1", "é", "-", "N" * 26])
def test_order_numbers_must_be_plain(bill_number: str) -> None:
    assert refusal(STATIC, bill_number=bill_number) == "bill_number"


def test_an_order_number_without_room_is_refused() -> None:
    assert refusal(changed(t62="0792" + "A" * 92), bill_number="NOTA-0123") == "too_long"


@given(st.integers(1, LARGEST_AMOUNT), bill_numbers)
def test_only_what_must_change_changes(amount: int, bill_number: str) -> None:
    before, after = read(STATIC), read(make_dynamic(STATIC, amount, bill_number))
    assert after["54"] == str(amount)
    assert f"01{len(bill_number):02}{bill_number}" in after["62"]
    touched = {"01", "54", "62"}
    assert {tag: value for tag, value in after.items() if tag not in touched} == {
        tag: value for tag, value in before.items() if tag not in touched
    }
    assert list(after) == sorted(after)


@given(st.integers(0, len(STATIC) - 1), st.characters(codec="ascii"))
def test_any_changed_character_is_noticed(place: int, character: str) -> None:
    tampered = STATIC[:place] + character + STATIC[place + 1 :]
    if tampered.strip()[:-4] + tampered.strip()[-4:].upper() != STATIC:
        assert refusal(tampered) in ("unreadable", "checksum")


@given(st.text())
def test_any_text_is_a_payload_or_a_refusal(text: str) -> None:
    assert refusal(text) in ("unreadable", "checksum")


@given(st.dictionaries(st.sampled_from(["01", "26", "52", "59", "60", "62"]), st.text(min_size=1, max_size=99)))
def test_writing_and_reading_agree(fields: dict[str, str]) -> None:
    fields = {tag: value.strip() or "x" for tag, value in fields.items()} | {"00": "01"}
    assert read(write(fields)) == dict(sorted(fields.items()))
