"""OpenSSL, GnuTLS, NSS, strongSwan and pkilint judge everything we emit; their texts are read, not their exit codes."""

import base64
import subprocess
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from core.crypto import issuance, lint
from core.crypto.certificates import read_certificate
from core.crypto.chains import Files, judge, read_all
from core.model.authorities import CaKey, Service
from core.model.checks import Lint, Trouble
from core.model.keys import Algorithm
from core.model.revocation import Reason, Revoked
from core.policy import enrolment
from core.policy.profiles import profiles
from tests.pki.emitted import Below, below, cases, device
from tests.pki.hierarchies import NOW, certify, key, make_crl, make_device, make_root, make_sub
from tests.pki.test_nss import Nss
from tests.real import need

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("judges")]
CASES = cases()
NAMES = ["-".join((kind, service, name, algorithm)) for kind, service, name, algorithm in CASES]
GOOD = "1.3.6.1.5.5.7.3."
# What each program is asked for by the profile's own usage, and by one that it has not.
OPENSSL = {"17": "any", "1": "sslserver", "2": "sslclient", "4": "smimesign", "9": "ocsphelper", "": "any"}
NSS = {"17": "I", "1": "V", "2": "C", "4": "S"}


def pem(der: bytes, kind: str) -> bytes:
    return f"-----BEGIN {kind}-----\n{base64.encodebytes(der).decode()}-----END {kind}-----\n".encode()


