"""Each rule of Links mode with an example that passes it and one that fails it."""

import inspect
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import ModuleType

import pytest

from core.errors import comparison as compare_errors
from core.errors.base import Refused
from core.model.devices import AddDevice, Device, DeviceState, Identity, IdentityKind, Platform
from core.model.keys import (
    Algorithm,
    Arrival,
    Channel,
    CompareKey,
    Comparison,
    Form,
    Key,
    KeyState,
    PublicKey,
    Source,
    Verdict,
)
from core.model.links import AddLink, Link, LinkState, Technology
from core.model.people import Duty, Operator
from core.policy import algorithms, comparison, devices, keys_on_file, links, people, platforms, secrets, texts
from tests.house.sources import python_files

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 2, 17, 40, tzinfo=UTC)
ALICE = Operator("alice", "Alice Ng", (Duty.SECURITY_OFFICER,), b"")
BOTH = (ALICE, Operator("bob", "Bob Ruiz", (Duty.SYSTEM_ADMINISTRATOR,), b""))


def key(state: KeyState, number: int = 1, spki: bytes = b"a", review_by: str = "") -> Key:
    public = PublicKey(spki, Algorithm.P256, 256, Source.SPKI_PEM)
    return Key(number, 1, public, state, Arrival.USB, NOW, "alice", "", "", review_by, "", False, False)  # noqa: FBT003


def said(
    operator: str = "alice",
    channel: Channel = Channel.CALL_BACK,
    reader: str = "Carol",
    verdict: Verdict = Verdict.MATCH,
    form: Form = Form.SPKI_SHA256,
) -> Comparison:
    return Comparison(1, 1, operator, channel, reader, "", "", "CHG1", verdict, form, NOW)


def device(name: str = "lon", **facts: str) -> Device:
    known = Identity(IdentityKind.FQDN, f"{name}.example.net")
    made = Device(1, name, Platform.STRONGSWAN, known, "192.0.2.1", (), "", "", "", "", "")
    return replace(made, **facts)


def names(found: list[Refused]) -> list[str]:
    return [type(each).__name__ for each in found]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("gw1.example.net", IdentityKind.FQDN, "gw1.example.net"),
        ("@gw1.example.net", IdentityKind.FQDN, "gw1.example.net"),
        ("fqdn:gw1.example.net", IdentityKind.FQDN, "gw1.example.net"),
        ("gw1.example.net.", IdentityKind.FQDN, "gw1.example.net"),
        ("gw1", IdentityKind.FQDN, "gw1"),
        ("noc@example.net", IdentityKind.EMAIL, "noc@example.net"),
        ("email:noc@example.net", IdentityKind.EMAIL, "noc@example.net"),
        ("192.0.2.1", IdentityKind.IPV4, "192.0.2.1"),
        ("ipv4:192.0.2.1", IdentityKind.IPV4, "192.0.2.1"),
        ("2001:DB8::0001", IdentityKind.IPV6, "2001:db8::1"),
        ("ipv6:2001:db8::1", IdentityKind.IPV6, "2001:db8::1"),
        ("::1", IdentityKind.IPV6, "::1"),
    ],
)
def test_identities(text: str, kind: IdentityKind, value: str) -> None:
    assert devices.identity(text) == Identity(kind, value)
    assert devices.identity(f"  {text} ") == Identity(kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "", "%any", "%any6", "fe80::1%any", "fe80::1%eth0", "*", "*.example.net", "gw?.example.net", "0.0.0.0/0", "192.0.2.1/24",
        "192.0.2", "192.0.2.256", "1.2.3.4.5", "CN=gw1,O=Example", "C=GB, CN=gw1", "keyid:aabb", "@#aabbcc", "gw1 example",
        "gw1.example.net\nid = %any", "gw1}\nsecret", "g\u0430teway.example.net", "gw1\u202e.net", "gw1\u200b", "-gw1",
        "gw1..net", "a" * 64, ".".join(["a" * 60] * 5), "fqdn:192.0.2.1", "ipv4:gw1.example.net", "email:gw1", "ipv6:192.0.2.1",
        "a b@example.net", "@", "noc@", "http://gw1/", "gw1:500",
    ],
)  # fmt: skip
def test_no_identity_of_exactly_one(text: str) -> None:
    assert devices.identity(text) is None


@pytest.mark.parametrize("text", ["192.0.2.1", "2001:db8::1", "gw1.example.net", "localhost"])
def test_addresses(text: str) -> None:
    assert devices.address(text) == []


