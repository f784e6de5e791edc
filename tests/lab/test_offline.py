"""Offline judges of exported files: Libreswan's addconn and `iked -n`."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.exports.readback import printed_keys
from core.model.devices import Platform
from core.model.keys import Algorithm, Form
from core.model.links import Technology
from tests.exports.bundles import both, device, end, link, pair, rendered, with_networks
from tests.lab.lab import Gateway, lab, run
from tests.real import need

pytestmark = pytest.mark.real
SEVERAL = ("10.77.1.0/24", "10.78.1.0/24", "2001:db8:1::/64")


def libreswan(program: str) -> str:
    """The program from Debian's package, unpacked by packaging/test (it conflicts with strongSwan in apt)."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    path = cache / "anchorhold-tests/libreswan/usr/libexec/ipsec" / program
    return str(path) if path.exists() else need(program)[0]


def libreswan_folder(
    *pins: Algorithm, own: Algorithm = Algorithm.P256, networks: tuple[str, ...] = ()
) -> dict[str, bytes]:
    left = device("dc1-gw1", 1, Platform.LIBRESWAN, "192.0.2.1", networks)
    right = device("dc2-gw1", 2, Platform.LIBRESWAN, "192.0.2.2", ("10.77.2.0/24", "2001:db8:2::/64")[: len(networks)])
    ends = end(left, pair(own)), end(right, *(pair(each) for each in pins))
    return rendered(both(link("link-0007", Technology.IPSEC), *ends)[0])


def checked(tmp_path: Path, content: bytes) -> str:
    conf = tmp_path / "ipsec.conf"
    conf.write_bytes(content)
    return run(libreswan("addconn"), "--config", str(conf), "--checkconfig", "--verbose")


@pytest.mark.parametrize("networks", [(), ("10.77.1.0/24",), SEVERAL])
@pytest.mark.parametrize("algorithm", [Algorithm.P256, Algorithm.P384, Algorithm.RSA])
def test_libreswan_takes_the_connection(tmp_path: Path, algorithm: Algorithm, networks: tuple[str, ...]) -> None:
    files = libreswan_folder(algorithm, own=algorithm, networks=networks)
    checked(tmp_path, files["install/ipsec.d/link-0007.conf"])


def test_libreswan_takes_the_previous_pin_beside_it(tmp_path: Path) -> None:
    files = libreswan_folder(Algorithm.P256, Algorithm.RSA)
    checked(tmp_path, files["install/ipsec.d/link-0007.previous"])
    assert b"authby=ecdsa,rsa-sha2" in files["install/ipsec.d/link-0007.previous"]


def test_libreswan_refuses_what_we_do_not_write(tmp_path: Path) -> None:
    """The judge judges: a misspelt keyword does not pass."""
    content = libreswan_folder(Algorithm.P256)["install/ipsec.d/link-0007.conf"]
    with pytest.raises(AssertionError):
        checked(tmp_path, content.replace(b"rightpubkey", b"rightpubkye"))


def test_libreswan_host_keys_are_read_back(tmp_path: Path) -> None:
    """Every shape of `ipsec showhostkey` names one and the same key."""
    database = f"sql:{tmp_path}"
    run(need("certutil")[0], "-N", "-d", database, "--empty-password")
    for program, more in (("ecdsasigkey", []), ("rsasigkey", ["3072"])):
        run(libreswan(program), "--nssdir", str(tmp_path), *more)
    show = [libreswan("showhostkey"), "--nssdir", str(tmp_path)]
    listed = [dict(each.values) for each in printed_keys(run(*show, "--list").encode())]
    assert sorted(form for each in listed for form in each) == [Form.KEY_SHA1.value, Form.RSA_CKAID.value]
    for ckaid in (value for each in listed for value in each.values()):
        shapes = (["--left"], ["--right", "--pubkey"], ["--pem"], ["--ipseckey"])
        found = [printed_keys(run(*show, *shape, "--ckaid", ckaid).encode()) for shape in shapes]
        assert len({dict(keys[0].values)[Form.WHOLE_KEY.value] for keys in found}) == 1
        assert [len(keys) for keys in found] == [1, 1, 1, 1]


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with lab() as gateways:
        yield gateways[0]


@pytest.mark.parametrize("networks", [(), ("10.77.1.0/24",), SEVERAL])
@pytest.mark.parametrize("algorithm", [Algorithm.P256, Algorithm.P384])
def test_iked_takes_the_configuration(gateway: Gateway, algorithm: Algorithm, networks: tuple[str, ...]) -> None:
    program = need("iked")[0]
    left = end(device("dc1-gw1", 1, Platform.IKED, "192.0.2.1", ()), pair(algorithm))
    right = end(device("dc2-gw1", 2, Platform.IKED, "192.0.2.2", ()), pair(algorithm), pair(algorithm))
    left, right = (
        with_networks(left, *networks),
        with_networks(right, *("10.77.2.0/24", "2001:db8:2::/64")[: len(networks)]),
    )
    gateway.install(rendered(both(link("link-0007", Technology.IPSEC), left, right)[0]))
    conf = gateway.put("iked/iked.conf", b'include "/etc/iked/link-0007.conf"\n')
    assert (gateway.root / "etc/iked/pubkeys/fqdn/dc2-gw1.example.net").exists()
    assert "configuration OK" in gateway.attempt(program, "-n", "-f", "/etc/iked/iked.conf")[1]
    conf.write_bytes(conf.read_bytes() + b'ikev2 "x" esp from nowhere\n')
    assert "configuration OK" not in gateway.attempt(program, "-n", "-f", "/etc/iked/iked.conf")[1]
