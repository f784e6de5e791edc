"""The file's shape: numbered migrations, each applied once inside one transaction.

Every table is STRICT. What is a fact stays a fact: triggers refuse to change or delete it, whoever asks. `state` and
its companions are the only columns that move, and every move leaves a ledger row with the record's new hash.
"""

import sqlite3
from contextlib import closing

APPLICATION_ID = 0x416E6368  # "Anch", at byte 68 of the file

FIRST = """
CREATE TABLE workspace (
  id INTEGER PRIMARY KEY CHECK (id = 1), uuid TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  policy TEXT NOT NULL, organisation TEXT NOT NULL, community TEXT NOT NULL, technologies TEXT NOT NULL,
  network_end TEXT NOT NULL, responsible TEXT NOT NULL, deputy TEXT NOT NULL, created TEXT NOT NULL) STRICT;
CREATE TABLE operator (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, full_name TEXT NOT NULL, duties TEXT NOT NULL,
  public_key BLOB NOT NULL, envelope TEXT NOT NULL, created TEXT NOT NULL) STRICT;
CREATE TABLE ledger (
  number INTEGER PRIMARY KEY, body TEXT NOT NULL, signature BLOB NOT NULL, leaf BLOB NOT NULL,
  time TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL) STRICT;
CREATE INDEX ledger_actor ON ledger (actor, number);
CREATE TABLE device (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, platform TEXT NOT NULL, identity_kind TEXT NOT NULL,
  identity TEXT NOT NULL, address TEXT NOT NULL, networks TEXT NOT NULL, site TEXT NOT NULL,
  end_of_life TEXT NOT NULL, contact TEXT NOT NULL, phone TEXT NOT NULL, phone_from TEXT NOT NULL,
  state TEXT NOT NULL) STRICT;
CREATE TABLE key (
  id INTEGER PRIMARY KEY, device_id INTEGER NOT NULL REFERENCES device (id), spki BLOB NOT NULL,
  algorithm TEXT NOT NULL, bits INTEGER NOT NULL, source TEXT NOT NULL, certificate BLOB NOT NULL,
  possession INTEGER NOT NULL, arrival TEXT NOT NULL, received TEXT NOT NULL, received_by TEXT NOT NULL,
  origin TEXT NOT NULL, waiver TEXT NOT NULL, replace_by TEXT NOT NULL,
  state TEXT NOT NULL, review_by TEXT NOT NULL, pinned_until TEXT NOT NULL,
  telephone_only INTEGER NOT NULL, by_one_person INTEGER NOT NULL) STRICT;
CREATE INDEX key_device ON key (device_id, id);
CREATE INDEX key_spki ON key (spki);
CREATE TABLE comparison (
  id INTEGER PRIMARY KEY, key_id INTEGER NOT NULL REFERENCES key (id), operator TEXT NOT NULL,
  channel TEXT NOT NULL, reader TEXT NOT NULL, number TEXT NOT NULL, number_from TEXT NOT NULL,
  ticket TEXT NOT NULL, verdict TEXT NOT NULL, form TEXT NOT NULL, time TEXT NOT NULL) STRICT;
CREATE INDEX comparison_key ON comparison (key_id, id);
CREATE TABLE link (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, left_id INTEGER NOT NULL REFERENCES device (id),
  right_id INTEGER NOT NULL REFERENCES device (id), technology TEXT NOT NULL, ticket TEXT NOT NULL,
  created TEXT NOT NULL, state TEXT NOT NULL, CHECK (left_id <> right_id)) STRICT;
CREATE INDEX link_left ON link (left_id);
CREATE INDEX link_right ON link (right_id);
CREATE TABLE export (
  id INTEGER PRIMARY KEY, link_id INTEGER NOT NULL REFERENCES link (id),
  device_id INTEGER NOT NULL REFERENCES device (id), key_ids TEXT NOT NULL, folder TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL, operator TEXT NOT NULL, time TEXT NOT NULL) STRICT;
CREATE INDEX export_link ON export (link_id, id);
CREATE TABLE readback (
  id INTEGER PRIMARY KEY, device_id INTEGER NOT NULL REFERENCES device (id), passed INTEGER NOT NULL,
  keys TEXT NOT NULL, operator TEXT NOT NULL, time TEXT NOT NULL) STRICT;
CREATE TABLE pin (
  id INTEGER PRIMARY KEY, link_id INTEGER NOT NULL REFERENCES link (id),
  holder_id INTEGER NOT NULL REFERENCES device (id), key_id INTEGER NOT NULL REFERENCES key (id),
  standing TEXT NOT NULL, since TEXT NOT NULL, UNIQUE (link_id, holder_id, key_id)) STRICT;
CREATE INDEX pin_key ON pin (key_id);
CREATE INDEX pin_holder ON pin (holder_id);
"""

