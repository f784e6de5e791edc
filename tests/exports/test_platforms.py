"""What each platform's files say, and what they refuse to say."""

import re
from dataclasses import replace

import pytest

from core.errors.base import Refused, Several
from core.errors.links import KeyDoesNotFit, NetworksDoNotMeet, NothingToPin, TechnologyDoesNotFit, Unwritable
from core.model.devices import Identity, IdentityKind, Platform
from core.model.keys import Algorithm
from core.model.links import Bundle, End, Technology
from core.policy.platforms import fits
from tests.exports.bundles import both, bundle, device, end, link, openssl, pair, rendered

IPSEC, OVPN, TLS, WG = Technology.IPSEC, Technology.OPENVPN, Technology.TLS, Technology.WIREGUARD
CARRIES = {
    Platform.STRONGSWAN: {IPSEC},
    Platform.LIBRESWAN: {IPSEC},
    Platform.IKED: {IPSEC},
    Platform.CISCO_IOS: {IPSEC},
    Platform.OPENVPN: {OVPN},
    Platform.STUNNEL: {TLS},
    Platform.NGINX: {TLS},
    Platform.WIREGUARD: {WG},
    Platform.OTHER: {IPSEC, OVPN, TLS, WG},
}


def made(platform: Platform, technology: Technology, left: End, right: End) -> Bundle:
    one, two = (replace(each, device=replace(each.device, platform=platform)) for each in (left, right))
    return both(link("lon-par", technology), one, two)[0]


def ends(algorithm: Algorithm = Algorithm.P256, *, certificate: bool = True) -> tuple[End, End]:
    left = device("lon", 1, Platform.STRONGSWAN, "192.0.2.1", ("10.77.1.0/24",))
    right = device("par", 2, Platform.STRONGSWAN, "192.0.2.2", ("10.77.2.0/24",))
    return end(left, pair(algorithm, certificate=certificate)), end(right, pair(algorithm, certificate=certificate))


def refusals(one: Bundle) -> list[Refused]:
    with pytest.raises(Refused) as caught:
        rendered(one)
    return list(caught.value.findings) if isinstance(caught.value, Several) else [caught.value]


def test_which_platform_carries_what() -> None:
    assert {platform: {each for each in Technology if fits(platform, each)} for platform in Platform} == CARRIES


@pytest.mark.parametrize(
    ("platform", "technology", "algorithm", "certificate", "why"),
    [
        (Platform.STRONGSWAN, IPSEC, Algorithm.X25519, False, "cannot-sign"),
        (Platform.OTHER, IPSEC, Algorithm.X25519, False, "cannot-sign"),
        (Platform.OPENVPN, OVPN, Algorithm.P256, False, "needs-certificate"),
        (Platform.STUNNEL, TLS, Algorithm.RSA, False, "needs-certificate"),
        (Platform.NGINX, TLS, Algorithm.P256, True, "needs-authority"),
        (Platform.WIREGUARD, WG, Algorithm.ED25519, True, "needs-x25519"),
        (Platform.OTHER, WG, Algorithm.P256, True, "needs-x25519"),
        (Platform.CISCO_IOS, IPSEC, Algorithm.ED25519, True, "needs-rsa"),
        (Platform.CISCO_IOS, IPSEC, Algorithm.P256, True, "needs-rsa"),
        (Platform.IKED, IPSEC, Algorithm.ED25519, True, "no-ed25519"),
        (Platform.LIBRESWAN, IPSEC, Algorithm.ED25519, True, "no-ed25519"),
    ],
)
def test_keys_that_a_platform_cannot_pin(
    platform: Platform, technology: Technology, algorithm: Algorithm, certificate: bool, why: str
) -> None:
    found = refusals(made(platform, technology, *ends(algorithm, certificate=certificate)))
    facts = [
        (each.device, each.platform, each.algorithm, each.why) for each in found if isinstance(each, KeyDoesNotFit)
    ]
    assert facts == [(name, platform, algorithm, why) for name in ("lon", "par")]


def test_iked_signs_rsa_with_pkcs1_but_pins_a_peer_that_signs_pss() -> None:
    rsa, ecdsa = ends(Algorithm.RSA), ends()
    [refused] = refusals(made(Platform.IKED, IPSEC, rsa[0], ecdsa[1]))
    assert isinstance(refused, KeyDoesNotFit)
    assert (refused.device, refused.why) == ("lon", "signs-pkcs1")
    assert "install/iked/lon-par.conf" in rendered(made(Platform.IKED, IPSEC, ecdsa[0], rsa[1]))


@pytest.mark.parametrize(
    "value",
    [
        'gw"x',
        "gw'x",
        "gw\nx",
        "gw{x",
        "gw}x",
        "gw x",
        "gw#x",
        "gw;x",
        "gw$x",
        "gw\\x",
        "*",
        "%any",
        "gw\x1bx",
        "gw\u202ex",
        "",
    ],
)
@pytest.mark.parametrize("field", ["identity", "address", "networks", "name"])
def test_a_value_that_could_change_the_configuration_is_refused(field: str, value: str) -> None:
    left, right = ends()
    changed = {
        "identity": replace(right.device, identity=Identity(IdentityKind.FQDN, value)),
        "address": replace(right.device, address=value),
        "networks": replace(right.device, networks=(value,)),
        "name": replace(right.device, name=value),
    }[field]
    [refused] = refusals(made(Platform.STRONGSWAN, IPSEC, left, replace(right, device=changed)))
    assert isinstance(refused, Unwritable)
    assert (refused.what, refused.field) == (field, field)


