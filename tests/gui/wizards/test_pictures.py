"""QR codes out of pictures: the program's own and bad photographs of them, dropped, pasted and chosen; and what is refused."""

import random
import struct
import zlib
from pathlib import Path

import pytest
import segno
from PySide6.QtCore import QMimeData, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QTransform
from pytestqt.qtbot import QtBot

from core.crypto.keys import read_key
from core.crypto.sample import sample_key
from core.errors.base import Expected
from core.errors.pictures import NoQrCode, PictureNotReadable, PictureTooLarge, SeveralQrCodes
from core.media import qr as codes
from core.model.keys import Form, KeyState, Verdict
from core.services.sheets import vouched
from core.words.say import sentence
from gui.sheet import document, qr
from gui.wizards.pictures import content_of
from gui.wizards.receive import ReceiveWizard
from gui.wizards.source import SourcePage
from tests.cli.terminal import run
from tests.desks import Room
from tests.gui.wizards.drive import Driver, opened, texts

SECRET = b"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n"


def _saved(image: QImage, path: Path, kind: str = "PNG", quality: int = -1) -> Path:
    assert image.save(str(path), kind, quality)
    return path


def _photograph(image: QImage, degrees: float, seed: int) -> QImage:
    """Askew on a grey desk, darker on one side, with noise on every pixel."""
    page = image.scaled(image.width() * 3 // 2, image.height() * 3 // 2).transformed(
        QTransform().rotate(degrees), Qt.TransformationMode.SmoothTransformation
    )
    made = QImage(page.width() + 240, page.height() + 180, QImage.Format.Format_RGB32)
    made.fill(QColor(150, 140, 130))
    painter = QPainter(made)
    painter.drawImage(140, 60, page.convertToFormat(QImage.Format.Format_ARGB32))
    for column in range(made.width()):
        painter.fillRect(column, 0, 1, made.height(), QColor(0, 0, 0, 90 * column // made.width()))
    painter.end()
    chance = random.Random(seed)
    for y in range(made.height()):
        for x in range(made.width()):
            level, shift = made.pixelColor(x, y).lightness(), chance.randint(-35, 35)
            grey = max(0, min(255, level + shift))
            made.setPixelColor(x, y, QColor(grey, grey, grey))
    return made


# --- what is read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["SPKI-SHA256:" + "7f" * 32, sample_key().decode(), "K\u00e4se \N{KEY}"], ids=["pin", "pem", "utf8"]
)
def test_our_own_codes_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ours.png"
    path.write_bytes(codes.png(text))
    assert content_of(path, 1).decode() == text
    assert content_of(qr(text), 1).decode() == text


def test_a_key_as_bytes_is_read_as_it_is(tmp_path: Path) -> None:
    der = read_key(sample_key()).spki
    path = tmp_path / "der.png"
    segno.make(der, error="m").save(str(path), scale=5)
    assert content_of(path, 1) == der


@pytest.mark.parametrize(("degrees", "quality"), [(9, 55), (-24, 45), (180, 60)])
def test_a_bad_photograph_is_read(tmp_path: Path, degrees: float, quality: int) -> None:
    photo = _photograph(qr("SPKI-SHA256:" + "a1" * 32), degrees, quality)
    path = _saved(photo, tmp_path / "photo.jpg", "JPEG", quality)
    assert content_of(path, 1) == b"SPKI-SHA256:" + b"a1" * 32


def test_white_on_nothing_and_white_on_black_are_read(tmp_path: Path) -> None:
    made = segno.make_qr("SPKI-SHA256:abc")
    clear, dark = tmp_path / "clear.png", tmp_path / "dark.png"
    made.save(str(clear), scale=6, light=None)
    made.save(str(dark), scale=6, dark="white", light="black")
    assert content_of(clear, 1) == content_of(dark, 1) == b"SPKI-SHA256:abc"


def test_the_printed_sheet_is_read(qapp: object, room: Room, tmp_path: Path) -> None:
    """As a scanner gives it: the sheet has a second code, of the checkpoint, so the picture is cut."""
    room.device("lon")
    room.receive("lon")
    room.approve("lon")
    made = document(facts := vouched(room.desk, "lon"))
    made.setPageSize(QSize(700, 1000))
    sheet = QImage(1400, 2000, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.scale(2, 2)
    made.drawContents(painter)
    painter.end()
    with pytest.raises(SeveralQrCodes):
        content_of(_saved(sheet, tmp_path / "whole.png"), 1)
    upper = sheet.copy(0, 0, 1400, 1100)
    assert content_of(_saved(upper, tmp_path / "upper.jpg", "JPEG", 70), 1).decode() == facts.qr


# --- what is not --------------------------------------------------------------------------------


def _png_of(width: int, height: int) -> bytes:
    """A head that claims this size, and a body of a few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(4096))) + chunk(b"IEND", b"")


def _two() -> QImage:
    one, other = qr("one"), qr("the other")
    both = QImage(one.width() + other.width() + 60, 400, QImage.Format.Format_RGB32)
    both.fill(Qt.GlobalColor.white)
    painter = QPainter(both)
    painter.drawImage(0, 0, one)
    painter.drawImage(one.width() + 60, 0, other)
    painter.end()
    return both


def _bytes_of(image: QImage, folder: Path) -> bytes:
    return _saved(image, folder / "made.png").read_bytes()


@pytest.mark.parametrize(
    ("name", "refusal", "words"),
    [
        ("blank", NoQrCode, "There is no QR code in this picture that can be read."),
        ("two", SeveralQrCodes, "There are 2 different QR codes in this picture. None was taken."),
        ("cut", PictureNotReadable, "cut off or damaged"),
        pytest.param(
            *("noise", PictureNotReadable, "cut off or damaged"), marks=pytest.mark.qt_log_ignore("JPEG data")
        ),
        ("bomb", PictureTooLarge, "16 MB and 50 million pixels at most"),
        ("heavy", PictureTooLarge, "16 MB and 50 million pixels at most"),
    ],
)
def test_one_sentence_for_each_that_is_not_read(tmp_path: Path, name: str, refusal: type[Expected], words: str) -> None:
    blank = QImage(300, 300, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    content = {
        "blank": lambda: _bytes_of(blank, tmp_path),
        "two": lambda: _bytes_of(_two(), tmp_path),
        "cut": lambda: codes.png("cut")[:90],
        "noise": lambda: b"\xff\xd8\xff" + bytes(5000),
        "bomb": lambda: _png_of(60_000, 60_000),
        "heavy": lambda: codes.png("heavy") + bytes(codes.LARGEST),
    }[name]()
    path = tmp_path / "picture"
    path.write_bytes(content)
    with pytest.raises(refusal) as caught:
        content_of(path, 1)
    assert words in sentence(caught.value)


def test_the_same_code_twice_is_one(tmp_path: Path) -> None:
    one = qr("one")
    both = QImage(one.width() * 2, one.height(), QImage.Format.Format_RGB32)
    painter = QPainter(both)
    painter.drawImage(0, 0, one)
    painter.drawImage(one.width(), 0, one)
    painter.end()
    assert content_of(both, 1) == b"one"


def test_the_command_line_says_where_pictures_are_read(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "key.png"
    path.write_bytes(codes.png(sample_key().decode()))
    done = run("key", "receive", room.path, "lon", path, "--channel", "usb")
    assert done.code == 2
    assert "is a picture, and the command line reads none." in done.err


# --- where it is read ---------------------------------------------------------------------------


def _copied(image: QImage) -> None:
    mime = QMimeData()
    mime.setImageData(image)
    QGuiApplication.clipboard().setMimeData(mime)


def _to_typing(driver: Driver) -> None:
    driver.choose("channel", "sheet")
    driver.next()
    driver.type(reader="Carol", ticket="CHG1")
    driver.next()
    assert driver.step == "type"


@pytest.fixture
def waiting(room: Room) -> Room:
    """A device whose key waits."""
    room.device("lon")
    room.receive("lon")
    room.sit("alice")
    return room


@pytest.mark.parametrize("way", ["clipboard", "file", "text file"])
def test_a_scanned_value_is_compared_like_a_pasted_one(qtbot: QtBot, waiting: Room, tmp_path: Path, way: str) -> None:
    driver = opened(qtbot, waiting, "compare", "lon")
    _to_typing(driver)
    edit, text = driver.to("heard"), f"SPKI-SHA256:{waiting.heard('lon')}"
    if way == "clipboard":
        _copied(qr(text))
    else:
        path, mime = tmp_path / "far end", QMimeData()
        path.write_bytes(codes.png(text) if way == "file" else text.encode())
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        QGuiApplication.clipboard().setMimeData(mime)
    edit.paste()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: driver.said("heard") == text)
    driver.commit()
    assert driver.results[0].finding.verdict is Verdict.MATCH  # type: ignore[attr-defined]


def test_a_scanned_other_value_is_another_key(qtbot: QtBot, waiting: Room) -> None:
    """And what stands on file is shown neither before nor after."""
    kept, waiting.pems["lon"] = waiting.pems["lon"], sample_key()
    other, waiting.pems["lon"] = waiting.heard("lon"), kept
    driver = opened(qtbot, waiting, "compare", "lon")
    _to_typing(driver)
    _copied(qr(f"SPKI-SHA256:{other}"))
    driver.to("heard").paste()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: other in driver.said("heard"))
    driver.commit()
    assert "DIFFERENT KEY" in driver.said("verdictBannerText")
    said = texts(driver.wizard).replace(" ", "")
    assert waiting.heard("lon") not in said
    assert waiting.heard("lon", Form.DIGITS).replace(" ", "") not in said


def test_a_picture_without_a_code_uses_up_no_try(qtbot: QtBot, waiting: Room) -> None:
    driver = opened(qtbot, waiting, "compare", "lon")
    _to_typing(driver)
    left = driver.said("triesLeft")
    blank = QImage(200, 200, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    _copied(blank)
    driver.to("heard").paste()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "There is no QR code in this picture" in driver.said("typeBannerText"))
    assert driver.said("heard") == ""
    assert driver.said("triesLeft") == left


def test_what_was_typed_meanwhile_counts(qtbot: QtBot, waiting: Room) -> None:
    driver = opened(qtbot, waiting, "compare", "lon")
    _to_typing(driver)
    _copied(qr("SPKI-SHA256:scanned"))
    edit = driver.to("heard")
    edit.paste()  # type: ignore[attr-defined]
    edit.setPlainText("typed")  # type: ignore[attr-defined]
    done: list[object] = []
    driver.wizard.bench.lane.look(lambda: None, lambda _result, error: done.append(error))
    qtbot.waitUntil(lambda: bool(done))
    assert driver.said("heard") == "typed"
    assert driver.said("typeBannerText") == ""


def test_a_key_in_a_picture_is_received(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.device("lon")
    room.sit("alice")
    path = tmp_path / "lon.png"
    path.write_bytes(codes.png(sample_key().decode()))
    driver = opened(qtbot, room, "receive", "lon", str(path))
    qtbot.waitUntil(lambda: driver.said("recognised").startswith("This is a public key (PEM)"))
    driver.next()
    driver.choose("arrival", "in-person")
    driver.next()
    driver.commit()
    assert driver.results[0].state is KeyState.RECEIVED  # type: ignore[attr-defined]


def test_a_picture_on_the_clipboard_is_shown_as_its_text(qtbot: QtBot, room: Room) -> None:
    room.device("lon")
    room.sit("alice")
    driver = opened(qtbot, room, "receive", "lon")
    key = sample_key().decode()
    _copied(qr(key))
    driver.to("untrusted").paste()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: driver.said("untrusted") == key)
    assert driver.said("recognised").startswith("This is a public key (PEM)")


def test_a_private_key_in_a_picture_is_refused(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    room.device("lon")
    room.sit("alice")
    path = tmp_path / "lon.png"
    path.write_bytes(codes.png(SECRET.decode()))
    driver = opened(qtbot, room, "receive", "lon", str(path))
    qtbot.waitUntil(lambda: bool(driver.wizard.flow.value("untrusted")))
    driver.next()
    assert driver.step == "file"
    assert "private key" in driver.problem("file")


def test_a_bad_file_takes_the_place_of_a_good_one(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    """Else the page would name the one and go on with the other."""
    room.device("lon")
    room.sit("alice")
    good, bad = tmp_path / "lon.pem", tmp_path / "lon.png"
    good.write_bytes(sample_key())
    bad.write_bytes(codes.png("x")[:60])
    driver = opened(qtbot, room, "receive", "lon", str(good))
    assert driver.said("recognised")
    page = driver.wizard.here()
    assert isinstance(driver.wizard, ReceiveWizard)
    assert isinstance(page, SourcePage)
    page.load(str(bad))
    qtbot.waitUntil(lambda: "cut off or damaged" in driver.said("fileBannerText"))
    assert driver.said("recognised") == ""
    driver.next()
    assert driver.step == "file"
    assert "cut off or damaged" in driver.problem("file")
