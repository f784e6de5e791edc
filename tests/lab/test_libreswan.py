"""Folders of certified Libreswan devices: the printed commands and scripts on a real NSS database, addconn as judge."""

import subprocess
from pathlib import Path

import pytest

from core.crypto.requests import read_request
from core.exports.endpoints import files
from core.exports.requesting import commands
from core.model.certificates import San, SanKind, Usage
from core.model.devices import Platform
from core.model.links import Technology
from tests.exports.bundles import device
from tests.lab.test_offline import checked
from tests.lab.world import NAMES, ipsec_world
from tests.pki.hierarchies import certify, plan_for
from tests.real import need

pytestmark = pytest.mark.real


def shell(folder: Path, line: str) -> str:
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, (line, done.stdout + done.stderr)
    return done.stdout


@pytest.mark.parametrize("networks", [(), ("10.77.1.0/24",)])
def test_from_the_printed_request_to_a_judged_connection(tmp_path: Path, networks: tuple[str, ...]) -> None:
    """The key is made in the database, the certificate meets it there, and NSS lets the chain serve for IPsec."""
    world = ipsec_world()
    ends = tuple(device(name, n, Platform.LIBRESWAN, f"192.0.2.{n}", networks) for n, name in enumerate(NAMES, 1))
    database = tmp_path / "nss"
    database.mkdir()
    shell(tmp_path, f"{need('certutil')[0]} -N --empty-password -d sql:{database}")
    for line in commands(ends[0]):
        shell(tmp_path, line.replace("sql:/var/lib/ipsec/nss", f"sql:{database}"))
    wish = read_request((tmp_path / f"{NAMES[0]}.csr").read_bytes())
    assert wish.sans == (San(SanKind.DNS, "dc1-gw1.example.net"),)
    facts = {"usages": (Usage.SIGNATURE,), "ekus": world.ekus[0], "sans": wish.sans, "policies": (), "crl_urls": ()}
    plan = plan_for("CN=dc1-gw1.example.net", wish.spki, world.sub.subject, world.sub.spki, **facts)
    world.devices[0].der = certify(plan, world.sub.key)
    made = {file.path: file.content for file in files(world.endpoint(0, (ends[0], ends[1]), Technology.IPSEC))}
    for path, content in made.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    shell(tmp_path, f"sh install/ipsec.d/anchorhold/import.sh sql:{database}")
    shell(tmp_path, f"sh install/ipsec.d/anchorhold/import-crls.sh sql:{database}")  # again, as a timer does
    listed = shell(tmp_path, f"certutil -L -d sql:{database}")
    assert f"{NAMES[0]}" in listed
    assert "u,u,u" in listed, "the certificate did not meet its key"
    assert "certificate is valid" in shell(tmp_path, f"certutil -V -n {NAMES[0]} -u I -d sql:{database}")
    assert "Example-IPsec-CA-G1" in shell(tmp_path, f"crlutil -L -d sql:{database}")
    conf = made["install/ipsec.d/crl-strict.conf"] + made["install/ipsec.d/dc1-dc2.conf"]
    checked(tmp_path, conf)
    with pytest.raises(AssertionError):
        checked(tmp_path, conf.replace(b"rightca", b"rightcaa"))
