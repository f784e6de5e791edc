"""Exported folders in two strongSwan gateways: the link comes up with the pinned keys and with no others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from core.exports.readback import printed_keys
from core.model.devices import Identity, IdentityKind, Platform
from core.model.keys import Algorithm, Form
from core.model.links import End, Technology
from tests.exports.bundles import Pair, both, device, end, link, pair, rendered, with_networks
from tests.lab.ipsec import Charon
from tests.lab.lab import Gateway, lab

pytestmark = pytest.mark.real
LEFT, RIGHT, NAME = "dc1-gw1", "dc2-gw1", "link-0007"


@dataclass
class Pinned:
    """What both folders are made from; tests change one thing and see the link refused."""

    left: End
    right: End


@pytest.fixture
def gateways() -> Iterator[tuple[Gateway, Gateway]]:
    with lab() as both_gateways:
        yield both_gateways


def pinned(gateways: tuple[Gateway, Gateway], left: Pair, right: Pair, *older: Pair) -> Pinned:
    one = device(LEFT, 1, Platform.STRONGSWAN, gateways[0].address, ("10.77.1.0/24",))
    two = device(RIGHT, 2, Platform.STRONGSWAN, gateways[1].address, ("10.77.2.0/24",))
    return Pinned(end(one, left), end(two, right, *older))


def installed(
    gateways: tuple[Gateway, Gateway], on_left: Pinned, on_right: Pinned, held: tuple[Pair, Pair]
) -> tuple[Charon, Charon]:
    """Both ends with their exported folders as they came, and with the private keys they hold."""
    joined = link(NAME, Technology.IPSEC)
    gateways[0].install(rendered(both(joined, on_left.left, on_left.right)[0]))
    gateways[1].install(rendered(both(joined, on_right.left, on_right.right)[1]))
    charons = Charon(gateways[0]), Charon(gateways[1])
    for charon, name, private in zip(charons, (LEFT, RIGHT), held, strict=True):
        charon.holds(name, private)
        charon.swanctl("--load-all")
    return charons


@pytest.mark.parametrize("algorithm", [Algorithm.P256, Algorithm.P384, Algorithm.ED25519, Algorithm.RSA])
def test_the_link_comes_up_and_carries_traffic(gateways: tuple[Gateway, Gateway], algorithm: Algorithm) -> None:
    left, right = pair(algorithm), pair(algorithm)
    both_ends = pinned(gateways, left, right)
    one, two = installed(gateways, both_ends, both_ends, (left, right))
    up, said = one.initiate(NAME)
    assert up, said
    assert "AES_GCM_16_128/PRF_HMAC_SHA2_256/ECP_256" in said
    if algorithm is Algorithm.RSA:
        assert "RSA_EMSA_PSS_SHA2_256" in said
    assert gateways[0].pings("10.77.2.1")
    assert gateways[1].pings("10.77.1.1")
    two.says(f"authentication of '{LEFT}.example.net' with")


def test_what_the_gateways_print_afterwards_is_read_back(gateways: tuple[Gateway, Gateway]) -> None:
    left, right = pair(), pair(Algorithm.RSA)
    both_ends = pinned(gateways, left, right)
    one, _ = installed(gateways, both_ends, both_ends, (left, right))
    listed = printed_keys(one.swanctl("--list-certs", "--type", "pubkey").encode())
    assert [(each.identity, each.own) for each in listed] == [
        (f"{LEFT}.example.net", True),
        (f"{RIGHT}.example.net", False),
    ]
    files = rendered(both(link(NAME, Technology.IPSEC), both_ends.left, both_ends.right)[0])
    for form, value in listed[1].values:
        spelt = bytes.fromhex(value).hex(":")
        assert spelt in files["verify.txt"].decode(), form
    raw = printed_keys(one.swanctl("--list-certs", "--type", "pubkey", "--raw").encode())
    expected = ((f"{LEFT}.example.net", True, left), (f"{RIGHT}.example.net", False, right))
    assert [(each.identity, each.own, dict(each.values)) for each in raw] == [
        (identity, own, {Form.WHOLE_KEY.value: key.public.spki.hex()}) for identity, own, key in expected
    ]


def test_a_swapped_key_is_refused(gateways: tuple[Gateway, Gateway]) -> None:
    """The left end pinned somebody else's key for the right one: the wrong key that SL2 is about."""
    left, right, other = pair(), pair(), pair()
    wrong, correct = pinned(gateways, left, other), pinned(gateways, left, right)
    one, two = installed(gateways, wrong, correct, (left, right))
    up, said = one.initiate(NAME)
    assert not up
    assert "signature validation failed, looking for another key" in said
    up, said = two.initiate(NAME)
    assert not up
    assert "received AUTHENTICATION_FAILED notify error" in said
    assert not gateways[0].pings("10.77.2.1")


