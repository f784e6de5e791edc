"""A copy becomes a workspace that people work in: verified before, verified after, signed for by one of its people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox

from core.flows.backups import Restoring
from core.services import restoring
from core.services.restoring import Looked, PutBack
from core.services.workspace import SUFFIX
from core.words.say import sentence
from gui.bench import Bench
from gui.shell.files import open_file, save_file
from gui.wizards.backups import ClosedWizard, CopyPage, copied_lines, copy_row
from gui.wizards.host import Host
from gui.wizards.inputs import Copyable
from gui.wizards.review import Done
from gui.wizards.wizard import Work


class _Copy(CopyPage):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "copy")
        self.titled(
            self.tr("Copy"),
            self.tr("Which backup is put back?"),
            self.tr("It is verified whole before anything is written. The copy itself stays as it is."),
        )
        copy_row(self)


class _Place(CopyPage):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "place")
        self.titled(
            self.tr("Place"),
            self.tr("Where does the workspace go?"),
            self.tr("The copy holds together. One of its people signs for putting it back."),
        )
        self.facts = Copyable("copied", self.tr("The copy"), lines=6, wraps=True)
        self.column.insertWidget(1, self.facts)
        hint = self.tr("It ends in .anchorhold, and is not there yet.")
        self.path_line("to", self.tr("&New file"), self.tr("Choose a new file"), self._ask, hint)
        hint = self.tr("Beside the newest backup there is, if not this one: it says what this copy cannot know.")
        ask = self.tr("The manifest of a later backup")
        title = self.tr("Choose a later manifest")
        self.path_line("manifest", self.tr("&Later manifest"), title, lambda: open_file(self, ask), hint, keyed=False)
        self.who: QComboBox = self.choice("name", self.tr("&Who puts it back"), [])
        hint = self.tr("The passphrase as it was when the copy was made.")
        self.line("passphrase", self.tr("&Passphrase"), hint, secret=True)

    def show_copy(self, found: Looked) -> None:
        """What was found, and who can sign for it."""
        self.facts.tell("\n".join(copied_lines(self, found.copied)))
        self.offer(self.who, [(name, name) for name in found.copied.people])

    def enter(self) -> None:
        """That it goes back behind what this person knows stands above everything."""
        super().enter()
        if isinstance(self.host, PutBackWizard) and self.host.found is not None:
            self.banner.tell(*self.host.warned(self.host.found))

    def _ask(self) -> Path | None:
        return save_file(self, self.tr("A new file"), f"links{SUFFIX}", self.tr("Workspaces (*.anchorhold)"))

    def beside_which(self, field: str) -> str:
        """A file of that name is there already."""
        return "to" if field == "path" else super().beside_which(field)


class PutBackWizard(ClosedWizard):
    """`done_with` carries the new workspace's path once the person has read what comes next."""

    def __init__(self, bench: Bench, path: str = "") -> None:
        super().__init__("put-back", bench, Restoring(file=path))
        self.found: Looked | None = None
        self.setWindowTitle(self.tr("Put a backup back"))
        self._place = _Place(self)
        pages = [_Copy(self), self._place, Done(self, self._said)]
        self.accepted.connect(self._open)
        self.put(pages, {"copy": self.tr("&Verify the copy"), "place": self.tr("P&ut it back")})

    def work(self) -> Work:
        """Whichever is next."""
        flow = self.flow
        assert isinstance(flow, Restoring)  # noqa: S101 - made here
        (path, to), name, passphrase = flow.command(), flow.name, flow.passphrase
        hands, more = flow.hands_or_none(), flow.more()
        if not flow.looked:
            return lambda told: restoring.look(path, hands=hands, progress=told)
        return lambda told: restoring.restore(path, to, name, passphrase, more=more, hands=hands, progress=told)

    def landed(self, result: Any) -> bool:
        """The copy is shown first."""
        if isinstance(result, Looked):
            self.found = result
            self._place.show_copy(result)
            people = result.copied.people
            self.typed("looked", True)  # noqa: FBT003 - a field's value
            self.typed("name", people[0] if people else "")
            self.next()
            return False
        return True

    def told(self, result: Any) -> None:
        """The window hears of it when the person closes the last page. What custodians typed opens the copy twice."""
        if isinstance(result, PutBack):
            self.forget()

    def warned(self, found: Looked) -> tuple[str, str]:
        """What this person knows that the copy does not."""
        if found.alarm is None:
            return "info", ""
        after = self.tr("If it is put back all the same, a second person has to agree before it counts here.")
        return "warn", f"{sentence(found.alarm)} {after}"

    def _open(self) -> None:
        """Now the window opens it."""
        if isinstance(self.outcome, PutBack):
            self.done_with.emit(self.outcome.copied.path)

    def _said(self) -> tuple[str, str]:
        made: PutBack = self.outcome
        told = [
            self.tr(
                "{path} is the workspace as it was at {newest} UTC, and was verified. What was done later is not in it. "
                "Work in one file only: put the other one away."
            ).format(path=made.copied.path, newest=made.copied.newest[:16].replace("T", " "))
        ]
        if made.behind is not None:
            words = self.tr(
                "The ledger is known outside up to entry {number}: what was issued or revoked in between is not in it. No CA "
                "key opens before a second person agrees to that."
            )
            told.append(words.format(number=made.behind.number))
        if made.waiting is not None:
            words = self.tr("It lies behind what was seen: proposal {id} waits for a second person, in People.")
            told.append(words.format(id=made.waiting.digest[:8]))
        if made.unread:
            words = self.tr("Before a CRL of {names} is signed, take in the newest one that is published.")
            told.append(words.format(names=", ".join(made.unread)))
        return ("warn" if made.waiting or made.unread or made.behind else "ok"), " ".join(told)