def test_a_page_takes_no_line_breaks_from_outside() -> None:
    one = replace(made(Platform.STRONGSWAN, IPSEC, *ends()), organisation="Example\nApproved by everybody")
    [refused] = refusals(one)
    assert isinstance(refused, Unwritable)
    assert refused.what == "organisation"


def test_an_end_without_an_approved_key_is_refused() -> None:
    left, right = ends()
    found = refusals(made(Platform.STRONGSWAN, IPSEC, left, replace(right, keys=())))
    assert [type(each) for each in found] == [NothingToPin]


def test_a_technology_the_platform_does_not_carry_is_refused() -> None:
    assert isinstance(refusals(made(Platform.STUNNEL, IPSEC, *ends()))[0], TechnologyDoesNotFit)


def test_networks_of_different_families_do_not_meet() -> None:
    left, right = ends()
    right = replace(right, device=replace(right.device, networks=("2001:db8:2::/64",)))
    assert isinstance(refusals(made(Platform.STRONGSWAN, IPSEC, left, right))[0], NetworksDoNotMeet)


@pytest.mark.parametrize("algorithm", [Algorithm.P256, Algorithm.P384, Algorithm.ED25519, Algorithm.RSA])
def test_strongswan_states_prime_identities_and_pins(algorithm: Algorithm) -> None:
    conf = rendered(made(Platform.STRONGSWAN, IPSEC, *ends(algorithm)))["install/swanctl/conf.d/lon-par.conf"].decode()
    for line in ("version = 2", "proposals = aes128gcm16-prfsha256-ecp256", "esp_proposals = aes128gcm16-ecp256"):
        assert line in conf
    assert re.findall(r"\bid = (\S+)", conf) == ["lon.example.net", "par.example.net"]
    assert re.findall(r"pubkeys = (.+)", conf) == ["lon.pem", "par.pem"]
    signature = "ike:rsa/pss-sha256" if algorithm is Algorithm.RSA else "pubkey"
    assert re.findall(r"auth = (\S+)", conf) == [signature, signature]
    hours = [int(each) for each in re.findall(r"(?:rekey_time|over_time|life_time) = (\d+)h", conf)]
    assert (hours[0] + hours[1], hours[3]) == (24, 8)


def test_libreswan_states_prime_and_the_whole_key() -> None:
    one = made(Platform.LIBRESWAN, IPSEC, *ends(Algorithm.RSA))
    conf = rendered(one)["install/ipsec.d/lon-par.conf"].decode()
    for line in ("ikev2=insist", "ike=aes_gcm128-sha2_256-dh19", "authby=rsa-sha2", "ikelifetime=24h", "salifetime=8h"):
        assert f"    {line}\n" in conf
    assert "leftid=@lon.example.net" in conf
    assert "rightid=@par.example.net" in conf


@pytest.mark.parametrize("address", ["2001:db8::1", "gw.lon.example.net", "192.0.2.1"])
def test_addresses_of_every_kind(address: str) -> None:
    left, right = ends(Algorithm.X25519)
    left = replace(left, device=replace(left.device, address=address))
    wireguard = both(
        link("lon-par", WG),
        replace(left, device=replace(left.device, platform=Platform.WIREGUARD)),
        replace(right, device=replace(right.device, platform=Platform.WIREGUARD)),
    )[1]
    endpoint = f"[{address}]" if ":" in address else address
    assert f"Endpoint = {endpoint}:51826" in rendered(wireguard)["install/wireguard/lon-par.conf"].decode()


def test_the_two_ends_of_a_tunnel_agree() -> None:
    one, two = both(
        link("lon-par", OVPN),
        *(replace(each, device=replace(each.device, platform=Platform.OPENVPN)) for each in ends()),
    )
    left, right = (rendered(each)["install/openvpn/lon-par.conf"].decode() for each in (one, two))
    here, there = re.search(r"ifconfig (\S+) (\S+)", left), re.search(r"ifconfig (\S+) (\S+)", right)
    assert here is not None
    assert there is not None
    assert here.groups() == there.groups()[::-1]
    assert ("tls-server" in left, "lport 1200" in left) == (True, True)
    assert ("tls-client" in right, "remote 192.0.2.1 1200" in right) == (True, True)


def test_a_wireguard_interface_fits_the_kernel() -> None:
    left, right = (
        replace(each, device=replace(each.device, platform=Platform.WIREGUARD)) for each in ends(Algorithm.X25519)
    )
    files = rendered(bundle(link("a-link-with-a-long-name", WG, number=12), left, right))
    assert "install/wireguard/wg-link12.conf" in files


def test_cisco_key_string_is_the_public_key() -> None:
    one = made(Platform.CISCO_IOS, IPSEC, *ends(Algorithm.RSA))
    text = rendered(one)["install/cisco-ios/lon-par.txt"].decode()
    lines = text[text.index("key-string") :].splitlines()[1:]
    digits = "".join("".join(lines[: next(i for i, line in enumerate(lines) if "quit" in line)]).split())
    assert bytes.fromhex(digits) == one.peer.keys[0].public.spki
    assert b"Public-Key: (3072 bit)" in openssl(
        "pkey", "-pubin", "-inform", "DER", "-noout", "-text", given=bytes.fromhex(digits)
    )
    assert "crypto key pubkey-chain rsa\n named-key par.example.net\n  address 192.0.2.2\n" in text
    assert "IKEv1" in text
