"""An independent verifier of ledgers, written from resources/help/ledger-format.md alone. It imports nothing of ours."""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MEMBERS = {
    "type", "workspace", "number", "time", "actor", "duty", "action", "subjects", "ticket", "approvals", "details",
    "program", "previous",
}  # fmt: skip
UNSIGNED = {"sign-in.failed", "refused"}
SENIOR = {"security-officer", "system-administrator"}
STATEMENTS = {
    "proposal": {"kind", "facts", "reason", "ticket", "tbs_sha256"},
    "approval": {"proposal", "kind", "sentence", "tbs_sha256", "batch"},
    "acceptance": {"proposal", "key"},
}
PAGE = Path(__file__).parents[2] / "resources" / "help" / "ledger-format.md"
# The table of section 4: action to kind, duties that propose, duties that approve, the duty one of the two holds.
AGREED = {
    row[0]: (row[1], set(row[2].split(", ")), set(row[3].split(", ")), row[4])
    for row in (
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `") and line.count("|") == 6
    )
}


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
        self.people: dict[str, dict[str, Any]] = {}
        self.spent: set[str] = set()
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
            "clock": body["time"] >= self.time or body["action"] == "clock.corrected",
            "signature": self.signed(number, body, raw, row["signature"]),
            "agreement": self.agreed(body),
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
            self.people = {each["name"]: {**each, "left": False} for each in body["details"]["operators"]}
        known = self.keys.get(body["actor"])
        here = not self.people.get(body["actor"], {"left": True})["left"]
        return known is not None and here and fits(known[-1], signature, raw)

    def agreed(self, body: dict[str, Any]) -> bool:
        """Section 4, "Who agreed": whether the people it takes did; then what the row changes about people."""
        if body["action"] == "operator.left":
            actor, name = body["actor"], body["details"]["name"]
            self.people[name]["left"] = True
            return actor == name or bool(SENIOR & set(self.people[actor]["duties"]))
        if body["action"] not in AGREED:
            return True
        given = [each["statement"] for each in body["approvals"]]
        by_type = {name: [each for each in given if each["type"] == name] for name in STATEMENTS}
        if len(by_type["proposal"]) != 1 or not all(self.stated(each) for each in body["approvals"]):
            return False
        proposal, approvals = by_type["proposal"][0], by_type["approval"]
        digest = sha(canonical(proposal).encode()).hex()
        first = digest not in self.spent and body["details"]["proposal"] == digest
        self.spent.add(digest)
        newcomer = body["action"] in ("operator.admitted", "operator.restored")
        alone = newcomer and sum(self.here(name, body["time"]) for name in self.people) == 1
        good = first and proposal["kind"] == AGREED[body["action"]][0] and bool(approvals or alone)
        good = good and all(self.counts(body, digest, proposal, each) for each in approvals)
        good = good and (not newcomer or self.came(body, digest, proposal, by_type["acceptance"], alone=alone))
        if good:
            self.change(body, proposal["facts"])
        return good

    def here(self, name: str, time: str) -> bool:
        who = self.people.get(name, {"left": True})
        return not who["left"] and (not who["until"] or time[:10] <= who["until"])

    def stated(self, carried: dict[str, Any]) -> bool:
        """Shape and signature of one statement."""
        said = carried["statement"]
        if set(said) != {"type", "workspace", "time", "by"} | STATEMENTS[said["type"]] or said["workspace"] != self.id:
            return False
        key = bytes.fromhex(said["key"]) if said["type"] == "acceptance" else self.keys.get(said["by"], [b""])[-1]
        return fits(key, bytes.fromhex(carried["signature"]), canonical(said).encode())

    def counts(self, body: dict[str, Any], digest: str, proposal: dict[str, Any], approval: dict[str, Any]) -> bool:
        """Rules 2 and 3."""
        _, proposers, approvers, one_of = AGREED[body["action"]]
        one, other = proposal["by"], approval["by"]
        if (approval["proposal"], approval["kind"]) != (digest, proposal["kind"]) or one == other:
            return False
        age = datetime.fromisoformat(body["time"]) - datetime.fromisoformat(approval["time"])
        if not timedelta(0) <= age <= timedelta(days=7) or not all(
            self.here(name, body["time"]) for name in (one, other)
        ):
            return False
        held = [set(self.people[name]["duties"]) for name in (one, other)]
        names = {self.people[name]["full_name"].casefold() for name in (one, other)}
        own = body["action"] == "operator.restored" and proposal["facts"]["name"] == other
        held_well = bool(held[0] & proposers and held[1] & approvers) and (not one_of or one_of in held[0] | held[1])
        return len(names) == 2 and held_well and not own

    def came(
        self,
        body: dict[str, Any],
        digest: str,
        proposal: dict[str, Any],
        accepted: list[dict[str, Any]],
        *,
        alone: bool,
    ) -> bool:
        """Rule 5."""
        name, actor = proposal["facts"]["name"], body["actor"]
        told = [(each["by"], each["proposal"], each["key"]) for each in accepted]
        witnessed = actor != name and (alone or actor != proposal["by"])
        return told == [(name, digest, body["details"]["operators"][0]["key"])] and witnessed

    def change(self, body: dict[str, Any], facts: dict[str, Any]) -> None:
        if body["action"] == "operator.admitted":
            self.people[facts["name"]] = {**facts, "left": False}
        if body["action"] in ("operator.admitted", "operator.restored"):
            self.keys.setdefault(facts["name"], []).append(bytes.fromhex(body["details"]["operators"][0]["key"]))
        if body["action"] == "operator.duties-changed":
            who = self.people[facts["name"]]
            who["duties"] = [*(set(who["duties"]) | set(facts["add"])) - set(facts["remove"])]
            who["until"] = "" if facts["until"] == "never" else facts["until"] or who["until"]

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
