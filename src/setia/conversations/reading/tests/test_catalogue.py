"""A shop's own products: names, packs, and what is not sold."""

from datetime import datetime, timedelta, timezone

import pytest

from setia.conversations import reading

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=7)))

BROWNIES = reading.Catalogue.from_rows(
    [
        {"product": "Brownies", "variant": "Coklat Lumer", "code": "BR-01", "pack_size": 12, "unit": "loyang"},
        {
            "product": "Brownies",
            "variant": "Keju",
            "code": "BR-02",
            "words": ["kesu"],
            "pack_size": 12,
            "unit": "loyang",
        },
        {"product": "Brownies", "variant": "Keju", "pack_size": 24, "unit": "loyang"},
        {"product": "Donat", "variant": "Gula Halus", "code": "DN-01", "unit": "biji"},
        {"product": "Donat", "variant": "Pandan Original", "code": "DN-02", "unit": "biji"},
        {"product": "Donat", "variant": "Pandan Spesial", "code": "DN-03", "unit": "biji"},
    ]
)


def items(text, catalogue=BROWNIES):
    return [
        (item.product, item.variant, item.qty, item.unit)
        for item in reading.read(text, sent_at=NOW, catalogue=catalogue).items
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("brownies keju 2 loyang", [("brownies", "BR-02", 2, "loyang")]),
        ("brownies kesu 2 loyang", [("brownies", "BR-02", 2, "loyang")]),
        ("brownis lumer 1 loyang, kju 3", [("brownies", "BR-01", 1, "loyang"), ("brownies", "BR-02", 3, "loyang")]),
        ("pesan donat gula halus 10 biji", [("donat", "DN-01", 10, "biji")]),
        ("gula halus 10 biji ambil besok", [("donat", "DN-01", 10, "biji")]),
    ],
)
def test_a_shop_is_read_in_its_own_words(text, wanted):
    assert items(text) == wanted


def test_a_single_unit_of_sale_is_understood():
    assert items("pesan donat gula halus 10, ambil besok") == [("donat", "DN-01", 10, "biji")]


def test_a_name_that_fits_two_is_asked():
    got = reading.read("donat pandan 5 biji ambil besok", sent_at=NOW, catalogue=BROWNIES)
    assert got.items[0].variant is None and got.items[0].candidates == ("DN-02", "DN-03")
    assert got.must_ask == ("variant",)
    assert "pandan original atau pandan spesial" in got.question("id")


def test_a_flavour_that_is_not_sold_is_asked_never_replaced():
    got = reading.read("brownies durian 2 loyang ambil besok", sent_at=NOW, catalogue=BROWNIES)
    assert (got.items[0].variant, got.items[0].asked_for, got.items[0].qty) == (None, "durian", 2)
    assert "rasa durian tidak ada" in got.question("id")
    assert "we have no durian" in got.question("en")


def test_a_snack_that_is_not_sold_is_asked():
    got = reading.read("nastar 2 toples, keju 1 kotak, ambil besok", sent_at=NOW)
    assert [(item.product, item.asked_for) for item in got.items] == [(None, "nastar"), ("bakpia", None)]
    assert got.must_ask == ("product",)
    assert "nastar tidak ada" in got.question("id")


def test_a_product_named_once_holds_on():
    got = reading.read("bakpia kukus coklat 2 box, keju 3 box, ambil besok", sent_at=NOW)
    assert [(item.product, item.product_inferred) for item in got.items] == [
        ("bakpia_kukus", False),
        ("bakpia_kukus", True),
    ]


def test_the_flavour_chooses_the_product_when_only_one_has_it():
    assert items("coklat lumer 1 loyang, gula halus 6 biji") == [
        ("brownies", "BR-01", 1, "loyang"),
        ("donat", "DN-01", 6, "biji"),
    ]


def test_at_ten_is_a_pack_only_where_packs_of_ten_are_sold():
    sized = reading.read("keju 5 kotak @10, ambil besok", sent_at=NOW)
    other = reading.read("keju 5 kotak @35, ambil besok", sent_at=NOW)
    priced = reading.read("keju 5 kotak @35rb, ambil besok", sent_at=NOW)
    assert [got.items[0].pack_size for got in (sized, other, priced)] == [10, None, None]
    assert [got.items[0].unit_price for got in (sized, other, priced)] == [None, None, 35_000]


def test_pack_sizes_are_offered_in_the_question():
    got = reading.read("ijo 3 dus isi 20 sama coklat 1 dus, ambil besok", sent_at=NOW)
    assert got.must_ask == ("pack_size:cokelat",)
    assert "cokelatnya yang isi 8, 10, 15, 20 atau 30" in got.question("id")


def test_a_catalogue_needs_a_product():
    with pytest.raises(ValueError, match="at least one product"):
        reading.Catalogue.from_rows([])
