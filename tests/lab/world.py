"""What both ends of a certified link are given: real keys, real certificates, real lists."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from core.crypto.certificates import read_certificate
from core.exports.endpoints import files
from core.model.certificates import Endpoint, Peer, San, SanKind
from core.model.devices import Device, Platform
from core.model.links import Link, LinkState, Technology
from core.model.revocation import Reason, Revoked
from core.policy.profiles import profiles
from tests.exports.bundles import device
from tests.lab.lab import Gateway
from tests.pki.hierarchies import NOW, Made, make_crl, make_device, make_root, make_sub

NAMES = ("dc1-gw1", "dc2-gw1")
PLACES = {Platform.STRONGSWAN: "swanctl/private", Platform.NGINX: "nginx/anchorhold"}


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

    def certified(self, name: str, ekus: tuple[str, ...], sub: Made | None = None, **facts: object) -> Made:
        host = f"{name}.example.net"
        return make_device(sub or self.sub, f"CN={host}, O=Example", ekus=ekus, sans=(San(SanKind.DNS, host),), **facts)

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
            suffix = "pem" if platform is Platform.STRONGSWAN else "key"
            gateway.put(f"{PLACES.get(platform, platform.value)}/{NAMES[place]}.{suffix}", private(self.devices[place]))


def private(made: Made) -> bytes:
    """The key as the device itself would hold it; no folder of ours has it."""
    return made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def ipsec_world() -> World:
    ekus = profiles()["ipsec-gateway"].ekus
    return World((ekus, ekus))


def tls_world() -> World:
    tls = profiles()
    return World((tls["tls-server"].ekus, tls["tls-client"].ekus))
