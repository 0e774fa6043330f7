"""Pictures: upright, small, without their secrets; what is no picture is refused politely."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from setia.catalog.models import Product
from setia.catalog.queries import PHOTOS
from setia.core.errors import DomainError
from setia.core.scope import open_shop
from setia.web import photos

pytestmark = pytest.mark.django_db

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def upload(picture: Image.Image, format: str = "JPEG", **options) -> SimpleUploadedFile:
    body = BytesIO()
    picture.save(body, format, **options)
    return SimpleUploadedFile(f"photo.{format.lower()}", body.getvalue())


def kept(token: str, *, small: bool = False) -> Image.Image:
    with photos.read(token, small=small, folder=PHOTOS) as file:
        return Image.open(BytesIO(file.read()))


def test_a_phone_picture_is_turned_shrunk_and_forgets_where_it_was(world):
    """Taken sideways: the left half of the sensor is what one sees on top."""
    sensor = Image.new("RGB", (2400, 1600), "red")
    sensor.paste("blue", (1200, 0, 2400, 1600))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Phone"
    exif.get_ifd(GPS)[1] = "S"
    token = photos.store(upload(sensor, exif=exif), folder=PHOTOS)
    for small, longest in ((False, 1200), (True, 320)):
        picture = kept(token, small=small)
        assert (picture.format, max(picture.size)) == ("WEBP", longest)
        assert picture.width < picture.height
        top, bottom = (picture.convert("RGB").getpixel((picture.width // 2, y)) for y in (8, picture.height - 8))
        assert top[0] > 180 > top[2] and bottom[2] > 180 > bottom[0]
        assert not picture.getexif()


def test_small_pictures_stay_as_they_are_and_glass_becomes_paper(world):
    token = photos.store(upload(Image.new("RGBA", (64, 40), (0, 0, 0, 0)), "PNG"), folder=PHOTOS)
    assert kept(token).size == kept(token, small=True).size == (64, 40)
    assert min(kept(token).convert("RGB").getpixel((5, 5))) > 250


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
def test_every_colour_model_is_read(world, mode):
    format = "PNG" if mode in ("P", "1") else "JPEG"
    assert kept(photos.store(upload(Image.new(mode, (50, 50)), format), folder=PHOTOS)).size == (50, 50)


def _gif() -> SimpleUploadedFile:
    return upload(Image.new("RGB", (9, 9)), "GIF")


def _torn() -> SimpleUploadedFile:
    whole = upload(Image.effect_noise((900, 900), 90).convert("RGB")).read()
    return SimpleUploadedFile("torn.jpg", whole[: len(whole) // 3])


def _vast() -> SimpleUploadedFile:
    return upload(Image.new("1", (6000, 6000)), "PNG")


def _heavy() -> SimpleUploadedFile:
    file = SimpleUploadedFile("heavy.jpg", b"\xff\xd8\xff")
    file.size = photos.LARGEST_FILE + 1
    return file


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: SimpleUploadedFile("x.jpg", b"MZ not a picture"), "photo_unreadable"),
        (lambda: SimpleUploadedFile("x.jpg", b""), "photo_unreadable"),
        (lambda: SimpleUploadedFile("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "photo_unreadable"),
        (_gif, "photo_unreadable"),
        (_torn, "photo_unreadable"),
        (_vast, "photo_too_large"),
        (_heavy, "photo_too_large"),
    ],
)
def test_what_is_no_usable_picture_is_refused_politely(world, make, code):
    folder = f"catalog/{world.shop.pk}"
    before = default_storage.listdir(folder)[1] if default_storage.exists(folder) else []
    with pytest.raises(DomainError) as refused:
        photos.store(make(), folder=PHOTOS)
    assert (refused.value.code, refused.value.field) == (code, "photo")
    after = default_storage.listdir(folder)[1] if default_storage.exists(folder) else []
    assert before == after


# --- Through the page -------------------------------------------------------------------------------------------------


def _photo(colour: str) -> SimpleUploadedFile:
    return upload(Image.new("RGB", (500, 400), colour))


def test_a_product_gets_a_picture_another_and_only_members_see_it(world):
    owner, product = world.client("owner"), Product.objects.get()
    edit = world.url(f"products/{product.pk}/changes/")
    words = {"name": product.name, "description": "", "shelf_life_days": "4"}
    assert owner.post(edit, words | {"photo": _photo("red")}).status_code == 302
    product.refresh_from_db()
    first = product.photo
    page = owner.get(world.url(f"products/{product.pk}/")).content.decode()
    assert f"/photos/{first}/small/" in page
    for size in ("", "small/"):
        path = world.url(f"products/photos/{first}/{size}")
        answer = world.client("viewer").get(path)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert "immutable" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
        assert Image.open(BytesIO(b"".join(answer.streaming_content))).format == "WEBP"
        assert world.client("stranger").get(path).status_code == 404
        elsewhere = path.replace(world.shop.slug, world.stranger_shop.slug)
        assert world.client("stranger").get(elsewhere).status_code == 404, "a token of ours opens nothing next door"

    owner.post(edit, words)
    product.refresh_from_db()
    assert product.photo == first, "an empty field leaves the picture"
    owner.post(edit, words | {"photo": _photo("blue")})
    product.refresh_from_db()
    assert product.photo != first
    assert owner.get(world.url(f"products/photos/{first}/")).status_code == 404
    with pytest.raises(FileNotFoundError):
        photos.read(first, folder=PHOTOS)


def test_a_bad_picture_keeps_what_was_typed(world):
    answer = world.client("owner").post(
        world.url("products/new/"), {"name": "Pia kering", "photo": SimpleUploadedFile("a.jpg", b"no")}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Pia kering" in page and "JPEG, PNG or WebP" in page
    assert Product.objects.count() == 1


def test_a_refused_action_leaves_no_picture_behind(world):
    folder = f"catalog/{world.shop.pk}"
    photos.store(_photo("red"), folder=PHOTOS)
    before = set(default_storage.listdir(folder)[1])
    product = Product.objects.get()
    answer = world.client("owner").post(
        world.url(f"products/{product.pk}/flavours/"),
        {"flavour": "Keju", "pack_size": "10", "price": "20rb", "photo": _photo("blue")},
    )
    assert answer.status_code == 422
    assert set(default_storage.listdir(folder)[1]) == before


def test_shops_do_not_share_pictures(world):
    token = photos.store(_photo("red"), folder=PHOTOS)
    with open_shop(world.stranger_shop), pytest.raises(FileNotFoundError):
        photos.read(token, folder=PHOTOS)
