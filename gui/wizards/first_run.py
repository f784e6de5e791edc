"""The first run: the file, the people, each person's passphrase, and the workspace is made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from core.crypto.envelope import STANDARD, Cost
from core.flows.workspace import MOST_PEOPLE, FirstRun
from core.model.links import Technology
from core.policy.people import strength
from core.services.workspace import SUFFIX, create
from core.words.names import STRENGTHS
from core.words.verdicts import TECHNOLOGIES
from gui.bench import Bench
from gui.shell.files import save_file
from gui.wizards.host import Host
from gui.wizards.inputs import with_chooser
from gui.wizards.page import Page
from gui.wizards.review import Done, Review
from gui.wizards.secret import SecretWizard
from gui.wizards.wizard import Work


class _Workspace(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "workspace")
        self.titled(
            self.tr("File"),
            self.tr("Where is it kept?"),
            self.tr("One file holds everything. Keep it where only its people can read it."),
        )
        line = QLineEdit()
        line.textChanged.connect(lambda text: self.changed("path", text))
        box = with_chooser(line, "path", self.tr("Choose a file"), self._choose)
        self.row(
            "path",
            self.tr("&File"),
            line,
            self.tr("It ends in .anchorhold. Without a folder it is kept in your home folder."),
            around=box,
        )
        self.line("title", self.tr("Na&me"), self.tr("For example: data centre links."))
        self._ticks: dict[str, QCheckBox] = {}
        ticks = QWidget()
        ticks.setProperty("clear", "true")
        column = QVBoxLayout(ticks)
        column.setContentsMargins(0, 0, 0, 0)
        for each in Technology:
            tick = QCheckBox(TECHNOLOGIES[each])
            tick.setObjectName(f"technology_{each.value}")
            tick.clicked.connect(self._ticked)
            self._ticks[each.value] = tick
            column.addWidget(tick)
        self.row("technologies", self.tr("Technologies"), ticks, bound=False)

    def _choose(self) -> None:
        found = save_file(self, self.tr("A new workspace"), f"links{SUFFIX}", self.tr("Workspaces (*.anchorhold)"))
        if found:
            self.changed("path", str(found))

    def _ticked(self) -> None:
        self.changed("technologies", tuple(name for name, tick in self._ticks.items() if tick.isChecked()))

    def pull(self) -> None:
        """The ticks as well."""
        super().pull()
        for name, tick in self._ticks.items():
            tick.setChecked(name in self.host.flow.value("technologies"))


class _Organisation(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "organisation")
        self.titled(
            self.tr("Organisation"),
            self.tr("Whose is it?"),
            self.tr("It stands on exports and sheets. All of it may stay empty for now."),
        )
        self.line("organisation", self.tr("&Organisation"))
        self.line("responsible", self.tr("&Responsible person"), self.tr("Who answers for these links."))
        self.line("deputy", self.tr("&Deputy"))
        self.line(
            "community", self.tr("&Community"), self.tr("Who relies on them, for example data centre operations.")
        )


class _People(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "people")
        self.titled(
            self.tr("People"),
            self.tr("Who works with it?"),
            self.tr("Each signs in with an own name and passphrase, and signs what they do."),
        )
        self.radios(
            "count",
            self.tr("People"),
            [
                ("2", self.tr("&Two people"), self.tr("Each key is compared by both. This is how it is meant.")),
                ("3", self.tr("T&hree people"), self.tr("The same, with somebody for holidays and lost passphrases.")),
                (
                    "1",
                    self.tr("I work &alone"),
                    self.tr(
                        "Then you compare each key twice, over two different channels; every export and page says "
                        "'compared by one person'; and nobody can help when your passphrase is lost."
                    ),
                ),
            ],
        )
        self.row("people", "", QWidget(), bound=False)
        for number in range(1, MOST_PEOPLE + 1):
            self.line(
                f"name{number}",
                self.tr("Person {number} signs in as").format(number=number),
                self.tr("One short word: alice, not Alice Ng."),
            )
            self.line(f"full_name{number}", self.tr("Person {number}, full name").format(number=number))

    def changed(self, name: str, value: Any) -> None:
        """How many is a number."""
        super().changed(name, int(value) if name == "count" else value)

    def update_page(self) -> None:
        """A row for each person there is."""
        for number in range(1, MOST_PEOPLE + 1):
            for what in ("name", "full_name"):
                self.show_row(f"{what}{number}", shown=number <= self.host.flow.value("count"))


class _Passphrase(Page):
    def __init__(self, host: Host, number: int) -> None:
        super().__init__(host, f"passphrase{number}")
        self._number = number
        self.short = self.tr("Passphrase {number}").format(number=number)
        self.line(
            f"passphrase{number}",
            self.tr("&Passphrase"),
            self.tr("12 characters or more, of any script: several words that do not belong together."),
            secret=True,
        )
        self.line(f"again{number}", self.tr("Once &more"), secret=True)
        self.strength = self.note(f"strength{number}")

    def enter(self) -> None:
        """Addressed by name."""
        name = self.host.flow.value(f"full_name{self._number}").strip()
        self.titled(
            self.short,
            self.tr("{name} types a passphrase").format(name=name),
            self.tr(
                "Only {name} sits at the keyboard now; nobody else sees it typed. It cannot be shown again."
            ).format(name=name),
        )
        super().enter()

    def update_page(self) -> None:
        """How hard it is to guess, roughly."""
        text = self.host.flow.value(f"passphrase{self._number}")
        self.strength.setText(STRENGTHS[strength(text)] if text else "")
        self.strength.setAccessibleName(self.strength.text())


class FirstRunWizard(SecretWizard):
    """Make a workspace; `done_with` carries its path once the person has read what comes next."""

    def __init__(self, bench: Bench, cost: Cost = STANDARD) -> None:
        super().__init__("first-run", bench, FirstRun())
        self._cost = cost
        self.setWindowTitle(self.tr("New workspace"))
        intro = self.tr("Nothing has been made yet.")
        done = Done(self, self._told)
        pages: Sequence[Page] = [
            _Workspace(self),
            _Organisation(self),
            _People(self),
            *(_Passphrase(self, number) for number in range(1, MOST_PEOPLE + 1)),
            Review(self, self._rows, intro),
            done,
        ]
        self.accepted.connect(self._open)
        self.put(pages, {"review": self.tr("&Make the workspace")})

    @property
    def state(self) -> FirstRun:
        """The state by its type."""
        assert isinstance(self.flow, FirstRun)  # noqa: S101 - made here
        return self.flow

    def _rows(self) -> Sequence[tuple[str, str]]:
        made = self.state.command()
        people = [f"{each.full_name} ({each.name})" for each in made.operators]
        alone = self.tr("You alone: each key is compared twice over two channels, and every page says so.")
        return (
            (self.tr("File"), str(made.path)),
            (self.tr("Name"), made.name),
            (self.tr("Technologies"), ", ".join(TECHNOLOGIES[Technology(each)] for each in made.technologies)),
            (self.tr("Organisation"), made.organisation),
            (self.tr("Responsible"), made.responsible),
            (self.tr("Deputy"), made.deputy),
            (self.tr("Community"), made.community),
            (self.tr("People"), "\n".join(people)),
            (self.tr("Please note"), alone if len(people) == 1 else ""),
        )

    def work(self) -> Work:
        """Make it; the passphrases go beside the command."""
        command, secrets, cost = self.state.command(), self.state.secrets(), self._cost

        def make(_told: Any) -> Path:
            create(command, secrets, cost=cost)
            return command.path

        return make

    def told(self, _result: Any) -> None:
        """The window hears of it when the person closes the last page."""
        self.forget()

    def _open(self) -> None:
        """Now the window opens it."""
        self.done_with.emit(self.outcome)

    def _told(self) -> tuple[str, str]:
        words = self.tr("{path} is made. Next, it is opened: sign in, and add your first two devices.")
        return "ok", words.format(path=self.outcome)
