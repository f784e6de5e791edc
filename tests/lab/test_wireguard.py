"""Exported folders in WireGuard (wireguard-go where the kernel has none), brought up by wg-quick."""

from collections.abc import Iterator

import pytest

from core.exports.readback import printed_keys
from core.model.devices import Platform
from core.model.keys import Algorithm, Form
from core.model.links import Technology
from tests.exports.bundles import Pair, both, device, end, link, pair, rendered, wireguard_private
from tests.lab.lab import Gateway, lab
from tests.real import need

pytestmark = pytest.mark.real
NAMES = ("dc1-gw1", "dc2-gw1")


@pytest.fixture
def gateways() -> Iterator[tuple[Gateway, Gateway]]:
    with lab() as both_gateways:
        yield both_gateways


def up(gateways: tuple[Gateway, Gateway], held: tuple[Pair, Pair], *left_pins: Pair) -> None:
    """Both ends with wg-quick; `left_pins` is what the left end pins for the right one."""
    program = need("wg-quick", "wg", "wireguard-go")[0]
    joined = link("dc1-dc2", Technology.WIREGUARD)
    devices = [
        device(name, number, Platform.WIREGUARD, gateway.address, (f"10.77.{number}.0/24",))
        for number, (name, gateway) in enumerate(zip(NAMES, gateways, strict=True), start=1)
    ]
    left = both(joined, end(devices[0], held[0]), end(devices[1], *(left_pins or held[1:])))[0]
    right = both(joined, end(devices[0], held[0]), end(devices[1], held[1]))[1]
    for gateway, name, one, made in zip(gateways, NAMES, held, (left, right), strict=True):
        gateway.install(rendered(made))
        gateway.put(f"wireguard/{name}.key", wireguard_private(one).encode())
        code, said = gateway.attempt(program, "up", "dc1-dc2")
        gateway.stack.callback(gateway.attempt, program, "down", "dc1-dc2")
        assert code == 0, said


def test_the_link_comes_up_and_is_read_back(gateways: tuple[Gateway, Gateway]) -> None:
    held = pair(Algorithm.X25519), pair(Algorithm.X25519)
    up(gateways, held)
    assert gateways[0].pings("10.77.2.1")
    assert gateways[1].pings("10.77.1.1")
    for command in (["wg", "show"], ["wg", "show", "dc1-dc2", "peers"]):
        found = printed_keys(gateways[0].run(*command).encode())
        peers = [dict(each.values)[Form.WHOLE_KEY.value] for each in found if not each.own]
        assert peers == [held[1].public.spki.hex()]


def test_a_swapped_key_gets_no_answer(gateways: tuple[Gateway, Gateway]) -> None:
    up(gateways, (pair(Algorithm.X25519), pair(Algorithm.X25519)), pair(Algorithm.X25519))
    assert not gateways[0].pings("10.77.2.1")
    assert not gateways[1].pings("10.77.1.1")


def test_the_previous_pin_takes_the_networks_back_as_rollback_says(gateways: tuple[Gateway, Gateway]) -> None:
    old, new = pair(Algorithm.X25519), pair(Algorithm.X25519)
    up(gateways, (pair(Algorithm.X25519), old), new, old)
    assert not gateways[0].pings("10.77.2.1")
    files = (gateways[0].root / "etc/wireguard/dc1-dc2.conf").read_text()
    allowed = next(line.partition("= ")[2] for line in files.splitlines() if line.startswith("AllowedIPs"))
    keys = [line.partition("= ")[2] for line in files.splitlines() if line.startswith("PublicKey")]
    gateways[0].run("wg", "set", "dc1-dc2", "peer", keys[1], "allowed-ips", allowed.replace(" ", ""))
    assert gateways[0].pings("10.77.2.1")
