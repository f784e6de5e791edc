"""A CA of others: taken in as pending, compared blind by two people. Its fingerprint is on no page before both heard it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.crypto import names
from core.flows.trust import HearTrust, TakeIn
from core.model.keys import Verdict
from core.model.trust import AnchorState
from core.services import trust
from core.services.perform import perform
from core.words.tongue import told as say
from core.words.trust import KINDS, verdict
from gui.bench import Bench
from gui.widgets.announce import announce
from gui.wizards.heard import HeardEdit
from gui.wizards.host import Host
from gui.wizards.page import Page
from gui.wizards.review import Done
from gui.wizards.source import SourcePage
from gui.wizards.wizard import Wizard, Work


class _File(SourcePage):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "file")
        self.titled(
            self.tr("Certificate"),
            self.tr("Which CA of others?"),
            self.tr("One certificate: a foreign root, or a CA that another one certified. Nothing trusts it yet."),
        )
        self.source(self.tr("&File"), self.tr("&Text"), self.tr("Paste it with its BEGIN and END lines."), lines=8)


class _Terms(Page):
    def __init__(self, host: Host) -> None:
        super().__init__(host, "terms")
        self.titled(
            self.tr("Terms"),
            self.tr("What is it trusted for, and until when?"),
            self.tr("Relying parties read this beside the certificate."),
        )
        self.line("purpose", self.tr("&Purpose"), self.tr("For example: links to the exchange in Oslo."))
        self.line("owner", self.tr("&Owner"), self.tr("Whose CA it is: who reads out its fingerprint."))
        self.line("until", self.tr("&Last day"), self.tr("YYYY-MM-DD, not after the certificate's own end."))
        self.line("ticket", self.tr("&Ticket"))


class AddTrustWizard(Wizard):
    """Take a CA of others in."""

    def __init__(self, bench: Bench, path: str = "") -> None:
        super().__init__("trust-add", bench, TakeIn())
        self.setWindowTitle(self.tr("Take in a CA of others"))
        file = _File(self)
        pages = [file, _Terms(self), Done(self, self._told, self._onward)]
        self.put(pages, {"terms": self.tr("Take it &in as pending")})
        if path:
            file.load(path)

    def work(self) -> Work:
        """Judge and keep it."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, trust.ADD, command, told)

    def _told(self) -> tuple[str, str]:
        made = self.outcome
        words = self.tr(
            "{name} ({subject}, {kind}) is pending. Its owner reads out the SHA-256 of the certificate on a number you "
            "already hold; two people type it, each by themselves."
        )
        return "ok", words.format(name=made.name, subject=names.text(made.subject), kind=say(KINDS[made.kind], {}))

    def _onward(self) -> Sequence[tuple[str, str, str, str]]:
        return (("nextCompareTrust", self.tr("&Compare it\u2026"), "trust-compare", self.outcome.name),)


class _Heard(Page):
    def __init__(self, host: Host, pending: Sequence[tuple[str, str]]) -> None:
        super().__init__(host, "heard")
        self.titled(
            self.tr("Compare"),
            self.tr("What does its owner read out?"),
            self.tr("The SHA-256 of the certificate, from their own copy: called on a number you already hold."),
        )
        self.choice("name", self.tr("C&A"), pending)
        hint = self.tr("64 hex digits or 32 PGP words; spaces, colons and case do not matter.")
        self.text("heard", self.tr("The whole &value"), hint, lines=4, edit=HeardEdit())

    def again(self, words: str) -> None:
        """It is heard once more."""
        self.banner.tell("warn", words)
        self.inputs["heard"].setFocus()
        announce(self, words)


class CompareTrustWizard(Wizard):
    """One comparison by the person at the desk."""

    def __init__(self, bench: Bench, about: str) -> None:
        assert bench.desk is not None  # noqa: S101 - only the first run has none
        pending = [each for each in trust.rows(bench.desk) if each.state is AnchorState.PENDING]
        known = [each.name for each in pending]
        first = about if about in known else known[0] if len(known) == 1 else ""
        super().__init__("trust-compare", bench, HearTrust(first))
        self.setWindowTitle(self.tr("Compare a CA of others"))
        options = [(each.name, f"{each.name} \u2013 {each.owner}") for each in pending]
        self.page_ = _Heard(self, options if first else [("", self.tr("Choose\u2026")), *options])
        self.put([self.page_, Done(self, self._told)], {"heard": self.tr("Compare the &fingerprint")})

    def work(self) -> Work:
        """Compare it."""
        desk, command = self.desk, self.flow.command()
        return lambda told: perform(desk, trust.COMPARE, command, told)

    def _words(self, heard: Any) -> str:
        return verdict(heard.anchor.name, heard.finding, heard.compared, heard.tries_left)

    def landed(self, result: Any) -> bool:
        """A misread or weak value is entered again while the CA is pending; anything else is a verdict."""
        unclear = result.finding.verdict in (Verdict.MISREAD, Verdict.TOO_WEAK)
        again = unclear and result.anchor.state is AnchorState.PENDING
        if again:
            self.page_.again(self._words(result))
        return not again

    def _told(self) -> tuple[str, str]:
        return ("ok" if self.outcome.finding.verdict is Verdict.MATCH else "bad"), self._words(self.outcome)
