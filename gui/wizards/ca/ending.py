"""An authority that runs off or whose key is destroyed, the way back to Links mode, and a CRL that comes home."""

from __future__ import annotations

from pathlib import Path

from core.errors.cli import FileNotReadable
from core.flows.ending import Destroying, Ending, GoingBack, TakingCrl
from core.model.authorities import DestroyKey, RunOff
from core.services import authorities, crls, ending, switching
from core.services.perform import perform
from core.words.checks import found
from gui.bench import Bench
from gui.shell.files import open_file
from gui.wizards.asking import Asking
from gui.wizards.host import Host
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.wizard import Wizard, Work

_LIMIT = 64 * 1024 * 1024


class _Reason(Page):
    def __init__(self, host: Host, step: str, short: str, title: str, intro: str) -> None:
        super().__init__(host, step)
        self.titled(short, title, intro)
        self.line("reason", self.tr("&Reason"))
        self.line("ticket", self.tr("&Ticket"))


def _named(bench: Bench, about: str) -> str:
    assert bench.desk is not None  # noqa: S101 - only the first run has none
    return about or authorities.only(bench.desk.file.read, "").name


class RunOffWizard(Wizard):
    """Nothing leads back, which the page says before the button."""

    def __init__(self, bench: Bench, about: str) -> None:
        name = _named(bench, about)
        super().__init__("run-off", bench, Ending(name))
        title = self.tr("Run off {name}").format(name=name)
        self.setWindowTitle(title)
        intro = self.tr("From now on it signs CRLs and nothing else, until its last certificate has expired.")
        final = self.tr("Nothing leads back.")
        page = _Reason(self, "ending", self.tr("Reason"), title, f"{intro} {final}")
        self.put([page, Done(self, self._told)], {"ending": self.tr("R&un it off")})

    def work(self) -> Work:
        """Record it."""
        desk, command = self.desk, self.flow.command()
        assert isinstance(command, RunOff)  # noqa: S101 - made here
        return lambda told: perform(desk, ending.RUN_OFF, command, told)

    def _told(self) -> tuple[str, str]:
        return "ok", self.tr("It stands on record for {name}.").format(name=self.outcome.name)


class DestroyWizard(Asking):
    """The end of a key, by agreement of two."""

    def __init__(self, bench: Bench, about: str) -> None:
        name = _named(bench, about)
        super().__init__("destroy", bench, Destroying(name))
        title = self.tr("Destroy the key of {name}").format(name=name)
        self.setWindowTitle(title)
        intro = self.tr(
            "It signs nothing any more, no CRL either: once the newest one has run out, strict devices refuse. A second "
            "person agrees, then what this file holds of the key is overwritten, and the backups to destroy are listed."
        )
        final = self.tr("Nothing leads back.")
        page = _Reason(self, "ending", self.tr("Reason"), title, f"{intro} {final}")
        key = ending.key_of(self.desk, name)
        if key is not None and key.token is not None:
            answers = [("no", self.tr("No, it is still there")), ("yes", self.tr("Yes, with the token's own means"))]
            page.choice("deleted", self.tr("&Deleted on its token"), answers)
        self.put([page, Done(self, self.asked, self.onward)], {"ending": self.tr("&Ask for its destruction")})

    def work(self) -> Work:
        """Ask for it."""
        desk, command = self.desk, self.flow.command()
        assert isinstance(command, DestroyKey)  # noqa: S101 - made here
        return lambda _told: ending.destroy(desk, command)


class BackWizard(Asking):
    """Back to Links mode, by agreement of two."""

    def __init__(self, bench: Bench) -> None:
        super().__init__("switch-back", bench, GoingBack())
        self.setWindowTitle(self.tr("Back to Links mode"))
        intro = self.tr("Possible until a sub CA is installed. Devices, pins, links and the activity log stay.")
        page = _Reason(self, "back", self.tr("Reason"), self.tr("Why does the workspace go back?"), intro)
        self.put([page, Done(self, self.asked, self.onward)], {"back": self.tr("&Ask for the way back")})

    def work(self) -> Work:
        """Ask for it."""
        desk, (reason, ticket) = self.desk, self.flow.command()
        return lambda _told: switching.back(desk, reason, ticket)


class _File(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "file")
        self.titled(
            self.tr("File"),
            self.tr("Which CRL comes home?"),
            self.tr("The root's newest, for every folder that leaves; or a published copy of ours, which is judged."),
        )
        hint = self.tr("PEM or DER, from the stick or the publishing point.")
        self.path_line("file", self.tr("&File"), self.tr("Choose the file"), self._ask, hint)

    def _ask(self) -> Path | None:
        return open_file(self, self.tr("A CRL"), "CRL (*.crl *.pem *.der);;* (*)")


class TakeWizard(Wizard):
    """The root's CRL, or a published copy."""

    def __init__(self, bench: Bench, path: str = "") -> None:
        super().__init__("crl-take", bench, TakingCrl(path))
        self.setWindowTitle(self.tr("Take a CRL in"))
        self.put([_File(self), Done(self, self._told)], {"file": self.tr("&Take the CRL in")})

    def work(self) -> Work:
        """Read it and judge it."""
        desk, path = self.desk, Path(self.flow.command()).expanduser()

        def take(_told: object) -> tuple[str, int, str, tuple[str, ...]]:
            try:
                with path.open("rb") as file:
                    untrusted = file.read(_LIMIT + 1)
            except OSError:
                raise FileNotReadable(str(path)) from None
            taken = crls.take(desk, untrusted)
            crl, against = taken.crl, tuple(found(each) for each in taken.found)
            return crls.name_of(desk, crl), crl.number, f"{crl.next_update:%Y-%m-%d %H:%M}", against

        return take

    def _told(self) -> tuple[str, str]:
        name, number, until, against = self.outcome
        said = self.tr("CRL {number} of {name} is on file. It counts until {until} UTC.")
        told = said.format(number=number, name=name, until=until)
        return ("warn" if against else "ok"), " ".join([told, *against])
