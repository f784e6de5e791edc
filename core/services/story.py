"""What happened in the sample: a year of links, told day by day, so that a link stands in every state."""

from datetime import datetime, timedelta
from pathlib import Path

from core.crypto.fingerprints import fingerprints
from core.crypto.keys import read_key
from core.crypto.sample import sample_certificate, sample_key, sample_wireguard_key
from core.late import dataclass
from core.media.folders import Staged
from core.model.devices import AddDevice, Platform
from core.model.keys import Arrival, Channel, CompareKey, Form, ReceiveKey, SuspectKey
from core.model.links import AddLink, ExportedFile, ExportLinks, ReadBackDevice, Technology
from core.policy.devices import identity
from core.services import devices, exports, keys, links, readback
from core.services.desk import Desk, Progress, Session
from core.services.perform import perform

_CERTIFICATES = (Platform.OPENVPN, Platform.STUNNEL)
_TECHNOLOGY = {
    Platform.OPENVPN: Technology.OPENVPN,
    Platform.STUNNEL: Technology.TLS,
    Platform.WIREGUARD: Technology.WIREGUARD,
}


@dataclass(frozen=True)
class Place:
    """A device of the sample. Numbers and addresses are those reserved for examples (Ofcom's drama numbers, RFC 5737)."""

    name: str
    platform: Platform
    site: str
    phone: str
    contract: str


_PLACES = (
    Place("edge-lon1", Platform.STRONGSWAN, "London, Docklands", "+44 20 7946 0112", "own staff directory"),
    Place("edge-man2", Platform.STRONGSWAN, "Manchester, Trafford", "+44 161 496 0244", "own staff directory"),
    Place("edge-bri1", Platform.LIBRESWAN, "Bristol", "+44 117 496 0131", "contract 2024-17, annex B"),
    Place("edge-lee1", Platform.STRONGSWAN, "Leeds", "+44 113 496 0175", "contract 2026-31"),
    Place("edge-edi1", Platform.IKED, "Edinburgh", "+44 131 496 0190", "contract 2026-31"),
    Place("edge-cdf1", Platform.STRONGSWAN, "Cardiff", "+44 29 2018 0186", "card handed over at the kick-off"),
    Place("edge-bel1", Platform.STRONGSWAN, "Belfast", "+44 28 9649 6021", "contract 2026-34"),
    Place("edge-bhm1", Platform.STRONGSWAN, "Birmingham", "+44 121 496 0158", "contract 2024-22"),
    Place("edge-gla1", Platform.STRONGSWAN, "Glasgow", "+44 141 496 0117", "contract 2024-22"),
    Place("edge-liv1", Platform.STRONGSWAN, "Liverpool", "+44 151 496 0163", "contract 2024-22"),
    Place("edge-ncl1", Platform.STRONGSWAN, "Newcastle", "+44 191 498 0128", "contract 2023-08"),
    Place("edge-shf1", Platform.OTHER, "Sheffield", "+44 114 496 0149", "contract 2026-40"),
    Place("ovpn-lon1", Platform.OPENVPN, "London, Docklands", "+44 20 7946 0112", "own staff directory"),
    Place("ovpn-rea1", Platform.OPENVPN, "Reading", "+44 118 496 0137", "contract 2025-11"),
    Place("mail-lon1", Platform.STUNNEL, "London, Docklands", "+44 20 7946 0112", "own staff directory"),
    Place("mail-lei1", Platform.STUNNEL, "Leicester", "+44 116 496 0155", "contract 2025-14"),
    Place("wg-lon1", Platform.WIREGUARD, "London, Docklands", "+44 20 7946 0112", "own staff directory"),
    Place("wg-cam1", Platform.WIREGUARD, "Cambridge", "+44 1632 960142", "contract 2025-19"),
)
PLACES = {place.name: place for place in _PLACES}
HUB = "edge-lon1"


