"""Links: the table, the map of sites, and the matrix of who holds which key."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.services.views import Picture
from gui.pages.base import WITH_LINKS, Shown, TablePage, Target, columns
from gui.widgets.icons import IconButton
from gui.widgets.label import PlainLabel

if TYPE_CHECKING:
    from gui.widgets.matrix import MatrixTable


class Links(TablePage):
    """Map and matrix are made when they are first looked at."""

    details = True
    kinds = WITH_LINKS

    def __init__(self) -> None:
        empty = (
            self.tr("No links yet. A link joins one of your devices to a peer's device."),
            self.tr("Add link\u2026"),
            "link",
        )
        super().__init__("links", self.tr("Links"), "link", lambda: columns().links(), lambda row: row.link.name, empty)
        self._picture: Picture | None = None
        self._map: Any = None
        self._matrix: MatrixTable | None = None
        self._place = 0
        self._views = QStackedWidget()
        self._views.setObjectName("linksViews")
        plain = QWidget()
        self.body = QHBoxLayout(plain)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._views.addWidget(plain)
        self._boxes: dict[int, QWidget] = {0: plain}
        self.column.addWidget(self._views, 1)
        self._switch = QButtonGroup(self)
        for place, (name, text, picture, keys) in enumerate(
            (
                ("viewTable", self.tr("Table"), "table", ""),
                ("viewMap", self.tr("Map"), "map", " (Ctrl+M)"),
                ("viewMatrix", self.tr("Who holds which key"), "layout-grid", ""),
            )
        ):
            press = IconButton(picture, text)
            press.setObjectName(name)
            press.setAccessibleName(text)
            press.setToolTip(text + keys)
            press.setCheckable(True)
            self._switch.addButton(press, place)
            self.head.addWidget(press)
        self._switch.button(0).setChecked(True)
        self._switch.idClicked.connect(self.view)

    def about(self, row: Any) -> Target | None:
        return Target("link", row.link.name) if row is not None else None

    def target(self) -> Target | None:
        shown = self._shown
        if shown is None:
            return super().target()
        return Target("device", shown.current) if shown.current else None

    @property
    def _shown(self) -> Any:
        """The map or the matrix where one is shown, None for the table."""
        return (None, self._map, self._matrix)[self._place]

    def toggle_map(self) -> None:
        """Table to map and back."""
        self.view(0 if self._place == 1 else 1)

    def view(self, place: int) -> None:
        """0 table, 1 map, 2 matrix."""
        made = {1: self._make_map, 2: self._make_matrix}
        if place and (self._map, self._matrix)[place - 1] is None:
            view, box = made[place]()
            self._boxes[place] = box
            self._views.addWidget(box)
            view.chosen.connect(lambda name: self.chosen.emit(Target("device", name) if name else None))
            view.opened.connect(lambda name: self.opened.emit(Target("device", name)))
        self._place = place
        self._views.setCurrentWidget(self._boxes[place])
        self._switch.button(place).setChecked(True)
        self._refresh()
        self.focus_widget().setFocus()
        self.chosen.emit(self.target())

    def _make_map(self) -> tuple[Any, QWidget]:
        from gui.widgets.map import SiteMap

        self._map = SiteMap(self.tr("Map of the links; the table has the same"))
        return self._map, self._map

    def _make_matrix(self) -> tuple[Any, QWidget]:
        from gui.widgets.matrix import MatrixTable

        self._matrix = MatrixTable("linksMatrix", self.tr("Who holds which key"))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        said = self.tr("Each row is a device that holds keys; each column is the device whose key it holds.")
        column.addWidget(PlainLabel(said, "linksMatrixWords").quiet())
        column.addWidget(self._matrix, 1)
        return self._matrix, box

    def _refresh(self) -> None:
        if self._picture is not None and self._shown is not None:
            self._shown.fill(self._picture)

    def fill(self, shown: Shown) -> None:
        self._picture = shown.picture
        self.show_rows(shown.picture.links)
        self._refresh()

    def badge(self, shown: Shown) -> int:
        return len(shown.picture.links)

    def focus_widget(self) -> QWidget:
        return super().focus_widget() if self._shown is None else self._shown
