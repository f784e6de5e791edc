"""Sentences about the ledger: what happened, what is wrong with it, what an outside checkpoint says."""

from core.errors import audit
from core.errors.base import Expected
from core.model.audit import Fault, Judged, Report, Witness
from core.words.tongue import Template, told, tr

_STOP = tr("Run anchorhold audit verify, keep a copy of the file and tell the responsible person.")
TEMPLATES: dict[type[Expected], Template] = {
    audit.NotACheckpoint: Template(
        tr("Not a checkpoint"), tr("That file is not a checkpoint of a ledger."), tr("Choose the file that was kept.")
    ),
    audit.NoSuchRow: Template(
        tr("No such entry"),
        tr("There is no entry {number}; the ledger has entries 1 to {rows}. Nothing was written."),
        tr("See: anchorhold audit read."),
    ),
    audit.NoSuchSample: Template(
        tr("No such sample"),
        tr("Entry {sample} is not a sample that {name} drew and has not signed off yet. Nothing was recorded."),
        tr("Draw one first: anchorhold audit review WS --as {name}."),
    ),
    audit.LedgerDamaged: Template(
        tr("The ledger is damaged"),
        tr("Entry {row} of {path} does not hold together ({fault}), so nothing is signed here; it can still be read."),
        _STOP,
    ),
    audit.RecordsDamaged: Template(
        tr("A record was changed from outside"),
        tr("Record {number} of {table} in {path} is not what the ledger says ({fault}), so nothing was handed out."),
        _STOP,
    ),
}

