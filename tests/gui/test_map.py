"""The map grows with the text: boxes, words and the size that counts as life."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from gui.widgets.map import HEIGHT, WIDTH, _font
from tests.gui.conftest import Seat


def test_boxes_and_words_grow_as_one(seat: Seat) -> None:
    work = seat.window.work
    work.go("links")
    work.links.view(1)
    found = work.links.findChild(object, "linksMap")
    sizes, texts = [], []
    for zoom in (100, 200):
        seat.window.preferences.zoom = zoom
        found.fit()
        sizes.append(found.mapFromScene(QRectF(0, 0, WIDTH, HEIGHT)).boundingRect().height())
        image = QImage(10, 10, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setFont(found.font())
        texts.append(QFontMetricsF(_font(painter)).horizontalAdvance("edge-lon1") * found.transform().m11())
        painter.end()
    seat.window.preferences.zoom = 100
    assert 1.9 < sizes[1] / sizes[0] < 2.1
    assert 1.9 < texts[1] / texts[0] < 2.1


def test_full_size_is_that_of_the_text(seat: Seat) -> None:
    work = seat.window.work
    work.go("links")
    work.links.view(1)
    found = work.links.findChild(object, "linksMap")
    seat.qtbot.keyClick(found, "0")
    assert found.transform().m11() == 1
    seat.window.preferences.zoom = 200
    assert found.transform().m11() == 2
    seat.window.preferences.zoom = 100
