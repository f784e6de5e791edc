"""Certificates and CRLs as other programs see them: OpenSSL and GnuTLS are the judges."""

import secrets
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.crypto import crls, issuance
from core.crypto.certificates import as_planned, read_certificate
from core.errors.certificates import SelfCheckFailed
from core.errors.revocation import CrlNotRead
from core.model.authorities import CaKey
from core.model.certificates import San, SanKind, Usage
from core.model.revocation import CrlPlan, Reason, Revoked
from tests.pki.hierarchies import (
    NOW,
    Made,
    certify,
    key,
    make_crl,
    make_device,
    make_root,
    make_sub,
    plan_for,
    signature,
)
from tests.real import need


def openssl(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    (program,) = need("openssl")
    return subprocess.run([program, *words], input=given, capture_output=True, check=False)


def pem(der: bytes, folder: Path, name: str, kind: str = "x509") -> str:
    (folder / f"{name}.der").write_bytes(der)
    path = str(folder / f"{name}.pem")
    made = openssl(kind, "-inform", "DER", "-in", str(folder / f"{name}.der"), "-out", path)
    assert made.returncode == 0, made.stderr
    return path


def verify(folder: Path, root: Made, sub: Made, device: Made, *lists: bytes) -> subprocess.CompletedProcess[bytes]:
    """`openssl verify` with every check it has."""
    crl = folder / "crls.pem"
    crl.write_bytes(b"".join(Path(pem(each, folder, f"crl{n}", "crl")).read_bytes() for n, each in enumerate(lists)))
    words = ["-x509_strict", "-crl_check_all", "-CRLfile", str(crl), "-CAfile", pem(root.der, folder, "root")]
    return openssl("verify", *words, "-untrusted", pem(sub.der, folder, "sub"), pem(device.der, folder, "device"))


@pytest.mark.parametrize("kind", [CaKey.P384, CaKey.P256, CaKey.RSA3072])
def test_a_chain_stands_before_openssl(tmp_path: Path, kind: CaKey) -> None:
    root = make_root(kind)
    sub = make_sub(root, kind)
    device = make_device(sub)
    done = verify(tmp_path, root, sub, device, make_crl(root, 1), make_crl(sub, 1))
    assert done.returncode == 0, done.stderr + done.stdout


def test_a_revoked_device_is_refused_with_its_reason(tmp_path: Path) -> None:
    root = make_root()
    sub = make_sub(root)
    device = make_device(sub)
    entry = Revoked(read_certificate(device.der).serial, NOW, Reason.KEY_COMPROMISE, NOW - timedelta(days=1))
    crl = make_crl(sub, 2, entry)
    done = verify(tmp_path, root, sub, device, make_crl(root, 1), crl)
    assert b"certificate revoked" in done.stderr
    text = openssl("crl", "-inform", "DER", "-noout", "-text", given=crl).stdout.decode()
    assert "Key Compromise" in text
    assert "Invalidity Date" in text
    assert "X509v3 CRL Number" in text


def test_without_the_roots_list_the_chain_is_refused(tmp_path: Path) -> None:
    root = make_root()
    sub = make_sub(root)
    done = verify(tmp_path, root, sub, make_device(sub), make_crl(sub, 1))
    assert b"unable to get certificate CRL" in done.stderr


def test_a_fourth_layer_is_refused(tmp_path: Path) -> None:
    root = make_root()
    sub = make_sub(root)
    below = make_sub(sub, text="CN=Deeper CA")
    device = make_device(below)
    chain = tmp_path / "chain.pem"
    chain.write_bytes(
        b"".join(Path(pem(each.der, tmp_path, str(n))).read_bytes() for n, each in enumerate((sub, below)))
    )
    words = ["-CAfile", pem(root.der, tmp_path, "root"), "-untrusted", str(chain), pem(device.der, tmp_path, "device")]
    assert b"path length constraint exceeded" in openssl("verify", "-x509_strict", *words).stderr


def test_the_extensions_are_what_the_design_says(tmp_path: Path) -> None:
    root = make_root()
    sub = make_sub(root)
    device = make_device(sub)
    text = openssl("x509", "-inform", "DER", "-noout", "-text", given=device.der).stdout.decode()
    assert "Version: 3 (0x2)" in text
    assert "X509v3 Key Usage: critical\n                Digital Signature\n" in text
    assert "CA:FALSE" in text
    assert "ipsec Internet Key Exchange" in text
    assert "DNS:gw1.example.net, IP Address:192.0.2.1" in text
    assert "URI:http://crl.example.net/ipsec.crl" in text
    assert "Authority Key Identifier" in text
    text = openssl("x509", "-inform", "DER", "-noout", "-text", given=root.der).stdout.decode()
    assert "CA:TRUE, pathlen:1" in text


def test_gnutls_agrees(tmp_path: Path) -> None:
    (certtool,) = need("certtool")
    root = make_root()
    sub = make_sub(root)
    device = make_device(sub)
    chain = tmp_path / "chain.pem"
    chain.write_bytes(
        b"".join(Path(pem(each.der, tmp_path, str(n))).read_bytes() for n, each in enumerate((device, sub, root)))
    )
    done = subprocess.run([certtool, "--verify-chain", "--infile", str(chain)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_name_constraints_hold(tmp_path: Path) -> None:
    root = make_root()
    permitted = (San(SanKind.DNS, "example.net"), San(SanKind.IP, "192.0.2.0/24"))
    sub = make_sub(root, permitted=permitted)
    good, bad = make_device(sub), make_device(sub, sans=(San(SanKind.DNS, "gw1.example.org"),))
    lists = (make_crl(root, 1), make_crl(sub, 1))
    assert verify(tmp_path, root, sub, good, *lists).returncode == 0
    assert b"permitted subtree violation" in verify(tmp_path, root, sub, bad, *lists).stderr


def test_the_bytes_are_the_same_each_time() -> None:
    """An approval is over their digest, so a rehearsal must give what will be signed."""
    made, root = key(CaKey.P256), make_root()
    plan = plan_for("CN=gw1", issuance.public_of(made), root.subject, root.spki, usages=(Usage.SIGNATURE,))
    assert issuance.rehearse(plan).tbs == issuance.rehearse(plan).tbs


def test_a_foreign_signature_is_not_joined() -> None:
    made, root = key(CaKey.P256), make_root()
    plan = plan_for("CN=gw1", issuance.public_of(made), root.subject, root.spki, usages=(Usage.SIGNATURE,))
    tbs = issuance.rehearse(plan).tbs
    with pytest.raises(SelfCheckFailed):
        issuance.certificate(tbs, signature(key(), tbs), root.spki)


@pytest.mark.parametrize("what", ["serial", "subject", "not_after", "ekus", "sans", "crl_urls", "policies"])
def test_another_plan_is_noticed(what: str) -> None:
    root = make_root()
    made = key(CaKey.P256)
    plan = plan_for("CN=gw1", issuance.public_of(made), root.subject, root.spki, usages=(Usage.SIGNATURE,))
    other = {
        "serial": plan.serial + 1,
        "subject": (("CN", "gw2"),),
        "not_after": plan.not_after + timedelta(seconds=1),
        "ekus": ("1.2.3.4",),
        "sans": (San(SanKind.DNS, "gw2"),),
        "crl_urls": ("http://other.example/x.crl",),
        "policies": ("1.2.3.4",),
    }
    with pytest.raises(SelfCheckFailed) as caught:
        as_planned(read_certificate(certify(plan, root.key)), replace(plan, **{what: other[what]}))
    assert caught.value.what == what


def test_a_list_is_read_back_as_planned() -> None:
    root = make_root()
    entries = tuple(Revoked(secrets.randbits(150), NOW, reason) for reason in Reason)
    plan = CrlPlan(root.subject, root.spki, 417, NOW, NOW + timedelta(days=365), entries)
    tbs = crls.rehearse(plan).tbs
    der = issuance.revocation_list(tbs, signature(root.key, tbs), root.spki)
    found = crls.read_crl(der, root.spki)
    assert (found.number, found.this_update, found.next_update) == (417, plan.this_update, plan.next_update)
    assert found.entries == entries
    with pytest.raises(CrlNotRead):
        crls.read_crl(der, issuance.public_of(key()))


def test_lists_grow_in_a_line_not_in_a_square() -> None:
    """pyca's constructor takes the entries at once; the documented way copies the list for each of them."""
    root = make_root()
    entries = tuple(Revoked(number, NOW, Reason.SUPERSEDED) for number in range(1, 20_001))
    plan = CrlPlan(root.subject, root.spki, 1, NOW, NOW + timedelta(days=8), entries)
    assert len(crls.rehearse(plan).tbs) > 20_000 * 20
