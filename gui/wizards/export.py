"""Export: which links, where to, every file before it is written, and what to do with the folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton
from shiboken6 import isValid

from core.flows.exports import Export
from core.model.links import ExportedFile
from core.services import exports
from core.services.perform import perform
from core.words.say import sentence
from gui.bench import Bench
from gui.shell.door import worded
from gui.shell.files import new_folder
from gui.widgets.icons import icon
from gui.wizards.host import Host
from gui.wizards.inputs import Copyable
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work

Preview = tuple[tuple[str, tuple[ExportedFile, ...]], ...]


class _Links(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "links")
        self.titled(
            self.tr("Links"),
            self.tr("Which links are exported?"),
            self.tr("Only approved keys leave. What is blocked says why."),
        )
        self.list = QListWidget()
        self.list.setMinimumHeight(180)
        self.list.setWordWrap(True)
        self.list.itemChanged.connect(self._ticked)
        self.row("names", self.tr("&Links"), self.list, bound=False)
        row = QHBoxLayout()
        for name, text, chosen in (
            ("chooseAll", self.tr("Choose &all that can leave"), True),
            ("chooseNone", self.tr("Choose n&one"), False),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, chosen=chosen: self._choose(chosen=chosen))
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def pull(self) -> None:
        """Every living link, ticked or blocked."""
        flow = self.host.flow
        if not isinstance(flow, Export):
            return
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        place = self.list.currentRow()
        self.list.clear()
        for link, why in flow.offered(self.host.known):
            item = QListWidgetItem(link.name)
            item.setData(Qt.ItemDataRole.UserRole, link.name)
            if why:
                reasons = " ".join(sentence(each) for each in why)
                item.setText(self.tr("{link}: blocked. {why}").format(link=link.name, why=reasons))
                item.setIcon(icon("ban", "bad"))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            else:
                item.setIcon(icon("circle-check", "ok"))
                ticked = Qt.CheckState.Checked if link.name in flow.names else Qt.CheckState.Unchecked
                item.setCheckState(ticked)
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, place))
        self.list.blockSignals(False)  # noqa: FBT003

    def _ticked(self, _item: QListWidgetItem) -> None:
        items = [self.list.item(at) for at in range(self.list.count())]
        chosen = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        self.host.typed("names", tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen))

    def _choose(self, *, chosen: bool) -> None:
        flow = self.host.flow
        if isinstance(flow, Export):
            open_ = [link.name for link, why in flow.offered(self.host.known) if not why]
            self.changed("names", tuple(open_) if chosen else ())


class _Folder(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "folder")
        self.titled(
            self.tr("Folder"),
            self.tr("Where do the folders go?"),
            self.tr("One folder per end is made in it. Nothing is overwritten, and nothing in them is secret."),
        )
        hint, ask = self.tr("A stick or a folder of your own."), self.tr("A folder for the export")
        self.path_line("to", self.tr("&Folder"), self.tr("Choose a folder"), lambda: new_folder(self, ask), hint)
        self.made = self.note("foldersMade")

    def update_page(self) -> None:
        """Which folders there will be; many are counted."""
        flow = self.host.flow
        if isinstance(flow, Export) and flow.to.strip():
            folders = [str(each) for each in flow.folders(self.host.known)]
            more = self.tr("and {count} more").format(count=len(folders) - 6) if len(folders) > 6 else ""
            self.made.setText("\n".join([self.tr("To be made:"), *folders[:6], *([more] if more else [])]))
        else:
            self.made.setText("")


class _Preview(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "preview")
        self.titled(
            self.tr("Files"),
            self.tr("These files will be written"),
            self.tr(
                "The manifest and its signature are made with them. No file holds a private key or a shared secret."
            ),
        )
        self._seen: dict[str, Preview] = {}
        self.link, self.file = QComboBox(), QComboBox()
        self.row("previewLink", self.tr("&Link"), self.link, bound=False)
        self.row("previewFile", self.tr("&File"), self.file, bound=False)
        self.text_of = Copyable("previewText", self.tr("Content of the file"), lines=12)
        self.fill(self.text_of)
        self.link.currentTextChanged.connect(self._load)
        self.file.currentIndexChanged.connect(self._show)

    def enter(self) -> None:
        """The chosen links; each is drawn when it is looked at."""
        super().enter()
        self._seen = {}
        names = list(self.host.flow.value("names"))
        self.offer(self.link, [(name, name) for name in names])
        self.show_row("previewLink", shown=len(names) > 1)
        if names:
            self._load(names[0])

    def _load(self, name: str) -> None:
        host = self.host
        if isinstance(host, ExportWizard) and name and name not in self._seen:
            desk = host.desk

            def ended(seen: Any, error: BaseException | None) -> None:
                if isValid(self):
                    self._drawn(name, seen, error)

            host.bench.lane.do(lambda: exports.preview(desk, name), ended)
        else:
            self._files(name)

    def _drawn(self, name: str, seen: Preview | None, error: BaseException | None) -> None:
        if error is not None or seen is None:
            self.banner.tell("bad", worded(error) if error else "")
            return
        self._seen[name] = seen
        self._files(name)

    def _files(self, name: str) -> None:
        if name == self.link.currentText():
            paths = [f"{device}/{file.path}" for device, files in self._seen.get(name, ()) for file in files]
            self.offer(self.file, [(path, path) for path in paths])
            self._show()

    def _show(self) -> None:
        wanted = self.file.currentText()
        for device, files in self._seen.get(self.link.currentText(), ()):
            for file in files:
                if f"{device}/{file.path}" == wanted:
                    self.text_of.tell(shown(file.content))


def shown(content: bytes) -> str:
    """A file as text; what is not text as hex."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.hex(" ", 2)