EVENTS: dict[str, str] = {
    "workspace.created": tr("made the workspace"),
    "operator.admitted": tr("took a newcomer in"),
    "operator.restored": tr("took somebody in again whose passphrase was lost"),
    "operator.duties-changed": tr("approved a change of duties, which was made"),
    "operator.left": tr("ended somebody's access"),
    "people.reviewed": tr("signed off the access review"),
    "proposal.made": tr("proposed something"),
    "proposal.approved": tr("approved a proposal"),
    "proposal.refused": tr("refused a proposal"),
    "proposal.withdrawn": tr("withdrew a proposal"),
    "clock.corrected": tr("approved a correction of the clock, which was recorded"),
    "operator.accepted": tr("took up work"),
    "operator.passphrase-changed": tr("changed their own passphrase"),
    "sign-in.done": tr("signed in"),
    "sign-in.ended": tr("signed out"),
    "sign-in.failed": tr("somebody typed a wrong passphrase"),
    "sign-in.kept": tr("had the keyring keep their own sign-in"),
    "sign-in.forgotten": tr("took their own sign-in out of the keyring"),
    "refused": tr("was refused"),
    "device.added": tr("added a device"),
    "device.changed": tr("changed a device"),
    "device.retired": tr("retired a device"),
    "device.read-back": tr("read back what a device holds"),
    "key.received": tr("took a key on file"),
    "key.compared": tr("compared a key"),
    "key.approved": tr("compared a key and so approved it"),
    "key.reviewed": tr("compared an approved key again"),
    "key.quarantined": tr("compared a key, and it is in quarantine"),
    "key.withdrawn": tr("withdrew or rejected a key"),
    "key.suspected": tr("suspended a device's links for a suspected attack"),
    "card.signed": tr("signed a device's card"),
    "link.added": tr("added a link"),
    "link.retired": tr("retired a link"),
    "link.exported": tr("exported folders"),
    "custody.key-made": tr("made a CA key"),
    "custody.drilled": tr("proved that custodians open a key"),
    "custody.replaced": tr("put one custodian in another's place"),
    "custody.passphrase-changed": tr("changed a custodian's passphrase"),
    "custody.wrong-passphrase": tr("typed a wrong passphrase for a custodian"),
    "custody.entered": tr("made an entry in the custody register"),
    "custody.sheet-printed": tr("printed a recovery sheet"),
    "custody.sheet-proved": tr("proved a recovery sheet"),
    "custody.sheet-used": tr("let a recovery sheet be used: an incident"),
    "session.opened": tr("opened a signing session"),
    "session.ended": tr("ended a signing session"),
    "workspace.switched": tr("approved the switch to a local CA, which was made"),
    "workspace.switched-back": tr("approved the way back to Links mode, which was made"),
    "request.registered": tr("approved a request at the registration desk"),
    "request.sent": tr("wrote approved requests to a carried file"),
    "request.taken": tr("took a registration desk's requests in"),
    "certificate.sent-back": tr("wrote certificates for the registration desk that asked for them"),
    "certificate.taken-home": tr("took certificates home and wrote their devices' folders"),
    "ticket.pattern-set": tr("approved another pattern of tickets, which is in force"),
    "ticket.widened": tr("approved that a ticket counts for further devices, which it does"),
    "request.key-excepted": tr("approved that a device's key is made another way, which is on record"),
    "clause.decided": tr("approved a replacement of a published date, which is in force"),
    "trust.added": tr("took in a CA certificate of others, as pending"),
    "trust.compared": tr("compared the fingerprint of a CA of others"),
    "clause.waived": tr("approved a waiver of a clause, which counts now"),
    "caps.changed": tr("approved a new version of the table of key lifetimes, which is in force"),
    "record.added": tr("entered a record"),
    "record.ended": tr("ended a record"),
    "organisation.admitted": tr("approved a relying organisation of another community, which was admitted"),
    "document.approved": tr("approved a version of a policy document, which is in force"),
    "document.published": tr("recorded that a policy document was made available"),
    "crl.none-recorded": tr("agreed that no CRL is published that this restored workspace has to go on from"),
    "crl.validity-set": tr("approved another validity of CRLs, which is in force"),
    "workspace.introduced": tr("wrote this workspace's introduction"),
    "workspace.half-met": tr("typed another workspace's fingerprint"),
    "workspace.met": tr("typed another workspace's fingerprint as the second person: it is known"),
    "root.intended": tr("was about to sign the root certificate"),
    "root.made": tr("made the root"),
    "ceremony.read-back": tr("had the root's fingerprint typed back by a second person"),
    "ceremony.closed": tr("closed the record of the root key ceremony"),
    "authority.requested": tr("made a sub CA's key and asked for its certificate"),
    "authority.request-taken": tr("took a sub CA's request in"),
    "authority.intended": tr("was about to sign a sub CA, as two people agreed"),
    "authority.signed": tr("signed a sub CA"),
    "authority.answered": tr("wrote the answer for a sub CA"),
    "authority.installed": tr("installed a sub CA"),
    "authority.ended": tr("ended an authority"),
    "authority.destroyed": tr("approved the end of an authority's key, which is overwritten"),
    "certificate.intended": tr("was about to sign a certificate, as two people agreed"),
    "certificate.issued": tr("issued a certificate"),
    "certificate.revoked": tr("approved a revocation, which is final"),
    "certificate.revoked-at-once": tr("revoked a certificate at once"),
    "revocation.reviewed": tr("reviewed an urgent revocation"),
    "crl.intended": tr("was about to sign a CRL"),
    "crl.signed": tr("signed a CRL"),
    "crl.taken": tr("took a CRL in"),
    "certificate.exported": tr("exported the folder of a certified device"),
    "backup.made": tr("made a backup"),
    "backup.drilled": tr("put a backup back in a trial and verified it"),
    "backup.restored": tr("put a backup back to work"),
    "audit.verified": tr("verified the ledger"),
    "audit.checkpoint": tr("signed a checkpoint"),
    "audit.proved": tr("took out an entry with its proof"),
    "audit.read": tr("read the ledger"),
    "audit.exported": tr("exported ledger entries for another system"),
    "audit.sampled": tr("drew acts for the monthly review"),
    "audit.reviewed": tr("signed off the monthly review"),
    "audit.head-agreed": tr("agreed to go by this file, although a newer or other one was seen"),
    "audit.head-accepted": tr("accepted this file in place of the one their keyring knew"),
}


