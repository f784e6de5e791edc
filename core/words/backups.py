"""Sentences about backups and restores."""

from core.errors import backups as errors
from core.errors.base import Expected
from core.words.tongue import Template, told, tr

TEMPLATES: dict[type[Expected], Template] = {
    errors.BackupClosed: Template(
        tr("The backup is closed"),
        tr("{path} opens with {quorum} of the custodians of {key}: {custodians}. Nothing of it was read."),
        tr("Come together and name those who are here (--custodian NAME for each)."),
    ),
    errors.BackupNotClosable: Template(
        tr("No custodians to close it to"),
        tr("{why} No backup was made."),
        tr("Make a plain one (without --encrypt) and lock its medium away, or do what is missing first."),
        {
            "none": tr(
                "This workspace has no CA key and so no custodians; in a plain copy everybody's keys stay wrapped by their passphrases."
            ),
            "drill": tr(
                "The key is from before backups could be closed to its custodians: one drill with them (anchorhold custody drill) "
                "changes that."
            ),
        },
    ),
    errors.ClosedBackupDamaged: Template(
        tr("The backup does not open"),
        tr("{path} was cut or changed, or is no closed backup. Nothing of it is used."),
        tr("Find an older one, and make a new one now."),
        without=(
            "path",
            Template(
                tr("The backup does not open"),
                tr("It was cut or changed, or is no closed backup. Nothing of it is used."),
                tr("Find an older one, and make a new one now."),
            ),
        ),
    ),
    errors.ManifestNotFit: Template(
        tr("The manifest does not fit"),
        tr("{path}: {why} Nothing was put back."),
        tr("Find the manifest that was written beside this backup, or a later one of the same workspace."),
        {
            "shape": tr("that is not the manifest of a backup."),
            "signer": tr("nobody whom this copy knows has signed it as it stands."),
            "workspace": tr("it belongs to another workspace."),
            "differs": tr("it tells of another file than the one beside it."),
        },
    ),
    errors.RestoreNotAgreed: Template(
        tr("One person alone put this file back"),
        tr(
            "A later state is known outside ({rows} entries, the newest of {time}), and no second person agreed to go back. Nothing was signed."
        ),
        tr("Let a second person approve the proposal (anchorhold proposal list); anchorhold keyring accept makes one."),
    ),
}

_DIFFERS = {
    "shape": tr("What lies beside it as its manifest is none."),
    "signer": tr("Nobody whom this copy knows has signed the manifest beside it as it stands."),
    "workspace": tr("The manifest beside it belongs to another workspace."),
    "sha256": tr("The file's SHA-256 is another than its signed manifest says."),
    "rows": tr("The ledger has another number of entries than its signed manifest says."),
    "head": tr("The ledger ends in another entry than its signed manifest says."),
    "crl": tr("The highest CRL number of {name} is another than its signed manifest says."),
}


def differs(what: str) -> str:
    """Where a copy and its manifest are at odds, by `Copied.differs`."""
    kind, _, name = what.partition(" ")
    return told(_DIFFERS[kind], {"name": name})
