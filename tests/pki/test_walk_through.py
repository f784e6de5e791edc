"""The walk-through of a local CA in README.md, word for word."""

import subprocess
from pathlib import Path

from tests.house.test_readme import walk
from tests.real import need


def test_the_walk_through_of_a_local_ca_walks(tmp_path: Path) -> None:
    """From the root ceremony to a revoked certificate: OpenSSL takes it before, and not with the CRL that is published."""
    walk(tmp_path, "local-ca")
    keys, crl = tmp_path / "certified/gw3/keys", tmp_path / "published/ipsec.crl.pem"
    words = [need("openssl")[0], "verify", "-crl_check", "-CRLfile", str(crl), "-CAfile", str(keys / "chain.pem")]
    told = subprocess.run([*words, str(keys / "certificate.pem")], capture_output=True, text=True, check=False)
    assert "certificate revoked" in told.stderr