FAULTS: dict[str, str] = {
    "file": tr("The file itself does not hold together: {0}."),
    "missing-row": tr("Entry {row} is missing."),
    "not-canonical": tr("Entry {row} is not in its canonical form: it was edited."),
    "misplaced": tr("Entry {row} belongs to another place or another workspace."),
    "chain": tr("Entry {row} does not follow from the entry before it."),
    "hash": tr("Entry {row} is not what its hash says: it was edited."),
    "columns": tr("Entry {row} is filed under another time, person or action than it says."),
    "agreement": tr("Entry {row} does not carry the agreement of the people it takes ({0})."),
    "unknown-event": tr("Entry {row} tells of {0}, an event that this program does not know."),
    "unsigned": tr("Entry {row} is not signed, though it changes something."),
    "signature": tr("Entry {row} is not signed by {0}."),
    "clock-back": tr("Entry {row} is older than the one before it ({1} after {0})."),
    "inserted": tr("A record in {0} (number {1}) has no ledger entry: it was put there from outside."),
    "changed": tr("A record in {0} (number {1}) is not what its ledger entry says: it was changed from outside."),
    "removed": tr("A record in {0} (number {1}) is gone, though the ledger has it."),
}

_WITNESSES: dict[Witness, str] = {
    Witness.VOUCHES: tr("{name}, signed by {signer} on {time}, vouches for entries 1 to {size}."),
    Witness.AHEAD: tr(
        "ALARM: {name}, signed by {signer} on {time}, knows {size} entries and this file has only {rows}. An older copy "
        "was put back, or the end was cut off."
    ),
    Witness.FORKED: tr(
        "ALARM: {name}, signed by {signer} on {time}, vouches for {size} entries, but not for the ones in this file. "
        "The ledger was rewritten after that."
    ),
    Witness.REPLACED: tr(
        "ALARM: {name} is of this workspace, but its ledger began with another first entry. The whole ledger was "
        "replaced, or the checkpoint is false: ask whoever kept it."
    ),
    Witness.UNKNOWN_SIGNER: tr(
        "{name} is signed by nobody whose key is in this ledger, so it vouches for nothing. If a colleague of yours "
        "signed it, the ledger was cut off before that colleague's entry."
    ),
    Witness.ALTERED: tr("{name} was altered after {signer} signed it, so it vouches for nothing."),
    Witness.OTHER_WORKSPACE: tr("{name} is a checkpoint of another workspace, so it says nothing about this one."),
    Witness.UNREADABLE: tr("{name} is not a checkpoint, so it says nothing."),
}
_ALL = tr("Every entry is vouched for from outside.")
_REST = tr("Nothing outside this file vouches for entries {after} to {rows}.")
_NONE = tr(
    "Nothing outside this file vouches for any entry: keep a checkpoint elsewhere (anchorhold audit checkpoint)."
)


def witness(judged: Judged, rows: int) -> str:
    """What one outside checkpoint says about a ledger of so many rows."""
    return told(_WITNESSES[judged.standing], {**vars(judged), "rows": rows})


def reach(report: Report) -> str:
    """Up to which row something outside the file vouches."""
    if not report.vouched:
        return told(_NONE, {})
    return told(_ALL if report.vouched == report.rows else _REST, {"after": report.vouched + 1, "rows": report.rows})


def event(action: str) -> str:
    """What somebody did, as the rest of a sentence that begins with their name."""
    return told(EVENTS[action], {}) if action in EVENTS else action


def fault(found: Fault) -> str:
    """One fault of `audit verify` as a sentence."""
    facts = {"row": found.row, **{str(place): fact for place, fact in enumerate(found.facts)}}
    template = FAULTS[found.what].replace("{0}", "{f0}").replace("{1}", "{f1}")
    return told(template, {"row": found.row, **{f"f{name}": value for name, value in facts.items()}})
