"""An independent verifier of ledgers, written from resources/help/ledger-format.md alone. It imports nothing of ours."""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MEMBERS = {
    "type", "workspace", "number", "time", "actor", "duty", "action", "subjects", "ticket", "approvals", "details",
    "program", "previous",
}  # fmt: skip
UNSIGNED = {"sign-in.failed", "refused"}


def canonical(value: Any) -> str:
    """Section 2."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def fits(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, level by level: a last hash without a sibling moves up as it is."""
    level = leaves
    while len(level) > 1:
        pairs = [sha(b"\x01", level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0]


class Ledger:
    """What a verifier knows after reading a file; `faults` are pairs of what and where."""

    def __init__(self, path: Path) -> None:
        self.faults: list[tuple[str, int | str]] = []
        self.leaves: list[bytes] = []
        self.keys: dict[str, list[bytes]] = {}
        self.newest: dict[tuple[str, int], str] = {}
        self.time = ""
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        database.row_factory = sqlite3.Row
        if [row[0] for row in database.execute("PRAGMA integrity_check")] != ["ok"]:
            self.faults.append(("file", 0))
        self.faults += [("foreign key", row[0]) for row in database.execute("PRAGMA foreign_key_check")]
        self.id = database.execute("SELECT uuid FROM workspace").fetchone()[0]
        for row in database.execute("SELECT * FROM ledger ORDER BY number"):
            self.row(row)
        self.records(database)
        database.close()

    def row(self, row: sqlite3.Row) -> None:
        number, previous = len(self.leaves) + 1, self.leaves[-1].hex() if self.leaves else ""
        raw = row["body"].encode()
        self.leaves.append(sha(b"\x00", raw, b"\n", row["signature"]))
        try:
            body = json.loads(row["body"])
        except ValueError:
            body = {}
        if not isinstance(body, dict) or set(body) != MEMBERS or canonical(body) != row["body"]:
            self.faults.append(("not canonical", number))
            return
        told = {
            "number": row["number"] == number == body["number"],
            "type": body["type"] == "row" and body["workspace"] == self.id,
            "chain": body["previous"] == previous,
            "leaf": row["leaf"] == self.leaves[-1],
            "columns": (row["time"], row["actor"], row["action"]) == (body["time"], body["actor"], body["action"]),
            "clock": body["time"] >= self.time,
            "signature": self.signed(number, body, raw, row["signature"]),
        }
        self.faults += [(what, number) for what, right in told.items() if not right]
        self.time = body["time"]
        for subject in body["subjects"]:
            self.newest[(subject["table"], subject["id"])] = subject["sha256"]

    def signed(self, number: int, body: dict[str, Any], raw: bytes, signature: bytes) -> bool:
        if not signature:
            return body["actor"] == "program" and body["action"] in UNSIGNED and not body["subjects"]
        if number == 1 and body["action"] == "workspace.created":
            self.keys = {each["name"]: [bytes.fromhex(each["key"])] for each in body["details"]["operators"]}
        known = self.keys.get(body["actor"])
        return known is not None and fits(known[-1], signature, raw)

    def records(self, database: sqlite3.Connection) -> None:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        left = dict(self.newest)
        for (table,) in tables.fetchall():
            if table == "ledger":
                continue
            for record in database.execute(f'SELECT * FROM "{table}"'):
                plain = {
                    name: value.hex() if isinstance(value, bytes) else value for name, value in dict(record).items()
                }
                if left.pop((table, record["id"]), None) != sha(canonical(plain).encode()).hex():
                    self.faults.append(("record", table))
        self.faults += [("record", table) for table, _ in left]

    def judge(self, checkpoint: str) -> str:
        """Section 6, in its order: "vouches", or what is wrong."""
        text, _, tail = checkpoint.rpartition("\n\n")
        origin, size, told_root, first, _time = text.split("\n")
        if origin != f"anchorhold/ledger/{self.id}":
            return "other workspace"
        if first != f"first {self.leaves[0].hex()}":
            return "replaced"
        name, told = tail.removeprefix("\u2014 ").rstrip("\n").split(" ")
        blob = base64.b64decode(told)
        operator = name.removeprefix(f"{origin}/")
        mine = [key for key in self.keys.get(operator, []) if sha(name.encode(), b"\n\x01", key)[:4] == blob[:4]]
        if not mine:
            return "unknown signer"
        if not any(fits(key, blob[4:], f"{text}\n".encode()) for key in mine):
            return "altered"
        if int(size) > len(self.leaves):
            return "rolled back"
        return "vouches" if base64.b64decode(told_root) == root(self.leaves[: int(size)]) else "rewritten"

    def check(self, checkpoints: Iterable[str] = ()) -> list[tuple[str, int | str]]:
        """Every fault, bad checkpoints included."""
        return self.faults + [(verdict, 0) for each in checkpoints if (verdict := self.judge(each)) != "vouches"]


def proved(proof: str, key: bytes) -> dict[str, Any] | None:
    """Section 7: the row that a proof proves to somebody who has the signer's key, or None."""
    head, _, checkpoint = proof.partition("\n\n")
    magic, extra, index, *path = head.split("\n")
    text, _, tail = checkpoint.rpartition("\n\n")
    _origin, size, told_root = text.split("\n")[:3]
    name, told = tail.removeprefix("\u2014 ").rstrip("\n").split(" ")
    blob = base64.b64decode(told)
    if magic != "c2sp.org/tlog-proof@v1" or blob[:4] != sha(name.encode(), b"\n\x01", key)[:4]:
        return None
    if not fits(key, blob[4:], f"{text}\n".encode()):
        return None
    entry = base64.b64decode(extra.removeprefix("extra "))
    here, place, last = sha(b"\x00", entry), int(index.removeprefix("index ")), int(size) - 1
    body: dict[str, Any] = json.loads(entry.split(b"\n", 1)[0])
    for each in map(base64.b64decode, path):
        if place % 2 or place == last:
            here = sha(b"\x01", each, here)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            here = sha(b"\x01", here, each)
        place, last = place // 2, last // 2
    return body if last == 0 and here == base64.b64decode(told_root) else None