CARDS = """
CREATE TABLE card (
  id INTEGER PRIMARY KEY, key_id INTEGER NOT NULL UNIQUE REFERENCES key (id), issuer TEXT NOT NULL,
  card_id TEXT NOT NULL, sequence INTEGER NOT NULL, signer TEXT NOT NULL, signer_key BLOB NOT NULL,
  body BLOB NOT NULL, signature BLOB NOT NULL) STRICT;
CREATE INDEX card_signer ON card (signer_key);
"""

# The newest row of one kind; files of the days before their first release have it from the start.
BY_ACTION = "CREATE INDEX IF NOT EXISTS ledger_action ON ledger (action, number);\n"

CUSTODY = """
CREATE TABLE ca_key (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
  public_key BLOB NOT NULL, source TEXT NOT NULL, token TEXT NOT NULL, approval TEXT NOT NULL,
  finding TEXT NOT NULL, created TEXT NOT NULL, quorum INTEGER NOT NULL,
  generation INTEGER NOT NULL, wraps TEXT NOT NULL, secret TEXT NOT NULL) STRICT;
CREATE TABLE custodian (
  id INTEGER PRIMARY KEY, key_id INTEGER NOT NULL REFERENCES ca_key (id), name TEXT NOT NULL, stick INTEGER NOT NULL,
  since TEXT NOT NULL, envelope TEXT NOT NULL, until TEXT NOT NULL, failures INTEGER NOT NULL,
  failed_at TEXT NOT NULL) STRICT;
CREATE INDEX custodian_key ON custodian (key_id, id);
CREATE TABLE sheet (
  id INTEGER PRIMARY KEY, owner TEXT NOT NULL, covers TEXT NOT NULL, envelope TEXT NOT NULL, created TEXT NOT NULL,
  state TEXT NOT NULL) STRICT;
CREATE TABLE custody_entry (
  id INTEGER PRIMARY KEY, key_id INTEGER NOT NULL REFERENCES ca_key (id), what TEXT NOT NULL, holder TEXT NOT NULL,
  place TEXT NOT NULL, seal TEXT NOT NULL, time TEXT NOT NULL) STRICT;
CREATE INDEX custody_entry_key ON custody_entry (key_id, id);
"""

PEOPLE = """
CREATE TABLE access (
  id INTEGER PRIMARY KEY, operator_id INTEGER NOT NULL UNIQUE REFERENCES operator (id), until TEXT NOT NULL,
  left_at TEXT NOT NULL, by_one_person INTEGER NOT NULL) STRICT;
CREATE TABLE proposal (
  id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, body TEXT NOT NULL, signature BLOB NOT NULL,
  state TEXT NOT NULL, closed TEXT NOT NULL, closed_by TEXT NOT NULL, because TEXT NOT NULL) STRICT;
CREATE INDEX proposal_state ON proposal (state, id);
CREATE TABLE approval (
  id INTEGER PRIMARY KEY, proposal_id INTEGER NOT NULL REFERENCES proposal (id), body TEXT NOT NULL,
  signature BLOB NOT NULL) STRICT;
CREATE INDEX approval_proposal ON approval (proposal_id, id);
"""

PKI = """
CREATE TABLE authority (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, layer TEXT NOT NULL, service TEXT NOT NULL, subject TEXT NOT NULL,
  spki BLOB NOT NULL, ca_key TEXT NOT NULL, request BLOB NOT NULL, policy TEXT NOT NULL, crl_url TEXT NOT NULL,
  created TEXT NOT NULL, certificate BLOB NOT NULL, state TEXT NOT NULL) STRICT;
CREATE TABLE certificate (
  id INTEGER PRIMARY KEY, serial TEXT NOT NULL, authority_id INTEGER NOT NULL REFERENCES authority (id),
  device_id INTEGER NOT NULL, profile TEXT NOT NULL, subject TEXT NOT NULL, folded TEXT NOT NULL, spki BLOB NOT NULL,
  not_before TEXT NOT NULL, not_after TEXT NOT NULL, tbs BLOB NOT NULL, ticket TEXT NOT NULL, proposal TEXT NOT NULL,
  made TEXT NOT NULL, der BLOB NOT NULL, state TEXT NOT NULL, UNIQUE (authority_id, serial)) STRICT;
CREATE INDEX certificate_serial ON certificate (serial);
CREATE INDEX certificate_device ON certificate (device_id, id);
CREATE INDEX certificate_spki ON certificate (spki);
CREATE INDEX certificate_folded ON certificate (folded);
CREATE TABLE revocation (
  id INTEGER PRIMARY KEY, certificate_id INTEGER NOT NULL UNIQUE REFERENCES certificate (id), reason TEXT NOT NULL,
  suspected INTEGER NOT NULL, at TEXT NOT NULL, compromised_at TEXT NOT NULL, ticket TEXT NOT NULL,
  operator TEXT NOT NULL, reviewed_by TEXT NOT NULL) STRICT;
CREATE TABLE crl (
  id INTEGER PRIMARY KEY, authority_id INTEGER NOT NULL REFERENCES authority (id), number INTEGER NOT NULL,
  this_update TEXT NOT NULL, next_update TEXT NOT NULL, entries INTEGER NOT NULL, covers INTEGER NOT NULL, tbs BLOB NOT NULL,
  der BLOB NOT NULL, UNIQUE (authority_id, number)) STRICT;
CREATE TABLE decision (
  id INTEGER PRIMARY KEY, clause TEXT NOT NULL, value TEXT NOT NULL, review TEXT NOT NULL, reason TEXT NOT NULL,
  ticket TEXT NOT NULL, proposal TEXT NOT NULL, made TEXT NOT NULL) STRICT;
CREATE TABLE partner (
  id INTEGER PRIMARY KEY, uuid TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, rehearsal INTEGER NOT NULL,
  root BLOB NOT NULL, digest BLOB NOT NULL, met TEXT NOT NULL, people TEXT NOT NULL, heard_by TEXT NOT NULL) STRICT;
CREATE INDEX partner_uuid ON partner (uuid, id);
CREATE TABLE carried (
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL, time TEXT NOT NULL) STRICT;
CREATE INDEX carried_sha256 ON carried (sha256);
"""

