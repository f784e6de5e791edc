"""What every wizard does: pages drawn from a flow's steps, findings before each next page, one commit in the lane."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWizard
from shiboken6 import isValid

from core.errors.base import Cancelled, Expected, Refused, Several
from core.errors.vault import PassphraseNeeded
from core.flows import facts as reading
from core.flows.facts import Facts
from core.flows.step import Flow, keeping
from core.model.proposals import Need, Proposal
from core.services import proposals, records
from core.services.desk import Desk, Progress
from core.services.perform import record_refusal
from core.words.say import sentence
from gui.bench import Bench
from gui.jobs import Job
from gui.widgets.announce import announce
from gui.wizards.discard import Discard
from gui.wizards.host import Host
from gui.wizards.page import Page
from gui.wizards.session import SessionBar
from gui.wizards.steplist import StepList

Work = Callable[[Progress], Any]


def _then_needs(
    work: Work, desk: Desk | None, asks: Callable[[Any], Sequence[Proposal]]
) -> Callable[[Progress], tuple[Any, Mapping[str, tuple[Need, ...]]]]:
    def both(progress: Progress) -> tuple[Any, Mapping[str, tuple[Need, ...]]]:
        result = work(progress)
        try:
            asked = asks(result) if desk else ()
            if not desk or not asked:
                return result, {}
            found = zip(asked, proposals.needs_each(desk, asked), strict=True)
            return result, {each.digest: needs for each, needs in found}
        except Expected:  # the work is done all the same, and the window's own reading tells what is wrong
            return result, {}

    return both


class Wizard(Host):
    """`done_with` carries the command's result, `wanted` another wizard that the person asked for (what, about).

    `opens` carries a further dialog that the window is to keep, `hand_over` asks the window to lock, so that a colleague
    can sign in and go on here.
    """

    done_with = Signal(object)
    wanted = Signal(str, str)
    opens = Signal(object)
    hand_over = Signal(str)

    def __init__(self, what: str, bench: Bench, flow: Flow) -> None:
        super().__init__(bench.window)
        self.setObjectName(f"wizard_{what}")
        self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
        self.setTitleFormat(Qt.TextFormat.PlainText)
        self.setSubTitleFormat(Qt.TextFormat.PlainText)
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        self.setOption(QWizard.WizardOption.NoCancelButtonOnLastPage)
        self.bench, self.what, self.flow = bench, what, flow
        self.facts: Facts | None = None
        self.committed = self.busy = self._sized = False
        self.outcome: Any = None
        self.needs: Mapping[str, tuple[Need, ...]] = {}
        self._job: Job | None = None
        self._start = flow
        self._recorded: set[str] = set()
        self._pages: dict[str, Page] = {}
        self._side = StepList(self)  # setSideWidget does not take it over
        self.setSideWidget(self._side)
        self._session = SessionBar(self, bench.desk, bench.lane) if bench.desk is not None else None
        self._name_buttons()
        if bench.desk is not None:
            self._side.serve(records.community(bench.desk))
        self.currentIdChanged.connect(self._arrived)
        self.look_again()

    def _name_buttons(self) -> None:
        which = QWizard.WizardButton
        for button, name in (
            (which.BackButton, "wizardBack"),
            (which.NextButton, "wizardNext"),
            (which.CommitButton, "wizardCommit"),
            (which.FinishButton, "wizardFinish"),
            (which.CancelButton, "wizardCancel"),
        ):
            self.button(button).setObjectName(name)
        self.setButtonText(which.FinishButton, self.tr("Cl&ose"))
        self.setButtonText(which.BackButton, self.tr("< &Back"))
        self.setButtonText(which.NextButton, self.tr("&Next >"))
        self.setButtonText(which.CancelButton, self.tr("Cancel"))

    # --- what a wizard is made of ---------------------------------------------------------------

    def put(self, pages: Sequence[Page], commits: Mapping[str, str]) -> None:
        """Its pages; `commits` has the steps that do the work and what their button says: a verb and an object."""
        for number, page in enumerate(pages):
            self._pages[page.step] = page
            self.setPage(number, page)
            if page.step in commits:
                page.setCommitPage(True)
                page.setButtonText(QWizard.WizardButton.CommitButton, commits[page.step])

    def work(self) -> Work:
        """Override: what the lane does at the commit."""
        raise NotImplementedError

    @staticmethod
    def asks(_result: Any) -> Sequence[Proposal]:
        """Override: the proposals of which the last page says what they still need; `needs` has it, by digest.

        Asked in the lane's thread, and so without the wizard: verifying everybody's keys grows with the workspace.
        """
        return ()

    def landed(self, result: Any) -> bool:
        """Override: what the result means; True goes on to the next page."""
        return result is not None

    # --- the state ------------------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        """The open workspace."""
        desk = self.bench.desk
        assert desk is not None  # noqa: S101 - only the first run has none
        return desk

    @property
    def known(self) -> Facts:
        """The facts of the workspace."""
        facts = self.facts
        assert facts is not None  # noqa: S101 - read when the wizard was made
        return facts

    def look_again(self) -> None:
        """Read the facts anew, as the person who sits at the desk now."""
        desk = self.bench.desk
        if desk is not None and desk.session is not None:
            self.facts = reading.read(desk)

    def typed(self, field: str, value: Any) -> None:
        """Take a typed value."""
        self.flow = self.flow.typed(field, value)

    def given(self, field: str, value: Any) -> None:
        """A value that the program knows: leaving such a wizard asks nothing."""
        self._start = self._start.typed(field, value)
        self.typed(field, value)

    def keeping(self, step: str) -> tuple[Refused, ...]:
        """What keeps a person on a step."""
        return keeping(self.flow, self.facts, step)

    def here(self) -> Page | None:
        """The page that is shown."""
        page = self.currentPage()
        return page if isinstance(page, Page) else None

    # --- walking --------------------------------------------------------------------------------

    def nextId(self) -> int:
        """The step after this one, as the state has them now."""
        page = self.here()
        names = [step.name for step in self.flow.steps()]
        if page is None or page.step not in names or page.step == names[-1]:
            return -1
        after = names[names.index(page.step) + 1]
        return list(self._pages).index(after)

    def initializePage(self, number: int) -> None:
        """A page comes up by Next."""
        page = self.page(number)
        if isinstance(page, Page):
            page.enter()

    def cleanupPage(self, number: int) -> None:
        """Going back keeps what was typed: it is in the state."""

    def validateCurrentPage(self) -> bool:
        """Next, Commit and Finish: every finding is shown, and a commit is done in the lane first."""
        page = self.here()
        if page is None or self.committed:
            return True
        if self.busy:
            return False
        self.look_again()
        found = self.keeping(page.step)
        page.complain(found)
        if found:
            self._record(found)
            return False
        if any(step.name == page.step and step.commit for step in self.flow.steps()):
            self._commit(page)
            return False
        return True

    def _record(self, found: tuple[Refused, ...]) -> None:
        """A refusal that rests on a clause is a row of the ledger, once, as if the service had made it."""
        told = [each for each in found if each.clause and repr(vars(each)) not in self._recorded]
        desk = self.bench.desk
        if not told or desk is None or desk.session is None:
            return
        self._recorded |= {repr(vars(each)) for each in told}
        name, refusal = type(self.flow.command()).__name__, told[0] if len(told) == 1 else Several(tuple(told))
        self.bench.lane.do(lambda: record_refusal(desk, name, refusal), lambda _result, _error: None)

    def _arrived(self, _number: int) -> None:
        page = self.here()
        if page is not None and self._session is not None:
            self._session.stand(page)
        if page is not None and page.isVisible():
            page.begin()
        self._say_where()

    def _say_where(self) -> None:
        page = self.here()
        if page is None:
            return
        titles = {step.name: self._pages[step.name].short for step in self.flow.steps()}
        said = self._side.show_steps(list(titles.values()), list(titles).index(page.step))
        page.setAccessibleName(said)
        announce(self, f"{said}. {page.title()}. {page.subTitle()}")

    # --- the commit -----------------------------------------------------------------------------

    def _commit(self, page: Page) -> None:
        self._working(page, busy=True)
        page.banner.tell("info", self.tr("Working\u2026"))
        work = _then_needs(self.work(), self.bench.desk, self.asks)
        self._job = self.bench.lane.run(work, self._ended, page.tell_progress, title=self.windowTitle())

    def _working(self, page: Page, *, busy: bool) -> None:
        self.busy = busy
        page.area.setEnabled(not busy)
        which = QWizard.WizardButton
        for button in (which.BackButton, which.CommitButton):
            self.button(button).setEnabled(not busy)

    def _ended(self, ended: Any, error: BaseException | None) -> None:
        page = self.here() if isValid(self) else None
        if page is None:
            return
        self._working(page, busy=False)
        page.progress.hide()
        page.banner.tell("info", "")
        if error is not None:
            self._refused(page, error)
            return
        result, self.needs = ended
        self.outcome = result
        self.look_again()
        self.told(result)
        if self.landed(result):
            self.committed = True
            self.next()

    def told(self, result: Any) -> None:
        """Tell the window at once: it reloads beneath."""
        self.done_with.emit(result)

    def _refused(self, page: Page, error: BaseException) -> None:
        """Nothing typed is lost; the core's sentences stand at their fields."""
        if isinstance(error, Several):
            page.complain(error.findings)
        elif isinstance(error, Refused):
            page.complain((error,))
            if isinstance(error, PassphraseNeeded):  # signed in by the keyring: the card takes the passphrase
                self.hand_over.emit(sentence(error))
        elif isinstance(error, Cancelled):
            page.banner.tell("info", sentence(error))
        elif isinstance(error, Expected):
            page.banner.tell("bad", sentence(error))
        else:
            words = self.tr("Something unexpected happened ({kind}). Nothing was changed.")
            page.banner.tell("bad", words.format(kind=type(error).__name__))

    # --- leaving --------------------------------------------------------------------------------

    def follow(self, what: str, about: str) -> None:
        """Close this one and ask the window for another."""
        self.accept()
        self.wanted.emit(what, about)

    def reject(self) -> None:
        """Cancel and Escape: a question only where something was typed and nothing was done.

        While the commit runs they stop it, until it cannot be stopped any more.
        """
        if self.busy:
            if self._job is not None:
                self._job.cancel()
            return
        if self.committed or self.flow == self._start:
            super().reject()
            return
        question = Discard(self)
        question.accepted.connect(self._discard)
        question.finished.connect(question.deleteLater)
        question.open()

    def _discard(self) -> None:
        super().reject()

    def _size(self) -> None:
        """Room for a form at any text size, within the screen."""
        metrics, screen = self.fontMetrics(), self.screen().availableSize() * 0.95
        wanted = QSize(metrics.averageCharWidth() * 150, metrics.lineSpacing() * 42)
        self.resize(wanted.expandedTo(self.sizeHint()).boundedTo(screen))

    def showEvent(self, event: QShowEvent) -> None:
        """After an unlock somebody else may sit here, and the workspace may have moved on."""
        first = not self._sized
        if first:
            self._sized = True
            self._size()
        super().showEvent(event)
        page = self.here()
        if page is not None and not event.spontaneous():
            self.look_again()
            if not self.committed:
                page.pull()
                page.update_page()
                (page.begin if first else page.settle)()
            self._say_where()