def test_another_identity_is_refused(gateways: tuple[Gateway, Gateway]) -> None:
    """The right key under another name: the left end expects dc2-gw1 and is shown dc3-gw1."""
    left, right = pair(), pair()
    correct = pinned(gateways, left, right)
    renamed = replace(correct.right.device, identity=Identity(IdentityKind.FQDN, "dc3-gw1.example.net"))
    one, two = installed(gateways, correct, Pinned(correct.left, replace(correct.right, device=renamed)), (left, right))
    up, said = two.initiate(NAME)
    assert not up
    assert "received AUTHENTICATION_FAILED notify error" in said
    one.says("no matching peer config found")
    assert not one.initiate(NAME)[0]
    assert not gateways[0].pings("10.77.2.1")


def test_another_private_key_is_refused(gateways: tuple[Gateway, Gateway]) -> None:
    """Somebody calls under the right name with a key of their own."""
    left, right, thief = pair(), pair(), pair()
    correct, forged = pinned(gateways, left, right), pinned(gateways, left, thief)
    one, two = installed(gateways, correct, forged, (left, thief))
    up, said = two.initiate(NAME)
    assert not up
    assert "received AUTHENTICATION_FAILED notify error" in said
    one.says("signature validation failed, looking for another key")


def test_an_end_without_its_private_key_cannot_pretend(gateways: tuple[Gateway, Gateway]) -> None:
    left, right, other = pair(), pair(), pair()
    correct = pinned(gateways, left, right)
    one, two = installed(gateways, correct, correct, (left, other))
    up, said = two.initiate(NAME)
    assert not up
    assert "no private key found" in said
    assert not gateways[0].pings("10.77.2.1")
    assert "ESTABLISHED" not in one.swanctl("--list-sas")


@pytest.mark.parametrize("held", ["old", "new"])
def test_both_pins_are_let_in_while_the_peer_rolls_over(gateways: tuple[Gateway, Gateway], held: str) -> None:
    left, old, new = pair(), pair(), pair(Algorithm.P384)
    in_use = old if held == "old" else new
    one, _ = installed(gateways, pinned(gateways, left, new, old), pinned(gateways, left, in_use), (left, in_use))
    up, said = one.initiate(NAME)
    assert up, said
    assert gateways[0].pings("10.77.2.1")


def test_a_third_key_is_refused_while_the_peer_rolls_over(gateways: tuple[Gateway, Gateway]) -> None:
    left, old, new, thief = pair(), pair(), pair(), pair()
    one, _ = installed(gateways, pinned(gateways, left, new, old), pinned(gateways, left, thief), (left, thief))
    assert not one.initiate(NAME)[0]


def test_several_networks_of_both_families(gateways: tuple[Gateway, Gateway]) -> None:
    left, right = pair(), pair()
    made = pinned(gateways, left, right)
    wide = Pinned(
        with_networks(made.left, "10.77.1.0/24", "10.78.1.0/24", "2001:db8:1::/64"),
        with_networks(made.right, "10.77.2.0/24", "2001:db8:2::/64"),
    )
    gateways[0].has("10.78.1.1/32", "2001:db8:1::1/128")
    gateways[1].has("2001:db8:2::1/128")
    one, _ = installed(gateways, wide, wide, (left, right))
    up, said = one.initiate(f"{NAME}-ipv4")
    assert up, said
    assert gateways[0].pings("10.77.2.1")
    up, said = one.initiate(f"{NAME}-ipv6")
    assert up, said
    assert gateways[0].attempt("ping", "-c1", "-W1", "-I", "2001:db8:1::1", "2001:db8:2::1")[0] == 0
