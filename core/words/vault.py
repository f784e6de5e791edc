"""Sentences about the keyring and what it remembers."""

from core.errors import vault
from core.errors.base import Expected
from core.words.tongue import Template, tr

_COMPARE = tr("Hold it against a checkpoint that was kept elsewhere: anchorhold audit verify WS --checkpoint FILE.")

TEMPLATES: dict[type[Expected], Template] = {
    vault.KeyringAbsent: Template(
        tr("No keyring"),
        tr("{why} So nothing on this machine would notice an older copy of the workspace."),
        tr("Keep checkpoints elsewhere: anchorhold audit checkpoint."),
        {
            "headless": tr("This session has no keyring of the operating system."),
            "locked": tr("The keyring of the operating system is locked."),
            "refused": tr("The keyring of the operating system does not answer."),
        },
    ),
    vault.OlderCopy: Template(
        tr("An older copy"),
        tr(
            "ALARM: {path} has {rows} entries, and you have seen {seen} of them, the newest of {time}. An older copy "
            "was put in its place, or its end was cut off."
        ),
        tr("Find the newer file before anything is done with this one."),
    ),
    vault.OtherHistory: Template(
        tr("Another history"),
        tr("ALARM: entry {seen} of {path} is not the one of {time} that you have seen. The ledger was rewritten."),
        tr("Stop work, keep a copy of the file and tell the responsible person."),
    ),
    vault.OtherWorkspace: Template(
        tr("Another workspace"),
        tr("The workspace at {path} is not the one that was there when you last opened it."),
        _COMPARE,
    ),
    vault.WorkspaceGone: Template(
        tr("The workspace is gone"),
        tr("You have seen a workspace of {seen} entries at {path}, the newest of {time}; it is not there now."),
        tr("Find out who moved it, and take no older copy in its place without a checkpoint."),
    ),
    vault.NothingKept: Template(
        tr("No sign-in is kept"),
        tr("The keyring of this workstation keeps no sign-in of {name} for this workspace."),
        tr("Type the passphrase, or keep it first: anchorhold keyring keep WS --as {name}."),
    ),
    vault.PassphraseNeeded: Template(
        tr("Your passphrase, please"),
        tr(
            "{name} is signed in from the keyring. Second comparisons and approvals want the passphrase at that moment."
        ),
        tr("Type your passphrase and do it again."),
    ),
    vault.HeadHere: Template(
        tr("Nothing is given up"),
        tr("Entry {number} is in this file, so it is not behind what was seen. Nothing was changed."),
        tr("Go by it as it is: anchorhold keyring status WS."),
    ),
    vault.NeverSeen: Template(
        tr("First opened here"),
        tr("{path} was not opened by you here before, so nothing here can tell whether it is an older copy."),
        _COMPARE,
    ),
}
