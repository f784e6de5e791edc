"""The signing process, for real: made keys, software and token, session limits, and how it ends."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from core.crypto import custody
from core.crypto.remote import SigningProcess
from core.crypto.wraps import Bound
from core.errors import custody as errors
from core.model.authorities import CaKey
from core.model.custody import Sealed, Signable
from core.services import keeping
from tests.custody.elsewhere import stand_in
from tests.custody.tokens import PIN, SO_PIN, Token, softhsm
from tests.desks import CHEAP
from tests.real import need

BOUND = Bound("workspace-1", "key-1", 2)
PHRASES = {name: f"{name} keeps nine copper kettles" for name in ("alice", "bob", "carol")}
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Example Root")])
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def child() -> Iterator[SigningProcess]:
    process = keeping.start()
    yield process
    process.close()


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Token:
    return softhsm(monkeypatch, tmp_path)


def make(child: SigningProcess, type_: CaKey = CaKey.P384, **more: Any) -> dict[str, Any]:
    ask = {"bound": dataclasses.asdict(BOUND), "type": type_.value, "passphrases": PHRASES}
    return child.ask("make", **ask, cost=dataclasses.astuple(CHEAP), **{"token": None, **more})[0]


def on_token(token: Token, *, so_pin: str = SO_PIN, pin: str = "", finding: str = "") -> dict[str, Any]:
    where = {"label": token.label, "serial": "", "approval": "", "finding": finding}
    return {"token": where, "module": token.library, "so_pin": so_pin, "pin": pin}


def reopen(made: dict[str, Any], names: tuple[str, ...] = ("alice", "bob"), **more: Any) -> SigningProcess:
    process = keeping.start()
    asked = {"bound": dataclasses.asdict(BOUND), "sealed": made["sealed"], "spki": made["spki"]}
    phrases = {name: PHRASES[name] for name in names}
    asked |= {"facts": made["facts"], "type": "p384", "module": "", "passphrases": phrases, **more}
    try:
        process.ask("open", **asked)
    except BaseException:
        process.close()
        raise
    return process


def secret_of(made: dict[str, Any]) -> bytes:
    sealed = Sealed(**made["sealed"])
    keys = custody.custody_keys(sealed, {name: PHRASES[name] for name in ("alice", "bob")}, BOUND)
    return custody.take_out(sealed, keys, BOUND)


def certificate(key: Any, subject: Any = None) -> x509.Certificate:
    builder = x509.CertificateBuilder().subject_name(NAME).issuer_name(NAME).serial_number(7)
    builder = builder.not_valid_before(NOW).not_valid_after(NOW.replace(year=2030))
    builder = builder.public_key(subject or key.public_key())
    return builder.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True).sign(
        key, hashes.SHA384()
    )


def crl(key: Any) -> x509.CertificateRevocationList:
    builder = x509.CertificateRevocationListBuilder().issuer_name(NAME).last_update(NOW).next_update(NOW)
    return builder.sign(key, hashes.SHA384())


def tbs(build: Any, spki: str) -> bytes:
    """The bytes that `build` will have signed, taken by a key that signs nothing."""
    taken: list[bytes] = []

    def take(data: bytes, _: str) -> bytes:
        taken.append(data)
        return b"\x30\x06\x02\x01\x01\x02\x01\x01"

    build(stand_in(bytes.fromhex(spki), take))
    return taken[0]


def permitted(child: SigningProcess, made: dict[str, Any], kind: Signable, build: Any) -> Any:
    digest = sha256(tbs(build, made["spki"])).hexdigest()
    spki = bytes.fromhex(made["spki"])
    return stand_in(spki, child.permit(spki, kind, digest, "Example Root"))


@pytest.mark.parametrize("type_", list(CaKey))
def test_a_software_key_signs_what_openssl_verifies(child: SigningProcess, tmp_path: Path, type_: CaKey) -> None:
    made = make(child, type_)
    child.ask("allow", may={"certificate": 1, "crl": 1}, seconds=60)
    _openssl(child, made, tmp_path)


@pytest.mark.real
@pytest.mark.parametrize("type_", list(CaKey))
def test_a_token_key_signs_what_openssl_verifies(
    token: Token, child: SigningProcess, tmp_path: Path, type_: CaKey
) -> None:
    made = make(child, type_, **on_token(token))
    child.ask("allow", may={"certificate": 1, "crl": 1}, seconds=60)
    _openssl(child, made, tmp_path)


def _openssl(child: SigningProcess, made: dict[str, Any], folder: Path) -> None:
    (openssl,) = need("openssl")
    root = certificate(permitted(child, made, Signable.CERTIFICATE, certificate))
    revoked = crl(permitted(child, made, Signable.CRL, crl))
    pem = serialization.Encoding.PEM
    (folder / "root.pem").write_bytes(root.public_bytes(pem))
    (folder / "root.crl").write_bytes(revoked.public_bytes(pem))
    for command in (
        ["verify", "-check_ss_sig", "-no_check_time", "-CAfile", "root.pem", "root.pem"],
        ["crl", "-in", "root.crl", "-CAfile", "root.pem", "-noout"],
    ):
        done = subprocess.run([openssl, *command], cwd=folder, capture_output=True, text=True, check=False)
        assert "OK" in done.stdout + done.stderr, done.stdout + done.stderr


def _private_value(token: Token, pin: str) -> bytes:
    """Ask the token for the private value, as its user may."""
    found = pkcs11.lib(token.library).get_token(token_label=token.label)
    with found.open(user_pin=pin) as session:
        return bytes(session.get_key(pkcs11.ObjectClass.PRIVATE_KEY)[pkcs11.Attribute.VALUE])


@pytest.mark.real
def test_the_key_on_the_token_cannot_leave_it(token: Token, child: SigningProcess) -> None:
    made = make(child, **on_token(token))
    assert made["facts"]["serial"] == token.serial
    pin = json.loads(secret_of(made))["pin"]
    seen = token.tool("--login", "--pin", pin, "--list-objects", "--type", "privkey").stdout
    assert "sensitive, always sensitive, never extractable, local" in seen
    with pytest.raises(pkcs11.exceptions.AttributeSensitive):
        _private_value(token, pin)
    assert PIN not in (pin, json.loads(secret_of(made))["so_pin"])


@pytest.mark.real
def test_the_pins_of_the_set_up_open_nothing_any_more(token: Token, child: SigningProcess) -> None:
    """With the set-up's SO-PIN somebody would set a PIN and have the key: the control below does just that."""
    as_officer = ("--login", "--login-type", "so", "--so-pin", SO_PIN, "--init-pin", "--new-pin", "4321")
    assert token.tool(*as_officer).returncode == 0
    assert token.tool("--login", "--pin", "4321", "--list-objects").returncode == 0
    made = make(child, **on_token(token))
    refused = token.tool(*as_officer)
    assert refused.returncode != 0
    assert "CKR_PIN_INCORRECT" in refused.stdout + refused.stderr
    for pin in (PIN, "4321"):
        assert "CKR_PIN_INCORRECT" in token.tool("--login", "--pin", pin, "--list-objects").stderr
    kept = json.loads(secret_of(made))
    mine = ("--login", "--login-type", "so", "--so-pin", kept["so_pin"], "--init-pin", "--new-pin", "9999")
    assert token.tool(*mine).returncode == 0


