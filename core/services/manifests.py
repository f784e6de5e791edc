"""What lies beside a backup: whose copy it is, up to which row it reaches and the highest CRL numbers, signed.

It is kept where the backup is not as well: a later one tells a restore what the older copy cannot know.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from core.crypto.digest import canonical
from core.crypto.signing import sign, verify
from core.errors.backups import ManifestNotFit
from core.errors.base import Damaged
from core.errors.cli import FileNotReadable
from core.media.files import at_most
from core.model.audit import Head
from core.model.backups import Copied, Manifest
from core.services import roster
from core.services.desk import Desk
from core.services.ledger import STAMP
from core.services.perform import Work
from core.store import audit

SUFFIX = ".manifest.json"
_LIMIT = 256 * 1024
_TYPE = "backup-manifest"


def beside(path: Path) -> Path:
    """Where the manifest of a backup lies."""
    return path.with_name(path.name + SUFFIX)


def written(work: Work, made: Copied) -> bytes:
    """The manifest of a copy, signed by who made it."""
    told = Manifest(
        workspace=made.workspace,
        name=made.name,
        time=work.now.strftime(STAMP),
        by=work.actor.name,
        rows=made.report.rows,
        head=made.report.head,
        newest=made.newest,
        crls=made.crls,
        key=made.key,
        sha256=made.sha256,
    )
    statement = {"type": _TYPE, **asdict(told)}
    signature = sign(work.session.secret, canonical(statement)).hex()
    return canonical({"signature": signature, "statement": statement}) + b"\n"


def read(desk: Desk, path: Path) -> Manifest:
    """A manifest that somebody of this workspace signed, as the restored file knows its people. Raises `ManifestNotFit`."""
    try:
        untrusted = at_most(path, _LIMIT)
    except OSError:
        raise FileNotReadable(str(path)) from None
    told, signature = _parsed(path, untrusted)
    if told["workspace"] != desk.workspace.id:
        raise ManifestNotFit(str(path), "workspace")
    signed = canonical({"type": _TYPE, **told})
    known = roster.read(desk.file.read, desk.workspace.id).every_key()
    if not any(name == told["by"] and verify(key, signature, signed) for name, key in known):
        raise ManifestNotFit(str(path), "signer")
    return Manifest(**told)


def gathered(desk: Desk, origin: Path, made: Copied, more: Iterable[Path]) -> tuple[Manifest, ...]:
    """The one beside the backup, where there is one, and those that were brought."""
    own = beside(origin)
    found = [read(desk, own)] if own.is_file() else []
    if any((each.sha256, each.rows, each.head) != (made.sha256, made.report.rows, made.report.head) for each in found):
        raise ManifestNotFit(str(own), "differs")
    return (*found, *(read(desk, path) for path in more))


def compared(desk: Desk, copied: Copied) -> Copied:
    """A copy that is open at `desk`, held against the signed manifest beside it where there is one."""
    own = beside(copied.path)
    if not own.is_file():
        return copied
    try:
        told = read(desk, own)
    except ManifestNotFit as wrong:
        return replace(copied, manifest=True, differs=(wrong.why,))
    except Damaged:
        return replace(copied, manifest=True, differs=("signer",))  # its people cannot be told any more
    found = {"sha256": copied.sha256, "rows": copied.report.rows, "head": copied.report.head}
    differs = [name for name, value in found.items() if getattr(told, name) != value]
    names = sorted(set(told.crls) | set(copied.crls))
    differs += [f"crl {name}" for name in names if told.crls.get(name) != copied.crls.get(name)]
    return replace(copied, manifest=True, differs=tuple(differs))


def later(desk: Desk, manifests: Iterable[Manifest]) -> Head | None:
    """The newest head among them that this file has not got."""
    connection = desk.file.read
    gone = [each for each in manifests if audit.leaf_of(connection, each.rows) != bytes.fromhex(each.head)]
    newest = max(gone, key=lambda each: each.rows, default=None)
    return Head(newest.rows, newest.head, newest.newest) if newest else None


def crls(manifests: Iterable[Manifest]) -> dict[str, int]:
    """The highest CRL number of each authority that any of them knows."""
    highest: dict[str, int] = {}
    for each in manifests:
        for name, number in each.crls.items():
            highest[name] = max(number, highest.get(name, 0))
    return highest


def _parsed(path: Path, untrusted: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        outer = json.loads(untrusted) if len(untrusted) <= _LIMIT else {}
        told, signature = outer["statement"], bytes.fromhex(outer["signature"])
        strict = canonical(outer) + b"\n" == untrusted and set(outer) == {"signature", "statement"}
        texts = ("workspace", "name", "time", "by", "head", "newest", "key", "sha256")
        numbers = (told["rows"], *told["crls"].values())
        if not strict or told.pop("type") != _TYPE or set(told) != {*texts, "rows", "crls"}:
            raise ValueError("members")
        if not all(isinstance(told[name], str) for name in texts) or len(bytes.fromhex(told["head"])) != 32:
            raise ValueError("texts")
        if not all(type(number) is int and 0 <= number < 2**31 for number in numbers):
            raise ValueError("numbers")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ManifestNotFit(str(path), "shape") from None
    return told, signature
