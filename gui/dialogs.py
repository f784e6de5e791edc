"""Which dialog an act opens."""

from pathlib import Path

from PySide6.QtWidgets import QDialog

from core.model.advice import Act
from core.services import views
from gui import actions, wizards
from gui.bench import Bench
from gui.form import FormDialog

_FORMS = (Act.FIRST_RUN, Act.CHANGED, Act.EXPORT, Act.READBACK)


def make(what: str, about: str, bench: Bench, path: str = "") -> QDialog | None:
    """The dialog of an act, None where there is nothing to do it with."""
    if what not in _FORMS:
        return wizards.make(what, about, bench, path)
    if what == Act.FIRST_RUN:
        return actions.new_workspace(bench)
    if bench.desk is None:
        return None
    seen = views.picture(bench.desk)
    names = tuple(row.device.name for row in seen.devices if row.health is not views.Health.RETIRED)
    return _form(what, about, bench, path, seen, names)


def _form(
    what: str, about: str, bench: Bench, path: str, seen: views.Picture, names: tuple[str, ...]
) -> FormDialog | None:
    if what == Act.EXPORT:
        links = tuple(row.link.name for row in seen.links)
        return actions.export_link(bench, links, about) if links else None
    row = seen.device(about or next(iter(names), ""))
    if row is None:
        return None
    name = row.device.name
    if what == Act.READBACK:
        text = Path(path).read_text(encoding="utf-8", errors="replace") if path else ""
        return actions.read_back(bench, names, name, text)
    return actions.compare_key(bench, name, row.device.platform, row.device.phone)