@pytest.mark.real
def test_a_token_whose_so_pin_is_not_ours_is_refused_or_a_finding(token: Token, child: SigningProcess) -> None:
    with pytest.raises(errors.TokenNotOurs):
        make(child, **on_token(token, so_pin="", pin=PIN))
    with pytest.raises(errors.WrongTokenPin) as refused:
        make(child, **on_token(token, so_pin="87654321"))
    assert (refused.value.who, refused.value.why) == ("SO-PIN", "low")
    made = make(child, **on_token(token, so_pin="", pin=PIN, finding="the maker keeps the SO-PIN"))
    assert json.loads(secret_of(made))["so_pin"] == ""


@pytest.mark.real
def test_a_missing_and_a_replaced_token_are_told_apart(
    token: Token, child: SigningProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(child, **on_token(token))
    child.close()
    reopen(made, module=token.library).close()
    softhsm(monkeypatch, tmp_path / "elsewhere", "OTHER")
    with pytest.raises(errors.TokenMissing) as missing:
        reopen(made, module=token.library)
    assert missing.value.found == ("OTHER",)
    twin = softhsm(monkeypatch, tmp_path / "elsewhere", token.label)
    with pytest.raises(errors.TokenReplaced) as replaced:
        reopen(made, module=token.library)
    assert (replaced.value.serial, replaced.value.other) == (made["facts"]["serial"], twin.serial)


@pytest.mark.real
def test_a_pin_that_was_changed_elsewhere_is_said_with_how_far_it_is(token: Token, child: SigningProcess) -> None:
    made = make(child, **on_token(token))
    so_pin = json.loads(secret_of(made))["so_pin"]
    done = token.tool("--login", "--login-type", "so", "--so-pin", so_pin, "--init-pin", "--new-pin", "9999")
    assert done.returncode == 0
    with pytest.raises(errors.WrongTokenPin) as refused:
        reopen(made, module=token.library)
    assert (refused.value.label, refused.value.who, refused.value.why) == ("ROOT-A", "PIN", "low")


@pytest.mark.parametrize(("path", "why"), [("/nowhere/lib.so", "missing"), (__file__, "load")])
def test_a_library_that_is_none_is_refused(child: SigningProcess, path: str, why: str) -> None:
    with pytest.raises(errors.TokenLibraryNotFit) as refused:
        make(child, **(on_token(Token(Path(), "A", path))))
    assert refused.value.why == why


def test_a_session_is_told_once_what_it_may_sign(child: SigningProcess) -> None:
    made = make(child)
    child.ask("allow", may={"crl": 1}, seconds=60)
    with pytest.raises(errors.SessionEnded):
        child.ask("allow", may={"crl": 9, "certificate": 9}, seconds=3600)
    with pytest.raises(errors.NotAllowedInSession) as refused:
        permitted(child, made, Signable.CERTIFICATE, certificate)
    assert refused.value.kind == "certificate"
    crl(permitted(child, made, Signable.CRL, crl))
    with pytest.raises(errors.NotAllowedInSession):
        permitted(child, made, Signable.CRL, crl)


def test_nothing_is_signed_before_it_is_allowed(child: SigningProcess) -> None:
    made = make(child)
    with pytest.raises(errors.NotAllowedInSession):
        permitted(child, made, Signable.CRL, crl)


def test_a_permission_signs_once_and_only_its_own_bytes(child: SigningProcess) -> None:
    made = make(child)
    child.ask("allow", may={"crl": 5, "certificate": 5}, seconds=60)
    key = permitted(child, made, Signable.CRL, crl)
    crl(key)
    with pytest.raises(errors.SigningTokenSpent) as refused:
        crl(key)
    assert refused.value.why == "used"
    with pytest.raises(errors.SigningTokenSpent) as refused:
        certificate(permitted(child, made, Signable.CRL, crl))
    assert refused.value.why == "other"
    # The bytes of a certificate under the name of a CRL: read off, not believed.
    spki, digest = bytes.fromhex(made["spki"]), sha256(tbs(certificate, made["spki"])).hexdigest()
    lie = stand_in(spki, child.permit(spki, Signable.CRL, digest, "Root"))
    with pytest.raises(errors.NotAllowedInSession) as other:
        certificate(lie)
    assert other.value.kind == "certificate"


def test_one_custodian_opens_nothing_and_tampering_is_said(child: SigningProcess) -> None:
    made = make(child)
    with pytest.raises(errors.CustodyDamaged):
        reopen(made, ("alice",))
    another = make(keeping_of := keeping.start())
    keeping_of.close()
    with pytest.raises(errors.CustodyDamaged):
        reopen({**made, "spki": another["spki"]})
    with pytest.raises(errors.WrongCustodianPassphrase) as refused:
        reopen(made, passphrases={**PHRASES, "bob": "no idea what it was"})
    assert refused.value.name == "bob"
    reopen(made, ("bob", "carol")).close()


def _wait(child: SigningProcess) -> str:
    for _ in range(200):
        if child.ended():
            return child.ended()
        time.sleep(0.05)
    raise AssertionError("it lives on")


def test_it_ends_when_its_time_is_over(child: SigningProcess) -> None:
    made = make(child)
    child.ask("allow", may={"crl": 1}, seconds=0.5)
    assert child.ended() == ""
    assert _wait(child) == "time"
    with pytest.raises(errors.SessionEnded) as refused:
        permitted(child, made, Signable.CRL, crl)
    assert refused.value.why == "time"


def test_it_ends_after_a_sleep_of_the_machine(child: SigningProcess) -> None:
    """Stopped for longer than a tick may take, as a suspended machine stops it."""
    make(child)
    child.ask("allow", may={"crl": 1}, seconds=600)
    os.kill(child.pid, signal.SIGSTOP)
    time.sleep(5.5)
    os.kill(child.pid, signal.SIGCONT)
    assert _wait(child) == "suspend"


def test_it_ends_with_the_program(tmp_path: Path) -> None:
    """Also when the program is killed and could not say anything."""
    code = (
        "from core.services import keeping; import sys, time; p = keeping.start(); "
        "print(p.pid, flush=True); time.sleep(60)"
    )

    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    pid = int(program.stdout.readline())
    assert Path(f"/proc/{pid}").exists()
    program.kill()
    program.wait()
    program.stdout.close()
    for _ in range(100):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or " Z " in state.read_text():
            return
        time.sleep(0.05)
    raise AssertionError("it outlived the program")


def test_closing_it_leaves_no_process(child: SigningProcess) -> None:
    make(child)
    child.close("lock")
    assert not Path(f"/proc/{child.pid}").exists()
    with pytest.raises(errors.SessionEnded) as refused:
        child.ask("allow", may={}, seconds=1)
    assert refused.value.why == "lock"


def test_what_goes_wrong_inside_tells_its_kind_only(child: SigningProcess) -> None:
    with pytest.raises(RuntimeError, match=r"^the signing process met KeyError$"):
        child.ask("open", passphrases={"alice": "secret secret secret"})
