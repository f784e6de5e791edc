"""Certificates and CRLs of our making before NSS, the third judge beside OpenSSL and GnuTLS."""

import subprocess
from pathlib import Path

from core.crypto.certificates import read_certificate
from core.model.certificates import San, SanKind
from core.model.revocation import Reason, Revoked
from core.policy.profiles import profiles
from tests.pki.hierarchies import NOW, Made, make_crl, make_device, make_root, make_sub
from tests.real import need


class Nss:
    """A certificate database that trusts one root."""

    def __init__(self, folder: Path, root: Made) -> None:
        self.folder = folder
        self.certutil, self.crlutil = need("certutil", "crlutil")
        self.run(self.certutil, "-N", "--empty-password")
        self.add("root", root.der, "CT,C,")

    def run(self, program: str, *words: str) -> str:
        done = subprocess.run(
            [program, *words, "-d", f"sql:{self.folder}"], capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr

    def add(self, name: str, der: bytes, trust: str = ",,") -> None:
        path = self.folder / f"{name}.der"
        path.write_bytes(der)
        told = self.run(self.certutil, "-A", "-n", name, "-t", trust, "-i", str(path))
        assert told == "", told

    def take(self, crl: bytes) -> None:
        path = self.folder / "list.crl"
        path.write_bytes(crl)
        self.run(self.crlutil, "-I", "-i", str(path))

    def says(self, name: str, usage: str) -> str:
        return self.run(self.certutil, "-V", "-n", name, "-u", usage)


def test_nss_takes_a_tls_server_and_refuses_it_once_revoked(tmp_path: Path) -> None:
    root = make_root()
    tls = profiles()["tls-server"].ekus
    sub = make_sub(root, text="CN=Example TLS CA G1, O=Example Networks, C=GB", ekus=(*tls, "1.3.6.1.5.5.7.3.9"))
    server = make_device(sub, "CN=vpn.example.net", ekus=tls, sans=(San(SanKind.DNS, "vpn.example.net"),))
    nss = Nss(tmp_path, root)
    nss.add("sub", sub.der)
    nss.add("server", server.der)
    assert "certificate is valid" in nss.says("server", "V")
    assert "certificate is invalid" in nss.says("server", "S")  # no mail signing: the usage is not among its own
    nss.take(make_crl(root, 1, age=2))
    nss.take(make_crl(sub, 1, age=1))  # NSS goes by thisUpdate
    assert "certificate is valid" in nss.says("server", "V")
    nss.take(make_crl(sub, 2, Revoked(read_certificate(server.der).serial, NOW, Reason.SUPERSEDED)))
    assert "revoked" in nss.says("server", "V")