@pytest.mark.parametrize("text", ["", "192.0.2", " 192.0.2.1", "fe80::1%x\n}", "a_b c", "gw1:500", "%any", "*"])
def test_no_address(text: str) -> None:
    assert names(devices.address(text)) == ["AddressNotFit"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10.1.0.0/24", None), ("2001:db8::/32", None), ("0.0.0.0/0", None),
        ("10.1.0.1/24", "10.1.0.0/24"), ("10.1.0.0", "10.1.0.0/32"), ("10.0.0.0/255.0.0.0", "10.0.0.0/8"),
        ("10.0.0.0/0.0.0.255", "10.0.0.0/24"), ("10.1.0.0/33", ""), ("net", ""), ("", ""), ("fe80::%e/64", "fe80::%e/64"),
    ],
)  # fmt: skip
def test_networks(text: str, meant: str | None) -> None:
    found = devices.network(text)
    if meant is None:
        assert found == []
    elif "%" not in text:
        assert [vars(each) for each in found] == [{"text": text, "meant": meant}]


def test_a_device_as_typed() -> None:
    good = AddDevice(
        "lon", "iked", "lon.example.net", "192.0.2.1", ("10.1.0.0/24",), phone="+44 1", phone_from="contract"
    )
    assert devices.findings(good) == []
    bad = AddDevice("l n", "pix", "%any", "x y", ("10.1.0.1/8",), site="a\tb", phone="+44 1", end_of_life="soon")
    assert names(devices.findings(bad)) == [
        "TextNotFit", "UnknownPlatform", "IdentityNotFit", "AddressNotFit", "NetworkNotFit", "TextNotFit", "PhoneOriginMissing",
        "TextNotFit",
    ]  # fmt: skip


def test_one_name_one_identity() -> None:
    new = AddDevice("par", "iked", "par.example.net", "192.0.2.1")
    assert devices.clashes(new, [device()]) == []
    assert names(devices.clashes(replace(new, name="LON"), [device()])) == ["DeviceNameTaken"]
    for spelt in ("lon.example.net", "LON.Example.NET", "@lon.example.net", "fqdn:lon.example.net."):
        assert names(devices.clashes(replace(new, identity=spelt), [device()])) == ["IdentityTaken"]
    gone = replace(device(), state=DeviceState.RETIRED)
    assert devices.clashes(replace(new, identity="lon.example.net"), [gone]) == []


def test_texts() -> None:
    assert texts.name("name", "dc1-gw_1.x") == []
    for bad in ("", "-x", ".x", "a/b", "a b", "a" * 64, "\u00e9", "a\n", "..", "a\u200b"):
        assert names(texts.name("name", bad)) == ["TextNotFit"]
    assert texts.line("site", "") == []
    assert texts.line("site", "\u6771\u4eac, 3rd floor") == []
    assert names(texts.line("site", "", needed=True)) == ["TextNotFit"]
    for bad in ("a\nb", "a\x00", "a\u202eb", "a\u2028b", "a\ud800", "x" * 201):
        assert names(texts.line("site", bad)) == ["TextNotFit"]
    assert texts.day("d", "") == texts.day("d", "2026-02-28") == []
    for bad in ("2026-02-30", "20261124", "2026-W01-1", "24.11.2026", "2026-11-24T00:00", " 2026-11-24"):
        assert names(texts.day("d", bad)) == ["TextNotFit"]
    assert texts.cleaned("a\ud800b") == "a?b"
    assert texts.plain_serial(" 0x00:AB:1f ") == "ab1f"
    assert len(texts.cleaned("x" * 900)) == 500


def test_passphrases() -> None:
    assert people.normal("e\u0301") == "\u00e9"
    assert people.strength("seven quiet herons cross") is people.Strength.GOOD
    assert people.strength("twelve chars") is people.Strength.FAIR
    assert people.strength("eleven char") is people.Strength.SHORT
    assert people.strength("abababababab") is people.Strength.PLAIN
    assert people.passphrase("seven quiet herons cross") == []
    assert names(people.passphrase("short")) == ["PassphraseTooShort"]
    assert names(people.passphrase("123456789012")) == ["PassphraseTooPlain"]
    assert names(people.passphrase("a long line, " * 90)) == ["TextNotFit"]
    assert [people.delay(failures) for failures in range(13)] == [0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 600, 600, 600]