class _Done(Done):
    def __init__(self, host: ExportWizard) -> None:
        super().__init__(host, host.said, host.onward)
        self.sums = Copyable("manifests", self.tr("SHA-256 of each manifest"), lines=4)
        self.which = QComboBox()
        self.row("readmeOf", self.tr("Commands for"), self.which, bound=False)
        self.readme = Copyable("readme", self.tr("What to do on the device"), lines=12)
        self.column.addWidget(self.sums)
        self.fill(self.readme)
        self.which.currentIndexChanged.connect(self._show)

    def enter(self) -> None:
        """Told by what was written."""
        super().enter()
        made = self.host.outcome.exports if isinstance(self.host, ExportWizard) else ()
        self.sums.tell("\n".join(f"{each.manifest_sha256}  {each.folder}" for each in made))
        self.offer(self.which, [(each.folder, each.folder) for each in made])
        self._show()

    def _show(self) -> None:
        folder = self.which.currentData()
        if folder:
            try:
                self.readme.tell((Path(folder) / "README.txt").read_text(encoding="utf-8"))
            except OSError:
                self.readme.tell(self.tr("The folder is not there any more."))


class ExportWizard(Wizard):
    """Write the folders of one link or of many."""

    def __init__(self, bench: Bench, link: str) -> None:
        super().__init__("export", bench, Export((link,) if link else ()))
        self.setWindowTitle(self.tr("Export folders"))
        pages = [_Links(self), _Folder(self), _Preview(self), _Done(self)]
        self.put(pages, {"preview": self.tr("&Write the folders")})

    def work(self) -> Work:
        """Write them; it can be stopped until they are moved to their place."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, exports.EXPORT, command, told)

    def said(self) -> tuple[str, str]:
        """How many, and where."""
        words = self.tr(
            "{count} folders are written in {to}, read back and signed. Copy each to its device; README.txt below "
            "says how. Afterwards, read the device back."
        )
        return "ok", words.format(count=len(self.outcome.exports), to=self.flow.value("to"))

    def onward(self) -> tuple[tuple[str, str, str, str], ...]:
        """Read back one of the ends."""
        first = self.outcome.exports[0].folder
        return (("nextReadback", self.tr("&Read back a device\u2026"), "readback", Path(first).name),)
