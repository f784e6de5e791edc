"""Pages and texts of certified devices' folders: what no program here can judge (Cisco), and what README.txt says."""

import re
from dataclasses import replace

import pytest

from core.errors.links import Unwritable
from core.exports.endpoints import files
from core.exports.endpoints.page import readme
from core.model.certificates import Endpoint
from core.model.devices import Platform
from core.model.links import Technology
from tests.exports.bundles import device
from tests.lab.world import NAMES, ipsec_world

NETWORKS = ("10.77.1.0/24",)


def endpoint(platform: Platform, technology: Technology = Technology.IPSEC) -> Endpoint:
    ends = tuple(device(name, number, platform, f"192.0.2.{number}", NETWORKS) for number, name in enumerate(NAMES, 1))
    return ipsec_world().endpoint(0, (ends[0], ends[1]), technology)


@pytest.mark.parametrize("platform", list(Platform))
def test_every_folder_has_chain_and_both_lists_and_no_private_key(platform: Platform) -> None:
    end = endpoint(platform, Technology.TLS if platform in (Platform.STUNNEL, Platform.NGINX) else Technology.IPSEC)
    made = {file.path: file.content for file in files(end)}
    assert made["keys/certificate.der"] == end.certificate.der
    assert made["keys/chain.pem"].count(b"BEGIN CERTIFICATE") == 2
    assert [made[f"keys/{name}.crl"] for name in ("ipsec", "root")] == [der for _, der in end.crls]
    assert not [path for path, content in made.items() if b"PRIVATE KEY" in content]
    page = readme(end).decode()
    assert "*** REHEARSAL ***" in page
    assert "To make a new CRL count at once:" in page
    assert not re.search(r"\$\w", page), "a placeholder was left"


def test_cisco_trusts_by_fingerprint_checks_both_lists_and_pins_the_sub_ca() -> None:
    made = {file.path: file.content.decode("utf-8", "replace") for file in files(endpoint(Platform.CISCO_IOS))}
    trust, link = made["install/cisco-ios/dc1-gw1.trust.txt"], made["install/cisco-ios/dc1-dc2.txt"]
    assert trust.count("revocation-check crl") == 2
    assert trust.count("-----BEGIN CERTIFICATE-----") == 3
    assert len(re.findall(r"^ fingerprint [0-9A-F]{40}$", trust, re.MULTILINE)) == 2
    assert " chain-validation continue Example-Networks-Root-CA" in trust
    assert " issuer-name co Example IPsec CA G1\n alt-subject-name eq dc2-gw1.example.net\n" in link
    assert " identity local fqdn dc1-gw1.example.net" in link
    assert " authentication local ecdsa-sig" in link


def test_a_name_that_ios_would_take_for_a_command_is_refused() -> None:
    end = endpoint(Platform.CISCO_IOS)
    sub, root = end.chain
    with pytest.raises(Unwritable):
        files(replace(end, chain=(replace(sub, subject=(("CN", "CA ? show run"),)), root)))