def test_channels() -> None:
    assert comparison.way(Arrival.USB, Channel.IN_PERSON, "", "lon") == []
    assert comparison.way(Arrival.EMAIL, Channel.CALL_BACK, "+44 1", "lon") == []
    assert names(comparison.way(Arrival.USB, Channel.EMAIL, "", "lon")) == ["EmailNeverCounts"]
    assert names(comparison.way(Arrival.IN_PERSON, Channel.IN_PERSON, "", "lon")) == ["SameChannelAsKey"]
    assert names(comparison.way(Arrival.USB, Channel.CALL_BACK, " ", "lon")) == ["NumberMissing"]


def test_the_second_comparison() -> None:
    first = [said()]
    assert comparison.second(first, "bob", Channel.VIDEO, "Carol", lone=False) == []
    assert comparison.second(first, "bob", Channel.CALL_BACK, "Dan", lone=False) == []
    assert names(comparison.second(first, "bob", Channel.CALL_BACK, " cArol", lone=False)) == ["SameWayTwice"]
    assert names(comparison.second(first, "alice", Channel.VIDEO, "Dan", lone=False)) == ["SamePerson"]
    assert names(comparison.second(first, "alice", Channel.CALL_BACK, "Dan", lone=True)) == ["OtherChannelNeeded"]
    assert comparison.second(first, "alice", Channel.VIDEO, "Carol", lone=True) == []
    assert comparison.second([said(verdict=Verdict.MISREAD)], "alice", Channel.CALL_BACK, "Carol", lone=False) == []


def test_sha1_beside_another_channel() -> None:
    assert comparison.sha1([], Channel.VIDEO, Form.KEY_SHA1) == []
    assert comparison.sha1([said()], Channel.VIDEO, Form.KEY_SHA1) == []
    assert names(comparison.sha1([said()], Channel.CALL_BACK, Form.KEY_SHA1)) == ["Sha1NeedsOtherChannel"]
    assert names(comparison.sha1([said(form=Form.SPKI_SHA1)], Channel.CALL_BACK, Form.SPKI_SHA256)) == [
        "Sha1NeedsOtherChannel"
    ]


def test_who_vouches() -> None:
    both = [said(), said("bob", Channel.SHEET)]
    assert comparison.matches([*both, said(verdict=Verdict.DIFFERENT)]) == both
    assert comparison.telephone_only([said(), said("bob")])
    assert not comparison.telephone_only(both)
    assert not comparison.by_one_person(both)
    assert comparison.by_one_person([said(), said(channel=Channel.SHEET), said("bob", verdict=Verdict.MISREAD)])
    assert comparison.enough(both, lone=False)
    assert not comparison.enough([said(), said(channel=Channel.SHEET)], lone=False)
    assert comparison.enough([said(), said(channel=Channel.SHEET)], lone=True)
    assert not comparison.enough([said(), said()], lone=True)


def test_tries() -> None:
    misread, match = said(verdict=Verdict.MISREAD), said()
    assert comparison.tries_left([]) == 3
    assert comparison.tries_left([misread, match, misread]) == 1
    assert comparison.tries_left([misread, misread, match, match]) == 3  # approved: a review begins anew
    assert comparison.tries_left([misread, match, match, misread]) == 2


def test_a_comparison_as_typed() -> None:
    heard = CompareKey("lon", "x", "call-back", "Carol Ito", "CHG1")
    known = device(phone="+44 1", phone_from="contract")
    assert comparison.number_called(heard, known) == ("+44 1", "contract")
    assert comparison.number_called(replace(heard, number="+441"), known) == ("+441", "contract")
    assert comparison.number_called(replace(heard, number="+49 2"), known) == ("+49 2", "")
    assert comparison.number_called(replace(heard, channel="video"), known) == ("", "")
    assert comparison.findings(heard, known, key(KeyState.RECEIVED), [], ALICE, BOTH) == []
    elsewhere = replace(heard, number="+49 2")  # a number that is not the one on file, and nobody says whose it is
    found = comparison.findings(elsewhere, known, key(KeyState.RECEIVED), [], ALICE, BOTH)
    assert names(found) == ["NumberOriginMissing"]
    bad = CompareKey("lon", "x", "pigeon", "alice  NG", "", number="a\nb")
    assert names(comparison.findings(bad, known, key(KeyState.RECEIVED), [], ALICE, BOTH)) == [
        "TextNotFit", "TextNotFit", "ReaderIsOperator", "UnknownChannel",
    ]  # fmt: skip
    for colleague in ("bob", "BOB  ruiz", "Ruiz, Bob", "Bob Ruiz (NOC)", "Bob Ruiz, Manchester"):
        found = comparison.findings(replace(heard, reader=colleague), known, key(KeyState.RECEIVED), [], ALICE, BOTH)
        assert names(found) == ["ReaderIsOperator"], colleague
    for other in ("Bob Ruiz Ortega", "Carol Ruiz", "Bobby", "R. Bob"):
        found = comparison.findings(replace(heard, reader=other), known, key(KeyState.RECEIVED), [], ALICE, BOTH)
        assert found == [], other
    again = comparison.findings(heard, known, key(KeyState.APPROVED), [said()], ALICE, BOTH)
    assert again == []  # a review of an approved key needs no second person


