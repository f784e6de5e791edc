"""Colours that can be read, icons that exist, states told by word and icon."""

import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.model.advice import Act, Task
from core.model.links import Standing
from core.services.views import Health
from gui.look import DARK, LIGHT, dress
from gui.pages.overview import task_icon
from gui.widgets import marks
from gui.widgets.icons import IconButton, icon
from gui.widgets.label import ShortLabel
from tests.gui.conftest import Seat
from tests.house.sources import ROOT, python_files

ICONS = ROOT / "resources" / "icons"
LOOKS = {"light": LIGHT, "dark": DARK}
TEXT = [
    *product(("text", "text2", "accent", "ok", "warn", "bad"), ("bg", "surface")),
    ("text", "raised"), ("text", "infobg"), ("text", "okbg"), ("text", "warnbg"), ("text", "badbg"), ("accent", "infobg"),
    ("ok", "okbg"), ("warn", "warnbg"), ("bad", "badbg"), ("on", "accent"), ("text2", "raised"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert round(contrast("#FFFFFF", "#000000"), 1) == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("front", "back"), TEXT, ids=lambda name: name)
def test_text_can_be_read(look: str, front: str, back: str) -> None:
    assert contrast(LOOKS[look][front], LOOKS[look][back]) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("back", ["bg", "surface", "raised"])
def test_edges_of_controls_can_be_seen(look: str, back: str) -> None:
    assert contrast(LOOKS[look]["ctl"], LOOKS[look][back]) >= 3


def test_every_state_has_a_word_and_an_icon_of_its_own_kind() -> None:
    found = [marks.health(each) for each in Health] + [marks.standing(each) for each in Standing]
    assert all(mark.word and (ICONS / f"{mark.name}.svg").is_file() and mark.tone in LIGHT for mark in found)
    health = [marks.health(each) for each in Health]
    assert len({mark.word for mark in health}) == len(health)
    assert len({mark.name for mark in health}) == len(health)


def test_every_act_and_task_has_its_icon() -> None:
    names = [*marks.ACTS.values(), *(task_icon(task)[0] for task in Task)]
    assert set(marks.ACTS) == set(Act)
    assert all((ICONS / f"{name}.svg").is_file() for name in names)


def test_no_icon_is_carried_for_nothing() -> None:
    sources = " ".join(path.read_text(encoding="utf-8") for path in python_files(folders=("gui",)))
    named = set(re.findall(r'"([a-z0-9-]+)"', sources))
    assert {path.stem for path in ICONS.glob("*.svg")} - named == set()
    assert "MIT License" in (ICONS / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("look", LOOKS)
def test_icons_take_the_colour_of_look_and_selection(qapp: QApplication, look: str) -> None:
    dress(qapp, look)
    modes = {QIcon.Mode.Normal: "bad", QIcon.Mode.Selected: "on", QIcon.Mode.Disabled: "ctl"}
    for mode, tone in modes.items():
        image = icon("point", "bad").pixmap(QSize(24, 24), mode).toImage()
        middle = {
            image.pixelColor(x, y).name().upper()
            for x in range(24)
            for y in range(24)
            if image.pixelColor(x, y).alpha() == 255
        }
        assert middle == {LOOKS[look][tone]}
    dress(qapp, "light")


def test_the_style_is_set_once_however_often_the_look_changes(qapp: QApplication) -> None:
    """Under a style sheet the style's name is another; setting Fusion again crashed at the next change of look."""
    for look in ("dark", "light", "dark", "light"):
        dress(qapp, look)
    assert qapp.property("fusion") or not sys.platform.startswith("linux")


STARTED = """
import sys
from PySide6.QtCore import QTimer
import gui.app
sys.argv[0] = sys.argv[1]
reveal = gui.app._reveal
def shown(app, window):
    reveal(app, window)
    parts = (window.status.who, window.status.time, window.bars.search, window.card)
    print(sorted({round(part.font().pointSizeF() / app.property("basePointSize"), 1) for part in parts}))
    QTimer.singleShot(0, app.quit)
gui.app._reveal = shown
gui.app.run(["--portable"])
"""


def test_large_text_is_large_from_the_start(tmp_path: Path) -> None:
    """The status bar, the search and the lock card once kept the small size when the program was started anew."""
    (tmp_path / "anchorhold.ini").write_text("[General]\nzoom=200\n")
    words = [sys.executable, "-c", STARTED, str(tmp_path / "anchorhold")]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "[2.0]\n", done.stdout + done.stderr


def test_the_icons_of_the_views_grow_with_their_words(seat: Seat, qapp: QApplication) -> None:
    """At once, and with their shape: the wider room beside them does not stretch them."""
    presses = seat.window.work.links.findChildren(IconButton)
    assert len(presses) == 3
    before = [each.iconSize() for each in presses]
    dress(qapp, "light", 200)
    seat.qtbot.waitUntil(lambda: [each.iconSize() for each in presses] == [size * 2 for size in before])
    drawn = icon("table").pixmap(QSize(60, 40), 1.0).toImage()
    assert all(drawn.pixelColor(x, y).alpha() == 0 for x in (*range(9), *range(51, 60)) for y in range(40))
    dress(qapp, "light", 100)


def test_what_has_no_room_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    label = ShortLabel("CA mode, the root is elsewhere; bob, system administrator, CA operator, custodian", "who")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.shown().endswith("\u2026")
    assert label.text().endswith("custodian")
    label.resize(2000, 20)
    assert label.shown() == label.text()
