"""Records: a form made from the fields of the kind, whose findings are the core's; a newer version; the end of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QListWidgetItem

from core.errors.records import NoSuchRecord
from core.flows.records import Ending, Recording
from core.model.proposals import Proposal
from core.model.records import FieldType, Record, RecordField
from core.policy import records as policy
from core.services import records
from core.services.records import ORGANISATION
from core.words.records import asks, choice, done_by, label, title
from gui.bench import Bench
from gui.shell.files import open_file
from gui.wizards.asking import Asking
from gui.wizards.host import Host
from gui.wizards.inputs import with_chooser
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work


class _Kind(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "kind")
        self.titled(
            self.tr("Kind"),
            self.tr("What is it a record of?"),
            self.tr("What no software can enforce is vouched for by a person, with a date and a next review."),
        )
        options = [("", self.tr("Choose\u2026")), *((each.name, each.title) for each in policy.kinds().values())]
        self.choice("kind", self.tr("&Kind of record"), options)


class _Form(Page):
    """The rows of the kind that was chosen, then those that every record has."""

    def __init__(self, host: Host, revoked: Callable[[], Sequence[tuple[str, str]]]) -> None:
        super().__init__(host, "record")
        self.short = self.tr("Record")
        self._revoked, self._kind, self._ticks = revoked, "", dict[str, QCheckBox]()
        self._due = self.note("recordDue")

    @property
    def state(self) -> Recording:
        """The state by its type."""
        assert isinstance(self.host.flow, Recording)  # noqa: S101 - made here
        return self.host.flow

    def enter(self) -> None:
        """The form anew where another kind was chosen."""
        if self._kind != self.state.kind:
            self._kind = self.state.kind
            self._build()
        super().enter()

    def _build(self) -> None:
        while self.form.rowCount():
            self.form.removeRow(0)
        for kept in (self.inputs, self._problems, self._boxes, self._ticks):
            kept.clear()
        kind, state = policy.find(self._kind), self.state
        latest = policy.latest_review(kind, state.today)
        said = self.tr("A newer version takes the place of record {number}. What is not changed stays.")
        first = self.tr(
            "It stands in the ledger with your name. Nothing of it is ever changed; a newer version replaces it."
        )
        self.titled(self.short, kind.title, said.format(number=state.replaces) if state.replaces else first)
        for field in kind.fields:
            self._field(field)
        self.line("owner", self.tr("&Owner"), self.tr("Who answers for it."))
        until = self.tr("YYYY-MM-DD, from tomorrow to {latest}.").format(latest=latest.isoformat())
        self.line("review", self.tr("Next re&view"), until)
        line = QLineEdit()
        line.textChanged.connect(lambda text: self.changed("evidence", text))
        box = with_chooser(line, "evidence", self.tr("Choose the evidence"), self._choose)
        kept_file = self.tr("Its name and SHA-256 are kept here; the file stays where it is. May be left out.")
        self.row("evidence", self.tr("Ev&idence"), line, kept_file, around=box)
        if kind.name == ORGANISATION:
            self.line("reason", self.tr("&Reason"), self.tr("Where it belongs to another community, two people agree."))
        self.line("ticket", self.tr("&Ticket"), self.tr("May be left out."))

    def _field(self, field: RecordField) -> None:
        name, words = field.name, label(field)
        hint = asks(field) if field.needed else self.tr("{asks} May be left out.").format(asks=asks(field))
        match field.type:
            case FieldType.TEXT:
                self.text(name, words, hint, lines=4)
            case FieldType.CHOICE:
                options = [("", self.tr("Choose\u2026")), *((each, choice(each)) for each in field.choices)]
                self.choice(name, words, options, hint)
            case FieldType.TICK:
                self._tick(name, asks(field), words)
            case FieldType.DATE:
                self.line(name, words, self.tr("{asks} YYYY-MM-DD.").format(asks=hint))
            case FieldType.SERIALS:
                self.line(name, words, hint)
                self._links(name)
            case _:
                self.line(name, words, hint)

    def _tick(self, name: str, sentence: str, words: str) -> None:
        tick = QCheckBox(self.tr("Yes"))
        tick.toggled.connect(lambda on: self.changed(name, "yes" if on else ""))
        self._ticks[name] = tick
        self.row(name, words, tick, sentence, bound=False)

    def _links(self, name: str) -> None:
        """The certificates that were revoked, to be ticked in place of typing their serials."""
        revoked = self._revoked()
        if not revoked:
            return
        listed = QListWidget()
        named = policy.serials(self.state.value(name))
        for serial, subject in revoked:
            item = QListWidgetItem(f"{serial}  {subject}")
            item.setData(Qt.ItemDataRole.UserRole, serial)
            item.setCheckState(Qt.CheckState.Checked if serial in named else Qt.CheckState.Unchecked)
            listed.addItem(item)
        listed.setCurrentRow(0)
        listed.setFixedHeight(listed.fontMetrics().lineSpacing() * min(6, len(revoked) + 1) + 24)
        listed.itemChanged.connect(lambda item: self._linked(name, item))
        self.row(f"{name}Revoked", self.tr("Revoked certificates"), listed, bound=False)

    def _linked(self, name: str, item: QListWidgetItem) -> None:
        serial = str(item.data(Qt.ItemDataRole.UserRole))
        named = [each for each in policy.serials(self.state.value(name)) if each != serial]
        if item.checkState() == Qt.CheckState.Checked:
            named.append(serial)
        self.changed(name, ", ".join(named))

    def _choose(self) -> None:
        found = open_file(self, self.tr("The evidence"))
        if found:
            self.changed("evidence", str(found))

    def pull(self) -> None:
        """The ticks as well."""
        super().pull()
        for name, tick in self._ticks.items():
            tick.setChecked(self.state.value(name) == "yes")

    def update_page(self) -> None:
        """By when the work has to be done, as the core counts it."""
        due = self.state.due if self.state.kind else None
        self._due.setText(done_by(due) if due else "")
        self._due.setVisible(due is not None)


class RecordWizard(Asking):
    """`about` is a kind, or "kind:field=value" where a field is known too; `replaces` the version that it follows."""

    outcome: Record | Proposal  # type: ignore[assignment]  # another community's organisation is a proposal

    def __init__(self, bench: Bench, about: str, replaces: int = 0, what: str = "record") -> None:
        assert bench.desk is not None  # noqa: S101 - only the first run has none
        desk = bench.desk
        super().__init__(what, bench, _begun(bench, about, replaces))
        self.setWindowTitle(self.tr("Enter a newer version") if replaces else self.tr("Enter a record"))
        pages: list[Page] = [_Kind(self)] if self.state.asks_kind else []
        form = _Form(self, lambda: records.revoked(desk))
        self.put([*pages, form, Done(self, self.asked, self.onward)], {"record": self.tr("&Enter the record")})

    @property
    def state(self) -> Recording:
        """The state by its type."""
        assert isinstance(self.flow, Recording)  # noqa: S101 - made here
        return self.flow

    def work(self) -> Work:
        """Hash the evidence and enter it."""
        desk, command = self.desk, self.state.command()
        return lambda _told: records.add(desk, command)

    def asked(self) -> tuple[str, str]:
        """What was entered, or asked for."""
        if isinstance(self.outcome, Proposal):
            return super().asked()
        row = policy.row(self.outcome, self.known.today)
        words = self.tr("Record {number} is entered. {title}. Due {day}.")
        return "ok", words.format(number=row.record.id, title=title(row), day=row.due.isoformat())

    def onward(self) -> Sequence[tuple[str, str, str, str]]:
        """The approval, where two people have to agree."""
        return super().onward() if isinstance(self.outcome, Proposal) else ()


def _begun(bench: Bench, about: str, replaces: int) -> Recording:
    """The form as it begins: a version of what is in force where there is one at a time."""
    desk = bench.desk
    assert desk is not None  # noqa: S101 - only the first run has none
    owner = desk.session.operator.name if desk.session else ""
    flow = Recording(desk.clock().date(), owner=owner, asks_kind=not (about or replaces))
    if replaces:
        before = next((each.record for each in records.rows(desk) if each.record.id == replaces), None)
        if before is None:
            raise NoSuchRecord(replaces)
        return flow.version_of(before)
    name, _, condition = about.partition(":")
    if not name:
        return flow
    field, _, value = condition.partition("=")
    here = records.in_force(desk, name) if policy.find(name).single else ()
    return flow.version_of(here[-1]) if here else flow.of_kind(name, {field: value} if field else {})


class _End(Page):
    def __init__(self, host: Host, about: str) -> None:
        super().__init__(host, "end")
        self.titled(
            self.tr("End"),
            self.tr("Does it not hold any more?"),
            self.tr("What it met is open again. The record stays in the ledger and can be looked up."),
        )
        self.note("endAbout", about)
        self.line("reason", self.tr("&Reason"))


class EndRecordWizard(Wizard):
    """A record is taken out of force."""

    def __init__(self, bench: Bench, about: str) -> None:
        number = int(about)
        super().__init__("record-end", bench, Ending(number))
        self.setWindowTitle(self.tr("End the record"))
        row = next((each for each in records.rows(self.desk) if each.record.id == number), None)
        if row is None:
            raise NoSuchRecord(number)
        self._about = title(row)
        self.put([_End(self, self._about), Done(self, self._told)], {"end": self.tr("&End the record")})

    def work(self) -> Work:
        """End it."""
        desk, command = self.desk, self.flow.command()
        return lambda _told: records.end(desk, command)

    def _told(self) -> tuple[str, str]:
        words = self.tr("Record {number} is ended: {title}. What it met is open again.")
        return "ok", words.format(number=self.outcome.id, title=self._about)


def _version(bench: Bench, about: str) -> RecordWizard:
    return RecordWizard(bench, "", int(about), "record-version")


def _sign_off(bench: Bench, about: str) -> RecordWizard:
    """`about` is a duty of the calendar."""
    return RecordWizard(bench, f"duty-done:duty={about}" if about else "duty-done", what="sign-off")


MAKERS: dict[str, Callable[[Bench, str], Wizard]] = {
    "record": RecordWizard,
    "record-version": _version,
    "sign-off": _sign_off,
    "record-end": EndRecordWizard,
}
