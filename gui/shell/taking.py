"""What happens to a file that was dropped: opened, received, read back, or refused with the core's sentence."""

from pathlib import Path
from typing import TYPE_CHECKING

from core.errors.base import Expected
from core.model.advice import Act
from core.services.drops import Content, dropped
from core.words import sentence

if TYPE_CHECKING:
    from gui.window import MainWindow


def take(window: "MainWindow", path: Path) -> None:
    """Judge the file by its content and do the one thing it is for; a refused one is not kept."""
    if window.door.locked:
        return
    here = window.work if window.shown is not None else window.start
    try:
        found = dropped(path, window.desk)
    except Expected as error:
        here.banner.tell("bad", sentence(error))
        return
    if found.content is Content.WORKSPACE:
        window.open(path)
    elif window.shown is None:
        window.start.banner.tell("warn", window.tr("Open a workspace first, then drop this file again."))
    elif found.content is Content.KEY:
        window.wanted(Act.RECEIVE.value, "", str(path))
    else:
        window.wanted(Act.READBACK.value, "", str(path))
