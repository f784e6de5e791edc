"""What every verb of the command line shares: its entry in the table, and the desk it works at."""

import signal
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from core.cli.answers import Answer
from core.cli.secrets import Secrets, from_file
from core.crypto.envelope import STANDARD, Cost
from core.errors.base import Expected
from core.errors.cli import FileNotReadable, WhoActs, WrongWords
from core.errors.pictures import PictureAtTerminal
from core.errors.vault import KeyringAbsent, NothingKept
from core.errors.workspace import NoSuchWorkspace, NotRehearsal
from core.late import dataclass
from core.media.files import at_most
from core.media.qr import is_picture
from core.services import heads, people, remembered, soundness
from core.services.desk import Desk, Progress, open_desk
from core.services.papers import Pdf
from core.services.perform import Verb, perform, record_refusal
from core.words.say import sentence

C = TypeVar("C")
R = TypeVar("R")
LARGEST_INPUT = 1024 * 1024

# What stands in a verb's place for a name, and its help.
PLACES = {
    "workspace": ("WS", "the workspace, a path NAME.anchorhold"),
    "device": ("DEVICE", "the device's name"),
    "link": ("LINK", "the link's name"),
    "left": ("DEVICE", "our end"),
    "right": ("DEVICE", "the other end"),
    "name": ("NAME", "the person's sign-in name"),
    "proposal": ("ID", "the proposal, as proposal list names it"),
    "file": ("FILE", "the file; - reads stdin"),
    "copy": ("FILE", "the copy"),
    "pattern": ("PATTERN", "# for a digit, * for a run, | between two patterns"),
    "ticket": ("REF", "the ticket"),
    "folder": ("DIR", "the folder, which must be new or empty"),
}
# Settings of options that several verbs have.
REASON = {"required": True, "metavar": "TEXT", "help": "why, for the ledger"}
TICKET: dict[str, Any] = {"required": True, "metavar": "REF", "help": "the ticket this is done for"}


@dataclass(frozen=True)
class Context:
    """One run: the parsed words, Argon2id's cost, which only a constructor can set, and who draws PDFs (Qt's room)."""

    args: Namespace
    cost: Cost = STANDARD
    pdf: Pdf | None = None

    @property
    def now(self) -> datetime | None:
        """The clock of `--now`, UTC."""
        if not self.args.now:
            return None
        try:
            time = datetime.fromisoformat(self.args.now)
        except ValueError:
            raise WrongWords("--now takes a time such as 2026-11-24T02:17:40Z") from None
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)

    @property
    def secrets(self) -> Secrets:
        """Where this run's passphrases come from."""
        return Secrets(Path(self.args.secrets) if self.args.secrets else None, self.args.acting or "")

    @contextmanager
    def desk(self, *, read_only: bool = False, at: Path | None = None) -> Iterator[Desk]:
        """The workspace of this run, open; `at` is where it lies until it has its name."""
        path = at or Path(self.args.workspace)
        try:
            desk = open_desk(path, read_only=read_only, now=self.now, cost=self.cost)
        except NoSuchWorkspace:
            _warn(heads.gone(path))
            raise
        try:
            _warn(soundness.at_opening(desk))
            for notice in heads.greet(desk):
                _warn(None if isinstance(notice, KeyringAbsent) else notice)
            yield desk
        finally:
            heads.remember(desk)
            desk.close()

    def only_in_rehearsal(self, desk: Desk, what: str) -> None:
        """Refuse an option that only a rehearsal honours."""
        if not desk.workspace.rehearsal:
            raise NotRehearsal(what)

    def acting(self, desk: Desk) -> str:
        """Who acts; a workspace of one person needs no name."""
        names = tuple(operator.name for operator in people.operators(desk))
        name = self.args.acting or (names[0] if len(names) == 1 else "")
        if not name:
            raise WhoActs(names)
        return name

    def passphrase(self, desk: Desk, name: str) -> str:
        """The passphrase of who acts, from the secrets file or the terminal."""
        secrets = Secrets(Path(self.args.secrets) if self.args.secrets else None, name)
        return secrets.of(name, from_file(desk.workspace.kind, rehearsal=desk.workspace.rehearsal))

    def sign_in(self, desk: Desk, *, own_hand: bool = False) -> None:
        """Sit `--as` at the desk: by the sign-in the keyring keeps, or by passphrase, always so where `own_hand`."""
        name = self.acting(desk)
        if not (own_hand or self.args.secrets):
            with suppress(NothingKept):
                remembered.sit(desk, name)
                return
        people.authenticate(desk, name, self.passphrase(desk, name))

    @contextmanager
    def signed_in(self, command: str, *, own_hand: bool = False, at: Path | None = None) -> Iterator[Desk]:
        """The workspace with `--as` at its desk; a refused sign-in leaves a row under the command's name."""
        with self.desk(at=at) as desk:
            try:
                self.sign_in(desk, own_hand=own_hand)
            except Expected as refusal:
                if refusal.code != "PPL-01":  # a wrong passphrase has a row of its own already
                    record_refusal(desk, command, refusal)
                raise
            yield desk

    def perform(self, verb: Verb[C, R], command: C, *, own_hand: bool = False) -> R:
        """Open, sign in, do it; `own_hand` where a sign-in from the keyring does not do."""
        with self.signed_in(type(command).__name__, own_hand=own_hand) as desk:
            progress = self.progress()
            with _interrupts(progress):
                return perform(desk, verb, command, progress)

    def progress(self) -> Progress:
        """A counter on stderr where that is a terminal."""
        if not sys.stderr.isatty() or self.args.json:
            return Progress()

        def told(done: int, total: int) -> None:
            if total:
                sys.stderr.write(f"\r{done} of {total}\x1b[K")

        return Progress(told)


def _warn(notice: Expected | None) -> None:
    """A warning beside the answer, which stays one JSON object."""
    if notice is not None:
        sys.stderr.write(f"{sentence(notice)}\n")


@contextmanager
def _interrupts(progress: Progress) -> Iterator[None]:
    """Ctrl+C, a timer's end and a closed terminal stop a command at its next step, never inside its commit."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers
        return
    known = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {each: signal.signal(each, lambda *_: progress.cancel()) for each in known}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def content(name: str, limit: int = LARGEST_INPUT) -> bytes:
    """A file's bytes, or stdin's for "-", up to one byte over the limit so that the reader can refuse it."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(limit + 1)
        read = at_most(Path(name), limit)
    except OSError:
        raise FileNotReadable(name) from None
    return no_picture(name, read)


def no_picture(name: str, read: bytes) -> bytes:
    """What a file holds, unless it is a picture: the window alone decodes those."""
    if is_picture(read):
        raise PictureAtTerminal(name)
    return read


@dataclass(frozen=True)
class Entry:
    """One verb: its words, its arguments, what it does and what it answers. `verb` is "" for `info WS`."""

    noun: str
    verb: str
    about: str
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Context], tuple[Any, int]]
    answer: type[Answer]


def words(*names: str, **options: dict[str, Any]) -> Callable[[ArgumentParser], None]:
    """Positional names, then options with their argparse settings (underscores become dashes)."""

    def add(parser: ArgumentParser) -> None:
        for name in names:
            metavar, told = PLACES.get(name, (name.upper(), name))
            parser.add_argument(name, metavar=metavar, help=told)
        for name, settings in options.items():
            parser.add_argument(f"--{name.replace('_', '-')}", **settings)

    return add


def done(answer: Answer) -> tuple[Answer, int]:
    """A success."""
    return answer, 0