class Desk:
    """A folder with a chain and its CRLs in every form the judges read."""

    def __init__(self, folder: Path, here: Below, leaf: bytes, crls: tuple[bytes, bytes]) -> None:
        self.folder, self.here, self.leaf = folder, here, leaf
        self.put("leaf.pem", pem(leaf, "CERTIFICATE"))
        self.put("sub.pem", pem(here.sub.der, "CERTIFICATE"))
        self.put("root.pem", pem(here.root.der, "CERTIFICATE"))
        self.put("chain.pem", pem(leaf, "CERTIFICATE") + pem(here.sub.der, "CERTIFICATE"))
        self.put("crls.pem", b"".join(pem(each, "X509 CRL") for each in crls))
        for place, each in enumerate(crls):
            self.put(f"{place}.crl", each)
        self.crls = crls

    def put(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)

    def run(self, program: str, *words: str) -> str:
        """What it says. Words that begin with @ are files here."""
        line = [word.replace("@", f"{self.folder}/") for word in words]
        done = subprocess.run([*need(program), *line], capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    def openssl(self, purpose: str) -> str:
        words = "-x509_strict -crl_check_all -CRLfile @crls.pem -CAfile @root.pem -untrusted @sub.pem"
        return self.run("openssl", "verify", *words.split(), "-purpose", purpose, "@leaf.pem")

    def gnutls(self, usage: str) -> str:
        words = ["--verify", "--load-ca-certificate", "@root.pem", "--load-crl", "@crls.pem", "--infile", "@chain.pem"]
        purpose = ["--verify-purpose", GOOD + usage] if usage else []
        return self.run("certtool", *words, *purpose).rpartition("Chain verification output:")[2].strip()

    def strongswan(self) -> str:
        words = "--verify --in @leaf.pem --cacert @root.pem --cacert @sub.pem --crl @0.crl --crl @1.crl"
        return self.run("pki", *words.split())

    def nss(self, usage: str) -> str:
        (self.folder / "nss").mkdir()
        nss = Nss(self.folder / "nss", self.here.root)
        nss.add("sub", self.here.sub.der)
        nss.add("leaf", self.leaf)
        for each in self.crls:
            nss.take(each)
        return nss.says("leaf", usage)


def judged(desk: Desk, usages: tuple[str, ...], algorithm: Algorithm = Algorithm.P256) -> dict[str, str]:
    """Every program's words; NSS where it has a name for the usage and knows the key type."""
    usage = usages[0] if usages else ""
    told = {"openssl": desk.openssl(OPENSSL[usage]), "gnutls": desk.gnutls(usage), "strongswan": desk.strongswan()}
    if usage in NSS and algorithm is not Algorithm.ED25519:
        told["nss"] = desk.nss(NSS[usage])
    return told


SAY_YES: dict[str, Callable[[str], bool]] = {
    "openssl": lambda said: said.endswith("leaf.pem: OK\n") and said.count("\n") == 1,
    "gnutls": lambda said: said.startswith("Verified. The certificate is trusted."),
    "strongswan": lambda said: "certificate trusted, lifetimes valid, certificate not revoked" in said,
    "nss": lambda said: said == "certutil: certificate is valid\n",
}
# An RSA key of ours signs and no more (C2); for a TLS server NSS's own check asks for the key exchange of TLS 1.2 as well.
SAY_OTHERWISE = {("nss", "tls-server", Algorithm.RSA): "Certificate key usage inadequate"}
SAY_REVOKED = {
    "openssl": "certificate revoked",
    "gnutls": "revoked",
    "strongswan": "certificate was revoked",
    "nss": "revoked",
}


def usages_of(name: str) -> tuple[str, ...]:
    return tuple(each.removeprefix(GOOD) for each in profiles()[name].ekus)


@cache
def said(found: tuple[Lint, ...]) -> set[tuple[str, str]]:
    return {(each.severity, each.code) for each in found}


@pytest.mark.parametrize(("kind", "service", "name", "algorithm"), CASES, ids=NAMES)
def test_every_judge_says_yes(tmp_path: Path, kind: CaKey, service: Service, name: str, algorithm: Algorithm) -> None:
    here, leaf = below(kind, service), device(kind, service, profiles()[name], algorithm)
    told = judged(Desk(tmp_path, here, leaf, here.crls), usages_of(name), algorithm)
    other = {who: SAY_OTHERWISE[each] for who in told if (each := (who, name, algorithm)) in SAY_OTHERWISE}
    assert {who: words for who, words in told.items() if who not in other and not SAY_YES[who](words)} == {}
    assert [who for who, words in other.items() if words not in told[who]] == []
    known = ("INFO", "pkix.subject_key_identifier_method_1_identified")
    for each in (leaf, here.sub.der, here.root.der):
        assert said(lint.certificate(each)) <= {known}
    assert [lint.revocation_list(each) for each in here.crls] == [(), ()]
    files = Files(read_all([here.sub.der, here.root.der]), here.crls, frozenset({here.root.spki}))
    assert judge(read_certificate(leaf), files, NOW)[1] == ()


def test_every_profile_key_type_and_ca_key_is_judged() -> None:
    """The matrix is the data: a new profile or key type is in it by itself."""
    assert {name for _, _, name, _ in CASES} == set(profiles())
    assert {kind for kind, *_ in CASES} == set(CaKey)
    asked = {(name, algorithm) for _, _, name, algorithm in CASES}
    assert asked == {(each.name, algorithm) for each in profiles().values() for algorithm in each.keys}


@pytest.mark.parametrize("name", ["ipsec-gateway", "ipsec-gateway-plain", "tls-server", "tls-client", "smime-gateway"])
def test_every_judge_says_revoked(tmp_path: Path, name: str) -> None:
    profile = profiles()[name]
    here = below(CaKey.P384, profile.services[0])
    leaf = device(CaKey.P384, profile.services[0], profile, Algorithm.P256)
    entry = Revoked(read_certificate(leaf).serial, NOW, Reason.KEY_COMPROMISE, NOW - timedelta(hours=3))
    crls = here.crls[0], make_crl(here.sub, 2, entry)
    told = judged(Desk(tmp_path, here, leaf, crls), usages_of(name))
    assert {who: words for who, words in told.items() if SAY_REVOKED[who] not in words} == {}
    assert lint.revocation_list(crls[1]) == ()


@pytest.mark.parametrize("name", ["ipsec-gateway", "tls-client", "smime-role", "ocsp-signer"])
def test_it_is_good_for_nothing_else(tmp_path: Path, name: str) -> None:
    """A TLS client, to OpenSSL, GnuTLS and NSS: none of these certificates serves a TLS server."""
    profile = profiles()[name]
    here = below(CaKey.P384, profile.services[0])
    desk = Desk(tmp_path, here, device(CaKey.P384, profile.services[0], profile, Algorithm.P256), here.crls)
    assert "purpose" in desk.openssl("sslserver")
    assert "does not match the intended purpose" in desk.gnutls("1")
    assert "invalid" in desk.nss("V")


def test_an_ocsp_signer_is_what_openssl_takes(tmp_path: Path) -> None:
    """It signs an answer about a sibling, and OpenSSL believes it by the delegation alone (RFC 6960 4.2.2.2)."""
    here, signer, profile = below(CaKey.P384, Service.IPSEC), key(CaKey.P256), profiles()["ocsp-signer"]
    plan = enrolment.certificate(
        profile,
        here.authority,
        (("CN", "ocsp.example.net"),),
        issuance.public_of(signer),
        (),
        7 << 150,
        NOW,
        NOW.date() + timedelta(days=profile.days),
    )
    leaf = device(CaKey.P384, Service.IPSEC, profiles()["ipsec-gateway"], Algorithm.P256)
    desk = Desk(tmp_path, here, leaf, here.crls)
    desk.put("signer.pem", pem(certify(plan, here.sub.key), "CERTIFICATE"))
    desk.put("signer.key", signer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    serial = f"{read_certificate(leaf).serial:X}"
    desk.put("index.txt", f"V\t{NOW + timedelta(days=300):%y%m%d%H%M%SZ}\t\t{serial}\tunknown\t/CN=gw1\n".encode())
    assert "OCSP No Check" in desk.run("openssl", "x509", "-in", "@signer.pem", "-noout", "-text")
    desk.run("openssl", *["ocsp", "-issuer", "@sub.pem", "-cert", "@leaf.pem", "-no_nonce", "-reqout", "@asked.der"])
    answer = "ocsp -index @index.txt -CA @sub.pem -rsigner @signer.pem -rkey @signer.key -reqin @asked.der -respout @told.der -ndays 1"
    desk.run("openssl", *answer.split())
    check = "ocsp -issuer @sub.pem -cert @leaf.pem -respin @told.der -CAfile @root.pem -verify_other @sub.pem -no_nonce"
    told = desk.run("openssl", *check.split())
    assert "Response verify OK" in told
    assert "leaf.pem: good" in told


# --- what none of them catches ----------------------------------------------------------------------------


def troubles(leaf: bytes, *chain: bytes, crls: tuple[bytes, ...], root: bytes) -> set[Trouble]:
    return {
        each.trouble for each in judge(read_certificate(leaf), Files(read_all(chain), crls, frozenset({root})), NOW)[1]
    }


def test_nobody_but_us_sees_a_leaf_that_outlives_its_issuer(tmp_path: Path) -> None:
    root = make_root()
    sub = make_sub(root, not_after=NOW + timedelta(days=30), ekus=("1.3.6.1.5.5.7.3.17",))
    leaf = make_device(sub, not_after=NOW + timedelta(days=200))
    crls = make_crl(root, 1, age=1), make_crl(sub, 1, age=1)
    desk = Desk(tmp_path, Below(root, sub, below(CaKey.P384, Service.IPSEC).authority, crls), leaf.der, crls)
    told = judged(desk, ("17",))
    assert {who for who, words in told.items() if SAY_YES[who](words)} == set(told)
    assert not any(each.refuses for each in lint.certificate(leaf.der))
    assert troubles(leaf.der, sub.der, root.der, crls=crls, root=root.spki) == {Trouble.OUTLIVES}


def test_strongswan_alone_does_not_see_a_fourth_layer(tmp_path: Path) -> None:
    root = make_root()
    sub = make_sub(root)
    deeper = make_sub(sub, text="CN=Deeper CA")
    leaf = make_device(deeper)
    crls = make_crl(sub, 1, age=1), make_crl(deeper, 1, age=1)
    desk = Desk(tmp_path, Below(sub, deeper, below(CaKey.P384, Service.IPSEC).authority, crls), leaf.der, crls)
    desk.put("top.pem", pem(root.der, "CERTIFICATE"))
    desk.put("both.pem", pem(sub.der, "CERTIFICATE") + pem(deeper.der, "CERTIFICATE"))
    said = desk.run(
        "pki",
        *["--verify", "--in", "@leaf.pem", "--cacert", "@top.pem", "--cacert", "@root.pem", "--cacert", "@sub.pem"],
    )
    assert "certificate trusted" in said
    assert "path length" in desk.run(
        "openssl", *["verify", "-CAfile", "@top.pem", "-untrusted", "@both.pem", "@leaf.pem"]
    )
    found = troubles(leaf.der, deeper.der, sub.der, root.der, crls=(*crls, make_crl(root, 1)), root=root.spki)
    assert found == {Trouble.PATH_LENGTH, Trouble.DEEP}