def test_keys_on_file() -> None:
    old, new = key(KeyState.APPROVED, 1), key(KeyState.RECEIVED, 2)
    bad = key(KeyState.QUARANTINED, 3)
    rolling = key(KeyState.ROLLING, 4)
    assert keys_on_file.approved((new, old)) is old
    assert keys_on_file.approved((new,)) is None
    assert keys_on_file.unresolved((new, old)) is new
    assert keys_on_file.unresolved((old, bad)) is None
    assert keys_on_file.unresolved((key(KeyState.WITHDRAWN, 5), bad, old)) is bad
    assert keys_on_file.ending((new, old)) == [new]
    assert keys_on_file.ending((old, rolling, key(KeyState.SUPERSEDED))) == [old, rolling]
    assert keys_on_file.incomparable("lon", (old,)) == []
    assert names(keys_on_file.incomparable("lon", (bad, old))) == ["KeyQuarantined"]
    assert names(keys_on_file.incomparable("lon", ())) == ["NoKeyToCompare"]


@pytest.mark.parametrize(
    ("state", "review_by", "here", "elsewhere"),
    [
        (KeyState.RECEIVED, "", "KeyAlreadyThere", "KeyOnOtherDevice"),
        (KeyState.COMPARED, "", "KeyAlreadyThere", "KeyOnOtherDevice"),
        (KeyState.APPROVED, "2027-11-24", "KeyAlreadyThere", "KeyOnOtherDevice"),
        (KeyState.ROLLING, "2027-11-24", "KeyAlreadyThere", "KeyOnOtherDevice"),
        (KeyState.SUPERSEDED, "2027-11-24", "KeyWithdrawnBefore", "KeyOnOtherDevice"),
        (KeyState.WITHDRAWN, "2027-11-24", "KeyWithdrawnBefore", "KeyOnOtherDevice"),
        (KeyState.WITHDRAWN, "", "", ""),  # rejected before anybody vouched: a mistake may be mended
        (KeyState.QUARANTINED, "", "KeyQuarantined", "KeyOnOtherDevice"),
        (KeyState.QUARANTINED, "2027-11-24", "KeyQuarantined", "KeyOnOtherDevice"),
    ],
)
def test_one_key_one_device_and_no_way_back(state: KeyState, review_by: str, here: str, elsewhere: str) -> None:
    there = key(state, review_by=review_by)
    assert names(keys_on_file.place(device(), b"a", [there], [], [])) == ([here] if here else [])
    assert names(keys_on_file.place(device(), b"a", [], [(there, "man")], [])) == ([elsewhere] if elsewhere else [])
    assert keys_on_file.place(device(), b"b", [there], [(there, "man")], []) == []


def test_roll_over() -> None:
    old = (key(KeyState.APPROVED),)
    for days, fits in ((0, False), (1, True), (90, True), (91, False)):
        day = (TODAY + timedelta(days=days)).isoformat()
        assert names(keys_on_file.roll_over("lon", day, old, TODAY)) == ([] if fits else ["DateNotAhead"])
    assert keys_on_file.roll_over("lon", "", (), TODAY) == []
    assert names(keys_on_file.roll_over("lon", "2026-12-01", (), TODAY)) == ["NothingToReplace"]
    assert names(keys_on_file.roll_over("lon", "soon", old, TODAY)) == ["TextNotFit"]
    assert isinstance(keys_on_file.roll_over("lon", "2028-01-01", old, TODAY)[0], compare_errors.DateNotAhead)


def test_technologies_in_common() -> None:
    assert Technology.IPSEC in links.shared(device(), device("man"))
    assert links.shared(device(), replace(device("man"), platform=Platform.WIREGUARD)) == ()


