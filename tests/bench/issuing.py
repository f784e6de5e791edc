"""Issuing a batch beside `openssl ca -batch` for the same requests: `python -m tests.bench.issuing [REQUESTS]`.

Ours takes approved proposals and gives certificates: the custodians' passphrases, proof of possession, every rule,
rehearsal, lint, ledger, the signature in its own process, verified and read back. Theirs signs in one process and pkilint
judges every certificate in another, which has it imported. One interactive issue is measured with the key open.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from core.crypto import lint
from core.model.certificates import IssueCertificates, SubmitRequest
from core.model.custody import OpenSession, Signable
from core.model.proposals import Proposal
from core.services import approvals, enrolment, issuing
from core.services.sessions import open_session
from core.words.proposals import sentence
from tests.bench.table import Line, told
from tests.desks import passphrase
from tests.pki.worlds import PAIR, World, csr, hands, make_network
from tests.real import need

CONFIG = """
[ca]
default_ca = here
[here]
database = {folder}/index.txt
serial = {folder}/serial
new_certs_dir = {folder}
certificate = {folder}/ca.pem
private_key = {folder}/ca.key
default_md = sha384
default_days = 365
policy = any
x509_extensions = device
unique_subject = no
[any]
commonName = supplied
[device]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = 1.3.6.1.5.5.7.3.17
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:gw.example.net
certificatePolicies = 1.2.3.4
crlDistributionPoints = URI:http://crl.example.net/ipsec.crl
"""


def requests(count: int) -> list[bytes]:
    return [csr(ec.generate_private_key(ec.SECP256R1()), f"gw{each}.example.net") for each in range(count)]


def approved(world: World, asked: list[bytes], first: int = 0) -> list[Proposal]:
    """Every request submitted by alice and approved by dave in one list."""
    made = []
    for place, each in enumerate(asked, first):
        world.issuing.device(f"gw{place}")
        command = SubmitRequest(f"gw{place}", each, f"CHG-{place}")
        made.append(enrolment.submit(world.issuing.sit("alice"), command))
    shown = {each.digest: sentence(each) for each in made}
    approvals.approve(world.issuing.sit("dave"), "dave", passphrase("dave"), shown)
    return made


def ours(world: World, made: list[Proposal]) -> float:
    """Seconds for the batch."""
    command = IssueCertificates(tuple(each.digest for each in made), PAIR)
    issuing.forget_rehearsals()  # what submitting and approving rehearsed counts for nothing here
    begun = time.perf_counter()
    outcomes = enrolment.issue(world.issuing.sit("bob"), command, hands())
    taken = time.perf_counter() - begun
    refused = [each.refusal for each in outcomes if each.issued is None]
    assert refused == [], refused[:1]
    return taken


def one(world: World, proposal: Proposal) -> float:
    """Seconds for one, from the open key to the certificate on file."""
    desk = world.issuing.sit("bob")
    session = OpenSession("ipsec-g1", PAIR, {Signable.CERTIFICATE: 1}, because="bench")
    with open_session(desk, session, hands()) as signing:
        issuing.forget_rehearsals()
        begun = time.perf_counter()
        (outcome,) = enrolment.issue_with(desk, signing, (proposal.digest,))
        taken = time.perf_counter() - begun
    assert outcome.issued is not None
    return taken


def theirs(folder: Path, asked: list[bytes]) -> tuple[float, float]:
    """(seconds of openssl ca, seconds of pkilint)."""
    (openssl,) = need("openssl")
    folder.mkdir()
    (folder / "index.txt").touch()
    (folder / "serial").write_text("1000000000000000\n")
    (folder / "openssl.cnf").write_text(CONFIG.format(folder=folder))
    new = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-nodes", "-days", "400"]
    subject = ["-subj", "/O=Example/CN=Example CA", "-keyout", str(folder / "ca.key"), "-out", str(folder / "ca.pem")]
    subprocess.run([*new, *subject], check=True, capture_output=True)
    names = [str(folder / f"{place}.csr") for place in range(len(asked))]
    for name, each in zip(names, asked, strict=True):
        Path(name).write_bytes(each)
    sign = [openssl, "ca", "-batch", "-notext", "-config", str(folder / "openssl.cnf"), "-infiles", *names]
    begun = time.perf_counter()
    subprocess.run(sign, check=True, capture_output=True)
    between = time.perf_counter()
    found = sorted(folder.glob("1*.pem"))
    assert len(found) == len(asked)
    for each in found:
        made = x509.load_pem_x509_certificate(each.read_bytes())
        assert not any(said.refuses for said in lint.certificate(made.public_bytes(Encoding.DER)))
    return between - begun, time.perf_counter() - between


def measure(folder: Path, count: int) -> list[Line]:
    """Half of theirs before ours and half after it, so that a busy machine slows both."""
    lint.load()
    world = make_network(folder)
    asked = requests(count)
    made = approved(world, asked)
    before = theirs(folder / "before", asked[: count // 2])
    mine = ours(world, made)
    after = theirs(folder / "after", asked[count // 2 :])
    signed, linted = before[0] + after[0], before[1] + after[1]
    single = [one(world, each) for each in approved(world, requests(5), count)]
    with_lint, alone = f"openssl ca -batch and pkilint, {count} requests", "openssl ca -batch alone"
    return [
        Line(with_lint, [signed + linted], "s"),
        Line(alone, [signed], "s"),
        Line(f"{count} approved requests issued", [mine], "s", with_lint, 3, "3 x"),
        Line("the same, beside openssl alone", [mine], "s", alone),
        Line("one issue, the key open", [1000 * each for each in single], "ms", most=300, target="300 ms"),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bench-") as text:
        print(told(measure(Path(text), int(sys.argv[1]) if len(sys.argv) > 1 else 1000)))
