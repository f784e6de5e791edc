"""The signing process: the one place where custody keys, KEKs, token PINs and CA keys are ever in memory.

A child of the program for one session, over two pipes. It makes or opens one key, is told once what it may sign and
until when, signs, and ends; the kernel then takes its memory back. It ends by itself when its time is over (by the
clock and by monotonic time), when the machine was suspended, and when the program is gone.
"""

import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from typing import Any, BinaryIO, NoReturn

from core.crypto import cakeys, custody, frames, issuance, sheets, signing, tokens
from core.crypto.envelope import Cost, seal
from core.crypto.wraps import Bound
from core.errors import custody as errors
from core.errors.base import Expected
from core.model.authorities import CaKey
from core.model.custody import Sealed, Signable, UseToken

# How the process says why it ended; anything else is "lost".
EXITS = {0: "done", 11: "time", 12: "suspend", 13: "quit"}
_CODES = {why: code for code, why in EXITS.items()}
_TICK = 0.25
_JUMP = 5.0  # seconds that a tick may last: more means that the machine slept or its clock was set


class Watch(threading.Thread):
    """Ends the process, whatever its main thread is doing."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._parent = os.getppid()
        self.deadline = time.monotonic() + 3600  # opening a key takes seconds; nobody waits an hour for it
        self.until = time.time() + 3600

    def limit(self, seconds: float) -> None:
        """The session's end, told once, by both clocks."""
        self.deadline, self.until = time.monotonic() + seconds, time.time() + seconds

    def run(self) -> None:
        """Look four times a second."""
        wall, mono = time.time(), time.monotonic()
        while True:
            time.sleep(_TICK)
            now, monotonic = time.time(), time.monotonic()
            # Asleep, CLOCK_MONOTONIC stands still and the clock on the wall does not; stopped, both run on.
            if abs((now - wall) - (monotonic - mono)) > _JUMP or monotonic - mono > _JUMP:
                end("suspend")
            if monotonic >= self.deadline or now >= self.until:
                end("time")
            if os.getppid() != self._parent:
                end("quit")
            wall, mono = now, monotonic


def end(why: str) -> NoReturn:
    """Leave at once: no handlers, nothing flushed, nothing kept."""
    os._exit(_CODES[why])