class Story:
    """Three people who work through the sample as people would, at a clock that the story moves."""

    def __init__(self, desk: Desk, people: tuple[Session, Session, Session], now: datetime, folder: Path) -> None:
        self.desk, self.now, self.folder = desk, now, folder
        self.alice, self.bob, self.dave = people
        self.keys: dict[str, bytes] = {}
        self.ticket = ""
        desk.clock = lambda: self.time
        self.time = now

    def day(self, ago: int, ticket: int, hour: int = 9) -> None:
        """That many days ago, under that change; never later than now, never back."""
        self.time = min(self.now, self.now - timedelta(days=ago) + timedelta(hours=hour - 24 if ago else 0))
        self.ticket = f"CHG{ticket:07}"

    def device(self, name: str) -> None:
        place, number = PLACES[name], list(PLACES).index(name) + 1
        self.desk.session = self.bob
        typed = AddDevice(
            name, place.platform.value, f"{name}.example.net", f"192.0.2.{number}", (f"10.77.{number}.0/24",),
            place.site, "", f"NOC {place.site.partition(',')[0]}", place.phone, place.contract,
        )  # fmt: skip
        perform(self.desk, devices.ADD, typed)

    def fresh(self, name: str) -> bytes:
        """A new public key as the device's owner sends it."""
        if PLACES[name].platform in _CERTIFICATES:
            return sample_certificate(f"{name}.example.net", self.time - timedelta(days=1))
        return sample_wireguard_key() if PLACES[name].platform is Platform.WIREGUARD else sample_key()

    def receive(self, name: str, arrival: Arrival = Arrival.EMAIL, replace_by: str = "") -> None:
        self.desk.session = self.alice
        self.keys[name] = self.fresh(name)
        file = f"{name}.pub.pem"
        perform(self.desk, keys.RECEIVE, ReceiveKey(name, self.keys[name], arrival, file, replace_by))

    def heard(self, name: str, pem: bytes | None = None) -> str:
        """What the device's owner reads from the device."""
        known = identity(f"{name}.example.net")
        assert known is not None  # noqa: S101 - our own constant above
        return fingerprints(read_key(pem or self.keys[name]), known)[Form.SPKI_SHA256]

    def compare(self, who: Session, name: str, channel: Channel, reader: str, heard: str = "") -> None:
        self.desk.session = who
        command = CompareKey(name, heard or self.heard(name), channel, reader, self.ticket)
        perform(self.desk, keys.COMPARE, command)

    def approve(self, name: str, second: Channel = Channel.VIDEO) -> None:
        self.compare(self.alice, name, Channel.CALL_BACK, "Priya Shah")
        self.compare(self.dave, name, second, "Tom Wells")

    def link(self, left: str, right: str) -> str:
        self.desk.session = self.bob
        name = f"{left.rpartition('-')[2]}-{right.rpartition('-')[2]}"
        technology = _TECHNOLOGY.get(PLACES[right].platform, Technology.IPSEC)
        if technology is not Technology.IPSEC:
            name = f"{technology.value}-{name}"
        perform(self.desk, links.ADD, AddLink(name, left, right, technology.value, self.ticket))
        return name

    def export(self, *names: str, to: str = "") -> None:
        self.desk.session = self.bob
        for name in names:
            perform(self.desk, exports.EXPORT, ExportLinks((name,), self.folder / "exports" / (to or name)))

    def read_back(self, device: str, *peers: str) -> None:
        self.desk.session = self.bob
        printed = b"".join(self.keys[each] for each in (device, *peers))
        perform(self.desk, readback.READ_BACK, ReadBackDevice(device, printed))

    def suspect(self, name: str, reason: str) -> None:
        self.desk.session = self.alice
        perform(self.desk, keys.SUSPECT, SuspectKey(name, reason))

    def telephone(self, *names: str) -> None:
        """Leave what the far ends' screens show, so that a comparison can be tried."""
        files = [ExportedFile(f"{name}.txt", _screen(name, self.heard(name))) for name in names]
        staged = Staged(self.folder)
        staged.write("far-ends", [*files, ExportedFile("edge-shf1.pem", self.fresh("edge-shf1"))])
        staged.place()


def _screen(name: str, value: str) -> bytes:
    lines = (
        "SAMPLE: what the screen at the far end shows, to be read out to you.",
        "",
        f"{name}$ openssl pkey -pubin -in {name}.pub.pem -outform DER | sha256sum",
        f"{value}  -",
        "",
    )
    return "\n".join(lines).encode()