# From here on a workspace's kind may move: a links workspace can become an issuing one.
DESIGN = """
CREATE TABLE design (
  id INTEGER PRIMARY KEY, technologies TEXT NOT NULL, community TEXT NOT NULL, relying TEXT NOT NULL,
  hierarchy TEXT NOT NULL, proposal TEXT NOT NULL, made TEXT NOT NULL) STRICT;
"""

# What people vouch for, what they put off, and the table of key lifetimes that each certificate was issued under.
ASSURANCE = """
CREATE TABLE record (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, facts TEXT NOT NULL, owner TEXT NOT NULL, review TEXT NOT NULL,
  evidence TEXT NOT NULL, sha256 TEXT NOT NULL, replaces INTEGER NOT NULL, proposal TEXT NOT NULL, made TEXT NOT NULL,
  made_by TEXT NOT NULL, state TEXT NOT NULL, ended TEXT NOT NULL, ended_by TEXT NOT NULL, because TEXT NOT NULL) STRICT;
CREATE INDEX record_kind ON record (kind, id);
CREATE TABLE waiver (
  id INTEGER PRIMARY KEY, clause TEXT NOT NULL, until TEXT NOT NULL, review TEXT NOT NULL, reason TEXT NOT NULL,
  ticket TEXT NOT NULL, proposal TEXT NOT NULL, made TEXT NOT NULL) STRICT;
CREATE TABLE cap_table (
  id INTEGER PRIMARY KEY, sub TEXT NOT NULL, root TEXT NOT NULL, source TEXT NOT NULL, dated TEXT NOT NULL,
  checked TEXT NOT NULL, reason TEXT NOT NULL, proposal TEXT NOT NULL, made TEXT NOT NULL) STRICT;
CREATE TABLE issued_under (
  id INTEGER PRIMARY KEY, certificate_id INTEGER NOT NULL UNIQUE REFERENCES certificate (id),
  caps INTEGER NOT NULL) STRICT;
"""

# What two people allow beside the plain rules of enrolment.
AGREEMENTS = """
CREATE TABLE agreement (
  id INTEGER PRIMARY KEY, allowing TEXT NOT NULL, about TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL,
  ticket TEXT NOT NULL, proposal TEXT NOT NULL, made TEXT NOT NULL) STRICT;
CREATE INDEX agreement_about ON agreement (allowing, about, id);
CREATE INDEX certificate_ticket ON certificate (ticket);
"""

# Foreign roots and cross-certificates, and who heard their fingerprints.
TRUST = """
CREATE TABLE anchor (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, der BLOB NOT NULL, sha256 TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL, purpose TEXT NOT NULL, owner TEXT NOT NULL, until TEXT NOT NULL, ticket TEXT NOT NULL,
  state TEXT NOT NULL, made TEXT NOT NULL, made_by TEXT NOT NULL) STRICT;
CREATE TABLE anchor_comparison (
  id INTEGER PRIMARY KEY, anchor_id INTEGER NOT NULL REFERENCES anchor (id), operator TEXT NOT NULL,
  verdict TEXT NOT NULL, form TEXT NOT NULL, time TEXT NOT NULL) STRICT;
"""

