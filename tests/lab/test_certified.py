"""Certificates and CRLs of our making in real gateways: the good get in, the revoked and the strangers do not."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from core.crypto.certificates import read_certificate
from core.exports.certified import files
from core.model.certificates import Endpoint, Peer, San, SanKind
from core.model.devices import Device, Platform
from core.model.links import Link, LinkState, Technology
from core.model.revocation import Reason, Revoked
from core.policy.profiles import profiles
from tests.exports.bundles import device
from tests.lab.ipsec import Charon
from tests.lab.lab import Gateway, lab, until
from tests.lab.test_tls import carries, openvpn, stunnel
from tests.pki.hierarchies import NOW, Made, make_crl, make_device, make_root, make_sub

pytestmark = pytest.mark.real
NAMES = ("dc1-gw1", "dc2-gw1")
IPSEC, TLS = "1.3.6.1.5.5.7.3.17", "1.3.6.1.5.5.7.3.1"


@pytest.fixture
def gateways() -> Iterator[tuple[Gateway, Gateway]]:
    with lab() as both:
        yield both


@dataclass
class World:
    """A root, a sub CA, two devices, and the lists that both ends are given; tests change one thing."""

    ekus: tuple[tuple[str, ...], tuple[str, ...]]
    root: Made = field(default_factory=make_root)
    sub: Made = field(init=False)
    devices: list[Made] = field(init=False)
    root_crl: bytes = field(init=False)
    sub_crl: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.sub = make_sub(self.root, ekus=tuple(dict.fromkeys(self.ekus[0] + self.ekus[1])))
        self.devices = [self.certified(name, ekus) for name, ekus in zip(NAMES, self.ekus, strict=True)]
        self.root_crl, self.sub_crl = make_crl(self.root, 1), make_crl(self.sub, 1)

    def certified(self, name: str, ekus: tuple[str, ...], sub: Made | None = None) -> Made:
        host = f"{name}.example.net"
        return make_device(sub or self.sub, f"CN={host}, O=Example", ekus=ekus, sans=(San(SanKind.DNS, host),))

    def revoke(self, place: int) -> None:
        entry = Revoked(read_certificate(self.devices[place].der).serial, NOW, Reason.KEY_COMPROMISE)
        self.sub_crl = make_crl(self.sub, 2, entry)

    def endpoint(self, place: int, ends: tuple[Device, Device], technology: Technology) -> Endpoint:
        joined = Link(7, "dc1-dc2", 1, 2, technology, "CHG1", LinkState.ACTIVE)
        peer = ends[1 - place]
        return Endpoint(
            device=ends[place],
            certificate=read_certificate(self.devices[place].der),
            chain=(read_certificate(self.sub.der), read_certificate(self.root.der)),
            crls=(("ipsec", self.sub_crl), ("root", self.root_crl)),
            peers=(Peer(joined, peer, peer.identity.value),),
            organisation="Example",
            ticket="CHG1",
            marks=("REHEARSAL",),
            stops=(),
            made=NOW,
        )

    def install(self, gateways: tuple[Gateway, Gateway], platform: Platform, technology: Technology) -> None:
        ends = tuple(
            device(name, number, platform, gateway.address, (f"10.77.{number}.0/24",))
            for number, (name, gateway) in enumerate(zip(NAMES, gateways, strict=True), start=1)
        )
        for place, gateway in enumerate(gateways):
            made = files(self.endpoint(place, (ends[0], ends[1]), technology))
            gateway.install({file.path: file.content for file in made})
            folder = {Platform.STRONGSWAN: "swanctl/private"}.get(platform, platform.value)
            suffix = "pem" if platform is Platform.STRONGSWAN else "key"
            key = self.devices[place].key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            gateway.put(f"{folder}/{NAMES[place]}.{suffix}", key)


def ipsec_world() -> World:
    ekus = profiles()["ipsec-gateway"].ekus
    return World((ekus, ekus))


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
    assert "certificate was revoked" in one.log()
    assert not gateways[0].pings("10.77.2.1")


def test_without_the_roots_list_nobody_gets_in(gateways: tuple[Gateway, Gateway]) -> None:
    world = ipsec_world()
    world.root_crl = world.sub_crl
    one, two = ipsec(world, gateways)
    assert not one.initiate("dc1-dc2")[0]
    assert "constraint check failed" in two.log()


def test_a_stale_list_stops_the_link(gateways: tuple[Gateway, Gateway]) -> None:
    world = ipsec_world()
    world.sub_crl = make_crl(world.sub, 2, age=193)
    one, two = ipsec(world, gateways)
    assert not one.initiate("dc1-dc2")[0]
    assert "crl is stale" in two.log()


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
    from core.exports.encoding import pem

    (path / "x509" / f"{NAMES[1]}.pem").write_bytes(pem("CERTIFICATE", intruder.der))
    (path / "x509ca" / "other.pem").write_bytes(pem("CERTIFICATE", other.der))
    (path / "private" / f"{NAMES[1]}.pem").write_bytes(
        intruder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    two.swanctl("--load-all", "--clear")
    assert not two.initiate("dc1-dc2")[0]
    assert not one.initiate("dc1-dc2")[0]


def tls_world() -> World:
    tls = profiles()
    return World((tls["tls-server"].ekus, tls["tls-client"].ekus))


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
    assert carries(gateways)


def test_stunnel_refuses_a_revoked_client(gateways: tuple[Gateway, Gateway]) -> None:
    world = tls_world()
    world.revoke(1)
    world.install(gateways, Platform.STUNNEL, Technology.TLS)
    left, _ = stunnel(gateways)
    assert not carries(gateways)
    left.says("certificate revoked")
