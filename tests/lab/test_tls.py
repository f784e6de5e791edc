"""Exported folders in OpenVPN and stunnel: pinned certificates get in, others do not."""

import time
from collections.abc import Iterator

import pytest

from core.exports.readback import CERTIFICATE_DER, printed_keys
from core.model.devices import Platform
from core.model.keys import Algorithm, Form
from core.model.links import Technology
from tests.exports.bundles import Pair, both, device, end, link, openssl, pair, rendered
from tests.lab.lab import Gateway, Running, lab, until
from tests.real import need

pytestmark = pytest.mark.real
NAMES = ("dc1-gw1", "dc2-gw1")
KINDS = {Platform.OPENVPN: Technology.OPENVPN, Platform.STUNNEL: Technology.TLS}
FOLDERS = {Platform.OPENVPN: "openvpn", Platform.STUNNEL: "stunnel"}


@pytest.fixture
def gateways() -> Iterator[tuple[Gateway, Gateway]]:
    with lab() as both_gateways:
        yield both_gateways


def install(
    gateways: tuple[Gateway, Gateway],
    platform: Platform,
    held: tuple[Pair, Pair],
    left_pins: tuple[Pair, ...] = (),
    right_pins: tuple[Pair, ...] = (),
) -> None:
    """Folders as exported; `left_pins` is what the left end pins for the right one, by default what it holds."""
    joined = link("dc1-dc2", KINDS[platform])
    devices = [
        device(name, number, platform, gateway.address, (f"10.77.{number}.0/24",))
        for number, (name, gateway) in enumerate(zip(NAMES, gateways, strict=True), start=1)
    ]
    left = both(joined, end(devices[0], held[0]), end(devices[1], *(left_pins or held[1:])))[0]
    right = both(joined, end(devices[0], *(right_pins or held[:1])), end(devices[1], held[1]))[1]
    for gateway, name, one, made in zip(gateways, NAMES, held, (left, right), strict=True):
        gateway.install(rendered(made))
        gateway.put(f"{FOLDERS[platform]}/{name}.key", one.private)


def openvpn(gateways: tuple[Gateway, Gateway]) -> tuple[Running, Running]:
    program = need("openvpn")[0]
    left, right = (one.start(program, "--config", "/etc/openvpn/dc1-dc2.conf", "--verb", "3") for one in gateways)
    return left, right


@pytest.mark.parametrize("algorithm", [Algorithm.P256, Algorithm.RSA, Algorithm.ED25519])
def test_openvpn_comes_up_and_carries_traffic(gateways: tuple[Gateway, Gateway], algorithm: Algorithm) -> None:
    install(gateways, Platform.OPENVPN, (pair(algorithm), pair(algorithm)))
    for running in openvpn(gateways):
        running.says("VERIFY OK", "Initialization Sequence Completed", "TLS_AES_128_GCM_SHA256", "AES-128-GCM")
    until("a ping through the tunnel", lambda: gateways[0].pings("10.77.2.1"))
    until("a ping back", lambda: gateways[1].pings("10.77.1.1"))


@pytest.mark.parametrize("end_that_pins", ["left", "right"])
def test_openvpn_refuses_a_swapped_certificate(gateways: tuple[Gateway, Gateway], end_that_pins: str) -> None:
    held, other = (pair(), pair()), (pair(),)
    wrong = {"left_pins": other} if end_that_pins == "left" else {"right_pins": other}
    install(gateways, Platform.OPENVPN, held, **wrong)
    left, right = openvpn(gateways)
    (left if end_that_pins == "left" else right).says("peer-fingerprint certificate hash verification failed")
    assert "Initialization Sequence Completed" not in right.said()
    assert not gateways[0].pings("10.77.2.1")


@pytest.mark.parametrize("place", [0, 1])
def test_openvpn_lets_both_pins_in(gateways: tuple[Gateway, Gateway], place: int) -> None:
    pins = (pair(), pair(Algorithm.P384))
    install(gateways, Platform.OPENVPN, (pair(), pins[place]), left_pins=pins)
    for running in openvpn(gateways):
        running.says("Initialization Sequence Completed")