def test_links() -> None:
    left, right = device(), replace(device("man"), id=2)
    new = AddLink("lon-man", "lon", "man", "ipsec")
    there = Link(1, "other", 2, 1, Technology.IPSEC, "", LinkState.ACTIVE)
    assert links.findings(new, left, right, []) == []
    assert names(links.findings(new, left, left, [])) == ["TwoEndsNeeded"]
    assert names(links.findings(replace(new, technology="gre"), left, right, [])) == ["UnknownTechnology"]
    assert names(links.findings(new, left, right, [there])) == ["SameLinkTwice"]
    assert links.findings(new, left, right, [replace(there, state=LinkState.RETIRED)]) == []
    assert names(links.findings(replace(new, name="OTHER"), left, right, [replace(there, right_id=9)])) == [
        "LinkNameTaken"
    ]
    assert names(links.findings(replace(new, name="a/b", ticket="a\nb"), None, None, [])) == [
        "TextNotFit",
        "TextNotFit",
    ]


def test_platforms() -> None:
    p256, x25519 = key(KeyState.APPROVED), key(KeyState.APPROVED)
    x25519 = replace(x25519, public=replace(x25519.public, algorithm=Algorithm.X25519))
    ed25519 = replace(p256, public=replace(p256.public, algorithm=Algorithm.ED25519))
    rsa = replace(p256, public=replace(p256.public, algorithm=Algorithm.RSA, bits=3072))
    certified = replace(p256, public=replace(p256.public, certificate=b"x"))
    assert platforms.fits(Platform.STRONGSWAN, Technology.IPSEC)
    assert not platforms.fits(Platform.STRONGSWAN, Technology.WIREGUARD)
    assert all(platforms.fits(Platform.OTHER, each) for each in Technology)

    def why(holder: Platform, technology: Technology, one: Key) -> list[str]:
        return [each.why for each in platforms.key_misfits(holder, technology, device(), one)]

    assert why(Platform.STRONGSWAN, Technology.IPSEC, p256) == []
    assert why(Platform.STRONGSWAN, Technology.IPSEC, x25519) == ["cannot-sign"]
    assert why(Platform.WIREGUARD, Technology.WIREGUARD, p256) == ["needs-x25519"]
    assert why(Platform.WIREGUARD, Technology.WIREGUARD, x25519) == []
    assert why(Platform.OPENVPN, Technology.OPENVPN, p256) == ["needs-certificate"]
    assert why(Platform.OPENVPN, Technology.OPENVPN, certified) == []
    assert why(Platform.CISCO_IOS, Technology.IPSEC, p256) == ["needs-rsa"]
    assert why(Platform.CISCO_IOS, Technology.IPSEC, rsa) == []
    assert why(Platform.LIBRESWAN, Technology.IPSEC, ed25519) == ["no-ed25519"]
    iked = replace(device(), platform=Platform.IKED)
    assert [each.why for each in platforms.own_key_misfits(Technology.IPSEC, iked, rsa)] == ["signs-pkcs1"]
    assert platforms.own_key_misfits(Technology.IPSEC, iked, p256) == []


def test_no_shared_secrets() -> None:
    assert secrets.shared_secret_in("conn x\n authby=ecdsa\n # never authby=secret\n") == ""
    assert secrets.shared_secret_in("conn x\n authby=secret\n") == "ipsec.conf authby=secret"
    assert secrets.shared_secret_in("PresharedKey = abc\n") == "WireGuard PresharedKey"
    assert secrets.shared_secret_in("crypto gdoi group x\n") == "GDOI"


def test_prime() -> None:
    assert algorithms.hours(algorithms.IKE_LIFETIME) == 24
    assert algorithms.hours(algorithms.CHILD_LIFETIME) == 8
    assert algorithms.STRONGSWAN_IKE == "aes128gcm16-prfsha256-ecp256"


@pytest.mark.parametrize(
    "module", [algorithms, comparison, devices, keys_on_file, links, people, platforms, secrets, texts]
)
def test_every_rule_has_its_example(module: ModuleType) -> None:
    """Here or in another test file."""
    ours = {name for name, each in vars(module).items() if getattr(each, "__module__", "") == module.__name__}
    rules = {name for name in ours if name[0] != "_" and inspect.isfunction(vars(module)[name])}
    files = python_files(folders=("tests",))
    used = set(re.findall(r"\w+", "\n".join(path.read_text(encoding="utf-8") for path in files)))
    assert rules - used == set()