# Policy documents as two people approved them, and the settings that they state.
DOCUMENTS = """
CREATE TABLE document (
  id INTEGER PRIMARY KEY, document TEXT NOT NULL, number INTEGER NOT NULL, sha256 TEXT NOT NULL, text TEXT NOT NULL,
  proposer TEXT NOT NULL, approver TEXT NOT NULL, reason TEXT NOT NULL, proposal TEXT NOT NULL, made TEXT NOT NULL,
  published TEXT NOT NULL, published_by TEXT NOT NULL, distribution TEXT NOT NULL, UNIQUE (document, number)) STRICT;
CREATE TABLE setting (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL, ticket TEXT NOT NULL,
  proposal TEXT NOT NULL, made TEXT NOT NULL) STRICT;
"""

BACKUPS = """
CREATE TABLE backup_key (
  id INTEGER PRIMARY KEY, key_id INTEGER NOT NULL REFERENCES ca_key (id), generation INTEGER NOT NULL,
  public TEXT NOT NULL, UNIQUE (key_id, generation)) STRICT;
"""

# No new column: the triggers are made anew, and let a custodian's new passphrase come with a stick or without one.
STICKS = ""

MIGRATIONS = (
    FIRST, CARDS, BY_ACTION, CUSTODY, PEOPLE, PKI, DESIGN, ASSURANCE, AGREEMENTS, TRUST, DOCUMENTS, BACKUPS, STICKS,
)  # fmt: skip

# The columns of each table that may change after the record was written; all others are facts.
MOVING: dict[str, tuple[str, ...]] = {
    "workspace": ("kind", "technologies"),
    "operator": ("envelope", "duties", "public_key"),
    "access": ("until", "left_at", "by_one_person"),
    "proposal": ("state", "closed", "closed_by", "because"),
    "approval": (),
    "ledger": (),
    "device": (
        "platform", "identity_kind", "identity", "address", "networks", "site", "end_of_life", "contact", "phone",
        "phone_from", "state",
    ),
    "key": ("state", "review_by", "pinned_until", "telephone_only", "by_one_person"),
    "comparison": (),
    "card": (),
    "link": ("state",),
    "export": (),
    "readback": (),
    "pin": ("standing", "since"),
    "authority": ("certificate", "state"),
    "certificate": ("der", "state"),
    "revocation": ("reviewed_by",),
    "crl": ("der",),
    "decision": (),
    "design": (),
    "record": ("state", "ended", "ended_by", "because"),
    "waiver": (),
    "cap_table": (),
    "issued_under": (),
    "agreement": (),
    "anchor": ("state",),
    "anchor_comparison": (),
    "document": ("published", "published_by", "distribution"),
    "setting": (),
    "partner": ("people", "heard_by"),
    "carried": (),
    "ca_key": ("generation", "wraps", "secret"),
    "custodian": ("envelope", "stick", "until", "failures", "failed_at"),
    "sheet": ("state",),
    "custody_entry": (),
    "backup_key": (),
}  # fmt: skip

RECORDS = tuple(table for table in MOVING if table != "ledger")


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _guards(connection: sqlite3.Connection) -> None:
    """The immutability triggers of every table."""
    for table, moving in MOVING.items():
        fixed = [column for column in _columns(connection, table) if column not in moving]
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in fixed)
        connection.execute(  # not "UPDATE OF": that does not fire for the number under its other name, rowid
            f"CREATE TRIGGER {table}_facts BEFORE UPDATE ON {table} WHEN {changed} "
            f"BEGIN SELECT RAISE(ABORT, 'a fact of {table} is not changed'); END"
        )
        connection.execute(
            f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'nothing is deleted from {table}'); END"
        )
    # INSERT OR REPLACE goes around UPDATE and DELETE triggers; a number must therefore be the next one.
    for table, key in [*((table, "id") for table in RECORDS), ("ledger", "number")]:
        connection.execute(
            f"CREATE TRIGGER {table}_next BEFORE INSERT ON {table} "
            f"WHEN NEW.{key} <> (SELECT coalesce(max({key}), 0) + 1 FROM {table}) "
            f"BEGIN SELECT RAISE(ABORT, 'numbers of {table} run without gaps'); END"
        )


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest version; the caller holds the transaction."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        for statement in filter(None, (part.strip() for part in script.split(";\n"))):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    _guards(connection)


def has(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the file has that table yet: one of a version before gets it with the first command that writes."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None


def foreign(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Tables, indexes, triggers and views that are missing, changed, or not ours, by name.

    A trigger from outside could change what a signed row is about to vouch for.
    """
    with closing(sqlite3.connect(":memory:")) as fresh:
        migrate(fresh)
        known, found = _shape(fresh), _shape(connection)
    return tuple(sorted(name for name in known.keys() | found.keys() if known.get(name) != found.get(name)))


def _shape(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    rows = connection.execute("SELECT name, type, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_autoindex_%'")
    return {name: (kind, " ".join((sql or "").split())) for name, kind, sql in rows}
