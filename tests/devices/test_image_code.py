"""Codes found in pictures."""

from pathlib import Path

import pytest
from PIL import Image
from tests.helpers.builders import MORNING

from counter_app.devices.image_code import GrayPicture, codes_in, qr_picture
from counter_app.devices.platform.picture_file import load_picture
from counter_app.domain.errors import BadInput
from counter_app.domain.scan import ScanKind, read_scan

CARD = "001190000001|012345678|Đặng Thị Ngọc Hường|03021990|Nữ|Xóm Bưởi, xã Trung Mỹ|06052021"


def as_image(picture: GrayPicture, scale: int) -> Image.Image:
    small = Image.frombytes("L", (picture.width, picture.height), picture.pixels)
    return small.resize((small.width * scale, small.height * scale), Image.Resampling.NEAREST)


@pytest.mark.parametrize("name", ["card.png", "card.jpg"])
def test_a_photo_of_a_card_is_read_letter_by_letter(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    sheet = Image.new("L", (901, 700), 235)
    sheet.paste(as_image(qr_picture(CARD), 5), (120, 90))
    sheet.save(path)
    codes = codes_in(load_picture(path))
    scan = read_scan(codes[0], today=MORNING.date())
    assert scan.kind is ScanKind.CITIZEN_CARD
    assert scan.card is not None
    assert (scan.card.full_name, scan.card.address) == ("Đặng Thị Ngọc Hường", "Xóm Bưởi, xã Trung Mỹ")


def test_a_huge_photo_is_made_smaller(tmp_path: Path) -> None:
    path = tmp_path / "big.png"
    sheet = Image.new("L", (6000, 5000), 255)
    sheet.paste(as_image(qr_picture(CARD), 30), (500, 500))
    sheet.save(path)
    picture = load_picture(path)
    assert max(picture.width, picture.height) <= 4000
    assert codes_in(picture)[0] == CARD.encode()


def test_a_picture_without_a_code_has_none() -> None:
    assert codes_in(GrayPicture(width=40, height=30, pixels=bytes(1200))) == []


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    path.write_bytes(b"not a picture")
    with pytest.raises(BadInput, match="not_a_picture"):
        load_picture(path)