TOLD = 8  # steps that `tell` counts to


def tell(story: Story, progress: Progress) -> None:
    """The year. Each step leaves its rows in the ledger, in the order in which it happened."""
    for done, chapter in enumerate((_first_link, _partners, _review, _others, _roll_over, _this_week)):
        progress.step(done + 1, TOLD)
        chapter(story)


def _first_link(story: Story) -> None:
    story.day(399, 38110)
    for name in (HUB, "edge-ncl1"):
        story.device(name)
        story.receive(name)
        story.approve(name)
    story.link(HUB, "edge-ncl1")
    story.day(398, 38110, hour=15)
    story.export("lon1-ncl1")


def _partners(story: Story) -> None:
    """Manchester, Bristol (only ever by telephone), Birmingham, Glasgow, Liverpool."""
    joined = ("edge-man2", "edge-bri1", "edge-bhm1", "edge-gla1", "edge-liv1")
    story.day(200, 39880)
    made = []
    for name in joined:
        story.device(name)
        story.receive(name, Arrival.PORTAL)
        story.approve(name, Channel.CALL_BACK if name == "edge-bri1" else Channel.IN_PERSON)
        made.append(story.link(HUB, name))
    story.day(199, 39880, hour=15)
    story.export(*made)
    story.day(198, 39880, hour=16)
    story.read_back(HUB, "edge-ncl1", *joined)
    story.read_back("edge-man2", HUB)
    story.read_back("edge-ncl1", HUB)


def _review(story: Story) -> None:
    """The hub's own key is compared again in time; Newcastle's was forgotten."""
    story.day(60, 41007)
    story.compare(story.dave, HUB, Channel.IN_PERSON, "Priya Shah")


def _others(story: Story) -> None:
    """OpenVPN, TLS and WireGuard beside IPsec; the OpenVPN link is read back at both ends."""
    story.day(45, 41390)
    made = []
    for left, right in (("ovpn-lon1", "ovpn-rea1"), ("mail-lon1", "mail-lei1"), ("wg-lon1", "wg-cam1")):
        for name in (left, right):
            story.device(name)
            story.receive(name, Arrival.USB)
            story.approve(name)
        made.append(story.link(left, right))
    story.day(44, 41390, hour=11)
    story.export(*made)
    story.day(43, 41390)
    story.read_back("ovpn-lon1", "ovpn-rea1")
    story.read_back("ovpn-rea1", "ovpn-lon1")


def _roll_over(story: Story) -> None:
    """Glasgow announced a new gateway: both keys are pinned until it has taken over."""
    story.day(10, 41977)
    story.receive("edge-gla1", replace_by=f"{story.now + timedelta(days=21):%Y-%m-%d}")
    story.approve("edge-gla1")
    story.day(9, 41977, hour=14)
    story.export("lon1-gla1", to="lon1-gla1-roll-over")


def _this_week(story: Story) -> None:
    """New partners whose keys wait, one that is somebody else's, one made to look alike, and two keys that changed."""
    story.day(6, 42117)
    for name in ("edge-lee1", "edge-edi1", "edge-cdf1", "edge-bel1"):
        story.device(name)
        story.receive(name)
        story.link(HUB, name)
    story.day(5, 42117)
    story.compare(story.alice, "edge-edi1", Channel.VIDEO, "Morag Reid")
    story.day(4, 42117)
    story.compare(story.dave, "edge-cdf1", Channel.CALL_BACK, "Rhys Evans", story.heard("edge-cdf1", sample_key()))
    story.day(3, 42117)
    true, other = story.heard("edge-bel1"), story.heard("edge-bel1", sample_key())
    story.compare(story.dave, "edge-bel1", Channel.CALL_BACK, "Aoife Quinn", true[:8] + other[8:-8] + true[-8:])
    story.day(2, 42140)
    story.receive("edge-bhm1")
    story.day(1, 42151)
    story.receive("edge-liv1")
    story.suspect("edge-liv1", "The owner knows of no new key; the e-mail came from another address")
    story.day(0, 42160)
    story.device("edge-shf1")
    story.link(HUB, "edge-shf1")
    story.telephone("edge-lee1", "edge-edi1", "edge-bhm1")