def test_openvpn_configuration_is_read_back(gateways: tuple[Gateway, Gateway]) -> None:
    pins = (pair(), pair())
    install(gateways, Platform.OPENVPN, (pair(), pins[0]), left_pins=pins)
    found = printed_keys((gateways[0].root / "etc/openvpn/dc1-dc2.conf").read_bytes())
    expected = [
        openssl("x509", "-inform", "DER", "-noout", "-fingerprint", "-sha256", given=p.public.certificate) for p in pins
    ]
    assert [each.values for each in found] == [
        ((Form.CERT_SHA256.value, text.decode().split("=")[1].strip().replace(":", "").lower()),) for text in expected
    ]


LISTEN = "import socket,sys; s=socket.create_server(('127.0.0.1', int(sys.argv[1]))); print('ready', flush=True)\n"
ECHO = f"{LISTEN}\nwhile True:\n c,_=s.accept(); c.settimeout(5); c.sendall(c.recv(64).upper()); c.close()"
ASK = (
    "import socket,sys; s=socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5); s.settimeout(5); "
    "s.sendall(b'over the link'); print(s.recv(64))"
)
INSIDE = "14439"  # the seventh link


def stunnel(gateways: tuple[Gateway, Gateway]) -> tuple[Running, Running]:
    """The exported file is included as it is; the lines before it only keep the program in the foreground."""
    program = need("stunnel")[0]
    started = []
    for gateway in gateways:
        exported = (gateway.root / "etc/stunnel/dc1-dc2.conf").read_bytes()
        wrapper = gateway.root / "foreground.conf"
        wrapper.write_text("foreground = yes\ndebug = 6\ninclude = /etc/stunnel/enabled\n")
        gateway.put("stunnel/enabled/dc1-dc2.conf", exported)
        started.append(gateway.start(program, str(wrapper)))
    for running in started:
        running.says("Configuration successful")
    return started[0], started[1]


def ask(gateways: tuple[Gateway, Gateway]) -> str:
    """What the left end's program answers to a line sent through the right end's local port."""
    served = gateways[0].start("python3", "-c", ECHO, INSIDE)
    served.says("ready")
    time.sleep(0.05)
    return gateways[1].attempt("python3", "-c", ASK, INSIDE)[1]


def carries(gateways: tuple[Gateway, Gateway]) -> bool:
    """Whether a line gets through within five tries."""
    for _ in range(5):
        if "OVER THE LINK" in ask(gateways):
            return True
        time.sleep(0.3)
    return False


def test_stunnel_carries_a_line(gateways: tuple[Gateway, Gateway]) -> None:
    install(gateways, Platform.STUNNEL, (pair(), pair()))
    left, _ = stunnel(gateways)
    until("a line to come through", lambda: carries(gateways))
    left.says("Certificate accepted at depth=0", "TLSv1.3 ciphersuite: TLS_AES_128_GCM_SHA256")


@pytest.mark.parametrize("end_that_pins", ["left", "right"])
def test_stunnel_refuses_a_swapped_certificate(gateways: tuple[Gateway, Gateway], end_that_pins: str) -> None:
    held, other = (pair(), pair()), (pair(),)
    wrong = {"left_pins": other} if end_that_pins == "left" else {"right_pins": other}
    install(gateways, Platform.STUNNEL, held, **wrong)
    left, right = stunnel(gateways)
    assert "OVER THE LINK" not in ask(gateways)
    (left if end_that_pins == "left" else right).says("CERT: Pre-verification error: self-signed certificate")


@pytest.mark.parametrize("place", [0, 1])
def test_stunnel_lets_both_pins_in(gateways: tuple[Gateway, Gateway], place: int) -> None:
    pins = (pair(), pair())
    install(gateways, Platform.STUNNEL, (pair(), pins[place]), left_pins=pins)
    stunnel(gateways)
    until("a line to come through", lambda: carries(gateways))


def test_stunnel_certificates_are_read_back(gateways: tuple[Gateway, Gateway]) -> None:
    pins = (pair(), pair())
    install(gateways, Platform.STUNNEL, (pair(), pins[0]), left_pins=pins)
    found = printed_keys((gateways[0].root / "etc/stunnel/dc1-dc2.peers.pem").read_bytes())
    assert [dict(each.values)[CERTIFICATE_DER] for each in found] == [pin.public.certificate.hex() for pin in pins]