class Keeper:
    """The state of one signing process and its requests, a method each."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._bound: Bound | None = None
        self._sealed: Sealed | None = None
        self._custody: dict[str, bytes] = {}
        self._sign: Callable[[bytes, str], bytes] | None = None
        self._may: dict[str, int] | None = None
        self._permits: dict[str, tuple[str, str]] = {}

    def make(self, ask: dict[str, Any]) -> dict[str, Any]:
        """A new key under custody; it stays open, since its people are all here."""
        bound, type_ = Bound(**ask["bound"]), CaKey(ask["type"])
        cost, facts = Cost(*ask["cost"]), None
        if ask["token"] is None:
            secret = issuance.generate(type_)
            spki = issuance.public_of(issuance.load_private(secret))
        else:
            wanted = UseToken(**ask["token"])
            token = tokens.find(tokens.library(ask["module"]), wanted.label, wanted.serial)
            pin, so_pin = tokens.take_over(token, ask["so_pin"], ask["pin"], wanted.finding)
            spki = tokens.make_key(token, pin, type_, bound.key)
            secret, facts = json.dumps({"pin": pin, "so_pin": so_pin}).encode(), asdict(tokens.facts(token))
        sealed = custody.put_under(secret, ask["passphrases"], bound, cost=cost)
        self._open(secret, {**ask, "spki": spki.hex(), "facts": facts}, bound)
        return {"sealed": asdict(sealed), "spki": spki.hex(), "facts": facts}

    def tokens(self, ask: dict[str, Any]) -> dict[str, Any]:
        """The tokens that a library sees: another's code, loaded where it ends with the process."""
        seen = tokens.inserted(tokens.library(ask["module"]))
        return {"tokens": [{"slot": token.slot.slot_id, "facts": asdict(told)} for token, told in seen]}

    def open(self, ask: dict[str, Any]) -> dict[str, Any]:
        """Open the key by its custodians, and hold it against the public half on file."""
        bound, sealed = Bound(**ask["bound"]), Sealed(**ask["sealed"])
        self._custody = custody.custody_keys(sealed, ask["passphrases"], bound)
        secret = custody.take_out(sealed, self._custody, bound)
        self._bound, self._sealed = bound, sealed
        self._open(secret, ask, bound)
        return {}

    def _open(self, secret: bytes, ask: dict[str, Any], bound: Bound) -> None:
        if ask["facts"] is None:
            key = issuance.load_private(secret)
            if issuance.public_of(key).hex() != ask["spki"]:
                raise errors.CustodyDamaged(bound.key)
            self._sign = lambda data, name: cakeys.sign_with(key, data, name)
            return
        token = tokens.find(tokens.library(ask["module"]), ask["facts"]["label"], ask["facts"]["serial"])
        held = tokens.TokenKey(token, json.loads(secret)["pin"], bound.key, CaKey(ask["type"]))
        public = cakeys.load_public(bytes.fromhex(ask["spki"]))
        proof = os.urandom(32)
        cakeys.verify_with(public, held.sign(proof, "sha256"), proof, "sha256")
        self._sign = held.sign

    def allow(self, ask: dict[str, Any]) -> dict[str, Any]:
        """What this session may sign and how long it lasts. Told once: a session is never widened."""
        if self._may is not None or self._sign is None:
            raise errors.SessionEnded("lost")
        self._may = {str(kind): int(count) for kind, count in ask["may"].items()}
        self._watch.limit(float(ask["seconds"]))
        return {}

    def permit(self, ask: dict[str, Any]) -> dict[str, Any]:
        """A signing token for exactly these bytes."""
        kind = str(Signable(ask["kind"]).value)
        if not self._may or self._may.get(kind, 0) < 1:
            raise errors.NotAllowedInSession(kind)
        self._may[kind] -= 1
        name = os.urandom(16).hex()
        self._permits[name] = (kind, str(ask["sha256"]))
        return {"permit": name}

    def sign(self, ask: dict[str, Any], tbs: bytes) -> bytes:
        """Spend a signing token. What the bytes are is read off them, not believed."""
        kind, digest = self._permits.pop(ask["permit"], ("", ""))
        if not kind or self._sign is None:
            raise errors.SigningTokenSpent("used")
        if sha256(tbs).hexdigest() != digest:
            raise errors.SigningTokenSpent("other")
        found = cakeys.signable(tbs)
        if found is None or found.value != kind:
            raise errors.NotAllowedInSession(found.value if found else "other")
        return self._sign(tbs, ask["hash"])

    def hand_over(self, ask: dict[str, Any]) -> dict[str, Any]:
        """New KEK and wraps for those present and those who come."""
        if self._sealed is None or self._bound is None:
            raise errors.SessionEnded("lost")
        staying = {name: self._custody[name] for name in ask["staying"]}
        sealed = custody.hand_over(self._sealed, staying, ask["coming"], self._bound, cost=Cost(*ask["cost"]))
        return {"sealed": asdict(sealed)}

    def backup_half(self, _: dict[str, Any]) -> dict[str, Any]:
        """To which public half the open key's backups are closed."""
        if self._sealed is None or self._bound is None:
            raise errors.SessionEnded("lost")
        return {"backup": custody.backup_half(self._sealed, self._custody, self._bound)}

    def open_backup(self, ask: dict[str, Any]) -> dict[str, Any]:
        """The file key of a closed backup; its custodians' keys stay here."""
        sealed, bound = Sealed(**ask["sealed"]), Bound(**ask["bound"])
        return {"key": custody.open_backup(sealed, ask["passphrases"], bound, ask["opens"], ask["info"]).hex()}

    def passphrase(self, ask: dict[str, Any]) -> dict[str, Any]:
        """One custodian's custody key in a new envelope."""
        bound, name = Bound(**ask["bound"]), ask["name"]
        key = custody.custody_key(ask["envelope"], ask["old"], bound, name)
        return {"envelope": custody.enclose(key, ask["new"], bound, name, cost=Cost(*ask["cost"]))}

    def sheet(self, ask: dict[str, Any]) -> dict[str, Any]:
        """A recovery sheet over the own sign-in key and custody keys: its words, and what they open."""
        held = {each["name"]: self._custody_of(each, ask["owner"]).hex() for each in ask["keys"]}
        words, envelope = sheets.draw(ask["sign_in"], held, ask["bind"], cost=Cost(*ask["cost"]))
        return {"words": words, "envelope": envelope}

    def _custody_of(self, each: dict[str, Any], owner: str) -> bytes:
        try:
            return custody.custody_key(each["envelope"], each["passphrase"], Bound(**each["bound"]), owner)
        except errors.WrongCustodianPassphrase:
            raise errors.WrongCustodianPassphrase(owner, key=each["name"]) from None

    def prove(self, ask: dict[str, Any]) -> dict[str, Any]:
        """Whether these words open the sheet."""
        sheets.read(ask["envelope"], ask["words"], ask["bind"], ask["owner"])
        return {}

    def recover(self, ask: dict[str, Any]) -> dict[str, Any]:
        """Everything the sheet opens, under a new passphrase; nothing of it leaves this process in the clear."""
        found = sheets.read(ask["envelope"], ask["words"], ask["bind"], ask["owner"])
        cost, new, owner = Cost(*ask["cost"]), ask["new"], ask["owner"]
        if signing.public_of(bytes.fromhex(found.sign_in)).hex() != ask["public"]:
            raise errors.SheetNotFit(owner, "stale")
        sign_in = seal(bytes.fromhex(found.sign_in), new, bind=ask["sign_in_bind"].encode(), cost=cost)
        envelopes = {
            name: custody.enclose(bytes.fromhex(key), new, Bound(**ask["bounds"][name]), owner, cost=cost)
            for name, key in found.keys.items()
            if name in ask["bounds"]
        }
        return {"sign_in": sign_in, "envelopes": envelopes}


def serve(source: BinaryIO, sink: BinaryIO) -> NoReturn:
    """Answer until the program closes its pipe."""
    watch = Watch()
    watch.start()
    keeper = Keeper(watch)
    while True:
        try:
            ask, blob = frames.read(source)
        except (EOFError, OSError, ValueError):
            end("done")
        head, answer = _answered(keeper, ask, blob)
        try:
            frames.write(sink, head, answer)
        except OSError:
            end("quit")


def _answered(keeper: Keeper, ask: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        what = ask.pop("do")
        if what == "sign":
            return {}, keeper.sign(ask, blob)
        handler: Callable[[dict[str, Any]], dict[str, Any]] = {
            "make": keeper.make,
            "tokens": keeper.tokens,
            "open": keeper.open,
            "allow": keeper.allow,
            "permit": keeper.permit,
            "hand_over": keeper.hand_over,
            "backup_half": keeper.backup_half,
            "open_backup": keeper.open_backup,
            "passphrase": keeper.passphrase,
            "sheet": keeper.sheet,
            "prove": keeper.prove,
            "recover": keeper.recover,
        }[what]
        return handler(ask), b""
    except Expected as refusal:
        return {"refused": type(refusal).__name__, "facts": vars(refusal)}, b""
    except Exception as error:  # noqa: BLE001 - its text might hold a secret; its kind does not
        return {"broken": type(error).__name__}, b""
