"""Certificates and CRLs of our making in real gateways: the good get in, the revoked and the strangers do not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.exports.encoding import pem
from core.exports.endpoints.page import readme
from core.model.devices import Platform
from core.model.links import Technology
from tests.exports.bundles import device
from tests.lab.ipsec import Charon
from tests.lab.lab import Gateway, lab, until
from tests.lab.test_tls import carries, openvpn, stunnel
from tests.lab.world import NAMES, World, ipsec_world, private, tls_world
from tests.pki.hierarchies import NOW, make_crl, make_sub

pytestmark = pytest.mark.real
TLS = "1.3.6.1.5.5.7.3.1"


@pytest.fixture
def gateways() -> Iterator[tuple[Gateway, Gateway]]:
    with lab() as both:
        yield both


def ipsec(world: World, gateways: tuple[Gateway, Gateway]) -> tuple[Charon, Charon]:
    charons = Charon(gateways[0]), Charon(gateways[1])
    for gateway in gateways:
        for folder in ("x509crl",):
            (gateway.root / "etc/swanctl" / folder).mkdir(parents=True, exist_ok=True)
    world.install(gateways, Platform.STRONGSWAN, Technology.IPSEC)
    for charon in charons:
        charon.swanctl("--load-all")
    return charons


def test_the_link_comes_up_with_certificates(gateways: tuple[Gateway, Gateway]) -> None:
    one, _ = ipsec(ipsec_world(), gateways)
    up, said = one.initiate("dc1-dc2")
    assert up, said
    assert gateways[0].pings("10.77.2.1")


def test_a_revoked_gateway_is_refused(gateways: tuple[Gateway, Gateway]) -> None:
    world = ipsec_world()
    world.revoke(1)
    one, _ = ipsec(world, gateways)
    up, _ = one.initiate("dc1-dc2")
    assert not up
    one.says("certificate was revoked")
    assert not gateways[0].pings("10.77.2.1")


def test_without_the_roots_list_nobody_gets_in(gateways: tuple[Gateway, Gateway]) -> None:
    world = ipsec_world()
    world.root_crl = world.sub_crl
    one, two = ipsec(world, gateways)
    assert not one.initiate("dc1-dc2")[0]
    two.says("constraint check failed")


def test_a_stale_list_stops_the_link(gateways: tuple[Gateway, Gateway]) -> None:
    world = ipsec_world()
    world.sub_crl = make_crl(world.sub, 2, age=193)
    one, two = ipsec(world, gateways)
    assert not one.initiate("dc1-dc2")[0]
    two.says("crl is stale")


def test_a_certificate_of_another_sub_ca_is_refused(gateways: tuple[Gateway, Gateway]) -> None:
    """The same name from the TLS sub CA under the same root (interop finding 9)."""
    world = ipsec_world()
    other = make_sub(world.root, text="CN=Example TLS CA G1, O=Example Networks, C=GB", ekus=(TLS,))
    intruder = world.certified(NAMES[1], (TLS,), other)
    honest = ipsec_world()
    honest.root, honest.sub, honest.root_crl, honest.sub_crl = world.root, world.sub, world.root_crl, world.sub_crl
    honest.devices = list(world.devices)
    one, two = ipsec(honest, gateways)
    path = gateways[1].root / "etc/swanctl"
    (path / "x509" / f"{NAMES[1]}.pem").write_bytes(pem("CERTIFICATE", intruder.der))
    (path / "x509ca" / "other.pem").write_bytes(pem("CERTIFICATE", other.der))
    (path / "private" / f"{NAMES[1]}.pem").write_bytes(private(intruder))
    two.swanctl("--load-all", "--clear")
    assert not two.initiate("dc1-dc2")[0]
    assert not one.initiate("dc1-dc2")[0]


def test_an_expired_leaf_is_refused(gateways: tuple[Gateway, Gateway]) -> None:
    world = ipsec_world()
    ended = {"not_before": NOW - timedelta(days=2), "not_after": NOW - timedelta(hours=1)}
    world.devices[1] = world.certified(NAMES[1], world.ekus[1], **ended)
    one, _ = ipsec(world, gateways)
    assert not one.initiate("dc1-dc2")[0]
    one.says("certificate invalid")


def test_another_devices_certificate_is_refused(gateways: tuple[Gateway, Gateway]) -> None:
    """Valid in every way, of the right sub CA, but not of the device that the link is with."""
    world = ipsec_world()
    world.devices[1] = world.certified("dc3-gw1", world.ekus[1])
    one, two = ipsec(world, gateways)
    assert not one.initiate("dc1-dc2")[0]
    assert not two.initiate("dc1-dc2")[0]
    assert not gateways[0].pings("10.77.2.1")


def test_a_new_list_bites_after_the_commands_that_the_page_prints(gateways: tuple[Gateway, Gateway]) -> None:
    """Nothing but the printed commands: put the list there, flush and load, then authenticate again."""
    world = ipsec_world()
    one, _ = ipsec(world, gateways)
    assert one.initiate("dc1-dc2")[0]
    world.revoke(1)
    ends = tuple(device(name, 1, Platform.STRONGSWAN, "192.0.2.1", ()) for name in NAMES)
    page = readme(world.endpoint(0, (ends[0], ends[1]), Technology.IPSEC)).decode().splitlines()
    commands = [line.strip().partition("   (")[0] for line in page if line.startswith("  swanctl")]
    fresh = next(line for line in commands if "--flush-certs" in line)
    again = next(line for line in commands if "--reauth" in line)
    (gateways[0].root / "etc/swanctl/x509crl/ipsec.crl").write_bytes(world.sub_crl)
    assert gateways[0].pings("10.77.2.1"), "a new list alone ends nothing"
    for line in fresh.split(" && "):
        one.swanctl(*line.split()[1:])
    one.gateway.attempt("swanctl", *again.split()[1:], "--uri", one.vici)
    # While it authenticates again no ping passes either, so what is waited for is the refusal, not the silence.
    one.says("certificate was revoked")
    until("the revoked end to be cut", lambda: not gateways[0].pings("10.77.2.1"))


def test_openvpn_comes_up_and_a_revoked_client_does_not(gateways: tuple[Gateway, Gateway]) -> None:
    tls_world().install(gateways, Platform.OPENVPN, Technology.OPENVPN)
    for running in openvpn(gateways):
        running.says("Initialization Sequence Completed", "VERIFY OK")
    until("a ping through the tunnel", lambda: gateways[0].pings("10.77.2.1"))


def test_openvpn_refuses_a_revoked_client(gateways: tuple[Gateway, Gateway]) -> None:
    world = tls_world()
    world.revoke(1)
    world.install(gateways, Platform.OPENVPN, Technology.OPENVPN)
    left, _ = openvpn(gateways)
    left.says("certificate revoked")
    assert not gateways[0].pings("10.77.2.1")


def test_stunnel_carries_and_refuses(gateways: tuple[Gateway, Gateway]) -> None:
    tls_world().install(gateways, Platform.STUNNEL, Technology.TLS)
    stunnel(gateways)
    until("a line to come through", lambda: carries(gateways))


def test_stunnel_refuses_a_revoked_client(gateways: tuple[Gateway, Gateway]) -> None:
    world = tls_world()
    world.revoke(1)
    world.install(gateways, Platform.STUNNEL, Technology.TLS)
    left, _ = stunnel(gateways)
    assert not carries(gateways)
    left.says("certificate revoked")
